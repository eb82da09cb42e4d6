//! The CSV of a comparison: the long form, a line for each cell.

use std::borrow::Cow;

use super::super::number::Number;
use super::super::record::FIELDS;
use super::super::sheet::{self, Sheet};
use super::super::{Cell, Comparison, Row};

/// The comparison as CSV: a header, then a line for each cell.
pub fn csv(comparison: &Comparison) -> String {
    let mut sheet = Sheet::default();
    sheet.line(FIELDS);
    for row in &comparison.rows {
        lines(&mut sheet, "", comparison, row);
    }
    sheet.text()
}

/// Writes a line for each cell of a row: a part of others, and its own fields in the
/// order of [`FIELDS`].
pub fn lines(sheet: &mut Sheet, before: &str, comparison: &Comparison, row: &Row) {
    let name = sheet::part([row.label.as_str()]);
    let direction = row.direction.map_or("", |it| it.word());
    let asked = asked(row);
    for (side, cell) in comparison.sides.iter().zip(&row.cells) {
        sheet.part(before);
        sheet.part(&name);
        let unit = cell.unit.as_deref().or(row.unit.as_deref());
        sheet.fields([unit.unwrap_or_default(), direction, &side.label]);
        measured(sheet, comparison, cell);
        sheet.part(&asked);
        sheet.line([digits(cell.margin.as_ref()), cell.state.sdmx()]);
    }
}

/// The group of a row, and what it asks of its cells.
fn asked(row: &Row) -> String {
    let gate = row.gate.as_ref().map(|it| format!("{} {}", it.bound.sign(), it.limit));
    sheet::part([
        row.group.as_deref().unwrap_or_default(),
        &gate.unwrap_or_default(),
        digits(row.target.as_ref()),
        &row.scale.join("<"),
    ])
}

/// Writes the fields of a cell from its value to its date.
fn measured(sheet: &mut Sheet, comparison: &Comparison, cell: &Cell) {
    let n = cell.n.map(|it| it.to_string());
    let notes = cell.notes.iter().filter_map(|it| comparison.notes.get(it));
    let notes: Vec<&str> = notes.map(|it| it.text.as_str()).collect();
    sheet.fields([
        &*value(cell),
        digits(cell.lo.as_ref()),
        digits(cell.hi.as_ref()),
        n.as_deref().unwrap_or_default(),
        cell.state.word(),
        &cell.evidence.join(" "),
        &notes.join(" / "),
        cell.date.as_deref().unwrap_or_default(),
    ]);
}

fn digits(number: Option<&Number>) -> &str {
    number.map_or("", Number::as_str)
}

/// What a cell says, its unit, interval and state left to the other fields.
fn value(cell: &Cell) -> Cow<'_, str> {
    if !cell.text.is_empty() {
        return cell.text.as_str().into();
    }
    match (&cell.value, cell.bound.sign(), cell.answer) {
        (Some(value), "", _) => value.as_str().into(),
        (Some(value), sign, _) => format!("{sign}{value}").into(),
        (None, _, Some(answer)) => answer.word().into(),
        (None, _, None) => "".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Located;
    use super::super::random::{FULL, read};
    use super::*;

    #[test]
    fn csv_has_a_line_for_each_cell_and_reads_back() {
        let (it, _) = read("a.toml", FULL);
        let csv = csv(&it.comparison);
        let mut lines = csv.lines();
        assert_eq!(lines.next().unwrap(), FIELDS.join(","));
        assert_eq!(
            lines.next().unwrap(),
            "p99 latency,ms,lower,Research,95,92,98,120,value,e7.md,cold,2026-11-22,Speed,<= 120,,,3,A"
        );
        assert_eq!(csv.lines().count(), 9);
        let (back, told) = read("a.csv", &csv);
        assert_eq!(told, []);
        let cells = |it: &Located| -> Vec<Vec<Option<Number>>> {
            let rows = it.comparison.rows.iter();
            rows.map(|row| row.cells.iter().map(|it| it.value.clone()).collect())
                .collect()
        };
        assert_eq!(cells(&back), cells(&it));
        assert_eq!(back.comparison.rows[0].gate, it.comparison.rows[0].gate);
    }
}
