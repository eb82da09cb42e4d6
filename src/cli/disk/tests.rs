use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;

use super::*;

/// A folder with files: `path`, text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
    fs::write(file, text).expect("a file");
}

fn place(folder: &Path) -> Place {
    Place::find(folder, None).expect("a place")
}

fn project(folder: &TempDir) -> Project {
    read(&place(folder.path())).expect("it can be read")
}

fn refreshed(folder: &TempDir, last: &Project) -> Project {
    let mut reading = Reading { project: last.clone(), ..Reading::default() };
    reading.refresh(&place(folder.path()), &Scope::All).expect("it can be read");
    reading.project
}

fn files(project: &Project) -> Vec<&str> {
    project.files.keys().map(FilePath::as_str).collect()
}

fn faults(project: &Project) -> Vec<String> {
    let told = |it: &Diagnostic| format!("{}: {}", it.rule.id(), it.message);
    project.faults.iter().map(told).collect()
}

/// Makes a file look as if nobody had touched it for an hour.
fn settle(folder: &TempDir, path: &str) {
    let file = fs::File::options().append(true).open(folder.path().join(path));
    let hour_ago = SystemTime::now() - Duration::from_hours(1);
    file.and_then(|it| it.set_modified(hour_ago)).expect("its time is set");
}

#[test]
fn late_news_of_a_part_do_not_hide_that_all_notes_have_gone() {
    let folder = folder(&[("content/a.md", "# A"), ("content/b/c.md", "# C")]);
    let place = place(folder.path());
    let mut reading = Reading::default();
    reading.refresh(&place, &Scope::All).expect("it can be read");
    fs::rename(folder.path().join("content"), folder.path().join(".aside"))
        .expect("it is moved");
    let mut late = Scope::none();
    late.add(place.root.join("content/b/c.md"));
    reading.refresh(&place, &late).expect("it can be read");
    assert_eq!(reading.notes(), 0);
}

#[test]
fn notes_are_in_the_first_usual_folder_that_holds_any() {
    let src = |files: &[(&str, &str)]| project(&folder(files)).src.to_string();
    assert_eq!(src(&[("docs/a.md", ""), ("b.md", "")]), "docs");
    assert_eq!(src(&[("docs/a.md", ""), ("content/b/c.md", "")]), "content");
    assert_eq!(src(&[("src/main.rs", ""), ("docs/a.md", "")]), "docs");
    assert_eq!(src(&[("src/main.rs", ""), ("README.md", "")]), "");
}

#[test]
fn what_is_not_the_authors_is_left_out() {
    let folder = folder(&[
        ("a.md", "# A"),
        (".gitignore", "/drafts\n*.tmp\n"),
        ("drafts/b.md", ""),
        ("c.tmp", ""),
        (".git/config", ""),
        (".hidden/d.md", ""),
        (".well-known/security.txt", ""),
        ("node_modules/e/README.md", ""),
        ("public/index.html", ""),
        ("site/.diptych", "This folder is made by Diptych, and so on"),
        ("site/index.html", ""),
        ("target/f.md", ""),
    ]);
    let project = project(&folder);
    assert_eq!(files(&project), [".well-known/security.txt", "a.md", "target/f.md"]);
}

#[test]
fn only_what_a_build_may_read_is_read() {
    let folder = folder(&[
        ("content/a.md", "# A"),
        ("content/data.csv", "a,b"),
        ("content/main.py", ""),
        ("README.md", ""),
        ("book.toml", ""),
        ("themes/own/page.html", ""),
        ("themes/own/assets/font.woff2", ""),
    ]);
    let project = project(&folder);
    let texts: Vec<&str> = project.texts.keys().map(FilePath::as_str).collect();
    let expected =
        ["book.toml", "content/a.md", "content/data.csv", "themes/own/page.html"];
    assert_eq!(texts, expected);
    assert_eq!(project.files.len(), 7);
}

