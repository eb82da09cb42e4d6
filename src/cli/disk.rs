//! The files of a folder, read as a project.
#![expect(clippy::disallowed_methods, reason = "this is what reads the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use rayon::prelude::*;

use super::place::Place;
use super::stop::Stop;
use crate::compare::data::MAX_BYTES;
use crate::diag::{Checked, Diagnostic, Rule};
use crate::memo::Digest;
use crate::path::FilePath;
use crate::project::{Project, Stamp, Text};

mod decode;
mod fault;
mod memory;
mod scope;
mod walk;

pub(super) use memory::{Memory, STEP};
pub(super) use scope::Scope;

/// Reads the files of a folder.
pub(super) fn read(place: &Place) -> anyhow::Result<Project> {
    Ok(Reading::recalling(place, &Memory::default())?.project)
}

/// The files of a folder, to be looked at again and again.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What was read.
    pub(super) project: Project,
    /// The folders that were walked through.
    pub(super) folders: BTreeSet<PathBuf>,
    /// The files that differed when it was looked last.
    pub(super) changed: BTreeSet<FilePath>,
    /// Whether a file stands for another, whose stamp it has.
    has_links: bool,
    /// Whether a part of it can be looked at by itself: nothing is a link, no fault
    /// concerns two files, and what was read last was read to the end.
    is_plain: bool,
    /// When it was looked last, in nanoseconds since 1970.
    looked_at: u128,
    /// The texts that were not read, for an earlier run has; their digests.
    unread: BTreeMap<FilePath, Digest>,
}

impl Reading {
    /// Looks at a part of the folder again, and reads what has changed; says whether
    /// anything has. The result is the same as if all were read anew.
    pub(super) fn refresh(
        &mut self,
        place: &Place,
        scope: &Scope,
    ) -> anyhow::Result<bool> {
        self.look(place, scope, &Memory::default())
    }

    fn look(
        &mut self,
        place: &Place,
        scope: &Scope,
        memory: &Memory,
    ) -> anyhow::Result<bool> {
        let scope = if self.is_plain { scope } else { &Scope::All };
        // Until this has come to its end, all is to be looked at again.
        self.is_plain = false;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.looked_at = now.as_nanos();
        let mut found = walk::walk(&place.root, &place.output, scope);
        let src = self.find_src(place, &found.files, scope)?;
        if src != self.project.src && *scope != Scope::All {
            // Which files are texts depends on where the notes are.
            return self.look(place, &Scope::All, memory);
        }
        self.project.src = src;
        let mut texts = BTreeMap::new();
        for (path, seen) in self.read_texts(place, &found.files, scope, memory) {
            match seen {
                memory::Seen::Known(digest) => {
                    self.unread.insert(path, digest);
                }
                memory::Seen::Read(text) => {
                    if let Some(text) = text.tell(&mut found.faults) {
                        texts.insert(path, text);
                    }
                }
            }
        }
        // The notes have gone meanwhile: what was found of them nobody ever saved.
        let src = place.root.join(self.project.src.as_str());
        if src != place.root && !src.is_dir() {
            return self.look(place, &Scope::All, memory);
        }
        let is_changed = self.put(place, scope, found, texts);
        self.is_plain = !self.has_links && self.project.faults.is_empty();
        Ok(is_changed)
    }

    /// Puts what was found in the place of what was there; says whether they differ.
    fn put(
        &mut self,
        place: &Place,
        scope: &Scope,
        mut found: walk::Found,
        mut texts: BTreeMap<FilePath, Text>,
    ) -> bool {
        let project = &mut self.project;
        let last_files = scope.take(&place.root, &mut project.files);
        let last_texts = scope.take(&place.root, &mut project.texts);
        self.changed = differing(&last_files, &found.files, |it| *it);
        self.changed.extend(differing(&last_texts, &texts, |it| it.digest));
        let names: Vec<FilePath> = found.files.keys().cloned().collect();
        project.files.append(&mut found.files);
        project.texts.append(&mut texts);
        self.folders.retain(|it| !scope.holds(it));
        self.folders.extend(found.folders);
        self.has_links = found.has_links;

        // Where a part is looked at by itself, no two names were the same before.
        if *scope == Scope::All || !last_files.keys().eq(names.iter()) {
            found.faults.extend(fault::collisions(&project.files, &project.src));
        }
        // What is wrong elsewhere does not concern the notes.
        found.faults.retain(|it| is_ours(&it.span.file, &project.src));
        let had = std::mem::replace(&mut project.faults, found.faults);
        !self.changed.is_empty() || project.faults != had
    }

