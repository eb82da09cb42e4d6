//! The command `serve`: shows a site while it is written.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::args::{Browser, Memories, Serve};
use super::disk::{Reading, Scope};
use super::indexer::Indexer;
use super::interrupt::Interrupt;
use super::live::Live;
use super::place::Place;
use super::progress::Progress;
use super::store::{Front, Store};
use super::tell::{Report, counted};
use super::voice::Voice;
use super::watch::Watch;
use super::{End, check, publish, server, sources};
use crate::build::{Cache, build};
use crate::config::Config;
use crate::diag::{Checked, Diagnostic, Rule};
use crate::memo::Hashed;
use crate::output::{Content, Output};
use crate::path::{Route, route_of_file};
use crate::project::Asked;

/// What the server's author is called for.
#[derive(Debug)]
pub(super) enum Call {
    /// Something may have changed there.
    Changed(Scope),
    /// It is enough.
    Stop,
}

/// So long nothing must change before the site is built again.
const QUIET: Duration = Duration::from_millis(4);

/// However much changes, it is built after this.
const LONGEST: Duration = Duration::from_millis(100);

/// How long a build may go on that nobody waits for any more.
const GRACE: Duration = Duration::from_millis(200);

/// How soon a project is looked for again that is not there.
const RETURN: Duration = Duration::from_millis(250);

/// Serves a site until it is enough.
pub(super) fn run(asked: &Serve, voice: Voice) -> anyhow::Result<End> {
    let (sender, calls) = mpsc::channel();
    let (stop, interrupt) = (sender.clone(), Arc::new(Interrupt::default()));
    let heard = interrupt.clone();
    ctrlc::set_handler(move || end(&stop, &heard)).context("cannot listen for Ctrl-C")?;
    let mut desk = Desk::new(asked, voice)?;
    let listener = server::bind(&asked.host, asked.port)?;
    let address = listener.local_addr().context("cannot find the port")?;
    let watch = Watch::open(asked.watch, &desk.live.root, &sender, voice);
    desk.open()?;
    server::start(listener, &asked.host, desk.live.clone())?;
    let link = link(address, &desk.base);
    voice.say(format_args!("serving {link} (Ctrl-C ends it)"));
    if asked.browser == Browser::Opened && open::that_detached(&link).is_err() {
        voice.say("no browser could be opened");
    }
    work(&mut desk, watch, &calls);
    let _whole = interrupt.hold();
    desk.keep();
    Ok(End::Fine)
}

/// Ends the process: as soon as nothing is built, and soon in any case. Nothing is lost
/// with a build that is not finished; what is being kept is written to its end.
fn end(calls: &Sender<Call>, interrupt: &Interrupt) {
    let _ = calls.send(Call::Stop);
    std::thread::sleep(GRACE);
    let _written = interrupt.hold();
    std::process::exit(0);
}

/// Builds the site again whenever its sources change, until it is enough.
fn work(desk: &mut Desk, mut watch: Option<Watch>, calls: &Receiver<Call>) {
    let mut unseen = follow(&mut watch, desk);
    while let Some(called) = next(calls, unseen.is_empty(), desk.trouble.is_some()) {
        if let Some(watch) = &mut watch {
            watch.forget(&called);
        }
        unseen.join(called);
        desk.look(&unseen);
        unseen = follow(&mut watch, desk);
    }
}

/// Watches the folders that there are now; gives what must be looked at again.
fn follow(watch: &mut Option<Watch>, desk: &Desk) -> Scope {
    match watch {
        Some(watch) => watch.follow(&desk.reading.folders, desk.voice),
        None => Scope::none(),
    }
}

