//! A finished site: what to write, or to serve from memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::memo::Digest;
use crate::path::{FilePath, Route};

mod text;

pub use text::Text;

/// A finished site, by the files it is made of.
pub type Output = BTreeMap<Route, Content>;

/// What a file of the site holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// This text.
    Text(Text),
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
            Self::Text(text) => Some(text.digest()),
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
    /// The files as they are saved; `None` where some have not been made.
    pub fn save(&self) -> Option<(Digest, Digests)> {
        let is_made = |it: &Content| !matches!(it, Content::Text(it) if !it.is_there());
        self.files.values().all(is_made).then(|| (self.seen, digests(&self.files)))
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

/// Takes each file as soon as it is made, and says what stands for it from then on.
///
/// A server keeps the text ([`Keep`]); `build` writes it to disk and forgets it.
pub trait Sink: Send + Sync {
    /// Takes a text.
    fn take(&self, route: &Route, text: String) -> Content;

    /// Takes a text that may be made when somebody asks for it.
    fn defer(&self, route: &Route, make: Make) -> Content {
        self.take(route, make())
    }
}

/// Makes a text.
pub type Make = Box<dyn FnOnce() -> String + Send>;

impl<F: Fn(&Route, String) -> Content + Send + Sync> Sink for F {
    fn take(&self, route: &Route, text: String) -> Content {
        self(route, text)
    }
}

/// The sink that keeps each text in memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keep;

impl Sink for Keep {
    fn take(&self, _: &Route, text: String) -> Content {
        Content::Text(Text::packed(&text))
    }

    fn defer(&self, _: &Route, make: Make) -> Content {
        Content::Text(Text::later(make))
    }
}

/// Files that are made one after the other, each handed to a sink, where their places are
/// free.
pub struct Files<'a> {
    sink: &'a dyn Sink,
    is_free: &'a dyn Fn(&Route) -> bool,
    made: Output,
}

impl<'a> Files<'a> {
    /// No files yet.
    pub fn new(sink: &'a dyn Sink, is_free: &'a dyn Fn(&Route) -> bool) -> Self {
        Self { sink, is_free, made: Output::new() }
    }

    /// Puts a file there.
    pub fn put(&mut self, route: impl Into<Route>, text: String) {
        let route = route.into();
        if (self.is_free)(&route) {
            let content = self.sink.take(&route, text);
            self.made.insert(route, content);
        }
    }

    /// Puts a file there that takes long to make and is seldom asked for.
    pub fn defer(
        &mut self,
        route: impl Into<Route>,
        make: impl FnOnce() -> String + Send + 'static,
    ) {
        let route = route.into();
        if (self.is_free)(&route) {
            let content = self.sink.defer(&route, Box::new(make));
            self.made.insert(route, content);
        }
    }

    /// The files.
    pub fn done(self) -> Output {
        self.made
    }
}
