//! A rubric read from the text of its file.

use std::collections::BTreeSet;

use super::{Band, Bridge, Item, Level, Points, Rubric, Scoring, Section, Source};
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::kind::Kinds;
use crate::path::FilePath;
use crate::value::complaint::no_toml;
use crate::value::{self, Choice, Data, Fields, Format};

/// Reads a rubric. Without an id, answers or questions it is none.
pub fn read(file: &FilePath, text: &str, kinds: &Kinds) -> Checked<Option<Rubric>> {
    let mut told = Vec::new();
    let data = match value::parse(Format::Toml, text, 0) {
        Ok(data) => data,
        Err(fault) => {
            let hint = "mend the syntax; until then the file gives no rubric";
            told.push(no_toml(file, fault).hint(hint));
            return Checked { value: None, diagnostics: told };
        }
    };
    let mut fields = Fields::new(file, &data);
    let id = fields.required("id").filter(|it| is_id(it, "id", &mut fields));
    let sections = sections(&mut fields, &mut told);
    let rubric = Rubric {
        aliases: fields.texts("aliases").unwrap_or_default(),
        title: fields.string("title").or(id.clone()).unwrap_or_default(),
        summary: fields.string("summary").unwrap_or_default(),
        source: source(&mut fields, &mut told),
        asked_of: asked_of(&mut fields, kinds),
        scoring: fields.choice("scoring").unwrap_or(Scoring::Tally),
        levels: levels(&mut fields, &mut told),
        bands: bands(&mut fields, &mut told),
        bridges: bridges(&mut fields, &sections, &mut told),
        sections,
        id: id.unwrap_or_default(),
    };
    fields.rest(&mut told);
    told.extend(faults(file, &rubric));
    let whole = !rubric.id.is_empty()
        && !rubric.levels.is_empty()
        && rubric.items().next().is_some();
    Checked { value: whole.then_some(rubric), diagnostics: told }
}

/// Whether a name can stand in `rubric.NAME.NAME`; tells where it cannot.
fn is_id(id: &str, name: &'static str, fields: &mut Fields<'_>) -> bool {
    let plain = |it: char| it.is_alphanumeric() || "-_".contains(it);
    let fine = !id.is_empty() && id.chars().all(plain);
    if !fine && let Some(value) = fields.get(name) {
        let message = "an id is made of letters, digits and `-`";
        let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
        fields.tell(told.hint("write it like `data-1`"));
    }
    fine
}

/// The kinds of notes that must answer; what is no kind's name is told and left out.
fn asked_of(fields: &mut Fields<'_>, kinds: &Kinds) -> Vec<String> {
    let mut names = Vec::new();
    for (name, value) in fields.spanned_texts("asked-of").unwrap_or_default() {
        match kinds.get(&name) {
            Some(kind) => names.push(kind.name.clone()),
            None => fields.tell(kinds.unknown(&name, fields.span(value))),
        }
    }
    names
}

fn source(fields: &mut Fields<'_>, told: &mut Vec<Diagnostic>) -> Option<Source> {
    let mut fields = fields.table("source")?;
    let source = Source {
        title: fields.required("title").unwrap_or_default(),
        url: fields.string("url").unwrap_or_default(),
    };
    fields.rest(told);
    Some(source)
}

fn levels(fields: &mut Fields<'_>, told: &mut Vec<Diagnostic>) -> Vec<Level> {
    let mut levels = Vec::new();
    for mut entry in fields.tables("level") {
        let id = entry.required("id").filter(|it| is_id(it, "id", &mut entry));
        let label = entry.string("label");
        let points = points(&mut entry, "points");
        let unknown = entry.bool("unknown").unwrap_or(false);
        entry.rest(told);
        levels.extend(id.map(|id| Level {
            label: label.unwrap_or_else(|| id.clone()),
            points: points.unwrap_or_default(),
            unknown,
            id,
        }));
    }
    levels
}

