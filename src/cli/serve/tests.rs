#![expect(clippy::disallowed_methods, reason = "the tests do what authors' editors do")]

use std::fs;
use std::path::Path;
use std::thread;

use anstream::ColorChoice;
use tempfile::TempDir;

use super::super::args::{Bar, Build, Warnings, Watched};
use super::super::disk::Memory;
use super::super::voice::{Form, Volume};
use super::*;

/// A site that is served, without a network, while a test changes its sources.
struct Studio {
    folder: TempDir,
    live: Arc<Live>,
    calls: mpsc::Sender<Call>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Studio {
    fn open(watched: Watched) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "content/index.md", "# Notes\n");
        let (calls, heard) = mpsc::channel();
        let mut desk = Desk::new(&asked(folder.path()), QUIETLY).expect("a desk");
        let watch = Watch::open(watched, &desk.live.root, &calls, QUIETLY);
        desk.open().expect("a site");
        let live = desk.live.clone();
        let worker = thread::spawn(move || work(&mut desk, watch, &heard));
        Self { folder, live, calls, worker: Some(worker) }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        write(self.root(), path, text);
    }

    fn page(&self, route: &str) -> Option<String> {
        match self.live.now().site.get(&Route::new(route)) {
            Some(Content::Text(text)) => Some(text.to_string()),
            _ => None,
        }
    }

    /// The site that a build would publish, without the index of its search.
    fn clean(&self) -> Option<Output> {
        let place = Place::find(self.root(), None).ok()?;
        let reading = Reading::recalling(&place, &Memory::default()).ok()?;
        check::demand_notes(&reading, &place).ok()?;
        Some(build(&reading.project, &mut Cache::default().leaving_search()).value)
    }

    /// Waits until something holds, and not for ever.
    #[track_caller]
    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = now() + Duration::from_secs(10);
        while !holds(self) {
            assert!(now() < end, "{what}");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until what is served is what a build would publish.
    #[track_caller]
    fn settle(&self, what: &str) {
        let Some(clean) = self.clean() else { return };
        self.until(what, |it| *it.live.now().site == clean);
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        let _ = self.calls.send(Call::Stop);
        let ended = self.worker.take().is_none_or(|it| it.join().is_ok());
        assert!(ended || thread::panicking(), "the server's author died");
    }
}

const QUIETLY: Voice =
    Voice { form: Form::Short, volume: Volume::Quiet, color: ColorChoice::Never };

fn asked(root: &Path) -> Serve {
    Serve {
        root: root.to_owned(),
        asked: Asked::default(),
        host: "127.0.0.1".to_owned(),
        port: Some(0),
        watch: Watched::Events,
        browser: Browser::Left,
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
    fs::write(file, text).expect("a file");
}

/// What a server makes anew when it starts in a folder, and the site that it shows.
fn opened(root: &Path) -> (usize, usize, Output) {
    let mut desk = Desk::new(&asked(root), QUIETLY).expect("a desk");
    desk.open().expect("a site");
    let runs = desk.cache.runs();
    desk.keep();
    (runs.notes, runs.pages, Output::clone(&desk.site))
}

#[test]
fn a_server_starts_with_what_was_made_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "content/index.md", "# Notes\n\n[a](a.md)\n");
    write(root, "content/a.md", "# A\n\n```rust\nfn a() {}\n```\n");
    let published = Build {
        root: root.to_owned(),
        output: None,
        asked: Asked::default(),
        bar: Bar::Errors,
        warnings: Warnings::Told,
        memories: Memories::Used,
    };
    let publish = || super::super::build::publish(&published, QUIETLY, &Arc::default());
    publish().expect("it is published");
    let (notes, pages, first) = opened(root);
    assert_eq!((notes, pages), (0, 0), "all of it is kept");

    write(root, "content/a.md", "# A\n\nOther.\n");
    let (notes, _, second) = opened(root);
    assert_eq!(notes, 1, "one has changed");
    assert_ne!(first, second);
    let (notes, _, third) = opened(root);
    assert_eq!(notes, 0, "the server has kept it");
    assert_eq!(second, third);
    publish().expect("it is published again");
    let page = fs::read_to_string(root.join("public/a/index.html")).expect("a page");
    assert_eq!(Content::Text(page.into()), third[&Route::new("a/index.html")]);
}