    /// The folder of the notes: the one that `book.toml` names, else the first of the
    /// usual ones that holds Markdown, else the root.
    fn find_src(
        &self,
        place: &Place,
        found: &BTreeMap<FilePath, Stamp>,
        scope: &Scope,
    ) -> anyhow::Result<FilePath> {
        if let Some(named) = &place.config.book.src {
            if place.root.join(named.as_str()).is_dir() {
                return Ok(named.clone());
            }
            return Err(Stop::because(
                format!("there is no folder `{named}` in the project"),
                "`src` under `[book]` in book.toml names the folder of the notes",
            ));
        }
        let is_note = |it: &FilePath, folder: &FilePath| {
            it.is_markdown() && it.below(folder).is_some()
        };
        let is_left = |it: &FilePath| !scope.holds(&place.root.join(it.as_str()));
        let holds_notes = |folder: &FilePath| {
            found.keys().any(|it| is_note(it, folder))
                || self.project.files.keys().any(|it| is_note(it, folder) && is_left(it))
        };
        let usual = ["content", "src", "docs"].map(FilePath::from);
        Ok(usual.into_iter().find(holds_notes).unwrap_or_default())
    }

    fn read_texts(
        &self,
        place: &Place,
        files: &BTreeMap<FilePath, Stamp>,
        scope: &Scope,
        memory: &Memory,
    ) -> Vec<(FilePath, memory::Seen)> {
        let texts = files
            .iter()
            .filter(|(path, stamp)| is_text(path, **stamp, &self.project.src));
        texts
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(path, stamp)| {
                let is_named = scope.names(&place.root.join(path.as_str()));
                let kept = kept(&self.project, path, *stamp, self.looked_at)
                    .filter(|_| !is_named);
                let known = || memory.digest(path, *stamp, self.looked_at);
                let seen = match (kept, known()) {
                    (Some(text), _) => memory::Seen::Read(text),
                    (None, Some(digest)) => memory::Seen::Known(digest),
                    (None, None) => memory::Seen::Read(read_text(&place.root, path)),
                };
                (path.clone(), seen)
            })
            .collect()
    }
}

/// The keys whose value one of two maps has alone.
fn differing<T, V: PartialEq>(
    a: &BTreeMap<FilePath, T>,
    b: &BTreeMap<FilePath, T>,
    value: impl Fn(&T) -> V,
) -> BTreeSet<FilePath> {
    let changed =
        b.iter().filter(|(path, it)| a.get(path).map(&value) != Some(value(it)));
    let gone = a.keys().filter(|path| !b.contains_key(path));
    changed.map(|(path, _)| path).chain(gone).cloned().collect()
}

/// The text of one file; `None` where it does not exist.
pub(super) fn text(root: &Path, path: &FilePath) -> anyhow::Result<Option<Arc<str>>> {
    match fs::read(root.join(path.as_str())) {
        Ok(bytes) => Ok(Some(decode::decode(path, &bytes).value.text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{path}`")),
    }
}

/// Whether a build may read the file: notes, data, themes.
fn is_text(path: &FilePath, stamp: Stamp, src: &FilePath) -> bool {
    let has = |endings: &[&str]| {
        endings.iter().any(|it| path.extension().eq_ignore_ascii_case(it))
    };
    let is_data = || {
        stamp.len <= MAX_BYTES as u64
            && has(&["csv", "tsv", "json", "toml", "yaml", "yml"])
    };
    let is_theme = || {
        path.below(&"themes".into()).is_some()
            && has(&["html", "css", "js", "svg", "txt", "xml", "md"])
    };
    path.is_markdown() && path.below(src).is_some() || is_data() || is_theme()
}

/// Whether a fault of the file is a fault of the project.
fn is_ours(path: &FilePath, src: &FilePath) -> bool {
    let folders = ["themes", "kinds", "rubrics"].map(FilePath::from);
    path.as_str() == "book.toml"
        || folders.iter().chain([src]).any(|it| path.below(it).is_some())
}

/// The text that was read before, where the file has not changed since.
fn kept(
    last: &Project,
    path: &FilePath,
    stamp: Stamp,
    now: u128,
) -> Option<Checked<Option<Text>>> {
    let known = last.files.get(path) == Some(&stamp);
    if !known || !memory::is_settled(stamp.modified, now) {
        return None;
    }
    let text = last.texts.get(path)?.clone();
    let again = |it: &&Diagnostic| {
        it.span.file == *path && matches!(it.rule, Rule::NotUtf8 | Rule::NulByte)
    };
    let diagnostics = last.faults.iter().filter(again).cloned().collect();
    Some(Checked { value: Some(text), diagnostics })
}

fn read_text(root: &Path, path: &FilePath) -> Checked<Option<Text>> {
    match fs::read(root.join(path.as_str())) {
        Ok(bytes) => {
            let Checked { value, diagnostics } = decode::decode(path, &bytes);
            Checked { value: Some(value), diagnostics }
        }
        // It went away between the walk and now: as if it had not been there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Checked::fine(None),
        Err(error) => {
            Checked { value: None, diagnostics: vec![fault::unreadable(path, &error)] }
        }
    }
}

#[cfg(test)]
mod tests;
