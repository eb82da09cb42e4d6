//! The schema of front matter: the fields of every note, and those of its kind.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{form, word};
use crate::kind::form::Field;
use crate::kind::{Kind, Kinds};
use crate::note::schema::KEPT;
use crate::note::status::{Stage, Status};
use crate::rubric::FIELDS;
use crate::value::Choice;

/// The schema of the front matter of a project with these kinds.
pub(super) fn schema(kinds: &Kinds) -> Map<String, Value> {
    let mut schema = form::named(&kinds.common);
    schema.insert("type".to_owned(), json!(["object", "null"]));
    words(&mut schema, kinds);
    if let Some(Value::Object(patterns)) = schema.get_mut("patternProperties") {
        patterns.insert(form::spellings(KEPT.iter().copied()), json!(true));
        // Answers to rubrics; a site's own rubrics decide what may stand in them.
        let answers = FIELDS.iter().map(|(field, _)| *field).chain(["rubric", "search"]);
        patterns.insert(form::spellings(answers), json!(true));
        patterns.insert("^rubric\\.".to_owned(), json!(true));
    }
    let parts = kinds.iter().flat_map(of_kind).chain([of_no_kind(kinds)]);
    schema.insert("allOf".to_owned(), parts.collect());
    schema.insert("unevaluatedProperties".to_owned(), json!(false));
    schema
}

/// The fields that have a vocabulary.
fn words(schema: &mut Map<String, Value>, kinds: &Kinds) {
    let Some(Value::Object(fields)) = schema.get_mut("properties") else { return };
    let mut set = |name: &str, value: Value| {
        let known = fields.get(name).and_then(|it| it.get("description")).cloned();
        let mut value = value;
        value["description"] = known.unwrap_or_default();
        fields.insert(name.to_owned(), value);
    };
    let named = kinds.iter().map(|it| {
        json!({ "const": it.name, "title": it.title, "description": it.description })
    });
    let capital = json!({ "type": "string", "pattern": word::alone(kinds.iter().map(|it| &*it.name)) });
    let nothing = json!({ "type": "null" });
    let named: Vec<Value> = named.chain([capital, nothing.clone()]).collect();
    set("kind", json!({ "anyOf": named }));
    let statuses = Status::ALL.map(Status::name);
    let known = json!({ "type": "string", "pattern": word::beginning(Status::words()) });
    let absent =
        word::alone(["n/a", "na", "none", "nil", "tbd", "tba", "to be done", "no"]);
    let absent = json!({ "type": "string", "pattern": absent });
    set("status", json!({ "anyOf": [{ "enum": statuses }, known, absent, nothing] }));
    let stages: Vec<&str> = Stage::WORDS.iter().map(|(word, _)| *word).collect();
    set("stage", json!({ "anyOf": [{ "enum": stages }, nothing] }));
}

/// What holds for the notes of a kind; and what for those that are accepted.
fn of_kind(kind: &Kind) -> Vec<Value> {
    let is = json!({
        "properties": { "kind": { "type": "string", "pattern": word::alone([&*kind.name]) } },
        "required": ["kind"],
    });
    let mut parts = vec![json!({ "if": is, "then": form::named(&kind.fields) })];
    if let Some(demands) = form::demands(&kind.fields) {
        let strict = Status::words_of(&[Status::Accepted, Status::Implemented]);
        let accepted = json!({
            "properties": {
                "status": { "type": "string", "pattern": word::beginning(strict) },
                "draft": { "not": { "const": true } },
            },
            "required": ["status"],
        });
        parts.push(json!({ "if": { "allOf": [is, accepted] }, "then": demands }));
    }
    parts
}

/// A note that names no kind may have the fields of any, and is held to none.
fn of_no_kind(kinds: &Kinds) -> Value {
    let names = kinds.iter().flat_map(|it| &it.fields).flat_map(Field::names);
    let names = form::spellings(names.collect::<BTreeSet<_>>());
    json!({
        "if": { "not": { "required": ["kind"] } },
        "then": { "patternProperties": { names: true } },
    })
}
