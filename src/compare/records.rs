//! Records: one line for each cell, the long form of CSV, JSON, TOML and YAML.

use std::collections::BTreeMap;
use std::ops::Range;

use super::directive::Directive;
use super::fields::{self, CellFields};
use super::finish::finish;
use super::reading::{Given, Reading};
use super::record::{self, Record};
use super::{Direction, Located, Places, Role, Row, RowPlaces, Side, gate, label};
use crate::diag::{Rule, Span};
use crate::value::Value;

/// Reads records; `by` names the field that tells the sides apart.
pub fn read(
    records: &[Record],
    whole: &Range<usize>,
    by: &str,
    directive: &Directive,
    reading: &mut Reading<'_>,
) -> Located {
    let mut gathered = Gathered {
        located: Located {
            places: Places {
                file: reading.file.clone(),
                whole: whole.clone(),
                ..Places::default()
            },
            ..Located::default()
        },
        ..Gathered::default()
    };
    record::unknown_fields(records, by, reading);
    for line in records {
        gathered.add(line, by, reading);
    }
    finish(gathered.close(reading), directive, reading)
}

/// Reads records, among which sides are told apart by the field that the directive
/// names, else by the first of these that has more than one value.
pub(super) fn of_values(
    items: &[Value],
    whole: &Range<usize>,
    directive: &Directive,
    reading: &mut Reading<'_>,
) -> Located {
    let records: Vec<_> =
        items.iter().filter_map(|item| record::of_value(item, reading)).collect();
    let by = match &directive.by {
        Some(by) => by.text.clone(),
        None => record::telling(&records).to_owned(),
    };
    read(&records, whole, &by, directive, reading)
}

/// The sides and rows that the records so far have named.
#[derive(Default)]
struct Gathered {
    located: Located,
    sides: BTreeMap<String, usize>,
    rows: BTreeMap<(String, String), usize>,
    /// For each row its cells by side.
    cells: Vec<BTreeMap<usize, (super::Cell, Range<usize>)>>,
}

/// The fields of a record by their looked-up names.
type Named<'a> = BTreeMap<String, &'a Given>;

impl Gathered {
    fn add(&mut self, line: &Record, by: &str, reading: &mut Reading<'_>) {
        let named: Named<'_> = line
            .fields
            .iter()
            .filter(|(_, value)| !value.text.trim().is_empty())
            .map(|(name, value)| (record::field_name(&name.text), value))
            .collect();
        let missing = |what: &str| format!("this record has no `{what}`");
        let Some(metric) = named.get("metric") else {
            let hint = "name the row that it is a cell of";
            return reading.tell(Rule::BadValue, &line.range, missing("metric"), hint);
        };
        let value = Given::new("Value", line.range.clone());
        let side = match named.get(by) {
            Some(side) => side,
            None if by == "side" => {
                let hint = "name the side that it is a cell of";
                return reading.tell(Rule::BadValue, &line.range, missing("side"), hint);
            }
            None => &value,
        };
        let side = self.side(side, &named, by, reading);
        let row = self.row(metric, &named, reading);
        self.cell(row, side, line, &named, reading);
    }

    fn side(
        &mut self,
        name: &Given,
        named: &Named<'_>,
        by: &str,
        reading: &mut Reading<'_>,
    ) -> usize {
        let comparison = &mut self.located.comparison;
        let at =
            *self.sides.entry(name.text.trim().to_lowercase()).or_insert_with(|| {
                comparison.sides.push(Side::named(name.text.trim()));
                self.located.places.sides.push(name.range.clone());
                comparison.sides.len() - 1
            });
        for attribute in record::ATTRIBUTES.into_iter().filter(|it| *it != by) {
            let Some(given) = named.get(attribute) else { continue };
            let attributes = &mut comparison.sides[at].attributes;
            let kept =
                attributes.entry(attribute.to_owned()).or_insert(given.text.clone());
            if *kept != given.text {
                let message = format!(
                    "the side `{}` has two values of `{attribute}`: `{kept}` and `{}`",
                    name.text, given.text
                );
                let hint = "give each its own side, or name the sides by it: `by=` in the directive";
                reading.tell(Rule::BadValue, &given.range, message, hint);
            }
        }
        at
    }

