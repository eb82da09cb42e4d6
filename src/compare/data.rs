//! Data that holds a comparison: a file beside the notes, the body of a fence, the
//! `results` of a front matter.

use std::ops::Range;

use super::cell::CellSource;
use super::directive::Directive;
use super::reading::{Given, Reading, Vocabulary};
use super::record::{self, Record};
use super::table::{self, TableSource};
use super::{Located, Places, document, records, sheet};
use crate::diag::{Checked, Rule};
use crate::path::FilePath;
use crate::value::{self, Value};

/// The most bytes of a data file; one that is larger need not be read.
pub const MAX_BYTES: usize = 16 << 20;

/// The most cells of a comparison.
pub const MAX_CELLS: usize = 200_000;

/// How a file holds data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Rows of fields, parted by commas, semicolons or tabs.
    Sheet,
    /// TOML, YAML or JSON.
    Document(value::Format),
}

impl Format {
    /// The format that a file's extension names.
    pub fn of(file: &FilePath) -> Option<Self> {
        let extension = file.extension().to_lowercase();
        match extension.as_str() {
            "csv" | "tsv" => Some(Format::Sheet),
            other => value::Format::of_extension(other).map(Format::Document),
        }
    }
}

/// Reads a data file.
pub fn read(
    file: &FilePath,
    text: &str,
    directive: &Directive,
    vocabulary: &Vocabulary,
) -> Checked<Located> {
    let mut reading = Reading::new(file, vocabulary);
    let whole = 0..text.len();
    if text.len() > MAX_BYTES {
        let message =
            format!("the file has {} bytes, and the limit is {MAX_BYTES}", text.len());
        return refuse(Rule::DataLimit, &(0..0), message, LESS, reading);
    }
    match Format::of(file) {
        Some(Format::Sheet) => sheet(text, directive, reading),
        Some(Format::Document(format)) => body(format, text, 0, directive, reading),
        None => {
            let message = format!("`{file}` is no data file");
            let hint = "use `.csv`, `.tsv`, `.json`, `.toml` or `.yaml`";
            reading.told.clear();
            refuse(Rule::BadValue, &whole, message, hint, reading)
        }
    }
}

const LESS: &str = "keep the rows that a reader compares, and link to the rest";

/// Reads the body of a fence, TOML, YAML or JSON, that begins at byte `at` of the note.
pub fn fence(
    file: &FilePath,
    text: &str,
    at: usize,
    directive: &Directive,
    vocabulary: &Vocabulary,
) -> Checked<Located> {
    body(format_of(text), text, at, directive, Reading::new(file, vocabulary))
}

/// The format of a text without a name: its first line that says something tells.
fn format_of(text: &str) -> value::Format {
    let mut lines = text.lines().map(str::trim);
    let first =
        lines.find(|it| !it.is_empty() && !it.starts_with('#')).unwrap_or_default();
    let key = first.split(['"', '\'']).next().unwrap_or_default();
    let is_table = first.starts_with('[') && first.ends_with(']') && !first.contains('{');
    match first.chars().next() {
        Some('{') => value::Format::Json,
        _ if is_table || key.contains('=') && !key.contains(':') => value::Format::Toml,
        Some('[') => value::Format::Json,
        _ => value::Format::Yaml,
    }
}

/// Reads records that a front matter holds.
pub fn results(
    file: &FilePath,
    value: &Value,
    directive: &Directive,
    vocabulary: &Vocabulary,
) -> Checked<Located> {
    let mut reading = Reading::new(file, vocabulary);
    let located = document::read(value, directive, &mut reading);
    Checked { value: located, diagnostics: reading.told }
}

