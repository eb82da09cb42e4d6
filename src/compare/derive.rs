//! A change: how a side of a row differs from the baseline, and whether that is better.
//!
//! Nothing here is ever typed by an author, and nothing is said that the inputs do not
//! carry. A difference ends at the last digit of the coarser number (but has one digit
//! at least), a ratio has no more significant digits than the coarser number, and where
//! two values cannot be compared the reason stands in place of the change.

use std::cmp::Ordering;

use serde::Serialize;

use super::number::Number;
use super::quantity::{self, Obstacle, Quantity};
use super::reading::rank;
use super::unit::{self, Unit};
use super::{Cell, Comparison, Direction, Role, Row, State, Tolerance};

/// What there is to say of a side against the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Derived {
    /// They were compared.
    Change(Change),
    /// They were not.
    Blocked {
        /// Why.
        reason: Reason,
    },
}

/// How a value differs from the baseline's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Whether that is better.
    pub verdict: Verdict,
    /// The difference with its unit: `+85 ms`.
    pub delta: Option<String>,
    /// The difference as a part of the baseline: `+89 %`.
    pub relative: Option<String>,
    /// The ratio, where it is 2 or more.
    pub factor: Option<Factor>,
    /// Whether one of the two is an estimate.
    pub estimated: bool,
}

/// How many times as much the larger of two values is: `2.2× slower`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Factor {
    /// How many times: `2.2`.
    pub times: String,
    /// What the value is beside the baseline's: `slower`, `cheaper`, `smaller`, `higher`.
    pub word: &'static str,
}

/// Whether a value is better than the baseline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is better.
    Better,
    /// It is worse.
    Worse,
    /// It is the same, or within the tolerance.
    Same,
    /// Their intervals overlap.
    WithinNoise,
    /// It differs, and no direction says which way is better.
    Differs,
}

/// Why two cells were not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "because")]
pub enum Reason {
    /// The side is the baseline.
    Baseline,
    /// There is no baseline, or the side is a target or a reference.
    NotJudged,
    /// One of the two has no value.
    NoValue,
    /// A unit is not in the table.
    UnknownUnit,
    /// The units measure different things.
    Units,
    /// One is a number and the other is not.
    Kinds,
    /// A bound such as `<100` leaves open which is more.
    Bound,
    /// The sides differ in what they must agree in.
    Attributes {
        /// The attributes in which they differ.
        names: Vec<String>,
    },
}

impl Reason {
    /// The word by which a theme tells it; none where there is nothing to compare.
    pub fn word(&self) -> Option<&'static str> {
        match self {
            Reason::Baseline | Reason::NotJudged | Reason::NoValue => None,
            Reason::UnknownUnit => Some("unknown-unit"),
            Reason::Units => Some("units"),
            Reason::Kinds => Some("kinds"),
            Reason::Bound => Some("bound"),
            Reason::Attributes { .. } => Some("attributes"),
        }
    }
}

/// What there is to say of one side of a row.
pub fn derive(comparison: &Comparison, row: &Row, side: usize) -> Derived {
    match change(comparison, row, side) {
        Ok(change) => Derived::Change(change),
        Err(reason) => Derived::Blocked { reason },
    }
}

fn change(comparison: &Comparison, row: &Row, side: usize) -> Result<Change, Reason> {
    let base = comparison.baseline().ok_or(Reason::NotJudged)?;
    if side == base {
        return Err(Reason::Baseline);
    }
    let role = comparison.sides.get(side).map(|it| it.role);
    if !matches!(role, Some(Role::Candidate | Role::Baseline)) {
        return Err(Reason::NotJudged);
    }
    let names = differing(comparison, base, side);
    if !names.is_empty() {
        return Err(Reason::Attributes { names });
    }
    let cell = |at: usize| row.cells.get(at).filter(|it| it.state.has_value());
    let (a, b) = cell(base).zip(cell(side)).ok_or(Reason::NoValue)?;
    let mut change = match (&a.value, &b.value) {
        (Some(_), Some(_)) => numeric(comparison.tolerance.as_ref(), row, a, b)?,
        (None, None) => Change::of(worded(row, a, b)),
        _ => return Err(Reason::Kinds),
    };
    change.estimated = [a, b].iter().any(|it| it.state == State::Estimated);
    Ok(change)
}

