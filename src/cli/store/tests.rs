use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anstream::ColorChoice;
use tempfile::TempDir;

use super::super::args::{Bar, Build, Warnings};
use super::super::voice::{Form, Volume};
use super::super::{End, build};
use super::*;
use crate::project::Asked;

const VOICE: Voice =
    Voice { form: Form::Short, volume: Volume::Quiet, color: ColorChoice::Never };

/// A project on disk that is built again and again.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        for (path, text) in [
            ("content/index.md", "# Notes\n\nSee [a](a.md) and [[b]].\n"),
            ("content/a.md", "# A\n\nSome `code`.\n\n```rust\nfn a() {}\n```\n"),
            (
                "content/b.md",
                "# B\n\n| x | Research | Production |\n|-|-|-|\n| y (ms) | 1 | 2 |\n",
            ),
            ("content/deep/c.md", "# C\n\n![[a]]\n\nA [file](../image.png).\n"),
            ("content/image.png", "picture"),
            ("book.toml", "[book]\ntitle = \"Site\"\n"),
        ] {
            desk.write(path, text);
        }
        desk
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        fs::write(path, text).expect("it is written");
    }

    /// Makes all files look as if they had been there for an hour.
    fn age(&self) {
        let hour_ago = SystemTime::now() - Duration::from_hours(1);
        for entry in ignore::Walk::new(self.0.path()).flatten() {
            if entry.file_type().is_some_and(|it| it.is_file()) {
                let file = File::options().append(true).open(entry.path());
                file.and_then(|it| it.set_modified(hour_ago)).expect("its time is set");
            }
        }
    }

    fn run(&self, output: &str, memories: Memories) -> End {
        let asked = Build {
            root: self.0.path().to_owned(),
            output: Some(self.0.path().join(output)),
            asked: Asked::default(),
            bar: Bar::Errors,
            warnings: Warnings::Told,
            memories,
        };
        build::publish(&asked, VOICE, &Arc::default()).expect("it can work")
    }

    fn build(&self) -> End {
        self.run("public", Memories::Used)
    }

    fn cache(&self) -> PathBuf {
        self.0.path().join(".diptych/cache")
    }

    fn site(&self) -> BTreeMap<String, (String, u64)> {
        tree(&self.0.path().join("public"))
    }

    /// What is published must be what a program that knows nothing publishes.
    #[track_caller]
    fn assert_right(&self) {
        let kept = fs::read(self.cache()).ok();
        self.run("clean", Memories::Ignored);
        let texts = |it: BTreeMap<String, (String, u64)>| -> BTreeMap<String, String> {
            it.into_iter().map(|(path, (text, _))| (path, text)).collect()
        };
        let clean = self.0.path().join("clean");
        assert_eq!(texts(self.site()), texts(tree(&clean)));
        fs::remove_dir_all(clean).expect("it goes");
        if let Some(kept) = kept {
            fs::write(self.cache(), kept).expect("it is put back");
        }
    }
}

/// The files below a folder, each with its text and its number on the disk.
fn tree(folder: &Path) -> BTreeMap<String, (String, u64)> {
    let walk = ignore::WalkBuilder::new(folder).standard_filters(false).build();
    let files = walk.flatten().filter(|it| it.file_type().is_some_and(|it| it.is_file()));
    files
        .map(|it| {
            let name = it.path().strip_prefix(folder).expect("it is below");
            let text = fs::read(it.path()).expect("it can be read");
            let text = String::from_utf8_lossy(&text).into_owned();
            (name.to_string_lossy().into_owned(), (text, number(it.path())))
        })
        .collect()
}

#[cfg(unix)]
fn number(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).expect("it is there").ino()
}

#[cfg(not(unix))]
fn number(_: &Path) -> u64 {
    0
}

/// The files that are not the very files that they were.
fn touched(
    before: &BTreeMap<String, (String, u64)>,
    after: &BTreeMap<String, (String, u64)>,
) -> Vec<String> {
    let other =
        after.iter().filter(|(path, it)| before.get(*path).map(|it| it.1) != Some(it.1));
    other.map(|(path, _)| path.clone()).collect()
}

