//! The card of a model or dataset: what its note says of it in fields, in the sections
//! that cards have, and what it does not say.
//!
//! Models: Mitchell et al., *Model Cards for Model Reporting*, 2019. Datasets: Gebru et
//! al., *Datasheets for Datasets*, 2021.

use serde::Serialize;

use crate::kind::form::Form;
use crate::note::Note;
use crate::note::card::Card;
use crate::note::link::Target;
use crate::note::term::field;
use crate::value::fields::same;
use crate::value::{Data, Value};
use crate::view::facts::FactValue;
use crate::view::link::Lookup;

mod dataset;
mod model;
mod result;

pub use result::Outcome;

/// The card of a model or dataset.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CardView {
    /// `model` or `dataset`.
    pub kind: &'static str,
    /// The sections in the order of the paper.
    pub sections: Vec<Section>,
}

/// A section of a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Section {
    /// The name by which the words of the interface know it: `intended-use`.
    pub key: &'static str,
    /// The heading of the note that speaks of it; empty if none does.
    pub href: String,
    /// What is asked for in fields.
    pub rows: Vec<Row>,
    /// The results, in the section that has them.
    pub outcomes: Vec<Outcome>,
    /// How many results there are besides those that are shown.
    pub more: usize,
}

/// A field of a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Row {
    /// The name by which the words of the interface know it: `license`.
    pub key: &'static str,
    /// What the note says; nothing where it does not.
    pub values: Vec<FactValue>,
}

/// Fields that not every card has: without a value they are left out.
const OPTIONAL: &[&str] =
    &["architecture", "language", "task", "factors", "metrics", "limits"];

/// The field whose number is in grams, by the definition of the hub of Hugging Face.
/// (<https://huggingface.co/docs/hub/model-cards-co2>)
const GRAMS: &str = "co2_eq_emissions";

/// A section, the words that headings have for it, and the fields in which it is asked.
struct Plan {
    key: &'static str,
    words: &'static [&'static str],
    /// Each with the names that it may have in a note.
    rows: &'static [(&'static str, &'static [&'static str])],
}

/// The card of a note, if it is that of a model or dataset.
pub fn of(lookup: &Lookup<'_>, note: &Note) -> Option<CardView> {
    let reader = Reader { lookup, card: &note.card };
    let (kind, plan) = match note.card.meta.kind.as_deref()? {
        "model" => ("model", model::PLAN),
        "dataset" => ("dataset", dataset::PLAN),
        _ => return None,
    };
    let mut sections: Vec<Section> =
        plan.iter().map(|plan| reader.section(plan)).collect();
    if let Some(section) = sections.iter_mut().find(|it| it.key == "results") {
        reader.results(note, section);
    }
    Some(CardView { kind, sections })
}

/// Whether a field of a note is shown on its card, and so not among its facts.
pub fn shows(card: &Card, name: &str) -> bool {
    let names = match card.meta.kind.as_deref() {
        Some("model") => model::FIELDS,
        Some("dataset") => dataset::FIELDS,
        _ => return false,
    };
    names.iter().any(|it| same(it, name))
}

/// Reads the fields of a note.
struct Reader<'a> {
    lookup: &'a Lookup<'a>,
    card: &'a Card,
}

