//! A kind of the program, changed by a file of the project.

use crate::value::fields::same;
use crate::value::{Data, Value};

/// What `base` says, with what `change` says in its place: tables key by key, all else
/// whole. A field of another type is another field, and takes nothing over.
pub(super) fn over(base: &Value, change: &Value) -> Value {
    let (Data::Map(old), Data::Map(new)) = (&base.data, &change.data) else {
        return change.clone();
    };
    let of_type = |it: &Value| it.get("type").and_then(Value::text).map(str::to_owned);
    if of_type(change).is_some_and(|it| of_type(base).is_some_and(|base| base != it)) {
        return change.clone();
    }
    let mut entries = old.clone();
    for (key, value) in new {
        match entries.iter_mut().find(|(it, _)| same(&it.text, &key.text)) {
            Some(entry) => *entry = (key.clone(), over(&entry.1, value)),
            None => entries.push((key.clone(), value.clone())),
        }
    }
    Value { range: change.range.clone(), data: Data::Map(entries) }
}
