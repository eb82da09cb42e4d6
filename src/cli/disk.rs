//! The files of a folder, read as a project.
#![expect(clippy::disallowed_methods, reason = "this is what reads the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use rayon::prelude::*;

use super::place::Place;
use super::stop::Stop;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::project::{Project, Stamp, Text};

mod decode;
mod walk;

/// Data files above this size are copied and not read.
const DATA_LIMIT: u64 = 16 << 20;

/// Reads the files of a folder.
pub(super) fn read(place: &Place) -> anyhow::Result<Project> {
    refresh(place, &Project::default())
}

/// Reads them again: only those that have changed since `last`.
pub(super) fn refresh(place: &Place, last: &Project) -> anyhow::Result<Project> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let walk::Found { files, mut faults } = walk::walk(&place.root, &place.output);
    let src = find_src(place, &files)?;
    let read: Vec<(FilePath, Checked<Option<Text>>)> = files
        .iter()
        .filter(|(path, stamp)| is_text(path, **stamp, &src))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, stamp)| {
            let kept = kept(last, path, *stamp, now);
            (path.clone(), kept.unwrap_or_else(|| read_text(&place.root, path)))
        })
        .collect();
    let mut texts = BTreeMap::new();
    for (path, text) in read {
        if let Some(text) = text.tell(&mut faults) {
            texts.insert(path, text);
        }
    }
    faults.extend(collisions(&files, &src));
    // What is wrong elsewhere does not concern the notes.
    faults.retain(|it| is_ours(&it.span.file, &src));
    Ok(Project { src, texts, files, faults, asked: last.asked.clone() })
}

/// The text of one file; `None` where it does not exist.
pub(super) fn text(root: &Path, path: &FilePath) -> anyhow::Result<Option<Arc<str>>> {
    match fs::read(root.join(path.as_str())) {
        Ok(bytes) => Ok(Some(decode::decode(path, &bytes).value.text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{path}`")),
    }
}

/// The folder of the notes: the one that `book.toml` names, else the first of the usual
/// ones that holds Markdown, else the root.
fn find_src(
    place: &Place,
    files: &BTreeMap<FilePath, Stamp>,
) -> anyhow::Result<FilePath> {
    if let Some(named) = &place.config.book.src {
        if place.root.join(named.as_str()).is_dir() {
            return Ok(named.clone());
        }
        return Err(Stop::because(
            format!("there is no folder `{named}` in the project"),
            "`src` under `[book]` in book.toml names the folder of the notes",
        ));
    }
    let holds_notes = |folder: &FilePath| {
        files.keys().any(|it| it.is_markdown() && it.below(folder).is_some())
    };
    let usual = ["content", "src", "docs"].map(FilePath::from);
    Ok(usual.into_iter().find(holds_notes).unwrap_or_default())
}

/// Whether a build may read the file: notes, data, themes.
fn is_text(path: &FilePath, stamp: Stamp, src: &FilePath) -> bool {
    let has = |endings: &[&str]| {
        endings.iter().any(|it| path.extension().eq_ignore_ascii_case(it))
    };
    let is_data =
        || stamp.len <= DATA_LIMIT && has(&["csv", "tsv", "json", "toml", "yaml", "yml"]);
    let is_theme = || {
        path.below(&"themes".into()).is_some()
            && has(&["html", "css", "js", "svg", "txt", "xml", "md"])
    };
    path.is_markdown() && path.below(src).is_some() || is_data() || is_theme()
}

/// Whether a fault of the file is a fault of the project.
fn is_ours(path: &FilePath, src: &FilePath) -> bool {
    let folders = ["themes", "kinds", "rubrics"].map(FilePath::from);
    path.as_str() == "book.toml"
        || folders.iter().chain([src]).any(|it| path.below(it).is_some())
}

/// The text that was read before, where the file has not changed since.
fn kept(
    last: &Project,
    path: &FilePath,
    stamp: Stamp,
    now: Duration,
) -> Option<Checked<Option<Text>>> {
    /// File systems count time in steps of up to two seconds: a file so young may have
    /// changed again and show the same time.
    const STEP: u128 = 2_000_000_000;
    let known = last.files.get(path) == Some(&stamp);
    if !known || stamp.modified.saturating_add(STEP) > now.as_nanos() {
        return None;
    }
    let text = last.texts.get(path)?.clone();
    let again = |it: &&Diagnostic| {
        it.span.file == *path && matches!(it.rule, Rule::NotUtf8 | Rule::NulByte)
    };
    let diagnostics = last.faults.iter().filter(again).cloned().collect();
    Some(Checked { value: Some(text), diagnostics })
}

fn read_text(root: &Path, path: &FilePath) -> Checked<Option<Text>> {
    match fs::read(root.join(path.as_str())) {
        Ok(bytes) => {
            let Checked { value, diagnostics } = decode::decode(path, &bytes);
            Checked { value: Some(value), diagnostics }
        }
        // It went away between the walk and now: as if it had not been there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Checked::fine(None),
        Err(error) => {
            Checked { value: None, diagnostics: vec![unreadable(path, &error)] }
        }
    }
}

fn unreadable(path: &FilePath, error: &io::Error) -> Diagnostic {
    let message = format!("`{path}` cannot be read: {}", reason(error));
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied => "give yourself the right to read it",
        _ => "see that the file can be read, or exclude it in `.gitignore`",
    };
    Diagnostic::new(Rule::Unreadable, Span::new(path, 0..0), message).hint(hint)
}

/// What the system says, without its number: `permission denied`.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Files that are one file where case does not count.
fn collisions(files: &BTreeMap<FilePath, Stamp>, src: &FilePath) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, &FilePath> = BTreeMap::new();
    let mut faults = Vec::new();
    for path in files.keys().filter(|it| it.below(src).is_some()) {
        let Some(other) = first.insert(path.as_str().to_lowercase(), path) else {
            continue;
        };
        let message = format!("`{path}` and `{other}` differ only in case");
        let fault = Diagnostic::new(Rule::CaseCollision, Span::new(path, 0..0), message)
            .hint("rename one: on Windows and macOS they are one file")
            .also(Span::new(other, 0..0), "the other one");
        faults.push(fault);
    }
    faults
}

#[cfg(test)]
mod tests;