#[test]
fn a_file_that_is_saved_twice_within_a_moment_is_not_missed() {
    let studio = Studio::open(Watched::Events);
    for round in 0..20 {
        studio.write("content/a.md", &format!("# A\n\nfirst {round:03}\n"));
        studio.write("content/a.md", &format!("# A\n\nagain {round:03}\n"));
        let expected = format!("again {round:03}");
        studio.until(&expected, |it| {
            it.page("a/index.html").is_some_and(|it| it.contains(&expected))
        });
    }
}

#[test]
fn the_index_of_the_search_follows_the_texts() {
    let studio = Studio::open(Watched::Events);
    for word in ["quokka", "wombat"] {
        studio.write("content/a.md", &format!("# A\n\n{word}\n"));
        studio.until(word, |it| {
            let holds =
                |it: &Content| matches!(it, Content::Text(it) if it.get().contains(word));
            it.live.now().index.values().any(holds)
        });
    }
    studio.write("book.toml", "[search]\nenabled = false\n");
    studio.until("there is none", |it| it.live.now().index.is_empty());
}

#[test]
fn the_notes_may_go_and_come_back() {
    let studio = Studio::open(Watched::Events);
    studio.write("content/deep/a.md", "# Deep\n");
    studio.settle("a new folder is seen");
    let (content, aside) = (studio.root().join("content"), studio.root().join(".aside"));
    fs::rename(&content, &aside).expect("it is moved");
    thread::sleep(Duration::from_millis(50));
    assert!(studio.page("deep/index.html").is_some(), "the last site stays");
    fs::rename(&aside, &content).expect("it is moved back");
    studio.write("content/deep/b.md", "# Later\n");
    studio.settle("they are back");
    fs::remove_dir_all(&content).expect("it is deleted");
    studio.write("content/deep/c.md", "# Anew\n");
    studio.settle("they are written anew");
}

#[test]
fn a_broken_theme_leaves_the_last_good_site_and_is_told() {
    let studio = Studio::open(Watched::Events);
    let page = include_str!("../../../themes/diptych/page.html");
    let template = "themes/diptych/page.html";
    studio.write(template, &page.replace("{{ text }}", "<i>mine</i>{{ text }}"));
    let has = |text: &'static str| {
        move |it: &Studio| it.page("a/index.html").is_some_and(|it| it.contains(text))
    };
    studio.write("content/a.md", "# A\n\nBefore.\n");
    studio.until("it is shown", |it| has("<i>mine</i>")(it) && has("Before")(it));
    studio.write(template, "{{ text");
    studio.until("it is told", |it| it.live.now().news.contains("bad-template"));
    assert!(has("<i>mine</i>")(&studio), "the last good page stays");
    studio.write(template, page);
    studio.until("it is mended", |it| !it.live.now().news.contains("bad-template"));
    studio.settle("the site is whole again");
}

#[test]
fn where_nothing_tells_of_changes_they_are_found() {
    let studio = Studio::open(Watched::Polled);
    studio.write("content/a/b.md", "# B\n");
    studio.settle("a new note is found");
    studio.write("content/a/b.md", "# C\n");
    studio.settle("a change is found");
}

#[test]
fn a_request_waits_for_the_page_that_is_being_made() {
    let studio = Studio::open(Watched::Never);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    studio.live.go_stale();
    let early = Duration::from_millis(20);
    let waited = runtime
        .block_on(async { tokio::time::timeout(early, studio.live.settled()).await });
    assert!(waited.is_err(), "it is not answered with what is out of date");
    studio.write("content/index.md", "# Changed\n");
    studio.calls.send(Call::Changed(Scope::All)).expect("it is heard");
    let state = runtime.block_on(studio.live.settled());
    let Content::Text(page) = &state.site[&Route::new("index.html")] else {
        panic!("a page")
    };
    assert!(page.get().contains("Changed"));
}
