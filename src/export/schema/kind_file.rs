//! The schema of a kind's file.

use serde_json::{Map, Value, json};

use crate::kind::relation::Relation;
use crate::kind::type_words;

/// The schema of a file of `kinds/`.
pub(super) fn schema() -> Map<String, Value> {
    let schema = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string", "pattern": "^[a-z0-9-]+$", "description": "The name by which notes name it; the file's where none is given" },
            "title": { "type": "string", "description": "What a reader calls it" },
            "description": { "type": "string", "description": "What such a note says, in a sentence" },
            "icon": { "type": "string", "pattern": "^[MmLlHhVvCcSsQqTtAaZz0-9 ,.+\\n-]*$", "description": "The path of a drawing of 24 by 24, as SVG's `d` gives it" },
            "folders": { "anyOf": [{ "type": "array", "items": { "$ref": "#/$defs/folder" } }, { "$ref": "#/$defs/folder" }], "description": "The folders of such notes; `new` puts them into the first, and a note there that names no kind is of this one" },
            "fields": { "$ref": "#/$defs/fields", "description": "The fields that such a note has beside those of every note" },
            "sections": { "type": "object", "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/section" }, { "const": false }] }, "description": "The sections that are expected in it; `false` takes one away" },
            "template": { "type": "string", "description": "What `new` writes in place of the sections; `{title}` stands for the title" },
        },
        "$defs": {
            "folder": { "type": "string", "pattern": "^[^/.][^\\\\]*$" },
            "fields": { "type": "object", "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/field" }, { "$ref": "#/$defs/type" }, { "const": false }] } },
            "type": { "enum": type_words() },
            "form": { "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/item" }] },
            "item": { "type": "object", "properties": typed(), "additionalProperties": false, "allOf": only() },
            "field": { "type": "object", "properties": field(), "additionalProperties": false, "allOf": only() },
            "section": section(),
        },
    });
    schema.as_object().cloned().unwrap_or_default()
}

fn typed() -> Map<String, Value> {
    let typed = json!({
        "type": { "$ref": "#/$defs/type", "description": "What its value is" },
        "choices": { "type": "array", "items": { "type": "string" }, "minItems": 1, "description": "The words of a choice" },
        "items": { "$ref": "#/$defs/form", "description": "What the values of a list are" },
        "fields": { "$ref": "#/$defs/fields", "description": "The fields of a table" },
        "short": { "type": "string", "description": "The field that a text in place of the table gives" },
        "others": { "$ref": "#/$defs/form", "description": "What the fields of a table are whose names the author makes up" },
    });
    typed.as_object().cloned().unwrap_or_default()
}

fn field() -> Map<String, Value> {
    let mut field = typed();
    let more = json!({
        "description": { "type": "string", "description": "What it says, in a phrase" },
        "required": { "type": "boolean", "description": "Whether an accepted note must have it" },
        "also": { "anyOf": [{ "type": "array", "items": { "type": "string" } }, { "type": "string" }], "description": "Other names that it goes by" },
        "relation": { "enum": Relation::ALL.map(Relation::name), "description": "What the notes are to this one that it names" },
        "example": { "type": "string", "description": "A value as `new` shows it, in YAML" },
    });
    field.extend(more.as_object().cloned().unwrap_or_default());
    field
}

/// What belongs to one type alone, with other types.
fn only() -> Value {
    let parts = [
        ("choice", vec!["choices"]),
        ("list", vec!["items"]),
        ("table", vec!["fields", "short", "others"]),
    ];
    let parts = parts.map(|(kind, names)| {
        let none: Vec<Value> =
            names.iter().map(|it| json!({ "not": { "required": [it] } })).collect();
        json!({
            "if": { "required": ["type"], "properties": { "type": { "not": { "const": kind } } } },
            "then": { "allOf": none },
        })
    });
    parts.into_iter().collect()
}

fn section() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "title": { "type": "string", "description": "Its heading" },
            "synonyms": { "anyOf": [{ "type": "array", "items": { "type": "string" } }, { "type": "string" }], "description": "Other headings that it goes by" },
            "required": { "type": "boolean", "description": "Whether an accepted note must have it" },
            "prompt": { "type": "string", "description": "What belongs into it" },
        },
    })
}
