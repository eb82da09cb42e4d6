//! The finish of every way of writing: what is the same once sides, rows and cells are
//! known, wherever they were read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::directive::{self, Directive};
use super::label;
use super::reading::{Given, Reading};
use super::{Comparison, Kind, Located, Role, Row};
use crate::diag::{Rule, nearest::nearest};

/// Applies what the directive and the vocabulary say, and makes the model whole: keys
/// are unique, one side is the baseline, each row knows its kind and its unit.
pub fn finish(
    located: Located,
    directive: &Directive,
    reading: &mut Reading<'_>,
) -> Located {
    let Located { mut comparison, places } = located;
    side_keys(&mut comparison, &places.sides, reading);
    // What is wrong with the directive is told in its own file.
    let file = std::mem::replace(&mut reading.file, directive.file.clone());
    apply(directive, &mut comparison, reading);
    attributes(directive, &mut comparison, reading);
    baseline(directive, &mut comparison, reading);
    reading.file = file;
    for row in &mut comparison.rows {
        from_vocabulary(row, reading);
        hoist_unit(row);
        row.kind = kind(row, reading);
    }
    let labels: Vec<_> = places.rows.iter().map(|it| it.label.clone()).collect();
    row_keys(&mut comparison.rows, &labels, reading);
    if comparison.id.is_empty() {
        comparison.id = label::key(&comparison.caption);
    }
    let located = Located { comparison, places };
    super::lint::check(&located, reading);
    located
}

fn apply(directive: &Directive, comparison: &mut Comparison, reading: &mut Reading<'_>) {
    let set = |slot: &mut String, given: &Option<Given>| {
        if let Some(given) = given {
            slot.clone_from(&given.text);
        }
    };
    set(&mut comparison.id, &directive.id);
    set(&mut comparison.caption, &directive.caption);
    if let Some(origin) = &directive.origin {
        comparison.origin = Some(origin.text.clone());
    }
    if let Some(given) = &directive.tolerance {
        comparison.tolerance = directive::tolerance(given, reading);
    }
    if let Some(given) = &directive.comparable_by {
        let names = given.text.split(',').map(|it| it.trim().to_owned());
        comparison.comparable_by = names.filter(|it| !it.is_empty()).collect();
    }
}

fn side_keys(
    comparison: &mut Comparison,
    places: &[Range<usize>],
    reading: &mut Reading<'_>,
) {
    let mut seen = BTreeMap::new();
    for (at, side) in comparison.sides.iter_mut().enumerate() {
        if side.key.is_empty() {
            side.key = format!("side-{}", at + 1);
        }
        let Some(key) = repeated(&mut seen, &side.key) else { continue };
        let range = places.get(at).cloned().unwrap_or_default();
        let message = format!("two sides are called `{}`", side.label);
        reading.tell(Rule::DuplicateSide, &range, message, "give each side its own name");
        side.key = key;
    }
}

/// A key that is free, where this one is taken.
fn repeated(seen: &mut BTreeMap<String, usize>, key: &str) -> Option<String> {
    if !seen.contains_key(key) {
        seen.insert(key.to_owned(), 0);
        return None;
    }
    loop {
        let count = seen.entry(key.to_owned()).or_default();
        *count += 1;
        let free = format!("{key}-{count}");
        if !seen.contains_key(&free) {
            seen.insert(free.clone(), 0);
            return Some(free);
        }
    }
}

fn attributes(
    directive: &Directive,
    comparison: &mut Comparison,
    reading: &mut Reading<'_>,
) {
    for attribute in &directive.attributes {
        if let Some(at) = find_side(comparison, &attribute.side, reading) {
            let attributes = &mut comparison.sides[at].attributes;
            attributes.insert(attribute.name.clone(), attribute.value.clone());
        }
    }
}

/// The side of a name, told where there is none.
pub(super) fn find_side(
    comparison: &Comparison,
    name: &Given,
    reading: &mut Reading<'_>,
) -> Option<usize> {
    let found = comparison.sides.iter().position(|it| it.is_called(&name.text));
    if found.is_none() {
        let known: Vec<&str> =
            comparison.sides.iter().map(|it| it.key.as_str()).collect();
        let hint = match nearest(&name.text, known.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None => format!("its sides are `{}`", known.join("`, `")),
        };
        let message = format!("this comparison has no side `{}`", name.text);
        reading.tell(Rule::UnknownSide, &name.range, message, hint);
    }
    found
}

