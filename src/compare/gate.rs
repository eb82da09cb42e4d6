//! A gate: the limit that a row's values must keep, `120` or `<= 120 ms`.

use std::ops::Range;

use super::measure;
use super::number::Number;
use super::reading::Reading;
use super::{Bound, Direction, Gate, Row};
use crate::diag::Rule;

/// Gives a row the gate that a text names: `120`, `<= 120`, `>= 5 QPS`.
pub(super) fn set_gate(
    row: &mut Row,
    text: &str,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) {
    row.gate = gate(text.trim(), &mut row.unit, row.direction, range, reading);
}

/// The gate that a text names.
pub(super) fn gate(
    text: &str,
    unit: &mut Option<String>,
    direction: Option<Direction>,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) -> Option<Gate> {
    let (bound, limit) = limit(text, unit, range, reading)?;
    let gate = Gate::new(bound, limit, direction);
    if gate.is_none() {
        let message = format!(
            "the gate `{text}` does not say on which side of it a value must lie"
        );
        let hint = "give the row a direction, or write `gate <= 120`";
        reading.tell(Rule::GateWithoutValue, range, message, hint);
    }
    gate
}

impl Gate {
    /// The gate that a text without a unit names: `120`, `<= 120`.
    pub fn parse(text: &str, direction: Option<Direction>) -> Option<Self> {
        let (bound, limit) = Bound::split(text.trim());
        Self::new(bound, Number::parse(limit)?, direction)
    }

    /// A gate; one without a sign bounds the side that its row's direction says.
    pub fn new(
        bound: Bound,
        limit: Number,
        direction: Option<Direction>,
    ) -> Option<Self> {
        let bound = match (bound, direction) {
            (Bound::Exact, Some(Direction::Lower)) => Bound::AtMost,
            (Bound::Exact, Some(Direction::Higher)) => Bound::AtLeast,
            (Bound::Exact, _) => return None,
            (bound, _) => bound,
        };
        Some(Self { bound, limit })
    }
}

/// The limit that a gate or target names, in the row's unit.
pub(super) fn limit(
    text: &str,
    unit: &mut Option<String>,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) -> Option<(Bound, Number)> {
    let cell = measure::parse(text).ok().flatten().map(|it| it.cell);
    let Some((cell, value)) = cell.and_then(|it| Some((it.clone(), it.value?))) else {
        let what = if text.is_empty() { "nothing" } else { text };
        reading.tell(
            Rule::GateWithoutValue,
            range,
            format!("a gate or target needs a number, not `{what}`"),
            "write the limit in the row's unit, as in `gate 120`",
        );
        return None;
    };
    match (&cell.unit, &unit) {
        (Some(own), Some(row)) if own != row => {
            reading.tell(
                Rule::MixedUnits,
                range,
                format!("the limit is in `{own}` and its row in `{row}`"),
                format!("write the limit in `{row}`"),
            );
            return None;
        }
        (Some(_), None) => unit.clone_from(&cell.unit),
        _ => {}
    }
    Some((cell.bound, value))
}
