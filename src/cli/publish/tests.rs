use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

/// A folder with files: `path`, text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    folder
}

fn open(root: &Path, output: &str) -> anyhow::Result<Arc<Stage>> {
    open_for(root, output, "content")
}

fn open_for(root: &Path, output: &str, src: &str) -> anyhow::Result<Arc<Stage>> {
    let output = root.join(output);
    let place = Place::find(root, Some(&output))?;
    Ok(Arc::new(Stage::open(&place, &src.into(), Arc::default())?))
}

/// Publishes a site of one page.
fn publish(root: &Path, output: &str, page: &str) -> anyhow::Result<()> {
    let stage = open(root, output)?;
    let route = Route::from("a/index.html");
    let content = stage.sink().take(&route, page.to_owned());
    let mut site = Output::from([(route, content)]);
    site.insert("style.css".into(), Content::Bytes(b"body {}"));
    site.insert("notes.json".into(), Content::Text("[]".into()));
    site.insert("image.png".into(), Content::Copy("content/image.png".into()));
    stage.finish(&site, root)
}

/// All files below a folder, with their texts, and the folders that hold none.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).build() {
        let entry = entry.expect("it can be read");
        if entry.file_type().is_some_and(|it| it.is_file()) {
            let name = entry.path().strip_prefix(folder).expect("it is below");
            let text = fs::read_to_string(entry.path()).expect("a text");
            tree.insert(name.to_string_lossy().into_owned(), text);
        }
    }
    tree
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> =
        names.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_site_is_put_in_the_place_of_the_old_one() {
    let root = folder(&[("content/image.png", "picture")]);
    publish(root.path(), "public", "old").expect("it is published");
    let old = tree(&root.path().join("public"));
    assert_eq!(
        old.keys().collect::<Vec<_>>(),
        [".diptych", "a/index.html", "image.png", "notes.json", "style.css"]
    );
    publish(root.path(), "public", "new").expect("it is published");
    assert_eq!(tree(&root.path().join("public"))["a/index.html"], "new");
    assert_eq!(names(root.path()), ["content", "public"]);
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let around = folder(&[
        ("root/content/a.md", ""),
        ("root/foreign/photo.jpg", "dear"),
        ("root/file", ""),
        ("root/worktree/.git", "gitdir: elsewhere"),
        ("root/worktree/.diptych", SENTENCE),
    ]);
    let root = around.path().join("root");
    let before = tree(&root);
    let real = around.path().canonicalize().expect("it exists");
    let refused = |output: &str| {
        let error = open(&root, output).expect_err("it is refused");
        error.to_string().replace(&*real.to_string_lossy(), "AROUND")
    };
    let outputs =
        ["foreign", "file", "worktree", ".", "..", "content", "content/a", ".git/x"];
    expect_test::expect![[r"
        `foreign` holds files that Diptych did not make; nothing was written
        the output folder `file` is a file; nothing was written
        the output folder `worktree` is a repository, whose history would go with the old site; nothing was written
        the output folder is the root of the project; nothing was written
        the output folder `AROUND` contains the project; nothing was written
        the output folder `content` contains the notes; nothing was written
        the output folder `content/a` lies among the notes; nothing was written
        the output folder `.git/x` lies in the repository's own folder; nothing was written"]].assert_eq(&outputs.map(refused).join("\n"));
    assert_eq!(tree(&root), before);
}

#[test]
fn an_empty_folder_and_one_among_notes_at_the_root_are_taken() {
    let root = folder(&[("a.md", "")]);
    fs::create_dir(root.path().join("empty")).expect("a folder");
    open_for(root.path(), "empty", "").expect("it is taken");
    open_for(root.path(), "deep/er/site", "").expect("it is taken");
}

#[test]
fn a_build_that_is_given_up_leaves_the_old_site() {
    let root = folder(&[("content/image.png", "picture")]);
    publish(root.path(), "public", "old").expect("it is published");
    let before = tree(root.path());
    let stage = open(root.path(), "public").expect("a stage");
    stage.sink().take(&"index.html".into(), "half".to_owned());
    drop(stage);
    assert_eq!(tree(root.path()), before);
}

/// A device that is always full stands in for a disk that is.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let root = folder(&[("content/image.png", "picture")]);
    publish(root.path(), "public", "old").expect("it is published");
    let before = tree(root.path());

    let stage = open(root.path(), "public").expect("a stage");
    std::os::unix::fs::symlink("/dev/full", stage.folder.join("b.html")).expect("a link");
    let sink = stage.sink();
    let pages = ["a.html", "b.html", "c.html"].map(Route::from);
    let site =
        pages.map(|route| (route.clone(), sink.take(&route, "page".to_owned()))).into();
    let error = stage.finish(&site, root.path()).expect_err("it is full");
    assert_eq!(error.to_string(), "cannot write `b.html`");
    assert!(error.root_cause().to_string().contains("No space left"));
    drop((stage, sink));
    assert_eq!(tree(root.path()), before);
}

#[test]
fn stages_of_the_dead_are_deleted_and_of_the_living_kept() {
    let root = folder(&[("content/a.md", ""), (".public.diptych-dead/a/index.html", "")]);
    let first = open(root.path(), "public").expect("a stage");
    assert!(!root.path().join(".public.diptych-dead").exists());
    let second = open(root.path(), "public").expect("a stage");
    assert!(first.folder.exists() && second.folder.exists());
    drop((first, second));
    assert_eq!(names(root.path()), ["content"]);
}

#[test]
fn a_site_that_was_killed_on_the_move_is_put_back() {
    let root =
        folder(&[("content/a.md", ""), (".public.diptych-x.old/index.html", "old")]);
    drop(open(root.path(), "public").expect("a stage"));
    assert_eq!(tree(&root.path().join("public"))["index.html"], "old");
}

#[test]
fn two_at_once_leave_the_site_of_one() {
    let root = folder(&[("content/image.png", "picture")]);
    let root = root.path();
    std::thread::scope(|scope| {
        for page in ["one", "other"] {
            scope.spawn(move || {
                for _ in 0..20 {
                    publish(root, "public", page).expect("it is published");
                }
            });
        }
    });
    let site = tree(&root.join("public"));
    assert!(["one", "other"].contains(&&*site["a/index.html"]));
    assert_eq!(site.len(), 5);
    assert_eq!(names(root), ["content", "public"]);
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn at_no_moment_is_there_no_site() {
    let root = folder(&[("content/image.png", "picture")]);
    let (root, done) = (root.path(), AtomicBool::new(false));
    publish(root, "public", "first").expect("it is published");
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                fs::read(root.join("public/a/index.html")).expect("there is a page");
            }
        });
        for _ in 0..50 {
            publish(root, "public", "next").expect("it is published");
        }
        done.store(true, Ordering::Relaxed);
        reader.join().expect("it always found one");
    });
}

