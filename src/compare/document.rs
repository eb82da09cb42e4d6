//! A comparison as one document of TOML, YAML or JSON: the body of a `compare` fence,
//! a data file, an export read again.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cell::{self, CellSource};
use super::directive::{self, Directive};
use super::fields::{self, CellFields};
use super::finish::{find_side, finish};
use super::label;
use super::reading::{Given, Reading};
use super::records::{self, Record};
use super::{
    Cell, Comparison, Direction, Kind, Located, Note, Places, Role, Row, RowPlaces, Side,
    State,
};
use crate::diag::Rule;
use crate::value::{Data, Fields, Value};

/// Reads a document, or a list of records.
pub fn read(value: &Value, directive: &Directive, reading: &mut Reading<'_>) -> Located {
    if let Data::List(items) = &value.data {
        return read_records(items, &value.range, directive, reading);
    }
    let file = reading.file.clone();
    let mut fields = Fields::new(&file, value);
    for name in ["$schema", "format"] {
        fields.skip(name);
    }
    let mut document = Document {
        located: Located {
            places: Places {
                file: file.clone(),
                whole: value.range.clone(),
                ..Places::default()
            },
            ..Located::default()
        },
        declared: false,
    };
    document.head(&mut fields, reading);
    document.sides(&mut fields, reading);
    document.baseline(&mut fields, reading);
    document.rows(&mut fields, reading);
    fields.rest(&mut reading.told);
    finish(document.located, directive, reading)
}

/// What is read so far.
struct Document {
    located: Located,
    /// Whether the document lists its sides; else each is one that a cell names.
    declared: bool,
}

impl Document {
    fn head(&mut self, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
        let comparison = &mut self.located.comparison;
        comparison.id = fields.text("id").unwrap_or_default();
        comparison.caption = fields.text("caption").unwrap_or_default();
        comparison.origin = fields.text("origin");
        comparison.comparable_by = fields.texts("comparable_by").unwrap_or_default();
        let tolerance = fields.get("tolerance").and_then(given);
        comparison.tolerance =
            tolerance.and_then(|it| directive::tolerance(&it, reading));
        for mut note in tables(fields, "notes", "note") {
            let (label, text) = (note.text("label"), note.text("text"));
            note.rest(&mut reading.told);
            comparison.notes.push(Note {
                label: label.unwrap_or_default(),
                text: text.unwrap_or_default(),
            });
        }
    }

    fn sides(&mut self, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
        let value = fields.get("sides");
        let Some(value) = fields.get("side").or(value) else { return };
        self.declared = true;
        for item in value.items() {
            self.located.places.sides.push(item.range.clone());
            let side = match item.text() {
                Some(name) => Side::named(name),
                None => side(item, reading),
            };
            self.located.comparison.sides.push(side);
        }
    }

    fn baseline(&mut self, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
        let Some(name) = fields.get("baseline").and_then(given) else { return };
        let comparison = &mut self.located.comparison;
        if !self.declared {
            comparison
                .sides
                .push(Side { role: Role::Baseline, ..Side::named(&name.text) });
            self.located.places.sides.push(name.range);
        } else if let Some(at) = find_side(comparison, &name, reading) {
            for side in comparison.sides.iter_mut().filter(|it| it.role == Role::Baseline)
            {
                side.role = Role::Candidate;
            }
            comparison.sides[at].role = Role::Baseline;
        }
    }

    fn rows(&mut self, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
        let value = fields.get("rows");
        let items = fields.get("row").or(value).map(Value::items).unwrap_or_default();
        let cells: Vec<_> = items.iter().map(|item| self.row(item, reading)).collect();
        // Only now are all sides known.
        let Located { comparison, places } = &mut self.located;
        let rows = comparison.rows.iter_mut().zip(&mut places.rows);
        for ((row, places), mut cells) in rows.zip(cells) {
            for (at, side) in comparison.sides.iter().enumerate() {
                let (cell, place) = cells.remove(&at).unwrap_or_else(|| {
                    absent(&row.label, side, &places.label, reading);
                    (Cell::default(), places.label.clone())
                });
                row.cells.push(cell);
                places.cells.push(place);
            }
        }
    }

