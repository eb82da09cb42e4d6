//! The files for other programs of the last build: those of each note, and of all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diag::Checked;
use crate::export::{Put, comparison};
use crate::memo::{Digest, Memo};
use crate::note::Note;
use crate::output::{self, Digests, Find, Output, Sink};
use crate::path::{FilePath, Route};
use crate::site::Site;

/// The files for other programs of the last build.
#[derive(Default)]
pub(super) struct Exports {
    of_notes: Memo<FilePath, Output>,
    of_all: Option<(Digest, Output)>,
}

/// The same as it is saved: files by their digests.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedExports {
    of_notes: Vec<(FilePath, Digest, Digests)>,
    of_all: Option<(Digest, Digests)>,
}

impl Exports {
    /// Makes the files of the notes whose cards have changed, and those of all notes if
    /// what they are made from has; the digest stands for that. Where the site has a page
    /// or a file of the author's, none is made.
    pub(super) fn refresh(
        &mut self,
        notes: &Memo<FilePath, Checked<Note>>,
        site: &Site,
        pages: &Output,
        sink: &Sink,
        digest: Digest,
        all: impl FnOnce(&mut Put<'_>),
    ) -> Output {
        let is_free = |route: &Route| !pages.contains_key(route);
        let cards = notes.iter().filter_map(|(path, note)| {
            let card = &note.value.card;
            let routes = comparison::routes(card).flat_map(|it| it.1);
            let free: Vec<bool> = routes.map(|it| is_free(&it)).collect();
            let is_shown = site.cards.contains_key(path) && !free.is_empty();
            let seen = Digest::of(&(note.value.face, free));
            is_shown.then(|| (path.clone(), seen, card))
        });
        self.of_notes.refresh(cards.collect(), |_, card| {
            taken(sink, &is_free, |put| comparison::of_note(card, put))
        });
        if self.of_all.as_ref().is_none_or(|(seen, _)| *seen != digest) {
            self.of_all = Some((digest, taken(sink, &is_free, all)));
        }
        let mut output = self.of_all.as_ref().map_or_else(Output::new, |it| it.1.clone());
        for (_, files) in self.of_notes.iter() {
            output.extend(files.iter().map(|(route, it)| (route.clone(), it.clone())));
        }
        output
    }

    /// Forgets files, so that they are made anew.
    pub(super) fn forget(&mut self, routes: &BTreeSet<Route>) {
        let is_whole = |files: &Output| !routes.iter().any(|it| files.contains_key(it));
        self.of_notes.retain(|_, files| is_whole(files));
        self.of_all = self.of_all.take().filter(|(_, files)| is_whole(files));
    }

    /// The files as they are saved.
    pub(super) fn save(&self) -> SavedExports {
        let of_notes = self.of_notes.slots();
        SavedExports {
            of_notes: of_notes
                .map(|(path, seen, it)| (path.clone(), seen, output::digests(it)))
                .collect(),
            of_all: self.of_all.as_ref().map(|(seen, it)| (*seen, output::digests(it))),
        }
    }

    /// The files that were saved, as far as they are found.
    pub(super) fn load(saved: SavedExports, find: &Find<'_>) -> Self {
        let mut of_notes = Memo::default();
        for (path, seen, files) in saved.of_notes {
            if let Some(files) = output::found(files, find) {
                of_notes.put(path, seen, files);
            }
        }
        let of_all = saved.of_all;
        let of_all = of_all.and_then(|(seen, it)| Some((seen, output::found(it, find)?)));
        Self { of_notes, of_all }
    }
}

/// The files that are made, as a sink takes them, one after the other.
fn taken(
    sink: &Sink,
    is_free: &dyn Fn(&Route) -> bool,
    make: impl FnOnce(&mut Put<'_>),
) -> Output {
    let mut output = Output::new();
    make(&mut |route, text| {
        if is_free(&route) {
            let content = sink(&route, text);
            output.insert(route, content);
        }
    });
    output
}
