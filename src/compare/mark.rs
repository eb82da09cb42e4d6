//! A mark: how long the bar of a value is, so that a gap is seen before it is read.
//!
//! Numbers only, all of them parts of the width; a template draws them.

use serde::Serialize;

use super::quantity::{self, Quantity};
use super::{Comparison, Row};

/// The marks of one row, on one scale that holds zero.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marks {
    /// Where zero is.
    pub zero: f64,
    /// Where the gate is.
    pub gate: Option<f64>,
    /// A mark for each side; none for a cell without a number.
    pub sides: Vec<Option<Mark>>,
}

/// The mark of one value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Where the bar begins: at zero, or at a value below it.
    pub from: f64,
    /// How long the bar is.
    pub width: f64,
    /// Where the value is.
    pub value: f64,
    /// Where its interval begins.
    pub lo: Option<f64>,
    /// Where its interval ends.
    pub hi: Option<f64>,
}

/// The marks of a row, where at least two of its cells are numbers that compare.
pub fn marks(comparison: &Comparison, row: &Row) -> Option<Marks> {
    let first = row.cells.iter().find(|it| it.value.is_some());
    let unit = row.unit.as_deref().or(first.and_then(|it| it.unit.as_deref()));
    let quantities: Vec<Option<Quantity>> = (0..comparison.sides.len())
        .map(|at| quantity::read(row.cells.get(at)?, row, unit)?.ok())
        .collect();
    if quantities.iter().flatten().count() < 2 {
        return None;
    }
    let gate = row.gate.as_ref().map(|it| it.limit.value());
    let scale = Scale::over(quantities.iter().flatten(), gate)?;
    Some(Marks {
        zero: scale.at(0.0),
        gate: gate.map(|it| scale.at(it)),
        sides: quantities
            .iter()
            .map(|it| it.as_ref().map(|it| mark(it, &scale)))
            .collect(),
    })
}

/// What lies between the ends of the width.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    fn over<'a>(
        quantities: impl Iterator<Item = &'a Quantity>,
        gate: Option<f64>,
    ) -> Option<Self> {
        let ends = quantities.flat_map(|it| [it.value, it.range.0, it.range.1]);
        let ends = ends.chain(gate).filter(|it| it.is_finite());
        let (from, to) =
            ends.fold((0.0_f64, 0.0_f64), |(a, b), it| (a.min(it), b.max(it)));
        let fits = to > from && (to - from).is_finite();
        fits.then_some(Self { from, to })
    }

    /// The place of a value, to a thousandth.
    fn at(&self, value: f64) -> f64 {
        let part = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        (part * 1000.0).round() / 1000.0
    }
}

fn mark(quantity: &Quantity, scale: &Scale) -> Mark {
    let (zero, value) = (scale.at(0.0), scale.at(quantity.value));
    let end = |it: f64| (quantity.measured_range && it.is_finite()).then(|| scale.at(it));
    let width = ((value - zero).abs() * 1000.0).round() / 1000.0;
    Mark {
        from: zero.min(value),
        width,
        value,
        lo: end(quantity.range.0),
        hi: end(quantity.range.1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::Number;
    use super::super::{Cell, Side, State};
    use super::*;

    fn marks_of(values: &[&str]) -> Option<Marks> {
        let cell = |text: &&str| Cell {
            state: State::Value,
            value: Number::parse(text),
            ..Cell::default()
        };
        let row = Row { cells: values.iter().map(cell).collect(), ..Row::default() };
        let sides = values.iter().map(|it| Side::named(it)).collect();
        marks(&Comparison { sides, ..Comparison::default() }, &row)
    }

    #[test]
    fn bars_are_parts_of_the_largest() {
        let marks = marks_of(&["50", "100", "words"]).unwrap();
        let widths: Vec<_> = marks.sides.iter().map(|it| it.map(|it| it.width)).collect();
        assert_eq!(widths, [Some(0.5), Some(1.0), None]);
    }

    #[test]
    fn values_below_zero_go_the_other_way() {
        let marks = marks_of(&["-50", "50"]).unwrap();
        assert!((marks.zero - 0.5).abs() < 1e-9);
        let froms: Vec<_> = marks.sides.iter().flatten().map(|it| it.from).collect();
        assert_eq!(froms, [0.0, 0.5]);
    }

    #[test]
    fn one_number_or_only_zeros_have_no_marks() {
        assert_eq!(marks_of(&["50", "words"]), None);
        assert_eq!(marks_of(&["0", "0"]), None);
    }
}
