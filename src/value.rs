//! Data with places: the common form of YAML, TOML and JSON.

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub mod complaint;
pub mod date;
pub mod fields;
mod toml;
mod yaml;

pub use fields::{Choice, Fields};

/// A value, and where in its file it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Value {
    /// The bytes of the file that hold it.
    pub range: Range<usize>,
    /// What it is.
    pub data: Data,
}

/// What a value is.
///
/// Only what all three formats agree on is other than text: `true` and `null` in
/// these very letters, and numbers. So `yes`, `007` and `2024-05-01` are text, and
/// nothing an author wrote is altered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Data {
    /// `null`, `~`, or nothing after the key.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(Number),
    /// Text; a date is text in its ISO form.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A map, in the order of the file.
    Map(Vec<(Key, Value)>),
}

/// A number as it is written, so that `1.10` stays `1.10`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number(String);

/// A key of a map, and its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key {
    /// The key.
    pub text: String,
    /// The bytes of the file that hold it.
    pub range: Range<usize>,
}

/// How a text holds data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// TOML 1.
    Toml,
    /// JSON.
    Json,
}

/// Why a text is not data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// The bytes of the file where it shows.
    pub range: Range<usize>,
    /// One phrase.
    pub message: String,
}

/// Reads a text that begins `offset` bytes into its file.
///
/// An empty text is [`Data::Null`]. What could exhaust a reader is a fault: deep
/// nesting, and aliases that repeat more than a document can hold.
pub fn parse(format: Format, text: &str, offset: usize) -> Result<Value, Fault> {
    let read = match format {
        Format::Yaml => yaml::read(text),
        Format::Toml => toml::read(text),
        Format::Json => yaml::read_json(text),
    };
    match read {
        Ok(mut value) => {
            value.visit_ranges(&mut |range| *range = shift(range, offset));
            Ok(value)
        }
        Err(fault) => Err(Fault { range: shift(&fault.range, offset), ..fault }),
    }
}

fn shift(range: &Range<usize>, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}

impl Format {
    /// The format that a file's extension names.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }
}

impl Value {
    /// The value of a key; `None` where it has none or is no map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().find(|(it, _)| it.text == key).map(|(_, value)| value)
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> &[(Key, Value)] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Value] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// A scalar as text, as it is written; `None` of null, a list and a map.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            Data::Number(number) => Some(number.as_str()),
            Data::Bool(true) => Some("true"),
            Data::Bool(false) => Some("false"),
            Data::Null | Data::List(_) | Data::Map(_) => None,
        }
    }

    /// What it is, for a message: "a list".
    pub fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "true or false",
            Data::Number(_) => "a number",
            Data::Text(_) => "text",
            Data::List(_) => "a list",
            Data::Map(_) => "a table",
        }
    }

    /// The same data at no place, for what must not change when text moves.
    #[must_use]
    pub fn without_places(mut self) -> Self {
        self.visit_ranges(&mut |range| *range = 0..0);
        self
    }

    /// The data as JSON; a number that JSON cannot hold is text.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::Bool(it) => (*it).into(),
            Data::Number(number) => number.to_json(),
            Data::Text(text) => text.as_str().into(),
            Data::List(items) => items.iter().map(Self::to_json).collect(),
            Data::Map(entries) => {
                entries.iter().map(|(key, it)| (key.text.clone(), it.to_json())).collect()
            }
        }
    }

    fn visit_ranges(&mut self, visit: &mut impl FnMut(&mut Range<usize>)) {
        visit(&mut self.range);
        match &mut self.data {
            Data::List(items) => items.iter_mut().for_each(|it| it.visit_ranges(visit)),
            Data::Map(entries) => {
                for (key, value) in entries {
                    visit(&mut key.range);
                    value.visit_ranges(visit);
                }
            }
            Data::Null | Data::Bool(_) | Data::Number(_) | Data::Text(_) => {}
        }
    }

    /// How many values it is made of.
    fn size(&self) -> usize {
        1 + self.items().iter().map(Self::size).sum::<usize>()
            + self.entries().iter().map(|(_, it)| it.size()).sum::<usize>()
    }
}

