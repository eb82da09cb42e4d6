//! Kinds read from data.

use super::form::{Field, Form, Table};
use super::relation::Relation;
use super::{Kind, Section};
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::value::complaint::wrong;
use crate::value::{Choice, Data, Fields, Value};

/// The name of the kind that a file gives, and where it gives it; its stem where it says
/// none.
pub(super) fn name(
    file: &FilePath,
    data: &Value,
    told: &mut Vec<Diagnostic>,
) -> Option<(String, Span)> {
    let (name, span) = match data.get("name") {
        Some(value) => (value.text()?.to_owned(), Span::new(file, value.range.clone())),
        None => (file.stem().to_lowercase(), Span::new(file, 0..0)),
    };
    if is_name(&name) {
        return Some((name, span));
    }
    let message = format!("`{name}` is no name of a kind");
    let hint = "write lower-case letters, digits and hyphens: `name = \"data-contract\"`";
    told.push(Diagnostic::new(Rule::BadValue, span, message).hint(hint));
    None
}

fn is_name(text: &str) -> bool {
    let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    !text.is_empty() && text.chars().all(fits)
}

/// The kind that data gives.
pub(super) fn kind(
    file: &FilePath,
    name: &str,
    data: &Value,
    told: &mut Vec<Diagnostic>,
) -> Kind {
    let mut fields = Fields::new(file, data);
    fields.skip("name");
    let capital = || {
        let mut letters = name.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>().replace('-', " ")
    };
    let kind = Kind {
        name: name.to_owned(),
        title: fields.string("title").unwrap_or_else(capital),
        description: fields.string("description").unwrap_or_default(),
        icon: icon(&mut fields),
        folders: folders(&mut fields),
        fields: fields
            .get("fields")
            .map_or_else(Vec::new, |it| self::fields(file, it, told)),
        sections: sections(&mut fields, told),
        template: fields.string("template"),
    };
    fields.rest(told);
    kind
}

/// The path of a drawing; what else would stand there could be anything.
fn icon(fields: &mut Fields<'_>) -> String {
    let Some(path) = fields.string("icon") else { return String::new() };
    let fits = |it: char| {
        "MmLlHhVvCcSsQqTtAaZz".contains(it)
            || it.is_ascii_digit()
            || " ,.-+\n".contains(it)
    };
    if path.chars().all(fits) {
        return path;
    }
    if let Some(value) = fields.get("icon") {
        let message = "this is no path of a drawing";
        let hint = "write what the attribute `d` of an SVG path of 24 by 24 holds: \
                    `icon = \"M4 4h16v16H4z\"`";
        let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
        fields.tell(told.hint(hint));
    }
    String::new()
}

fn folders(fields: &mut Fields<'_>) -> Vec<String> {
    let mut folders = Vec::new();
    for (text, value) in fields.spanned_texts("folders").unwrap_or_default() {
        let plain = text.trim_matches('/').to_owned();
        let inside = !plain.is_empty() && FilePath::default().join(&plain).is_some();
        if inside && !text.starts_with('/') && !plain.split('/').any(|it| it == "..") {
            folders.push(plain);
        } else {
            let message = format!("`{text}` is no folder among the notes");
            let hint = "write its path below the folder of the notes: `decisions`";
            let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
            fields.tell(told.hint(hint));
        }
    }
    folders
}

fn sections(fields: &mut Fields<'_>, told: &mut Vec<Diagnostic>) -> Vec<Section> {
    let mut sections = Vec::new();
    for (key, value) in fields.map("sections").unwrap_or_default() {
        if is_taken_away(value) {
            continue;
        }
        let mut inner = fields.inner(value);
        let section = Section {
            name: key.text.clone(),
            title: inner.required("title").unwrap_or_else(|| key.text.clone()),
            synonyms: inner.texts("synonyms").unwrap_or_default(),
            required: inner.bool("required").unwrap_or(false),
            prompt: inner.text("prompt").unwrap_or_default(),
        };
        inner.rest(told);
        sections.push(section);
    }
    sections
}

/// The fields that a table of fields gives.
pub(super) fn fields(
    file: &FilePath,
    data: &Value,
    told: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    if !matches!(data.data, Data::Map(_)) {
        told.push(wrong(file, data, "a table"));
    }
    let entries = data.entries().iter().filter(|(_, value)| !is_taken_away(value));
    entries.map(|(key, value)| field(file, &key.text, value, told)).collect()
}

/// `rollout = false` takes away what the built-in kind has.
fn is_taken_away(value: &Value) -> bool {
    value.data == Data::Bool(false)
}

