//! A site that is begun by `init`, and notes that are begun by `new`.
#![expect(clippy::disallowed_methods, reason = "a test makes folders and looks at them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diptych::kind::BUILT_IN;
use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::str;
use tempfile::TempDir;

/// The program with arguments, run in a folder, for an author of that name.
fn diptych(folder: &Path, arguments: &[&str]) -> OutputAssert {
    Command::new(cargo_bin!("diptych"))
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", folder.join("gitconfig"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("VISUAL")
        .env_remove("EDITOR")
        .assert()
}

/// A folder in which an author of that name works.
fn desk(author: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let config = format!("[user]\n\tname = \"{author}\"\n");
    fs::write(folder.path().join("gitconfig"), config).expect("a file");
    folder
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).expect("a folder").flatten().map(|it| it.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below");
                let name = name.to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
}

#[track_caller]
fn demand_no_diagnostic(folder: &Path) {
    diptych(folder, &["check", "--root", "site", "--deny-warnings"])
        .success()
        .stdout_eq("");
}

#[test]
fn a_new_site_and_a_note_of_each_kind_have_no_fault() {
    let desk = desk("Ann <b>O'Neil</b> & \\\"Co\\\"");
    diptych(desk.path(), &["init", "site"]).success().stderr_eq(str![[r"
wrote 10 files to site
see it with `diptych serve --watch --open --root site`

"]]);
    let site = desk.path().join("site");
    assert_eq!(files(&site).len(), 10);
    demand_no_diagnostic(desk.path());

    for (kind, _) in BUILT_IN {
        let title = format!("A *new* {kind}: <of> #{kind} & \"more\"");
        diptych(desk.path(), &["new", kind, &title, "--root", "site"]).success();
        demand_no_diagnostic(desk.path());
        let more = format!("Another {kind}");
        let about = ["--system", "spam-filter", "--component", "lifecycle-logic/monitor"];
        let arguments = [&["new", kind, &*more, "--root", "site"][..], &about].concat();
        diptych(desk.path(), &arguments).success();
        demand_no_diagnostic(desk.path());
    }
    diptych(desk.path(), &["build", "--root", "site", "--deny-warnings"])
        .success()
        .stdout_eq("");
    let page = text(
        &site.join("public/decisions/0002-a-new-decision-of-decision-more/index.html"),
    );
    assert!(page.contains("Ann &lt;b&gt;O"), "{page}");
    assert!(!page.contains("<b>O"), "{page}");
}

#[test]
fn a_note_goes_where_its_like_are() {
    let desk = desk("Ann");
    diptych(desk.path(), &["init", "site"]).success();
    let new = |arguments: &[&str]| {
        let arguments = [&["new"], arguments, &["--root", "site"]].concat();
        diptych(desk.path(), &arguments)
    };
    let wrote = |arguments: &[&str], file: &str| {
        new(arguments).success().stderr_eq(format!("wrote content/{file}\n"));
    };
    wrote(&["decision", "Buy it"], "decisions/0002-buy-it.md");
    wrote(&["Decision", "Build it"], "decisions/0003-build-it.md");
    wrote(
        &["decision", "Of it", "--system", "spam-filter"],
        "systems/spam-filter/decisions/of-it.md",
    );
    wrote(
        &["experiment", "Second test", "--system", "spam-filter"],
        "systems/spam-filter/experiments/second-test.md",
    );
    wrote(&["design", "Eta", "--system", "eta"], "systems/eta/design/eta.md");
    wrote(&["runbook", "Alarm", "--dir", "content/ops"], "ops/alarm.md");
    wrote(&["runbook", "Alarms", "--dir", "ops", "--id", "Page me!"], "ops/page-me.md");
    let note = text(&desk.path().join("site/content/ops/page-me.md"));
    assert!(note.contains("id: page-me\n") && note.contains("owners: [Ann]\n"), "{note}");
    demand_no_diagnostic(desk.path());
}

#[test]
fn nothing_is_ever_written_over() {
    let desk = desk("Ann");
    diptych(desk.path(), &["init", "site"]).success();
    diptych(desk.path(), &["new", "case", "One", "--root", "site"]).success();
    fs::write(desk.path().join("site/content/cases/two.txt"), "").expect("a file");
    fs::create_dir(desk.path().join("site/content/cases/three.md")).expect("a folder");
    let before = files(desk.path());

    diptych(desk.path(), &["init", "site"]).code(2).stderr_eq(str![[r"
error: `site` is a site already: there is a book.toml
  help: name another folder, or begin a note with `diptych new KIND TITLE`

"]]);
    diptych(desk.path(), &["new", "case", "One", "--root", "site"]).code(2).stderr_eq(
        str![[r"
error: `content/cases/one.md` has the id `one`; nothing was written
  help: give the note another title, or another name with `--id NAME`

"]],
    );
    diptych(desk.path(), &["new", "case", "Three", "--root", "site"]).code(2);
    for arguments in [
        &["new", "cse", "Two"][..],
        &["new", "case", "?!"],
        &["new", "case", "Two", "--dir", "../elsewhere"],
        &["new", "case", "Two", "--dir", "/tmp"],
        &["new", "case", "Two", "--component", "algoritm"],
    ] {
        diptych(desk.path(), &[arguments, &["--root", "site"]].concat()).code(2);
    }
    assert_eq!(files(desk.path()), before);
}

#[test]
fn what_is_there_is_left_by_init() {
    let desk = desk("Ann");
    let site = desk.path().join("site");
    fs::create_dir_all(site.join("content")).expect("a folder");
    fs::write(site.join("README.md"), "# Mine\n").expect("a file");
    fs::write(site.join("content/index.md"), "# Mine\n").expect("a file");
    diptych(desk.path(), &["init", "site"]).success().stderr_eq(str![[r"
wrote 8 files to site
left README.md as it was
left content/index.md as it was
see it with `diptych serve --watch --open --root site`

"]]);
    assert_eq!(text(&site.join("README.md")), "# Mine\n");
    assert_eq!(text(&site.join("content/index.md")), "# Mine\n");
    demand_no_diagnostic(desk.path());
}

#[test]
fn without_git_a_note_has_no_owner_and_without_an_editor_it_is_written() {
    let desk = tempfile::tempdir().expect("a folder");
    diptych(desk.path(), &["new", "glossary", "Drift", "--edit"]).code(2).stderr_eq(
        str![[r"
wrote glossary/drift.md
error: the note is written, but no editor is named
  help: name one in `VISUAL` or `EDITOR`: `export EDITOR=nano`

"]],
    );
    let note = text(&desk.path().join("glossary/drift.md"));
    assert!(!note.contains("owners"), "{note}");
    assert!(note.contains("term: Drift\n"), "{note}");
}

#[cfg(unix)]
#[test]
fn the_editor_is_given_the_file_behind_its_own_arguments() {
    let desk = desk("Ann");
    let editor = desk.path().join("editor");
    fs::write(&editor, "#!/bin/sh\ncp \"$2\" \"$1\"\n").expect("a file");
    let rights = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    fs::set_permissions(&editor, rights).expect("rights");
    Command::new(cargo_bin!("diptych"))
        .args(["new", "case", "One", "--edit"])
        .current_dir(desk.path())
        .env("VISUAL", "./editor one.md")
        .assert()
        .success();
    let note = text(&desk.path().join("cases/one.md"));
    assert_eq!(text(&desk.path().join("one.md")), note);
}

#[test]
fn a_site_has_kinds_of_its_own() {
    let desk = desk("Ann");
    diptych(desk.path(), &["init", "site"]).success();
    let kind = "title = 'Data contract'\nfolders = ['contracts']\n\
                template = \"# {title}\\n\\nWe promise.\\n\"\n[fields]\nlevel = 'text'\n";
    fs::create_dir(desk.path().join("site/kinds")).expect("a folder");
    fs::write(desk.path().join("site/kinds/contract.toml"), kind).expect("a file");
    diptych(desk.path(), &["new", "contract", "Trips", "--root", "site"]).success();
    let note = text(&desk.path().join("site/content/contracts/trips.md"));
    assert!(note.ends_with("# level:\n---\n\n# Trips\n\nWe promise.\n"), "{note}");
    demand_no_diagnostic(desk.path());
}
