//! Repositories as they are found.

use std::process::Command;

use tempfile::TempDir;

use super::*;

/// A repository that is written by commands.
struct Repo {
    folder: TempDir,
}

impl Repo {
    /// One without commits.
    fn new() -> Self {
        let repo = Self { folder: tempfile::tempdir().expect("a folder") };
        repo.git(&["init", "-q", "-b", "main", "."]);
        repo
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) {
        self.git_as("Ann", "2026-01-01", arguments);
    }

    fn git_as(&self, author: &str, day: &str, arguments: &[&str]) {
        let time = format!("{day}T12:00:00Z");
        let done = Command::new("git")
            .current_dir(self.path())
            .args(["-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs([("GIT_AUTHOR_NAME", author), ("GIT_COMMITTER_NAME", author)])
            .envs([("GIT_AUTHOR_EMAIL", "a@x.org"), ("GIT_COMMITTER_EMAIL", "a@x.org")])
            .envs([("GIT_AUTHOR_DATE", &time), ("GIT_COMMITTER_DATE", &time)])
            .output()
            .expect("git is there");
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {complaint}");
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
        fs::write(path, text).expect("a file written");
    }

    fn commit(&self, author: &str, day: &str) {
        self.git(&["add", "-A"]);
        self.git_as(author, day, &["commit", "-q", "-m", "A change"]);
    }

    /// What is known of each file, as lines: `a.md 2026-01-01 Ann`.
    fn known(&self, below: &str) -> Vec<String> {
        let (history, _) = read(&self.path().join(below));
        let files = history.files.iter();
        files.map(|(path, it)| format!("{path} {} {}", it.updated, it.by)).collect()
    }
}

#[test]
fn a_folder_without_a_repository_has_no_history_and_that_is_no_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(read(folder.path()), (History::default(), None));
}

#[test]
fn a_repository_without_commits_has_none_either() {
    assert_eq!(read(Repo::new().path()), (History::default(), None));
}

#[test]
fn moves_are_followed_and_what_is_not_committed_has_no_date() {
    let repo = Repo::new();
    repo.write("old.md", "# A note\n\nWith some text in it.\n");
    repo.commit("A & <b>", "2026-01-01");
    repo.git(&["mv", "old.md", "new.md"]);
    repo.commit("Bo", "2026-02-02");
    repo.write("draft.md", "new");
    assert_eq!(repo.known(""), ["new.md 2026-01-01 A & b"]);
}

#[test]
fn a_project_may_lie_below_the_root_of_its_repository() {
    let repo = Repo::new();
    repo.write("docs/é b.md", "# A\n");
    repo.write("src/a.rs", "");
    repo.commit("Ann", "2026-01-01");
    repo.write("src/a.rs", "x");
    repo.commit("Bo", "2026-02-02");
    assert_eq!(repo.known("docs"), ["é b.md 2026-01-01 Ann"]);
    assert_eq!(repo.known(""), ["docs/é b.md 2026-01-01 Ann", "src/a.rs 2026-02-02 Bo"]);
}

#[test]
fn a_merge_changes_nothing_and_its_branches_do() {
    let repo = Repo::new();
    repo.write("a.md", "a");
    repo.write("b.md", "b");
    repo.commit("Ann", "2026-01-01");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("a.md", "aa");
    repo.commit("Bo", "2026-02-02");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("b.md", "bb");
    repo.commit("Cy", "2026-03-03");
    repo.git_as("Di", "2026-04-04", &["merge", "-q", "--no-ff", "-m", "m", "side"]);
    assert_eq!(repo.known(""), ["a.md 2026-02-02 Bo", "b.md 2026-03-03 Cy"]);
}

#[test]
fn a_shallow_clone_says_so_and_dates_only_what_it_knows() {
    let repo = Repo::new();
    for (day, file) in
        [("2026-01-01", "a.md"), ("2026-02-02", "b.md"), ("2026-03-03", "c.md")]
    {
        repo.write(file, file);
        repo.commit("Ann", day);
    }
    let clone = Repo { folder: tempfile::tempdir().expect("a folder") };
    let from = format!("file://{}", repo.path().display());
    clone.git(&["clone", "-q", "--depth", "2", &from, "."]);
    let (history, told) = read(clone.path());
    assert_eq!(history.extent, Extent::Shallow);
    assert!(told.is_some_and(|it| it.contains("shallow")));
    assert_eq!(clone.known(""), ["c.md 2026-03-03 Ann"]);
}

#[test]
fn a_submodule_has_a_history_of_its_own() {
    let inner = Repo::new();
    inner.write("a.md", "a");
    inner.commit("Ann", "2026-01-01");
    let repo = Repo::new();
    repo.write("b.md", "b");
    repo.git(&["submodule", "add", "-q", &inner.path().display().to_string(), "sub"]);
    repo.commit("Bo", "2026-02-02");
    let known = repo.known("");
    assert!(known.contains(&"b.md 2026-02-02 Bo".to_owned()), "{known:?}");
    assert!(known.iter().all(|it| !it.starts_with("sub/")), "{known:?}");
    assert_eq!(repo.known("sub"), ["a.md 2026-01-01 Ann"]);
}

#[test]
fn commits_that_blame_ignores_are_no_change() {
    let repo = Repo::new();
    repo.write("a.md", "a");
    repo.commit("Ann", "2026-01-01");
    repo.write("a.md", "A");
    repo.commit("Formatter", "2026-02-02");
    let head = output(git(repo.path(), ["rev-parse", "HEAD"])).expect("a commit");
    repo.write(".git-blame-ignore-revs", &format!("# formatted\n{head}"));
    assert_eq!(repo.known(""), ["a.md 2026-01-01 Ann"]);
}

#[test]
fn what_was_kept_serves_until_there_is_another_commit() {
    let repo = Repo::new();
    repo.write("a.md", "a");
    repo.commit("Ann", "2026-01-01");
    assert_eq!(repo.known(""), ["a.md 2026-01-01 Ann"]);
    let kept = repo.path().join(".git/diptych/history-.json");
    let text = fs::read_to_string(&kept).expect("it is kept");
    fs::write(&kept, text.replace("Ann", "Kept")).expect("it is written");
    assert_eq!(repo.known(""), ["a.md 2026-01-01 Kept"]);
    repo.write("a.md", "aa");
    repo.commit("Bo", "2026-02-02");
    assert_eq!(repo.known(""), ["a.md 2026-02-02 Bo"]);
    fs::write(&kept, "no history").expect("it is written");
    assert_eq!(repo.known(""), ["a.md 2026-02-02 Bo"]);
}

#[test]
fn another_commit_shows_without_a_call_of_git() {
    let repo = Repo::new();
    repo.write("docs/a.md", "a");
    repo.commit("Ann", "2026-01-01");
    let below = repo.path().join("docs");
    let first = stamp(&below);
    assert!(first.is_some());
    assert_eq!(stamp(&below), first);
    repo.write("docs/a.md", "aa");
    repo.commit("Bo", "2026-02-02");
    assert_ne!(stamp(&below), first);
    assert_eq!(stamp(tempfile::tempdir().expect("a folder").path()), None);
}

#[test]
fn a_file_that_moved_in_from_outside_of_the_project_begins_there() {
    let repo = Repo::new();
    repo.write("a.md", "# A note\n\nWith some text in it.\n");
    repo.commit("Ann", "2026-01-01");
    fs::create_dir_all(repo.path().join("docs")).expect("a folder");
    repo.git(&["mv", "a.md", "docs/a.md"]);
    repo.commit("Bo", "2026-02-02");
    let (history, _) = read(&repo.path().join("docs"));
    let life = &history.files[&FilePath::from("a.md")];
    assert_eq!(life.begun.map(|it| it.to_string()).as_deref(), Some("2026-02-02"));
}

#[test]
fn a_history_without_an_end_is_looked_at_as_far_as_its_bound() {
    use std::fmt::Write as _;
    use std::io::Write as _;
    let mut stream = String::new();
    let mut commit = |second: usize, file: &str| {
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter Ann <a@x.org> {} +0000\ndata 1\nx\n\
             M 644 inline {file}\ndata 8\n{second:08}\n",
            1_500_000_000 + second
        );
    };
    commit(0, "old.md");
    (0..=MOST).for_each(|it| commit(it + 1, "new.md"));
    let repo = Repo::new();
    let mut import = Command::new("git")
        .current_dir(repo.path())
        .args(["fast-import", "--quiet"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .expect("git is there");
    let mut input = import.stdin.take().expect("its input");
    input.write_all(stream.as_bytes()).expect("it reads");
    drop(input);
    assert!(import.wait().expect("it ends").success());
    let (history, told) = read(repo.path());
    assert_eq!(history.extent, Extent::Bounded);
    let files: Vec<&str> = history.files.keys().map(FilePath::as_str).collect();
    assert_eq!(files, ["new.md"]);
    let told = told.expect("that there is more");
    assert!(told.contains("before the newest 20000 commits"), "{told}");
}
