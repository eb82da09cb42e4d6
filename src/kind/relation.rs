//! What one note may be to another.

use serde::{Deserialize, Serialize};

use crate::value::Choice;

/// What another note is to this one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// This one takes its place.
    Supersedes,
    /// It takes this one's place.
    SupersededBy,
    /// This one changes a part of it.
    Amends,
    /// This one needs it.
    DependsOn,
    /// This one is how it is done.
    Implements,
    /// This one shows that it holds.
    EvidenceFor,
    /// It has to do with this one.
    Related,
}

impl Relation {
    /// All relations, in the order in which a page shows them.
    pub const ALL: [Relation; 7] = [
        Relation::Supersedes,
        Relation::SupersededBy,
        Relation::Amends,
        Relation::DependsOn,
        Relation::Implements,
        Relation::EvidenceFor,
        Relation::Related,
    ];

    /// Its field in the front matter: `depends_on`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::SupersededBy => "superseded_by",
            Self::Amends => "amends",
            Self::DependsOn => "depends_on",
            Self::Implements => "implements",
            Self::EvidenceFor => "evidence_for",
            Self::Related => "related",
        }
    }
}

impl Choice for Relation {
    const WORDS: &'static [(&'static str, Self)] = &{
        let mut words = [("", Self::Related); Self::ALL.len()];
        let mut at = 0;
        while at < words.len() {
            words[at] = (Self::ALL[at].name(), Self::ALL[at]);
            at += 1;
        }
        words
    };
}
