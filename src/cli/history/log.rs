//! The history of files, read from what git says of commits, the newest first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::history::Life;
use crate::path::FilePath;

/// The most authors that are kept of a file.
const AUTHORS: usize = 20;

/// What each commit is printed as, before what it changed: a byte that no status begins
/// with, its id, its author's day and name.
pub(super) const FORMAT: &str = "--format=%x01%H%x00%ad%x00%aN";

/// Commits, read one after the other.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// The files whose history is followed, by the name that each has at this point.
    names: BTreeMap<String, FilePath>,
    /// What the files that this commit moved were called before it.
    moved: Vec<(String, FilePath)>,
    lives: BTreeMap<FilePath, Draft>,
    /// Commits that count as none: where a shallow clone ends every file seems to
    /// begin, and what formats all files changes none.
    passed: BTreeSet<String>,
    commit: Commit,
}

/// The commit whose changes are read.
#[derive(Debug, Default)]
struct Commit {
    day: Option<Date>,
    author: Arc<str>,
    counts: bool,
}

/// A life as far as it has been read.
#[derive(Debug, Default)]
struct Draft {
    updated: Option<(Date, Arc<str>)>,
    authors: BTreeMap<Arc<str>, usize>,
    begun: Option<Date>,
}

impl Log {
    /// Follows the history of `files`, but for what commits did that are passed over.
    pub(super) fn of(
        files: impl IntoIterator<Item = String>,
        passed: BTreeSet<String>,
    ) -> Self {
        let names = files.into_iter().map(|it| {
            let path = FilePath::new(it.as_str());
            (it, path)
        });
        Self { names: names.collect(), passed, ..Self::default() }
    }

    /// Reads texts that NUL bytes part, until the history of every file is known.
    pub(super) fn read(&mut self, mut parts: impl Iterator<Item = String>) {
        while let Some(part) = parts.next() {
            if let Some(id) = part.strip_prefix('\x01') {
                let (day, author) = (parts.next(), parts.next());
                let (day, author) = (day.unwrap_or_default(), author.unwrap_or_default());
                self.begin(id, &day, &author);
                continue;
            }
            if self.is_done() {
                return;
            }
            // A line break stands before the first change of a commit.
            self.change(part.trim_start(), &mut parts);
        }
    }

    /// Whether the history of every file is known to its beginning.
    pub(super) fn is_done(&self) -> bool {
        self.names.is_empty() && self.moved.is_empty()
    }

    /// What is known of each file.
    pub(super) fn lives(self) -> BTreeMap<FilePath, Arc<Life>> {
        let lives = self.lives.into_iter();
        lives.filter_map(|(path, draft)| Some((path, Arc::new(draft.life()?)))).collect()
    }

    fn begin(&mut self, id: &str, day: &str, author: &str) {
        // Not before: files may have changed places. Where another file has the name
        // since, its history is its own.
        for (name, now) in std::mem::take(&mut self.moved) {
            self.names.entry(name).or_insert(now);
        }
        self.commit = Commit {
            day: day.parse().ok(),
            author: author.into(),
            counts: !self.passed.contains(id),
        };
    }

    /// Reads a change of one file: its letter, and one path or two.
    fn change(&mut self, status: &str, parts: &mut impl Iterator<Item = String>) {
        let Some(letter) = status.chars().next() else { return };
        let Some(path) = parts.next() else { return };
        let moved_to = if letter == 'R' { parts.next() } else { None };
        let name = moved_to.as_ref().unwrap_or(&path);
        let Some(now) = self.names.get(name).cloned() else { return };
        match letter {
            'A' => {
                self.names.remove(name);
                self.touch(&now);
                let draft = self.lives.entry(now).or_default();
                draft.begun = self.commit.day.filter(|_| self.commit.counts);
            }
            'R' => {
                self.names.remove(name);
                if status != "R100" {
                    self.touch(&now);
                }
                self.moved.push((path, now));
            }
            'D' => {}
            _ => self.touch(&now),
        }
    }

    fn touch(&mut self, file: &FilePath) {
        let Commit { day: Some(day), author, counts: true } = &self.commit else {
            return;
        };
        let draft = self.lives.entry(file.clone()).or_default();
        if draft.updated.as_ref().is_none_or(|(last, _)| last < day) {
            draft.updated = Some((*day, author.clone()));
        }
        *draft.authors.entry(author.clone()).or_default() += 1;
    }
}

