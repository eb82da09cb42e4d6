//! A GFM table that is a comparison.
//!
//! It is one by itself when two or more of its header cells are registered sides, or
//! because a directive above it says so; never by its looks.

use std::ops::Range;

use super::cell::{self, CellSource};
use super::directive::Directive;
use super::finish::finish;
use super::reading::{Reading, Vocabulary};
use super::{Comparison, Direction, Located, Note, Places, Row, RowPlaces, Side};
use super::{gate, label};
use crate::diag::{Checked, Rule, nearest::nearest};
use crate::path::FilePath;

/// A table, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableSource {
    /// Its place in the file.
    pub range: Range<usize>,
    /// The header row; the first cell is the corner.
    pub header: Vec<CellSource>,
    /// The other rows, each with all cells that are written, be they more than the
    /// header has.
    pub rows: Vec<Vec<CellSource>>,
}

/// Whether a header makes its table a comparison without a directive.
pub fn is_comparison(header: &[CellSource], vocabulary: &Vocabulary) -> bool {
    let sides = header.iter().skip(1).filter(|it| {
        let (name, _) = label::side(&it.text);
        vocabulary.is_side(name)
    });
    sides.count() >= 2
}

/// Reads a table; with the default directive where none stands above it.
pub fn read(
    table: &TableSource,
    directive: &Directive,
    file: &FilePath,
    vocabulary: &Vocabulary,
) -> Checked<Located> {
    let mut reading = Reading::new(file, vocabulary);
    let columns: Vec<Column> = table.header.iter().skip(1).map(column).collect();
    let mut located = Located {
        places: Places {
            file: file.clone(),
            whole: table.range.clone(),
            ..Places::default()
        },
        ..Located::default()
    };
    for (column, source) in columns.iter().zip(&table.header[1.min(table.header.len())..])
    {
        if let Column::Side(side, _) = column {
            near_side(&side.label, source, &mut reading);
            located.comparison.sides.push(side.clone());
            located.places.sides.push(source.range.clone());
        }
    }
    rows(table, &columns, &mut located, &mut reading);
    let located = finish(located, directive, &mut reading);
    Checked { value: located, diagnostics: reading.told }
}

/// What a column holds.
enum Column {
    /// The values of a side, and their unit.
    Side(Side, Option<String>),
    /// The unit of each row.
    Unit,
    /// The direction of each row.
    Direction,
    /// The gate of each row.
    Gate,
    /// The group of each row.
    Group,
    /// A remark on each row.
    Note,
}

fn column(header: &CellSource) -> Column {
    match header.text.trim().to_lowercase().as_str() {
        "unit" => Column::Unit,
        "direction" => Column::Direction,
        "gate" => Column::Gate,
        "group" => Column::Group,
        "note" | "notes" => Column::Note,
        _ => {
            let (name, unit) = label::side(&header.text);
            Column::Side(Side::named(name), unit.map(str::to_owned))
        }
    }
}

/// A header that is all but a registered side.
fn near_side(name: &str, source: &CellSource, reading: &mut Reading<'_>) {
    let known = reading.vocabulary.sides.iter().map(String::as_str);
    let near = nearest(name, known).map(str::to_owned);
    if let Some(near) = near.filter(|_| !reading.vocabulary.is_side(name)) {
        let message = format!("the side `{name}` is not registered");
        let hint = format!("write `{near}`, or register `{name}` in `[compare] sides`");
        reading.tell(Rule::UnknownSide, &source.range, message, hint);
    }
}

fn rows(
    table: &TableSource,
    columns: &[Column],
    located: &mut Located,
    reading: &mut Reading<'_>,
) {
    let mut group = None;
    located.comparison.rows.reserve_exact(table.rows.len());
    located.places.rows.reserve_exact(table.rows.len());
    for cells in &table.rows {
        let Some((name, cells)) = cells.split_first() else { continue };
        if name.strong && cells.iter().all(CellSource::is_blank) {
            group = Some(name.text.trim().to_owned());
            continue;
        }
        let (row, places) = row(name, cells, columns, &mut located.comparison, reading);
        let group = row.group.clone().or_else(|| group.clone());
        located.comparison.rows.push(Row { group, ..row });
        located.places.rows.push(places);
    }
}