#[test]
fn what_has_not_changed_stays_the_very_file_that_it_was() {
    let desk = Desk::new();
    desk.build();
    let before = desk.site();
    desk.build();
    assert_eq!(desk.site(), before, "nothing has changed");

    desk.write("content/a.md", "# A\n\nOther `code`.\n\n```rust\nfn a() {}\n```\n");
    desk.build();
    // The note, the one that embeds it, and the list that shows how it begins; the new
    // site has a mark of its own.
    let changed =
        [".diptych", "a/index.html", "deep/c/index.html", "index.html", "notes.json"];
    let (index, others): (Vec<_>, Vec<_>) = touched(&before, &desk.site())
        .into_iter()
        .partition(|it| it.starts_with("assets/search/"));
    assert_eq!(others, changed);
    // The note's text, the words, the list of texts, and what leads to them.
    assert_eq!(index.len(), 4);
    desk.assert_right();
}

#[test]
fn what_an_author_has_in_the_place_of_a_made_file_stays() {
    let desk = Desk::new();
    for (path, text) in [
        ("content/a.md", "---\naliases: [b, other]\n---\n# A\n"),
        ("content/assets/search/index.js", "mine"),
        ("content/b/comparison.csv", "mine"),
        ("content/notes.json", "mine"),
    ] {
        desk.write(path, text);
    }
    for _ in 0..2 {
        desk.build();
        let site = desk.site();
        assert!(site["b/index.html"].0.contains("<title>B"));
        assert!(site["other/index.html"].0.contains("http-equiv"));
        for path in ["assets/search/index.js", "notes.json"] {
            assert_eq!(site[path].0, "mine");
        }
        desk.assert_right();
        desk.write("content/deep/c.md", "# C\n\nOther.\n");
    }
    fs::remove_file(desk.0.path().join("content/b.md")).expect("it goes");
    desk.build();
    assert!(desk.site()["b/index.html"].0.contains("http-equiv"));
    desk.assert_right();
}

#[test]
fn after_each_edit_the_site_is_a_clean_one() {
    let desk = Desk::new();
    let root = desk.0.path().to_owned();
    let edits: [&dyn Fn(); 9] = [
        &|| desk.write("content/b.md", "# Other title\n\nText.\n"),
        &|| desk.write("content/new.md", "# New\n\n[[a]]\n"),
        &|| fs::remove_file(root.join("content/new.md")).expect("it goes"),
        &|| {
            let moved = fs::rename(root.join("content/deep"), root.join("content/far"));
            moved.expect("it moves");
        },
        &|| desk.write("content/image.png", "another"),
        &|| desk.write("themes/diptych/parts/around.html", "<p>Around</p>"),
        &|| desk.write("book.toml", "[book]\ntitle = \"Other\"\n"),
        &|| desk.write("content/index.md", "# Notes\n\n[gone](gone.md)\n"),
        &|| desk.write("content/index.md", "# Notes\n\nSee [a](a.md).\n"),
    ];
    desk.build();
    for (number, edit) in edits.iter().enumerate() {
        edit();
        let end = desk.build();
        assert_eq!(end == End::Faults, number == 7, "edit {number}");
        if end == End::Fine {
            desk.assert_right();
        }
    }
}

