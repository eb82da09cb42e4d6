//! The output folder: a site that is whole, or the old one.
//!
//! A site is built beside the folder that it goes to, in a *stage*, and exchanged with
//! what is there in one step; what was there is deleted last. So a process that dies at
//! any moment, or a disk that is full, leaves the old site as it was. (After a failure
//! of power, build again: files are not forced to the disk one by one.)
#![expect(clippy::disallowed_methods, reason = "this is what writes the site")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow, ensure};
use rayon::prelude::*;

use super::interrupt::Interrupt;
use super::place::Place;
use crate::memo::Digest;
use crate::output::{Content, Output, Sink, Text};
use crate::path::{FilePath, Route};

mod guard;
mod old;
mod stale;
mod swap;

use old::Sight;

/// The file that says that a folder is a site of this program's.
const MARKER: &str = ".diptych";

/// What the marker says, with the version of what else it holds.
const SENTENCE: &str =
    "This folder is made by Diptych, and replaced as a whole. Format 1.";

fn sentence() -> String {
    format!("{SENTENCE}\n")
}

/// Whether a folder is a site that this program published.
pub(super) fn is_site(folder: &Path) -> bool {
    let marker = folder.join(MARKER);
    marker.is_file()
        && fs::read(marker)
            .is_ok_and(|it| it.starts_with(b"This folder is made by Diptych"))
}

/// What a file of a site holds, if that is what this digest stands for.
pub(super) fn text(site: &Path, route: &Route, digest: Digest) -> Option<Content> {
    let text = fs::read_to_string(site.join(inside(route)?)).ok()?;
    (Digest::of_bytes(text.as_bytes()) == digest)
        .then(|| Content::Text(Text::packed(&text)))
}

/// Whether the site that is published is what it should be, file by file.
pub(super) fn is_whole(place: &Place, output: &Output) -> bool {
    old::is_whole(&place.output, &place.root, output)
}

/// Deletes a stage.
pub(super) fn discard(stage: &Path) {
    stale::delete(stage);
}

/// A site in the making, beside the folder that it goes to.
#[derive(Debug)]
pub(super) struct Stage {
    target: PathBuf,
    folder: PathBuf,
    /// Held while this process lives; by it others tell whether the stage is left over.
    _lock: Option<fs::File>,
    interrupt: Arc<Interrupt>,
    made: Mutex<Made>,
}

/// What a stage holds so far.
#[derive(Debug, Default)]
struct Made {
    folders: BTreeSet<PathBuf>,
    pages: BTreeMap<Route, Digest>,
    /// The files of the old site that were found to hold what is wanted.
    found: BTreeMap<Route, (Digest, Sight)>,
    failed: Option<anyhow::Error>,
}

impl Stage {
    /// Opens a stage. Refuses where publishing would destroy what is not ours, and
    /// deletes the stages that processes left which are gone.
    pub(super) fn open(
        place: &Place,
        src: &FilePath,
        interrupt: Arc<Interrupt>,
    ) -> anyhow::Result<Self> {
        guard::admit(place, src)?;
        let target = place.output.clone();
        let parent = target.parent().context("the output folder is a whole disk")?;
        let cannot = || format!("cannot make a folder in `{}`", parent.display());
        fs::create_dir_all(parent).with_context(cannot)?;
        stale::clear(&target);
        let (folder, lock) = stale::fresh(&target).with_context(cannot)?;
        interrupt.begin(&folder);
        let made = Mutex::default();
        Ok(Self { target, folder, _lock: lock, interrupt, made })
    }

    /// The sink that writes each page as it is made, or takes it over from the old site
    /// where that has the very same. Where it cannot, it keeps the reason for
    /// [`Stage::finish`] and writes no more.
    pub(super) fn sink(self: &Arc<Self>) -> Arc<dyn Sink> {
        let stage = Arc::clone(self);
        Arc::new(move |route: &Route, text: String| {
            let digest = Digest::of_bytes(text.as_bytes());
            stage.take(route, &text, digest);
            Content::Sunk(digest)
        })
    }

    /// Gives a file of the old site, if it holds what it should.
    pub(super) fn find(&self, route: &Route, digest: Digest) -> Option<Content> {
        // What two results of the last build share is read once.
        let known = self.made().found.get(route).is_some_and(|it| it.0 == digest);
        if !known {
            let sight = old::look(&self.target, route, digest)?;
            self.made().found.insert(route.clone(), (digest, sight));
        }
        Some(Content::Sunk(digest))
    }

    /// Takes over from the old site what was found there and is wanted; gives what has
    /// gone since, which must be made anew.
    pub(super) fn take_over(&self, output: &Output) -> anyhow::Result<BTreeSet<Route>> {
        let wanted = self.wanted(output);
        let take = |(route, digest, sight): (&Route, Digest, Option<Sight>)| {
            let to = self.path_of(route)?;
            let taken = sight.is_some_and(|it| old::take(&self.target, route, it, &to));
            Ok((route.clone(), taken.then_some(digest)))
        };
        let taken: Vec<_> =
            wanted.into_par_iter().map(take).collect::<anyhow::Result<_>>()?;
        let (mut made, mut gone) = (self.made(), BTreeSet::new());
        for (route, digest) in taken {
            match digest {
                Some(digest) => {
                    made.pages.insert(route, digest);
                }
                None => {
                    gone.insert(route);
                }
            }
        }
        Ok(gone)
    }

