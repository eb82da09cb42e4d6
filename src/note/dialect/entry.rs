//! A key of a header with its value, and what it says of the note.

use std::ops::Range;

use super::Header;
use super::block::Run;
use crate::diag::{Diagnostic, Span};
use crate::kind::relation::Relation;
use crate::note::meta::{Day, Link};
use crate::note::schema::{Reference, says_nothing, set_status, successor};
use crate::path::FilePath;
use crate::value::complaint::bad_date;
use crate::value::{Value, date};

/// A key of a header with its value.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The key in plain form: `authors`.
    pub(super) key: String,
    /// The key as it is written.
    pub(super) label: String,
    /// The value without its markup.
    pub(super) text: String,
    /// The targets of its links, and where in `text` each begins.
    pub(super) links: Vec<(usize, String)>,
    /// The bytes of the file that hold the value.
    pub(super) range: Range<usize>,
}

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Status,
    Owners,
    Reviewers,
    Approvers,
    Created,
    Reviewed,
    Decided,
    Id,
    Title,
    Link(&'static str),
    Relation(Relation),
    /// It is known to be metadata, and kept as it is.
    Extra,
}

/// The keys of headers in plain form; a key may also end in `s`, `(s)` or `#`.
const KEYS: &[(&str, Field)] = &[
    ("status", Field::Status),
    ("state", Field::Status),
    ("author", Field::Owners),
    ("owner", Field::Owners),
    ("proposer", Field::Owners),
    ("sponsor", Field::Reviewers),
    ("reviewer", Field::Reviewers),
    ("review manager", Field::Reviewers),
    ("shepherd", Field::Reviewers),
    ("approver", Field::Approvers),
    ("updated", Field::Reviewed),
    ("last updated", Field::Reviewed),
    ("created", Field::Created),
    ("creation date", Field::Created),
    ("start date", Field::Created),
    ("date", Field::Created),
    ("decided", Field::Decided),
    ("decision date", Field::Decided),
    ("proposal", Field::Id),
    ("feature name", Field::Title),
    ("rfc", Field::Link("pr")),
    ("rfc pr", Field::Link("pr")),
    ("erfc pr", Field::Link("pr")),
    ("pr", Field::Link("pr")),
    ("pull request", Field::Link("pr")),
    ("rust issue", Field::Link("tracking")),
    ("tracking issue", Field::Link("tracking")),
    ("issue", Field::Link("tracking")),
    ("bug", Field::Link("tracking")),
    ("technical story", Field::Link("tracking")),
    ("implementation", Field::Link("code")),
    ("review", Field::Link("review")),
    ("discussion", Field::Link("discussion")),
    ("decision note", Field::Link("decision")),
    ("obsolete", Field::Relation(Relation::Supersedes)),
    ("replaces", Field::Relation(Relation::Supersedes)),
    ("supersede", Field::Relation(Relation::Supersedes)),
    ("previous proposal", Field::Relation(Relation::Supersedes)),
    ("superseded by", Field::Relation(Relation::SupersededBy)),
    ("replaced by", Field::Relation(Relation::SupersededBy)),
    ("amend", Field::Relation(Relation::Amends)),
    ("depends on", Field::Relation(Relation::DependsOn)),
    ("see also", Field::Relation(Relation::Related)),
    ("related", Field::Relation(Relation::Related)),
    ("decider", Field::Extra),
    ("consulted", Field::Extra),
    ("informed", Field::Extra),
    ("type", Field::Extra),
    ("resolution", Field::Extra),
    ("tag", Field::Extra),
];

/// What a key in plain form is about.
pub(super) fn field(key: &str) -> Option<Field> {
    let known = |key: &str| KEYS.iter().find(|(it, _)| *it == key).map(|(_, it)| *it);
    known(key).or_else(|| known(key.strip_suffix('s')?))
}

impl Entry {
    /// The entry of a key and the part of a run that is its value.
    pub(super) fn new(label: &str, run: &Run, part: Range<usize>) -> Self {
        let text = &run.text[part.clone()];
        let start = part.start + (text.len() - text.trim_start().len());
        let text = text.trim();
        let end = start + text.len();
        let links = run.links.iter().filter(|(at, _)| (start..=end).contains(at));
        Self {
            key: plain(label),
            label: label.trim().trim_end_matches(':').trim().to_owned(),
            text: text.to_owned(),
            links: links.map(|(at, target)| (at - start, target.clone())).collect(),
            range: run.place(start..end),
        }
    }

    /// The entry of `Key: value`; `None` where there is no such key.
    pub(super) fn of_run(run: &Run, part: Range<usize>) -> Option<Self> {
        let text = &run.text[part.clone()];
        let (label, _) = text.split_once(':')?;
        let value = part.start + label.len() + 1..part.end;
        let sentence = label.contains(['.', '\n', '`']) || label.split(' ').count() > 5;
        let apart =
            run.text[value.clone()].chars().next().is_none_or(char::is_whitespace);
        let known = !sentence && apart && label.len() <= 40 && !label.trim().is_empty();
        known.then(|| Self::new(label, run, value))
    }

