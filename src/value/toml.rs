//! Values read from TOML.

use std::borrow::Cow;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Data, Fault, Key, Number, Value};

/// The most levels that a value may be nested.
const DEPTH: usize = 96;

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Value, Fault> {
    match DeTable::parse(text) {
        Ok(table) => {
            let range = table.span();
            let table = shallow(DeValue::Table(table.into_inner()))?;
            Ok(Value { range, data: data(text, table, 0..0) })
        }
        Err(error) => Err(Fault {
            range: error.span().unwrap_or_default(),
            message: error.message().lines().collect::<Vec<_>>().join(", "),
        }),
    }
}

/// The same value, unless it is nested so deep that to walk it would exhaust the
/// stack. The crate bounds brackets and dotted keys, and not one within the other;
/// what is too deep is taken apart level by level, since to drop it recurses too.
fn shallow(value: DeValue<'_>) -> Result<DeValue<'_>, Fault> {
    let mut level = vec![&value];
    let mut depth = 0;
    let mut deepest = 0..0;
    while !level.is_empty() && depth <= DEPTH {
        depth += 1;
        let below: Vec<_> = level.into_iter().flat_map(children).collect();
        if let Some(first) = below.first() {
            deepest = first.span();
        }
        level = below.into_iter().map(Spanned::get_ref).collect();
    }
    if depth <= DEPTH {
        return Ok(value);
    }
    let mut level = vec![value];
    while let Some(value) = level.pop() {
        match value {
            DeValue::Array(items) => {
                level.extend(items.into_iter().map(Spanned::into_inner));
            }
            DeValue::Table(table) => {
                level.extend(table.into_iter().map(|(_, it)| it.into_inner()));
            }
            _ => {}
        }
    }
    Err(Fault { range: deepest, message: "this is nested too deep".to_owned() })
}

fn children<'a, 'i>(value: &'a DeValue<'i>) -> Vec<&'a Spanned<DeValue<'i>>> {
    match value {
        DeValue::Array(items) => items.iter().collect(),
        DeValue::Table(table) => table.iter().map(|(_, it)| it).collect(),
        _ => Vec::new(),
    }
}

fn value(text: &str, spanned: Spanned<DeValue<'_>>) -> Value {
    let range = spanned.span();
    Value { range: range.clone(), data: data(text, spanned.into_inner(), range) }
}

fn data(text: &str, value: DeValue<'_>, range: Range<usize>) -> Data {
    match value {
        DeValue::String(it) => Data::Text(it.into_owned()),
        DeValue::Integer(_) | DeValue::Float(_) => {
            Data::Number(Number(text[range].to_owned()))
        }
        DeValue::Boolean(it) => Data::Bool(it),
        DeValue::Datetime(it) => Data::Text(it.to_string()),
        DeValue::Array(items) => {
            Data::List(items.into_iter().map(|it| self::value(text, it)).collect())
        }
        DeValue::Table(table) => map(text, table),
    }
}

/// A table in the order of the file; the crate gives it sorted by key.
fn map(text: &str, table: DeTable<'_>) -> Data {
    let entry = |(key, it): (Spanned<Cow<'_, str>>, Spanned<DeValue<'_>>)| {
        let range = key.span();
        (Key { text: key.into_inner().into_owned(), range }, value(text, it))
    };
    let mut entries: Vec<_> = table.into_iter().map(entry).collect();
    entries.sort_by_key(|(key, _)| key.range.start);
    Data::Map(entries)
}