    /// The files that the site is to hold and the stage does not, as far as they are in
    /// the old site with what they looked like there.
    fn wanted<'o>(&self, output: &'o Output) -> Vec<(&'o Route, Digest, Option<Sight>)> {
        let made = self.made();
        let wanted = output.iter().filter_map(|(route, content)| match content {
            Content::Sunk(digest) if !made.pages.contains_key(route) => {
                Some((route, *digest, made.found.get(route).map(|it| it.1)))
            }
            _ => None,
        });
        wanted.collect()
    }

    /// Writes what else the site holds, and puts it in the place of the old one.
    pub(super) fn finish(&self, output: &Output, root: &Path) -> anyhow::Result<()> {
        if let Some(error) = self.made().failed.take() {
            return Err(error);
        }
        self.check_pages(output)?;
        output.par_iter().try_for_each(|(route, content)| match content {
            Content::Text(text) => self.put(route, text.get().as_bytes()),
            Content::Bytes(bytes) => self.put(route, bytes),
            Content::Copy(path) => self.copy(route, &root.join(path.as_str())),
            Content::Sunk(_) => Ok(()),
        })?;
        fs::write(self.folder.join(MARKER), sentence())
            .context("cannot write the marker of the site")?;
        // An interrupt waits: it may delete the stage, and never what was exchanged.
        let _whole = self.interrupt.hold();
        swap::swap(&self.folder, &self.target).with_context(|| {
            format!("cannot put the site in the place of `{}`", self.target.display())
        })
    }

    fn take(&self, route: &Route, text: &str, digest: Digest) {
        if self.made().failed.is_some() {
            return;
        }
        let written = self.put(route, text.as_bytes());
        let mut made = self.made();
        match written {
            Ok(()) => {
                made.pages.insert(route.clone(), digest);
            }
            Err(error) => {
                made.failed.get_or_insert(error);
            }
        }
    }

    /// The pages that were sunk must be those of the site, no more and no other, but for
    /// those in whose place the author has a file.
    fn check_pages(&self, output: &Output) -> anyhow::Result<()> {
        let sunk = output.iter().filter_map(|(route, content)| match content {
            Content::Sunk(digest) => Some((route, digest)),
            _ => None,
        });
        let is_replaced =
            |route: &Route| matches!(output.get(route), Some(Content::Copy(_)));
        let made = self.made();
        let same = sunk.eq(made.pages.iter().filter(|(route, _)| !is_replaced(route)));
        ensure!(same, "the pages written are not those of the site; please report this");
        Ok(())
    }

    /// Takes a file over from the old site if it is there, else writes it.
    fn put(&self, route: &Route, bytes: &[u8]) -> anyhow::Result<()> {
        match old::look_for(&self.target, route, bytes) {
            Some(it) if old::take(&self.target, route, it, &self.path_of(route)?) => {
                Ok(())
            }
            _ => self.write(route, bytes),
        }
    }

    fn write(&self, route: &Route, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path_of(route)?;
        fs::write(path, bytes).with_context(|| format!("cannot write `{route}`"))
    }

    fn copy(&self, route: &Route, from: &Path) -> anyhow::Result<()> {
        let path = self.path_of(route)?;
        let sight = old::look_alike(&self.target, route, from);
        if sight.is_some_and(|it| old::take(&self.target, route, it, &path)) {
            return Ok(());
        }
        let copied = fs::copy(from, path);
        copied.with_context(|| format!("cannot copy `{}`", from.display()))?;
        Ok(())
    }

    /// The path of a file in the stage, in a folder that exists.
    fn path_of(&self, route: &Route) -> anyhow::Result<PathBuf> {
        let below = inside(route).ok_or_else(|| {
            anyhow!("`{}` is not a place in the site", route.as_str().escape_debug())
        })?;
        let path = self.folder.join(below);
        if let Some(folder) = path.parent() {
            let is_new = !self.made().folders.contains(folder);
            if is_new {
                fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make the folder of `{route}`"))?;
                self.made().folders.insert(folder.to_owned());
            }
        }
        Ok(path)
    }

    fn made(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stage {
    /// Deletes what lies in the stage: the old site, or one that is not to be.
    fn drop(&mut self) {
        stale::delete(&self.folder);
        self.interrupt.end();
    }
}

/// The path of a route, if it leads to a file below the site's root on every system.
fn inside(route: &Route) -> Option<&Path> {
    let text = route.as_str();
    let plain = !text.contains(['\\', '\0'])
        && text != MARKER
        && text.split('/').all(|it| !matches!(it, "" | "." | ".."));
    let path = Path::new(text);
    let normal = path.components().all(|it| matches!(it, Component::Normal(_)));
    (plain && normal).then_some(path)
}

#[cfg(test)]
mod tests;