/// Waits for a change, if there is nothing else to look at, and then until nothing
/// changes any more; `None` where it is enough. In trouble it is looked again and again:
/// a folder that is gone cannot be watched.
fn next(calls: &Receiver<Call>, waits: bool, in_trouble: bool) -> Option<Scope> {
    let mut scope = Scope::none();
    if waits {
        let patience = if in_trouble { RETURN } else { Duration::MAX };
        match calls.recv_timeout(patience) {
            Ok(Call::Changed(changed)) => scope.join(changed),
            Ok(Call::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => scope = Scope::All,
        }
    }
    let end = now() + LONGEST;
    while now() < end {
        match calls.recv_timeout(QUIET) {
            Ok(Call::Changed(changed)) => scope.join(changed),
            Ok(Call::Stop) => return None,
            Err(_) => break,
        }
    }
    Some(scope)
}

#[expect(clippy::disallowed_methods, reason = "says how long to wait, and nothing else")]
fn now() -> Instant {
    Instant::now()
}

fn link(address: SocketAddr, base: &str) -> String {
    let port = address.port();
    match address {
        SocketAddr::V4(it) if !it.ip().is_unspecified() => {
            format!("http://{}:{port}{base}", it.ip())
        }
        SocketAddr::V6(it) if !it.ip().is_unspecified() => {
            format!("http://[{}]:{port}{base}", it.ip())
        }
        _ => format!("http://localhost:{port}{base}"),
    }
}

/// Where the author works: the sources as they are, and the site that came of them.
struct Desk {
    root: PathBuf,
    asked: Asked,
    voice: Voice,
    reading: Reading,
    history: sources::Seen,
    store: Store,
    cache: Cache,
    /// Whether anything was made that is not in the store.
    is_richer: bool,
    live: Arc<Live>,
    indexer: Indexer,
    /// The site as it was made last, pages and files.
    site: Arc<Output>,
    /// What was told last.
    told: Vec<Diagnostic>,
    /// The path below which the site lies.
    base: String,
    /// What kept the project from being read.
    trouble: Option<String>,
}

impl Desk {
    fn new(asked: &Serve, voice: Voice) -> anyhow::Result<Self> {
        let place = Place::find(&asked.root, None)?;
        let live = Arc::new(Live::new(place.root.clone()));
        Ok(Self {
            indexer: Indexer::start(live.clone())?,
            live,
            store: Store::open(&place, Memories::Used),
            is_richer: false,
            root: place.root,
            asked: asked.asked.clone(),
            voice,
            reading: Reading::default(),
            history: sources::Seen::default(),
            cache: Cache::default().leaving_search(),
            site: Arc::default(),
            told: Vec::new(),
            base: "/".to_owned(),
            trouble: None,
        })
    }

    /// Builds the site for the first time.
    fn open(&mut self) -> anyhow::Result<()> {
        let progress = Progress::begin(self.voice);
        let place = Place::find(&self.root, None)?;
        self.reading.refresh(&place, &Scope::All)?;
        // Pages that are published already need not be made again.
        let find = |route: &_, digest| publish::text(&place.output, route, digest);
        let cache = std::mem::take(&mut self.cache).leaving_search();
        self.cache = self.store.fill(cache, &self.reading.project, &find);
        self.build(&place, &progress)
    }

    /// Keeps what was made for the next time.
    fn keep(&self) {
        if self.is_richer {
            // What was last published is not what was last served.
            self.store.keep(&Front::default(), &self.cache, self.voice);
        }
    }

    /// Looks at what may have changed, and builds the site again if it has.
    fn look(&mut self, scope: &Scope) {
        self.live.go_stale();
        let progress = Progress::begin(self.voice);
        let looked = Place::find(&self.root, None).and_then(|place| {
            if self.reading.refresh(&place, scope)? || self.trouble.is_some() {
                self.trouble = None;
                self.build(&place, &progress)?;
            }
            Ok(())
        });
        if let Err(error) = looked {
            // The last site stays, until the notes are back.
            let trouble = format!("{error:#}");
            if self.trouble.as_ref() != Some(&trouble) {
                self.voice.stopped(&error);
                self.trouble = Some(trouble);
            }
        }
        self.live.stay();
    }

    fn build(&mut self, place: &Place, progress: &Progress) -> anyhow::Result<()> {
        let project = &mut self.reading.project;
        project.asked = self.asked.clone();
        project.today = Some(sources::today()?);
        if let Some(history) = self.history.news(place, self.voice) {
            project.history = Hashed::new(history);
        }
        check::demand_notes(&self.reading, place)?;
        let project = &self.reading.project;
        let Checked { value: site, diagnostics } = build(project, &mut self.cache);
        let runs = self.cache.runs();
        self.is_richer |= runs.notes + runs.pages > 0;
        let config = self.asked.over(place.config.clone());
        self.base = base(&config);
        // With a broken theme pages are not what they are meant to be.
        let is_whole = diagnostics.iter().all(|it| it.rule != Rule::BadTemplate);
        if is_whole || self.site.is_empty() {
            self.site = Arc::new(site);
        }
        let report = Report::of(project, &diagnostics, &config);
        let touched = touched(&self.reading, &self.site);
        self.live.show(self.site.clone(), &self.base, &report, &touched);
        self.indexer.renew(self.cache.search_source());
        let known = std::mem::take(&mut self.told);
        report.but(&known).tell(self.voice)?;
        let (tally, pages) = (report.tally(), counted(runs.pages, "page"));
        self.voice.say(format_args!("{tally}; made {pages} in {}", progress.time()));
        self.told = diagnostics;
        Ok(())
    }
}

/// The path below which a site lies, with a slash at both ends.
fn base(config: &Config) -> String {
    match config.base_path().trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

/// The files that a browser may show as they were, for their address is the same.
fn touched(reading: &Reading, site: &Output) -> Vec<Route> {
    const MANY: usize = 100;
    let src = &reading.project.src;
    let routes = reading.changed.iter().map(|it| route_of_file(it, src));
    let is_file = |it: &Route| matches!(site.get(it), Some(Content::Copy(_)));
    routes.filter(is_file).take(MANY).collect()
}

#[cfg(test)]
mod tests;
