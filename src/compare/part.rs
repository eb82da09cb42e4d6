//! A part of a document: a side, what a row says beside its cells, a cell.

use std::ops::Range;

use super::fields::{self, CellFields};
use super::reading::{Given, Reading};
use super::{Cell, Comparison, Direction, Kind, Role, Row, Side, gate, label};
use crate::diag::Rule;
use crate::value::{Fields, Value};

pub(super) fn side(item: &Value, reading: &mut Reading<'_>) -> Side {
    let file = reading.file.clone();
    let mut fields = Fields::new(&file, item);
    let (key, label) = (fields.text("key"), fields.text("label"));
    let name = label.or_else(|| key.clone()).unwrap_or_default();
    let mut side = Side::named(&name);
    side.key = key.unwrap_or(side.key);
    if let Some(role) = fields.scalar("role").and_then(Given::of) {
        let known = fields::words(Role::ALL, Role::word);
        side.role =
            fields::word(&role, Role::from_word, &known, reading).unwrap_or_default();
    }
    let attributes = fields.get("attributes").map(Value::entries).unwrap_or_default();
    let attributes: Vec<_> = attributes.iter().map(|(key, value)| (key, value)).collect();
    for (key, value) in fields.others(&mut reading.told).into_iter().chain(attributes) {
        if let Some(text) = value.text() {
            side.attributes.insert(key.text.clone(), text.to_owned());
        } else {
            let message = format!("the attribute `{}` is {}", key.text, value.kind());
            reading.tell(Rule::BadValue, &value.range, message, "write one word or text");
        }
    }
    side
}

/// What a row says beside its cells, and the place of its name.
pub(super) fn row_head(
    fields: &mut Fields<'_>,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) -> (Row, Range<usize>) {
    let key = fields.text("key");
    let name = fields.scalar("label").and_then(Given::of);
    let name = name
        .unwrap_or_else(|| Given::new(key.clone().unwrap_or_default(), range.clone()));
    let mut row = match key {
        // Who writes a key has no need of the label grammar, and an export none of it.
        Some(key) => Row { key, label: name.text.clone(), ..Row::default() },
        // What is no text is told.
        None if name.text.is_empty() && fields.has("label") => Row::default(),
        None => {
            label::read(&name.text, &name.range, reading).into_row(reading, &name.range)
        }
    };
    row.group = fields.text("group");
    row.unit = fields.text("unit").or(row.unit);
    if let Some(given) = fields.scalar("direction").and_then(Given::of) {
        let from =
            |text: &str| Direction::from_word(text).or(Direction::from_label(text));
        let known = fields::words(Direction::ALL, Direction::word);
        row.direction = fields::word(&given, from, &known, reading).or(row.direction);
    }
    if let Some(value) = fields.get("scale") {
        row.scale = match value.text() {
            Some(text) => label::scale(text, reading, &value.range),
            None => fields.texts("scale").unwrap_or_default(),
        };
    }
    if let Some(given) = fields.scalar("kind").and_then(Given::of) {
        let known = fields::words(Kind::ALL, Kind::word);
        row.kind =
            fields::word(&given, Kind::from_word, &known, reading).unwrap_or_default();
    }
    limits(&mut row, fields, reading);
    (row, name.range)
}

fn limits(row: &mut Row, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
    if let Some(given) = fields.scalar("target").and_then(Given::of) {
        let limit = gate::limit(&given.text, &mut row.unit, &given.range, reading);
        row.target = limit.map(|(_, limit)| limit);
        row.direction = row.direction.or(Some(Direction::Target));
    }
    let Some(gate) = fields.get("gate") else { return };
    let part = |name| gate.get(name).and_then(Value::text).unwrap_or_default();
    let text = match gate.text() {
        Some(text) => text.to_owned(),
        None => format!("{} {}", part("bound"), part("limit")),
    };
    gate::set_gate(row, &text, &gate.range, reading);
}

pub(super) fn cell_of(
    value: &Value,
    comparison: &mut Comparison,
    reading: &mut Reading<'_>,
) -> Cell {
    let file = reading.file.clone();
    let mut fields = Fields::new(&file, value);
    fields.know("status");
    let mut of = |name| fields.scalar(name).and_then(Given::of);
    let mut cell = CellFields {
        range: value.range.clone(),
        value: of("value"),
        text: of("text"),
        state: of("state"),
        bound: of("bound"),
        lo: of("lo"),
        hi: of("hi"),
        margin: of("margin"),
        n: of("n"),
        answer: of("answer"),
        unit: of("unit"),
        date: of("date"),
        ..CellFields::default()
    };
    cell.unread = cell.value.is_none() && fields.has("value");
    cell.evidence = fields.texts("evidence").unwrap_or_default();
    cell.notes = fields.texts("notes").unwrap_or_default();
    cell.notes.extend(fields.text("note").map(|it| comparison.notes.label_of(&it)));
    fields.rest(&mut reading.told);
    cell.into_cell(reading)
}