impl From<&str> for Value {
    /// Text at no place.
    fn from(text: &str) -> Self {
        Self { range: 0..0, data: Data::Text(text.to_owned()) }
    }
}

impl Number {
    /// The number that a word without quotes is; `None` of other words, of those with
    /// leading zeros (`007` is a name), and of what exceeds every number.
    fn of_word(word: &str) -> Option<Self> {
        let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
        let first = digits.bytes().next()?;
        let second = digits.as_bytes().get(1).copied();
        let zeros = first == b'0' && second.is_some_and(|it| it.is_ascii_digit());
        let number = Self(word.to_owned());
        let known = match (first, second) {
            (b'0', Some(b'x' | b'o' | b'b')) => number.int().is_some(),
            (b'0'..=b'9', _) | (b'.', Some(b'0'..=b'9')) => {
                number.float().is_some_and(f64::is_finite)
            }
            _ => false,
        };
        (known && !zeros && !word.contains('_')).then_some(number)
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The integer that it is, if it is one of 64 bits.
    pub fn int(&self) -> Option<i64> {
        let plain = self.0.replace('_', "");
        let (radix, digits) = match plain.as_bytes() {
            [b'0', b'x', ..] => (16, &plain[2..]),
            [b'0', b'o', ..] => (8, &plain[2..]),
            [b'0', b'b', ..] => (2, &plain[2..]),
            _ => (10, &*plain),
        };
        let signed = radix != 10 && digits.starts_with(['+', '-']);
        i64::from_str_radix(digits, radix).ok().filter(|_| !signed)
    }

    /// The number as a floating-point number.
    #[expect(clippy::cast_precision_loss, reason = "that is what the nearest f64 is")]
    pub fn float(&self) -> Option<f64> {
        self.0.replace('_', "").parse().ok().or_else(|| self.int().map(|it| it as f64))
    }

    fn to_json(&self) -> serde_json::Value {
        let float = || self.float().and_then(serde_json::Number::from_f64);
        match self.int() {
            Some(int) => int.into(),
            None => float().map_or_else(|| self.0.clone().into(), Into::into),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(format: Format, text: &str) -> String {
        parse(format, text, 0).map_or_else(|it| it.message, |it| it.to_json().to_string())
    }

    #[test]
    fn the_three_formats_hold_the_same_data() {
        let same = r#"{"a":[1,2.5,"x"],"b":{"c":true,"d":"2024-05-01"}}"#;
        let yaml = "a: [1, 2.5, x]\nb:\n  c: true\n  d: 2024-05-01\n";
        let toml = "a = [1, 2.5, 'x']\n[b]\nc = true\nd = 2024-05-01\n";
        assert_eq!(json(Format::Yaml, yaml), same);
        assert_eq!(json(Format::Toml, toml), same);
        assert_eq!(json(Format::Json, same), same);
    }

    #[test]
    fn what_an_author_wrote_is_not_altered() {
        for word in ["007", "1.10", "1e400", "yes", "2023-14-05", "0x", "1_000", "True"] {
            let value = parse(Format::Yaml, &format!("a: {word}\n"), 0).unwrap();
            assert_eq!(value.get("a").and_then(Value::text), Some(word));
        }
    }

    #[test]
    fn each_value_knows_its_place() {
        let text =
            "# é\nauthors:\n  - Ann\n  - {name: \"Bo\"}\nlast: |\n  some\n  text\n";
        let value = parse(Format::Yaml, text, 0).unwrap();
        let at = |value: &Value| text[value.range.clone()].to_owned();
        let authors = value.get("authors").unwrap();
        assert_eq!(at(authors), "- Ann\n  - {name: \"Bo\"}");
        assert_eq!(at(&authors.items()[0]), "Ann");
        assert_eq!(at(authors.items()[1].get("name").unwrap()), "\"Bo\"");
        assert_eq!(&text[value.entries()[1].0.range.clone()], "last");

        let text = "'é' = 1\n[b]\nc = 'd'\n";
        let value = parse(Format::Toml, text, 0).unwrap();
        let c = value.get("b").and_then(|it| it.get("c")).unwrap();
        assert_eq!(&text[c.range.clone()], "'d'");
        assert_eq!(
            parse(Format::Toml, "a = 1", 7).unwrap().get("a").unwrap().range,
            11..12
        );
    }

    #[test]
    fn a_map_keeps_its_order() {
        let toml = "z = 1\na.y = 2\nb = 3\na.x = 4\n";
        let value = parse(Format::Toml, toml, 0).unwrap();
        let keys: Vec<&str> = value.entries().iter().map(|it| &*it.0.text).collect();
        assert_eq!(keys, ["z", "a", "b"]);
    }

    #[test]
    fn what_would_exhaust_a_reader_is_a_fault() {
        let bomb =
            (1..9).fold("a0: &a0 [x, x, x, x, x, x, x, x]\n".to_owned(), |it, n| {
                let alias = format!("*a{}, ", n - 1).repeat(9);
                format!("{it}a{n}: &a{n} [{alias}]\n")
            });
        assert!(json(Format::Yaml, &bomb).contains("alias"));
        for deep in ["[".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000)] {
            assert!(parse(Format::Yaml, &deep, 0).is_err());
            assert!(parse(Format::Json, &deep, 0).is_err());
            assert!(parse(Format::Toml, &format!("a = {deep}"), 0).is_err());
        }
        let dotted = format!("{}a = 1\n", "a.".repeat(100_000));
        assert!(parse(Format::Toml, &dotted, 0).is_err());
        let dots = "a.".repeat(70);
        let nested = format!(
            "{dots}a = {}1{}",
            format!("{{ {dots}a = ").repeat(70),
            " }".repeat(70)
        );
        assert!(parse(Format::Toml, &nested, 0).is_err());
    }

    #[test]
    fn a_key_given_twice_is_a_fault_where_it_stands_again() {
        let fault = parse(Format::Yaml, "a: 1\nb: 2\na: 3\n", 10).unwrap_err();
        assert_eq!(fault.range, 20..21);
        assert_eq!(fault.message, "the key `a` is given twice");
        let fault = parse(Format::Json, r#"{"a": 1, "a": 2}"#, 0).unwrap_err();
        assert_eq!(fault.range, 9..12);
        assert!(parse(Format::Toml, "a = 1\na = 2\n", 0).is_err());
    }

    #[test]
    fn json_is_read_as_json_and_not_as_yaml() {
        for text in ["{a: 1}", "{'a': 1}", "[1,]", "{\"a\": 1 # no\n}", "a: 1", ""] {
            assert!(parse(Format::Json, text, 0).is_err(), "{text}");
        }
        let tabs = "{\n\t\"a\": [\n\t\t1\n\t]\n}\n";
        assert_eq!(json(Format::Json, tabs), r#"{"a":[1]}"#);
        let fault = parse(Format::Json, "{\n \"é\": x}", 0).unwrap_err();
        assert_eq!(fault.range.start, 9);
    }

    #[test]
    fn aliases_and_tags_of_yaml_are_read() {
        assert_eq!(json(Format::Yaml, "a: &x [1]\nb: *x"), r#"{"a":[1],"b":[1]}"#);
        assert_eq!(
            json(Format::Yaml, "a: !!str 1\nb: ~\nc:"),
            r#"{"a":"1","b":null,"c":null}"#
        );
        assert!(json(Format::Yaml, "a: 1\n---\nb: 2\n").contains("one document"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_a_reader(text in "[-a\\[\\]{}:,&*!|>'\"#%@`\n\t é.=0-9]{0,80}") {
            for format in [Format::Yaml, Format::Toml, Format::Json] {
                match parse(format, &text, 0) {
                    Ok(mut value) => value.visit_ranges(&mut |it| {
                        assert!(text.get(it.clone()).is_some(), "{it:?}");
                    }),
                    Err(fault) => assert!(text.get(fault.range.clone()).is_some(), "{fault:?}"),
                }
            }
        }

        #[test]
        fn json_comes_back_as_it_was(a in any::<i64>(), b in "\\PC{0,20}", c in -1e9..1e9f64) {
            let text = serde_json::json!({ "a": a, "b": [b, null], "c": c }).to_string();
            prop_assert_eq!(json(Format::Json, &text), text);
        }
    }
}
