//! Rubrics: questions with graded answers, kept as data, and what answers come to.
//!
//! A rubric is a file, `rubrics/NAME.toml`; the program brings some with it, and a site
//! adds its own or changes these. Notes hold the answers. What they come to is worked
//! out in one place ([`score`]), since sheets that are added up by hand disagree.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::kind::Kinds;
use crate::memo::Digest;
use crate::path::FilePath;
use crate::project::Project;
use crate::value::fields::same;

pub mod answer;
pub mod file;
pub mod score;

/// Questions with graded answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rubric {
    /// The name by which notes call it: `ml-test-score-2017`.
    pub id: String,
    /// Other names by which notes may call it.
    pub aliases: Vec<String>,
    /// What it is called.
    pub title: String,
    /// What it asks, in a sentence; empty if nothing says it.
    pub summary: String,
    /// Where it was published.
    pub source: Option<Source>,
    /// The kinds of notes that must answer it once they are accepted.
    pub asked_of: Vec<String>,
    /// How its answers are added up.
    pub scoring: Scoring,
    /// The answers that a question may have.
    pub levels: Vec<Level>,
    /// The questions, in groups.
    pub sections: Vec<Section>,
    /// What a score is called, from the lowest.
    pub bands: Vec<Band>,
    /// What can stand in for a *no*.
    pub bridges: Vec<Bridge>,
}

/// Where a rubric was published.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The title, with its authors and year.
    pub title: String,
    /// The address; empty if it has none.
    pub url: String,
}

/// How answers are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scoring {
    /// The sections are summed, and the lowest sum is the score.
    Minimum,
    /// The answers are counted, and there is no score: the counts make a sentence.
    Tally,
    /// The sections are rungs: the highest that holds, and below which all hold.
    Ladder,
}

/// An answer that a question may have.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Level {
    /// How notes write it: `automated`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What it earns.
    pub points: Points,
    /// Whether it says that the answer is not known.
    pub unknown: bool,
}

/// A group of questions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Section {
    /// Its name: `monitoring`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Whether an accepted design must know the answers.
    pub required: bool,
    /// Whether a full answer speaks against what is assessed, as a stop rule does.
    pub stops: bool,
    /// The questions.
    pub items: Vec<Item>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Item {
    /// How notes name it: `data-1`.
    pub id: String,
    /// What is asked, or what should be true.
    pub text: String,
}

/// What a score is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Band {
    /// The highest score that is in it; none of the last.
    pub up_to: Option<Points>,
    /// What it is called.
    pub label: String,
}

/// What can stand in for a *no*.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bridge {
    /// The question.
    pub item: String,
    /// The approaches that do: `zero-shot`.
    pub by: Vec<String>,
}

/// Points, in hundredths of one.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct Points(pub u32);

impl Points {
    /// The most points that an answer can earn.
    const MOST: f64 = 1000.0;

    /// The points that a number is; `None` below zero and above what one can earn.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is from 0 to 1000"
    )]
    pub fn of(number: f64) -> Option<Self> {
        let known = (0.0..=Self::MOST).contains(&number);
        known.then(|| Self((number * 100.0).round() as u32))
    }
}

impl fmt::Display for Points {
    /// With at least one decimal: `3.0`, `0.25`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        if rest % 10 == 0 {
            write!(formatter, "{whole}.{}", rest / 10)
        } else {
            write!(formatter, "{whole}.{rest:02}")
        }
    }
}

impl From<Points> for String {
    fn from(points: Points) -> Self {
        points.to_string()
    }
}

impl TryFrom<String> for Points {
    type Error = &'static str;

    fn try_from(points: String) -> Result<Self, Self::Error> {
        let number = points.parse().ok();
        number.and_then(Self::of).ok_or("not a number of points")
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Self(points.map(|it| it.0).fold(0, u32::saturating_add))
    }
}

impl Rubric {
    /// All questions, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|it| &it.items)
    }

    /// The most that an answer earns.
    pub fn full(&self) -> Points {
        self.levels.iter().map(|it| it.points).max().unwrap_or_default()
    }

    /// Whether notes may call it so.
    fn is_called(&self, name: &str) -> bool {
        same(&self.id, name) || self.aliases.iter().any(|it| same(it, name))
    }
}

