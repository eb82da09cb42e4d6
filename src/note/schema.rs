//! Metadata read from data: front matter and side-car files have one schema.

mod kept;

use kept::KEPT;

use super::meta::{Day, Link, Meta, Relation};
use super::status::{Stage, Status};
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::value::complaint::{bad_date, unknown};
use crate::value::fields::same;
use crate::value::{Choice, Data, Fields, Value, date};

/// Another note that metadata names, and the place where it does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// What the other note is to this one.
    pub relation: Relation,
    /// What is written: an id, a path, a number.
    pub id: String,
    /// Where it is written.
    pub span: Span,
}

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
    unknown_fields: Unknown,
    told: &mut Vec<Diagnostic>,
) -> (Meta, Vec<Reference>) {
    let mut references = Vec::new();
    let mut meta = Meta {
        id: fields.text("id"),
        kind: fields.text("kind"),
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
        order: integer(
            &mut fields,
            &["order", "weight", "nav_order", "sidebar_position"],
        ),
        draft: fields.bool("draft").unwrap_or(false),
        data_origin: fields.text("data_origin"),
        ..Meta::default()
    };
    stage(&mut meta, &mut fields);
    relations(&mut fields, &mut references);
    status(&mut meta, &mut fields, &mut references);
    links(&mut meta, &mut fields);
    meta.relations = references.iter().map(|it| (it.relation, it.id.clone())).collect();
    others(&mut meta, fields, unknown_fields, told);
    (meta, references)
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
            fields.tell(bad_date(fields.span(value), &raw, meant));
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
                references.push(Reference { relation, id, span });
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
    let relation = Relation::SupersededBy;
    (!id.is_empty()).then_some(Reference { relation, id, span })
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

fn others(
    meta: &mut Meta,
    fields: Fields<'_>,
    unknown_fields: Unknown,
    told: &mut Vec<Diagnostic>,
) {
    let file = fields.file();
    let known: Vec<&str> = fields.known().iter().chain(KEPT).copied().collect();
    for (key, value) in fields.left(told) {
        meta.extra.push((key.text.clone(), value.clone().without_places()));
        let known_key = known.iter().any(|it| same(it, &key.text));
        if unknown_fields == Unknown::Tell && !known_key {
            told.push(unknown(file, key, &known));
        }
    }
}
