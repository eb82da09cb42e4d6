//! The lines of a comparison's CSV: the long form, a line for each cell.

use std::borrow::Cow;

use super::super::number::Number;
use super::super::record::FIELDS;
use super::super::sheet::{self, Lines, Sheet};
use super::super::{Cell, Comparison, Row, Side};

/// The lines of a comparison's CSV, row by row and side by side, without the header.
///
/// They are written once, and stand in the comparison's own CSV and in that of the site.
pub fn lines(comparison: &Comparison) -> Lines {
    let mut sheet = Sheet::default();
    for row in &comparison.rows {
        let asked = Asked::of(row);
        for (cell, side) in row.cells.iter().zip(&comparison.sides) {
            line(&mut sheet, comparison, (row, &asked), side, cell);
        }
    }
    sheet.finish()
}

/// The CSV of a comparison: a header, then its lines.
pub fn csv(lines: &Lines) -> String {
    let mut text = sheet::write([FIELDS.to_vec()]);
    text.push_str(&lines.text);
    text
}

/// What a row asks of its cells, as the CSV has it.
struct Asked {
    gate: String,
    scale: String,
}

impl Asked {
    fn of(row: &Row) -> Self {
        let gate =
            row.gate.as_ref().map(|it| format!("{} {}", it.bound.sign(), it.limit));
        Self { gate: gate.unwrap_or_default(), scale: row.scale.join("<") }
    }
}

/// Writes the fields of one cell in the order of [`FIELDS`].
fn line(
    sheet: &mut Sheet,
    comparison: &Comparison,
    (row, asked): (&Row, &Asked),
    side: &Side,
    cell: &Cell,
) {
    let n = cell.n.map(|it| it.to_string());
    let notes = cell.notes.iter().filter_map(|it| comparison.note(it));
    let notes: Vec<&str> = notes.map(|it| it.text.as_str()).collect();
    let fields: [&str; FIELDS.len()] = [
        &row.label,
        cell.unit.as_deref().or(row.unit.as_deref()).unwrap_or_default(),
        row.direction.map_or("", |it| it.word()),
        &side.label,
        &value(cell),
        digits(cell.lo.as_ref()),
        digits(cell.hi.as_ref()),
        n.as_deref().unwrap_or_default(),
        cell.state.word(),
        &cell.evidence.join(" "),
        &notes.join(" / "),
        cell.date.as_deref().unwrap_or_default(),
        row.group.as_deref().unwrap_or_default(),
        &asked.gate,
        digits(row.target.as_ref()),
        &asked.scale,
        digits(cell.margin.as_ref()),
        cell.state.sdmx(),
    ];
    sheet.line(fields);
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
        let lines = lines(&it.comparison);
        let csv = csv(&lines);
        assert_eq!(lines.iter().collect::<String>(), csv[FIELDS.join(",").len() + 1..]);
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
