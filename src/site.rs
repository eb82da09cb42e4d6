//! All notes together, as far as they may see each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Checked;
use crate::memo::{Digest, Memo, Ordered};
use crate::note::Note;
use crate::note::card::Card;
use crate::note::link::Form;
use crate::path::{FilePath, Route};
use crate::project::Stamp;

pub mod names;
pub mod tree;
pub mod summary;
pub mod anchor;
pub mod resolve;
pub mod twin;
pub mod tie;
pub mod cycle;
pub mod asked;
pub mod aggregate;

use names::Names;
use resolve::Destination;
use tree::Tree;

/// All notes together. Made from cards and the names of files alone.
#[derive(Debug, Default)]
pub struct Site {
    /// The folder that holds the notes.
    pub src: FilePath,
    /// The notes by file.
    pub cards: BTreeMap<FilePath, Arc<Card>>,
    /// The order in which they are read, and what lies below what.
    pub tree: Tree,
    /// Who links to a note, by the note's file.
    pub backlinks: BTreeMap<FilePath, Vec<Backlink>>,
    /// The notes that a note links to, each once, in the order of its text.
    pub links: BTreeMap<FilePath, Vec<FilePath>>,
    /// What notes are to each other, by the note's file.
    pub ties: tie::Ties,
    /// Whether a note has a date, by which it can be new.
    pub dated: bool,
    /// Where relations lead from a note back to itself.
    pub cycles: Vec<cycle::Cycle>,
    /// What stands for the whole: equal digests, equal sites.
    pub digest: Digest,
    names: Names,
}

/// A link that leads to a note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backlink {
    /// The note that links.
    pub from: FilePath,
    /// The sentence around the link.
    pub sentence: Arc<str>,
}

/// What a site is made of.
pub struct Parts<'a> {
    /// The folder that holds the notes.
    pub src: &'a FilePath,
    /// The notes.
    pub cards: Vec<Arc<Card>>,
    /// Every file of the project, notes too.
    pub files: &'a BTreeMap<FilePath, Stamp>,
    /// The order that a `SUMMARY.md` gives.
    pub summary: Option<Vec<tree::Entry>>,
    /// The title of the whole.
    pub title: &'a str,
}

impl Site {
    /// Puts the notes together.
    pub fn index(parts: Parts<'_>, digest: Digest) -> Self {
        let names = Names::of(parts.src, &parts.cards, parts.files);
        let tree = Tree::of(parts.src, &parts.cards, parts.summary, parts.title);
        let dated = parts.cards.iter().any(|it| it.meta.newest().is_some());
        let cards: BTreeMap<_, _> =
            parts.cards.into_iter().map(|it| (it.path.clone(), it)).collect();
        let src = parts.src.clone();
        let mut site = Self { src, cards, tree, dated, digest, names, ..Self::default() };
        site.find_links();
        site.ties = site.find_ties();
        site.cycles = cycle::find(&site.ties);
        site
    }

    /// The note of a file.
    pub fn card(&self, path: &FilePath) -> Option<&Arc<Card>> {
        self.cards.get(path)
    }

    /// The notes with their cards, in the order of their names.
    pub fn notes<'a>(
        &'a self,
        notes: &'a Memo<FilePath, Checked<Note>>,
    ) -> impl Iterator<Item = (&'a Card, &'a Note)> {
        let mut notes = Ordered::of(notes.iter());
        self.cards
            .iter()
            .filter_map(move |(path, card)| Some((&**card, &notes.take(&path)?.value)))
    }

    /// The page of a folder that has notes: its index note's, or the list of them.
    pub fn section(&self, folder: &FilePath) -> Option<&Route> {
        self.tree.folder(folder).map(|it| &it.route)
    }

    /// Who links to whom, seen from both ends.
    fn find_links(&mut self) {
        for links in self.resolved_links().chunk_by(|a, b| a.1.from == b.1.from) {
            let mut seen = BTreeSet::new();
            let each = links.iter().map(|(path, _)| path);
            let once = each.filter(|it| seen.insert(*it)).cloned().collect();
            self.links.insert(links[0].1.from.clone(), once);
            for (path, backlink) in links {
                let backlinks = self.backlinks.entry(path.clone()).or_default();
                if backlinks.last() != Some(backlink) {
                    backlinks.push(backlink.clone());
                }
            }
        }
    }

    /// Each link from note to note, with the note that it leads to.
    fn resolved_links(&self) -> Vec<(FilePath, Backlink)> {
        let cards: Vec<&Arc<Card>> = self.cards.values().collect();
        cards
            .into_par_iter()
            .flat_map_iter(|card| {
                card.links.iter().filter(|it| it.form != Form::Image).filter_map(
                    move |link| {
                        let found = self.resolve(card, &link.target, link.form);
                        let Some(Destination::Note { path, .. }) = found.destination
                        else {
                            return None;
                        };
                        let (from, sentence) = (card.path.clone(), link.sentence.clone());
                        (path != card.path).then_some((path, Backlink { from, sentence }))
                    },
                )
            })
            .collect()
    }
}
