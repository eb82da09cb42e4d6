//! The history of a project's files, as git tells it.
//!
//! One walk over the commits serves all files, and what came of it is kept in git's own
//! folder until there is another commit. Only the program git is asked; it is not needed.
#![expect(clippy::disallowed_methods, reason = "git's files are read")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::history::{Extent, History};
use crate::memo::Digest;
use crate::path::FilePath;

pub(super) mod git;
mod keep;
mod log;

use git::{Pipe, Silence, git, output};
use log::Log;

/// The most commits that are looked at, the newest first.
pub(super) const MOST: usize = 20_000;

/// What changes when the same commits come to another history.
const FORM: u32 = 2;

/// The history of the files below a folder, and what is to be said of it.
pub(super) fn read(root: &Path) -> (History, Option<String>) {
    match repository(root) {
        Ok(Some(repository)) => repository.history(root),
        Ok(None) => (History::default(), None),
        Err(Silence::Missing) => {
            let told = root.ancestors().any(|it| it.join(".git").exists()).then(|| {
                "notes have no dates, for there is no `git` to ask for them".to_owned()
            });
            (History::default(), told)
        }
        Err(Silence::Refused(reason)) => {
            let told = format!("notes have no dates, for git says: {reason}");
            (History::default(), Some(told))
        }
    }
}

/// What changes when another commit is checked out: length and time of the log in which
/// git keeps where `HEAD` was. Looking at it costs no call of git.
pub(super) type Stamp = Option<(u64, std::time::SystemTime)>;

/// The stamp of the repository around a folder.
pub(super) fn stamp(root: &Path) -> Stamp {
    let folder = root.ancestors().map(|it| it.join(".git")).find(|it| it.exists())?;
    // In a worktree or submodule it is a file that says where the folder is.
    let folder = match fs::read_to_string(&folder) {
        Ok(text) => folder.parent()?.join(text.strip_prefix("gitdir: ")?.trim_end()),
        Err(_) => folder,
    };
    let log = fs::metadata(folder.join("logs/HEAD")).ok()?;
    Some((log.len(), log.modified().ok()?))
}

/// A repository, and where in it the project lies.
#[derive(Debug)]
struct Repository {
    /// The commit that is checked out.
    head: String,
    /// The folder of the project in it, with a slash at the end; empty for all of it.
    prefix: String,
    /// Its folder.
    top: PathBuf,
    /// The file that a history is kept in.
    kept: PathBuf,
    /// The commits where a shallow clone ends, a line each.
    ends: Option<String>,
}

/// The repository around a folder; `None` where there is none, or none with a commit.
fn repository(root: &Path) -> Result<Option<Repository>, Silence> {
    let questions = [
        "rev-parse",
        "--show-prefix",
        "--show-toplevel",
        "--is-shallow-repository",
        "--git-path",
        "shallow",
        "--git-path",
        "diptych",
        "HEAD",
    ];
    let said = match output(git(root, questions)) {
        Ok(said) => said,
        // Neither is a fault of anyone.
        Err(Silence::Refused(reason))
            if reason.contains("not a git repository")
                || reason.contains("ambiguous argument 'HEAD'")
                || reason.contains("must be run in a work tree") =>
        {
            return Ok(None);
        }
        Err(silence) => return Err(silence),
    };
    let [prefix, top, shallow, ends, kept, head] = said.lines().collect::<Vec<_>>()[..]
    else {
        return Ok(None);
    };
    let ends = (shallow == "true").then(|| fs::read_to_string(root.join(ends)).ok());
    Ok(Some(Repository {
        head: head.to_owned(),
        prefix: prefix.to_owned(),
        top: PathBuf::from(top),
        kept: root.join(kept).join(format!("history-{}.json", prefix.replace('/', "-"))),
        ends: ends.flatten(),
    }))
}

impl Repository {
    fn history(&self, root: &Path) -> (History, Option<String>) {
        // Commits that change the form of all files: GitHub leaves them out of its
        // blame by the same file.
        let ignored = fs::read_to_string(self.top.join(".git-blame-ignore-revs"));
        let ignored = ignored.unwrap_or_default();
        let key =
            Digest::of(&(FORM, MOST, &self.head, &self.prefix, &self.ends, &ignored));
        let history = keep::load(&self.kept, key).or_else(|| {
            let history = self.walk(root, &ignored)?;
            keep::store(&self.kept, key, &history);
            Some(history)
        });
        let Some(history) = history else {
            let told = "notes have no dates, for git cannot read the history";
            return (History::default(), Some(told.to_owned()));
        };
        let told = said(history.extent);
        (history, told)
    }

    /// Walks over the commits; `None` where git could not read them.
    fn walk(&self, root: &Path, ignored: &str) -> Option<History> {
        let files = output(git(root, ["ls-tree", "-r", "-z", "--name-only", "HEAD"]));
        let files = files.ok()?;
        let files: Vec<&str> = files.split('\0').filter(|it| !it.is_empty()).collect();
        let ends = self.ends.as_deref().unwrap_or_default().lines();
        let passed = ends.chain(ignored.lines()).map(|it| it.trim().to_owned());
        let mut log = Log::of(files.iter().map(|it| (*it).to_owned()), passed.collect());

        let most = format!("--max-count={MOST}");
        let commits = git(root, ["rev-list", &most, "HEAD"]);
        // What a partial clone lacks is needed to see that a file was moved and changed.
        let moves = if is_partial(root) { "-M100%" } else { "-M" };
        let changes = ["diff-tree", "--stdin", "--root", "-r", "-z", moves, "-l1000"];
        let form = ["--name-status", "--relative", "--date=short", log::FORMAT];
        let changes = git(root, changes.into_iter().chain(form));
        let mut pipe = Pipe::between(commits, changes)?;
        log.read(pipe.parts());
        let is_done = log.is_done();
        if !pipe.end() && !is_done {
            return None;
        }
        let lives = log.lives();
        let extent = match self.ends {
            _ if lives.len() == files.len() => Extent::Whole,
            Some(_) => Extent::Shallow,
            None if self.exceeds(root) => Extent::Bounded,
            None => Extent::Whole,
        };
        let folder = FilePath::from(self.prefix.trim_end_matches('/'));
        Some(History { files: lives, extent, folder })
    }

    /// Whether there are more commits than are looked at.
    fn exceeds(&self, root: &Path) -> bool {
        let one = format!("--skip={MOST}");
        output(git(root, ["rev-list", "--max-count=1", &one, &self.head]))
            .is_ok_and(|it| !it.is_empty())
    }
}

/// What is to be said of a history that does not go back to the first commit.
fn said(extent: Extent) -> Option<String> {
    match extent {
        Extent::Shallow => Some(
            "this is a shallow clone, so notes that were changed before it have no \
             dates (`git fetch --unshallow`; in GitHub Actions `fetch-depth: 0`)"
                .to_owned(),
        ),
        Extent::Bounded => Some(format!(
            "notes that were last changed before the newest {MOST} commits have no dates"
        )),
        Extent::None | Extent::Whole => None,
    }
}

/// Whether a repository lacks contents, which would have to be fetched.
fn is_partial(root: &Path) -> bool {
    let names = r"^(extensions\.partialclone|remote\..*\.promisor)$";
    output(git(root, ["config", "--get-regexp", names])).is_ok()
}

#[cfg(test)]
mod tests;