/// Makes one side the baseline: the one that the author names, else the first.
fn baseline(
    directive: &Directive,
    comparison: &mut Comparison,
    reading: &mut Reading<'_>,
) {
    let named =
        directive.baseline.as_ref().and_then(|name| find_side(comparison, name, reading));
    let first = |comparison: &Comparison| {
        comparison.sides.iter().position(|it| it.role == Role::Candidate)
    };
    let chosen = named.or_else(|| comparison.baseline()).or_else(|| first(comparison));
    for (at, side) in comparison.sides.iter_mut().enumerate() {
        if Some(at) == chosen {
            side.role = Role::Baseline;
        } else if side.role == Role::Baseline {
            side.role = Role::Candidate;
        }
    }
}

fn from_vocabulary(row: &mut Row, reading: &Reading<'_>) {
    let Some(metric) = reading.vocabulary.metrics.get(&row.key) else { return };
    row.direction = row.direction.or(metric.direction);
    if row.unit.is_none() && row.cells.iter().all(|it| it.unit.is_none()) {
        row.unit.clone_from(&metric.unit);
    }
    // The limit is in the metric's unit, and means nothing in another one.
    if row.gate.is_none() && row.unit == metric.unit {
        row.gate.clone_from(&metric.gate);
    }
}

/// A unit that all numbers of a row have is the row's.
fn hoist_unit(row: &mut Row) {
    let mut units = row.cells.iter().filter(|it| it.value.is_some()).map(|it| &it.unit);
    if row.unit.is_none() {
        let first = units.next().cloned().flatten();
        if first.is_some() && units.all(|it| *it == first) {
            row.unit = first;
        }
    }
    for cell in &mut row.cells {
        if cell.unit == row.unit
            || is_short_for(cell.unit.as_deref(), row.unit.as_deref())
        {
            cell.unit = None;
        }
    }
}

/// `$0.10` in a row of `$/1k requests` is not another unit.
fn is_short_for(unit: Option<&str>, whole: Option<&str>) -> bool {
    const SIGNS: [&str; 5] = ["$", "€", "£", "¥", "₹"];
    let rest = unit.filter(|it| SIGNS.contains(it)).zip(whole);
    let rest = rest.and_then(|(unit, whole)| whole.strip_prefix(unit));
    rest.is_some_and(|rest| rest.starts_with('/') || rest.starts_with(" per "))
}

/// What the cells of a row hold; words of one registered scale make it ordinal.
fn kind(row: &mut Row, reading: &Reading<'_>) -> Kind {
    if !row.scale.is_empty() {
        return Kind::Ordinal;
    }
    let given: Vec<_> = row.cells.iter().filter(|it| it.state.has_value()).collect();
    let numbers = given.iter().filter(|it| it.value.is_some()).count();
    if numbers > 0 && numbers * 2 >= given.len() {
        return Kind::Number;
    }
    if !given.is_empty() && given.iter().all(|it| it.answer.is_some()) {
        return Kind::Bool;
    }
    let words: Vec<&str> = given.iter().map(|it| it.text.as_str()).collect();
    match reading.vocabulary.scale_of(&words).cloned() {
        Some(scale) => {
            row.scale = scale;
            Kind::Ordinal
        }
        None => Kind::Text,
    }
}

/// Gives each row a key of its own; one name may stand in two groups.
fn row_keys(rows: &mut [Row], places: &[Range<usize>], reading: &mut Reading<'_>) {
    let mut seen = BTreeMap::new();
    let mut named: BTreeSet<(Option<String>, String)> = BTreeSet::new();
    for (at, row) in rows.iter_mut().enumerate() {
        if row.key.is_empty() {
            row.key = format!("row-{}", at + 1);
        }
        let own = (row.group.clone(), row.key.clone());
        if !named.insert(own) {
            let range = places.get(at).cloned().unwrap_or_default();
            let message = format!("two rows are called `{}`", row.label);
            let hint = "give each row its own name, or put them into two groups";
            reading.tell(Rule::DuplicateRow, &range, message, hint);
        } else if let (Some(group), true) = (&row.group, seen.contains_key(&row.key)) {
            row.key = format!("{}-{}", label::key(group), row.key);
        }
        if let Some(key) = repeated(&mut seen, &row.key) {
            row.key = key;
        }
    }
}
