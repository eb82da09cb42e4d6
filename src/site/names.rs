//! The names by which files and notes are found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::note::card::Card;
use crate::path::FilePath;
use crate::project::Stamp;

/// The names by which files and notes are found, not minding case.
#[derive(Debug, Default)]
pub struct Names {
    /// Every file of the project, by its path in lower case.
    paths: BTreeMap<String, Vec<FilePath>>,
    /// Every folder of the project.
    folders: BTreeSet<FilePath>,
    /// Notes by their name without extension, other files by their name with it,
    /// in lower case.
    stems: BTreeMap<String, Vec<FilePath>>,
    /// Notes by their ids and aliases, in lower case.
    aliases: BTreeMap<String, Vec<FilePath>>,
}

impl Names {
    /// Gathers the names of a site.
    pub fn of(
        src: &FilePath,
        cards: &[Arc<Card>],
        files: &BTreeMap<FilePath, Stamp>,
    ) -> Self {
        let mut names = Self::default();
        for path in files.keys() {
            names.add_file(src, path);
        }
        for card in cards {
            let ids = card.meta.id.iter().chain(&card.meta.aliases);
            for id in ids {
                let key = key(id);
                let notes = names.aliases.entry(key).or_default();
                if !notes.contains(&card.path) {
                    notes.push(card.path.clone());
                }
            }
        }
        names
    }

    fn add_file(&mut self, src: &FilePath, path: &FilePath) {
        self.paths.entry(path.as_str().to_lowercase()).or_default().push(path.clone());
        let mut folder = path.folder();
        while !folder.as_str().is_empty() && self.folders.insert(folder.clone()) {
            folder = folder.folder();
        }
        if path.below(src).is_some() {
            let name =
                if path.is_markdown() { stem(path) } else { path.name().to_owned() };
            self.stems.entry(name.to_lowercase()).or_default().push(path.clone());
        }
    }

    /// Whether a file has exactly this path.
    pub fn has(&self, path: &FilePath) -> bool {
        self.like(path).contains(path)
    }

    /// Whether a folder has exactly this path.
    pub fn has_folder(&self, path: &FilePath) -> bool {
        path.as_str().is_empty() || self.folders.contains(path)
    }

    /// The files whose path is this one but for case.
    pub fn like(&self, path: &FilePath) -> &[FilePath] {
        self.paths.get(&path.as_str().to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The files below the notes' folder that have a name: notes without their
    /// extension, others with it.
    pub fn named(&self, name: &str) -> &[FilePath] {
        self.stems.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The notes that have an id or alias.
    pub fn known_as(&self, alias: &str) -> &[FilePath] {
        self.aliases.get(&key(alias)).map_or(&[], Vec::as_slice)
    }

    /// The names that notes are called by, to look for what was meant.
    pub fn candidates(&self) -> impl Iterator<Item = &str> {
        self.stems.keys().chain(self.aliases.keys()).map(String::as_str)
    }

    /// The files right in a folder.
    pub fn within(&self, folder: &FilePath) -> impl Iterator<Item = &FilePath> {
        let prefix = match folder.as_str() {
            "" => String::new(),
            folder => format!("{}/", folder.to_lowercase()),
        };
        let depth = prefix.matches('/').count();
        self.paths
            .range(prefix.clone()..)
            .take_while(move |(path, _)| path.starts_with(&prefix))
            .filter(move |(path, _)| path.matches('/').count() == depth)
            .flat_map(|(_, files)| files)
    }
}

/// The name of a note: its file's, or its folder's where it speaks for the folder.
pub fn stem(path: &FilePath) -> String {
    if path.is_index() && !path.folder().as_str().is_empty() {
        path.folder().name().to_owned()
    } else {
        path.stem().to_owned()
    }
}

/// The form in which ids and aliases, which may be old paths, are compared.
fn key(alias: &str) -> String {
    let alias = alias.trim().trim_start_matches('/').trim_end_matches('/');
    let alias = alias
        .strip_suffix(".md")
        .or_else(|| alias.strip_suffix(".html"))
        .unwrap_or(alias);
    alias.to_lowercase()
}
