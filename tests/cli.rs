//! The program as it is run: what it says, where, and how it ends.
#![expect(clippy::disallowed_methods, reason = "a test makes folders and looks at them")]

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::str;
use tempfile::TempDir;

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

/// The program with arguments, run in a folder.
fn diptych(folder: &Path, arguments: &str) -> Command {
    Command::new(cargo_bin!("diptych")).args(arguments.split(' ')).current_dir(folder)
}

#[test]
fn a_folder_is_published_without_a_word_of_configuration() {
    let notes = folder(&[
        ("README.md", "# Notes\n\nSee [attention](attention.md).\n"),
        ("attention.md", "# Attention\n"),
        ("image.png", "picture"),
    ]);
    diptych(notes.path(), "build").assert().success().stdout_eq("").stderr_eq(str![[r"
built 2 notes ([..] files) into public in [..]s

"]]);
    let site = notes.path().join("public");
    let page = fs::read_to_string(site.join("index.html")).expect("there is a page");
    assert!(page.contains("href=\"attention/index.html\""), "{page}");
    let copied = fs::read_to_string(site.join("image.png")).expect("it is copied");
    assert_eq!(copied, "picture");
}

#[test]
fn errors_keep_the_old_site_and_warnings_do_not() {
    let notes = folder(&[("content/index.md", "# Old\n"), ("book.toml", "")]);
    let page = || {
        let site = notes.path().join("public/index.html");
        fs::read_to_string(site).expect("there is a page")
    };
    diptych(notes.path(), "build").assert().success();
    fs::write(notes.path().join("content/index.md"), "# New\n\nSee [it](gone.md).\n")
        .expect("it is changed");

    diptych(notes.path(), "build --message-format short")
        .assert()
        .code(1)
        .stdout_eq(str![[r"
content/index.md:3:10: error[dead-link] [..]

"]])
        .stderr_eq(str![[r"
1 error in 1 file; nothing was published

"]]);
    assert!(page().contains("Old"));

    // The quiet do hear what is wrong, where faults are told; only the tally is not said.
    for quiet in ["build -q", "build --keep-going -q"] {
        let quietly = diptych(notes.path(), &format!("{quiet} --message-format short"));
        quietly.assert().code(1).stderr_eq("").stdout_eq(str![[r"
content/index.md:3:10: error[dead-link] [..]

"]]);
    }
    assert!(page().contains("New"));

    fs::write(notes.path().join("book.toml"), "[diagnostics]\ndead-link = \"warn\"\n")
        .expect("it is changed");
    diptych(notes.path(), "build").assert().success();
    diptych(notes.path(), "build --deny-warnings").assert().code(1);
}

#[test]
fn a_check_tells_programs_everything_and_publishes_nothing() {
    let notes = folder(&[("a.md", "# A\n\n| a |\n|---|\n| b | c |\n")]);
    let check = "check --message-format json";
    diptych(notes.path(), check).assert().success().stdout_eq(str![[r#"
{"severity":"warning","rule":"surplus-cells","file":"a.md","line":5,[..]}

"#]]);
    let files = fs::read_dir(notes.path()).expect("it can be read").flatten();
    let mut names: Vec<_> = files.map(|it| it.file_name()).collect();
    names.sort();
    assert_eq!(names, [".diptych", "a.md"]);
}

#[test]
fn a_folder_of_the_authors_is_not_replaced() {
    let notes = folder(&[("content/a.md", "# A\n"), ("photos/dear.jpg", "dear")]);
    diptych(notes.path(), "build --output photos").assert().code(2).stderr_eq(str![[r"
error: `photos` holds files that Diptych did not make; nothing was written
  help: name another folder with `--output DIR`, or empty this one yourself

"]]);
    assert!(notes.path().join("photos/dear.jpg").exists());
}

#[test]
fn where_there_is_no_work_to_do_the_program_says_why() {
    let nothing = folder(&[]);
    diptych(nothing.path(), "check --root gone").assert().code(2).stderr_eq(str![[r"
error: there is no folder `gone`
  help: name the folder of your notes with `--root DIR`

"]]);
    diptych(nothing.path(), "check").assert().code(2).stderr_eq(str![[r"
error: there is no Markdown in `[..]`
  help: [..]

"]]);
}
