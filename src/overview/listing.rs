//! Notes as overviews show them.

use jiff::civil::Date;
use serde::Serialize;

use crate::note::card::Card;
use crate::note::status::Status;
use crate::site::resolve::encoded_fragment;
use crate::value::Value;

/// The most rows of a list, so that no page grows with the site.
pub const MOST: usize = 200;

/// A page, or an element of it, by its name and its address below the root.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub url: String,
}

/// A note as overviews show it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NoteLink {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Its status in the vocabulary; empty if it has none.
    pub status: &'static str,
    /// Its kind; empty if it has none.
    pub kind: String,
}

impl NoteLink {
    /// The link to a note.
    pub fn of(card: &Card) -> Self {
        Self {
            title: card.title.clone(),
            url: card.route.to_string(),
            status: card.meta.status.map_or("", Status::name),
            kind: card.meta.kind.clone().unwrap_or_default(),
        }
    }

    /// The link to an element of a note.
    pub fn to(card: &Card, anchor: &str) -> Self {
        let mut link = Self::of(card);
        if !anchor.is_empty() {
            link.url = format!("{}#{}", link.url, encoded_fragment(anchor));
        }
        link
    }
}

/// Whether a note is of a kind.
pub fn is_a(card: &Card, kind: &str) -> bool {
    card.meta.kind.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(kind))
}

/// Whether a note holds: it was accepted, and nothing has taken its place.
pub fn holds(card: &Card) -> bool {
    matches!(card.meta.status, Some(Status::Accepted | Status::Implemented))
}

/// The day by which a note is put in order: when it was decided, else begun.
pub fn day(card: &Card) -> Option<Date> {
    let date = |it: &Option<crate::note::meta::Day>| it.as_ref()?.date;
    date(&card.meta.decided).or_else(|| date(&card.meta.created))
}

/// The texts of a field of a note's kind: of a list, or between commas.
pub fn texts(card: &Card, name: &str) -> Vec<String> {
    let Some(value) = card.meta.field(name) else { return Vec::new() };
    let plain = |it: &str| Some(it.trim().to_owned()).filter(|it| !it.is_empty());
    match value.text() {
        Some(text) => text.split(',').filter_map(plain).collect(),
        None => value.items().iter().filter_map(Value::text).filter_map(plain).collect(),
    }
}

/// The one text of a field of a note's kind.
pub fn text(card: &Card, name: &str) -> Option<String> {
    card.meta.field(name).and_then(Value::text).map(str::to_owned)
}

/// A text of a table in the metadata; empty if it has none.
pub fn entry(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::text).unwrap_or_default().to_owned()
}
