//! A comparison as one document of TOML, YAML or JSON: the body of a `compare` fence,
//! a data file, an export read again.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cell::{self, CellSource};
use super::directive::{self, Directive};
use super::finish::{find_side, finish};
use super::reading::{Given, Reading};
use super::{
    Cell, Kind, Located, Note, Places, Role, RowPlaces, Side, State, part, records,
};
use crate::diag::Rule;
use crate::value::{Data, Fields, Value};

/// Reads a document, or a list of records.
pub fn read(value: &Value, directive: &Directive, reading: &mut Reading<'_>) -> Located {
    if let Data::List(items) = &value.data {
        return records::of_values(items, &value.range, directive, reading);
    }
    let file = reading.file.clone();
    let mut fields = Fields::new(&file, value);
    for name in ["$schema", "format"] {
        fields.know(name);
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
        let tolerance = fields.scalar("tolerance").and_then(Given::of);
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
        let sides = fields.list("sides");
        let Some(sides) = fields.list("side").or(sides) else { return };
        self.declared = true;
        for item in sides {
            self.located.places.sides.push(item.range.clone());
            let side = match item.text() {
                Some(name) => Side::named(name),
                None => part::side(item, reading),
            };
            self.located.comparison.sides.push(side);
        }
    }

    fn baseline(&mut self, fields: &mut Fields<'_>, reading: &mut Reading<'_>) {
        let Some(name) = fields.scalar("baseline").and_then(Given::of) else { return };
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
        let rows = fields.list("rows");
        let items = fields.list("row").or(rows).unwrap_or_default();
        let cells: Vec<_> =
            items.iter().filter_map(|item| self.row(item, reading)).collect();
        // Only now are all sides known.
        let Located { comparison, places } = &mut self.located;
        let rows = comparison.rows.iter_mut().zip(&mut places.rows);
        for ((row, places), mut cells) in rows.zip(cells) {
            for (at, side) in comparison.sides.iter().enumerate() {
                let (cell, place) = cells.by_side.remove(&at).unwrap_or_else(|| {
                    if !cells.unread {
                        absent(&row.label, side, &places.label, reading);
                    }
                    (Cell::default(), places.label.clone())
                });
                row.cells.push(cell);
                places.cells.push(place);
            }
        }
    }

    /// Takes a row in, without its cells; one that is no table is told and left out.
    fn row(&mut self, item: &Value, reading: &mut Reading<'_>) -> Option<Cells> {
        if !matches!(item.data, Data::Map(_)) {
            let message = format!("a row is a table, not {}", item.kind());
            let hint = "write `label` and `cells`";
            reading.tell(Rule::BadValue, &item.range, message, hint);
            return None;
        }
        let file = reading.file.clone();
        let mut fields = Fields::new(&file, item);
        let (mut row, label) = part::row_head(&mut fields, &item.range, reading);
        row.notes = fields.texts("notes").unwrap_or_default();
        if let Some(text) = fields.text("note") {
            row.notes.push(self.located.comparison.notes.label_of(&text));
        }
        let raw = row.kind == Kind::Text
            && fields.get("kind").and_then(Value::text) == Some(Kind::Text.word());
        let written = fields.map("cells");
        let unread = written.is_none() && fields.has("cells");
        let mut cells = Cells { by_side: BTreeMap::new(), unread };
        for (key, value) in written.unwrap_or_default() {
            let name = Given::new(key.text.clone(), key.range.clone());
            if let Some(side) = self.side_of(&name, reading) {
                let cell = self.cell(value, raw, reading);
                cells.by_side.insert(side, (cell, value.range.clone()));
            }
        }
        fields.rest(&mut reading.told);
        self.located.comparison.rows.push(row);
        self.located.places.rows.push(RowPlaces { label, cells: Vec::new() });
        Some(cells)
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
            Data::Map(_) => part::cell_of(value, &mut self.located.comparison, reading),
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

/// The cells of a row.
struct Cells {
    /// Each with its place, by its side.
    by_side: BTreeMap<usize, (Cell, Range<usize>)>,
    /// Whether they are no table, which is told.
    unread: bool,
}

fn tables<'a>(
    fields: &mut Fields<'a>,
    plural: &'static str,
    singular: &'static str,
) -> Vec<Fields<'a>> {
    let mut tables = fields.tables(plural);
    tables.extend(fields.tables(singular));
    tables
}

fn absent(row: &str, side: &Side, range: &Range<usize>, reading: &mut Reading<'_>) {
    if side.role == Role::Target {
        return;
    }
    let message = format!("`{row}` has no cell for `{}`", side.label);
    let hint = "give it one with `state = \"not-measured\"` or `\"not-applicable\"`";
    reading.tell(Rule::BlankCell, range, message, hint);
}
