//! What is known of files that an earlier run has read.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::place::Place;
use super::{Reading, Scope, read_text};
use crate::diag::{Checked, Diagnostic};
use crate::memo::Digest;
use crate::path::FilePath;
use crate::project::{Project, Stamp, Text};

/// File systems count time in steps of up to two seconds: a file so young may change
/// again and show the same time.
pub(in crate::cli) const STEP: Duration = Duration::from_secs(2);

/// Whether a file that was changed then was old enough when it was read that any change
/// since shows in its times.
pub(super) fn is_settled(changed: u128, read_at: u128) -> bool {
    changed.saturating_add(STEP.as_nanos()) <= read_at
}

/// What is known of files that an earlier run has read: the digests of their bytes, as
/// long as their stamps are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Memory {
    /// When it was looked at them, in nanoseconds since 1970.
    pub(super) read_at: u128,
    pub(super) texts: BTreeMap<FilePath, (Stamp, Digest)>,
}

impl Memory {
    /// Whether it saves more reading than another one of the same files.
    pub(in crate::cli) fn knows_more_than(&self, other: &Self) -> bool {
        self.texts != other.texts || self.count() > other.count()
    }

    /// Of how many files it is certain.
    fn count(&self) -> usize {
        self.texts.values().filter(|(stamp, _)| self.is_certain(*stamp)).count()
    }

    fn is_certain(&self, stamp: Stamp) -> bool {
        is_settled(stamp.modified.max(stamp.changed), self.read_at)
    }

    /// The digest of a file's bytes, if it is certain that the file is still what it was.
    ///
    /// Where the clock was set back since, nothing is certain: a file may change and have
    /// the time again that it had.
    pub(super) fn digest(
        &self,
        path: &FilePath,
        stamp: Stamp,
        now: u128,
    ) -> Option<Digest> {
        let (known, digest) = self.texts.get(path)?;
        let is_same = *known == stamp && self.is_certain(stamp);
        (is_same && self.read_at <= now).then_some(*digest)
    }
}

/// A text of the project, as far as it has been looked at.
pub(super) enum Seen {
    /// It was read, or is gone.
    Read(Checked<Option<Text>>),
    /// It was not read, for it is known what stands for it.
    Known(Digest),
}

impl Reading {
    /// Looks at the files of a folder, and reads those of which nothing certain is known.
    /// Until [`Reading::complete`] the others are not in the project.
    pub(in crate::cli) fn recalling(
        place: &Place,
        memory: &Memory,
    ) -> anyhow::Result<Self> {
        let mut reading = Self::default();
        reading.look(place, &Scope::All, memory)?;
        Ok(reading)
    }

    /// What stands for all that was found: equal digests, equal projects.
    pub(in crate::cli) fn digest(&self) -> Digest {
        let Project { src, texts, files, faults, asked, history, today } = &self.project;
        let read = |path| texts.get(path).map(|it| it.digest);
        let known = |path| read(path).or_else(|| self.unread.get(path).copied());
        let files: Vec<_> = files
            .iter()
            .map(|(path, stamp)| match known(path) {
                Some(digest) => (path, Some(digest), None),
                None => (path, None, Some(stamp)),
            })
            .collect();
        Digest::of(&(src, files, faults, asked, history, today))
    }

    /// Reads of what was not read the files of which something is told.
    pub(in crate::cli) fn read_for(&mut self, place: &Place, told: &[Diagnostic]) {
        let spans = told.iter().flat_map(|it| {
            std::iter::once(&it.span).chain(it.also.iter().map(|(span, _)| span))
        });
        let files = spans.map(|it| &it.file).filter(|it| self.unread.contains_key(*it));
        let paths: BTreeSet<FilePath> = files.cloned().collect();
        self.put_texts(place, paths.into_iter().collect());
    }

    /// How many notes there are, read or not.
    pub(in crate::cli) fn notes(&self) -> usize {
        let unread = self.unread.keys().filter(|it| self.project.is_note(it));
        self.project.notes().count() + unread.count()
    }

    /// Reads what was not read.
    pub(in crate::cli) fn complete(&mut self, place: &Place) {
        self.put_texts(place, self.unread.keys().cloned().collect());
    }

    fn put_texts(&mut self, place: &Place, paths: Vec<FilePath>) {
        let read = |path: FilePath| {
            let text = read_text(&place.root, &path);
            (path, text)
        };
        let texts: Vec<_> = paths.into_par_iter().map(read).collect();
        for (path, text) in texts {
            self.unread.remove(&path);
            if let Some(text) = text.tell(&mut self.project.faults) {
                self.project.texts.insert(path, text);
            }
        }
    }

    /// What a later run may know of the files without reading them.
    pub(in crate::cli) fn memory(&self) -> Memory {
        // What is told of a file is told again when it is read again.
        let is_faulty =
            |path: &FilePath| self.project.faults.iter().any(|it| it.span.file == *path);
        let read = self.project.texts.iter().map(|(path, text)| (path, text.digest));
        let unread = self.unread.iter().map(|(path, digest)| (path, *digest));
        let texts = read.chain(unread).filter(|(path, _)| !is_faulty(path));
        let texts = texts.filter_map(|(path, digest)| {
            let stamp = self.project.files.get(path)?;
            Some((path.clone(), (*stamp, digest)))
        });
        Memory { read_at: self.looked_at, texts: texts.collect() }
    }
}
