//! JSON Schema (draft 2020-12) of what authors write, so that editors complete and check
//! it.

use serde_json::{Map, Value, json};

use crate::kind::{Kinds, fields_of};

mod form;
mod kind_file;
mod note;
mod word;

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Described {
    /// Front matter and side-cars.
    Note,
    /// `book.toml`.
    Book,
    /// A file of `kinds/`.
    Kind,
    /// A comparison as TOML, YAML or JSON.
    Comparison,
}

const BOOK: &str = include_str!("schema/book.toml");
const COMPARISON: &str = include_str!("schema/comparison.toml");

/// The schema of what authors write for a project with these kinds, as JSON.
pub fn json(described: Described, kinds: &Kinds) -> String {
    let schema = match described {
        Described::Note => note::schema(kinds),
        Described::Book => book(),
        Described::Kind => kind_file::schema(),
        Described::Comparison => comparison(),
    };
    let (title, about) = match described {
        Described::Note => ("Front matter", "What a note says of itself."),
        Described::Book => ("book.toml", "The configuration of a site."),
        Described::Kind => ("Kind of notes", "A file of kinds/."),
        Described::Comparison => {
            ("Comparison", "A comparison as one document, or as a list of records.")
        }
    };
    let mut whole = Map::new();
    let dialect = "https://json-schema.org/draft/2020-12/schema";
    whole.insert("$schema".to_owned(), dialect.into());
    whole.insert("title".to_owned(), title.into());
    whole.insert("description".to_owned(), about.into());
    whole.extend(schema);
    format!("{:#}\n", Value::Object(whole))
}

/// The tables of `book.toml`; those of rules are the rules that there are.
fn book() -> Map<String, Value> {
    use crate::diag::Rule;
    let fields = fields_of(BOOK);
    let mut schema = form::object(&fields, None);
    let level = json!({ "enum": ["error", "warn", "allow"] });
    let rules: Map<String, Value> =
        Rule::ALL.iter().map(|it| (it.id().to_owned(), level.clone())).collect();
    let table = json!({
        "type": "object",
        "description": "What each rule weighs",
        "properties": rules,
        "additionalProperties": false,
    });
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("diagnostics".to_owned(), table);
    }
    schema.insert("allOf".to_owned(), form::demands(&fields).into_iter().collect());
    let mut schema = Value::Object(schema);
    texts_alone(&mut schema);
    schema.as_object().cloned().unwrap_or_default()
}

/// A text of `book.toml` does not look like a number: TOML has quotes for it.
fn texts_alone(schema: &mut Value) {
    match schema {
        Value::Array(items) if *items == ["string", "number", "boolean"] => {
            *schema = "string".into();
        }
        Value::Array(items) => items.iter_mut().for_each(texts_alone),
        Value::Object(map) => map.values_mut().for_each(texts_alone),
        _ => {}
    }
}

/// One document, or records in the long form, whose columns are the author's.
fn comparison() -> Map<String, Value> {
    let document = form::object(&fields_of(COMPARISON), None);
    let records = json!({ "type": "array", "items": { "type": "object" } });
    let schema = json!({ "anyOf": [document, records] });
    schema.as_object().cloned().unwrap_or_default()
}
