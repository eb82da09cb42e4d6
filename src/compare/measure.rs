//! A measure: the number of a cell with its bound, interval, unit and sample size.

use super::number::{self, Number, Scan};
use super::unit::Unit;
use super::{Bound, Cell, State};
use crate::diag::Rule;

/// A cell that is a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Measure {
    /// The number and what qualifies it.
    pub(super) cell: Cell,
    /// Whether the text says more than the cell's fields.
    pub(super) remark: bool,
    /// What is wrong with it although it is a number.
    pub(super) faults: Vec<Fault>,
}

/// What is wrong with a number.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) rule: Rule,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

/// The signs that stand before half an interval.
const MARGINS: [&str; 3] = ["±", "+/-", "+-"];

/// The measure that a whole text is; `None` for other text, a fault for what looks
/// like a number and may be another one.
pub(super) fn parse(text: &str) -> Result<Option<Measure>, Fault> {
    let mut measure = Measure::default();
    let estimated = text.strip_prefix(['~', '≈']);
    measure.cell.state = estimated.map_or(State::Value, |_| State::Estimated);
    let (bound, rest) = Bound::split(estimated.unwrap_or(text).trim_start());
    measure.cell.bound = bound;
    let (currency, rest) = split_currency(rest);
    let (value, rest) = match number::scan(rest) {
        Scan::Number(value, rest) => (value, rest),
        Scan::Unread(reason) if is_short(text) => return Err(ambiguous(text, reason)),
        Scan::Unread(_) | Scan::Other => return Ok(None),
    };
    measure.cell.value = Some(value);
    if rest.is_empty() && currency.is_empty() {
        return Ok(Some(measure));
    }
    let (unit, tail) = split_tail(rest);
    let Some(unit) = own_unit(currency, unit) else { return Ok(None) };
    measure.cell.unit = unit;
    let understood = read_tail(tail, text, &mut measure)?;
    check_interval(&mut measure);
    Ok(understood.then_some(measure))
}

/// Prose may begin with any number; a cell of few words is about one.
fn is_short(text: &str) -> bool {
    text.split_whitespace().filter(|it| it.contains(char::is_alphabetic)).count() <= 2
}

fn ambiguous(text: &str, reason: &str) -> Fault {
    Fault {
        rule: Rule::AmbiguousNumber,
        message: format!("`{text}` is kept as text: {reason}"),
        hint: "write plain digits with a decimal point, as in `1234.5`",
    }
}

fn split_currency(text: &str) -> (&str, &str) {
    let behind = text.strip_prefix(['$', '€', '£', '¥', '₹']).unwrap_or(text);
    (&text[..text.len() - behind.len()], behind.trim_start())
}

/// Splits before what may follow a unit: a margin, an interval, a remark.
fn split_tail(text: &str) -> (&str, &str) {
    let signs = MARGINS.iter().filter_map(|sign| text.find(sign));
    let at = signs.chain(text.find(['[', '('])).min().unwrap_or(text.len());
    text.split_at(at)
}

/// The unit behind a number, or in front of and behind it: `$0.05/1k requests`. The
/// outer `None` says that the text is no unit.
#[expect(clippy::option_option, reason = "no unit is one answer, no measure another")]
fn own_unit(currency: &str, behind: &str) -> Option<Option<String>> {
    let text = behind.trim();
    let whole = match (currency, text) {
        ("", "") => return Some(None),
        ("", text) if is_unit(text, behind) => text.to_owned(),
        ("", _) => return None,
        (currency, "") => currency.to_owned(),
        (currency, text) if text.starts_with('/') => format!("{currency}{text}"),
        (currency, text) if text.starts_with("per ") => format!("{currency} {text}"),
        (currency, text) => format!("{text}{currency}"),
    };
    (currency.is_empty() || Unit::parse(&whole).is_some()).then_some(Some(whole))
}

/// A unit of the table, or one word after a space. `1/2` is a fraction.
fn is_unit(text: &str, behind: &str) -> bool {
    let fraction = text.strip_prefix('/').and_then(|it| it.chars().next());
    if fraction.is_some_and(|it| it.is_ascii_digit()) {
        return false;
    }
    let word = text.len() <= 24 && text.chars().all(|it| it.is_alphabetic() || it == '/');
    Unit::parse(text).is_some() || word && behind.starts_with(char::is_whitespace)
}

/// Reads what follows the number and its unit; whether all of it was understood.
fn read_tail(tail: &str, text: &str, measure: &mut Measure) -> Result<bool, Fault> {
    let mut tail = tail.trim();
    while !tail.is_empty() {
        let sign = MARGINS.iter().find_map(|sign| tail.strip_prefix(sign));
        let behind = if let Some(behind) = sign {
            read_margin(behind, text, &mut measure.cell)?
        } else if let Some(behind) = tail.strip_prefix('[') {
            read_interval(behind, text, measure)?
        } else {
            read_brackets(tail, text, measure)?
        };
        let Some(behind) = behind else { return Ok(false) };
        tail = behind.trim_start();
    }
    Ok(true)
}

/// `3 ms` of `95 ± 3 ms`.
fn read_margin<'a>(
    tail: &'a str,
    text: &str,
    cell: &mut Cell,
) -> Result<Option<&'a str>, Fault> {
    let (margin, rest) = match number::scan(tail.trim_start()) {
        Scan::Number(margin, rest) if margin.value() >= 0.0 => (margin, rest),
        Scan::Number(..) => return Err(ambiguous(text, "its margin is below zero")),
        Scan::Unread(reason) => return Err(ambiguous(text, reason)),
        Scan::Other => return Ok(None),
    };
    let (unit, tail) = split_tail(rest);
    if !join_unit(unit, text, cell)? {
        return Ok(None);
    }
    let value = cell.value.as_ref();
    cell.lo = value.and_then(|it| it.minus(&margin));
    cell.hi = value.and_then(|it| it.plus(&margin));
    if cell.lo.is_none() || cell.hi.is_none() {
        return Err(ambiguous(text, "its interval takes more digits than can be kept"));
    }
    cell.margin = Some(margin);
    Ok(Some(tail))
}

