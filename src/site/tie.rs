//! What notes are to each other: relations, written once and shown on both.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::kind::relation::Relation;
use crate::note::card::Card;
use crate::path::FilePath;
use crate::site::Site;

/// What a note is to the one that shows it. In the order in which a page shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// The page's note takes its place.
    Supersedes,
    /// It takes the place of the page's note.
    SupersededBy,
    /// The page's note changes a part of it.
    Amends,
    /// It changes a part of the page's note.
    AmendedBy,
    /// The page's note needs it.
    DependsOn,
    /// It needs the page's note.
    RequiredBy,
    /// The page's note is how it is done.
    Implements,
    /// It is how the page's note is done.
    ImplementedBy,
    /// The page's note shows that it holds.
    EvidenceFor,
    /// It shows that the page's note holds.
    Evidence,
    /// They have to do with each other.
    Related,
}

/// The ties of each note, by its file.
pub type Ties = BTreeMap<FilePath, BTreeSet<(Tie, FilePath)>>;

impl Tie {
    /// The name by which the words of the interface and the style sheet know it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::SupersededBy => "superseded-by",
            Self::Amends => "amends",
            Self::AmendedBy => "amended-by",
            Self::DependsOn => "depends-on",
            Self::RequiredBy => "required-by",
            Self::Implements => "implements",
            Self::ImplementedBy => "implemented-by",
            Self::EvidenceFor => "evidence-for",
            Self::Evidence => "evidence",
            Self::Related => "related",
        }
    }

    /// Whether it is the page's note that does something to the other one.
    pub fn leads_out(self) -> bool {
        match self {
            Self::Supersedes
            | Self::Amends
            | Self::DependsOn
            | Self::Implements
            | Self::EvidenceFor
            | Self::Related => true,
            Self::SupersededBy
            | Self::AmendedBy
            | Self::RequiredBy
            | Self::ImplementedBy
            | Self::Evidence => false,
        }
    }

    /// What the page's note is to the other one.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Supersedes => Self::SupersededBy,
            Self::SupersededBy => Self::Supersedes,
            Self::Amends => Self::AmendedBy,
            Self::AmendedBy => Self::Amends,
            Self::DependsOn => Self::RequiredBy,
            Self::RequiredBy => Self::DependsOn,
            Self::Implements => Self::ImplementedBy,
            Self::ImplementedBy => Self::Implements,
            Self::EvidenceFor => Self::Evidence,
            Self::Evidence => Self::EvidenceFor,
            Self::Related => Self::Related,
        }
    }
}

impl From<Relation> for Tie {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Supersedes => Self::Supersedes,
            Relation::SupersededBy => Self::SupersededBy,
            Relation::Amends => Self::Amends,
            Relation::DependsOn => Self::DependsOn,
            Relation::Implements => Self::Implements,
            Relation::EvidenceFor => Self::EvidenceFor,
            Relation::Related => Self::Related,
        }
    }
}

impl Site {
    /// The note that a relation names: by id or alias, by file name, by path.
    pub fn named(&self, from: &Card, name: &str) -> Option<&FilePath> {
        let known = self.names.known_as(name).first();
        let only = || match self.notes_named(name).as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        known.or_else(only).or_else(|| {
            let places = match name.strip_prefix('/') {
                Some(name) => vec![FilePath::default().join(name), self.src.join(name)],
                None => vec![from.path.folder().join(name), self.src.join(name)],
            };
            places.into_iter().flatten().find_map(|place| {
                let file = self.cards.get_key_value(&place).map(|(path, _)| path);
                file.or_else(|| self.tree.folder(&place)?.note.as_ref())
            })
        })
    }

    fn notes_named(&self, name: &str) -> Vec<&FilePath> {
        let name = name.strip_suffix(".md").unwrap_or(name);
        self.names.named(name).iter().filter(|it| self.cards.contains_key(*it)).collect()
    }

    /// What the relations of all notes come to, each seen from both ends.
    pub(super) fn find_ties(&self) -> Ties {
        let mut ties = Ties::new();
        for card in self.cards.values() {
            for (relation, name) in &card.meta.relations {
                let Some(other) = self.named(card, name).filter(|it| **it != card.path)
                else {
                    continue;
                };
                let tie = Tie::from(*relation);
                ties.entry(card.path.clone()).or_default().insert((tie, other.clone()));
                let back = (tie.inverse(), card.path.clone());
                ties.entry(other.clone()).or_default().insert(back);
            }
        }
        ties
    }
}