fn field(file: &FilePath, name: &str, data: &Value, told: &mut Vec<Diagnostic>) -> Field {
    let mut field = Field {
        name: name.to_owned(),
        also: Vec::new(),
        description: String::new(),
        required: false,
        form: Form::Any,
        relation: None,
        example: None,
    };
    if data.text().is_some() {
        field.form = form(file, data, told);
        return field;
    }
    let mut fields = Fields::new(file, data);
    field.also = fields.texts("also").unwrap_or_default();
    field.description = fields.string("description").unwrap_or_default();
    field.required = fields.bool("required").unwrap_or(false);
    field.example = fields.string("example");
    field.form = form_of(&mut fields, data, told);
    field.relation = relation(&mut fields, &field.form);
    fields.rest(told);
    field
}

/// What the notes are that a field names: only ids of notes can be in a relation.
fn relation(fields: &mut Fields<'_>, form: &Form) -> Option<Relation> {
    let relation = fields.choice("relation")?;
    if form.is_of_notes() {
        return Some(relation);
    }
    if let Some(value) = fields.get("relation") {
        let message = "only a field that names notes can be a relation";
        let hint = "let its `type` be `note`, or a `list` whose `items` are `note`";
        let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
        fields.tell(told.hint(hint));
    }
    None
}

/// A form: the word for it alone, or a table.
fn form(file: &FilePath, data: &Value, told: &mut Vec<Diagnostic>) -> Form {
    if data.text().is_some() {
        // The word stands where a table would have it as its `type`.
        let key =
            crate::value::Key { text: "type".to_owned(), range: data.range.clone() };
        let entries = vec![(key, data.clone())];
        let table = Value { range: data.range.clone(), data: Data::Map(entries) };
        let mut fields = Fields::new(file, &table);
        let form = form_of(&mut fields, &table, told);
        fields.rest(told);
        return form;
    }
    let mut fields = Fields::new(file, data);
    let form = form_of(&mut fields, data, told);
    fields.rest(told);
    form
}

fn form_of(fields: &mut Fields<'_>, data: &Value, told: &mut Vec<Diagnostic>) -> Form {
    if !fields.has("type") {
        let span = fields.span(data);
        let message = "the field `type` is missing here";
        let hint = format!("add one of `{}`", type_words().join("`, `"));
        fields.tell(Diagnostic::new(Rule::BadValue, span, message).hint(hint));
        return Form::Any;
    }
    match fields.choice::<Type>("type") {
        None | Some(Type::Any) => Form::Any,
        Some(Type::Text) => Form::Text,
        Some(Type::Date) => Form::Date,
        Some(Type::Int) => Form::Int,
        Some(Type::Number) => Form::Number,
        Some(Type::Bool) => Form::Bool,
        Some(Type::Note) => Form::Note,
        Some(Type::Choice) => choices(fields, data),
        Some(Type::List) => {
            let file = fields.file();
            let items = fields.get("items").map(|it| form(file, it, told));
            Form::List(Box::new(items.unwrap_or(Form::Any)))
        }
        Some(Type::Table) => Form::Table(table(fields, told)),
    }
}

fn choices(fields: &mut Fields<'_>, data: &Value) -> Form {
    let words = fields.texts("choices").unwrap_or_default();
    if words.is_empty() {
        let span = fields.span(data);
        let message = "a choice needs the words to choose from";
        let hint = "add them: `choices = [\"low\", \"high\"]`";
        fields.tell(Diagnostic::new(Rule::BadValue, span, message).hint(hint));
        return Form::Text;
    }
    Form::Choice(words)
}

fn table(fields: &mut Fields<'_>, told: &mut Vec<Diagnostic>) -> Table {
    let file = fields.file();
    let inner = fields.get("fields").map(|it| self::fields(file, it, told));
    let others = fields.get("others").map(|it| Box::new(form(file, it, told)));
    let table = Table { fields: inner.unwrap_or_default(), short: None, others };
    let short = fields.string("short");
    if let Some(name) = short.as_ref().filter(|it| table.field(it).is_none())
        && let Some(value) = fields.get("short")
    {
        let message = format!("there is no field `{name}` here");
        let hint = "name the field that a text in place of the table gives";
        let told = Diagnostic::new(Rule::BadValue, fields.span(value), message);
        fields.tell(told.hint(hint));
    }
    Table { short: short.filter(|it| table.field(it).is_some()), ..table }
}

/// The words for the types of fields.
pub fn type_words() -> Vec<&'static str> {
    Type::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The types of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Any,
    Text,
    Date,
    Int,
    Number,
    Bool,
    Choice,
    Note,
    List,
    Table,
}

impl Choice for Type {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("date", Self::Date),
        ("int", Self::Int),
        ("number", Self::Number),
        ("bool", Self::Bool),
        ("choice", Self::Choice),
        ("note", Self::Note),
        ("list", Self::List),
        ("table", Self::Table),
        ("any", Self::Any),
    ];
}
