//! What a note says of itself, as it is shown above its text.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::note::card::{Card, Tasks};
use crate::note::link::Target;
use crate::note::meta::{self, Day, Meta};
use crate::note::status::Status;
use crate::site::tie::Tie;
use crate::value::Value;
use crate::view::card;
use crate::view::link::Lookup;

mod history;

/// What a note says of itself, in the order in which it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Facts {
    /// The facts that have a value.
    pub rows: Vec<Fact>,
}

/// A fact and its values.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Fact {
    /// The name by which the words of the interface and the style sheet know it:
    /// `depends-on`.
    pub key: String,
    /// What it is called where the words of the interface do not know it.
    pub label: String,
    /// The values.
    pub values: Vec<FactValue>,
    /// Where on the page it stands.
    pub group: Group,
}

/// Where on a page a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// First: what a reader has to know of any note.
    Lead,
    /// Below it: what the note is to others.
    Tie,
    /// Folded: all else.
    More,
}

/// A value of a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct FactValue {
    /// As it is shown.
    pub text: String,
    /// In the vocabulary, for a class; empty if it has none.
    pub key: String,
    /// Where it leads, seen from the page; empty if nowhere.
    pub href: String,
    /// What is said beside it.
    pub note: String,
    /// The path of a drawing of 24 by 24 that stands before it; empty if there is none.
    pub icon: String,
    /// Year, month and day, if it is a day; it is then shown as the language has it.
    pub day: Option<(i16, i8, i8)>,
}

/// What a note says of itself, seen from its page.
pub fn of(lookup: &Lookup<'_>, card: &Card) -> Facts {
    let meta = &card.meta;
    let mut facts = Facts::default();
    facts.add("status", status(meta));
    facts.one("tasks", tasks(card));
    facts.one("stage", meta.stage.map(|it| it.name().to_owned()));
    facts.add("kind", kind(lookup, meta));
    facts.one("system", meta.system.clone());
    facts.all("components", &meta.components);
    facts.all("owners", &meta.owners);
    facts.all("reviewers", &meta.reviewers);
    facts.all("approvers", &meta.approvers);
    let days = [
        ("created", &meta.created),
        ("decided", &meta.decided),
        ("reviewed", &meta.reviewed),
        ("review-by", &meta.review_by),
    ];
    for (key, day) in days {
        facts.add(key, day.iter().map(date).collect());
    }
    history::add(&mut facts, lookup, card);
    ties(&mut facts, lookup, card);
    facts.add("links", meta.links.iter().map(link).collect());
    facts.one("data-origin", meta.data_origin.clone());
    facts.add("tags", meta.tags.iter().map(|it| tag(lookup, card, it)).collect());
    extra(&mut facts, lookup, card);
    facts.arrange();
    facts
}

/// Fields that are shown nowhere else.
fn extra(facts: &mut Facts, lookup: &Lookup<'_>, card: &Card) {
    for (name, value) in card.meta.extra.iter().filter(|it| !card::shows(card, &it.0)) {
        let values = if names_notes(lookup, card, name) {
            plain(value).into_iter().map(|it| note(lookup, card, it)).collect()
        } else {
            plain(value)
        };
        if !values.is_empty() {
            facts.rows.push(Fact {
                key: "extra".to_owned(),
                label: name.clone(),
                values,
                group: Group::More,
            });
        }
    }
}

/// The facts that a reader has to know of any note.
const LEAD: &[&str] = &[
    "status",
    "tasks",
    "stage",
    "kind",
    "system",
    "owners",
    "decided",
    "reviewed",
    "review-by",
    "tags",
    "updated",
];

/// The fewest facts that are folded: fewer are no longer than the word that unfolds them.
const FOLDED: usize = 3;

impl Facts {
    /// Says of each fact where it stands.
    fn arrange(&mut self) {
        for row in &mut self.rows {
            if LEAD.contains(&row.key.as_str()) {
                row.group = Group::Lead;
            }
        }
        let more = |it: &&mut Fact| it.group == Group::More;
        if self.rows.iter_mut().filter(more).count() < FOLDED {
            for row in self.rows.iter_mut().filter(more) {
                row.group = Group::Lead;
            }
        }
    }

    fn add(&mut self, key: &str, values: Vec<FactValue>) {
        if !values.is_empty() {
            let (key, label) = (key.to_owned(), key.to_owned());
            self.rows.push(Fact { key, label, values, group: Group::More });
        }
    }

    /// Says in the vocabulary what the last fact is, if it is that of a key.
    fn mark(&mut self, key: &str, word: &str) {
        for row in self.rows.iter_mut().filter(|it| it.key == key) {
            row.values.iter_mut().for_each(|it| word.clone_into(&mut it.key));
        }
    }

