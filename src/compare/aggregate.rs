//! All comparisons of a site: its index in the long form, and what two notes dispute.

use std::collections::BTreeMap;

use serde::Serialize;

use super::export::json::JsonCell;
use super::export::long;
use super::record::FIELDS;
use super::sheet::{self, Sheet};
use super::unit::Unit;
use super::{Cell, Comparison, Direction, Row, Side, State, quantity};

/// A comparison of a site, and the note that holds it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The note's id.
    pub note: &'a str,
    /// The note's title.
    pub title: &'a str,
    /// The address of the note's page.
    pub url: &'a str,
    /// The system that the note is about.
    pub system: Option<&'a str>,
    /// The comparison.
    pub comparison: &'a Comparison,
}

impl Entry<'_> {
    /// The address of a row.
    pub fn row_url(&self, row: &Row) -> String {
        format!("{}#{}.{}", self.url, self.comparison.id, row.key)
    }
}

/// What the site's index says of a row, in each of its cells.
#[derive(Serialize)]
struct IndexRow<'a> {
    note: &'a str,
    title: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    comparison: &'a str,
    row: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
}

/// What the site's index says of a cell, before what the comparison's own JSON says.
#[derive(Serialize)]
struct IndexCell<'a> {
    side: &'a str,
    shown: String,
}

/// As many bytes as a cell seldom has as JSON.
const CELL: usize = 512;

/// Every cell of the site as JSON, a list of records with a line for each.
pub fn index_json(entries: &[Entry<'_>]) -> String {
    let cells: usize = rows(entries).map(|(_, row)| row.cells.len()).sum();
    // Were the text of a large site to grow, it would be there twice.
    let mut text = Vec::with_capacity(CELL * cells);
    text.push(b'[');
    for (entry, row) in rows(entries) {
        let url = entry.row_url(row);
        let mut of_row = Vec::new();
        append(&mut of_row, &index_row(entry, row, &url));
        for (side, cell) in entry.comparison.sides.iter().zip(&row.cells) {
            let mut json = JsonCell::of(cell);
            json.unit = quantity::unit_of(cell, row).filter(|_| cell.value.is_some());
            let shown = cell.shown(row.unit.as_deref());
            text.extend_from_slice(if text.len() == 1 { b"\n" } else { b",\n" });
            text.extend_from_slice(&of_row);
            append(&mut text, &IndexCell { side: &side.key, shown });
            append(&mut text, &json);
        }
    }
    text.extend_from_slice(b"\n]\n");
    String::from_utf8(text).unwrap_or_default()
}

/// Adds the fields of a record to those of the object that a text ends with, if it does.
fn append(text: &mut Vec<u8>, record: &impl Serialize) {
    let object = text.pop_if(|it| *it == b'}').is_some();
    let from = text.len();
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *text, record);
    if object {
        text[from] = b',';
    }
}

fn index_row<'a>(entry: &'a Entry<'_>, row: &'a Row, url: &'a str) -> IndexRow<'a> {
    IndexRow {
        note: entry.note,
        title: entry.title,
        url,
        system: entry.system,
        comparison: &entry.comparison.id,
        row: &row.key,
        label: &row.label,
        group: row.group.as_deref(),
        direction: row.direction,
    }
}

/// Every cell of the site as CSV.
pub fn index_csv(entries: &[Entry<'_>]) -> String {
    let mut sheet = Sheet::default();
    sheet.line(["note", "system", "comparison", "row", "url"].into_iter().chain(FIELDS));
    for (entry, row) in rows(entries) {
        let (comparison, url) = (entry.comparison, entry.row_url(row));
        let system = entry.system.unwrap_or_default();
        let of_row = [entry.note, system, &comparison.id, &row.key, &url];
        long::lines(&mut sheet, &sheet::part(of_row), comparison, row);
    }
    sheet.text()
}

fn rows<'a>(entries: &'a [Entry<'a>]) -> impl Iterator<Item = (&'a Entry<'a>, &'a Row)> {
    entries
        .iter()
        .flat_map(|entry| entry.comparison.rows.iter().map(move |it| (entry, it)))
}

/// One thing to which two notes give different values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where the first value stands.
    pub first: CellAt,
    /// Where the other one stands.
    pub second: CellAt,
    /// What to tell of it.
    pub message: String,
}

/// The place of a cell among all of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    /// The entry, by its place in the list.
    pub entry: usize,
    /// The row of its comparison.
    pub row: usize,
    /// The side of its comparison.
    pub side: usize,
}

