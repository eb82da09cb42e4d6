//! The matrix of a site: a row for each metric, a column for each system.

use std::collections::BTreeMap;

use serde::Serialize;

use super::aggregate::Entry;
use super::derive::{self, Derived, Verdict};
use super::reading::Vocabulary;
use super::{Cell, Comparison, Direction, Row, State, sheet};

/// Metrics against systems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Matrix {
    /// A system, or a note that names none.
    pub columns: Vec<Column>,
    /// The metrics.
    pub rows: Vec<MatrixRow>,
}

/// A system, or a note that names none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Column {
    /// The system, or the title of the note.
    pub name: String,
    /// The note's address; none for a system.
    pub url: Option<String>,
}

/// A metric.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixRow {
    /// The key of its rows.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// A cell for each column; none where no note of it has the row.
    pub cells: Vec<Option<MatrixCell>>,
}

/// What one system says of one metric.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixCell {
    /// The value by which the system is judged, in the words of the grammar.
    pub shown: String,
    /// The same without its interval and sample size.
    pub value: String,
    /// Its interval and sample size.
    pub detail: String,
    /// Whether there is one.
    pub state: State,
    /// The side that it stands on.
    pub side: String,
    /// Whether that side is called production.
    pub is_production: bool,
    /// How it differs from the baseline.
    pub delta: Option<String>,
    /// Whether that is better.
    pub verdict: Option<Verdict>,
    /// The address of the row.
    pub url: String,
    /// The title of the note.
    pub title: String,
    /// How many other rows say something of it too.
    pub others: usize,
}

/// The matrix of a site's comparisons.
///
/// Its rows are the metrics of the vocabulary; where that has none, the rows that at
/// least two columns share. Of more than a page can show, the fullest are taken; all
/// cells are in the exports.
pub fn matrix(entries: &[Entry<'_>], vocabulary: &Vocabulary) -> Matrix {
    let mut columns: Vec<Column> = Vec::new();
    let mut at_of: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    let mut found: BTreeMap<&str, BTreeMap<usize, Found<'_>>> = BTreeMap::new();
    let mut first: BTreeMap<&str, &Row> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for entry in entries {
        let key = entry.system.map_or((entry.url, false), |it| (it, true));
        let column = *at_of.entry(key).or_insert_with(|| {
            columns.push(column(entry));
            columns.len() - 1
        });
        let Some(side) = entry.comparison.headline() else { continue };
        for row in &entry.comparison.rows {
            let Some(cell) = row.cells.get(side) else { continue };
            first.entry(&row.key).or_insert_with(|| {
                order.push(&row.key);
                row
            });
            let cell = Found { entry, row, side, cell, others: 0 };
            add(found.entry(&row.key).or_default(), column, cell);
        }
    }
    let shared = |key: &&str| found[*key].len() >= 2;
    let keys: Vec<&str> = if vocabulary.metrics.is_empty() {
        order.into_iter().filter(shared).collect()
    } else {
        vocabulary.metrics.keys().map(String::as_str).collect()
    };
    let keys = fullest(keys, ROWS, |key| found.get(key).map_or(0, BTreeMap::len));
    let shown = shown_columns(keys.iter().filter_map(|key| found.get(key)));
    let rows = keys.into_iter().filter_map(|key| {
        let (row, cells) = (first.get(key)?, found.get(key)?);
        let cells = shown.iter().map(|at| cells.get(at).map(Found::shown)).collect();
        Some(matrix_row(row, vocabulary, cells))
    });
    let rows = rows.collect();
    Matrix { rows, columns: shown.iter().map(|at| columns[*at].clone()).collect() }
}

/// A cell that a matrix may show.
struct Found<'a> {
    entry: &'a Entry<'a>,
    row: &'a Row,
    side: usize,
    cell: &'a Cell,
    others: usize,
}

/// The most rows and columns of a matrix, so that no page grows with the site.
const ROWS: usize = 200;
const COLUMNS: usize = 50;

/// The columns in which any of the rows has a cell, the fullest of them.
fn shown_columns<'a>(
    rows: impl Iterator<Item = &'a BTreeMap<usize, Found<'a>>>,
) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for column in rows.flat_map(BTreeMap::keys) {
        *counts.entry(*column).or_default() += 1;
    }
    fullest(counts.keys().copied().collect(), COLUMNS, |it| counts[it])
}

/// As many as there may be, those with the most cells, in the order in which they were.
fn fullest<T: Copy>(mut all: Vec<T>, most: usize, cells: impl Fn(&T) -> usize) -> Vec<T> {
    if all.len() <= most {
        return all;
    }
    let mut counts: Vec<usize> = all.iter().map(&cells).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let least = counts[most - 1];
    // Of those that are as full as the last one, the first.
    let mut free = most - counts.iter().filter(|it| **it > least).count();
    all.retain(|it| match cells(it).cmp(&least) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => {
            let taken = free > 0;
            free = free.saturating_sub(1);
            taken
        }
    });
    all
}

fn column(entry: &Entry<'_>) -> Column {
    match entry.system {
        Some(system) => Column { name: system.to_owned(), url: None },
        None => Column { name: entry.title.to_owned(), url: Some(entry.url.to_owned()) },
    }
}

/// The first cell with a value is shown, one of a side called production before others;
/// those that are not shown are counted.
fn add<'a>(cells: &mut BTreeMap<usize, Found<'a>>, column: usize, cell: Found<'a>) {
    match cells.get_mut(&column) {
        Some(kept) if kept.rank() < cell.rank() => {
            *kept = Found { others: kept.others + 1, ..cell };
        }
        Some(kept) => kept.others += 1,
        None => drop(cells.insert(column, cell)),
    }
}

