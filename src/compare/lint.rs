//! The lints of a finished comparison: what its author has left open.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::reading::{Reading, rank};
use super::unit::{self, Unit};
use super::{Cell, Comparison, Kind, Located, Role, Row, RowPlaces};
use crate::diag::Rule;

/// Tells what is left open in a comparison.
pub(super) fn check(located: &Located, reading: &mut Reading<'_>) {
    let Located { comparison, places } = located;
    sides(comparison, &places.whole, reading);
    for (row, places) in comparison.rows.iter().zip(&places.rows) {
        scale(row, places, reading);
        // What has no name cannot say more behind it; that is told.
        if row.kind == Kind::Number && !row.label.is_empty() {
            units(row, places, reading);
            decimals(row, places, reading);
            direction(comparison, row, places, reading);
        }
    }
}

fn sides(comparison: &Comparison, whole: &Range<usize>, reading: &mut Reading<'_>) {
    let count = match comparison.sides.len() {
        0 => "no side",
        1 => "one side",
        _ => return,
    };
    let hint = "give it two columns of values or more";
    reading.tell(Rule::TooFewSides, whole, format!("a comparison of {count}"), hint);
}

/// Words that a scale does not have.
fn scale(row: &Row, places: &RowPlaces, reading: &mut Reading<'_>) {
    if row.scale.is_empty() {
        return;
    }
    let strangers = row.cells.iter().zip(&places.cells).filter(|(cell, _)| {
        let named = !cell.text.is_empty() && rank(&row.scale, &cell.text).is_some();
        cell.state.has_value() && !named
    });
    for (cell, range) in strangers {
        let message = format!("`{}` is no word of this row's scale", cell.shown(None));
        let hint = format!("write one of `{}`", row.scale.join("`, `"));
        reading.tell(Rule::UnknownScale, range, message, hint);
    }
}

fn numbers<'a>(
    row: &'a Row,
    places: &'a RowPlaces,
) -> impl Iterator<Item = (&'a Cell, &'a Range<usize>)> {
    let is_number = |cell: &Cell| cell.value.is_some() && cell.state.has_value();
    row.cells.iter().zip(&places.cells).filter(move |(cell, _)| is_number(cell))
}

/// The unit of a cell, its own or its row's, as it is written.
fn unit<'a>(cell: &'a Cell, row: &'a Row) -> Option<&'a str> {
    cell.unit.as_deref().or(row.unit.as_deref())
}

fn units(row: &Row, places: &RowPlaces, reading: &mut Reading<'_>) {
    let bare = numbers(row, places).filter(|(cell, _)| unit(cell, row).is_none()).count();
    let all = numbers(row, places).count();
    if bare == all {
        if !unit::is_unitless_metric(&row.label) {
            let message = format!("the numbers of `{}` have no unit", row.label);
            let hint = "write it behind the name, `(ms)`, or `(count)` or `(1)` for none";
            reading.tell(Rule::MissingUnit, &places.label, message, hint);
        }
        return;
    }
    // A row has few units, and many cells.
    let mut known: BTreeMap<&str, Option<Unit>> = BTreeMap::new();
    for (cell, range) in numbers(row, places) {
        let Some(text) = unit(cell, row) else {
            let message = "this number has no unit, and others of its row have one";
            let hint = "write its unit, or one for the whole row behind the row's name";
            reading.tell(Rule::MixedUnits, range, message, hint);
            continue;
        };
        if known.contains_key(text) {
            continue;
        }
        let parsed = Unit::parse(text);
        if parsed.is_none() {
            let message = format!("the unit `{text}` cannot be converted");
            let hint =
                "use a unit of the table, or `(count)`; until then there is no delta";
            let place = if cell.unit.is_some() { range } else { &places.label };
            reading.tell(Rule::UnknownUnit, place, message, hint);
        }
        known.insert(text, parsed);
    }
    mixed_units(row, places, &known, reading);
}

/// Units that measure different things.
fn mixed_units(
    row: &Row,
    places: &RowPlaces,
    known: &BTreeMap<&str, Option<Unit>>,
    reading: &mut Reading<'_>,
) {
    let only = row.unit.as_deref().is_none_or(|it| known.contains_key(it));
    if only && known.len() == 1 {
        return;
    }
    let own = |cell: &Cell| known.get(unit(cell, row)?)?.as_ref();
    let rows = row.unit.as_deref().map(Unit::parse);
    let first = match &rows {
        Some(unit) => unit.as_ref(),
        None => numbers(row, places).find_map(|(cell, _)| own(cell)),
    };
    let Some(first) = first else { return };
    for (cell, range) in numbers(row, places) {
        let Some(unit) = own(cell).filter(|it| it.dimension != first.dimension) else {
            continue;
        };
        let message = format!(
            "this is in units of {}, and others of its row are in units of {}",
            unit.dimension, first.dimension
        );
        let hint = "measure the row in one dimension";
        reading.tell(Rule::MixedUnits, range, message, hint);
    }
}

/// `1.5` beside `2.25`, in one unit.
fn decimals(row: &Row, places: &RowPlaces, reading: &mut Reading<'_>) {
    let decimals = |cell: &Cell| {
        let digits = cell.value.as_ref().map_or("", |it| it.as_str());
        let (_, part) = digits.split('e').next().unwrap_or_default().split_once('.')?;
        Some(part.len())
    };
    let mut all = numbers(row, places)
        .filter(|(cell, _)| cell.unit.is_none())
        .map(|(cell, _)| decimals(cell).unwrap_or(0));
    let Some(first) = all.next() else { return };
    // In most rows all are the same, and no set of them is needed.
    let mut written: BTreeSet<_> = all.filter(|it| *it != first).collect();
    if written.is_empty() {
        return;
    }
    written.insert(first);
    let counts: Vec<_> = written.iter().map(ToString::to_string).collect();
    let message =
        format!("the numbers of `{}` have {} decimals", row.label, counts.join(" and "));
    let hint = "write all of them to the same digit";
    reading.tell(Rule::MixedDecimals, &places.label, message, hint);
}

fn direction(
    comparison: &Comparison,
    row: &Row,
    places: &RowPlaces,
    reading: &mut Reading<'_>,
) {
    let judged = comparison.sides.iter().zip(&row.cells).filter(|(side, cell)| {
        let role = matches!(side.role, Role::Baseline | Role::Candidate);
        role && cell.value.is_some() && cell.state.has_value()
    });
    if row.direction.is_some() || judged.count() < 2 {
        return;
    }
    let message = format!("`{}` does not say which way is better", row.label);
    let hint =
        "write `lower`, `higher`, `target 90` or `none` behind the name: `(ms, lower)`";
    reading.tell(Rule::MissingDirection, &places.label, message, hint);
}