#[test]
fn files_that_have_not_changed_are_not_read_and_those_that_may_have_are() {
    let desk = Desk::new();
    desk.age();
    // Until its own time is old enough too, no file is certain to be what it was.
    std::thread::sleep(Duration::from_millis(2100));
    desk.build();
    let place = Place::find(desk.0.path(), None).expect("a place");
    let known = || Store::open(&place, Memories::Used).front.memory;
    let read = |memory: &Memory| {
        let reading = Reading::recalling(&place, memory).expect("it can be read");
        let texts = reading.project.texts.keys();
        texts.map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(read(&known()), Vec::<String>::new());
    // As long as before, and with the time that it had.
    desk.write("content/a.md", "# Z\n\nSome `code`.\n\n```rust\nfn a() {}\n```\n");
    desk.age();
    assert!(read(&known()).contains(&"content/a.md".to_owned()));
    desk.build();
    desk.assert_right();
}

#[test]
fn pages_that_somebody_touched_are_written_anew() {
    let desk = Desk::new();
    desk.build();
    let before = desk.site();
    let page = desk.0.path().join("public/a/index.html");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(&page, text.replace("Some", "Evil")).expect("it is changed");
    desk.write("public/extra.html", "not ours");
    fs::remove_file(desk.0.path().join("public/b/index.html")).expect("it goes");
    fs::write(desk.0.path().join("public/image.png"), "pictura").expect("it is changed");
    desk.build();
    let after = desk.site();
    let texts = |it: &BTreeMap<String, (String, u64)>| {
        it.values().map(|(text, _)| text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_eq!(texts(&before), texts(&after));
    desk.assert_right();
}

#[test]
fn a_damaged_cache_is_no_cache() {
    let desk = Desk::new();
    desk.build();
    let whole = fs::read(desk.cache()).expect("it is kept");
    let step = whole.len() / 20;
    for at in (0..HEAD).step_by(3).chain((HEAD..whole.len()).step_by(step)) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x41;
        fs::write(desk.cache(), damaged).expect("it is damaged");
        desk.write("content/a.md", &format!("# A\n\nDamage at {at}.\n"));
        assert_eq!(desk.build(), End::Fine);
        let page = desk.0.path().join("public/a/index.html");
        let page = fs::read_to_string(page).expect("a page");
        assert!(page.contains(&format!("Damage at {at}.")), "damage at {at}");
    }
    desk.assert_right();
    for length in (0..HEAD).step_by(7).chain((HEAD..whole.len()).step_by(step)) {
        fs::write(desk.cache(), &whole[..length]).expect("it is cut");
        assert_eq!(desk.build(), End::Fine);
    }
    desk.assert_right();
}

#[test]
fn another_program_makes_all_anew() {
    let desk = Desk::new();
    desk.build();
    let mut other = fs::read(desk.cache()).expect("it is kept");
    other[8..24].reverse();
    fs::write(desk.cache(), other).expect("another program wrote it");
    let place = Place::find(desk.0.path(), None).expect("a place");
    assert!(Store::open(&place, Memories::Used).rest.is_none());
    desk.build();
    assert!(Store::open(&place, Memories::Used).rest.is_some());
    assert!(Store::open(&place, Memories::Ignored).rest.is_none());
}

#[test]
fn where_nothing_can_be_kept_the_site_is_published() {
    let desk = Desk::new();
    desk.write(".diptych", "a file where the folder would be");
    assert_eq!(desk.build(), End::Fine);
    desk.write("content/a.md", "# Changed\n");
    assert_eq!(desk.build(), End::Fine);
    assert!(desk.site()["a/index.html"].0.contains("Changed"));
}

#[test]
fn the_folder_keeps_itself_out_of_the_repository_and_nothing_half_done_in_it() {
    let desk = Desk::new();
    desk.write(".diptych/cache-dead", "half");
    desk.build();
    let folder = desk.0.path().join(".diptych");
    assert_eq!(
        fs::read_to_string(folder.join(".gitignore")).expect("it is there"),
        "*\n"
    );
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|it| it.file_name())
        .collect();
    names.sort();
    assert_eq!(names, [".gitignore", "cache"]);
}

#[test]
fn builds_at_once_do_not_mind_each_other() {
    let desk = Desk::new();
    desk.build();
    for round in 0..4 {
        desk.write("content/a.md", &format!("# A\n\nRound {round}.\n"));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(desk.build(), End::Fine));
            }
        });
        desk.build();
        desk.assert_right();
    }
}
