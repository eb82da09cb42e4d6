//! A comparison being read: in which file, by which vocabulary, what was wrong so far.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::number::Number;
use super::{Bound, Direction, Gate, State};
use crate::config;
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::value::Value;

/// What a site says of comparisons, `[compare]` in `book.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Vocabulary {
    /// The names that make columns of a plain table sides.
    pub sides: Vec<String>,
    /// The scales of ordinal rows by name, each from low to high.
    pub scales: BTreeMap<String, Vec<String>>,
    /// What is known of a row by its key.
    pub metrics: BTreeMap<String, Metric>,
    /// What a cell with only a dash means.
    pub dash: State,
}

/// What a site says of a metric wherever it is a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Metric {
    /// Its name for the reader.
    pub label: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// What a value must reach, in its unit.
    pub gate: Option<Gate>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            sides: vec!["Research".to_owned(), "Production".to_owned()],
            scales: BTreeMap::new(),
            metrics: BTreeMap::new(),
            dash: State::Unknown,
        }
    }
}

impl Vocabulary {
    /// What `book.toml` says.
    pub fn of(config: &config::Compare) -> Self {
        let metric = |it: &config::Metric| {
            let direction = it.direction.map(direction);
            let gate = it.gate.as_ref().and_then(|it| Gate::parse(&it.text, direction));
            let (label, unit) = (Some(it.label.clone()), it.unit.clone());
            (it.id.clone(), Metric { label, unit, direction, gate })
        };
        Self {
            sides: config.sides.clone(),
            scales: config.scales.clone(),
            metrics: config.metrics.iter().map(metric).collect(),
            dash: match config.dash {
                config::Dash::Unknown => State::Unknown,
                config::Dash::NotMeasured => State::NotMeasured,
                config::Dash::NotApplicable => State::NotApplicable,
            },
        }
    }

    /// The gates of metrics that mean nothing, where they stand in `book.toml`.
    pub fn faults(config: &config::Compare, book: &FilePath) -> Vec<Diagnostic> {
        let broken = config.metrics.iter().filter_map(|metric| {
            let (gate, direction) =
                (metric.gate.as_ref()?, metric.direction.map(direction));
            let fine = Gate::parse(&gate.text, direction).is_some();
            (!fine).then_some((metric, gate))
        });
        broken
            .map(|(metric, gate)| {
                let (_, limit) = Bound::split(gate.text.trim());
                let (message, hint) = match Number::parse(limit) {
                    Some(_) => (
                        "does not say on which side of it a value must lie",
                        "give the metric a direction, or write `<= 120` or `>= 120`",
                    ),
                    None => (
                        "is no number",
                        "write the limit alone, in the metric's unit: `<= 120`",
                    ),
                };
                let message =
                    format!("the gate `{}` of `{}` {message}", gate.text, metric.id);
                let span = Span::new(book, gate.range.clone());
                Diagnostic::new(Rule::GateWithoutValue, span, message).hint(hint)
            })
            .collect()
    }

    /// Whether a name is one of the registered sides, not minding case.
    pub fn is_side(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.sides.iter().any(|it| it.to_lowercase() == name)
    }

    /// The one registered scale that has all of these words.
    pub fn scale_of(&self, words: &[&str]) -> Option<&Vec<String>> {
        let holds = |scale: &&Vec<String>| {
            !words.is_empty() && words.iter().all(|it| rank(scale, it).is_some())
        };
        let mut fitting = self.scales.values().filter(holds);
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

fn direction(direction: config::Direction) -> Direction {
    match direction {
        config::Direction::Lower => Direction::Lower,
        config::Direction::Higher => Direction::Higher,
        config::Direction::Target => Direction::Target,
        config::Direction::None => Direction::None,
    }
}

/// The words of a scale that is written out: `poor<average<excellent`.
pub fn scale(text: &str) -> Vec<String> {
    text.split('<').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// Where a word stands on a scale, not minding case.
pub fn rank(scale: &[String], word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    scale.iter().position(|it| it.to_lowercase() == word)
}

/// A piece of text that the author gave, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Given {
    /// The text.
    pub text: String,
    /// Its place in the file.
    pub range: Range<usize>,
}

impl Given {
    /// A text and its place.
    pub fn new(text: impl Into<String>, range: Range<usize>) -> Self {
        Self { text: text.into(), range }
    }

    /// A scalar, as it is written.
    pub fn of(value: &Value) -> Option<Self> {
        Some(Self::new(value.text()?, value.range.clone()))
    }
}

/// The file and the vocabulary by which a comparison is read, and what was wrong.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The file that is read.
    pub file: FilePath,
    /// What the site says.
    pub vocabulary: &'a Vocabulary,
    /// What was wrong so far.
    pub told: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    /// Begins to read a file.
    pub fn new(file: &FilePath, vocabulary: &'a Vocabulary) -> Self {
        Self { file: file.clone(), vocabulary, told: Vec::new() }
    }

    /// Tells what is wrong in a place, and what to do about it.
    pub fn tell(
        &mut self,
        rule: Rule,
        range: &Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let span = Span::new(&self.file, range.clone());
        self.told.push(Diagnostic::new(rule, span, message).hint(hint));
    }
}
