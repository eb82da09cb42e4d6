//! The index that the search on a site's pages reads.
//!
//! It is many small files of which a search reads a few. Words in their order are cut
//! into shards of about the same size; a shard holds for each stem its words, and the
//! parts of notes in which they stand with their weight. So the browser needs no
//! stemmer, and finds the beginnings of words for nothing. What is shown of a result is
//! in lists (titles, addresses) and in texts (a part of a note, for excerpts). Names of
//! files change with their content, but for that of the first, `index.js`.
//!
//! The files are scripts that hand a value to the element that loaded them: that works
//! under `default-src 'self'`, below any path, and from `file://`, where nothing can be
//! fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::diag::Checked;
use crate::memo::{Digest, Memo};
use crate::note::Note;
use crate::note::syntax::Dialect;
use crate::output::{self, Batch, Content, Digests, Find, Output, Sink};
use crate::path::{FilePath, Route};

pub mod word;
mod facet;
mod front;
mod group;
mod list;
mod part;
mod posting;
mod section;
mod shard;
mod stem;

use group::Groups;
use part::{Part, SavedPart};

/// The folder of the index in the site.
const FOLDER: &str = "assets/search";

/// What an index is made from.
pub struct Source {
    /// The notes, in the order of their pages.
    pub notes: Vec<Arc<Checked<Note>>>,
    /// Which Markdown they are written in.
    pub dialect: Dialect,
    /// The language that they are written in, as BCP 47 names it.
    pub language: String,
    /// Whether the words that were looked for are marked on the page that is opened.
    pub mark: bool,
    /// The words of the interface.
    pub words: BTreeMap<String, String>,
}

impl Source {
    /// The notes that can be found, as a configuration has it.
    pub fn new(
        notes: Vec<Arc<Checked<Note>>>,
        dialect: &Dialect,
        config: &Config,
        words: &BTreeMap<String, String>,
    ) -> Self {
        let is_found = |it: &Arc<Checked<Note>>| !it.value.card.meta.unlisted;
        let ours = |(key, _): &(&String, &String)| key.starts_with("search");
        Self {
            notes: notes.into_iter().filter(is_found).collect(),
            dialect: dialect.clone(),
            language: config.book.language.clone(),
            mark: config.search.mark,
            words: words
                .iter()
                .filter(ours)
                .map(|(key, word)| (key.clone(), word.clone()))
                .collect(),
        }
    }

    fn digest(&self) -> Digest {
        let notes: Vec<Digest> = self.notes.iter().map(|it| it.value.digest).collect();
        Digest::of(&(notes, &self.language, self.mark, &self.words))
    }
}

/// The index of the last build, and what is kept of it for the next.
pub struct Index {
    parts: Memo<FilePath, Vec<Part>>,
    last: Option<Batch>,
    sink: Arc<dyn Sink>,
}

/// An index as it is saved: its files by their digests.
#[derive(Clone, Serialize, Deserialize)]
pub struct SavedIndex {
    parts: Vec<(FilePath, Digest, Vec<SavedPart>)>,
    last: Option<(Digest, Digests)>,
}

impl Default for Index {
    fn default() -> Self {
        Self::sinking(Arc::new(output::Keep))
    }
}

impl Index {
    /// An index whose files are handed to a sink as soon as they are made.
    pub fn sinking(sink: Arc<dyn Sink>) -> Self {
        Self { parts: Memo::default(), last: None, sink }
    }

    /// How many notes were read for the last index.
    pub fn runs(&self) -> usize {
        self.parts.runs()
    }

    /// The files of the index. Only notes that have changed are read again.
    pub fn refresh(&mut self, source: &Source) -> Output {
        let digest = source.digest();
        if let Some(last) = self.last.as_ref().filter(|it| it.seen == digest) {
            self.parts.rest();
            return last.files.clone();
        }
        let notes = source.notes.iter().map(|note| {
            let path = note.value.card.path.clone();
            (path, note.value.digest, &note.value)
        });
        let sink = &*self.sink;
        self.parts
            .refresh(notes.collect(), |_, note| part::of(note, &source.dialect, sink));
        let files = self.files(source);
        self.last = Some(Batch { seen: digest, files: files.clone() });
        files
    }

    /// The index as it is saved.
    pub fn save(&self) -> SavedIndex {
        let saved = self.parts.slots().filter_map(|(path, seen, parts)| {
            let parts: Option<Vec<SavedPart>> = parts.iter().map(Part::save).collect();
            Some((path.clone(), seen, parts?))
        });
        SavedIndex {
            parts: saved.collect(),
            last: self.last.as_ref().and_then(Batch::save),
        }
    }

    /// Takes in an index that was saved, as far as its files are found.
    pub fn load(&mut self, saved: SavedIndex, find: &Find<'_>) {
        let loaded = saved.parts.into_iter().filter_map(|(path, seen, parts)| {
            let parts = parts.into_iter().map(|it| Part::load(it, find));
            Some((path, seen, parts.collect::<Option<_>>()?))
        });
        self.parts = Memo::of(loaded);
        self.last = saved.last.and_then(|it| Batch::load(it, find));
    }

    /// Forgets files, so that they are made anew.
    pub fn forget_files(&mut self, routes: &BTreeSet<Route>) {
        self.last = self.last.take().filter(|it| it.is_without(routes));
        self.parts.retain(|_, parts| !parts.iter().any(|it| routes.contains(&it.text.0)));
    }

    /// There is to be no index now.
    pub fn forget(&mut self) {
        self.parts = Memo::default();
        self.last = None;
    }

    fn files(&self, source: &Source) -> Output {
        let notes: Vec<(&Note, &[Part])> = source
            .notes
            .iter()
            .filter_map(|it| {
                let parts = self.parts.get(&it.value.card.path)?;
                Some((&it.value, parts.as_slice()))
            })
            .collect();
        let mut output: Output = notes
            .iter()
            .flat_map(|(_, parts)| *parts)
            .map(|it| (it.text.0.clone(), it.text.1.clone()))
            .collect();

        let groups = Groups::of(&notes, stem::Stems::of(&source.language));
        let shards = shard::cut(groups.all());
        let lists = list::of(&notes);
        let mut write = |values: Vec<String>| -> Vec<String> {
            let made: Vec<(Route, String, String)> =
                values.into_par_iter().map(|it| file(&it, None)).collect();
            let mut names = Vec::with_capacity(made.len());
            for (route, name, text) in made {
                let content = self.sink.take(&route, text);
                output.insert(route, content);
                names.push(name);
            }
            names
        };
        let mut front = front::Front::of(&notes, source);
        front.shards = write(shard::json_of(&shards));
        front.keys = shards.iter().map(|it| it.key.clone()).collect();
        front.lists = write(lists);
        let route = Route::new(format!("{FOLDER}/index.js"));
        let content = self.sink.take(&route, script(&json(&front)));
        output.insert(route, content);
        output
    }
}

/// A file of the index by its content, and by what it is of where others may hold the
/// same: where it is, its name, its text.
fn file(json: &str, of: Option<(&FilePath, usize)>) -> (Route, String, String) {
    let name = Digest::of(&(json, of)).short();
    (Route::new(format!("{FOLDER}/{name}.js")), name, script(json))
}

/// The script that hands a value to the element that loaded it.
fn script(json: &str) -> String {
    format!("document.currentScript.found({json})\n")
}

fn json(value: &impl Serialize) -> String {
    // What is written here are texts, numbers and lists of them, which does not fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// A file that was made, and where it is.
type Made = (Route, Content);
