//! The results of a model, however its card has them.

use serde::Serialize;

use super::{Reader, Section};
use crate::kind::form::Form;
use crate::note::Note;
use crate::note::link::Target;
use crate::note::term::field;
use crate::value::{Data, Value};
use crate::view::facts::FactValue;

/// The most results that a card shows, so that no page is without an end.
const SHOWN: usize = 200;

/// A result. What the card does not say of it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Outcome {
    /// What was measured.
    pub metric: String,
    /// The number as it is written; empty where there is none.
    pub value: String,
    /// Why there is none: `not-measured`.
    pub state: String,
    /// The interval: `3.76 – 4.35`.
    pub interval: String,
    /// How many were measured.
    pub n: String,
    /// The unit.
    pub unit: String,
    /// Which way is better: `lower`.
    pub direction: String,
    /// On which data.
    pub dataset: Option<FactValue>,
    /// On which part of them.
    pub split: String,
    /// For whom.
    pub slice: String,
    /// When.
    pub date: String,
    /// Where it is from.
    pub source: Option<FactValue>,
    /// What is said beside it.
    pub notes: String,
    /// Whether the hub has measured it, and not only the model's author.
    pub verified: bool,
}

impl Outcome {
    /// Parts what is written as one text, `20.0 ± 1.2`, into value and interval.
    fn part(&mut self) {
        if self.interval.is_empty()
            && let Some((value, around)) = self.value.split_once('±')
        {
            self.interval = format!("± {}", around.trim());
            self.value = value.trim().to_owned();
        }
    }
}

impl Reader<'_> {
    /// Puts the results into their section; where the text shows them as a comparison,
    /// the section leads there.
    pub(super) fn results(&self, note: &Note, section: &mut Section) {
        let mut outcomes = self.own();
        let placed = note.text[note.body..].find("from=results");
        if let Some(at) = placed.filter(|_| !outcomes.is_empty()) {
            let at = at + note.body;
            let mut placed = note.comparisons.iter();
            let shown =
                placed.find(|it| it.region.as_ref().is_none_or(|it| it.end >= at));
            if let Some(shown) = shown {
                section.href = format!("#{}", shown.comparison.id);
                outcomes.clear();
            }
        }
        outcomes.extend(self.index());
        outcomes.extend(self.evaluated());
        outcomes.iter_mut().for_each(Outcome::part);
        section.more = outcomes.len().saturating_sub(SHOWN);
        outcomes.truncate(SHOWN);
        section.outcomes = outcomes;
    }

    /// `results`.
    fn own(&self) -> Vec<Outcome> {
        let results = field(&self.card.meta, "results").map(Value::items);
        results.into_iter().flatten().map(|it| self.outcome(it)).collect()
    }

    fn outcome(&self, value: &Value) -> Outcome {
        let text = |name: &str| text(value, name);
        let ends: Vec<&str> = value
            .get("ci")
            .map(|it| it.items().iter().filter_map(Value::text).collect())
            .unwrap_or_default();
        let interval = match ends[..] {
            [low, high] => format!("{low} – {high}"),
            _ => text("ci"),
        };
        Outcome {
            metric: text("metric"),
            value: number(value),
            state: text("state"),
            interval,
            n: text("n"),
            unit: text("unit"),
            direction: text("direction"),
            dataset: self.data(&text("dataset")),
            split: text("split"),
            slice: text("slice"),
            date: text("date"),
            source: source(value.get("source")),
            notes: text("notes"),
            verified: false,
        }
    }

    /// `model-index` of the hub of Hugging Face: for each task and dataset its metrics.
    /// (<https://github.com/huggingface/hub-docs/blob/main/modelcard.md>)
    fn index(&self) -> Vec<Outcome> {
        let models = field(&self.card.meta, "model_index").map(Form::items);
        let results = models.into_iter().flatten().filter_map(|it| it.get("results"));
        let results = results.flat_map(Form::items);
        let outcomes = results.flat_map(|result| {
            let metrics = result.get("metrics").map(Form::items).unwrap_or_default();
            metrics.iter().map(|it| self.indexed(result, it))
        });
        outcomes.collect()
    }

    fn indexed(&self, result: &Value, metric: &Value) -> Outcome {
        let of = |table: &str, name: &str| {
            result.get(table).map(|it| text(it, name)).unwrap_or_default()
        };
        let first = |texts: [String; 2]| texts.into_iter().find(|it| !it.is_empty());
        let name = first([text(metric, "name"), text(metric, "type")]);
        let data = first([of("dataset", "name"), of("dataset", "type")]);
        Outcome {
            metric: name.unwrap_or_default(),
            value: number(metric),
            dataset: self.data(&data.unwrap_or_default()),
            split: of("dataset", "split"),
            slice: of("dataset", "config"),
            source: source(result.get("source")),
            notes: first([of("task", "name"), of("task", "type")]).unwrap_or_default(),
            verified: text(metric, "verified") == "true",
            ..Outcome::default()
        }
    }

    /// `eval_results`, its newer form: one value for each task of a dataset.
    fn evaluated(&self) -> Vec<Outcome> {
        let results = field(&self.card.meta, "eval_results").map(Form::items);
        let outcomes = results.into_iter().flatten().map(|it| {
            let data = it.get("dataset");
            let of = |name: &str| data.map(|it| text(it, name)).unwrap_or_default();
            // The one task of a dataset that has no more has this name.
            let task = Some(of("task_id")).filter(|it| !it.is_empty() && it != "default");
            Outcome {
                metric: task.unwrap_or_else(|| text(it, "metric")),
                value: number(it),
                dataset: self.data(&of("id")),
                date: text(it, "date"),
                source: source(it.get("source")),
                notes: text(it, "notes"),
                ..Outcome::default()
            }
        });
        outcomes.collect()
    }

    fn data(&self, name: &str) -> Option<FactValue> {
        (!name.is_empty()).then(|| self.named(name))
    }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::text).unwrap_or_default().trim().to_owned()
}

/// The value of a result: a number, a text, or a list or table in a line.
fn number(result: &Value) -> String {
    let Some(value) = result.get("value") else { return String::new() };
    match &value.data {
        Data::Null => String::new(),
        Data::List(_) | Data::Map(_) => value.to_json().to_string(),
        _ => text(result, "value"),
    }
}

/// Where a result is from: a name, an address, or both.
fn source(value: Option<&Value>) -> Option<FactValue> {
    let value = value?;
    let (name, address) = match value.text() {
        Some(said) => (said.to_owned(), said.to_owned()),
        None => (text(value, "name"), text(value, "url")),
    };
    let href = match Target::of(&address) {
        Target::Web(address) => address,
        _ => String::new(),
    };
    let text = if name.is_empty() { address } else { name };
    (!text.is_empty()).then(|| FactValue { text, href, ..FactValue::default() })
}
