#![expect(clippy::disallowed_methods, reason = "the tests do what authors' editors do")]

use std::fs;
use std::io;
use std::path::Path;
use std::thread;

use anstream::ColorChoice;
use tempfile::TempDir;

use super::super::disk;
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
        let root = desk.live.root.clone();
        let watch = match watched {
            Watched::Never => None,
            Watched::Events => Watch::listening(&root, calls.clone()).ok(),
            Watched::Polled => Some(Watch::polling(&root, calls.clone())),
        };
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

    /// The site that a build would publish.
    fn clean(&self) -> Option<Output> {
        let place = Place::find(self.root(), None).ok()?;
        let project = disk::read(&place).ok()?;
        check::demand_notes(&project, &place).ok()?;
        Some(build(&project, &mut Cache::default()).value)
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
    assert!(page.contains("Changed"));
}

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % count
    }

    fn folder(&mut self) -> String {
        let depth = 1 + self.below(3);
        let parts: Vec<String> =
            (0..depth).map(|_| format!("d{}", self.below(3))).collect();
        format!("content/{}", parts.join("/"))
    }

    fn note(&mut self) -> String {
        format!("{}/n{}.md", self.folder(), self.below(4))
    }

    fn text(&mut self) -> String {
        let (title, number) = (self.below(5), self.below(1000));
        let to = self.note();
        format!("# Title {title}\n\nWords {number}, a [link](/{to}) and [[n{title}]].\n")
    }
}

/// What authors, their editors and their version control do to files.
fn step(root: &Path, dice: &mut Dice) -> io::Result<()> {
    let (note, text) = (root.join(dice.note()), dice.text());
    let folder = root.join(dice.folder());
    let around = note.parent().unwrap_or(root);
    match dice.below(17) {
        0..4 => {
            fs::create_dir_all(around)?;
            fs::write(&note, text)
        }
        // Saved to another file that takes its place.
        4 => {
            let temporary = around.join(".n.md.tmp");
            fs::write(&temporary, text)?;
            fs::rename(temporary, note)
        }
        // As vim does it, with a probe and a backup.
        5 => {
            fs::write(around.join("4913"), "")?;
            fs::remove_file(around.join("4913"))?;
            let backup = note.with_extension("md~");
            fs::rename(&note, &backup)?;
            fs::write(&note, text)?;
            fs::remove_file(backup)
        }
        6 => {
            fs::write(&note, &text)?;
            fs::write(&note, text.to_uppercase())
        }
        7 => fs::remove_file(note),
        8 => fs::rename(note, root.join(dice.note())),
        9 => fs::rename(folder, root.join(dice.folder())),
        10 => fs::remove_dir_all(folder),
        11 => {
            fs::create_dir_all(&folder)?;
            (0..4).try_for_each(|it| {
                fs::write(folder.join(format!("n{it}.md")), dice.text())
            })
        }
        12 => fs::write(folder.join("figure.png"), text),
        13 => fs::write(
            root.join("book.toml"),
            format!("{BOOK}title = \"{}\"\n", dice.below(9)),
        ),
        14 => match dice.below(2) {
            0 => fs::write(root.join("content/.gitignore"), "n1.md\n"),
            _ => fs::remove_file(root.join("content/.gitignore")),
        },
        // Another branch.
        15 => {
            for _ in 0..20 {
                let path = root.join(dice.note());
                match dice.below(3) {
                    0 => fs::remove_file(path).or(Ok(())),
                    _ => fs::write(path, dice.text()).or(Ok::<_, io::Error>(())),
                }?;
            }
            Ok(())
        }
        _ => {
            let (content, aside) = (root.join("content"), root.join(".aside"));
            fs::rename(&content, &aside)?;
            fs::rename(aside, content)
        }
    }
}

/// Links that lead nowhere are no errors here, which would be told on standard output.
const BOOK: &str = "diagnostics.dead-link = \"allow\"\n[book]\n";

#[test]
fn after_any_storm_the_served_site_is_a_clean_build() {
    let studio = Studio::open(Watched::Events);
    let mut dice = Dice(7);
    for number in 1..=1200 {
        // Many steps cannot be done, for what they need is not there.
        let _ = step(studio.root(), &mut dice);
        if dice.below(20) == 0 || number == 1200 {
            studio.settle(&format!("after step {number}"));
        }
    }
    assert!(studio.live.now().site.len() > 20);
}
