//! The pages that gather what many notes say: metrics, gaps, systems, decisions, rubrics.
//!
//! They are made from the site and the configuration alone, once for each site. A page of
//! them is made anew when its own content changes, whatever else the edit was.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::config::Config;
use crate::freshness::Clock;
use crate::memo::{Digest, Hashed};
use crate::path::Route;
use crate::site::Site;

pub mod listing;
pub mod compare;
pub mod lists;
pub mod notes;
pub mod decisions;
pub mod timeline;
pub mod options;
pub mod review;
pub mod rubrics;
pub mod systems;
pub mod stakeholder;
pub mod risk;
pub mod system;
pub mod search;
pub mod terms;

use compare::{GapPage, MatrixPage};
use decisions::DecisionsPage;
use lists::Lists;
use notes::{NotesPage, TagsPage};
use options::OptionsPage;
use review::ReviewPage;
use rubrics::{RubricPage, RubricsPage};
use search::SearchPage;
use system::SystemPage;
use systems::SystemsPage;
use terms::TermsPage;
use timeline::TimelinePage;

/// A page that gathers what many notes say.
#[derive(Debug)]
pub struct Overview {
    /// What it is called.
    pub title: Title,
    /// The overview that it belongs to, for the way down to it.
    pub above: Option<Route>,
    /// Whether the navigation of every page leads to it.
    pub listed: bool,
    /// What it shows.
    pub content: Hashed<Content>,
}

/// What an overview is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Title {
    /// A word of the interface, by its key.
    Word(&'static str),
    /// A name that the notes give.
    Name(String),
    /// A word of the interface, by its key, with a name that the notes give in place of
    /// `TITLE`.
    About {
        /// The key of the word.
        word: &'static str,
        /// The name.
        name: String,
    },
}

/// What an overview shows. Each variant has a template of its name.
///
/// Addresses in it are below the root of the site: templates set `page.root` before them.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// The metrics of the site against its systems: `matrix.html`.
    Matrix(MatrixPage),
    /// What a system lacks to what its comparisons ask for: `gap.html`.
    Gap(GapPage),
    /// The systems and what is documented of their components: `systems.html`.
    Systems(SystemsPage),
    /// A system: `system.html`.
    System(Box<SystemPage>),
    /// Every decision: `decisions.html`.
    Decisions(DecisionsPage),
    /// What was decided and begun when: `timeline.html`.
    Timeline(TimelinePage),
    /// What was considered and what was chosen: `options.html`.
    Options(OptionsPage),
    /// The rubrics that notes answer: `rubrics.html`.
    Rubrics(RubricsPage),
    /// What notes answer to a rubric: `rubric.html`.
    Rubric(RubricPage),
    /// All notes, or those with a tag: `notes.html`.
    Notes(NotesPage),
    /// The tags of the site: `tags.html`.
    Tags(TagsPage),
    /// Notes that are to be looked through: `reviews.html`.
    Reviews(ReviewPage),
    /// The terms of the site: `terms.html`.
    Terms(TermsPage),
    /// The search, for links to what it finds: `search.html`.
    Search(SearchPage),
}

impl Content {
    /// The kind of page, which names its template.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Matrix(_) => "matrix",
            Self::Gap(_) => "gap",
            Self::Systems(_) => "systems",
            Self::System(_) => "system",
            Self::Decisions(_) => "decisions",
            Self::Timeline(_) => "timeline",
            Self::Options(_) => "options",
            Self::Rubrics(_) => "rubrics",
            Self::Rubric(_) => "rubric",
            Self::Notes(_) => "notes",
            Self::Tags(_) => "tags",
            Self::Reviews(_) => "reviews",
            Self::Terms(_) => "terms",
            Self::Search(_) => "search",
        }
    }
}

/// What overviews are made from.
pub struct Ground<'a> {
    /// The site.
    pub site: &'a Arc<Site>,
    /// The configuration.
    pub config: &'a Config,
    /// What days are judged by.
    pub clock: Clock<'a>,
}

/// All overviews of a site.
#[derive(Debug, Default)]
pub struct Overviews {
    /// The overviews by their pages.
    pub pages: BTreeMap<Route, Overview>,
    /// Where notes are listed whole of which a page shows a few.
    pub lists: Lists,
    /// What stands for what they are made from: equal digests, equal overviews.
    pub digest: Digest,
}

impl Overviews {
    /// The overviews that have something to show.
    pub fn of(ground: &Ground<'_>, digest: Digest) -> Self {
        // Neither half needs the other.
        let (mut pages, (others, lists)) =
            rayon::join(|| Self::of_systems(ground), || Self::of_notes(ground));
        pages.extend(others);
        Self { pages, lists, digest }
    }

    /// What is compared, and the systems.
    fn of_systems(ground: &Ground<'_>) -> BTreeMap<Route, Overview> {
        let mut pages: BTreeMap<Route, Overview> =
            compare::pages(ground).into_iter().collect();
        // The page of a system leads to that of its gap.
        pages.extend(systems::pages(ground, &pages));
        pages
    }

    /// What notes say each for itself, and the lists of them.
    fn of_notes(ground: &Ground<'_>) -> (Vec<(Route, Overview)>, Lists) {
        let mut pages = Vec::new();
        pages.extend(decisions::pages(ground));
        pages.extend(timeline::pages(ground));
        pages.extend(options::pages(ground));
        pages.extend(rubrics::pages(ground));
        pages.extend(review::pages(ground));
        pages.extend(terms::pages(ground));
        let mut lists = Lists::default();
        pages.extend(notes::pages(ground, &mut lists));
        pages.extend(search::page(ground, &lists));
        (pages, lists)
    }

    /// Those that the navigation of every page leads to, in the order of their pages.
    pub fn listed(&self) -> impl Iterator<Item = (&Route, &Overview)> {
        self.pages.iter().filter(|(_, it)| it.listed)
    }
}
