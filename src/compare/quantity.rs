//! A quantity: a cell's number in a unit that others of its row are in too.

use super::number::Number;
use super::unit::Unit;
use super::{Bound, Cell, Row};

/// A number to compute with, and how precise it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// The value.
    pub(super) value: f64,
    /// Where it may lie: its interval, or all that a bound leaves open.
    pub(super) range: (f64, f64),
    /// Whether an interval was given.
    pub(super) measured_range: bool,
    /// Whether it is a bound and not a value.
    pub(super) bound: bool,
    /// The power of ten that its last digit counts.
    pub(super) place: f64,
    /// How many of its digits signify.
    pub(super) significant: usize,
}

/// Why a cell's number cannot be computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Its unit is not in the table.
    UnknownUnit,
    /// Its unit does not convert.
    OtherUnit,
}

/// The unit of a cell, its own or its row's.
pub(super) fn unit_of<'a>(cell: &'a Cell, row: &'a Row) -> Option<&'a str> {
    cell.unit.as_deref().or(row.unit.as_deref())
}

/// The number of a cell in a unit; `None` where there is no number.
pub(super) fn read(
    cell: &Cell,
    row: &Row,
    unit: Option<&str>,
) -> Option<Result<Quantity, Obstacle>> {
    let value = cell.value.as_ref().filter(|_| cell.state.has_value())?;
    let times = match factor(unit_of(cell, row), unit) {
        Ok(times) => times,
        Err(obstacle) => return Some(Err(obstacle)),
    };
    let end = |number: &Option<Number>| number.as_ref().map(|it| it.value() * times);
    let (lo, hi) = (end(&cell.lo), end(&cell.hi));
    let at = value.value() * times;
    let range = match cell.bound {
        Bound::Exact => (lo.unwrap_or(at), hi.unwrap_or(at)),
        Bound::Below | Bound::AtMost => (f64::NEG_INFINITY, at),
        Bound::Above | Bound::AtLeast => (at, f64::INFINITY),
    };
    Some(Ok(Quantity {
        value: at,
        range,
        measured_range: lo.is_some() || hi.is_some(),
        bound: cell.bound != Bound::Exact,
        place: f64::from(value.place()) + times.log10(),
        significant: value.significant(),
    }))
}

fn factor(from: Option<&str>, to: Option<&str>) -> Result<f64, Obstacle> {
    let known = |unit: &str| Unit::parse(unit).ok_or(Obstacle::UnknownUnit);
    match (from, to) {
        (None, None) => Ok(1.0),
        (Some(from), Some(to)) if from == to => known(from).map(|_| 1.0),
        (Some(from), Some(to)) => {
            known(from)?.convert(1.0, &known(to)?).ok_or(Obstacle::OtherUnit)
        }
        _ => Err(Obstacle::OtherUnit),
    }
}

/// How much more the second is, to the last digit of the coarser one. One digit is
/// always left: 1 GB and 500 MB are half a gigabyte apart.
pub(super) fn difference(a: &Quantity, b: &Quantity) -> String {
    let (delta, place) = (b.value - a.value, a.place.max(b.place));
    let first = if delta == 0.0 { place } else { delta.abs().log10().floor() };
    to_place(delta, place.min(first))
}

/// A number as far as a power of ten: 84.6 to 0 is `85`, to 1 is `80`.
pub(super) fn to_place(value: f64, place: f64) -> String {
    // A third of a digit is no digit: 10^-1.7 (minutes in hours) counts tenths.
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and is clamped")]
    let place = (place - 1e-9).ceil().clamp(-300.0, 300.0) as i32;
    let text = if let Ok(decimals) = usize::try_from(-place) {
        format!("{value:.decimals$}")
    } else {
        let step = 10_f64.powi(place);
        format!("{:.0}", (value / step).round() * step)
    };
    let zero = !text.contains(|it: char| ('1'..='9').contains(&it));
    if zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// A number in at most so many significant digits: 2.2431 in 2 is `2.2`.
pub(super) fn to_digits(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = f64::from(u32::try_from(digits.clamp(1, 15)).unwrap_or(15));
    let place = value.abs().log10().floor() + 1.0 - digits;
    // Rounding may add a digit before the point: 9.96 in 2 is `10`, not `10.0`.
    let step = 10_f64.powf(place);
    let rounded = (value / step).round() * step;
    let place = (rounded.abs() * (1.0 + 1e-12)).log10().floor() + 1.0 - digits;
    let text = to_place(rounded, place);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The sign of a change, then its digits.
pub(super) fn signed(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(digits) => format!("\u{2212}{digits}"),
        None if text.contains(|it: char| ('1'..='9').contains(&it)) => format!("+{text}"),
        None => text.to_owned(),
    }
}

/// A number before a unit, for a reader: no line breaks between them.
pub(super) fn shown(text: &str, unit: Option<&str>) -> String {
    with_unit(text, unit).replacen(' ', "\u{a0}", 1)
}

/// A number before a unit: `60 ms`, `$5`.
pub(super) fn with_unit(text: &str, unit: Option<&str>) -> String {
    match unit {
        None => text.to_owned(),
        Some(unit) if unit.starts_with(['$', '€', '£', '¥', '₹']) => {
            let (sign, digits) = text.split_at(
                text.find(|it: char| it.is_ascii_digit()).unwrap_or(text.len()),
            );
            let at = unit.chars().next().map_or(0, char::len_utf8);
            let (currency, rest) = unit.split_at(at);
            format!("{sign}{currency}{digits}{rest}")
        }
        Some(unit) => format!("{text} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_end_where_they_stop_to_signify() {
        assert_eq!(to_digits(2.2431, 2), "2.2");
        assert_eq!(to_digits(9.96, 2), "10");
        assert_eq!(to_digits(226_163.8, 3), "226000");
        assert_eq!(to_digits(0.012_345, 2), "0.012");
        assert_eq!(to_digits(100.0, 3), "100");
    }

    #[test]
    fn a_place_is_where_rounding_stops() {
        assert_eq!(to_place(84.6, 0.0), "85");
        assert_eq!(to_place(84.6, 1.0), "80");
        assert_eq!(to_place(-0.04, -1.0), "0.0");
        assert_eq!(to_place(0.085, -3.0), "0.085");
    }

    #[test]
    fn money_stands_before_its_digits() {
        assert_eq!(with_unit("+0.05", Some("$/1k requests")), "+$0.05/1k requests");
        assert_eq!(with_unit("60", Some("ms")), "60 ms");
    }
}
