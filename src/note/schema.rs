//! Metadata read from data: front matter and side-car files have one schema.

mod kept;
mod reference;

pub use kept::KEPT;
use kept::ORDER;
pub use reference::Reference;

use super::meta::{Day, Link, Meta};
use super::status::{Stage, Status};
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::kind::form::Field;
use crate::kind::relation::Relation;
use crate::kind::{Kind, Kinds};
use crate::rubric::answer::is_answer;
use crate::value::complaint::{bad_date, unknown};
use crate::value::fields::same;
use crate::value::{Choice, Data, Fields, Key, Value, date};

/// What is made of fields that the schema does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// They are told.
    Tell,
    /// They are the convention of another tool.
    Leave,
}

/// Metadata as fields say it.
pub fn read(
    mut fields: Fields<'_>,
    kinds: &Kinds,
    unknown_fields: Unknown,
    told: &mut Vec<Diagnostic>,
) -> (Meta, Vec<Reference>) {
    let mut references = Vec::new();
    let mut meta = Meta {
        id: fields.text("id"),
        kind: kind(&mut fields, kinds),
        title: fields.text("title"),
        summary: text(&mut fields, &["summary", "description"]),
        system: fields.text("system"),
        components: texts(&mut fields, &["components", "component"]),
        owners: texts(&mut fields, &["owners", "owner", "authors", "author"]),
        reviewers: texts(&mut fields, &["reviewers", "reviewer", "sponsors", "sponsor"]),
        approvers: texts(&mut fields, &["approvers", "approver"]),
        created: day(&mut fields, &["created", "creation_date", "date", "start_date"]),
        decided: day(&mut fields, &["decided"]),
        reviewed: day(&mut fields, &["reviewed", "last_updated", "updated"]),
        review_by: day(&mut fields, &["review_by"]),
        aliases: texts(&mut fields, &["aliases", "alias"]),
        tags: texts(&mut fields, &["tags", "tag"]),
        slug: fields.text("slug"),
        order: integer(&mut fields, ORDER),
        draft: fields.bool("draft").unwrap_or(false),
        unlisted: fields.bool("search").is_some_and(|it| !it),
        data_origin: fields.text("data_origin"),
        ..Meta::default()
    };
    stage(&mut meta, &mut fields);
    relations(&mut fields, &mut references);
    status(&mut meta, &mut fields, &mut references);
    links(&mut meta, &mut fields);
    meta.relations = references.iter().filter_map(Reference::related).collect();
    others(&mut meta, fields, kinds, unknown_fields, told);
    (meta, references)
}

/// The kind under its own name, or as it is written where it is not known.
fn kind(fields: &mut Fields<'_>, kinds: &Kinds) -> Option<String> {
    let text = fields.text("kind")?;
    let Some(known) = kinds.get(&text) else {
        let value = fields.get("kind")?;
        fields.tell(kinds.unknown(&text, fields.span(value)));
        return Some(text);
    };
    Some(known.name.clone())
}

/// The first of several names that a field goes by.
fn first(fields: &mut Fields<'_>, names: &[&'static str]) -> Option<&'static str> {
    let given = names.iter().find(|name| fields.has(name)).copied();
    for name in names {
        fields.know(name);
    }
    given
}

fn text(fields: &mut Fields<'_>, names: &[&'static str]) -> Option<String> {
    first(fields, names).and_then(|name| fields.text(name))
}

fn texts(fields: &mut Fields<'_>, names: &[&'static str]) -> Vec<String> {
    first(fields, names).and_then(|name| fields.texts(name)).unwrap_or_default()
}

fn integer(fields: &mut Fields<'_>, names: &[&'static str]) -> Option<i64> {
    first(fields, names).and_then(|name| fields.int(name))
}

fn day(fields: &mut Fields<'_>, names: &[&'static str]) -> Option<Day> {
    let name = first(fields, names)?;
    let raw = fields.text(name)?;
    let value = fields.get(name)?;
    let date = match date::parse(&raw) {
        Ok(date) => Some(date),
        Err(meant) => {
            let told = bad_date(fields.span(value), &raw, meant);
            // A review that falls on no day is never due, and nobody would notice.
            let rule = if name == "review_by" { Rule::BadValue } else { told.rule };
            fields.tell(Diagnostic { rule, ..told });
            meant
        }
    };
    Some(Day { date, raw })
}

fn stage(meta: &mut Meta, fields: &mut Fields<'_>) {
    meta.stage = fields.choice("stage");
    let raw = fields.get("stage").filter(|_| meta.stage.is_some());
    let foreign = |value: &&Value| {
        Stage::WORDS[7..]
            .iter()
            .any(|(word, _)| value.text().is_some_and(|it| same(it, word)))
    };
    // `beta` is understood, and shown as it is written.
    if let Some(value) = raw.filter(foreign) {
        meta.extra.push(("stage".to_owned(), value.clone().without_places()));
    }
}

fn relations(fields: &mut Fields<'_>, references: &mut Vec<Reference>) {
    for relation in Relation::ALL {
        let synonym: &[&str] = match relation {
            Relation::Supersedes => &["supersedes", "replaces", "obsoletes"],
            Relation::SupersededBy => &["superseded_by", "replaced_by"],
            Relation::DependsOn => &["depends_on", "requires"],
            Relation::Related => &["related", "see_also"],
            _ => &[relation.name()],
        };
        let Some(name) = first(fields, synonym) else { continue };
        for (id, value) in fields.spanned_texts(name).unwrap_or_default() {
            if !says_nothing(&id) {
                let span = fields.span(value);
                let relation = Some(relation);
                references.push(Reference { relation, id, span, is_open: false });
            }
        }
    }
}

