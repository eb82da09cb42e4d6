//! The form of a field as JSON Schema.

use serde_json::{Map, Value, json};

use crate::kind::form::{Field, Form, Table};

/// A table of these fields; `others` is what further fields may be, if there may be any.
pub(super) fn object(fields: &[Field], others: Option<&Form>) -> Map<String, Value> {
    let mut schema = named(fields);
    schema.insert("type".to_owned(), "object".into());
    let others = others.map_or(Value::Bool(false), of);
    schema.insert("additionalProperties".to_owned(), others);
    schema
}

/// The fields of a table by their names: with `_` as an editor offers them, and with
/// `-` in its place.
pub(super) fn named(fields: &[Field]) -> Map<String, Value> {
    let (mut properties, mut patterns) = (Map::new(), Map::new());
    for field in fields {
        let mut schema = described(field);
        if field.names().count() > 1 || field.name.contains(['-', '_']) {
            let about = json!({ "description": field.description });
            patterns
                .insert(spellings(field.names()), std::mem::replace(&mut schema, about));
        }
        properties.insert(field.name.clone(), schema);
    }
    let mut schema = Map::new();
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !patterns.is_empty() {
        schema.insert("patternProperties".to_owned(), Value::Object(patterns));
    }
    schema
}

/// A pattern for one of these names, with `-` or `_` between its words.
pub(super) fn spellings<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> =
        names.into_iter().map(|it| it.replace(['-', '_'], "[-_]")).collect();
    match names.as_slice() {
        [name] => format!("^{name}$"),
        names => format!("^({})$", names.join("|")),
    }
}

fn described(field: &Field) -> Value {
    let mut schema = or_nothing(of(&field.form));
    if let Value::Object(map) = &mut schema
        && !field.description.is_empty()
    {
        map.insert("description".to_owned(), field.description.clone().into());
    }
    schema
}

/// A field without a value counts as absent.
fn or_nothing(schema: Value) -> Value {
    let nothing = json!({ "type": "null" });
    let Value::Object(mut map) = schema else { return schema };
    if let Some(Value::Array(choices)) = map.get_mut("anyOf") {
        choices.push(nothing);
        return Value::Object(map);
    }
    json!({ "anyOf": [map, nothing] })
}

/// The schema of a form.
pub(super) fn of(form: &Form) -> Value {
    match form {
        Form::Any => {
            json!({ "type": ["string", "number", "boolean", "array", "object"] })
        }
        Form::Text => json!({ "type": ["string", "number", "boolean"] }),
        Form::Note => json!({ "type": ["string", "number"] }),
        Form::Date => json!({ "type": "string", "pattern": DATE }),
        Form::Int => json!({ "type": "integer" }),
        Form::Number => json!({ "type": "number" }),
        Form::Bool => json!({ "type": "boolean" }),
        Form::Choice(words) => json!({ "enum": words }),
        Form::List(item) => {
            let item = of(item);
            json!({ "anyOf": [{ "type": "array", "items": or_nothing(item.clone()) }, item] })
        }
        Form::Table(table) => self::table(table),
    }
}

/// A day in ISO form, or a time of that day.
const DATE: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([Tt ].*)?$";

fn table(table: &Table) -> Value {
    let object = Value::Object(object(&table.fields, table.others.as_deref()));
    match table.short.as_ref().and_then(|it| table.field(it)) {
        Some(field) => json!({ "anyOf": [object, of(&field.form)] }),
        None => object,
    }
}

/// What an accepted note's fields must have, if they must have anything.
pub(super) fn demands(fields: &[Field]) -> Option<Map<String, Value>> {
    let mut inner = Map::new();
    for field in fields {
        if let Some(demand) = demand(&field.form) {
            inner.insert(spellings(field.names()), demand);
        }
    }
    let required = fields.iter().filter(|it| it.required);
    let all: Vec<Value> =
        required.map(|field| json!({ "anyOf": present(field) })).collect();
    let mut demands = Map::new();
    if !inner.is_empty() {
        demands.insert("patternProperties".to_owned(), Value::Object(inner));
    }
    if !all.is_empty() {
        demands.insert("allOf".to_owned(), Value::Array(all));
    }
    (!demands.is_empty()).then_some(demands)
}

/// The ways in which a field can be there, and not be empty.
fn present(field: &Field) -> Vec<Value> {
    let names = field.names().flat_map(|name| {
        let spelled = [name.to_owned(), name.replace('_', "-"), name.replace('-', "_")];
        std::collections::BTreeSet::from(spelled)
    });
    names
        .map(|name| {
            json!({
                "required": [name],
                "properties": { name: { "not": { "type": "null" } } },
            })
        })
        .collect()
}

fn demand(form: &Form) -> Option<Value> {
    match form {
        // What is no list is a list of one.
        Form::List(item) => {
            let inner = demand(item)?;
            Some(
                json!({ "if": { "type": "array" }, "then": { "items": inner }, "else": inner }),
            )
        }
        Form::Table(table) => {
            let demands = demands(&table.fields)?;
            Some(json!({ "if": { "type": "object" }, "then": demands }))
        }
        _ => None,
    }
}
