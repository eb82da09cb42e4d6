//! The words of comparisons and systems: `[compare]` and `[system]`.

use std::collections::BTreeMap;

use super::system::SCULLEY;
use super::{Compare, Component, Config, Dash, Direction, Limit, Metric, System};
use crate::diag::Diagnostic;
use crate::diag::nearest::nearest;
use crate::diag::rule::Rule;
use crate::value::{Choice, Data, Fields, Value};

/// What the words of notes mean here: those of comparisons, systems and the glossary.
pub(super) fn words(
    config: &mut Config,
    top: &mut Fields<'_>,
    told: &mut Vec<Diagnostic>,
) {
    if let Some(fields) = top.table("compare") {
        config.compare = compare(fields, told);
    }
    if let Some(fields) = top.table("system") {
        config.system = system(fields, told);
    }
    if let Some(fields) = top.table("glossary") {
        config.glossary = super::glossary::read(fields, told);
    }
    if let Some(fields) = top.table("history") {
        config.history = super::history::read(fields, told);
    }
}

/// What `[compare]` says.
fn compare(mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) -> Compare {
    let default = Compare::default();
    let mut metrics = Vec::new();
    for mut entry in fields.tables("metrics") {
        let id = entry.required("id");
        let label = entry.string("label");
        let metric = Metric {
            label: label.or(id.clone()).unwrap_or_default(),
            unit: entry.string("unit"),
            direction: entry.choice("direction"),
            gate: limit(&mut entry, "gate"),
            id: id.unwrap_or_default(),
        };
        entry.rest(told);
        metrics.extend(Some(metric).filter(|it| !it.id.is_empty()));
    }
    let compare = Compare {
        sides: fields.texts("sides").unwrap_or(default.sides),
        scales: scales(&mut fields),
        metrics,
        dash: fields.choice("dash").unwrap_or(default.dash),
    };
    fields.rest(told);
    compare
}

/// A limit: a text or a number.
fn limit(entry: &mut Fields<'_>, name: &'static str) -> Option<Limit> {
    let range = entry.get(name)?.range.clone();
    let text = entry.text(name)?;
    Some(Limit { text, range })
}

/// Each a list of words, or one text with `<` between them.
fn scales(fields: &mut Fields<'_>) -> BTreeMap<String, Vec<String>> {
    let mut scales = BTreeMap::new();
    for (key, scale) in fields.map("scales").unwrap_or_default() {
        let words: Vec<String> = match &scale.data {
            Data::Text(text) => text.split('<').map(|it| it.trim().to_owned()).collect(),
            _ => {
                scale.items().iter().filter_map(Value::text).map(str::to_owned).collect()
            }
        };
        if words.len() > 1 {
            scales.insert(key.text.clone(), words);
            continue;
        }
        let message = format!("the scale `{}` has fewer than two words", key.text);
        let told = Diagnostic::new(Rule::BadValue, fields.span(scale), message);
        fields.tell(told.hint("write them from the lowest: `[\"poor\", \"good\"]`"));
    }
    scales
}

/// What `[system]` says.
fn system(mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) -> System {
    let mut system = System::default();
    if let Some(items) = fields.list("components") {
        system.components = components(&fields, items, told);
    }
    system.parts = parts(&mut fields, &system);
    fields.rest(told);
    system
}

fn components(
    fields: &Fields<'_>,
    items: &[Value],
    told: &mut Vec<Diagnostic>,
) -> Vec<Component> {
    let mut components = Vec::new();
    for item in items {
        if let Some(id) = item.text() {
            let label = spoken(id);
            components.push(Component { id: id.to_owned(), label, facets: Vec::new() });
            continue;
        }
        let mut entry = fields.inner(item);
        if let Some(id) = entry.required("id") {
            let label = entry.string("label").unwrap_or_else(|| spoken(&id));
            let facets = entry.texts("facets").unwrap_or_default();
            components.push(Component { id, label, facets });
        }
        entry.rest(told);
    }
    components
}

/// `parts`: the boxes of Sculley et al. by the name of the paper, or a table of finer
/// names and where each belongs.
fn parts(fields: &mut Fields<'_>, system: &System) -> Vec<(String, String)> {
    let Some(value) = fields.get("parts") else { return Vec::new() };
    let mut parts: Vec<(String, String)> = Vec::new();
    if value.text() == Some("sculley-2015") {
        parts.extend(SCULLEY.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())));
        parts.retain(|(_, of)| system.place(of).is_some());
        return parts;
    }
    if !matches!(value.data, Data::Map(_)) {
        let message = "a table of names, or `sculley-2015`, is expected here";
        let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
        fields.tell(told.hint("write `feature-store = \"data-stack\"` in it"));
    }
    for (key, of) in value.entries() {
        let name = of.text().unwrap_or_default();
        if system.place(name).is_some() {
            parts.push((key.text.clone(), name.to_owned()));
            continue;
        }
        let message = format!("there is no component `{name}`");
        let mut told = Diagnostic::new(Rule::UnknownComponent, fields.span(of), message);
        told.hints
            .extend(nearest(name, system.names()).map(|it| format!("write `{it}`")));
        fields.tell(told);
    }
    parts
}

/// An id as words: `data-stack` is `Data stack`.
fn spoken(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

impl Choice for Direction {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("lower", Self::Lower),
        ("higher", Self::Higher),
        ("target", Self::Target),
        ("none", Self::None),
    ];
}

impl Choice for Dash {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("unknown", Self::Unknown),
        ("not-measured", Self::NotMeasured),
        ("not-applicable", Self::NotApplicable),
        ("n/a", Self::NotApplicable),
    ];
}