/// `92, 98] ms` of `95 [92, 98] ms`.
fn read_interval<'a>(
    tail: &'a str,
    text: &str,
    measure: &mut Measure,
) -> Result<Option<&'a str>, Fault> {
    let Some((inside, rest)) = tail.split_once(']') else { return Ok(None) };
    let mut ends = Vec::new();
    for end in inside.split([',', ';']) {
        match number::scan(end.trim()) {
            Scan::Number(number, "") => ends.push(number),
            Scan::Unread(reason) => return Err(ambiguous(text, reason)),
            Scan::Number(..) | Scan::Other => return Ok(None),
        }
    }
    let Ok([lo, hi]) = <[Number; 2]>::try_from(ends) else {
        return Err(ambiguous(text, "its interval has not two ends"));
    };
    let (unit, tail) = split_tail(rest);
    if !join_unit(unit, text, &mut measure.cell)? {
        return Ok(None);
    }
    (measure.cell.lo, measure.cell.hi) = (Some(lo), Some(hi));
    Ok(Some(tail))
}

/// The unit behind an interval is that of the whole cell.
fn join_unit(unit: &str, text: &str, cell: &mut Cell) -> Result<bool, Fault> {
    let trimmed = unit.trim();
    match &cell.unit {
        _ if trimmed.is_empty() => Ok(true),
        Some(own) if own == trimmed => Ok(true),
        Some(_) => Err(ambiguous(text, "its interval is in another unit")),
        None if is_unit(trimmed, unit) => {
            cell.unit = Some(trimmed.to_owned());
            Ok(true)
        }
        None => Ok(false),
    }
}

/// `(n=120)`, or a remark.
fn read_brackets<'a>(
    tail: &'a str,
    text: &str,
    measure: &mut Measure,
) -> Result<Option<&'a str>, Fault> {
    let Some((inside, rest)) = tail.strip_prefix('(').and_then(|it| it.split_once(')'))
    else {
        return Ok(None);
    };
    let count = inside
        .trim()
        .strip_prefix(['n', 'N'])
        .and_then(|it| it.trim_start().strip_prefix('='));
    let Some(count) = count else {
        measure.remark = true;
        return Ok(Some(rest));
    };
    match count.trim().parse() {
        Ok(count) => measure.cell.n = Some(count),
        Err(_) => return Err(ambiguous(text, "its sample size is no whole number")),
    }
    Ok(Some(rest))
}

fn check_interval(measure: &mut Measure) {
    let ends = (measure.cell.lo.clone(), measure.cell.hi.clone());
    let Some((lo, hi)) = ends.0.zip(ends.1) else { return };
    let message = if lo.value() > hi.value() {
        (measure.cell.lo, measure.cell.hi) = (None, None);
        measure.remark = true;
        format!("the interval from `{lo}` to `{hi}` is reversed")
    } else if !within(measure.cell.value.as_ref(), &lo, &hi) {
        format!("the value lies outside of its interval, `{lo}` to `{hi}`")
    } else {
        return;
    };
    let hint = "write the lower end first, and the value between the ends";
    measure.faults.push(Fault { rule: Rule::ReversedInterval, message, hint });
}

fn within(value: Option<&Number>, lo: &Number, hi: &Number) -> bool {
    value.is_none_or(|it| (lo.value()..=hi.value()).contains(&it.value()))
}

/// The number of a cell in the words of the grammar.
pub(super) fn shown(cell: &Cell, unit: Option<&str>) -> String {
    let Some(value) = &cell.value else { return String::new() };
    let (currency, unit) = split_currency(unit.unwrap_or_default());
    let mut text = String::new();
    text.push_str(if cell.state == State::Estimated { "~" } else { "" });
    text.extend([cell.bound.sign(), currency, value.as_str()]);
    // The unit of an amount of money stands at the number, that of others behind it all.
    let add_unit = |text: &mut String| {
        let parted = currency.is_empty() || !unit.starts_with('/');
        text.push_str(if parted && !unit.is_empty() { " " } else { "" });
        text.push_str(unit);
    };
    if currency.is_empty() {
        add_interval(&mut text, cell);
        add_unit(&mut text);
    } else {
        add_unit(&mut text);
        add_interval(&mut text, cell);
    }
    if let Some(n) = cell.n {
        text.push_str(&format!(" (n={n})"));
    }
    text
}

/// Adds what stands behind the number and in front of the unit: ` ± 3`, ` [92, 98]`.
fn add_interval(text: &mut String, cell: &Cell) {
    match (&cell.margin, &cell.lo, &cell.hi) {
        (Some(margin), _, _) => text.extend([" ± ", margin.as_str()]),
        (None, Some(lo), Some(hi)) => {
            text.extend([" [", lo.as_str(), ", ", hi.as_str(), "]"]);
        }
        _ => {}
    }
}

/// How sure a number is: `± 3`, `[92, 98] n=120`.
pub(super) fn detail(cell: &Cell) -> String {
    let mut text = String::new();
    add_interval(&mut text, cell);
    if let Some(n) = cell.n {
        text.push_str(&format!(" n={n}"));
    }
    text.trim_start().to_owned()
}
