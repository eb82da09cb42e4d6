//! How far a note has come: the status that was decided, the stage it runs at.

use serde::{Deserialize, Serialize};

use crate::value::Choice;

/// What was decided about a note.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is being written.
    Draft,
    /// It is there to be discussed.
    Proposed,
    /// It is being reviewed.
    InReview,
    /// It holds.
    Accepted,
    /// It holds, and exists.
    Implemented,
    /// It was decided against.
    Rejected,
    /// Its authors took it back.
    Withdrawn,
    /// It is not decided now.
    Deferred,
    /// It holds no more, and nothing took its place.
    Deprecated,
    /// Another took its place.
    Superseded,
}

/// How far the system that a note is about has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Somebody thought of it.
    Idea,
    /// People do what a model shall do.
    HumanServed,
    /// It is looked into.
    Research,
    /// It runs where it is made.
    Prototype,
    /// It serves a few.
    Pilot,
    /// It serves all.
    Production,
    /// It serves no more.
    Retired,
}

impl Stage {
    /// Its word in the vocabulary.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::HumanServed => "human-served",
            Self::Research => "research",
            Self::Prototype => "prototype",
            Self::Pilot => "pilot",
            Self::Production => "production",
            Self::Retired => "retired",
        }
    }
}

/// What authors write, and the status that it means; the first of each is its name.
const WORDS: &[(&str, Status)] = &[
    ("draft", Status::Draft),
    ("returned for revision", Status::Draft),
    ("work in progress", Status::Draft),
    ("wip", Status::Draft),
    ("proposed", Status::Proposed),
    ("provisional", Status::Proposed),
    ("commenting", Status::Proposed),
    ("in review", Status::InReview),
    ("active review", Status::InReview),
    ("under review", Status::InReview),
    ("awaiting review", Status::InReview),
    ("scheduled for review", Status::InReview),
    ("previewing", Status::InReview),
    ("accepted", Status::Accepted),
    ("approved", Status::Accepted),
    ("implementable", Status::Accepted),
    ("implemented", Status::Implemented),
    ("partially implemented", Status::Implemented),
    ("rejected", Status::Rejected),
    ("withdrawn", Status::Withdrawn),
    ("expired", Status::Withdrawn),
    ("deferred", Status::Deferred),
    ("shelved", Status::Deferred),
    ("postponed", Status::Deferred),
    ("deprecated", Status::Deprecated),
    ("removed", Status::Deprecated),
    ("superseded", Status::Superseded),
    ("replaced", Status::Superseded),
    ("obsoleted", Status::Superseded),
    ("obsolete", Status::Superseded),
];

impl Status {
    /// All statuses, from first thought to last.
    pub const ALL: [Status; 10] = [
        Status::Draft,
        Status::Proposed,
        Status::InReview,
        Status::Accepted,
        Status::Implemented,
        Status::Rejected,
        Status::Withdrawn,
        Status::Deferred,
        Status::Deprecated,
        Status::Superseded,
    ];

    /// Its name: `in-review`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::InReview => "in-review",
            Self::Accepted => "accepted",
            Self::Implemented => "implemented",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Deferred => "deferred",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
        }
    }

    /// The status that a text without markup begins with, and what else it says:
    /// `Implemented (Swift 5.9)` is implemented, and `Swift 5.9`.
    pub fn parse(text: &str) -> (Option<Self>, Option<String>) {
        let text = text.trim();
        let plain: String =
            text.chars().map(|it| if "-_".contains(it) { ' ' } else { it }).collect();
        let found = WORDS
            .iter()
            .filter(|(word, _)| begins(&plain, word))
            .max_by_key(|(word, _)| word.len());
        let Some((word, status)) = found else { return (None, None) };
        let note = match *word {
            "partially implemented" => "partially",
            _ => remark(&text[word.len()..]),
        };
        (Some(*status), Some(note).filter(|it| !it.is_empty()).map(str::to_owned))
    }

    /// The words that are one of these statuses.
    pub fn words_of(statuses: &[Self]) -> impl Iterator<Item = &'static str> {
        WORDS.iter().filter(|(_, it)| statuses.contains(it)).map(|(word, _)| *word)
    }

    /// The words that a status may be, for a hint.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::name).chain(WORDS.iter().map(|(word, _)| *word))
    }
}

/// Whether a text begins with a word, and neither goes on as a longer one nor as a
/// choice that nobody has made: `accepted|rejected`.
fn begins(text: &str, word: &str) -> bool {
    let Some(start) = text.get(..word.len()) else { return false };
    let next = text[word.len()..].chars().next();
    start.eq_ignore_ascii_case(word)
        && next.is_none_or(|it| !it.is_alphanumeric() && !"|/".contains(it))
}

/// What follows a status, without the brackets and signs around it.
fn remark(rest: &str) -> &str {
    let rest =
        rest.trim_start_matches(|it: char| it.is_whitespace() || ":,;.-–—".contains(it));
    let rest = rest.trim_end_matches(|it: char| it.is_whitespace() || it == '.');
    match rest.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inner) if !inner.contains(['(', ')']) => inner.trim(),
        _ => rest,
    }
}

impl Choice for Stage {
    /// Also what Kubernetes calls it.
    const WORDS: &'static [(&'static str, Self)] = &[
        ("idea", Self::Idea),
        ("human-served", Self::HumanServed),
        ("research", Self::Research),
        ("prototype", Self::Prototype),
        ("pilot", Self::Pilot),
        ("production", Self::Production),
        ("retired", Self::Retired),
        ("alpha", Self::Prototype),
        ("beta", Self::Pilot),
        ("stable", Self::Production),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authors_write_has_a_status_and_a_remark() {
        for (text, status, note) in [
            ("Implemented (Swift 5.9)", Status::Implemented, Some("Swift 5.9")),
            ("implemented (alpha)", Status::Implemented, Some("alpha")),
            ("Partially implemented", Status::Implemented, Some("partially")),
            ("Accepted with modifications", Status::Accepted, Some("with modifications")),
            ("Accepted.", Status::Accepted, None),
            ("in-review", Status::InReview, None),
            ("In Review", Status::InReview, None),
            ("Returned for revision", Status::Draft, None),
            ("superseded by ADR-0123", Status::Superseded, Some("by ADR-0123")),
            ("Active review (March 3...9)", Status::InReview, Some("March 3...9")),
        ] {
            assert_eq!(Status::parse(text), (Some(status), note.map(str::to_owned)));
        }
    }

    #[test]
    fn what_is_no_status_has_none() {
        for text in ["", "imlpemented", "Accepted/Rejected", "provisional|implementable"]
        {
            assert_eq!(Status::parse(text), (None, None), "{text}");
        }
        assert_eq!(Status::parse("acceptedly é").0, None);
    }

    #[test]
    fn every_status_is_read_by_its_name() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.name()), (Some(status), None));
        }
    }
}
