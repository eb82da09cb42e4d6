//! The pages that gather what many notes say: the matrix of metrics, the gaps of systems.
//!
//! They are made from the site and the configuration alone, once for each site. A page of
//! them is made anew when its own content changes, whatever else the edit was.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Config;
use crate::memo::{Digest, Hashed};
use crate::path::Route;
use crate::site::Site;

pub mod compare;

use compare::{GapPage, MatrixPage};

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
}

impl Content {
    /// The kind of page, which names its template.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Matrix(_) => "matrix",
            Self::Gap(_) => "gap",
        }
    }
}

/// What overviews are made from.
pub struct Ground<'a> {
    /// The site.
    pub site: &'a Site,
    /// The configuration.
    pub config: &'a Config,
}

/// All overviews of a site.
#[derive(Debug, Default)]
pub struct Overviews {
    /// The overviews by their pages.
    pub pages: BTreeMap<Route, Overview>,
    /// What stands for what they are made from: equal digests, equal overviews.
    pub digest: Digest,
}

impl Overviews {
    /// The overviews that have something to show.
    pub fn of(ground: &Ground<'_>, digest: Digest) -> Self {
        let pages = compare::pages(ground);
        Self { pages: pages.into_iter().collect(), digest }
    }

    /// Those that the navigation of every page leads to, in the order of their pages.
    pub fn listed(&self) -> impl Iterator<Item = (&Route, &Overview)> {
        self.pages.iter().filter(|(_, it)| it.listed)
    }
}
