//! What its kind asks of a note.
//!
//! Only a note that names its kind is held to it: fields of the wrong form are told of
//! every such note, fields and sections that are missing of those that are accepted.

use super::event::Heading;
use super::head::Head;
use super::hub;
use super::meta::Meta;
use super::schema::{Reference, says_nothing};
use super::status::Status;
use crate::diag::{Diagnostic, Rule, Span};
use crate::kind::check::{self, Strictness};
use crate::kind::form::{Field, Form};
use crate::kind::{Kind, Kinds, Section};
use crate::path::FilePath;
use crate::value::fields::same;
use crate::value::{Data, Value};

/// Where data names a kind that there is.
pub fn named(file: &FilePath, data: &Value, kinds: &Kinds) -> Option<Span> {
    let (_, place) = kind(data, kinds)?;
    Some(Span::new(file, place.range.clone()))
}

/// The kind that data names, and the value that names it.
fn kind<'a>(data: &'a Value, kinds: &'a Kinds) -> Option<(&'a Kind, &'a Value)> {
    let value = data.get("kind")?;
    Some((kinds.get(value.text()?)?, value))
}

/// Tells of the fields that are not as the kind asks.
pub fn fields(
    file: &FilePath,
    data: &Value,
    meta: &Meta,
    kinds: &Kinds,
    told: &mut Vec<Diagnostic>,
) {
    let Some((kind, place)) = kind(data, kinds) else { return };
    let strictness = strictness(meta);
    for field in &kind.fields {
        let given = data.entries().iter().filter(|(key, _)| field.is_called(&key.text));
        // What every note has is judged where it is read.
        for (_, value) in given.filter(|_| !is_common(field, kinds)) {
            check::value(file, value, &field.form, strictness, told);
        }
        if strictness == Strictness::Accepted && field.required && !says(meta, field) {
            told.push(missing(kind, field, Span::new(file, place.range.clone())));
        }
    }
}

/// The notes that the fields of a kind name, each with its place.
///
/// Where the note does not name its kind itself, or is a card of a hub that has names of
/// its own, they may be no notes of the site.
pub fn references(head: &Head, kind: &Kind) -> Vec<Reference> {
    let mut found = Vec::new();
    let is_open = head.kind.is_none() || hub::is_card(&head.meta);
    for (file, data) in &head.data {
        let mut finder = Finder { file, is_open, found: &mut found };
        finder.table(&kind.fields, data);
    }
    found
}

/// Finds where data name notes.
struct Finder<'a> {
    file: &'a FilePath,
    is_open: bool,
    found: &'a mut Vec<Reference>,
}

impl Finder<'_> {
    fn table(&mut self, fields: &[Field], data: &Value) {
        for field in fields {
            let given =
                data.entries().iter().filter(|(key, _)| field.is_called(&key.text));
            given.for_each(|(_, value)| self.value(field, &field.form, value));
        }
    }

    fn value(&mut self, field: &Field, form: &Form, value: &Value) {
        match form {
            Form::List(item) => {
                for it in Form::items(value) {
                    self.value(field, item, it);
                }
            }
            Form::Table(table) => self.table(&table.fields, value),
            Form::Note => self.note(field, value),
            _ => {}
        }
    }

    fn note(&mut self, field: &Field, value: &Value) {
        let Some(id) = value.text().filter(|it| !says_nothing(it)) else { return };
        self.found.push(Reference {
            relation: field.relation,
            id: id.to_owned(),
            span: Span::new(self.file, value.range.clone()),
            is_open: self.is_open,
        });
    }
}

fn strictness(meta: &Meta) -> Strictness {
    match meta.status {
        Some(Status::Accepted | Status::Implemented) if !meta.draft => {
            Strictness::Accepted
        }
        _ => Strictness::Draft,
    }
}

fn is_common(field: &Field, kinds: &Kinds) -> bool {
    kinds.common.iter().any(|it| it.is_called(&field.name))
}

/// Whether metadata says a field, wherever it stands.
fn says(meta: &Meta, field: &Field) -> bool {
    let called = |name: &str| field.is_called(name);
    let extra =
        meta.extra.iter().any(|(name, value)| called(name) && value.data != Data::Null);
    extra || meta.names().into_iter().any(|it| same(it, &field.name))
}

fn missing(kind: &Kind, field: &Field, span: Span) -> Diagnostic {
    let message = format!("`{}` is missing in this {}", field.name, kind.name);
    let told = Diagnostic::new(Rule::MissingField, span, message);
    told.hint(field.request())
}

/// A sentence's beginning as a phrase's.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// Tells of the sections that an accepted note of its kind lacks.
pub fn sections(
    head: &Head,
    headings: &[Heading],
    kinds: &Kinds,
    told: &mut Vec<Diagnostic>,
) {
    let Some(place) = &head.kind else { return };
    let kind = head.meta.kind.as_deref().and_then(|it| kinds.get(it));
    let Some(kind) = kind.filter(|_| strictness(&head.meta) == Strictness::Accepted)
    else {
        return;
    };
    let has = |it: &Section| headings.iter().any(|heading| it.is_called(&heading.text));
    for section in kind.sections.iter().filter(|it| it.required && !has(it)) {
        let message = format!("this {} has no section `{}`", kind.name, section.title);
        let told_section = Diagnostic::new(Rule::MissingSection, place.clone(), message)
            .hint(format!("add `## {}`{}", section.title, prompt(section)));
        told.push(match section.synonyms.as_slice() {
            [] => told_section,
            synonyms => {
                let listed = synonyms.join("`, `");
                told_section.hint(format!("or call the section that says so `{listed}`"))
            }
        });
    }
}

fn prompt(section: &Section) -> String {
    let prompt = section.prompt.trim_end_matches('.');
    if prompt.is_empty() { String::new() } else { format!(": {}", lower(prompt)) }
}
