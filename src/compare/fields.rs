//! A cell given field by field, as data files and fences do.

use std::ops::Range;

use super::cell::{self, CellSource};
use super::number::{self, Number, Scan};
use super::reading::{Given, Reading};
use super::{Answer, Bound, Cell, State};
use crate::diag::{Rule, Span, nearest::nearest};
use crate::value::complaint::bad_date;
use crate::value::date;

/// The fields of a cell; each may be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct CellFields {
    /// The place of the cell.
    pub(super) range: Range<usize>,
    /// The value, in the cell grammar.
    pub(super) value: Option<Given>,
    /// Whether the value is none that could be read, which is told.
    pub(super) unread: bool,
    /// Words that are not read as a value.
    pub(super) text: Option<Given>,
    /// Whether there is a value.
    pub(super) state: Option<Given>,
    /// How the number bounds the value.
    pub(super) bound: Option<Given>,
    /// The lower end of the interval.
    pub(super) lo: Option<Given>,
    /// The upper end of the interval.
    pub(super) hi: Option<Given>,
    /// Half the interval.
    pub(super) margin: Option<Given>,
    /// The sample size.
    pub(super) n: Option<Given>,
    /// Yes, no or partly.
    pub(super) answer: Option<Given>,
    /// The unit.
    pub(super) unit: Option<Given>,
    /// The day of the measurement.
    pub(super) date: Option<Given>,
    /// The addresses of the evidence.
    pub(super) evidence: Vec<String>,
    /// The labels of the notes.
    pub(super) notes: Vec<String>,
}

impl CellFields {
    /// The cell of these fields.
    pub(super) fn into_cell(self, reading: &mut Reading<'_>) -> Cell {
        let mut cell = self.value_cell(reading);
        if let Some(text) = &self.text {
            text.text.clone_into(&mut cell.text);
            cell.state = State::Value;
        }
        if let Some(given) = &self.answer {
            cell.answer = word(
                given,
                Answer::from_word,
                &words(Answer::ALL, Answer::word),
                reading,
            );
            cell.state = State::Value;
        }
        if let Some(given) = &self.bound {
            let known = words(Bound::ALL, Bound::word);
            cell.bound =
                word(given, Bound::from_word, &known, reading).unwrap_or(cell.bound);
        }
        self.interval(&mut cell, reading);
        if let Some(given) = self.n.as_ref().filter(|it| !it.text.trim().is_empty()) {
            cell.n = whole(given, reading);
        }
        if let Some(unit) = self.unit.filter(|it| !it.text.trim().is_empty()) {
            cell.unit = Some(unit.text.trim().to_owned());
        }
        if let Some(given) = self.date.filter(|it| !it.text.trim().is_empty()) {
            cell.date = date(&given, reading);
        }
        cell.evidence.extend(self.evidence);
        cell.notes.extend(self.notes);
        state(self.state.as_ref(), &mut cell, &self.range, reading);
        cell
    }

    /// What the value alone says; a blank one beside a state says nothing.
    fn value_cell(&self, reading: &mut Reading<'_>) -> Cell {
        let others = self.state.is_some() || self.text.is_some() || self.answer.is_some();
        let blank = self.value.as_ref().is_none_or(|it| it.text.trim().is_empty());
        if blank && (others || self.unread) {
            return Cell::default();
        }
        let source = match &self.value {
            Some(value) => CellSource::plain(&value.text, value.range.clone()),
            None => CellSource::plain("", self.range.clone()),
        };
        cell::read(&source, reading)
    }

