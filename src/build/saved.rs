//! What is kept of a build between runs of the program.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Cache;
use super::exports::{Exports, SavedExports};
use super::pages::SavedPage;
use crate::diag::Checked;
use crate::memo::{self, Memo};
use crate::note::Note;
use crate::output::Find;
use crate::path::{FilePath, Route};
use crate::project::Project;
use crate::search::SavedIndex;

/// What a cache holds that takes long to make, as it is written.
#[derive(Serialize)]
struct Saving<'a> {
    notes: &'a Memo<FilePath, Checked<Note>>,
    exports: SavedExports,
    pages: Vec<SavedPage>,
    search: Option<SavedIndex>,
}

/// The same, as it is read: field by field what [`Saving`] is.
#[derive(Deserialize)]
struct Saved {
    notes: Memo<FilePath, Checked<Note>>,
    exports: SavedExports,
    pages: Vec<SavedPage>,
    search: Option<SavedIndex>,
}

impl Cache {
    /// The cache as bytes. Pages and other files of the site are in it by their digests.
    pub fn save(&self) -> Vec<u8> {
        memo::encode(&Saving {
            notes: &self.notes,
            exports: self.exports.save(),
            pages: self.pages.save(),
            search: self.search.save(),
        })
    }

    /// Forgets what was made for some files of the site, so that it is made anew.
    pub fn forget(&mut self, routes: &BTreeSet<Route>) {
        self.pages.forget(routes);
        self.exports.forget(routes);
        self.search.forget(routes);
    }

    /// Takes in what was saved of a cache, for a project; says whether the bytes were
    /// whole. What is not found is made anew.
    pub fn load(&mut self, bytes: &[u8], project: &Project, find: &Find<'_>) -> bool {
        let Some(saved) = memo::decode::<Saved>(bytes) else { return false };
        self.notes = saved.notes;
        self.notes.complete(|path, note| match project.text(path) {
            Some(text) => {
                note.value.complete(text);
                true
            }
            None => false,
        });
        self.pages.load(saved.pages, find);
        self.exports = Exports::load(saved.exports, find);
        self.search.load(saved.search, find);
        true
    }
}