impl Found<'_> {
    fn rank(&self) -> (bool, bool) {
        (self.cell.state.has_value(), self.is_production())
    }

    fn is_production(&self) -> bool {
        self.entry.comparison.sides[self.side].key == "production"
    }

    fn shown(&self) -> MatrixCell {
        let (comparison, row, cell): (&Comparison, _, _) =
            (self.entry.comparison, self.row, self.cell);
        let change = match derive::derive(comparison, row, self.side) {
            Derived::Change(change) => Some(change),
            Derived::Blocked { .. } => None,
        };
        let unit = row.unit.as_deref();
        let shown = cell.shown(unit);
        let measured = cell.measured(unit);
        let (value, detail) = measured.unwrap_or_else(|| (shown.clone(), String::new()));
        MatrixCell {
            shown,
            value,
            detail,
            state: cell.state,
            side: comparison.sides[self.side].label.clone(),
            is_production: self.is_production(),
            verdict: change.as_ref().map(|it| it.verdict),
            delta: change.and_then(|it| it.delta),
            url: self.entry.row_url(row),
            title: self.entry.title.to_owned(),
            others: self.others,
        }
    }
}

fn matrix_row(
    row: &Row,
    vocabulary: &Vocabulary,
    cells: Vec<Option<MatrixCell>>,
) -> MatrixRow {
    let metric = vocabulary.metrics.get(&row.key);
    MatrixRow {
        key: row.key.clone(),
        label: metric
            .and_then(|it| it.label.clone())
            .unwrap_or_else(|| row.label.clone()),
        unit: row.unit.clone(),
        direction: row.direction,
        cells,
    }
}

/// The matrix as CSV: metric, unit, direction, then a field for each column.
pub fn csv(matrix: &Matrix) -> String {
    let mut header = vec!["metric", "unit", "direction"];
    header.extend(matrix.columns.iter().map(|it| it.name.as_str()));
    let lines = matrix.rows.iter().map(|row| {
        let mut line = vec![
            row.label.as_str(),
            row.unit.as_deref().unwrap_or_default(),
            row.direction.map_or("", |it| it.word()),
        ];
        line.extend(row.cells.iter().map(|it| it.as_ref().map_or("", |it| &*it.shown)));
        line
    });
    sheet::write(std::iter::once(header).chain(lines))
}

#[cfg(test)]
mod tests {
    use super::super::aggregate::tests::{comparison, entry};
    use super::super::reading::Metric;
    use super::*;

    #[test]
    fn rows_that_systems_share_stand_beside_each_other() {
        let a =
            comparison("metric,Research,Production\np99 (ms; lower),95,180\nonly,a,b\n");
        let b = comparison("metric,Research,Production\np99 (ms; lower),95,tbd\n");
        let c = comparison("metric,Research,Production\nonly-c,95,tbd\n");
        let entries =
            [entry("eta", "a/", &a), entry("ads", "b/", &b), entry("c", "c/", &c)];
        let it = matrix(&entries, &Vocabulary::default());
        assert_eq!((it.columns.len(), it.rows.len()), (2, 1));
        let cell = it.rows[0].cells[0].as_ref().unwrap();
        assert_eq!(
            (cell.shown.as_str(), cell.delta.as_deref()),
            ("180 ms", Some("+85\u{a0}ms"))
        );
        assert_eq!(csv(&it), "metric,unit,direction,eta,ads\np99,ms,lower,180 ms,tbd\n");
    }

    #[test]
    fn of_many_rows_and_columns_the_fullest_are_taken() {
        let csv = |rows: std::ops::Range<usize>| {
            let row = |it: usize| format!("metric {it} (ms; lower),1,{it}\n");
            let rows: String = rows.map(row).collect();
            comparison(&format!("metric,Research,Production\n{rows}"))
        };
        let (all, few) = (csv(0..250), csv(100..300));
        let names: Vec<String> = (0..60).map(|it| format!("system {it}")).collect();
        let entries: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(at, name)| entry(name, name, if at < 5 { &few } else { &all }))
            .collect();
        let it = matrix(&entries, &Vocabulary::default());
        assert_eq!((it.columns.len(), it.rows.len()), (50, 200));
        assert_eq!(it.columns[0].name, "system 5");
        assert_eq!(it.rows[0].key, "metric-100");
        assert!(it.rows.iter().all(|row| row.cells.len() == 50));
    }

    #[test]
    fn a_vocabulary_names_the_rows() {
        let a =
            comparison("metric,Research,Production\np99 (ms; lower),95,180\nonly,a,b\n");
        let mut vocabulary = Vocabulary::default();
        let label = Some("Only this".to_owned());
        vocabulary.metrics.insert("only".into(), Metric { label, ..Metric::default() });
        let it = matrix(&[entry("eta", "a/", &a)], &vocabulary);
        assert_eq!(it.rows.len(), 1);
        assert_eq!(it.rows[0].label, "Only this");
    }

    #[test]
    fn a_value_is_shown_before_a_gap_and_the_others_are_counted() {
        let a = comparison("metric,Research,Production\np99 (ms; lower),95,tbd\n");
        let b = comparison("metric,Research,Production\np99 (ms; lower),95,180\n");
        let mut vocabulary = Vocabulary::default();
        vocabulary.metrics.insert("p99".into(), Metric::default());
        let it = matrix(&[entry("eta", "a/", &a), entry("eta", "b/", &b)], &vocabulary);
        let cell = it.rows[0].cells[0].as_ref().unwrap();
        assert_eq!((cell.title.as_str(), cell.others), ("b/", 1));
    }
}
