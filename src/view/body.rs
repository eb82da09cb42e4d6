//! The text of a page: a note, and an address for each of its links.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::diag::Checked;
use crate::memo::Digest;
use crate::note::Note;
use crate::note::part::Part;

/// The text of a page: a note, and an address for each of its links.
#[derive(Clone, Debug)]
pub struct Body {
    /// The note.
    pub note: Arc<Checked<Note>>,
    /// How much of it is shown.
    pub part: Part,
    /// For each link of the note where it leads, seen from the page.
    pub addresses: Vec<Address>,
    /// What leads from the page to the folder of the note's own page: empty on that page.
    pub base: String,
    /// What stands in place of a link that embeds, by the link's index.
    pub embeds: BTreeMap<usize, Embed>,
    /// The terms whose first use becomes a link.
    pub terms: Vec<TermLink>,
}

/// A term that a text uses, and where it is defined.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TermLink {
    /// What it is called.
    pub names: Vec<String>,
    /// Where it is defined, seen from the page.
    pub href: String,
    /// What it means.
    pub title: String,
}

/// Where a link leads, seen from a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// What the attribute holds; empty if the link is dead.
    pub href: String,
    /// What it leads to.
    pub kind: Kind,
    /// What it leads to is called, for a link without a text of its own.
    pub label: Arc<str>,
}

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A page of the site.
    Page,
    /// A file of the site.
    File,
    /// Another site.
    Web,
    /// A file of the project that is no part of the site.
    Outside,
    /// Nothing.
    Dead,
}

/// A part of another note, set into a page.
#[derive(Clone, Debug, Hash)]
pub struct Embed {
    /// What is set in.
    pub body: Body,
    /// The title of its note.
    pub title: Arc<str>,
    /// Where the note is.
    pub href: String,
}

impl Body {
    /// What stands for the text: equal digests, equal HTML.
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }
}

impl Hash for Body {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.note.value.digest.hash(state);
        self.part.hash(state);
        self.base.hash(state);
        self.addresses.hash(state);
        self.embeds.hash(state);
        self.terms.hash(state);
    }
}
