//! What is kept of a build between runs of the program.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Cache;
use super::exports::{Exports, SavedExports};
use super::pages::SavedPage;
use crate::diag::Checked;
use crate::memo::{self, Digest, Memo};
use crate::note::Note;
use crate::output::{Content, Sink};
use crate::path::{FilePath, Route};
use crate::project::Project;

/// What a cache holds that takes long to make, as it is written.
#[derive(Serialize)]
struct Saving<'a> {
    notes: &'a Memo<FilePath, Checked<Note>>,
    exports: SavedExports,
    pages: Vec<SavedPage>,
}

/// The same, as it is read: field by field what [`Saving`] is.
#[derive(Deserialize)]
struct Saved {
    notes: Memo<FilePath, Checked<Note>>,
    exports: SavedExports,
    pages: Vec<SavedPage>,
}

impl Cache {
    /// The cache as bytes. Pages and other files of the site are in it by their digests.
    pub fn save(&self) -> Vec<u8> {
        memo::encode(&Saving {
            notes: &self.notes,
            exports: self.exports.save(),
            pages: self.pages.save(),
        })
    }

    /// Forgets what was made for some files of the site, so that it is made anew.
    pub fn forget(&mut self, routes: &BTreeSet<Route>) {
        self.pages.forget(routes);
        self.exports.forget(routes);
    }

    /// The cache that was saved, for a project; `None` where the bytes are damaged.
    ///
    /// `find` gives what a file of the site holds by its digest, as the sink would have
    /// when it was made. What it does not find is made anew.
    pub fn load(
        bytes: &[u8],
        project: &Project,
        sink: Arc<Sink>,
        find: &(dyn Fn(&Route, Digest) -> Option<Content> + Sync),
    ) -> Option<Self> {
        let saved: Saved = memo::decode(bytes)?;
        let mut cache = Self { notes: saved.notes, ..Self::sinking(sink) };
        cache.notes.complete(|path, note| match project.text(path) {
            Some(text) => {
                note.value.complete(text);
                true
            }
            None => false,
        });
        cache.pages.load(saved.pages, find);
        cache.exports = Exports::load(saved.exports, find);
        Some(cache)
    }
}
