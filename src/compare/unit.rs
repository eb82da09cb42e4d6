//! A unit: what it measures and how large it is.
//!
//! The table below is our own. `uom` and `dimensioned` fix units when the program is
//! compiled; `rink-core` (MPL) and `fend-core` are calculators whose languages accept
//! far more than a table cell should mean (`m` is a metre there, `5 ms 3` a product);
//! `byte-unit` and its like know one dimension. None knows requests, tokens,
//! per-thousand prices or percentage points, which is what these tables are made of,
//! and all of them guess where this one must refuse: a unit that is not in the table
//! is kept as text and blocks the delta.

use super::base_unit::{is_currency, simple};

/// A unit that can be converted.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// What it measures: `time`, `data/time`, `USD/count request`.
    pub dimension: String,
    /// How many of the dimension's base units it is.
    pub scale: f64,
}

impl Unit {
    /// The unit that a text names: `ms`, `MiB/s`, `$/1k requests`, `per cent`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((_, whole)) = WHOLE.iter().find(|(name, _)| *name == text) {
            return Unit::parse(whole);
        }
        // `1k requests` may stand below a line, and is no unit by itself.
        if text.starts_with(|it: char| it.is_ascii_digit()) && text != "1" {
            return None;
        }
        let over = text.split_once('/').or_else(|| split_per(text));
        let Some((above, below)) = over else { return quantity(text) };
        let above = match above.trim() {
            "" => Unit::new("count", 1.0),
            above => quantity(above)?,
        };
        let below = quantity(below.trim())?;
        Some(if above.dimension == below.dimension {
            Unit::new("fraction", above.scale / below.scale)
        } else {
            Unit::new(
                &format!("{}/{}", above.dimension, below.dimension),
                above.scale / below.scale,
            )
        })
    }

    /// A value in this unit, in another one of the same dimension.
    pub fn convert(&self, value: f64, to: &Unit) -> Option<f64> {
        (self.dimension == to.dimension).then(|| value * (self.scale / to.scale))
    }

    /// A unit of a dimension.
    pub(super) fn new(dimension: &str, scale: f64) -> Self {
        Self { dimension: dimension.to_owned(), scale }
    }
}

/// What a difference of two values in a unit is in: that of two percentages is in
/// percentage points.
pub fn of_difference(unit: &str) -> &str {
    match Unit::parse(unit) {
        Some(it) if it.dimension == "fraction" && unit != "fraction" => match unit {
            "%" | "percent" | "per cent" => "pp",
            _ => unit,
        },
        _ => unit,
    }
}

/// The keys of the words for less and more of a unit: time is faster and slower, money cheaper
/// and dearer.
pub fn adjectives(unit: Option<&str>) -> (&'static str, &'static str) {
    let dimension = unit.and_then(Unit::parse).map(|it| it.dimension).unwrap_or_default();
    let (above, below) = dimension.split_once('/').unwrap_or((&dimension, ""));
    match above {
        "time" => ("faster", "slower"),
        "data" if below.is_empty() => ("smaller", "larger"),
        it if is_currency(it) => ("cheaper", "more-expensive"),
        _ => ("lower", "higher"),
    }
}

/// Names of whole units, and what they stand for.
const WHOLE: [(&str, &str); 25] = [
    ("QPS", "queries/s"),
    ("qps", "queries/s"),
    ("RPS", "requests/s"),
    ("rps", "requests/s"),
    ("TPS", "transactions/s"),
    ("tps", "transactions/s"),
    ("IOPS", "operations/s"),
    ("fps", "frames/s"),
    ("FPS", "frames/s"),
    ("it/s", "iterations/s"),
    ("tok/s", "tokens/s"),
    ("req/s", "requests/s"),
    ("bps", "bit/s"),
    ("kbps", "kbit/s"),
    ("Mbps", "Mbit/s"),
    ("Gbps", "Gbit/s"),
    ("FLOPS", "FLOP/s"),
    ("GFLOPS", "GFLOP/s"),
    ("TFLOPS", "TFLOP/s"),
    ("PFLOPS", "PFLOP/s"),
    ("rpm", "requests/min"),
    ("per cent", "%"),
    ("per mille", "‰"),
    ("percentage point", "pp"),
    ("percentage points", "pp"),
];

/// `cents per request`; `per 1k requests` has nothing above the line.
fn split_per(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix("per ") {
        Some(below) => Some(("", below)),
        None => text.split_once(" per "),
    }
}

/// A unit without a line, such as `1k requests`, `k€` or `ms`.
fn quantity(text: &str) -> Option<Unit> {
    if let Some(unit) = simple(text) {
        return Some(unit);
    }
    let (factor, rest) = split_factor(text)?;
    let unit = match rest.trim() {
        "" => Unit::new("count", 1.0),
        rest => simple(rest)?,
    };
    // `k ms` is a slip of the pen; only things that are counted or paid come in thousands.
    let counted = unit.dimension.starts_with("count") || is_currency(&unit.dimension);
    counted.then(|| Unit::new(&unit.dimension, unit.scale * factor))
}

