//! The files of the old site that a new one takes over.
//!
//! A file is taken over by a link, and is then in both sites until the old one is deleted;
//! so nothing ever writes into a file of a site.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::{MARKER, inside, sentence};
use crate::memo::Digest;
use crate::output::{Content, Output};
use crate::path::Route;

/// What a file looked like when it was looked at: its length, time and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    len: u64,
    modified: Option<std::time::SystemTime>,
    number: u64,
}

impl Sight {
    /// The sight of a plain file that others may read; `None` for anything else.
    fn of(metadata: &Metadata) -> Option<Self> {
        let (number, readable) = identity(metadata);
        let sight =
            Self { len: metadata.len(), modified: metadata.modified().ok(), number };
        (metadata.is_file() && readable).then_some(sight)
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, bool) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.mode() & 0o400 != 0)
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, bool) {
    (0, true)
}

/// Looks at a file of a site; `None` unless it holds what this digest stands for.
pub(super) fn look(site: &Path, route: &Route, digest: Digest) -> Option<Sight> {
    let path = site.join(inside(route)?);
    let sight = Sight::of(&fs::symlink_metadata(&path).ok()?)?;
    (Digest::of_bytes(&fs::read(path).ok()?) == digest).then_some(sight)
}

/// Looks at a file of a site; `None` unless it holds these bytes.
pub(super) fn look_for(site: &Path, route: &Route, bytes: &[u8]) -> Option<Sight> {
    let path = site.join(inside(route)?);
    let sight = Sight::of(&fs::symlink_metadata(&path).ok()?)?;
    let is_as_long = usize::try_from(sight.len) == Ok(bytes.len());
    (is_as_long && fs::read(path).ok()? == bytes).then_some(sight)
}

/// Looks at a file of a site; `None` unless it holds what another file does.
pub(super) fn look_alike(site: &Path, route: &Route, other: &Path) -> Option<Sight> {
    let path = site.join(inside(route)?);
    let sight = Sight::of(&fs::symlink_metadata(&path).ok()?)?;
    let is_as_long = fs::metadata(other).is_ok_and(|it| it.len() == sight.len);
    (is_as_long && are_alike(&path, other)?).then_some(sight)
}

fn are_alike(a: &Path, b: &Path) -> Option<bool> {
    let (mut a, mut b) = (File::open(a).ok()?, File::open(b).ok()?);
    let (mut of_a, mut of_b) = (Vec::new(), Vec::new());
    loop {
        of_a.clear();
        of_b.clear();
        a.by_ref().take(PIECE).read_to_end(&mut of_a).ok()?;
        b.by_ref().take(PIECE).read_to_end(&mut of_b).ok()?;
        if of_a != of_b || of_a.is_empty() {
            return Some(of_a == of_b);
        }
    }
}

/// How much of two files is compared at once, in bytes.
const PIECE: u64 = 1 << 18;

/// Takes a file over into a new site, if it still is what it was when it was looked at.
/// Where the file system knows no links, it is copied.
pub(super) fn take(site: &Path, route: &Route, sight: Sight, to: &Path) -> bool {
    let Some(below) = inside(route) else { return false };
    let from = site.join(below);
    let sight_of = |path: &Path| Sight::of(&fs::symlink_metadata(path).ok()?);
    // A link is the file itself, and is looked at where nobody else can change it.
    let is_same = match fs::hard_link(&from, to) {
        Ok(()) => sight_of(to) == Some(sight),
        Err(_) => fs::copy(&from, to).is_ok() && sight_of(&from) == Some(sight),
    };
    if !is_same {
        let _ = fs::remove_file(to);
    }
    is_same
}

/// Whether a site holds just what it should, each file as it should be.
pub(super) fn is_whole(site: &Path, root: &Path, output: &Output) -> bool {
    let is_same = |(route, content): (&Route, &Content)| match content {
        Content::Copy(path) => look_alike(site, route, &root.join(path.as_str())),
        made => made.digest().and_then(|it| look(site, route, it)),
    };
    let marked = fs::read(site.join(MARKER)).is_ok_and(|it| it == sentence().as_bytes());
    marked
        && count(site).is_some_and(|it| it == output.len() + 1)
        && output.par_iter().all(|it| is_same(it).is_some())
}

/// How many files lie below a folder.
fn count(folder: &Path) -> Option<usize> {
    let mut files = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            if entry.file_type().ok()?.is_dir() {
                folders.push(entry.path());
            } else {
                files += 1;
            }
        }
    }
    Some(files)
}
