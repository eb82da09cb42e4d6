//! What becomes of the index of the search.

use std::collections::BTreeSet;

use super::claims::Claims;
use crate::note::syntax::Dialect;
use crate::output::{Find, Output};
use crate::path::Route;
use crate::search::{Index, SavedIndex, Source};
use crate::theme::Theme;
use crate::view::link::Lookup;

/// What becomes of the index of the search.
pub(super) enum Searched {
    /// It is made with the pages.
    Made(Index),
    /// What it would be made from is left to whoever asks for it.
    Left {
        /// That of the last build.
        source: Option<Source>,
        /// What was saved of an index, for those who save it again.
        saved: Option<SavedIndex>,
    },
}

impl Default for Searched {
    fn default() -> Self {
        Self::Made(Index::default())
    }
}

impl Searched {
    /// What an index is to be made from, where it was left.
    pub(super) fn take(&mut self) -> Option<Source> {
        match self {
            Self::Made(_) => None,
            Self::Left { source, .. } => source.take(),
        }
    }

    /// The index as it is saved; where it is left to others, as it was.
    pub(super) fn save(&self) -> Option<SavedIndex> {
        match self {
            Self::Made(index) => Some(index.save()),
            Self::Left { saved, .. } => saved.clone(),
        }
    }

    /// Takes in an index that was saved, as far as its files are found.
    pub(super) fn load(&mut self, saved: Option<SavedIndex>, find: &Find<'_>) {
        match (self, saved) {
            (Self::Made(index), Some(saved)) => index.load(saved, find),
            (Self::Made(_), None) => {}
            (Self::Left { saved: left, .. }, saved) => *left = saved,
        }
    }

    /// Forgets files, so that they are made anew.
    pub(super) fn forget(&mut self, routes: &BTreeSet<Route>) {
        if let Self::Made(index) = self {
            index.forget_files(routes);
        }
    }

    /// How many notes were read for the index in the last build.
    pub(super) fn runs(&self) -> usize {
        match self {
            Self::Made(index) => index.runs(),
            Self::Left { .. } => 0,
        }
    }

    /// The index, where it is made with the pages; made anew when a text changes.
    pub(super) fn refresh(
        &mut self,
        claims: &Claims,
        lookup: &Lookup<'_>,
        theme: &Theme,
        dialect: &Dialect,
    ) -> Output {
        let notes = || claims.notes().filter_map(|it| lookup.notes.get(it).cloned());
        let source = lookup.config.search.enabled.then(|| {
            Source::new(notes().collect(), dialect, lookup.config, &theme.words)
        });
        match (self, source) {
            (Self::Made(index), Some(source)) => return index.refresh(&source),
            (Self::Made(index), None) => index.forget(),
            (Self::Left { source: left, .. }, source) => *left = source,
        }
        Output::new()
    }
}