/// The attributes in which two sides must agree and do not.
fn differing(comparison: &Comparison, a: usize, b: usize) -> Vec<String> {
    let of = |side: usize, name: &String| comparison.sides[side].attributes.get(name);
    comparison
        .comparable_by
        .iter()
        .filter(|name| of(a, name) != of(b, name))
        .cloned()
        .collect()
}

impl Change {
    fn of(verdict: Verdict) -> Self {
        Self { verdict, delta: None, relative: None, factor: None, estimated: false }
    }
}

/// Answers and words of a scale have an order; other words only differ.
fn worded(row: &Row, a: &Cell, b: &Cell) -> Verdict {
    let order = match (a.answer, b.answer) {
        (Some(a), Some(b)) => Some(b.cmp(&a)),
        _ => rank(&row.scale, &b.text)
            .zip(rank(&row.scale, &a.text))
            .map(|(b, a)| b.cmp(&a)),
    };
    match order {
        Some(order) => verdict(order, row.direction),
        None if a.text == b.text && a.answer == b.answer => Verdict::Same,
        None => Verdict::Differs,
    }
}

/// What it means that a value is less or more than the baseline's.
fn verdict(order: Ordering, direction: Option<Direction>) -> Verdict {
    match (order, direction) {
        (Ordering::Equal, _) => Verdict::Same,
        (Ordering::Less, Some(Direction::Lower))
        | (Ordering::Greater, Some(Direction::Higher)) => Verdict::Better,
        (_, Some(Direction::Lower | Direction::Higher)) => Verdict::Worse,
        _ => Verdict::Differs,
    }
}

fn numeric(
    tolerance: Option<&Tolerance>,
    row: &Row,
    a: &Cell,
    b: &Cell,
) -> Result<Change, Reason> {
    let unit = row.unit.as_deref().or(a.unit.as_deref());
    let (a, b) = (quantity_of(a, row, unit)?, quantity_of(b, row, unit)?);
    let order = b.value.total_cmp(&a.value);
    let apart = a.range.1 < b.range.0 || b.range.1 < a.range.0;
    if a.bound || b.bound {
        return if apart {
            Ok(Change::of(directed(row, &a, &b, order)))
        } else {
            Err(Reason::Bound)
        };
    }
    let delta = b.value - a.value;
    let text = quantity::difference(&a, &b);
    let same = delta.abs() <= distance(tolerance, unit, a.value) * (1.0 + 1e-9);
    let noisy = (a.measured_range || b.measured_range) && !apart;
    let verdict = match (same, noisy) {
        (true, _) => Verdict::Same,
        (false, true) => Verdict::WithinNoise,
        (false, false) => directed(row, &a, &b, order),
    };
    let delta_unit = unit.map(unit::of_difference);
    Ok(Change {
        delta: Some(quantity::shown(&quantity::signed(&text), delta_unit)),
        relative: relative(&a, &b, unit),
        factor: factor(&a, &b, unit),
        ..Change::of(verdict)
    })
}

fn quantity_of(cell: &Cell, row: &Row, unit: Option<&str>) -> Result<Quantity, Reason> {
    match quantity::read(cell, row, unit) {
        Some(Ok(quantity)) => Ok(quantity),
        Some(Err(Obstacle::UnknownUnit)) => Err(Reason::UnknownUnit),
        Some(Err(Obstacle::OtherUnit)) => Err(Reason::Units),
        None => Err(Reason::NoValue),
    }
}

fn directed(row: &Row, a: &Quantity, b: &Quantity, order: Ordering) -> Verdict {
    let target = row.target.as_ref().map(Number::value);
    match (row.direction, target) {
        (Some(Direction::Target), Some(target)) => {
            let (far, near) = ((a.value - target).abs(), (b.value - target).abs());
            verdict(near.total_cmp(&far), Some(Direction::Lower))
        }
        (direction, _) => verdict(order, direction),
    }
}

