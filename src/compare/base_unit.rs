//! A base unit: one that is a single word, `ms`, `GiB`, `tokens`, `€`.

use super::unit::Unit;

/// A unit that is one word.
pub(super) fn simple(text: &str) -> Option<Unit> {
    named(text).or_else(|| prefixed(text)).or_else(|| counted(text))
}

fn named(text: &str) -> Option<Unit> {
    let (dimension, scale) = match text {
        "s" | "sec" | "secs" | "second" | "seconds" => ("time", 1.0),
        "min" | "mins" | "minute" | "minutes" => ("time", 60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => ("time", 3600.0),
        "d" | "day" | "days" => ("time", 86_400.0),
        "wk" | "week" | "weeks" => ("time", 604_800.0),
        "msec" | "millisecond" | "milliseconds" => ("time", 1e-3),
        "usec" | "microsecond" | "microseconds" => ("time", 1e-6),
        "nanosecond" | "nanoseconds" => ("time", 1e-9),
        // Months and years have no one length: each is a dimension of its own.
        "month" | "months" => ("month", 1.0),
        "year" | "years" | "yr" => ("year", 1.0),
        "byte" | "bytes" => ("data", 8.0),
        "bits" => ("data", 1.0),
        "%" | "percent" => ("fraction", 0.01),
        "‰" => ("fraction", 1e-3),
        "ppm" => ("fraction", 1e-6),
        "fraction" => ("fraction", 1.0),
        "pp" => ("points of a percentage", 1.0),
        "bp" => ("points of a percentage", 0.01),
        "x" | "×" | "times" => ("factor", 1.0),
        "1" | "unitless" | "score" => ("none", 1.0),
        "count" | "counts" => ("count", 1.0),
        "°C" => ("temperature", 1.0),
        "dB" => ("decibel", 1.0),
        currency => return currency_of(currency),
    };
    Some(Unit::new(dimension, scale))
}

const CURRENCIES: [&str; 16] = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK",
    "PLN", "BRL", "KRW", "SGD",
];

pub(super) fn is_currency(dimension: &str) -> bool {
    CURRENCIES.contains(&dimension) || dimension == "¥"
}

fn currency_of(text: &str) -> Option<Unit> {
    let code = match text {
        "$" | "US$" | "dollar" | "dollars" => "USD",
        "€" | "euro" | "euros" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        // The sign of two currencies is a third one.
        "¥" => "¥",
        code => CURRENCIES.iter().find(|it| **it == code)?,
    };
    Some(Unit::new(code, 1.0))
}

/// A unit with a prefix of the SI or a binary one: `ms`, `GB`, `KiB`.
fn prefixed(text: &str) -> Option<Unit> {
    const BASES: [(&str, &str, f64); 10] = [
        ("bit", "data", 1.0),
        ("FLOPs", "FLOP", 1.0),
        ("FLOP", "FLOP", 1.0),
        ("Wh", "energy", 3600.0),
        ("Hz", "frequency", 1.0),
        ("B", "data", 8.0),
        ("W", "power", 1.0),
        ("J", "energy", 1.0),
        ("s", "time", 1.0),
        ("g", "mass", 1.0),
    ];
    let (prefix, (_, dimension, scale)) =
        BASES.iter().find_map(|base| Some((text.strip_suffix(base.0)?, base)))?;
    let times = prefix_scale(prefix)?;
    // Bytes come in no fractions, seconds in no thousands, and only data in powers of 2.
    let fits = match *dimension {
        "data" => times >= 1.0,
        "time" => times <= 1.0,
        "mass" => (1e-9..=1e3).contains(&times) && !prefix.ends_with('i'),
        _ => !prefix.ends_with('i'),
    };
    fits.then(|| Unit::new(dimension, scale * times))
}

fn prefix_scale(prefix: &str) -> Option<f64> {
    Some(match prefix {
        "" => 1.0,
        "p" => 1e-12,
        "n" => 1e-9,
        "u" | "µ" | "μ" => 1e-6,
        "m" => 1e-3,
        "k" | "K" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1024_f64.powi(2),
        "Gi" => 1024_f64.powi(3),
        "Ti" => 1024_f64.powi(4),
        "Pi" => 1024_f64.powi(5),
        _ => return None,
    })
}

/// Things that are counted; each is a dimension of its own.
const COUNTED: [&str; 33] = [
    "batch",
    "call",
    "core",
    "cpu",
    "epoch",
    "example",
    "feature",
    "file",
    "frame",
    "gpu",
    "image",
    "item",
    "iteration",
    "label",
    "language",
    "layer",
    "line",
    "model",
    "operation",
    "page",
    "pair",
    "parameter",
    "point",
    "prediction",
    "query",
    "request",
    "row",
    "sample",
    "step",
    "token",
    "transaction",
    "user",
    "word",
];

fn counted(text: &str) -> Option<Unit> {
    let word = text.to_lowercase();
    let one = match word.as_str() {
        "req" | "reqs" => "request",
        "tok" => "token",
        "params" | "param" => "parameter",
        "queries" => "query",
        "batches" => "batch",
        "img" | "imgs" => "image",
        "ops" => "operation",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    COUNTED.contains(&one).then(|| Unit::new(&format!("count {one}"), 1.0))
}