fn row(
    name: &CellSource,
    cells: &[CellSource],
    columns: &[Column],
    comparison: &mut Comparison,
    reading: &mut Reading<'_>,
) -> (Row, RowPlaces) {
    let label = label::read(&name.text, &name.range, reading);
    let mut row = label.into_row(reading, &name.range);
    row.notes.clone_from(&name.notes);
    row.cells.reserve_exact(comparison.sides.len());
    let ranges = Vec::with_capacity(comparison.sides.len());
    let mut places = RowPlaces { label: name.range.clone(), cells: ranges };
    let missing = CellSource { range: name.range.clone(), ..CellSource::default() };
    let mut gate = None;
    for (at, column) in columns.iter().enumerate() {
        let source = cells.get(at).unwrap_or(&missing);
        let text = source.text.trim();
        match column {
            Column::Side(_, unit) => {
                places.cells.push(source.range.clone());
                let cell = side_cell(source, unit.as_deref(), &row, reading);
                row.cells.push(cell);
            }
            _ if source.is_blank() => {}
            Column::Unit => row.unit = row.unit.or_else(|| Some(text.to_owned())),
            Column::Direction => {
                row.direction = row.direction.or(direction(source, reading));
            }
            Column::Gate => gate = Some(source),
            Column::Group => row.group = Some(text.to_owned()),
            Column::Note => row.notes.push(comparison.notes.label_of(text)),
        }
    }
    // A gate needs the unit and the direction, whatever the order of the columns.
    if let Some(source) = gate {
        gate::set_gate(&mut row, &source.text, &source.range, reading);
    }
    (row, places)
}

/// A cell; a number without a unit is in that of its row, else in that of its side.
fn side_cell(
    source: &CellSource,
    unit: Option<&str>,
    row: &Row,
    reading: &mut Reading<'_>,
) -> super::Cell {
    let mut cell = cell::read(source, reading);
    if cell.value.is_none() || cell.unit.is_some() {
        return cell;
    }
    match (unit, row.unit.as_deref()) {
        (Some(side), Some(row)) if side != row => {
            let message = format!("the column is in `{side}` and the row in `{row}`");
            let hint = "write the unit in the cell";
            reading.tell(Rule::MixedUnits, &source.range, message, hint);
        }
        (Some(side), None) => cell.unit = Some(side.to_owned()),
        _ => {}
    }
    cell
}

fn direction(source: &CellSource, reading: &mut Reading<'_>) -> Option<Direction> {
    let text = source.text.trim();
    let direction = Direction::from_label(text).or_else(|| Direction::from_word(text));
    if direction.is_none() {
        let message = format!("`{text}` is no direction");
        let hint = "write `lower`, `higher`, `target` or `none`";
        reading.tell(Rule::RowLabel, &source.range, message, hint);
    }
    direction
}