    fn interval(&self, cell: &mut Cell, reading: &mut Reading<'_>) {
        let mut read = |given: &Option<Given>| number(given.as_ref()?, reading);
        let (lo, hi, margin) = (read(&self.lo), read(&self.hi), read(&self.margin));
        if let Some(margin) = margin {
            cell.lo = cell.value.as_ref().and_then(|it| it.minus(&margin));
            cell.hi = cell.value.as_ref().and_then(|it| it.plus(&margin));
            cell.margin = Some(margin).filter(|_| cell.lo.is_some());
        }
        if lo.is_some() || hi.is_some() {
            let same = |a: &Option<Number>, b: &Option<Number>| match (a, b) {
                (Some(a), Some(b)) => {
                    (a.value() - b.value()).abs() <= f64::EPSILON * a.value().abs()
                }
                _ => false,
            };
            if !(same(&lo, &cell.lo) && same(&hi, &cell.hi)) {
                cell.margin = None;
            }
            (cell.lo, cell.hi) = (lo, hi);
        }
        if let (Some(lo), Some(hi)) = (&cell.lo, &cell.hi)
            && lo.value() > hi.value()
        {
            let message = format!("the interval from `{lo}` to `{hi}` is reversed");
            let hint = "write the lower end into `lo` and the upper one into `hi`";
            reading.tell(Rule::ReversedInterval, &self.range, message, hint);
            (cell.lo, cell.hi, cell.margin) = (None, None, None);
        }
    }
}

/// The number of a field that holds nothing else; told where it is none.
pub(super) fn number(given: &Given, reading: &mut Reading<'_>) -> Option<Number> {
    let text = given.text.trim();
    if text.is_empty() {
        return None;
    }
    let reason = match number::scan(text) {
        Scan::Number(number, "") => return Some(number),
        Scan::Unread(reason) => reason,
        Scan::Number(..) | Scan::Other => "it is no number",
    };
    let message = format!("`{text}` is left out: {reason}");
    let hint = "write plain digits with a decimal point, as in `1234.5`";
    reading.tell(Rule::AmbiguousNumber, &given.range, message, hint);
    None
}

fn whole(given: &Given, reading: &mut Reading<'_>) -> Option<u64> {
    let count = given.text.trim().parse().ok();
    if count.is_none() {
        let message =
            format!("the sample size `{}` is no whole number", given.text.trim());
        reading.tell(
            Rule::BadValue,
            &given.range,
            message,
            "write digits alone: `n = 120`",
        );
    }
    count
}

/// A date of the calendar, `YYYY-MM-DD`.
fn date(given: &Given, reading: &mut Reading<'_>) -> Option<String> {
    let meant = match date::parse(&given.text) {
        Ok(date) => return Some(date.to_string()),
        Err(meant) => meant,
    };
    let span = Span::new(&reading.file, given.range.clone());
    reading.told.push(bad_date(span, &given.text, meant));
    meant.map(|it| it.to_string())
}

/// The value of an enum that a field names; told where it is none.
pub(super) fn word<T>(
    given: &Given,
    from: impl Fn(&str) -> Option<T>,
    known: &[&'static str],
    reading: &mut Reading<'_>,
) -> Option<T> {
    let text = given.text.trim();
    let found = from(text);
    if found.is_none() && !text.is_empty() {
        let hint = match nearest(text, known.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None => format!("it may be `{}`", known.join("`, `")),
        };
        reading.tell(
            Rule::BadValue,
            &given.range,
            format!("`{text}` is not known here"),
            hint,
        );
    }
    found
}

/// The words of an enum.
pub(super) fn words<T: Copy>(
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Vec<&'static str> {
    all.iter().map(|it| word(*it)).collect()
}

/// The state that is given; a value without any is told as blank.
fn state(
    given: Option<&Given>,
    cell: &mut Cell,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) {
    let Some(given) = given else { return };
    let from = |text: &str| State::from_word(text).or_else(|| State::from_cell(text));
    let Some(state) = word(given, from, &words(State::ALL, State::word), reading) else {
        return;
    };
    let empty = cell.value.is_none() && cell.answer.is_none() && cell.text.is_empty();
    cell.state = if state.has_value() && empty { State::Unknown } else { state };
    if cell.state != state {
        let message = format!("the state is `{}`, and there is no value", state.word());
        let hint =
            "give the value, or say why there is none: `not-measured`, `not-applicable`";
        reading.tell(Rule::BlankCell, range, message, hint);
    }
}
