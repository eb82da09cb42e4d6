//! Which notes a range of commits touches: `diptych affected`, in a repository of its own.
#![expect(clippy::disallowed_methods, reason = "a test makes a repository")]

use std::fs;
use std::path::Path;
use std::process;

use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::str;
use tempfile::TempDir;

/// A repository in which the site is below `docs/`, with one commit.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main", "."]);
    for (file, text) in [
        ("docs/book.toml", "[site]\nrepository = 'https://example.org/r'\n"),
        (
            "docs/content/design.md",
            "---\nstatus: accepted\nowners: [ann]\ndepends_on: [trips]\n\
             links: { code: src/serving/, dashboard: dash/eta.json }\n---\n# Design\n",
        ),
        (
            "docs/content/decision.md",
            "# Decision\n\nSee [the code](https://example.org/r/blob/main/src/a.py#L3).\n",
        ),
        ("docs/content/test.md", "---\nevidence_for: decision\n---\n# Test\n"),
        (
            "docs/content/trips.md",
            "# Trips\n\n[Sizes](data/n.csv \"compare baseline=a\")\n",
        ),
        ("docs/content/data/n.csv", "metric,a,b\nn,1,2\n"),
        ("docs/content/plain.md", "# Plain\n"),
        ("src/serving/main.py", "1\n"),
        ("src/other.py", "1\n"),
        ("src/a.py", "1\n"),
        ("dash/eta.json", "{}\n"),
    ] {
        write(root, file, text);
    }
    commit(root);
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = process::Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=a@x",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git is there");
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {complaint}");
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
    fs::write(path, text).expect("a file written");
}

fn commit(root: &Path) {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "A change"]);
}

fn affected(root: &Path, arguments: &[&str]) -> OutputAssert {
    Command::new(cargo_bin!("diptych"))
        .arg("affected")
        .args(arguments)
        .args(["--root", "docs"])
        .current_dir(root)
        .assert()
}

#[test]
fn a_note_is_listed_for_each_thing_that_it_rests_on() {
    let repository = repository();
    let root = repository.path();
    for file in ["src/serving/main.py", "src/other.py", "src/a.py", "dash/eta.json"] {
        write(root, file, "2\n");
    }
    write(root, "docs/content/test.md", "---\nevidence_for: decision\n---\n# Test 2\n");
    write(root, "docs/content/data/n.csv", "metric,a,b\nn,1,3\n");
    write(root, "docs/content/plain.md", "# Plain 2\n");
    commit(root);
    affected(root, &["HEAD~1..HEAD"]).success().stdout_eq(str![[r"
content/decision.md: Decision
  is about the code in src/a.py
  has its evidence in docs/content/test.md
content/design.md: Design
  is about the code in src/serving/main.py
  is watched on dash/eta.json
content/trips.md: Trips
  shows the data of docs/content/data/n.csv

"]]);
    // What a note depends on counts when that note itself has changed.
    write(root, "docs/content/trips.md", "# Trips\n\nOther words.\n");
    affected(root, &["HEAD", "--format", "markdown"]).success().stdout_eq(str![[r"
<!-- diptych affected -->
**1 design note may no longer hold** after what changed in `HEAD`:

- [ ] [Design](https://example.org/r/blob/HEAD/content/design.md) (accepted, ann)
  - depends on `docs/content/trips.md`

A ticked note has changed as well.

"]]);
}

#[test]
fn a_range_that_there_is_not_is_told() {
    let repository = repository();
    affected(repository.path(), &["nowhere..HEAD"]).code(2).stderr_eq(str![[r"
error: git says: bad revision 'nowhere..HEAD'
  help: name a range that the repository has, such as `origin/main...HEAD`; a shallow clone may lack it (in GitHub Actions `fetch-depth: 0`)

"]]);
    affected(repository.path(), &["HEAD"]).success().stdout_eq("");
}