/// Whether a value only stands for there being none.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', '`', '*', '_', '.']);
    ["", "n/a", "na", "none", "nil", "-", "–", "—", "tbd", "tba", "to be done", "no"]
        .iter()
        .any(|it| text.eq_ignore_ascii_case(it))
}

fn status(meta: &mut Meta, fields: &mut Fields<'_>, references: &mut Vec<Reference>) {
    let Some(raw) = fields.text("status") else { return };
    let Some(value) = fields.get("status") else { return };
    let span = fields.span(value);
    if let Some(told) = set_status(meta, &raw, &raw, span.clone()) {
        fields.tell(told);
    }
    references.extend(successor(meta, None, span));
    meta.status_note = fields.text("status_note").or(meta.status_note.take());
}

/// Sets the status that a plain text says; tells of one that nobody knows.
pub(super) fn set_status(
    meta: &mut Meta,
    plain: &str,
    raw: &str,
    span: Span,
) -> Option<Diagnostic> {
    (meta.status, meta.status_note) = Status::parse(plain);
    meta.status_raw = Some(raw.trim().to_owned()).filter(|it| !it.is_empty());
    if meta.status.is_some() || says_nothing(plain) {
        return None;
    }
    let message = format!("`{}` is no status that is known", plain.trim());
    let told = Diagnostic::new(Rule::UnknownStatus, span, message);
    let names = || Status::ALL.map(Status::name).join(", ");
    let hint = nearest(plain.trim(), Status::words()).map_or_else(
        || format!("write one of {}", names()),
        |it| format!("write `{it}`"),
    );
    Some(told.hint(hint))
}

/// The note that `superseded by …` names: the target of its link, else its words.
pub(super) fn successor(
    meta: &Meta,
    link: Option<&str>,
    span: Span,
) -> Option<Reference> {
    let note =
        meta.status_note.as_deref().filter(|_| meta.status == Some(Status::Superseded));
    let words = note?.strip_prefix("by ")?.trim();
    let id = link.unwrap_or(words).to_owned();
    let relation = Some(Relation::SupersededBy);
    (!id.is_empty()).then_some(Reference { relation, id, span, is_open: false })
}

/// `links`, a table of names and addresses; four names stand alone too.
fn links(meta: &mut Meta, fields: &mut Fields<'_>) {
    let mut add = |name: &str, value: &Value| {
        let items = match &value.data {
            Data::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for target in items.iter().filter_map(Value::text) {
            meta.links.push(Link { name: name.to_owned(), target: target.to_owned() });
        }
    };
    match fields.get("links") {
        Some(value) if matches!(value.data, Data::Map(_)) => {
            value.entries().iter().for_each(|(key, it)| add(&key.text, it));
        }
        Some(value) => add("link", value),
        None => {}
    }
    for name in ["tracking", "pr", "dashboard", "code"] {
        if let Some(value) = fields.get(name) {
            add(name, value);
        }
    }
}

/// What is left: fields of the note's kind, of conventions, and what nothing knows.
fn others(
    meta: &mut Meta,
    fields: Fields<'_>,
    kinds: &Kinds,
    unknown_fields: Unknown,
    told: &mut Vec<Diagnostic>,
) {
    let file = fields.file();
    let kind = meta.kind.as_deref().and_then(|it| kinds.get(it));
    let known = known(&fields, kinds, kind);
    for (key, value) in fields.left(told) {
        meta.extra.push((key.text.clone(), value.clone().without_places()));
        let is_known = known.iter().chain(KEPT).any(|it| same(it, &key.text))
            || is_answer(&key.text);
        if unknown_fields == Unknown::Tell && !is_known {
            let mut unknown = unknown(file, key, &known);
            unknown.hints.extend(elsewhere(key, kinds, kind));
            told.push(unknown);
        }
    }
}

/// The names of a note's fields: those of every note, and those of its kind; of all
/// kinds where it names none.
fn known<'a>(
    fields: &Fields<'_>,
    kinds: &'a Kinds,
    kind: Option<&'a Kind>,
) -> Vec<&'a str> {
    let of_kinds: Vec<&Field> = match kind {
        Some(kind) => kind.fields.iter().collect(),
        None => kinds.iter().flat_map(|it| &it.fields).collect(),
    };
    let named = kinds.common.iter().chain(of_kinds).flat_map(Field::names);
    fields.known().iter().copied().chain(named).collect()
}

/// Which other kinds have a field that this one has not.
fn elsewhere(key: &Key, kinds: &Kinds, kind: Option<&Kind>) -> Option<String> {
    let kind = kind?;
    let has = |it: &&Kind| it.name != kind.name && it.field(&key.text).is_some();
    let others: Vec<String> =
        kinds.iter().filter(has).map(|it| format!("`{}`", it.name)).collect();
    (!others.is_empty()).then(|| {
        format!("a `{}` has no such field; {} has", kind.name, others.join(", "))
    })
}