    fn row(&mut self, item: &Value, reading: &mut Reading<'_>) -> Cells {
        let file = reading.file.clone();
        let mut fields = Fields::new(&file, item);
        let (mut row, label) = row_head(&mut fields, &item.range, reading);
        row.notes = fields.texts("notes").unwrap_or_default();
        if let Some(text) = fields.text("note") {
            row.notes.push(self.located.comparison.label_of(&text));
        }
        let raw = row.kind == Kind::Text
            && fields.get("kind").and_then(Value::text) == Some(Kind::Text.word());
        let mut cells = Cells::new();
        for (key, value) in fields.get("cells").map(Value::entries).unwrap_or_default() {
            let name = Given::new(key.text.clone(), key.range.clone());
            if let Some(side) = self.side_of(&name, reading) {
                let cell = self.cell(value, raw, reading);
                cells.insert(side, (cell, value.range.clone()));
            }
        }
        fields.rest(&mut reading.told);
        self.located.comparison.rows.push(row);
        self.located.places.rows.push(RowPlaces { label, cells: Vec::new() });
        cells
    }

    fn side_of(&mut self, name: &Given, reading: &mut Reading<'_>) -> Option<usize> {
        let comparison = &mut self.located.comparison;
        // A key before a label: one side's label may be another one's key.
        if let Some(at) = comparison.sides.iter().position(|it| it.key == name.text) {
            return Some(at);
        }
        let named = comparison.sides.iter().position(|it| it.is_called(&name.text));
        if self.declared || named.is_some() {
            return find_side(comparison, name, reading);
        }
        comparison.sides.push(Side::named(&name.text));
        self.located.places.sides.push(name.range.clone());
        Some(comparison.sides.len() - 1)
    }

    fn cell(&mut self, value: &Value, raw: bool, reading: &mut Reading<'_>) -> Cell {
        match &value.data {
            Data::Map(_) => cell_of(value, &mut self.located.comparison, reading),
            Data::Text(text) if raw => {
                Cell { state: State::Value, text: text.clone(), ..Cell::default() }
            }
            Data::List(_) => {
                let message = "a list is no cell";
                let hint = "write a value, or a table with `value`, `lo`, `hi`, `n`, …";
                reading.tell(Rule::BadValue, &value.range, message, hint);
                Cell::default()
            }
            _ => {
                let text = value.text().unwrap_or_default();
                cell::read(&CellSource::plain(text, value.range.clone()), reading)
            }
        }
    }
}

/// The cells of a row by side, each with its place.
type Cells = BTreeMap<usize, (Cell, Range<usize>)>;

fn tables<'a>(
    fields: &mut Fields<'a>,
    plural: &'static str,
    singular: &'static str,
) -> Vec<Fields<'a>> {
    let mut tables = fields.tables(plural);
    tables.extend(fields.tables(singular));
    tables
}

fn given(value: &Value) -> Option<Given> {
    Some(Given::new(value.text()?, value.range.clone()))
}

fn side(item: &Value, reading: &mut Reading<'_>) -> Side {
    let file = reading.file.clone();
    let mut fields = Fields::new(&file, item);
    let (key, label) = (fields.text("key"), fields.text("label"));
    let name = label.or_else(|| key.clone()).unwrap_or_default();
    let mut side = Side::named(&name);
    side.key = key.unwrap_or(side.key);
    if let Some(role) = fields.get("role").and_then(given) {
        let known = fields::words(Role::ALL, Role::word);
        side.role =
            fields::word(&role, Role::from_word, &known, reading).unwrap_or_default();
    }
    let attributes = fields.get("attributes").map(Value::entries).unwrap_or_default();
    let attributes: Vec<_> = attributes.iter().map(|(key, value)| (key, value)).collect();
    for (key, value) in fields.others(&mut reading.told).into_iter().chain(attributes) {
        match value.text() {
            Some(text) => drop(side.attributes.insert(key.text.clone(), text.to_owned())),
            None => {
                let message = format!("the attribute `{}` is {}", key.text, value.kind());
                reading.tell(
                    Rule::BadValue,
                    &value.range,
                    message,
                    "write one word or text",
                );
            }
        }
    }
    side
}

/// What a row says beside its cells, and the place of its name.
fn row_head(
    fields: &mut Fields<'_>,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) -> (Row, Range<usize>) {
    let key = fields.text("key");
    let name = fields.get("label").and_then(given);
    let name = name
        .unwrap_or_else(|| Given::new(key.clone().unwrap_or_default(), range.clone()));
    let mut row = match key {
        // Who writes a key has no need of the label grammar, and an export none of it.
        Some(key) => Row { key, label: name.text.clone(), ..Row::default() },
        None => {
            label::read(&name.text, &name.range, reading).into_row(reading, &name.range)
        }
    };
    row.group = fields.text("group");
    row.unit = fields.text("unit").or(row.unit);
    if let Some(given) = fields.get("direction").and_then(given) {
        let from =
            |text: &str| Direction::from_word(text).or(Direction::from_label(text));
        let known = fields::words(Direction::ALL, Direction::word);
        row.direction = fields::word(&given, from, &known, reading).or(row.direction);
    }
    if let Some(value) = fields.get("scale") {
        row.scale = match value.text() {
            Some(text) => label::scale(text, reading, &value.range),
            None => {
                value.items().iter().filter_map(Value::text).map(str::to_owned).collect()
            }
        };
    }
    if let Some(given) = fields.get("kind").and_then(given) {
        let known = fields::words(Kind::ALL, Kind::word);
        row.kind =
            fields::word(&given, Kind::from_word, &known, reading).unwrap_or_default();
    }
    limits(&mut row, fields, reading);
    (row, name.range)
}

