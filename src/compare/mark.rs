//! A mark: how long the bar of a value is, so that a gap is seen before it is read.
//!
//! Numbers only, all of them parts of the width; a template draws them.

use serde::{Serialize, Serializer};

use super::number::Number;
use super::quantity::{self, Quantity};
use super::{Comparison, Role, Row};

/// A part of the width, in thousandths of it; serialised in parts of 100: `53.3`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part(u16);

impl Part {
    /// The part of this width that is nearest.
    fn of(width: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1000")]
        #[expect(clippy::cast_sign_loss, reason = "between 0 and 1000")]
        Self((1000.0 * width.clamp(0.0, 1.0)).round() as u16)
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => serializer.collect_str(&whole),
            (whole, tenth) => serializer.collect_str(&format_args!("{whole}.{tenth}")),
        }
    }
}

/// The mark of one value, on a scale that holds zero and all values of its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Mark {
    /// Where the bar begins: at zero, or at a value below it.
    pub from: Part,
    /// How long the bar is.
    pub width: Part,
    /// How much of the longest bar of the row that is.
    pub share: Part,
    /// Where its interval begins.
    pub lo: Option<Part>,
    /// How long its interval is.
    pub span: Option<Part>,
    /// Where the gate is, or the target where there is no gate.
    pub limit: Option<Part>,
}

/// The marks of a row, one for each side that has a number, where at least two of them
/// compare; else none.
pub fn marks(comparison: &Comparison, row: &Row) -> Vec<Option<Mark>> {
    let sides = comparison.sides.len();
    let quantities: Vec<Option<Quantity>> =
        (0..sides).map(|at| quantity_of(row, at)).collect();
    if quantities.iter().flatten().count() < 2 {
        return vec![None; sides];
    }
    let limit = limit(row).map(Number::value);
    let Some(scale) = Scale::over(quantities.iter().flatten(), limit) else {
        return vec![None; sides];
    };
    let mark = |it: &Option<Quantity>| Some(mark(it.as_ref()?, &scale, limit));
    let mut marks: Vec<Option<Mark>> = quantities.iter().map(mark).collect();
    let longest = marks.iter().flatten().map(|it| it.width).max().unwrap_or_default();
    for mark in marks.iter_mut().flatten() {
        mark.share = Part::of(f64::from(mark.width.0) / f64::from(longest.0.max(1)));
    }
    marks
}

/// The mark of one side beside what it should reach: the row's gate or target, else the
/// number of a target side.
pub fn against(comparison: &Comparison, row: &Row, side: usize) -> Option<Mark> {
    let value = quantity_of(row, side)?;
    let target = || comparison.sides.iter().position(|it| it.role == Role::Target);
    let limit = match limit(row) {
        Some(limit) => limit.value(),
        None => quantity_of(row, target()?)?.value,
    };
    let scale = Scale::over(std::iter::once(&value), Some(limit))?;
    Some(Mark { share: Part::of(1.0), ..mark(&value, &scale, Some(limit)) })
}

fn limit(row: &Row) -> Option<&Number> {
    row.gate.as_ref().map(|it| &it.limit).or(row.target.as_ref())
}

/// The number of a cell in its row's unit, or in that of the row's first number.
fn quantity_of(row: &Row, side: usize) -> Option<Quantity> {
    let first = row.cells.iter().find(|it| it.value.is_some());
    let unit = row.unit.as_deref().or(first.and_then(|it| it.unit.as_deref()));
    quantity::read(row.cells.get(side)?, row, unit)?.ok()
}

/// What lies between the ends of the width.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    fn over<'a>(
        quantities: impl Iterator<Item = &'a Quantity>,
        limit: Option<f64>,
    ) -> Option<Self> {
        let ends = quantities.flat_map(|it| [it.value, it.range.0, it.range.1]);
        let ends = ends.chain(limit).filter(|it| it.is_finite());
        let (from, to) =
            ends.fold((0.0_f64, 0.0_f64), |(a, b), it| (a.min(it), b.max(it)));
        let fits = to > from && (to - from).is_finite();
        fits.then_some(Self { from, to })
    }

    /// The place of a value.
    fn at(&self, value: f64) -> Part {
        Part::of((value - self.from) / (self.to - self.from))
    }
}

/// The shortest bar, so that a value near zero is still seen.
const SHORTEST: Part = Part(5);

/// The last place of a line, so that one at the very end is seen.
const LAST: Part = Part(990);

fn mark(quantity: &Quantity, scale: &Scale, limit: Option<f64>) -> Mark {
    let (zero, value) = (scale.at(0.0), scale.at(quantity.value));
    let end = |it: f64| (quantity.measured_range && it.is_finite()).then(|| scale.at(it));
    let interval = end(quantity.range.0).zip(end(quantity.range.1));
    Mark {
        from: zero.min(value),
        width: Part(value.0.abs_diff(zero.0)).max(SHORTEST),
        share: Part::default(),
        lo: interval.map(|it| it.0),
        span: interval.map(|(lo, hi)| Part(hi.0.abs_diff(lo.0))),
        limit: limit.map(|it| scale.at(it).min(LAST)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::Number;
    use super::super::{Cell, Side, State};
    use super::*;

    fn marks_of(values: &[&str]) -> Vec<Option<Mark>> {
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
        let marks = marks_of(&["50", "100", "words"]);
        let widths: Vec<_> = marks.iter().map(|it| it.map(|it| it.width)).collect();
        assert_eq!(widths, [Some(Part(500)), Some(Part(1000)), None]);
    }

    #[test]
    fn values_below_zero_go_the_other_way() {
        let marks = marks_of(&["-50", "50"]);
        let froms: Vec<_> = marks.iter().flatten().map(|it| it.from).collect();
        assert_eq!(froms, [Part(0), Part(500)]);
    }

    #[test]
    fn one_number_or_only_zeros_have_no_marks() {
        assert_eq!(marks_of(&["50", "words"]), [None, None]);
        assert_eq!(marks_of(&["0", "0"]), [None, None]);
    }
}