    fn one(&mut self, key: &str, value: Option<String>) {
        self.add(key, value.into_iter().map(FactValue::text).collect());
    }

    fn all(&mut self, key: &str, values: &[String]) {
        self.add(key, values.iter().cloned().map(FactValue::text).collect());
    }
}

impl FactValue {
    fn text(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// The status as the note writes it, known by what it means.
fn status(meta: &Meta) -> Vec<FactValue> {
    let known = meta.status.map_or("", Status::name);
    let text = meta.status_raw.clone().unwrap_or_else(|| known.to_owned());
    if text.is_empty() {
        return Vec::new();
    }
    let note = meta.status_note.clone().filter(|it| !text.contains(it.as_str()));
    let key = known.to_owned();
    vec![FactValue { key, note: note.unwrap_or_default(), ..FactValue::text(text) }]
}

/// The kind under the title that its readers know.
fn kind(lookup: &Lookup<'_>, meta: &Meta) -> Vec<FactValue> {
    let Some(name) = &meta.kind else { return Vec::new() };
    let Some(kind) = lookup.kinds.get(name) else {
        return vec![FactValue::text(name.clone())];
    };
    vec![FactValue {
        key: kind.name.clone(),
        icon: kind.icon.clone(),
        ..FactValue::text(kind.title.clone())
    }]
}

/// A tag, and where its notes are listed.
fn tag(lookup: &Lookup<'_>, card: &Card, name: &str) -> FactValue {
    let key = name.trim().trim_start_matches('#').trim_matches('/').to_lowercase();
    let href = lookup.overviews.lists.tags.get(&key).map(|it| card.route.href_to(it));
    FactValue { href: href.unwrap_or_default(), ..FactValue::text(name.to_owned()) }
}

/// A day, and how it is written where it is written as ISO 8601 has it.
fn date(day: &Day) -> FactValue {
    let date = day.date.filter(|it| it.to_string() == day.raw);
    let day_of = |it: Date| (it.year(), it.month(), it.day());
    FactValue { day: date.map(day_of), ..FactValue::text(day.raw.clone()) }
}

/// How many boxes are ticked, where it can be held against a status.
fn tasks(card: &Card) -> Option<String> {
    let Tasks { ticked, all } = card.tasks;
    (all > 0 && card.meta.status.is_some()).then(|| format!("{ticked} / {all}"))
}

fn ties(facts: &mut Facts, lookup: &Lookup<'_>, card: &Card) {
    let mut rows: BTreeMap<Tie, Vec<FactValue>> = BTreeMap::new();
    for (tie, path) in lookup.site.ties.get(&card.path).into_iter().flatten() {
        let Some(other) = lookup.site.card(path) else { continue };
        let values = rows.entry(*tie).or_default();
        if values.len() < SHOWN {
            let href = card.route.href_to(&other.route);
            values.push(FactValue { href, ..FactValue::text(other.title.clone()) });
        }
    }
    for (tie, values) in rows {
        let (key, label) = (tie.key().to_owned(), tie.key().to_owned());
        facts.rows.push(Fact { key, label, values, group: Group::Tie });
    }
}

/// How many notes of one tie are shown, so that no page grows with the site.
const SHOWN: usize = 50;

fn link(link: &meta::Link) -> FactValue {
    let href = match Target::of(&link.target) {
        Target::Web(address) => address,
        _ => String::new(),
    };
    let note = if href.is_empty() { link.target.clone() } else { String::new() };
    FactValue { href, note, ..FactValue::text(link.name.clone()) }
}

/// Whether a field of the note's kind names notes.
fn names_notes(lookup: &Lookup<'_>, card: &Card, field: &str) -> bool {
    let kind = card.meta.kind.as_deref().and_then(|it| lookup.kinds.get(it));
    kind.and_then(|it| it.field(field)).is_some_and(|it| it.form.is_of_notes())
}

/// A note's title for its name, and where it is.
fn note(lookup: &Lookup<'_>, card: &Card, value: FactValue) -> FactValue {
    let named = lookup.site.named(card, &value.text);
    let Some(other) = named.and_then(|it| lookup.site.card(it)) else { return value };
    let href = card.route.href_to(&other.route);
    FactValue { href, ..FactValue::text(other.title.clone()) }
}

/// A value that can be shown in a line: a text, or a list of texts.
fn plain(value: &Value) -> Vec<FactValue> {
    let texts = match value.text() {
        Some(text) => vec![text],
        None => value.items().iter().filter_map(Value::text).collect(),
    };
    let texts = texts.into_iter().map(str::trim).filter(|it| !it.is_empty());
    texts.map(|it| FactValue::text(it.to_owned())).collect()
}
