//! Records: one line for each cell, the long form of CSV, JSON, TOML and YAML.

use std::collections::BTreeMap;
use std::ops::Range;

use super::directive::Directive;
use super::fields::{self, CellFields};
use super::finish::finish;
use super::label;
use super::reading::{Given, Reading};
use super::{Direction, Located, Places, Role, Row, RowPlaces, Side};
use crate::diag::{Rule, nearest::nearest};

/// The names and values of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its place.
    pub range: Range<usize>,
    /// Its fields: name, value.
    pub fields: Vec<(Given, Given)>,
}

/// The fields that a record may have, in the order in which exports write them.
pub const FIELDS: [&str; 18] = [
    "metric",
    "unit",
    "direction",
    "side",
    "value",
    "lo",
    "hi",
    "n",
    "state",
    "evidence",
    "note",
    "date",
    "group",
    "gate",
    "target",
    "scale",
    "margin",
    "status",
];

/// The fields that say something of a side.
const ATTRIBUTES: [&str; 6] =
    ["dataset", "split", "slice", "hardware", "commit", "model"];

/// Other names that are in use for a field.
const SYNONYMS: [(&str, &str); 8] = [
    ("row", "metric"),
    ("name", "metric"),
    ("label", "metric"),
    ("source", "evidence"),
    ("notes", "note"),
    ("ci_low", "lo"),
    ("ci_high", "hi"),
    ("better", "direction"),
];

/// The name of a field as it is looked up.
pub fn field_name(text: &str) -> String {
    let name = text.trim().to_lowercase();
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == name);
    synonym.map_or(name, |(_, field)| (*field).to_owned())
}

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
    unknown_fields(records, by, reading);
    for record in records {
        gathered.add(record, by, reading);
    }
    finish(gathered.close(reading), directive, reading)
}

/// Tells each field that nothing reads, once.
fn unknown_fields(records: &[Record], by: &str, reading: &mut Reading<'_>) {
    let mut told = BTreeMap::new();
    for (name, _) in records.iter().flat_map(|it| &it.fields) {
        let field = field_name(&name.text);
        let known =
            FIELDS.contains(&field.as_str()) || ATTRIBUTES.contains(&field.as_str());
        if known || field == by || told.insert(field.clone(), ()).is_some() {
            continue;
        }
        let hint = match nearest(&field, FIELDS) {
            Some(near) => format!("write `{near}`"),
            None => format!("a record has `{}`", FIELDS.join("`, `")),
        };
        let message = format!("nothing reads the field `{}`", name.text);
        reading.tell(Rule::UnknownField, &name.range, message, hint);
    }
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
    fn add(&mut self, record: &Record, by: &str, reading: &mut Reading<'_>) {
        let named: Named<'_> = record
            .fields
            .iter()
            .filter(|(_, value)| !value.text.trim().is_empty())
            .map(|(name, value)| (field_name(&name.text), value))
            .collect();
        let missing = |what: &str| format!("this record has no `{what}`");
        let Some(metric) = named.get("metric") else {
            let hint = "name the row that it is a cell of";
            return reading.tell(Rule::BadValue, &record.range, missing("metric"), hint);
        };
        let value = Given::new("Value", record.range.clone());
        let side = match named.get(by) {
            Some(side) => side,
            None if by == "side" => {
                let hint = "name the side that it is a cell of";
                return reading.tell(
                    Rule::BadValue,
                    &record.range,
                    missing("side"),
                    hint,
                );
            }
            None => &value,
        };
        let side = self.side(side, &named, by, reading);
        let row = self.row(metric, &named, reading);
        self.cell(row, side, record, &named, reading);
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
        for attribute in ATTRIBUTES.into_iter().filter(|it| *it != by) {
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
        record: &Record,
        named: &Named<'_>,
        reading: &mut Reading<'_>,
    ) {
        if let Some((_, first)) = self.cells[row].get(&side) {
            let line = first.clone();
            let message = "another record gives the same cell";
            reading.tell(
                Rule::DuplicateCell,
                &record.range,
                message,
                "keep one of the two; the first is shown",
            );
            if let Some(told) = reading.told.last_mut() {
                told.also.push((
                    crate::diag::Span::new(&reading.file, line),
                    "the first".into(),
                ));
            }
            return;
        }
        let given = |name: &str| named.get(name).map(|it| (*it).clone());
        let row_of = &mut self.located.comparison.rows[row];
        describe(row_of, named, reading);
        let note =
            given("note").map(|it| self.located.comparison.label_of(it.text.trim()));
        let evidence = given("evidence").map(|it| it.text).unwrap_or_default();
        let fields = CellFields {
            range: record.range.clone(),
            value: given("value"),
            state: given("state"),
            lo: given("lo"),
            hi: given("hi"),
            margin: given("margin"),
            n: given("n"),
            unit: given("unit"),
            date: given("date"),
            evidence: evidence.split_whitespace().map(str::to_owned).collect(),
            notes: note.into_iter().collect(),
            ..CellFields::default()
        };
        let mut cell = fields.into_cell(reading);
        if cell.value.is_none() {
            cell.unit = None;
        }
        let place = named.get("value").map_or(&record.range, |it| &it.range);
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
        let limit = label::limit(given.text.trim(), &mut row.unit, &given.range, reading);
        row.target = limit.map(|(_, limit)| limit);
        row.direction = row.direction.or(Some(Direction::Target));
    }
    if let (None, Some(given)) = (&row.gate, named.get("gate")) {
        label::set_gate(row, &given.text, &given.range, reading);
    }
}