#[test]
fn a_repository_ends_where_it_ends() {
    let around = folder(&[
        (".gitignore", "*\n"),
        ("repository/.git/HEAD", ""),
        ("repository/.gitignore", "b.md\n"),
        ("repository/notes/a.md", ""),
        ("repository/notes/b.md", ""),
    ]);
    let root = around.path().join("repository/notes");
    let project = read(&place(&root)).expect("it can be read");
    assert_eq!(files(&project), ["a.md"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_of_the_project_alone() {
    use std::os::unix::fs::symlink;
    let folder =
        folder(&[("docs/a.md", ""), ("CHANGES.md", "# Changes"), ("x/b.md", "")]);
    let at = |path: &str| folder.path().join("docs").join(path);
    symlink("../CHANGES.md", at("changes.md")).expect("a link");
    symlink("..", at("circle")).expect("a link");
    symlink("loop", at("loop")).expect("a link");
    symlink("/etc", at("out")).expect("a link");
    symlink("gone.md", at("nowhere.md")).expect("a link");
    symlink("../x", at("sibling")).expect("a link");

    let project = project(&folder);
    assert_eq!(
        project.text(&"docs/changes.md".into()).map(|it| &**it),
        Some("# Changes")
    );
    assert_eq!(
        faults(&project),
        [
            "symlink: `docs/circle` is a symbolic link that leads in a circle; it is not followed",
            "symlink: `docs/loop` is a symbolic link that leads in a circle; it is not followed",
            "symlink: `docs/nowhere.md` is a symbolic link that leads nowhere; it is not followed",
            "symlink: `docs/out` is a symbolic link that leads out of the project; it is not followed",
            "symlink: `docs/sibling` is a symbolic link that leads to a folder; it is not followed",
        ]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_told() {
    use std::os::unix::ffi::OsStringExt;
    let folder = folder(&[("a.md", "")]);
    let name = std::ffi::OsString::from_vec(b"na\xefve.md".to_vec());
    fs::write(folder.path().join(PathBuf::from(name)), "").expect("a file");
    let project = project(&folder);
    assert_eq!(files(&project), ["a.md"]);
    assert_eq!(
        faults(&project),
        ["not-utf8: the name of `na\u{fffd}ve.md` is not UTF-8"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_in_case_are_told() {
    let project = project(&folder(&[("a/Note.md", ""), ("a/note.md", "")]));
    assert_eq!(
        faults(&project),
        ["case-collision: `a/note.md` and `a/Note.md` differ only in case"]
    );
}

#[test]
fn a_folder_named_like_a_note_is_a_folder() {
    let project = project(&folder(&[("index.md/a.md", "# A")]));
    assert_eq!(files(&project), ["index.md/a.md"]);
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let folder = folder(&[("a.md", "old"), ("b.md", "na\u{ef}ve")]);
    write(folder.path(), "b.md", b"na\xefve");
    settle(&folder, "a.md");
    settle(&folder, "b.md");
    let mut last = project(&folder);
    // What a reading would not find shows that there was none.
    last.texts.insert("a.md".into(), Text::new("kept"));
    last.texts.insert("b.md".into(), Text::new("kept"));

    let again = refreshed(&folder, &last);
    assert_eq!(again.text(&"a.md".into()).map(|it| &**it), Some("kept"));
    assert_eq!(again.faults, last.faults);
    assert_eq!(again.faults.len(), 1);

    write(folder.path(), "a.md", "new");
    fs::remove_file(folder.path().join("b.md")).expect("it is gone");
    write(folder.path(), "c/d.md", "more");
    let again = refreshed(&folder, &last);
    assert_eq!(again, project(&folder));
}

#[test]
fn a_file_that_was_just_written_may_have_been_written_twice() {
    let folder = folder(&[("a.md", "new")]);
    let mut last = project(&folder);
    last.texts.insert("a.md".into(), Text::new("old"));
    let again = refreshed(&folder, &last);
    assert_eq!(again.text(&"a.md".into()).map(|it| &**it), Some("new"));
}

#[test]
fn a_part_that_is_looked_at_again_gives_what_all_would() {
    let folder = folder(&[("a/b.md", "1"), ("a/c/d.md", "2"), ("e.md", "3")]);
    let root = folder.path().canonicalize().expect("it exists");
    let mut reading =
        Reading::recalling(&place(&root), &Memory::default()).expect("it can be read");
    let mut look = |paths: &[&str]| {
        let mut scope = Scope::none();
        for path in paths {
            scope.add(root.join(path));
        }
        let changed = reading.refresh(&place(&root), &scope).expect("it can be read");
        assert_eq!(reading.project, project(&folder));
        (changed, reading.folders.len())
    };
    assert_eq!(look(&["a/b.md"]), (false, 3));
    write(&root, "a/b.md", "4");
    assert_eq!(look(&["a/b.md"]), (true, 3));
    fs::rename(root.join("a/c"), root.join("f")).expect("it is moved");
    assert_eq!(look(&["a/c", "f"]), (true, 3));
    fs::remove_dir_all(root.join("a")).expect("it is deleted");
    assert_eq!(look(&["a"]), (true, 2));
    write(&root, ".gitignore", "e.md");
    assert_eq!(look(&[".gitignore"]), (true, 2));
}

#[test]
fn a_gigabyte_of_data_is_not_read_and_the_limit_is_named() {
    let folder = folder(&[("content/a.md", "# A\n\n[Big](big.csv \"compare\")\n")]);
    write(folder.path(), "content/big.csv", "metric,Research,Production\n");
    let file =
        fs::File::options().append(true).open(folder.path().join("content/big.csv"));
    file.and_then(|it| it.set_len(1 << 30)).expect("it is sparse");
    let project = project(&folder);
    assert!(project.files.contains_key(&FilePath::from("content/big.csv")));
    assert!(project.text(&FilePath::from("content/big.csv")).is_none());
    let told = crate::build::build(&project, &mut crate::build::Cache::default());
    let told: Vec<_> =
        told.diagnostics.iter().map(|it| (it.rule, &*it.message)).collect();
    let message = "`content/big.csv` is larger than 16 MiB, the most that is read";
    assert_eq!(told, [(Rule::DataLimit, message)]);
}

#[test]
fn a_data_file_in_another_encoding_is_told_where_it_is_used() {
    let folder = folder(&[("content/a.md", "[A](/data/a.csv \"compare\")\n")]);
    let latin1 = b"metric,Research,Production\n\"p99 (\xb5s, lower)\",95,180\n";
    write(folder.path(), "data/a.csv", latin1);
    let told =
        crate::build::build(&project(&folder), &mut crate::build::Cache::default());
    let told: Vec<_> = told.diagnostics.iter().map(|it| it.rule).collect();
    assert!(told.contains(&Rule::NotUtf8), "{told:?}");
}
