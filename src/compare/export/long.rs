//! The CSV of a comparison: the long form, a line for each cell.

use std::borrow::Cow;

use super::super::number::Number;
use super::super::record::FIELDS;
use super::super::sheet::Sheet;
use super::super::{Cell, Comparison, Row, Side};

/// The comparison as CSV: a header, then a line for each cell.
pub fn csv(comparison: &Comparison) -> String {
    let mut sheet = Sheet::default();
    sheet.line(FIELDS);
    for row in &comparison.rows {
        let asked = Asked::of(row);
        for (cell, side) in row.cells.iter().zip(&comparison.sides) {
            line(&mut sheet, &[], comparison, (row, &asked), (side, cell));
        }
    }
    sheet.text()
}

/// What a row asks of its cells, as the CSV has it.
pub struct Asked {
    gate: String,
    scale: String,
}

impl Asked {
    /// What a row asks.
    pub fn of(row: &Row) -> Self {
        let gate =
            row.gate.as_ref().map(|it| format!("{} {}", it.bound.sign(), it.limit));
        Self { gate: gate.unwrap_or_default(), scale: row.scale.join("<") }
    }
}

/// Writes the line of one cell: some fields of others, and its own in the order of
/// [`FIELDS`].
pub fn line(
    sheet: &mut Sheet,
    before: &[&str],
    comparison: &Comparison,
    (row, asked): (&Row, &Asked),
    (side, cell): (&Side, &Cell),
) {
    let n = cell.n.map(|it| it.to_string());
    let notes = cell.notes.iter().filter_map(|it| comparison.notes.get(it));
    let notes: Vec<&str> = notes.map(|it| it.text.as_str()).collect();
    let (value, evidence, notes) =
        (value(cell), cell.evidence.join(" "), notes.join(" / "));
    let own: [&str; FIELDS.len()] = [
        &row.label,
        cell.unit.as_deref().or(row.unit.as_deref()).unwrap_or_default(),
        row.direction.map_or("", |it| it.word()),
        &side.label,
        &value,
        digits(cell.lo.as_ref()),
        digits(cell.hi.as_ref()),
        n.as_deref().unwrap_or_default(),
        cell.state.word(),
        &evidence,
        &notes,
        cell.date.as_deref().unwrap_or_default(),
        row.group.as_deref().unwrap_or_default(),
        &asked.gate,
        digits(row.target.as_ref()),
        &asked.scale,
        digits(cell.margin.as_ref()),
        cell.state.sdmx(),
    ];
    sheet.line(before.iter().copied().chain(own));
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