    fn row(
        &mut self,
        metric: &Given,
        named: &Named<'_>,
        reading: &mut Reading<'_>,
    ) -> usize {
        let group = named.get("group").map_or("", |it| it.text.trim());
        let key = (group.to_owned(), metric.text.trim().to_owned());
        if let Some(at) = self.rows.get(&key) {
            return *at;
        }
        let label = label::read(&metric.text, &metric.range, reading);
        let mut row = label.into_row(reading, &metric.range);
        row.group = Some(group.to_owned()).filter(|it| !it.is_empty());
        let at = self.cells.len();
        self.rows.insert(key, at);
        self.cells.push(BTreeMap::new());
        self.located.comparison.rows.push(row);
        let places = RowPlaces { label: metric.range.clone(), cells: Vec::new() };
        self.located.places.rows.push(places);
        at
    }

    fn cell(
        &mut self,
        row: usize,
        side: usize,
        line: &Record,
        named: &Named<'_>,
        reading: &mut Reading<'_>,
    ) {
        if let Some((_, first)) = self.cells[row].get(&side) {
            return tell_duplicate(line, first, reading);
        }
        describe(&mut self.located.comparison.rows[row], named, reading);
        let note = named.get("note").map(|it| it.text.trim());
        let note = note.map(|it| self.located.comparison.notes.label_of(it));
        let mut fields = cell_fields(line, named);
        fields.notes.extend(note);
        let mut cell = fields.into_cell(reading);
        if cell.value.is_none() {
            cell.unit = None;
        }
        let place = named.get("value").map_or(&line.range, |it| &it.range);
        self.cells[row].insert(side, (cell, place.clone()));
    }

    /// Puts a cell into every place, telling of those that no record gives.
    fn close(mut self, reading: &mut Reading<'_>) -> Located {
        let Located { comparison, places } = &mut self.located;
        for ((row, places), mut cells) in
            comparison.rows.iter_mut().zip(&mut places.rows).zip(self.cells)
        {
            for (at, side) in comparison.sides.iter().enumerate() {
                let (cell, place) = cells.remove(&at).unwrap_or_else(|| {
                    let message =
                        format!("no record gives `{}` of `{}`", side.label, row.label);
                    let hint =
                        "add one with `not-measured` or `not-applicable` as its state";
                    if side.role != Role::Target {
                        reading.tell(Rule::BlankCell, &places.label, message, hint);
                    }
                    (super::Cell::default(), places.label.clone())
                });
                row.cells.push(cell);
                places.cells.push(place);
            }
        }
        self.located
    }
}

fn tell_duplicate(line: &Record, first: &Range<usize>, reading: &mut Reading<'_>) {
    let hint = "keep one of the two; the first is shown";
    let message = "another record gives the same cell";
    reading.tell(Rule::DuplicateCell, &line.range, message, hint);
    if let Some(told) = reading.told.last_mut() {
        told.also.push((Span::new(&reading.file, first.clone()), "the first".into()));
    }
}

fn cell_fields(line: &Record, named: &Named<'_>) -> CellFields {
    let given = |name: &str| named.get(name).map(|it| (*it).clone());
    let evidence = given("evidence").map(|it| it.text).unwrap_or_default();
    CellFields {
        range: line.range.clone(),
        value: given("value"),
        unread: line.unread,
        state: given("state"),
        lo: given("lo"),
        hi: given("hi"),
        margin: given("margin"),
        n: given("n"),
        unit: given("unit"),
        date: given("date"),
        evidence: evidence.split_whitespace().map(str::to_owned).collect(),
        ..CellFields::default()
    }
}

/// What the fields of a record say of its row; the first to say it is believed.
fn describe(row: &mut Row, named: &Named<'_>, reading: &mut Reading<'_>) {
    if let Some(given) = named.get("direction") {
        let from =
            |text: &str| Direction::from_label(text).or(Direction::from_word(text));
        let known = fields::words(Direction::ALL, Direction::word);
        let direction = fields::word(given, from, &known, reading);
        if row.direction.is_some() && direction.is_some() && row.direction != direction {
            let message = format!("`{}` has two directions", row.label);
            reading.tell(
                Rule::BadValue,
                &given.range,
                message,
                "write the same one everywhere",
            );
        }
        row.direction = row.direction.or(direction);
    }
    if let (None, Some(given)) = (&row.unit, named.get("unit")) {
        row.unit = Some(given.text.trim().to_owned());
    }
    if let (true, Some(given)) = (row.scale.is_empty(), named.get("scale")) {
        row.scale = label::scale(given.text.trim(), reading, &given.range);
    }
    if let (None, Some(given)) = (&row.target, named.get("target")) {
        let limit = gate::limit(given.text.trim(), &mut row.unit, &given.range, reading);
        row.target = limit.map(|(_, limit)| limit);
        row.direction = row.direction.or(Some(Direction::Target));
    }
    if let (None, Some(given)) = (&row.gate, named.get("gate")) {
        gate::set_gate(row, &given.text, &given.range, reading);
    }
}
