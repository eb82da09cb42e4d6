//! All that one page shows, gathered into one value.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::memo::{Digest, Hashed};
use crate::overview::Content;
use crate::path::Route;

pub mod comparison;
pub mod body;
pub mod source;
pub mod link;
pub mod look;
pub mod nav;
pub mod map;
pub mod facts;
pub mod relation;
pub mod scorecard;
pub mod card;

use body::Body;
use card::CardView;
use facts::Facts;
use map::Map;
use relation::Banner;

/// All that one page shows. Its hash is the key of the rendered page.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// The page's file in the site.
    #[serde(skip)]
    pub route: Route,
    /// What kind of page it is, which names its template.
    pub kind: PageKind,
    /// What leads from the page to the site's root: `../../`; empty at the root.
    pub root: String,
    /// The title, without markup.
    pub title: String,
    /// What the page is about, in a sentence or two; empty if nothing says it.
    pub summary: String,
    /// The address below the site's root, as a server shows it: `notes/attention/`.
    pub address: String,
    /// The file that the page is made from, relative to the project; empty if none.
    pub source: String,
    /// Where the source can be seen; empty if no repository is configured.
    pub source_url: String,
    /// Where the source can be edited; empty if no repository is configured.
    pub edit_url: String,
    /// What the note says of itself, in the order in which it is shown.
    pub facts: Facts,
    /// What has taken the note's place, if it holds no more.
    pub banner: Option<Banner>,
    /// What a model or dataset has on its card.
    pub card: Option<CardView>,
    /// The way from the root down to the page, itself left out.
    pub crumbs: Vec<Reference>,
    /// The navigation, from the root of the site: the way down to the page, its siblings
    /// and children.
    pub nav: NavItem,
    /// The note before it in reading order.
    pub before: Option<Reference>,
    /// The note after it in reading order.
    pub after: Option<Reference>,
    /// The headings of the page, nested.
    pub contents: Vec<ContentsItem>,
    /// The notes that link here, with the sentences in which they do.
    pub backlinks: Vec<BacklinkView>,
    /// How many more notes link here than are shown.
    pub more_backlinks: usize,
    /// Where all notes that link here are listed; empty if there are no more of them.
    pub all_backlinks: String,
    /// The notes around it, if there are some.
    pub map: Option<Map>,
    /// The notes of the section, if the page speaks for one.
    pub children: Vec<ChildView>,
    /// How many more notes the section has than are shown.
    pub more_children: usize,
    /// Where all notes of the section are listed; empty if there are no more of them.
    pub all_children: String,
    /// The overviews: pages that gather what many notes say.
    pub views: Vec<Reference>,
    /// What the page shows if it is an overview.
    pub overview: Option<Hashed<Content>>,
    /// Whether the site has a feed of its newest notes.
    pub feed: bool,
    /// How many minutes a reader takes, at 220 words a minute.
    pub minutes: usize,
    /// The text.
    #[serde(skip)]
    pub body: Option<Body>,
    /// What stands for theme and configuration.
    #[serde(skip)]
    pub face: Digest,
}

impl View {
    /// What stands for the page: equal digests, equal pages.
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }
}

impl Hash for View {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The fields that are not hashed follow from the route: kind, root, address.
        self.route.hash(state);
        self.title.hash(state);
        self.summary.hash(state);
        (&self.source, &self.source_url, &self.edit_url).hash(state);
        (&self.facts, &self.banner, &self.card).hash(state);
        (&self.crumbs, &self.nav, &self.before, &self.after).hash(state);
        (&self.contents, &self.backlinks, &self.map, &self.children).hash(state);
        (self.more_backlinks, &self.all_backlinks).hash(state);
        (self.more_children, &self.all_children).hash(state);
        (&self.views, &self.overview).hash(state);
        (self.minutes, self.feed).hash(state);
        self.body.hash(state);
        self.face.hash(state);
    }
}

/// The kinds of page, each with a template of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// A note: `page.html`.
    Page,
    /// A folder's list of notes, with the text of its index note if it has one:
    /// `section.html`.
    Section,
    /// An overview, by its kind: `matrix.html`, `gap.html`.
    Overview(&'static str),
    /// What a server shows for an address that does not exist: `404.html`.
    NotFound,
}

impl PageKind {
    /// Its name, as templates see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Section => "section",
            Self::Overview(kind) => kind,
            Self::NotFound => "not-found",
        }
    }

    /// The template of the page.
    pub fn template(self) -> String {
        match self {
            Self::NotFound => "404.html".to_owned(),
            _ => format!("{}.html", self.name()),
        }
    }
}

impl Serialize for PageKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A page by its name and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Reference {
    /// What it is called.
    pub label: String,
    /// Where it is, seen from the page.
    pub href: String,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct NavItem {
    /// What it is called.
    pub label: String,
    /// Where it is; empty for a title between notes.
    pub href: String,
    /// Whether it is the page itself.
    pub current: bool,
    /// Whether it has entries below it, shown or not.
    pub parent: bool,
    /// The entries below it that are shown.
    pub children: Vec<NavItem>,
    /// How many more entries are below it than those that are shown.
    pub more: usize,
}

/// A heading in the contents of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContentsItem {
    /// The text.
    pub label: String,
    /// `#id`.
    pub href: String,
    /// The headings below it.
    pub children: Vec<ContentsItem>,
}

/// A note that links to the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BacklinkView {
    /// The title of the note.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// The sentences in which it links.
    pub sentences: Vec<Arc<str>>,
}

/// A note or section in the list of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ChildView {
    /// The title.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// The status as it is shown; empty if there is none.
    pub status: String,
    /// The status in the vocabulary, for a class; empty if there is none.
    pub status_key: String,
    /// What it is about.
    pub summary: String,
    /// How many notes lie below it, if it is a section.
    pub notes: usize,
}