/// The values of one system, row and side that differ between two notes.
///
/// Two measurements with different dates, data sets or hardware are no conflict, nor
/// are estimates, nor words, which may say one thing in two ways.
pub fn conflicts(entries: &[Entry<'_>]) -> Vec<Conflict> {
    let mut first: BTreeMap<(&str, &str, &str), Vec<CellAt>> = BTreeMap::new();
    let mut conflicts = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(system) = entry.system else { continue };
        for (row, of) in entry.comparison.rows.iter().enumerate() {
            for (side, name) in entry.comparison.sides.iter().enumerate() {
                let here = CellAt { entry: at, row, side };
                let same = first.entry((system, &of.key, &name.key)).or_default();
                let other = same.iter().find(|other| disputes(entries, **other, here));
                conflicts.extend(other.map(|other| conflict(entries, *other, here)));
                same.push(here);
            }
        }
    }
    conflicts
}

fn conflict(entries: &[Entry<'_>], first: CellAt, second: CellAt) -> Conflict {
    let (entry, row, side, a) = look(entries, first);
    let (_, other, _, b) = look(entries, second);
    let message = format!(
        "`{}` of `{}` is `{}` in `{}`, and here it is `{}`",
        row.label,
        side.label,
        a.shown(row.unit.as_deref()),
        entry.title,
        b.shown(other.unit.as_deref()),
    );
    Conflict { first, second, message }
}

fn look<'a>(
    entries: &'a [Entry<'a>],
    at: CellAt,
) -> (&'a Entry<'a>, &'a Row, &'a Side, &'a Cell) {
    let entry = &entries[at.entry];
    let row = &entry.comparison.rows[at.row];
    (entry, row, &entry.comparison.sides[at.side], &row.cells[at.side])
}

fn disputes(entries: &[Entry<'_>], a: CellAt, b: CellAt) -> bool {
    let ((one, row, side, a), (two, other, beside, b)) =
        (look(entries, a), look(entries, b));
    let apart = one.url == two.url
        || side.attributes != beside.attributes
        || a.date.is_some() && b.date.is_some() && a.date != b.date
        || a.state != State::Value
        || b.state != State::Value;
    if apart {
        return false;
    }
    match (&a.value, &b.value) {
        (Some(x), Some(y)) => {
            let times = match (quantity::unit_of(a, row), quantity::unit_of(b, other)) {
                (from, to) if from == to => Some(1.0),
                (Some(from), Some(to)) => Unit::parse(from)
                    .zip(Unit::parse(to))
                    .and_then(|(from, to)| from.convert(1.0, &to)),
                _ => None,
            };
            times.is_some_and(|times| {
                let (x, y) = (x.value() * times, y.value());
                a.bound != b.bound || (x - y).abs() > 1e-9 * x.abs().max(y.abs())
            })
        }
        _ => a.answer.is_some() && b.answer.is_some() && a.answer != b.answer,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::export::random::read;
    use super::*;

    pub(crate) fn comparison(csv: &str) -> Comparison {
        let mut it = read("a.csv", csv).0.comparison;
        it.id = "latency".to_owned();
        it
    }

    pub(crate) fn entry<'a>(
        system: &'a str,
        url: &'a str,
        it: &'a Comparison,
    ) -> Entry<'a> {
        Entry { note: url, title: url, url, system: Some(system), comparison: it }
    }

    #[test]
    fn the_index_has_every_cell_with_its_address() {
        let it = comparison("metric,Research,Production\np99 (ms; lower),0.10,n/a\n");
        let entries = [entry("eta", "a/", &it)];
        let json = index_json(&entries);
        let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(rows[0]["url"], "a/#latency.p99");
        assert_eq!(
            (&rows[0]["unit"], &rows[0]["shown"]),
            (&"ms".into(), &"0.10 ms".into())
        );
        assert!(json.contains("\"value\":0.10"), "{json}");
        assert_eq!(rows[1]["status"], "M");
        let csv = index_csv(&entries);
        assert!(
            csv.contains("a/,eta,latency,p99,a/#latency.p99,p99,ms,lower,Research,0.10")
        );
    }

    #[test]
    fn two_notes_that_give_two_values_are_told() {
        let csv = |value: &str| {
            comparison(&format!(
                "metric,Research,Production\np99 (ms; lower),5,{value}\n"
            ))
        };
        let (a, b, c, d) = (csv("95"), csv("0.095 s"), csv("96"), csv("~97"));
        let entries = [
            entry("eta", "a/", &a),
            entry("eta", "b/", &b),
            entry("eta", "c/", &c),
            entry("eta", "d/", &d),
            entry("other", "e/", &c),
        ];
        let found = conflicts(&entries);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].second, CellAt { entry: 2, row: 0, side: 1 });
        assert_eq!(
            found[0].message,
            "`p99` of `Production` is `95 ms` in `a/`, and here it is `96 ms`"
        );
    }
}