fn limits(row: &mut Row, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
    if let Some(given) = fields.get("target").and_then(given) {
        let limit = label::limit(&given.text, &mut row.unit, &given.range, reading);
        row.target = limit.map(|(_, limit)| limit);
        row.direction = row.direction.or(Some(Direction::Target));
    }
    let Some(gate) = fields.get("gate") else { return };
    let text = match gate.text() {
        Some(text) => text.to_owned(),
        None => {
            let part = |name| gate.get(name).and_then(Value::text).unwrap_or_default();
            format!("{} {}", part("bound"), part("limit"))
        }
    };
    label::set_gate(row, &text, &gate.range, reading);
}

fn cell_of(
    value: &Value,
    comparison: &mut Comparison,
    reading: &mut Reading<'_>,
) -> Cell {
    let file = reading.file.clone();
    let mut fields = Fields::new(&file, value);
    fields.skip("status");
    let mut of = |name| fields.get(name).and_then(given);
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
    cell.evidence = fields.texts("evidence").unwrap_or_default();
    cell.notes = fields.texts("notes").unwrap_or_default();
    cell.notes.extend(fields.text("note").map(|it| comparison.label_of(&it)));
    fields.rest(&mut reading.told);
    cell.into_cell(reading)
}

fn absent(row: &str, side: &Side, range: &Range<usize>, reading: &mut Reading<'_>) {
    if side.role == Role::Target {
        return;
    }
    let message = format!("`{row}` has no cell for `{}`", side.label);
    let hint = "give it one with `state = \"not-measured\"` or `\"not-applicable\"`";
    reading.tell(Rule::BlankCell, range, message, hint);
}

/// Reads records, among which sides are told apart by the field that the directive
/// names, else by the first of these that has more than one value.
pub fn read_records(
    items: &[Value],
    whole: &Range<usize>,
    directive: &Directive,
    reading: &mut Reading<'_>,
) -> Located {
    let records: Vec<_> = items.iter().map(|item| record(item, reading)).collect();
    let by = match &directive.by {
        Some(by) => by.text.clone(),
        None => telling(&records).to_owned(),
    };
    records::read(&records, whole, &by, directive, reading)
}

/// The field that tells the sides apart.
fn telling(records: &[Record]) -> &'static str {
    let values = |name: &str| {
        let fields = records.iter().flat_map(|it| &it.fields);
        let named = fields.filter(|(field, _)| records::field_name(&field.text) == name);
        named
            .map(|(_, value)| &value.text)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    if values("side") > 0 {
        return "side";
    }
    let mut others = ["model", "slice", "split", "dataset", "hardware"].into_iter();
    others.find(|name| values(name) > 1).unwrap_or("model")
}

/// One record of a list.
fn record(item: &Value, reading: &mut Reading<'_>) -> Record {
    let mut record = Record { range: item.range.clone(), fields: Vec::new() };
    if !matches!(item.data, Data::Map(_)) {
        let message = format!("a record is a table, not {}", item.kind());
        let hint = "write `metric`, `side` and `value` for each cell";
        reading.tell(Rule::BadValue, &item.range, message, hint);
    }
    for (key, value) in item.entries() {
        let name = |text: &str| Given::new(text, key.range.clone());
        match (&value.data, value.items()) {
            (Data::Null, _) => {}
            (Data::List(_), [lo, hi]) if key.text == "ci" => {
                for (end, value) in [("lo", lo), ("hi", hi)] {
                    record.fields.extend(given(value).map(|it| (name(end), it)));
                }
            }
            (Data::List(_), items) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::text).collect();
                let all = Given::new(texts.join(" "), value.range.clone());
                record.fields.push((name(&key.text), all));
            }
            (Data::Map(_), _) => {
                let url = value.get("url").and_then(given);
                record.fields.extend(url.map(|it| (name(&key.text), it)));
            }
            _ => record.fields.extend(given(value).map(|it| (name(&key.text), it))),
        }
    }
    record
}