fn points(fields: &mut Fields<'_>, name: &'static str) -> Option<Points> {
    let value = fields.get(name)?;
    let points = match &value.data {
        Data::Number(number) => number.float().and_then(Points::of),
        _ => None,
    };
    if points.is_none() {
        let message = "a number from 0 to 1000 is expected here";
        fields.tell(Diagnostic::new(Rule::BadValue, fields.span(value), message));
    }
    points
}

fn sections(fields: &mut Fields<'_>, told: &mut Vec<Diagnostic>) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut seen = BTreeSet::new();
    for mut entry in fields.tables("section") {
        let id = entry.required("id").filter(|it| is_id(it, "id", &mut entry));
        let label = entry.string("label");
        let required = entry.bool("required").unwrap_or(false);
        let stops = entry.bool("stops").unwrap_or(false);
        let items = items(&mut entry, &mut seen, told);
        entry.rest(told);
        sections.extend(id.map(|id| Section {
            label: label.unwrap_or_else(|| id.clone()),
            required,
            stops,
            items,
            id,
        }));
    }
    sections
}

/// The questions of a section; one that a rubric asks twice is told and left out.
fn items(
    section: &mut Fields<'_>,
    seen: &mut BTreeSet<String>,
    told: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let mut items = Vec::new();
    for mut item in section.tables("item") {
        let id = item.required("id").filter(|it| is_id(it, "id", &mut item));
        let text = item.required("text").unwrap_or_default();
        if let Some(id) = id {
            if seen.insert(id.clone()) {
                items.push(Item { id, text });
            } else {
                refuse(&mut item, "id", format!("two questions have the id `{id}`"));
            }
        }
        item.rest(told);
    }
    items
}

/// Tells what is wrong with the value of a field.
fn refuse(fields: &mut Fields<'_>, name: &'static str, message: String) {
    if let Some(value) = fields.get(name) {
        let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
        fields.tell(told);
    }
}

/// The bands, from the lowest; one that is out of order is told.
fn bands(fields: &mut Fields<'_>, told: &mut Vec<Diagnostic>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for mut entry in fields.tables("band") {
        let up_to = points(&mut entry, "up-to");
        let label = entry.required("label");
        let after = bands.last().is_none_or(|it| match (it.up_to, up_to) {
            (Some(last), Some(limit)) => last < limit,
            (last, _) => last.is_some(),
        });
        if !after {
            let message = "a band stands behind one that is not lower; begin with the \
                           lowest, and leave `up-to` out of the last";
            refuse(&mut entry, "label", message.to_owned());
        }
        entry.rest(told);
        bands.extend(label.map(|label| Band { up_to, label }));
    }
    bands
}

fn bridges(
    fields: &mut Fields<'_>,
    sections: &[Section],
    told: &mut Vec<Diagnostic>,
) -> Vec<Bridge> {
    let mut bridges = Vec::new();
    for mut entry in fields.tables("bridge") {
        let item = entry.required("item");
        let by = entry.texts("by").unwrap_or_default();
        let known =
            |id: &String| sections.iter().flat_map(|it| &it.items).any(|it| it.id == *id);
        if let Some(id) = item.as_ref().filter(|it| !known(it)) {
            refuse(&mut entry, "item", format!("the rubric asks nothing called `{id}`"));
        }
        entry.rest(told);
        bridges.extend(item.map(|item| Bridge { item, by }));
    }
    bridges
}

/// What a rubric lacks as a whole.
fn faults(file: &FilePath, rubric: &Rubric) -> Vec<Diagnostic> {
    let tell =
        |message: &str| Diagnostic::new(Rule::BadValue, Span::new(file, 0..0), message);
    let mut told = Vec::new();
    if rubric.levels.is_empty() {
        told.push(tell("the rubric has no answers").hint("add a `[[level]]`"));
    }
    if rubric.items().next().is_none() {
        let hint = "add a `[[section]]`, and a `[[section.item]]` below it";
        told.push(tell("the rubric has no questions").hint(hint));
    }
    told
}

impl Choice for Scoring {
    const WORDS: &'static [(&'static str, Self)] =
        &[("minimum", Self::Minimum), ("tally", Self::Tally), ("ladder", Self::Ladder)];
}