    /// Takes over the value of a row or line that continues this one.
    pub(super) fn extend(&mut self, other: Self) {
        let offset = self.text.len() + 1;
        self.text = format!("{}\n{}", self.text, other.text);
        self.links.extend(other.links.into_iter().map(|(at, it)| (at + offset, it)));
        self.range.end = other.range.end.max(self.range.end);
    }
}

/// A key in plain form: `**Author(s)**` is `author`, `RFC PR #` is `rfc pr`.
fn plain(label: &str) -> String {
    let key = label.to_lowercase().replace(['-', '_'], " ");
    let key = key.trim_matches(|it: char| it.is_whitespace() || ":*#".contains(it));
    key.replace("(s)", "").trim_end().to_owned()
}

/// Puts what an entry says into the header.
pub(super) fn assign(
    file: &FilePath,
    entry: &Entry,
    header: &mut Header,
    told: &mut Vec<Diagnostic>,
) {
    let meta = &mut header.meta;
    let nothing = says_nothing(&entry.text);
    match field(&entry.key).filter(|_| !nothing) {
        Some(Field::Status) => {
            let span = Span::new(file, entry.range.clone());
            told.extend(set_status(meta, &entry.text, &entry.text, span.clone()));
            let link = entry.links.first().map(|(_, it)| it.as_str());
            header.status = Some(span.clone());
            let by = successor(meta, link, span);
            meta.relations.extend(by.iter().filter_map(Reference::related));
            header.references.extend(by);
        }
        Some(Field::Owners) => meta.owners.extend(people(&entry.text)),
        Some(Field::Reviewers) => meta.reviewers.extend(people(&entry.text)),
        Some(Field::Approvers) => meta.approvers.extend(people(&entry.text)),
        Some(Field::Created) => meta.created = Some(day(file, entry, told)),
        Some(Field::Reviewed) => meta.reviewed = Some(day(file, entry, told)),
        Some(Field::Decided) => meta.decided = Some(day(file, entry, told)),
        Some(Field::Id) => meta.id = Some(entry.text.clone()),
        Some(Field::Title) => meta.title = Some(entry.text.replace('\n', " ")),
        Some(Field::Link(name)) => meta.links.extend(links(name, entry)),
        Some(Field::Relation(relation)) => relate(file, relation, entry, header),
        Some(Field::Extra) | None => {
            let value = Value::from(entry.text.as_str());
            meta.extra.push((entry.label.clone(), value));
        }
    }
}

/// The people of a list: between commas, semicolons, `and`, `&` and line breaks that
/// stand in no brackets.
fn people(text: &str) -> Vec<String> {
    let (mut people, mut depth) = (vec![String::new()], 0_usize);
    for word in text.replace('\n', " , ").split_inclusive([' ', ',', ';']) {
        let bare = word.trim();
        if depth == 0 && matches!(bare, "and" | "&" | "," | ";") {
            people.push(String::new());
            continue;
        }
        depth += word.matches(['(', '<', '[']).count();
        depth = depth.saturating_sub(word.matches([')', '>', ']']).count());
        let ends = depth == 0 && bare.ends_with([',', ';']);
        let kept = if ends { bare.trim_end_matches([',', ';']) } else { word };
        people.last_mut().expect("it begins with one").push_str(kept);
        if ends {
            people.push(String::new());
        }
    }
    people.iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

fn day(file: &FilePath, entry: &Entry, told: &mut Vec<Diagnostic>) -> Day {
    let raw = entry.text.clone();
    let first = raw.split_whitespace().next().unwrap_or_default();
    let date = match date::parse(&raw).or_else(|meant| date::parse(first).or(Err(meant)))
    {
        Ok(date) => Some(date),
        Err(meant) => {
            told.push(bad_date(Span::new(file, entry.range.clone()), &raw, meant));
            meant
        }
    };
    Day { date, raw }
}

/// The targets of a value's links and its bare addresses; else its text.
fn links(name: &str, entry: &Entry) -> Vec<Link> {
    let bare = entry.text.split_whitespace().filter(|it| it.contains("://"));
    let linked = entry.links.iter().map(|(_, it)| it.as_str());
    let mut targets: Vec<&str> = if entry.links.is_empty() {
        bare.map(|it| it.trim_matches([',', '.', ';', '(', ')', '<', '>'])).collect()
    } else {
        linked.collect()
    };
    if targets.is_empty() {
        targets.push(&entry.text);
    }
    let link = |it: &str| Link { name: name.to_owned(), target: it.to_owned() };
    targets.into_iter().map(link).collect()
}

/// A note is named by the target of a link, else by a word between commas.
fn relate(file: &FilePath, relation: Relation, entry: &Entry, header: &mut Header) {
    let linked: Vec<String> = entry.links.iter().map(|(_, it)| it.clone()).collect();
    let ids = if linked.is_empty() { people(&entry.text) } else { linked };
    for id in ids.into_iter().filter(|it| !says_nothing(it)) {
        header.meta.relations.push((relation, id.clone()));
        let span = Span::new(file, entry.range.clone());
        let relation = Some(relation);
        header.references.push(Reference { relation, id, span, is_open: false });
    }
}