impl Draft {
    fn life(self) -> Option<Life> {
        let (updated, by) = self.updated?;
        let mut authors: Vec<(Arc<str>, usize)> = self.authors.into_iter().collect();
        authors.sort_by_key(|(_, commits)| std::cmp::Reverse(*commits));
        let authors = authors.into_iter().take(AUTHORS).map(|(name, _)| name.to_string());
        let authors = authors.filter(|it| !it.is_empty()).collect();
        Some(Life { updated, by: by.to_string(), authors, begun: self.begun })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The history of `files` as lines: `path updated by authors begun`.
    fn lives(files: &[&str], passed: &[&str], log: &str) -> Vec<String> {
        let passed = passed.iter().map(|it| (*it).to_owned()).collect();
        let mut read = Log::of(files.iter().map(|it| (*it).to_owned()), passed);
        read.read(log.split('|').map(str::to_owned));
        let lives = read.lives().into_iter();
        lives
            .map(|(path, it)| {
                let begun = it.begun.map_or_else(|| "?".to_owned(), |it| it.to_string());
                let (by, authors) = (&it.by, it.authors.join("+"));
                format!("{path} {} {by} {authors} {begun}", it.updated)
            })
            .collect()
    }

    #[test]
    fn the_last_change_and_the_authors_are_known() {
        let log = "\x01c|2026-03-03|Ann|\nM|a.md|\x01b|2026-02-02|Bo|\nM|a.md|A|b.md|\
                   \x01a|2026-01-01|Ann|\nA|a.md|";
        assert_eq!(
            lives(&["a.md", "b.md", "new.md"], &[], log),
            ["a.md 2026-03-03 Ann Ann+Bo 2026-01-01", "b.md 2026-02-02 Bo Bo 2026-02-02"]
        );
    }

    #[test]
    fn a_history_follows_the_moves_of_its_file() {
        let log = "\x01d|2026-04-04|Di|\nA|old.md|\x01c|2026-03-03|Cy|\nR100|mid.md|new.md|\
                   \x01b|2026-02-02|Bo|\nR080|old.md|mid.md|\x01a|2026-01-01|Ann|\nA|old.md|";
        assert_eq!(
            lives(&["new.md", "old.md"], &[], log),
            [
                "new.md 2026-02-02 Bo Ann+Bo 2026-01-01",
                "old.md 2026-04-04 Di Di 2026-04-04"
            ]
        );
    }

    #[test]
    fn two_files_may_have_changed_places() {
        let log = "\x01b|2026-02-02|Bo|\nR090|a.md|b.md|R090|b.md|a.md|\
                   \x01a|2026-01-01|Ann|\nA|a.md|\x01z|2025-01-01|Zoe|\nA|b.md|";
        assert_eq!(
            lives(&["a.md", "b.md"], &[], log),
            [
                "a.md 2026-02-02 Bo Bo+Zoe 2025-01-01",
                "b.md 2026-02-02 Bo Ann+Bo 2026-01-01"
            ]
        );
    }

    #[test]
    fn where_a_shallow_clone_ends_nothing_begins() {
        let log = "\x01b|2026-02-02|Bo|\nM|b.md|\x01a|2026-01-01|Ann|\nA|a.md|A|b.md|";
        assert_eq!(lives(&["a.md", "b.md"], &["a"], log), ["b.md 2026-02-02 Bo Bo ?"]);
    }

    #[test]
    fn what_no_log_looks_like_is_passed_over() {
        for log in ["", "\x01", "\x01a", "\x01a|b|c", "M", "R100|a", "\x01a|b|c|\nM|a.md"]
        {
            assert_eq!(lives(&["a.md"], &[], log), <[String; 0]>::default(), "{log:?}");
        }
    }

    #[test]
    fn the_day_is_the_latest_though_commits_stand_in_another_order() {
        let log = "\x01b|2026-01-01|Bo|\nM|a.md|\x01a|2026-02-02|Ann|\nA|a.md|";
        assert_eq!(lives(&["a.md"], &[], log), ["a.md 2026-02-02 Ann Ann+Bo 2026-02-02"]);
    }
}