fn body(
    format: value::Format,
    text: &str,
    at: usize,
    directive: &Directive,
    mut reading: Reading<'_>,
) -> Checked<Located> {
    match value::parse(format, text, at) {
        Ok(value) => {
            let mut located = document::read(&value, directive, &mut reading);
            located.places.whole = at..at + text.len();
            Checked { value: located, diagnostics: reading.told }
        }
        Err(fault) => {
            let message = format!("this is not {}: {}", format.name(), fault.message);
            let hint = "mend the syntax; until then there is no comparison";
            refuse(Rule::BadSyntax, &fault.range, message, hint, reading)
        }
    }
}

fn refuse(
    rule: Rule,
    range: &Range<usize>,
    message: String,
    hint: &str,
    mut reading: Reading<'_>,
) -> Checked<Located> {
    reading.tell(rule, range, message, hint);
    let places = Places { file: reading.file, whole: range.clone(), ..Places::default() };
    let value = Located { places, ..Located::default() };
    Checked { value, diagnostics: reading.told }
}

/// A sheet with a column `side` has a line for each cell; else a column for each side.
fn sheet(
    text: &str,
    directive: &Directive,
    mut reading: Reading<'_>,
) -> Checked<Located> {
    let mut rows = sheet::read(text).into_iter();
    let header = rows.next().unwrap_or_default();
    let rows: Vec<Vec<Given>> = rows.filter(|row| !is_empty(row)).collect();
    let cells = rows.len() * header.len();
    if cells > MAX_CELLS {
        let message =
            format!("the file has {cells} fields, and the limit is {MAX_CELLS}");
        return refuse(Rule::DataLimit, &(0..0), message, LESS, reading);
    }
    if let Some(quote) = sheet::open_quote(text, rows.last().unwrap_or(&header)) {
        let message = "this quote is not closed, and takes the rest of the file";
        let hint = "write `\"` behind the field; within it, a quote is written twice";
        return refuse(Rule::BadSyntax, &quote, message.to_owned(), hint, reading);
    }
    for row in rows.iter().filter(|row| row.len() != header.len()) {
        ragged(row, header.len(), &mut reading);
    }
    let by = directive.by.as_ref().map_or("side", |it| it.text.as_str());
    if header.iter().any(|it| record::field_name(&it.text) == by) {
        let records: Vec<Record> = rows.iter().map(|row| record(&header, row)).collect();
        let value =
            records::read(&records, &(0..text.len()), by, directive, &mut reading);
        return Checked { value, diagnostics: reading.told };
    }
    let table = wide(&header, &rows, text.len());
    let mut read = table::read(&table, directive, &reading.file, reading.vocabulary);
    read.diagnostics.splice(0..0, reading.told);
    read
}

/// The sheet as a table, the column `metric` first.
fn wide(header: &[Given], rows: &[Vec<Given>], len: usize) -> TableSource {
    let named = header.iter().position(|it| record::field_name(&it.text) == "metric");
    let line = |row: &[Given]| {
        let source =
            |it: &Given| CellSource::plain(sheet::plain(&it.text), it.range.clone());
        let mut line: Vec<_> = row.iter().take(header.len()).map(source).collect();
        if let Some(label) = named.filter(|at| *at < line.len()) {
            line[..=label].rotate_right(1);
        }
        line
    };
    TableSource {
        range: 0..len,
        header: line(header),
        rows: rows.iter().map(|row| line(row)).collect(),
    }
}

fn is_empty(row: &[Given]) -> bool {
    row.iter().all(|it| it.text.trim().is_empty())
}

fn place(row: &[Given]) -> Range<usize> {
    row.first().map_or(0, |it| it.range.start)..row.last().map_or(0, |it| it.range.end)
}

fn ragged(row: &[Given], columns: usize, reading: &mut Reading<'_>) {
    let s = if row.len() == 1 { "" } else { "s" };
    let message =
        format!("this line has {} field{s}, and the header has {columns}", row.len());
    let hint = "give it a field for each column; put quotes around a field with a comma";
    reading.tell(Rule::RaggedRow, &place(row), message, hint);
}

