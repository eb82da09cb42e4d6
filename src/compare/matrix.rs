//! The matrix of a site: a row for each metric, a column for each system.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::aggregate::Entry;
use super::derive::{self, Derived, Verdict};
use super::reading::Vocabulary;
use super::{Comparison, Direction, Row, State, sheet};

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
    let plan = Plan::of(entries, vocabulary);
    let mut found: Vec<BTreeMap<usize, MatrixCell>> = Vec::new();
    found.resize_with(plan.rows.len(), BTreeMap::new);
    for (entry, column) in entries.iter().zip(&plan.column_of) {
        let Ok(column) = plan.shown.binary_search(column) else { continue };
        for row in &entry.comparison.rows {
            let at = plan.row_of.get(row.key.as_str());
            if let (Some(at), Some(cell)) = (at, cell(entry, row)) {
                add(&mut found[*at], column, cell);
            }
        }
    }
    let rows = plan.rows.iter().zip(found).map(|(row, mut cells)| {
        let cells = (0..plan.shown.len()).map(|at| cells.remove(&at));
        matrix_row(row, vocabulary, cells.collect())
    });
    let rows = rows.collect();
    let column = |at: &usize| column(plan.columns[*at]);
    Matrix { rows, columns: plan.shown.iter().map(column).collect() }
}

/// Which rows and columns a matrix has. To count cells costs little, to read them much.
struct Plan<'a> {
    /// What each column is made for.
    columns: Vec<&'a Entry<'a>>,
    /// The column of each comparison.
    column_of: Vec<usize>,
    /// The columns that are shown, in order.
    shown: Vec<usize>,
    /// The first row of each metric that is shown.
    rows: Vec<&'a Row>,
    /// Which of them has a key.
    row_of: BTreeMap<&'a str, usize>,
}

impl<'a> Plan<'a> {
    fn of(entries: &'a [Entry<'a>], vocabulary: &Vocabulary) -> Self {
        let mut columns: Vec<&Entry<'_>> = Vec::new();
        let mut column_of = Vec::with_capacity(entries.len());
        let mut at_of: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        let mut rows: BTreeMap<&str, (&Row, BTreeSet<usize>)> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for entry in entries {
            let key = entry.system.map_or((entry.url, false), |it| (it, true));
            let column = *at_of.entry(key).or_insert_with(|| {
                columns.push(entry);
                columns.len() - 1
            });
            column_of.push(column);
            let Some(side) = entry.comparison.headline() else { continue };
            for row in entry.comparison.rows.iter().filter(|it| it.cells.len() > side) {
                let first = rows.entry(&row.key).or_insert_with(|| {
                    order.push(&row.key);
                    (row, BTreeSet::new())
                });
                first.1.insert(column);
            }
        }
        let count = |key: &str| rows.get(key).map_or(0, |(_, columns)| columns.len());
        let keys: Vec<&str> = if vocabulary.metrics.is_empty() {
            order.into_iter().filter(|it| count(it) >= 2).collect()
        } else {
            vocabulary.metrics.keys().map(String::as_str).collect()
        };
        let keys = fullest(keys, ROWS, |it| count(it));
        let kept: Vec<_> = keys.into_iter().filter_map(|it| rows.get(it)).collect();
        let row_of = kept.iter().enumerate();
        Self {
            shown: shown_columns(kept.iter().map(|(_, columns)| columns)),
            row_of: row_of.map(|(at, (row, _))| (row.key.as_str(), at)).collect(),
            rows: kept.iter().map(|(row, _)| *row).collect(),
            columns,
            column_of,
        }
    }
}

/// The most rows and columns of a matrix, so that no page grows with the site.
const ROWS: usize = 200;
const COLUMNS: usize = 50;

/// The columns in which any of the rows has a cell, the fullest of them.
fn shown_columns<'a>(rows: impl Iterator<Item = &'a BTreeSet<usize>>) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for column in rows.flatten() {
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
fn add(cells: &mut BTreeMap<usize, MatrixCell>, column: usize, cell: MatrixCell) {
    let rank = |it: &MatrixCell| (it.state.has_value(), it.is_production);
    match cells.get_mut(&column) {
        Some(kept) if rank(kept) < rank(&cell) => {
            *kept = MatrixCell { others: kept.others + 1, ..cell };
        }
        Some(kept) => kept.others += 1,
        None => drop(cells.insert(column, cell)),
    }
}

fn cell(entry: &Entry<'_>, row: &Row) -> Option<MatrixCell> {
    let comparison: &Comparison = entry.comparison;
    let side = comparison.headline()?;
    let cell = row.cells.get(side)?;
    let change = match derive::derive(comparison, row, side) {
        Derived::Change(change) => Some(change),
        Derived::Blocked { .. } => None,
    };
    let unit = row.unit.as_deref();
    let shown = cell.shown(unit);
    let measured = cell.measured(unit);
    let (value, detail) = measured.unwrap_or_else(|| (shown.clone(), String::new()));
    Some(MatrixCell {
        shown,
        value,
        detail,
        state: cell.state,
        side: comparison.sides[side].label.clone(),
        is_production: comparison.sides[side].key == "production",
        verdict: change.as_ref().map(|it| it.verdict),
        delta: change.and_then(|it| it.delta),
        url: entry.row_url(row),
        title: entry.title.to_owned(),
        others: 0,
    })
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
