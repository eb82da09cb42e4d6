//! A site while it is written: what is served, and what is wrong with it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use super::tell::{Line, Report};
use crate::output::{Content, Output};
use crate::path::Route;

/// How long a request waits for a build.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many faults a reader is shown.
const FAULTS: usize = 50;

/// How many assets of former sites are still served.
const FORMER: usize = 64;

/// A site while it is written.
#[derive(Debug)]
pub(super) struct Live {
    /// The project's folder, where the files are that the site holds as they are.
    pub(super) root: PathBuf,
    state: watch::Sender<State>,
}

/// What is served at one time.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The site.
    pub(super) site: Arc<Output>,
    /// The index of the search, which is made after it.
    pub(super) index: Arc<Output>,
    /// The last assets that the site has no more. A page that came before the last build
    /// asks for those of its time, and may do so after it: their names go with their
    /// content.
    former: Arc<Vec<(Route, Content)>>,
    /// The path below which it lies, as `base-url` has it; `/` for the root.
    pub(super) base: Arc<str>,
    /// What readers are told, as JSON.
    pub(super) news: Arc<str>,
    /// How many times it has been built.
    pub(super) builds: usize,
    /// Whether it is being built again.
    is_stale: bool,
    /// Whether there is an index, be it an old one.
    is_indexed: bool,
}

/// What readers are told after a build.
#[derive(Serialize)]
struct News<'a> {
    errors: usize,
    warnings: usize,
    /// The first of the faults, errors before warnings.
    faults: Vec<Line<'a>>,
    /// The files, other than pages, that have changed.
    files: Vec<String>,
}

impl State {
    /// A file of the site, or an asset that it had.
    pub(super) fn content(&self, route: &Route) -> Option<&Content> {
        let former = || self.former.iter().find(|it| it.0 == *route).map(|it| &it.1);
        self.site.get(route).or_else(former)
    }

    /// Whether there is such a file, or was such an asset.
    pub(super) fn has(&self, route: &Route) -> bool {
        self.content(route).is_some()
    }

    /// The assets that are of no use to a new site.
    fn former(&self, next: &Output) -> Vec<(Route, Content)> {
        let assets = Route::new("assets/")..Route::new("assets0");
        let gone = self.site.range(assets).filter(|it| !next.contains_key(it.0));
        let gone = gone.map(|(route, content)| (route.clone(), content.clone()));
        let mut former: Vec<_> = self.former.iter().cloned().chain(gone).collect();
        former.drain(..former.len().saturating_sub(FORMER));
        former
    }
}

impl Live {
    /// A site of which nothing is known yet.
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            state: watch::Sender::new(State { is_stale: true, ..State::default() }),
        }
    }

    /// From now on the site is not what its sources are.
    pub(super) fn go_stale(&self) {
        self.state.send_modify(|it| it.is_stale = true);
    }

    /// It was what its sources are, after all.
    pub(super) fn stay(&self) {
        self.state.send_modify(|it| it.is_stale = false);
    }

    /// Puts a new site in the place of the old one.
    pub(super) fn show(
        &self,
        site: Arc<Output>,
        base: &str,
        report: &Report<'_>,
        touched: &[Route],
    ) {
        let tally = report.tally();
        let news = News {
            errors: tally.errors,
            warnings: tally.warnings,
            faults: report.worst(FAULTS),
            files: touched.iter().map(Route::encoded).collect(),
        };
        let news = serde_json::to_string(&news).unwrap_or_default().into();
        let last = self.now();
        let former = Arc::new(last.former(&site));
        self.state.send_modify(|it| {
            (it.site, it.former) = (site, former);
            (it.base, it.news) = (base.into(), news);
            (it.builds, it.is_stale) = (it.builds + 1, false);
        });
        // To forget a large site takes a while, for which nobody waits.
        rayon::spawn(move || drop(last));
    }

    /// Puts a new index of the search in the place of the old one.
    pub(super) fn find_by(&self, index: Output) {
        let index = Arc::new(index);
        self.state.send_modify(|it| {
            it.index = index;
            it.is_indexed = true;
        });
    }

    /// What is served now, once there is an index of the search.
    pub(super) async fn indexed(&self) -> State {
        let mut state = self.state.subscribe();
        let indexed = state.wait_for(|it| it.is_indexed);
        match tokio::time::timeout(PATIENCE, indexed).await {
            Ok(Ok(state)) => state.clone(),
            _ => self.now(),
        }
    }

    /// What is served now.
    pub(super) fn now(&self) -> State {
        self.state.borrow().clone()
    }

    /// What is served now, once no build is under way.
    pub(super) async fn settled(&self) -> State {
        let mut state = self.state.subscribe();
        let settled = state.wait_for(|it| !it.is_stale);
        match tokio::time::timeout(PATIENCE, settled).await {
            Ok(Ok(state)) => state.clone(),
            // A page that is out of date is better than none.
            _ => self.now(),
        }
    }

    /// Tells of each build from now on.
    pub(super) fn listen(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }
}
