//! A standing: whether a side meets the gate or target of a row, and by how much not.

use serde::Serialize;

use super::derive::distance;
use super::number::Number;
use super::quantity::{self, Quantity};
use super::reading::rank;
use super::unit;
use super::{Bound, Cell, Comparison, Direction, Role, Row, State};

/// How a side stands against what a row asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Standing {
    /// Whether it is met.
    pub outcome: Outcome,
    /// What is asked for.
    pub asked: Asked,
    /// The distance, where it is missed by a number: `60 ms`.
    pub missed_by: Option<String>,
    /// Whether the value is an estimate.
    pub estimated: bool,
}

/// What a row asks of a side.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Asked {
    /// Whether it is a gate or a target.
    pub name: &'static str,
    /// On which side of the limit a value must lie: `at-most`.
    pub bound: &'static str,
    /// The limit with its unit, or the words that are asked for: `120 ms`, `yes`.
    pub limit: String,
}

/// Whether what a row asks for is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is.
    Met,
    /// It is not.
    Missed,
    /// There is no value, or one that does not decide it.
    NoData,
    /// It does not apply to this side.
    NotApplicable,
}

/// How one side of a row stands; `None` where the row asks for nothing, or for
/// something that words cannot meet.
pub fn standing(comparison: &Comparison, row: &Row, side: usize) -> Option<Standing> {
    let cell = row.cells.get(side)?;
    let (name, ask) = asked(comparison, row, side)?;
    let asked = Asked { name, bound: ask.bound().name(), limit: ask.shown(row) };
    let (outcome, missed_by) = match cell.state {
        State::NotApplicable => (Outcome::NotApplicable, None),
        state if !state.has_value() => (Outcome::NoData, None),
        _ => judge(comparison, row, cell, &ask)?,
    };
    let estimated = cell.state == State::Estimated;
    Some(Standing { outcome, asked, missed_by, estimated })
}

/// What is asked for: a number, or the cell of a target side.
enum Ask<'a> {
    Limit(Bound, &'a Number),
    Cell(Bound, &'a Cell),
}

impl Ask<'_> {
    /// On which side of the limit a value must lie; a target is hit, not bounded.
    fn bound(&self) -> Bound {
        match self {
            Ask::Limit(bound, _) => *bound,
            Ask::Cell(_, cell) => cell.bound,
        }
    }

    fn shown(&self, row: &Row) -> String {
        let unit = row.unit.as_deref();
        match self {
            Ask::Limit(_, limit) => quantity::shown(limit.as_str(), unit),
            Ask::Cell(_, cell) => {
                Cell { bound: Bound::Exact, ..(*cell).clone() }.shown(unit)
            }
        }
    }
}

/// What a row asks of every side by itself: its gate, else its target.
pub fn row_asks(row: &Row) -> Option<Asked> {
    let unit = row.unit.as_deref();
    let (name, bound, limit) = match (&row.gate, &row.target) {
        (Some(gate), _) => ("gate", gate.bound, &gate.limit),
        (None, Some(target)) => ("target", Bound::Exact, target),
        (None, None) => return None,
    };
    let limit = quantity::shown(limit.as_str(), unit);
    Some(Asked { name, bound: bound.name(), limit })
}

/// The gate, else the target of the row, else that of a target side.
fn asked<'a>(
    comparison: &Comparison,
    row: &'a Row,
    side: usize,
) -> Option<(&'static str, Ask<'a>)> {
    if comparison.sides.get(side)?.role == Role::Target {
        return None;
    }
    if let Some(gate) = &row.gate {
        return Some(("gate", Ask::Limit(gate.bound, &gate.limit)));
    }
    let bound = match row.direction {
        Some(Direction::Lower) => Bound::AtMost,
        Some(Direction::Higher) => Bound::AtLeast,
        _ => Bound::Exact,
    };
    if let Some(target) = &row.target {
        return Some(("target", Ask::Limit(bound, target)));
    }
    let at = comparison.sides.iter().position(|it| it.role == Role::Target)?;
    let cell = row.cells.get(at).filter(|it| it.state.has_value())?;
    let bound = if cell.bound == Bound::Exact { bound } else { cell.bound };
    Some(("target", Ask::Cell(bound, cell)))
}

fn judge(
    comparison: &Comparison,
    row: &Row,
    cell: &Cell,
    ask: &Ask<'_>,
) -> Option<(Outcome, Option<String>)> {
    let (bound, limit) = match ask {
        Ask::Limit(bound, limit) => (*bound, Some(limit_quantity(limit))),
        Ask::Cell(bound, target) => {
            match quantity::read(target, row, row.unit.as_deref()) {
                Some(Ok(limit)) => (*bound, Some(limit)),
                Some(Err(_)) => (*bound, None),
                None => return worded(row, cell, target).map(|outcome| (outcome, None)),
            }
        }
    };
    let value = quantity::read(cell, row, row.unit.as_deref());
    let (Some(Ok(value)), Some(limit)) = (value, limit) else {
        return Some((Outcome::NoData, None));
    };
    let slack = distance(comparison.tolerance.as_ref(), row.unit.as_deref(), limit.value);
    Some(measure(row, bound, &value, &limit, slack))
}