#[test]
fn pages_that_were_not_made_are_missed() {
    let root = folder(&[("content/a.md", "")]);
    let stage = open(root.path(), "public").expect("a stage");
    let site = Output::from([("a.html".into(), Content::Sunk(Digest::default()))]);
    stage.finish(&site, root.path()).expect_err("the page is missing");
}

#[test]
fn no_route_leads_out_of_the_site() {
    let folder = folder(&[("content/a.md", "")]);
    let stage = open(folder.path(), "public").expect("a stage");
    let long = "x".repeat(300);
    let routes =
        ["", "/etc/x", "../x", "a/../../x", "a//b", "a/", "a\\b", "a\0", ".diptych"];
    for route in routes.into_iter().chain([&*long]) {
        let site = Output::from([(route.into(), Content::Text("".into()))]);
        stage.finish(&site, folder.path()).expect_err(route);
    }
    drop(stage);
    assert_eq!(names(folder.path()), ["content"]);
}

proptest! {
    #[test]
    fn a_route_that_is_let_in_stays_in(route in "[a./\\\\:é]{0,12}") {
        if let Some(path) = inside(&Route::new(route.as_str())) {
            let root = Path::new("/site");
            let normal = path.components().all(|it| matches!(it, Component::Normal(_)));
            prop_assert!(normal && root.join(path).starts_with(root));
        }
    }
}