/// How far two values may be apart, in the row's unit.
pub(super) fn distance(
    tolerance: Option<&Tolerance>,
    unit: Option<&str>,
    of: f64,
) -> f64 {
    let Some(tolerance) = tolerance else { return 0.0 };
    let value = tolerance.value.value();
    match (tolerance.unit.as_deref(), unit) {
        (Some("%"), _) => value / 100.0 * of.abs(),
        (None, _) => value,
        (Some(own), Some(unit)) => Unit::parse(own)
            .zip(Unit::parse(unit))
            .and_then(|(own, unit)| own.convert(value, &unit))
            .unwrap_or(0.0),
        (Some(_), None) => 0.0,
    }
}

fn relative(a: &Quantity, b: &Quantity, unit: Option<&str>) -> Option<String> {
    let share = (b.value - a.value) / a.value.abs() * 100.0;
    // Per cent of a per cent confuses; ten times as much is a factor.
    let fraction =
        unit.and_then(Unit::parse).is_some_and(|it| it.dimension == "fraction");
    if a.value == 0.0 || fraction || share.abs() >= 1000.0 {
        return None;
    }
    let text = quantity::to_digits(share, a.significant.min(b.significant));
    Some(format!("{}\u{a0}%", quantity::signed(&text)))
}

fn factor(a: &Quantity, b: &Quantity, unit: Option<&str>) -> Option<Factor> {
    let ratio = a.value.max(b.value) / a.value.min(b.value);
    if a.value <= 0.0 || b.value <= 0.0 || ratio < 2.0 || !ratio.is_finite() {
        return None;
    }
    let (less, more) = unit::adjectives(unit);
    let word = if b.value < a.value { less } else { more };
    let digits = a.significant.min(b.significant).min(3);
    Some(Factor { times: quantity::to_digits(ratio, digits), word })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reading::{Reading, Vocabulary};
    use super::super::{Side, cell, label};
    use super::*;

    /// A comparison of one row: its label, then a cell for each side.
    fn comparison(name: &str, cells: &[&str]) -> Comparison {
        let (file, vocabulary) = ("a.md".into(), Vocabulary::default());
        let mut reading = Reading::new(&file, &vocabulary);
        let label = label::read(name, &(0..0), &mut reading);
        let mut row = label.into_row(&mut reading, &(0..0));
        row.cells = cells
            .iter()
            .map(|it| cell::read(&cell::CellSource::plain(it, 0..0), &mut reading))
            .collect();
        let mut sides: Vec<Side> =
            (0..cells.len()).map(|at| Side::named(&format!("side {at}"))).collect();
        sides[0].role = Role::Baseline;
        Comparison { sides, rows: vec![row], ..Comparison::default() }
    }

    fn derived(comparison: &Comparison) -> Derived {
        derive(comparison, &comparison.rows[0], 1)
    }

    /// What is said of two cells: verdict, delta, relative, factor.
    fn say(name: &str, a: &str, b: &str) -> String {
        match derived(&comparison(name, &[a, b])) {
            Derived::Change(it) => {
                let factor = it.factor.map(|it| format!("{}× {}", it.times, it.word));
                let parts: Vec<_> =
                    [it.delta, it.relative, factor].into_iter().flatten().collect();
                let parts = parts.join("; ").replace('\u{a0}', " ");
                format!("{:?}: {parts}", it.verdict)
            }
            Derived::Blocked { reason } => format!("{reason:?}"),
        }
    }

    #[test]
    fn a_change_is_told_with_delta_share_and_factor() {
        assert_eq!(say("p99 (ms, lower)", "95", "180"), "Worse: +85 ms; +89 %");
        assert_eq!(
            say("p99 (ms, lower)", "210", "95"),
            "Better: \u{2212}115 ms; \u{2212}55 %; 2.2× faster"
        );
        assert_eq!(
            say("QPS (QPS, higher)", "100", "450"),
            "Better: +350 QPS; +350 %; 4.5× higher"
        );
        assert_eq!(
            say("cost ($/1k requests, lower)", "0.10", "0.15"),
            "Worse: +$0.05/1k requests; +50 %"
        );
    }

    #[test]
    fn units_of_one_dimension_are_converted_and_others_block() {
        assert_eq!(say("p99 (ms, lower)", "95", "0.18 s"), "Worse: +90 ms; +89 %");
        assert_eq!(
            say("size", "1 GB", "500 MB"),
            "Differs: \u{2212}0.5 GB; \u{2212}50 %; 2× smaller"
        );
        assert_eq!(say("p99 (ms, lower)", "95", "3 MB"), "Units");
        assert_eq!(say("load (widgets, lower)", "9", "3"), "UnknownUnit");
        assert_eq!(say("p99", "95 ms", "3"), "Units");
    }

    #[test]
    fn percentages_differ_by_percentage_points() {
        assert_eq!(say("accuracy (%, higher)", "89.1", "91.4"), "Better: +2.3 pp");
    }

    #[test]
    fn digits_are_those_of_the_coarser_number() {
        assert_eq!(
            say("speed-up (x, higher)", "1.0", "1.85045"),
            "Better: +0.9 x; +85 %"
        );
        assert_eq!(say("t (ms, lower)", "100", "100.4"), "Worse: +0.4 ms; +0.4 %");
        assert!(!say("x (ms)", "1", "2262.638").contains('%'));
    }

    #[test]
    fn a_baseline_of_zero_has_only_a_difference() {
        assert_eq!(say("errors (count, lower)", "0", "3"), "Worse: +3 count");
    }

    #[test]
    fn overlapping_intervals_are_noise() {
        assert_eq!(
            say("p99 (ms, lower)", "95 ± 3", "97 ± 3"),
            "WithinNoise: +2 ms; +2.1 %"
        );
        assert_eq!(say("p99 (ms, lower)", "95 ± 3", "120 ± 3"), "Worse: +25 ms; +26 %");
    }

    #[test]
    fn a_bound_is_compared_only_where_it_decides() {
        assert_eq!(say("p99 (ms, lower)", "120", "<100"), "Better: ");
        assert_eq!(say("p99 (ms, lower)", "80", "<100"), "Bound");
    }

    #[test]
    fn a_tolerance_makes_values_the_same() {
        let mut it = comparison("p99 (ms, lower)", &["100", "101"]);
        it.tolerance = Some(Tolerance { value: Number::from(2), unit: Some("%".into()) });
        assert!(matches!(
            derived(&it),
            Derived::Change(Change { verdict: Verdict::Same, .. })
        ));
    }

    #[test]
    fn sides_that_must_agree_and_do_not_are_not_compared() {
        let mut it = comparison("p99 (ms, lower)", &["100", "101"]);
        it.comparable_by = vec!["dataset".to_owned()];
        assert!(matches!(derived(&it), Derived::Change(_)));
        it.sides[0].attributes.insert("dataset".into(), "a".into());
        let names = vec!["dataset".to_owned()];
        let reason = Reason::Attributes { names };
        assert_eq!(derived(&it), Derived::Blocked { reason });
    }

    #[test]
    fn answers_scales_and_words_have_verdicts_too() {
        assert_eq!(say("fair (higher)", "no", "partly"), "Better: ");
        assert_eq!(say("fair", "no", "yes"), "Differs: ");
        assert_eq!(say("quality (higher, scale bad<good)", "good", "bad"), "Worse: ");
        assert_eq!(say("data", "static", "shifting"), "Differs: ");
        assert_eq!(say("coverage (%, target 90)", "80", "95"), "Better: +15 pp");
        assert_eq!(say("data", "static", "5"), "Kinds");
        assert_eq!(say("data", "static", "n/a"), "NoValue");
    }

    proptest! {
        #[test]
        fn the_verdict_turns_when_the_sides_are_exchanged(a in 1_u32..10_000, b in 1_u32..10_000) {
            let verdict = |a: u32, b: u32| match derived(&comparison(
                "x (ms, lower)", &[&a.to_string(), &b.to_string()],
            )) {
                Derived::Change(it) => it.verdict,
                Derived::Blocked { .. } => unreachable!(),
            };
            let turned = match verdict(a, b) {
                Verdict::Better => Verdict::Worse,
                Verdict::Worse => Verdict::Better,
                other => other,
            };
            prop_assert_eq!(verdict(b, a), turned);
        }
    }
}