fn limit_quantity(limit: &Number) -> Quantity {
    let value = limit.value();
    Quantity {
        value,
        range: (value, value),
        measured_range: false,
        bound: false,
        place: f64::from(limit.place()),
        significant: limit.significant(),
    }
}

fn measure(
    row: &Row,
    bound: Bound,
    value: &Quantity,
    limit: &Quantity,
    slack: f64,
) -> (Outcome, Option<String>) {
    let holds = |it: f64| match bound {
        Bound::Exact => (it - limit.value).abs() <= slack + 1e-12 * limit.value.abs(),
        bound => bound.holds(it, limit.value),
    };
    if value.bound && holds(value.range.0) != holds(value.range.1) {
        return (Outcome::NoData, None);
    }
    let at = if value.bound {
        value.range.0.max(value.range.1.min(value.value))
    } else {
        value.value
    };
    if holds(at) {
        return (Outcome::Met, None);
    }
    let text = quantity::difference(limit, value);
    let text = text.trim_start_matches('-');
    let unit = row.unit.as_deref().map(unit::of_difference);
    (Outcome::Missed, Some(quantity::shown(text, unit)))
}

/// Answers and words of a scale meet a target that they reach or pass.
fn worded(row: &Row, cell: &Cell, target: &Cell) -> Option<Outcome> {
    let order = match (cell.answer, target.answer) {
        (Some(own), Some(target)) => own.cmp(&target),
        _ => rank(&row.scale, &cell.text)?.cmp(&rank(&row.scale, &target.text)?),
    };
    let met = match row.direction {
        Some(Direction::Lower) => order.is_le(),
        _ => order.is_ge(),
    };
    Some(if met { Outcome::Met } else { Outcome::Missed })
}

#[cfg(test)]
mod tests {
    use super::super::reading::{Reading, Vocabulary};
    use super::super::{Side, cell, label};
    use super::*;

    /// How a cell stands against its row, beside a target side where there is one.
    fn say(name: &str, value: &str, target: Option<&str>) -> Option<String> {
        let (file, vocabulary) = ("a.md".into(), Vocabulary::default());
        let mut reading = Reading::new(&file, &vocabulary);
        let label = label::read(name, &(0..0), &mut reading);
        let mut row = label.into_row(&mut reading, &(0..0));
        row.cells = [Some(value), target]
            .into_iter()
            .flatten()
            .map(|it| cell::read(&cell::CellSource::plain(it, 0..0), &mut reading))
            .collect();
        let sides = vec![Side::named("Production"), Side::named("Target")];
        let comparison = Comparison { sides, ..Comparison::default() };
        let it = standing(&comparison, &row, 0)?;
        let by = it.missed_by.map_or(String::new(), |by| format!(" by {by}"));
        let Asked { name, bound, limit } = it.asked;
        let said = format!("{name} {bound} {limit}: {:?}{by}", it.outcome);
        Some(said.replace('\u{a0}', " "))
    }

    #[test]
    fn a_gate_is_met_or_missed_by_so_much() {
        let row = "p99 (ms, lower, gate 120)";
        assert_eq!(say(row, "95", None).unwrap(), "gate at-most 120 ms: Met");
        assert_eq!(say(row, "120", None).unwrap(), "gate at-most 120 ms: Met");
        assert_eq!(
            say(row, "0.18 s", None).unwrap(),
            "gate at-most 120 ms: Missed by 60 ms"
        );
        assert_eq!(say(row, "tbd", None).unwrap(), "gate at-most 120 ms: NoData");
        assert_eq!(say(row, "n/a", None).unwrap(), "gate at-most 120 ms: NotApplicable");
        assert_eq!(say(row, "<100", None).unwrap(), "gate at-most 120 ms: Met");
        assert_eq!(say(row, "<150", None).unwrap(), "gate at-most 120 ms: NoData");
        assert_eq!(
            say(row, ">150", None).unwrap(),
            "gate at-most 120 ms: Missed by 30 ms"
        );
        assert_eq!(say(row, "3 MB", None).unwrap(), "gate at-most 120 ms: NoData");
    }

    #[test]
    fn a_target_side_asks_by_the_direction() {
        assert_eq!(
            say("p99 (ms, lower)", "95", Some("100")).unwrap(),
            "target exact 100 ms: Met"
        );
        assert_eq!(
            say("fair", "partly", Some("yes")).unwrap(),
            "target exact yes: Missed"
        );
        assert_eq!(
            say("q (scale bad<good)", "good", Some("bad")).unwrap(),
            "target exact bad: Met"
        );
        assert_eq!(say("data", "static", Some("shifting")), None);
        assert_eq!(
            say("coverage (%, target 90)", "88", None).unwrap(),
            "target exact 90 %: Missed by 2 pp"
        );
    }

    #[test]
    fn a_row_that_asks_for_nothing_has_no_standing() {
        assert_eq!(say("p99 (ms, lower)", "95", None), None);
    }
}
