//! A record: the names and values of one line, which give one cell.

use std::collections::BTreeSet;
use std::ops::Range;

use super::reading::{Given, Reading};
use crate::diag::{Rule, nearest::nearest};
use crate::value::{Data, Value};

/// The names and values of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its place.
    pub range: Range<usize>,
    /// Its fields: name, value.
    pub fields: Vec<(Given, Given)>,
    /// Whether its value is none that could be read, which is told.
    pub unread: bool,
}

/// The fields that a record may have, in the order in which exports write them.
pub const FIELDS: [&str; 18] = [
    "metric",
    "unit",
    "direction",
    "side",
    "value",
    "lo",
    "hi",
    "n",
    "state",
    "evidence",
    "note",
    "date",
    "group",
    "gate",
    "target",
    "scale",
    "margin",
    "status",
];

/// The fields that say something of a side.
pub(super) const ATTRIBUTES: [&str; 6] =
    ["dataset", "split", "slice", "hardware", "commit", "model"];

/// Other names that are in use for a field.
const SYNONYMS: [(&str, &str); 8] = [
    ("row", "metric"),
    ("name", "metric"),
    ("label", "metric"),
    ("source", "evidence"),
    ("notes", "note"),
    ("ci_low", "lo"),
    ("ci_high", "hi"),
    ("better", "direction"),
];

/// The name of a field as it is looked up.
pub fn field_name(text: &str) -> String {
    let name = text.trim().to_lowercase();
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == name);
    synonym.map_or(name, |(_, field)| (*field).to_owned())
}

/// Tells each field that nothing reads, once.
pub(super) fn unknown_fields(records: &[Record], by: &str, reading: &mut Reading<'_>) {
    let mut told = BTreeSet::new();
    for (name, _) in records.iter().flat_map(|it| &it.fields) {
        let field = field_name(&name.text);
        let known =
            FIELDS.contains(&field.as_str()) || ATTRIBUTES.contains(&field.as_str());
        if known || field == by || !told.insert(field.clone()) {
            continue;
        }
        let hint = match nearest(&field, FIELDS) {
            Some(near) => format!("write `{near}`"),
            None => format!("a record has `{}`", FIELDS.join("`, `")),
        };
        let message = format!("nothing reads the field `{}`", name.text);
        reading.tell(Rule::UnknownField, &name.range, message, hint);
    }
}

/// The field that tells the sides apart.
pub(super) fn telling(records: &[Record]) -> &'static str {
    let values = |name: &str| {
        let fields = records.iter().flat_map(|it| &it.fields);
        let named = fields.filter(|(field, _)| field_name(&field.text) == name);
        named.map(|(_, value)| &value.text).collect::<BTreeSet<_>>().len()
    };
    if values("side") > 0 {
        return "side";
    }
    let mut others = ["model", "slice", "split", "dataset", "hardware"].into_iter();
    others.find(|name| values(name) > 1).unwrap_or("model")
}

/// One record of a list; what is no table is told, and is none.
pub(super) fn of_value(item: &Value, reading: &mut Reading<'_>) -> Option<Record> {
    let mut record = Record { range: item.range.clone(), ..Record::default() };
    if !matches!(item.data, Data::Map(_)) {
        let message = format!("a record is a table, not {}", item.kind());
        let hint = "write `metric`, `side` and `value` for each cell";
        reading.tell(Rule::BadValue, &item.range, message, hint);
        return None;
    }
    for (key, value) in item.entries() {
        let name = |text: &str| Given::new(text, key.range.clone());
        match (&value.data, value.items()) {
            (Data::Null, _) => {}
            (Data::List(_), [lo, hi]) if key.text == "ci" => {
                for (end, value) in [("lo", lo), ("hi", hi)] {
                    record.fields.extend(Given::of(value).map(|it| (name(end), it)));
                }
            }
            (Data::List(_), items) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::text).collect();
                let all = Given::new(texts.join(" "), value.range.clone());
                record.fields.push((name(&key.text), all));
            }
            (Data::Map(_), _) => {
                if let Some(url) = value.get("url").and_then(Given::of) {
                    record.fields.push((name(&key.text), url));
                    continue;
                }
                let message = format!("`{}` is a table", key.text);
                let hint = "write a value, or a table with `url` for evidence";
                reading.tell(Rule::BadValue, &value.range, message, hint);
                record.unread |= field_name(&key.text) == "value";
            }
            _ => record.fields.extend(Given::of(value).map(|it| (name(&key.text), it))),
        }
    }
    Some(record)
}
