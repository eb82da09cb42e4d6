//! What is loaded first: where everything else is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::part::Part;
use super::{Source, facet, posting};
use crate::note::Note;

/// What is loaded first: where everything else is.
#[derive(Default, Serialize)]
pub(super) struct Front<'a> {
    /// How many notes there are.
    notes: usize,
    /// How many parts they have.
    parts: usize,
    /// The parts that do not begin a note.
    rest: String,
    /// The words with which the shards begin.
    pub(super) keys: Vec<String>,
    /// The names of the shards' files.
    pub(super) shards: Vec<String>,
    /// The names of the lists' files.
    pub(super) lists: Vec<String>,
    /// What notes can be narrowed down by.
    facets: BTreeMap<&'static str, Vec<&'a str>>,
    /// Whether what was looked for is marked on the page that is opened.
    mark: bool,
    /// The words of the interface.
    words: BTreeMap<&'a str, &'a str>,
}

impl<'a> Front<'a> {
    /// That of some notes, without the names of files.
    pub(super) fn of(notes: &[(&'a Note, &'a [Part])], source: &'a Source) -> Self {
        let metas = notes.iter().map(|(note, _)| &note.card.meta);
        let mut rest = Vec::new();
        let mut parts = 0;
        for (_, of_note) in notes {
            let numbers = (parts..).take(of_note.len());
            rest.extend(numbers.skip(1));
            parts += of_note.len();
        }
        let numbers = rest.into_iter().filter_map(|it| u32::try_from(it).ok());
        Self {
            notes: notes.len(),
            parts,
            rest: posting::rising(numbers),
            facets: facet::offered(metas),
            mark: source.mark,
            words: source.words.iter().map(|(key, it)| (&**key, &**it)).collect(),
            ..Self::default()
        }
    }
}
