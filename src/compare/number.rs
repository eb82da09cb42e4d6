//! A number: the author's decimal digits, exactly.
//!
//! Two things follow from keeping the digits. `0.50` stays `0.50`, so that a delta
//! knows how precise its inputs were; and no number ever passes through a binary
//! fraction on its way from a note to an export.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The author's digits, in the form that JSON gives numbers: `-1234.50`, `1e-5`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Number(String);

/// What the beginning of a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan<'a> {
    /// A number, and the text behind it.
    Number(Number, &'a str),
    /// It looks like a number and is not read as one, for this reason.
    Unread(&'static str),
    /// Something else.
    Other,
}

/// A number in other digits than these would need a second grammar.
const DIGITS: &str = "its digits are not `0` to `9`";
/// What a comma, a dot in a group, an apostrophe or a space may mean.
const SEPARATOR: &str = "its separator may part thousands or decimals";
/// `0x10`, as TOML and YAML write numbers too.
const BASE: &str = "it is not in the base of ten";
/// Beyond what a 64-bit float holds.
const RANGE: &str = "it is out of the range that can be computed with";

/// The spaces that may part thousands: no-break, thin, narrow no-break, figure.
const SPACES: [char; 4] = ['\u{a0}', '\u{2009}', '\u{202f}', '\u{2007}'];

impl Number {
    /// The number that a whole text is.
    pub fn parse(text: &str) -> Option<Self> {
        match scan(text.trim()) {
            Scan::Number(number, "") => Some(number),
            _ => None,
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number to compute with; always finite.
    pub fn value(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }

    /// The power of ten that its last digit counts: -2 for `0.50`.
    pub fn place(&self) -> i32 {
        let (mantissa, exponent) = self.parts();
        let decimals = mantissa.split_once('.').map_or(0, |(_, it)| it.len());
        exponent - i32::try_from(decimals).unwrap_or(i32::MAX)
    }

    /// How many of its digits signify: 3 for `0.0500`, 1 for `0`.
    pub fn significant(&self) -> usize {
        let digits: String =
            self.parts().0.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').len().max(1)
    }

    /// This number and another one, added exactly; `None` where that takes more
    /// digits than a table should have.
    pub fn plus(&self, other: &Number) -> Option<Number> {
        self.combine(other, i128::checked_add)
    }

    /// This number less another one, exactly.
    pub fn minus(&self, other: &Number) -> Option<Number> {
        self.combine(other, i128::checked_sub)
    }

    fn combine(
        &self,
        other: &Number,
        operation: impl Fn(i128, i128) -> Option<i128>,
    ) -> Option<Number> {
        let place = self.place().min(other.place());
        Some(write(operation(self.units(place)?, other.units(place)?)?, place))
    }

    /// How many times it holds ten to the power of `place`.
    fn units(&self, place: i32) -> Option<i128> {
        let digits: String = self.parts().0.chars().filter(|it| *it != '.').collect();
        let zeros = u32::try_from(self.place().checked_sub(place)?).ok()?;
        digits.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(zeros)?)
    }

    fn parts(&self) -> (&str, i32) {
        match self.0.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().unwrap_or(0)),
            None => (&self.0, 0),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

/// So many times ten to the power of `place`, in digits.
fn write(units: i128, place: i32) -> Number {
    let sign = if units < 0 { "-" } else { "" };
    let digits = units.unsigned_abs().to_string();
    let Ok(zeros) = usize::try_from(place) else {
        let decimals = place.unsigned_abs() as usize;
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        return Number(format!("{sign}{whole}.{part}"));
    };
    match digits.as_str() {
        "0" => Number(digits),
        _ => Number(format!("{sign}{digits}{}", "0".repeat(zeros))),
    }
}

/// Reads the number that a text begins with.
pub fn scan(text: &str) -> Scan<'_> {
    if is_plain(text) {
        return Scan::Number(Number(text.to_owned()), "");
    }
    let (sign, unsigned) = split_sign(text);
    if unsigned.starts_with(|it: char| it.is_numeric() && !it.is_ascii()) {
        return unread_unless_words(unsigned, DIGITS);
    }
    let (whole, rest) = split_whole(unsigned);
    let (part, rest) = split_part(rest);
    if whole.is_empty() && part.is_empty() {
        return not_a_number(unsigned);
    }
    if let Some(reason) = fault_behind(rest, &whole, part) {
        return Scan::Unread(reason);
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Scan::Other;
    }
    let (exponent, rest) = split_exponent(rest);
    let whole = if whole.is_empty() { "0" } else { &whole };
    let dot = if part.is_empty() { "" } else { "." };
    let number = Number(format!("{sign}{whole}{dot}{part}{exponent}"));
    if in_range(&number) { Scan::Number(number, rest) } else { Scan::Unread(RANGE) }
}

/// Whether a text is digits alone and no more than anything can count with, as most
/// numbers of a long table are.
fn is_plain(text: &str) -> bool {
    let digits =
        (1..=15).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    digits && (text.len() == 1 || !text.starts_with('0'))
}

/// `inf` and `nan` are what programs write for numbers that they do not have.
fn not_a_number(text: &str) -> Scan<'_> {
    let word = text.to_lowercase();
    // YAML writes a dot before them.
    let word = word.strip_prefix('.').unwrap_or(&word);
    if matches!(word, "nan" | "inf" | "infinity" | "∞") {
        Scan::Unread("it is not a finite number")
    } else {
        Scan::Other
    }
}

fn unread_unless_words(text: &str, reason: &'static str) -> Scan<'static> {
    if text.contains(char::is_alphabetic) { Scan::Other } else { Scan::Unread(reason) }
}

fn split_sign(text: &str) -> (&'static str, &str) {
    match text.strip_prefix(['-', '\u{2212}', '–']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The digits before the point, without the spaces between groups of three.
fn split_whole(text: &str) -> (String, &str) {
    let (first, mut rest) = split_digits(text);
    let mut whole = first.to_owned();
    while !first.is_empty() && first.len() <= 3 {
        let Some(group) = rest.strip_prefix(SPACES) else { break };
        let (digits, behind) = split_digits(group);
        if digits.len() != 3 {
            break;
        }
        whole.push_str(digits);
        rest = behind;
    }
    (whole, rest)
}

fn split_part(text: &str) -> (&str, &str) {
    match text.strip_prefix('.').map(split_digits) {
        Some((digits, rest)) if !digits.is_empty() => (digits, rest),
        _ => ("", text),
    }
}

fn split_exponent(text: &str) -> (String, &str) {
    let Some(behind) = text.strip_prefix(['e', 'E']) else {
        return (String::new(), text);
    };
    let sign = match behind.chars().next() {
        Some('-' | '\u{2212}') => "-",
        _ => "",
    };
    let behind = behind.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(behind);
    match split_digits(behind) {
        ("", _) => (String::new(), text),
        (digits, rest) => (format!("e{sign}{digits}"), rest),
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len()))
}

/// Whether what follows the digits makes it unsure which number they are.
fn fault_behind(rest: &str, whole: &str, part: &str) -> Option<&'static str> {
    let mut following = rest.chars();
    let separator = following.next()?;
    let (digits, behind) = split_digits(following.as_str());
    match separator {
        'x' | 'o' | 'b' if whole == "0" && part.is_empty() && !digits.is_empty() => {
            Some(BASE)
        }
        ',' | '\'' | '’' | '_' | '·' if !digits.is_empty() => Some(SEPARATOR),
        // `1.234.567`, but not the version `3.1.4`.
        '.' if digits.len() == 3 && part.len() == 3 && whole.len() <= 3 => {
            Some(SEPARATOR)
        }
        // `10 000`, but not `10 of 16`.
        ' ' if digits.len() == 3 && whole.len() <= 3 && part.is_empty() => {
            Some(SEPARATOR)
        }
        it if SPACES.contains(&it) && !digits.is_empty() && behind.is_empty() => {
            Some(SEPARATOR)
        }
        it if it.is_numeric() && !it.is_ascii() => Some(DIGITS),
        _ => None,
    }
}

/// Neither infinite nor, though it has a digit other than 0, zero.
fn in_range(number: &Number) -> bool {
    let zero = !number.parts().0.contains(|it: char| ('1'..='9').contains(&it));
    match number.0.parse::<f64>() {
        Ok(value) => value.is_finite() && (zero || value != 0.0),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn digits_are_kept_as_written() {
        for text in ["0", "95", "0.50", "-1.10", "1e-5", "123456789012345678901234"] {
            assert_eq!(number(text).as_str(), text);
        }
    }

    #[test]
    fn the_many_signs_and_spaces_of_typography_are_read() {
        assert_eq!(number("\u{2212}5").as_str(), "-5");
        assert_eq!(number("+5").as_str(), "5");
        assert_eq!(number("12\u{2009}345\u{202f}678.5").as_str(), "12345678.5");
        assert_eq!(number(".5").as_str(), "0.5");
        assert_eq!(number("3E+8").as_str(), "3e8");
    }

    #[test]
    fn what_may_be_two_numbers_is_neither() {
        for text in [
            "1,234.5",
            "1.234,5",
            "1,234",
            "0,5",
            "1.234.567",
            "1'000",
            "1_000",
            "10 000",
            "١٢٣",
            "1e400",
            "1e-400",
            "½",
            "5²",
            "nan",
            "-inf",
            ".inf",
            "0x10",
        ] {
            assert!(matches!(scan(text), Scan::Unread(_)), "{text}: {:?}", scan(text));
        }
    }

    #[test]
    fn dates_versions_and_lists_are_no_numbers() {
        for text in ["2016-11-22", "3.1.4", "1, 2, 3", "10 of 16", "007", "1/2"] {
            assert_eq!(Number::parse(text), None, "{text}");
            assert!(!matches!(scan(text), Scan::Unread(_)), "{text}");
        }
    }

    #[test]
    fn precision_is_that_of_the_digits() {
        assert_eq!((number("0.0500").place(), number("0.0500").significant()), (-4, 3));
        assert_eq!((number("1e3").place(), number("1200").significant()), (3, 4));
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(number("0.3").minus(&number("0.1")).unwrap().as_str(), "0.2");
        assert_eq!(number("1").minus(&number("1.005")).unwrap().as_str(), "-0.005");
        assert_eq!(number("1e3").plus(&number("1e3")).unwrap().as_str(), "2000");
        assert_eq!(number("1e300").plus(&number("1")), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,12}") {
            scan(&text);
        }

        #[test]
        fn a_sum_is_undone(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000,
                           place in 0_usize..6) {
            let decimal = |it: i64| write(i128::from(it), -i32::try_from(place).unwrap());
            let (a, b) = (decimal(a), decimal(b));
            prop_assert_eq!(a.plus(&b).unwrap().minus(&b).unwrap(), a);
        }

        #[test]
        fn digits_survive(text in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,9})?(e-?[1-9][0-9]?)?") {
            prop_assert_eq!(number(&text).to_string(), text);
        }
    }
}