fn record(header: &[Given], row: &[Given]) -> Record {
    let value = |it: &Given| Given::new(sheet::plain(&it.text), it.range.clone());
    Record {
        range: place(row),
        unread: false,
        fields: header.iter().cloned().zip(row.iter().map(value)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, State};
    use super::*;

    fn read_file<'a>(name: &str, text: &'a str) -> (Located, Vec<(Rule, &'a str)>) {
        let (file, vocabulary) = (name.into(), Vocabulary::default());
        let checked = read(&file, text, &Directive::default(), &vocabulary);
        let told = checked.diagnostics.iter();
        let told =
            told.map(|it| (it.rule, text.get(it.span.range.clone()).unwrap())).collect();
        (checked.value, told)
    }

    const LONG: &str = "\
metric,unit,direction,side,value,lo,hi,n,state,evidence,note,date
p99 latency,ms,lower,research,95,92,98,120,,../e7.md,cold cache,2026-11-22
p99 latency,ms,lower,production,180,,,,estimated,,,
BLEU,,higher,research,28.4,,,,,,,
BLEU,,higher,production,,,,,not-measured,,,
";

    #[test]
    fn the_long_form_has_a_line_for_each_cell() {
        let (it, told) = read_file("a.csv", LONG);
        assert_eq!(told, []);
        let rows = &it.comparison.rows;
        assert_eq!((rows.len(), it.comparison.sides.len()), (2, 2));
        let cell = &rows[0].cells[0];
        assert_eq!((cell.n, cell.date.as_deref()), (Some(120), Some("2026-11-22")));
        assert_eq!(cell.evidence, ["../e7.md"]);
        assert_eq!(it.comparison.notes.get(&cell.notes[0]).unwrap().text, "cold cache");
        assert_eq!(rows[0].cells[1].state, State::Estimated);
        assert_eq!(rows[1].cells[1].state, State::NotMeasured);
        assert_eq!(&LONG[it.places.rows[0].cells[1].clone()], "180");
    }

    #[test]
    fn the_wide_form_has_a_column_for_each_side() {
        for text in [
            "metric,unit,direction,Research,Production\np99,ms,lower,95,180\n",
            "metric\tResearch\tProduction\np99 (ms, lower)\t95\t180\n",
            "metric;Research (ms);Production (ms)\np99 ↓;95;180\n",
        ] {
            let (it, told) = read_file("a.csv", text);
            assert_eq!(told, [], "{text}");
            assert_eq!(it.comparison.rows[0].unit.as_deref(), Some("ms"));
            assert_eq!(it.comparison.rows[0].kind, Kind::Number);
        }
    }

    #[test]
    fn every_fault_of_a_sheet_has_its_place() {
        let text = "\
metric,side,value,unit,direction,colour
a,x,1,ms,lower,
a,y,2,ms,lower,,,
a,x,3,ms,lower,
b,x,\"1,5\",ms,lower,
b,y,1e400,ms,lower,
,y,1,ms,lower,
c,,1,ms,lower,
d,x,1,ms,loer,
";
        let (_, told) = read_file("a.csv", text);
        assert_eq!(
            told,
            [
                (Rule::RaggedRow, "a,y,2,ms,lower,,,"),
                (Rule::UnknownField, "colour"),
                (Rule::DuplicateCell, "a,x,3,ms,lower,"),
                (Rule::AmbiguousNumber, "\"1,5\""),
                (Rule::AmbiguousNumber, "1e400"),
                (Rule::BadValue, ",y,1,ms,lower,"),
                (Rule::BadValue, "c,,1,ms,lower,"),
                (Rule::BadValue, "loer"),
                (Rule::BlankCell, "d"),
            ]
        );
    }

    #[test]
    fn a_file_beyond_the_limits_is_refused_with_the_limit_named() {
        let text = format!("metric,side,value\n{}", "a,b,1\n".repeat(MAX_CELLS / 3 + 1));
        let (file, vocabulary) = ("a.csv".into(), Vocabulary::default());
        let told = read(&file, &text, &Directive::default(), &vocabulary).diagnostics;
        assert_eq!((told.len(), told[0].rule), (1, Rule::DataLimit));
        assert!(told[0].message.contains("200000"));
    }

    #[test]
    fn a_note_in_each_of_many_cells_takes_no_more_than_their_number() {
        let lines = (0..16_000).map(|at| format!("m{},s{},1,n{at}\n", at / 8, at % 8));
        let text = "metric,side,value,note\n".to_owned() + &lines.collect::<String>();
        let (it, _) = read_file("a.csv", &text);
        let labels: Vec<_> = it
            .comparison
            .rows
            .iter()
            .flat_map(|it| &it.cells)
            .map(|it| &it.notes[0])
            .collect();
        let marks = |label| it.comparison.notes.mark(label).unwrap();
        assert_eq!((marks(labels[27]), labels.len()), ("ab".to_owned(), 16_000));
        assert_eq!(it.comparison.notes.get(labels[15_999]).unwrap().text, "n15999");
    }

    #[test]
    fn documents_are_read_in_three_formats() {
        let toml = "\
caption = 'Latency'
[[row]]
label = 'p99 (ms, lower)'
cells = { Research = '95 ± 3', Production = { value = 180, n = 7 } }
";
        let yaml = "\
caption: Latency
rows:
  - label: p99 (ms, lower)
    cells:
      Research: 95 ± 3
      Production: {value: 180, n: 7}
";
        let json = r#"{"caption": "Latency", "rows": [{"label": "p99 (ms, lower)",
            "cells": {"Research": "95 ± 3", "Production": {"value": 180, "n": 7}}}]}"#;
        let (first, told) = read_file("a.toml", toml);
        assert_eq!(told, []);
        assert_eq!(first.comparison.id, "latency");
        assert_eq!(first.comparison.rows[0].cells[1].n, Some(7));
        for (name, text) in [("a.yaml", yaml), ("a.json", json)] {
            assert_eq!(read_file(name, text).0.comparison, first.comparison, "{name}");
        }
        for text in [toml, yaml, json] {
            let vocabulary = Vocabulary::default();
            let read = fence(&"a.md".into(), text, 9, &Directive::default(), &vocabulary);
            assert_eq!(read.value.comparison, first.comparison);
        }
    }

    #[test]
    fn wrong_types_and_unknown_names_are_told() {
        let text = "\
captoin = 'x'
sides = ['a', 'b']
[[rows]]
label = 'q (scale good<bad)'
kind = 'nmber'
cells = { a = [1], c = 2, b = 'ugly' }
";
        let (_, told) = read_file("a.toml", text);
        assert_eq!(
            told,
            [
                (Rule::BadValue, "'nmber'"),
                (Rule::BadValue, "[1]"),
                (Rule::UnknownSide, "c"),
                (Rule::UnknownField, "captoin"),
                (Rule::UnknownScale, "'ugly'"),
            ]
        );
        assert_eq!(read_file("a.json", "{").1[0].0, Rule::BadSyntax);
        assert_eq!(read_file("a.toml", "").1[0].0, Rule::TooFewSides);
        assert_eq!(read_file("a.xls", "").1[0].0, Rule::BadValue);
    }

    #[test]
    fn the_results_of_a_model_card_are_records() {
        let text = "\
- {metric: MAE, value: 3.2, unit: min, direction: lower, slice: all, ci: [3.1, 3.3], n: 900}
- {metric: MAE, value: 5.0, unit: min, slice: night, source: {url: e7.md, name: E7}}
";
        let (it, told) = read_file("a.yaml", text);
        assert_eq!(told, []);
        let labels: Vec<_> = it.comparison.sides.iter().map(|it| &it.label).collect();
        assert_eq!(labels, ["all", "night"]);
        let row = &it.comparison.rows[0];
        assert_eq!(row.cells[0].hi.as_ref().unwrap().as_str(), "3.3");
        assert_eq!(row.cells[1].evidence, ["e7.md"]);
    }
}