/// The notes of a comparison whose marks are footnotes of the text: each label that a
/// row or cell names, with what the footnote says.
pub fn fill_notes(comparison: &mut Comparison, text_of: impl Fn(&str) -> Option<String>) {
    let named = comparison.rows.iter().flat_map(|row| {
        row.notes.iter().chain(row.cells.iter().flat_map(|cell| &cell.notes)).cloned()
    });
    for label in named.collect::<Vec<_>>() {
        if comparison.notes.get(&label).is_none()
            && let Some(text) = text_of(&label)
        {
            comparison.notes.push(Note { label, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, State};
    use super::*;

    /// A table from plain pipes; `**a**` is strong.
    pub(crate) fn table(text: &str) -> TableSource {
        let mut at = 0;
        let mut rows = Vec::new();
        for line in text.split_inclusive('\n') {
            let body = line.trim_end().trim_matches('|');
            let mut from = at + usize::from(line.starts_with('|'));
            let mut cells = Vec::new();
            for cell in body.split('|') {
                let strong = cell.trim().starts_with("**");
                let mut source = CellSource::plain(
                    cell.trim().trim_matches('*'),
                    from..from + cell.len(),
                );
                source.strong = strong;
                cells.push(source);
                from += cell.len() + 1;
            }
            rows.push(cells);
            at += line.len();
        }
        let header = rows.remove(0);
        rows.remove(0);
        TableSource { range: 0..text.len(), header, rows }
    }

    fn read_table(text: &str) -> (Comparison, Vec<(Rule, &str)>) {
        let checked = read(
            &table(text),
            &Directive::default(),
            &"a.md".into(),
            &Vocabulary::default(),
        );
        let told = checked.diagnostics.iter();
        let told = told.map(|it| (it.rule, text[it.span.range.clone()].trim())).collect();
        (checked.value.comparison, told)
    }

    #[test]
    fn the_difference_table_is_a_comparison_as_it_stands() {
        let text = "\
| | Research | Production |
|---|---|---|
| Requirements | state-of-the-art performance on benchmark datasets | differ by stakeholder |
| Computational priority | fast training, high throughput | fast inference, low latency |
| Data | static | constantly shifting |
| Fairness | often not a focus | must be considered |
| Interpretability | often not a focus | must be considered |
";
        assert!(is_comparison(&table(text).header, &Vocabulary::default()));
        let (comparison, told) = read_table(text);
        assert_eq!(told, []);
        assert_eq!(comparison.sides.len(), 2);
        assert_eq!(comparison.baseline(), Some(0));
        assert_eq!(comparison.rows.len(), 5);
        assert!(comparison.rows.iter().all(|it| it.kind == Kind::Text));
        assert_eq!(comparison.rows[2].cells[1].text, "constantly shifting");
    }

    #[test]
    fn the_exports_of_a_table_say_what_the_table_says() {
        use super::super::export::{json, long};
        let text = "\
| | Research | Production |
|---|---|---|
| Data | static | constantly shifting |
| p99 (ms, lower) | 95 ± 3 | not measured |
| cost ($/1k requests, lower) | $0.10 | 0.15 |
| audited | Yes | partly |
";
        let (comparison, _) = read_table(text);
        let vocabulary = Vocabulary::default();
        for (name, export) in
            [("a.csv", long::csv(&comparison)), ("a.json", json::text(&comparison))]
        {
            let read = super::super::data::read(
                &name.into(),
                &export,
                &Directive::default(),
                &vocabulary,
            );
            assert_eq!(read.value.comparison, comparison, "{export}");
            assert_eq!(read.diagnostics, []);
        }
    }

    #[test]
    fn looks_alone_make_no_comparison() {
        for header in
            ["| | Before | After |", "| Research | Production |", "| a | Research | b |"]
        {
            let header = table(&format!("{header}\n|---|\n")).header;
            assert!(!is_comparison(&header, &Vocabulary::default()));
        }
    }

    #[test]
    fn groups_units_states_and_kinds_are_read() {
        let (it, told) = read_table(
            "\
| | Research | Production |
|---|---|---|
| **Speed** | | |
| p99 (ms, lower) | 95 | 180 |
| cold start (lower) | 2 s | 900 ms |
| **Trust** | | |
| p99 (%, higher) | 95 | n/a |
| checked | yes | partly |
",
        );
        assert_eq!(told, []);
        let keys: Vec<_> = it.rows.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["p99", "cold-start", "trust-p99", "checked"]);
        assert_eq!(it.rows[0].group.as_deref(), Some("Speed"));
        assert_eq!(it.rows[2].cells[1].state, State::NotApplicable);
        assert_eq!((it.rows[1].kind, it.rows[3].kind), (Kind::Number, Kind::Bool));
    }

    #[test]
    fn a_side_may_name_the_unit_of_its_values() {
        let (it, told) = read_table(
            "\
| | Research (ms) | Production (ms) |
|---|---|---|
| p99 ↓ | 95 | 180 |
",
        );
        assert_eq!(told, []);
        assert_eq!(it.sides[0].label, "Research");
        assert_eq!(it.rows[0].unit.as_deref(), Some("ms"));
        assert_eq!(it.rows[0].cells[0].unit, None);
    }

    #[test]
    fn every_fault_has_its_place() {
        let (_, told) = read_table(
            "\
| | Research | Prodution |
|---|---|---|
| p99 (ms, lower) | 95 | - | 5 |
| p99 (ms, lower) | 1,5 | 3 MB |
| size | 1.5 | 20 |
| load (widgets, lower) | 1 | 2 |
| mix (lower) | 1 ms | 2 |
| short (ms, lower) | 1 |
",
        );
        assert_eq!(
            told,
            [
                (Rule::UnknownSide, "Prodution"),
                (Rule::BlankCell, "-"),
                (Rule::AmbiguousNumber, "1,5"),
                (Rule::BlankCell, "short (ms, lower)"),
                (Rule::DuplicateRow, "p99 (ms, lower)"),
                (Rule::MixedUnits, "3 MB"),
                (Rule::MissingUnit, "size"),
                (Rule::MixedDecimals, "size"),
                (Rule::MissingDirection, "size"),
                (Rule::UnknownUnit, "load (widgets, lower)"),
                (Rule::MixedUnits, "2"),
            ]
        );
    }

    #[test]
    fn too_few_and_equal_sides_are_told() {
        let (_, told) = read_table("| | A |\n|---|---|\n| b | c |\n");
        assert_eq!(told[0].0, Rule::TooFewSides);
        let (it, told) = read_table("| | A | A |\n|---|---|---|\n| b | c | d |\n");
        assert_eq!(told, [(Rule::DuplicateSide, "A")]);
        assert_eq!(it.sides[1].key, "a-1");
        let (_, told) = read_table("| |\n|---|\n| b |\n");
        assert_eq!(told[0].0, Rule::TooFewSides);
    }

    #[test]
    fn columns_of_units_directions_and_notes_are_no_sides() {
        let (it, told) = read_table(
            "\
| | Gate | Unit | Direction | Research | Production | Notes |
|---|---|---|---|---|---|---|
| p99 | 120 | ms | lower | 95 | 180 | cold cache |
",
        );
        assert_eq!(told, []);
        assert_eq!(it.sides.len(), 2);
        assert_eq!(it.rows[0].direction, Some(Direction::Lower));
        assert_eq!(it.rows[0].gate.as_ref().unwrap().limit.as_str(), "120");
        assert_eq!(it.notes.get(&it.rows[0].notes[0]).unwrap().text, "cold cache");
    }

    #[test]
    fn the_vocabulary_fills_what_a_row_leaves_open() {
        let direction = Some(Direction::Lower);
        let metric = super::super::reading::Metric {
            label: None,
            unit: Some("ms".to_owned()),
            direction,
            gate: super::super::Gate::parse("120", direction),
        };
        let mut vocabulary = Vocabulary::default();
        vocabulary.metrics.insert("p99".to_owned(), metric);
        let text = "| | Research | Production |\n|---|---|---|\n| p99 | 95 | 180 |\n";
        let read = read(&table(text), &Directive::default(), &"a.md".into(), &vocabulary);
        assert_eq!(read.diagnostics, []);
        let row = &read.value.comparison.rows[0];
        assert_eq!(row.unit.as_deref(), Some("ms"));
        assert_eq!(row.gate.as_ref().unwrap().bound, super::super::Bound::AtMost);
    }

    #[test]
    fn a_row_differs_where_two_sides_say_different_things() {
        let (it, _) = read_table(
            "| | A | B |\n|---|---|---|\n| a | x | x |\n| b | x | y |\n| c | ? | ? |\n",
        );
        let differ: Vec<_> = it.rows.iter().map(Row::differs).collect();
        assert_eq!(differ, [false, true, false]);
        assert_eq!(
            it.states().into_iter().collect::<Vec<_>>(),
            [State::Value, State::NotMeasured]
        );
    }

    #[test]
    fn a_long_table_takes_no_more_than_its_length() {
        use std::fmt::Write;
        let mut text = "|  |".to_owned() + &" Research |".repeat(8) + "\n|---|\n";
        for row in 0..2000 {
            writeln!(text, "| row {row} (ms, lower) |{}", " 95 ± 3[^a] |".repeat(8))
                .unwrap();
        }
        let (it, _) = read_table(&text);
        assert_eq!(it.rows.len(), 2000);
        assert!(it.rows.iter().all(|row| row.cells.len() == 8));
    }
}