/// The rubrics that the program brings with it.
const BUILT_IN: &[(&str, &str)] = &[
    ("when-to-use-ml", include_str!("../rubrics/when-to-use-ml.toml")),
    ("ml-test-score-2017", include_str!("../rubrics/ml-test-score-2017.toml")),
    ("mlops-google", include_str!("../rubrics/mlops-google.toml")),
    ("mlops-microsoft", include_str!("../rubrics/mlops-microsoft.toml")),
];

static OWN: LazyLock<BTreeMap<String, Arc<Rubric>>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        let file = FilePath::new(format!("rubrics/{name}.toml"));
        file::read(&file, text, &Kinds::built_in()).value
    };
    let rubrics = BUILT_IN.iter().filter_map(read);
    rubrics.map(|it| (it.id.clone(), Arc::new(it))).collect()
});

/// The field of the metadata that holds the answers to a rubric, beside `rubric.ID`.
pub const FIELDS: &[(&str, &str)] = &[("ml_fit", "when-to-use-ml")];

/// The rubrics of a site.
#[derive(Clone, Debug, Default)]
pub struct Rubrics {
    all: BTreeMap<String, Arc<Rubric>>,
    /// What stands for all of them: equal digests, equal rubrics.
    pub digest: Digest,
}

impl Rubrics {
    /// The rubrics of a project: its own, `rubrics/*.toml`, over the built-in ones.
    pub fn load(project: &Project, kinds: &Kinds) -> Checked<Self> {
        let mut told = Vec::new();
        let mut all = OWN.clone();
        let mut owners: BTreeMap<String, &FilePath> = BTreeMap::new();
        let folder = FilePath::from("rubrics");
        for (path, text) in &project.texts {
            if path.extension() != "toml" || path.folder() != folder {
                continue;
            }
            let Some(rubric) = file::read(path, &text.text, kinds).tell(&mut told) else {
                continue;
            };
            if let Some(owner) = owners.get(&rubric.id) {
                told.push(given_twice(path, &text.text, &rubric.id, owner));
                continue;
            }
            owners.insert(rubric.id.clone(), path);
            all.insert(rubric.id.clone(), Arc::new(rubric));
        }
        let digest = Digest::of(&all);
        Checked { value: Self { all, digest }, diagnostics: told }
    }

    /// The rubric that notes call by a name.
    pub fn named(&self, name: &str) -> Option<&Arc<Rubric>> {
        let by_id = self.all.values().find(|it| same(&it.id, name));
        by_id.or_else(|| self.all.values().find(|it| it.is_called(name)))
    }

    /// All rubrics, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Rubric> {
        self.all.values().map(|it| &**it)
    }

    /// The names by which notes may call a rubric, ids before aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.all.values().flat_map(|it| &it.aliases);
        self.all.keys().chain(aliases).map(String::as_str)
    }
}

fn given_twice(path: &FilePath, text: &str, id: &str, owner: &FilePath) -> Diagnostic {
    let at = text.find(id).map_or(0..0, |it| it..it + id.len());
    let message = format!("`{owner}` has the id `{id}` too");
    Diagnostic::new(Rule::BadValue, Span::new(path, at), message)
        .hint("give one of them another id; the first one counts")
        .also(Span::new(owner, 0..0), "the other one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rubrics_that_the_program_brings_are_without_fault() {
        for (name, text) in BUILT_IN {
            let file = FilePath::new(format!("{name}.toml"));
            let read = file::read(&file, text, &Kinds::built_in());
            assert_eq!(read.diagnostics, []);
            assert_eq!(read.value.map(|it| it.id).as_deref(), Some(*name));
        }
        let rubrics = Rubrics::load(&Project::default(), &Kinds::built_in()).value;
        for (_, id) in FIELDS {
            assert!(rubrics.named(id).is_some());
        }
        let test_score = rubrics.named("ml_test_score").unwrap();
        assert_eq!(test_score.items().count(), 28);
        assert!(test_score.sections.iter().all(|it| it.items.len() == 7));
        assert_eq!(rubrics.named("when-to-use-ml").unwrap().items().count(), 12);
    }

    #[test]
    fn points_have_a_decimal() {
        for (number, shown) in
            [(3.0, "3.0"), (0.5, "0.5"), (0.25, "0.25"), (12.0, "12.0")]
        {
            assert_eq!(Points::of(number).unwrap().to_string(), shown);
        }
        for number in [-0.5, 1e9, f64::NAN] {
            assert_eq!(Points::of(number), None);
        }
    }
}
