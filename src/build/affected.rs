//! The notes that rest on files that have changed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Cache, index, parse_alone};
use crate::config::Config;
use crate::note::Note;
use crate::note::card::Card;
use crate::note::comparison::file;
use crate::note::link::Target;
use crate::note::status::Status;
use crate::path::FilePath;
use crate::project::Project;
use crate::site::Site;
use crate::site::resolve::Destination;
use crate::site::tie::Tie;

/// A note that may no longer hold, for what it rests on has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// Its file.
    pub source: FilePath,
    /// Its title.
    pub title: String,
    /// What was decided about it.
    pub status: Option<Status>,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// Whether the note has changed as well.
    pub changed: bool,
    /// What it rests on that has changed.
    pub reasons: BTreeSet<Reason>,
}

/// What a note rests on that has changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// What it is to the note.
    pub why: Why,
    /// The file, relative to the repository.
    pub file: String,
}

/// What a file is to a note that rests on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The code that the note is about, or links to.
    Code,
    /// What shows how it runs.
    Dashboard,
    /// A note that it depends on.
    DependsOn,
    /// A note that is evidence for it.
    Evidence,
    /// A data file that it shows.
    Data,
}

impl Why {
    /// What a file is to a note, in words that a name of a file follows.
    pub fn words(self) -> &'static str {
        match self {
            Self::Code => "is about the code in",
            Self::Dashboard => "is watched on",
            Self::DependsOn => "depends on",
            Self::Evidence => "has its evidence in",
            Self::Data => "shows the data of",
        }
    }
}

/// The notes that rest on files that have changed, in the order of their names.
///
/// `changed` are files relative to the repository, in which the project lies at
/// `prefix`.
pub fn affected(
    project: &Project,
    cache: &mut Cache,
    prefix: &FilePath,
    changed: &BTreeSet<String>,
) -> Vec<Affected> {
    let mut told = Vec::new();
    let config = parse_alone(project, cache, &mut told);
    let site = index(project, &config, cache, &mut told);
    let look = Look { site: &site, config: &config, prefix, changed };
    let notes: BTreeMap<&FilePath, &Note> =
        cache.notes.iter().map(|(path, note)| (path, &note.value)).collect();
    let cards = site.cards.values().filter_map(|card| {
        let reasons = look.reasons(notes.get(&card.path)?);
        (!reasons.is_empty()).then(|| Affected {
            source: card.path.clone(),
            title: card.title.clone(),
            status: card.meta.status,
            owners: card.meta.owners.clone(),
            changed: look.has_changed(&card.path),
            reasons,
        })
    });
    cards.collect()
}

struct Look<'a> {
    site: &'a Site,
    config: &'a Config,
    prefix: &'a FilePath,
    changed: &'a BTreeSet<String>,
}

impl Look<'_> {
    fn reasons(&self, note: &Note) -> BTreeSet<Reason> {
        let card = &*note.card;
        let named = card.meta.links.iter().filter_map(|it| {
            let why = match it.name.as_str() {
                "code" => Why::Code,
                "dashboard" => Why::Dashboard,
                _ => return None,
            };
            Some((why, self.code(card, &it.target)))
        });
        let named = named.flat_map(|(why, files)| {
            files.into_iter().map(move |file| Reason { why, file })
        });
        let linked = card.links.iter().filter_map(|link| {
            match self.site.resolve(card, &link.target, link.form).destination? {
                Destination::Outside(path) => self.file(&path),
                _ => None,
            }
        });
        // An address begins at the root of the repository, and not of the project.
        let addresses = note.links.iter().filter(|it| it.written.contains("://"));
        let linked = linked.chain(addresses.flat_map(|it| self.code(card, &it.written)));
        let linked = linked.map(|file| Reason { why: Why::Code, file });
        let data = file::data_names(&note.text).into_iter();
        let data = data.filter_map(|it| self.file(&file::resolve(&card.path, it)?));
        let data = data.map(|file| Reason { why: Why::Data, file });
        named.chain(linked).chain(data).chain(self.tied(card)).collect()
    }

    /// The notes that a note rests on.
    fn tied(&self, card: &Card) -> impl Iterator<Item = Reason> {
        let ties = self.site.ties.get(&card.path).into_iter().flatten();
        ties.filter_map(|(tie, path)| {
            let why = match tie {
                Tie::DependsOn => Why::DependsOn,
                Tie::Evidence => Why::Evidence,
                _ => return None,
            };
            Some(Reason { why, file: self.file(path)? })
        })
    }

    /// A file of the project as the repository calls it, if it has changed.
    fn file(&self, path: &FilePath) -> Option<String> {
        let file = self.prefix.join(path.as_str())?.to_string();
        self.changed.contains(&file).then_some(file)
    }

    fn has_changed(&self, path: &FilePath) -> bool {
        self.file(path).is_some()
    }

    /// The files that have changed of the code that a note names: a file or folder by
    /// its path, seen from the note, the project or the repository, or by its address.
    fn code(&self, card: &Card, target: &str) -> Vec<String> {
        let places: Vec<String> = match Target::of(target) {
            Target::Path { path, .. } => {
                let path = path.trim_matches('/');
                let note = self.prefix.join(card.path.folder().as_str());
                let from = [note, Some(self.prefix.clone()), Some(FilePath::default())];
                let places = from.into_iter().flatten().filter_map(|it| it.join(path));
                places.map(|it| it.to_string()).collect()
            }
            Target::Web(address) => self.in_repository(&address).into_iter().collect(),
            _ => Vec::new(),
        };
        let is_meant = |file: &&String| {
            let below = |place: &String| {
                let rest = file.strip_prefix(place.as_str());
                rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
            };
            places.iter().any(|it| !it.is_empty() && below(it))
        };
        self.changed.iter().filter(is_meant).cloned().collect()
    }

    /// The path of an address in the repository of the site: what follows the branch of
    /// `…/blob/main/src/a.py`.
    fn in_repository(&self, address: &str) -> Option<String> {
        let repository = self.config.site.repository.as_deref()?.trim_end_matches('/');
        let rest = address.strip_prefix(repository)?.trim_start_matches("/-");
        let (_, rest) =
            rest.split_once("/blob/").or_else(|| rest.split_once("/tree/"))?;
        let (_, path) = rest.split_once('/')?;
        let end = path.find(['#', '?']).unwrap_or(path.len());
        Some(path[..end].trim_end_matches('/').to_owned())
    }
}