/// A number and a multiplier in front: `1k`, `1000`, `M`, `million `.
fn split_factor(text: &str) -> Option<(f64, &str)> {
    let at = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(at);
    let number: f64 = if digits.is_empty() { 1.0 } else { digits.parse().ok()? };
    let times = MULTIPLIERS.iter().find_map(|(name, factor)| {
        let behind = rest.trim_start().strip_prefix(name)?;
        let ends = behind.is_empty()
            || behind.starts_with(|it: char| !it.is_ascii_alphabetic())
            || name.len() == 1 && simple(behind).is_some();
        ends.then_some((number * factor, behind))
    });
    match (times, digits) {
        (None, "") => None,
        (None, _) => (number > 0.0).then_some((number, rest)),
        (Some(times), _) => (times.0 > 0.0).then_some(times),
    }
}

const MULTIPLIERS: [(&str, f64); 8] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("bn", 1e9),
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("T", 1e12),
];

/// Metrics that have no unit, so that a row named after one need not say so.
pub fn is_unitless_metric(label: &str) -> bool {
    const METRICS: [&str; 23] = [
        "accuracy",
        "auc",
        "auroc",
        "bleu",
        "brier",
        "chrf",
        "cosine",
        "dice",
        "f1",
        "gini",
        "iou",
        "kappa",
        "map",
        "mcc",
        "mrr",
        "ndcg",
        "perplexity",
        "precision",
        "r2",
        "recall",
        "rouge",
        "wer",
        "r²",
    ];
    label
        .to_lowercase()
        .split(|it: char| !it.is_alphanumeric())
        .any(|word| METRICS.contains(&word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, value: f64) {
        let unit = |text: &str| Unit::parse(text).unwrap_or_else(|| panic!("{text}"));
        let converted = unit(from).convert(1.0, &unit(to)).expect("one dimension");
        assert!((converted / value - 1.0).abs() < 1e-12, "1 {from} is {converted} {to}");
    }

    #[test]
    fn units_of_one_dimension_convert() {
        check("s", "ms", 1000.0);
        check("µs", "ns", 1000.0);
        check("h", "minutes", 60.0);
        check("GB", "MB", 1000.0);
        check("GiB", "MiB", 1024.0);
        check("KiB", "bytes", 1024.0);
        check("MB/s", "Mbps", 8.0);
        check("tokens/s", "tokens/min", 60.0);
        check("QPS", "queries per second", 1.0);
        check("k tokens/s", "tok/s", 1000.0);
        check("$/1k requests", "USD per million requests", 1000.0);
        check("$/k", "$ per 1000", 1.0);
        check("%", "‰", 10.0);
        check("per cent", "fraction", 0.01);
        check("pp", "bp", 100.0);
        check("M params", "k parameters", 1000.0);
        check("TFLOPS", "GFLOP/s", 1000.0);
        check("kWh", "J", 3.6e6);
        check("k€", "EUR", 1000.0);
        check("million", "k", 1000.0);
        check("kg", "g", 1000.0);
    }

    #[test]
    fn units_of_two_dimensions_do_not() {
        for (a, b) in [
            ("ms", "MB"),
            ("QPS", "rps"),
            ("$", "€"),
            ("%", "pp"),
            ("month", "day"),
            ("tokens", "requests"),
            ("MB", "MB/s"),
        ] {
            let (a, b) = (Unit::parse(a).unwrap(), Unit::parse(b).unwrap());
            assert_eq!(a.convert(1.0, &b), None, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_unit_that_is_not_in_the_table_is_none() {
        for text in ["", "m", "mB", "ks", "Kis", "widgets", "lower", "k ms", "0k", "kb"] {
            assert_eq!(Unit::parse(text), None, "{text}");
        }
    }

    #[test]
    fn words_follow_what_is_measured() {
        assert_eq!(adjectives(Some("ms")), ("faster", "slower"));
        assert_eq!(adjectives(Some("$/1k requests")), ("cheaper", "more-expensive"));
        assert_eq!(adjectives(Some("MB/s")), ("lower", "higher"));
        assert_eq!(adjectives(None), ("lower", "higher"));
        assert_eq!(of_difference("%"), "pp");
        assert_eq!(of_difference("ms"), "ms");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-zA-Z0-9/%€$µ ]{0,12}") {
            Unit::parse(&text);
        }

        #[test]
        fn there_and_back_is_the_same(value in 1e-6_f64..1e9,
            pair in proptest::sample::select(vec![("ms", "h"), ("GiB", "Mbit"), ("%", "ppm")])) {
            let (a, b) = (Unit::parse(pair.0).unwrap(), Unit::parse(pair.1).unwrap());
            let back = b.convert(a.convert(value, &b).unwrap(), &a).unwrap();
            prop_assert!((back / value - 1.0).abs() < 1e-12);
        }
    }
}