impl Reader<'_> {
    fn section(&self, plan: &Plan) -> Section {
        let names = |heading: &str| {
            let heading = heading.to_lowercase();
            plan.words.iter().any(|it| heading.starts_with(it))
        };
        let heading = self.card.headings.iter().find(|it| names(&it.text));
        let href = heading
            .map(|it| format!("#{}", crate::site::resolve::encoded_fragment(&it.id)));
        let href = href.unwrap_or_default();
        let rows = plan.rows.iter().map(|(key, names)| self.row(key, names));
        let is_shown = |it: &Row| !it.values.is_empty() || !OPTIONAL.contains(&it.key);
        let rows = rows.filter(is_shown).collect();
        Section { key: plan.key, href, rows, outcomes: Vec::new(), more: 0 }
    }

    /// What the first of several fields says that is there; `a.b` is the field `b` of
    /// the table `a`.
    fn row(&self, key: &'static str, names: &[&str]) -> Row {
        let values = names.iter().map(|it| self.values(it)).find(|it| !it.is_empty());
        Row { key, values: values.unwrap_or_default() }
    }

    fn values(&self, name: &str) -> Vec<FactValue> {
        let mut parts = name.split('.');
        let first = parts.next().and_then(|it| field(&self.card.meta, it));
        let mut found: Vec<&Value> = first.into_iter().collect();
        for part in parts {
            let tables = found.into_iter().flat_map(Form::items);
            found = tables.filter_map(|it| it.get(part)).collect();
        }
        let mut shown: Vec<FactValue> =
            found.into_iter().flat_map(|it| self.shown(it)).collect();
        if name.starts_with(GRAMS) {
            shown.iter_mut().for_each(in_grams);
        }
        shown
    }

    /// The values of a field: texts, items of a list, ranges, tables in a line.
    fn shown(&self, value: &Value) -> Vec<FactValue> {
        let shown: Vec<FactValue> = match &value.data {
            Data::List(items) => items.iter().flat_map(|it| self.shown(it)).collect(),
            Data::Map(_) => table(value).into_iter().collect(),
            _ => value.text().map(|it| self.named(it)).into_iter().collect(),
        };
        shown.into_iter().filter(|it| !it.text.is_empty()).collect()
    }

    /// A text, as a link where it is the name of a note.
    fn named(&self, text: &str) -> FactValue {
        let text = text.trim();
        let note = self.lookup.site.named(self.card, text);
        let other = note.and_then(|it| self.lookup.site.card(it));
        match other.filter(|it| it.path != self.card.path) {
            Some(other) => FactValue {
                text: other.title.clone(),
                href: self.card.route.href_to(&other.route),
                ..FactValue::default()
            },
            None => plain(text, ""),
        }
    }
}

/// Adds the unit to a number.
fn in_grams(value: &mut FactValue) {
    if value.text.parse::<f64>().is_ok() {
        value.text.push_str(" g");
    }
}

fn plain(text: &str, note: &str) -> FactValue {
    let (text, note) = (text.to_owned(), note.to_owned());
    FactValue { text, note, ..FactValue::default() }
}

/// A table in a line: a risk with its mitigation, a source with its author, a part of a
/// dataset with its size, a range of days; else each field with its name.
fn table(value: &Value) -> Option<FactValue> {
    let text = |name: &str| value.get(name).and_then(Value::text);
    let days = text("from").zip(text("to")).map(|(from, to)| format!("{from} – {to}"));
    if let Some(risk) = text("risk") {
        return Some(plain(risk, text("mitigation").unwrap_or_default()));
    }
    if let Some(title) = text("title") {
        let facts = ["author", "year", "license"].iter().filter_map(|it| text(it));
        let note = facts.collect::<Vec<_>>().join(", ");
        let href = match text("url").map(Target::of) {
            Some(Target::Web(address)) => address,
            _ => String::new(),
        };
        return Some(FactValue { href, ..plain(title, &note) });
    }
    if let Some(name) = text("name") {
        let count = ["n", "num_examples", "size"].iter().find_map(|it| text(it));
        let facts = [days, count.map(|it| format!("n = {it}"))];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        return Some(plain(name, &facts.join(", ")));
    }
    if let Some(days) = days {
        return Some(plain(&days, ""));
    }
    let fields = value.entries().iter();
    let fields =
        fields.filter_map(|(key, it)| Some(format!("{}: {}", key.text, it.text()?)));
    let line = fields.collect::<Vec<_>>().join(", ");
    (!line.is_empty()).then(|| plain(&line, ""))
}
