//! A finished site: what to write, or to serve from memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::memo::Digest;
use crate::path::{FilePath, Route};

/// A finished site, by the files it is made of.
pub type Output = BTreeMap<Route, Content>;

/// What a file of the site holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// This text.
    Text(Arc<str>),
    /// These bytes, which the program brings with it.
    Bytes(&'static [u8]),
    /// What a file of the project holds.
    Copy(FilePath),
    /// What the sink took when the page was made; its digest.
    Sunk(Digest),
}

impl Content {
    /// The digest of what the file holds; `None` where that is a file of the project.
    pub fn digest(&self) -> Option<Digest> {
        match self {
            Self::Text(text) => Some(Digest::of_bytes(text.as_bytes())),
            Self::Bytes(bytes) => Some(Digest::of_bytes(bytes)),
            Self::Sunk(digest) => Some(*digest),
            Self::Copy(_) => None,
        }
    }
}

/// The files of a site by the digests of what they hold.
pub type Digests = Vec<(Route, Digest)>;

/// Gives what a file of the site holds by its digest, as the sink would have when it was
/// made; `None` where there is none.
pub type Find<'a> = dyn Fn(&Route, Digest) -> Option<Content> + Sync + 'a;

/// The files by their digests, but for those that are copied.
pub fn digests(output: &Output) -> Digests {
    let digest = |(route, it): (&Route, &Content)| Some((route.clone(), it.digest()?));
    output.iter().filter_map(digest).collect()
}

/// The files of these digests, if each of them is found.
pub fn found(digests: Digests, find: &Find<'_>) -> Option<Output> {
    let found = |(route, digest): (Route, Digest)| {
        let content = find(&route, digest)?;
        Some((route, content))
    };
    digests.into_iter().map(found).collect()
}

/// Files that were made together, and what stands for what they were made from.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What they were made from.
    pub seen: Digest,
    /// The files.
    pub files: Output,
}

impl Batch {
    /// The files as they are saved.
    pub fn save(&self) -> (Digest, Digests) {
        (self.seen, digests(&self.files))
    }

    /// Files that were saved, if each of them is found.
    pub fn load((seen, files): (Digest, Digests), find: &Find<'_>) -> Option<Self> {
        Some(Self { seen, files: found(files, find)? })
    }

    /// Whether none of its files is one of these.
    pub fn is_without(&self, routes: &BTreeSet<Route>) -> bool {
        is_without(&self.files, routes)
    }
}

/// Whether no file is one of these.
pub fn is_without(files: &Output, routes: &BTreeSet<Route>) -> bool {
    !routes.iter().any(|it| files.contains_key(it))
}

/// Takes a page as soon as it is made, and says what stands for it from then on.
///
/// A server keeps the text ([`keep`]); `build` writes it to disk and forgets it.
pub type Sink = dyn Fn(&Route, String) -> Content + Send + Sync;

/// The sink that keeps each page in memory.
pub fn keep(_: &Route, text: String) -> Content {
    Content::Text(text.into())
}
