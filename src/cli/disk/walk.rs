//! The files of a folder, as far as they belong to a project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::super::publish;
use super::fault::{reason, unreadable};
use super::scope::Scope;
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::project::Stamp;

/// The files of a folder, and what was wrong on the way.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files.
    pub(super) files: BTreeMap<FilePath, Stamp>,
    /// The folders that were walked through.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Whether any of the files is a symbolic link.
    pub(super) has_links: bool,
    /// What was wrong.
    pub(super) faults: Vec<Diagnostic>,
}

/// Finds the files of a folder.
///
/// Left out are hidden files and folders (but `.well-known`, which sites publish),
/// `node_modules`, published sites and what `.gitignore` excludes, in a repository or
/// not. What one machine alone excludes counts for nothing: the site would depend on
/// where it is built.
pub(super) fn walk(root: &Path, output: &Path, scope: &Scope) -> Found {
    let mut found = Found::default();
    let mut links = Vec::new();
    for entry in entries(root, output, scope) {
        match entry.and_then(|entry| found.take(root, &entry)) {
            Ok(Some(link)) => links.push(link),
            Ok(None) => {}
            // It went away while it was looked at: as if it had not been there.
            Err(error) if is_gone(&error) => {}
            Err(error) => found.faults.push(not_walked(root, error)),
        }
    }
    links.sort();
    found.has_links = !links.is_empty();
    let ends: Vec<_> = links.iter().map(|link| end(root, link, &found.files)).collect();
    for (link, end) in links.into_iter().zip(ends) {
        match end {
            Ok(stamp) => {
                found.files.insert(link, stamp);
            }
            Err(fault) => found.faults.push(*fault),
        }
    }
    found.faults.sort();
    found
}

/// What the walk met, in no order.
fn entries(
    root: &Path,
    output: &Path,
    scope: &Scope,
) -> mpsc::IntoIter<Result<DirEntry, ignore::Error>> {
    let (sender, receiver) = mpsc::channel();
    let (output, scope) = (output.to_owned(), scope.clone());
    let in_repository = root.ancestors().any(|it| it.join(".git").exists());
    WalkBuilder::new(root)
        .standard_filters(false)
        .git_ignore(true)
        // Above the root as far as its repository goes; without one, not at all.
        .require_git(in_repository)
        .parents(in_repository)
        .filter_entry(move |entry| {
            scope.leads_through(entry.path()) && belongs(entry, &output)
        })
        .build_parallel()
        .run(|| {
            let sender = sender.clone();
            Box::new(move |entry| match sender.send(entry) {
                Ok(()) => WalkState::Continue,
                Err(_) => WalkState::Quit,
            })
        });
    receiver.into_iter()
}

fn belongs(entry: &DirEntry, output: &Path) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
    let is_hidden = name.starts_with(b".") && name != b".well-known";
    let is_made = || {
        name == b"node_modules"
            || entry.path() == output
            || publish::is_site(entry.path())
    };
    let is_left_out = is_hidden || is_folder && is_made();
    entry.depth() == 0 || !is_left_out
}

impl Found {
    /// Takes a file in, and gives a link back, for what it leads to is not known yet.
    fn take(
        &mut self,
        root: &Path,
        entry: &DirEntry,
    ) -> Result<Option<FilePath>, ignore::Error> {
        let Some(kind) = entry.file_type() else { return Ok(None) };
        if kind.is_dir() {
            self.folders.insert(entry.path().to_owned());
            return Ok(None);
        }
        let path = match file_path(root, entry.path()) {
            Ok(path) => path,
            Err(fault) => {
                self.faults.push(*fault);
                return Ok(None);
            }
        };
        if kind.is_symlink() {
            return Ok(Some(path));
        }
        // Pipes, sockets and devices hold nothing.
        if kind.is_file() {
            self.files.insert(path, stamp(&entry.metadata()?));
        }
        Ok(None)
    }
}

fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok();
    let since = modified.and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    let (changed, inode) = identity(metadata);
    let modified = since.unwrap_or_default().as_nanos();
    Stamp { len: metadata.len(), modified, changed, inode }
}

/// When the system last changed what it says of a file, and the file's number.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u128, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u128::try_from(metadata.ctime()).unwrap_or_default();
    let nanos = u128::try_from(metadata.ctime_nsec()).unwrap_or_default();
    (seconds * 1_000_000_000 + nanos, metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u128, u64) {
    (0, 0)
}

/// The path of a file below the root, with `/` on every system.
fn file_path(root: &Path, path: &Path) -> Result<FilePath, Box<Diagnostic>> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|it| it.to_string_lossy()).collect();
    let path = FilePath::new(parts.join("/"));
    if below.to_str().is_some() {
        return Ok(path);
    }
    let message = format!("the name of `{path}` is not UTF-8");
    let fault = Diagnostic::new(Rule::NotUtf8, Span::new(&path, 0..0), message)
        .hint("rename it: a name that is not UTF-8 has no address");
    Err(Box::new(fault))
}

/// The fault of a place where the walk could not go on.
fn not_walked(root: &Path, error: ignore::Error) -> Diagnostic {
    let at = place(&error).map_or_else(FilePath::default, |it| {
        file_path(root, &it).unwrap_or_else(|fault| fault.span.file)
    });
    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("not readable"));
    unreadable(&at, &error)
}

fn is_gone(error: &ignore::Error) -> bool {
    error.io_error().is_some_and(|it| it.kind() == io::ErrorKind::NotFound)
}

fn place(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(place),
        _ => None,
    }
}

/// What a symbolic link stands for: another file of the project, or nothing.
fn end(
    root: &Path,
    link: &FilePath,
    files: &BTreeMap<FilePath, Stamp>,
) -> Result<Stamp, Box<Diagnostic>> {
    let from = root.join(link.as_str());
    let why = match from.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            "leads nowhere".to_owned()
        }
        // That the kind has a name of its own is not stable yet.
        Err(error) if reason(&error).contains("symbolic link") => {
            "leads in a circle".to_owned()
        }
        Err(error) => format!("cannot be followed: {}", reason(&error)),
        Ok(to) if from.starts_with(&to) => "leads in a circle".to_owned(),
        Ok(to) => match to.strip_prefix(root) {
            Err(_) => "leads out of the project".to_owned(),
            Ok(_) if to.is_dir() => "leads to a folder".to_owned(),
            Ok(_) => {
                match file_path(root, &to).ok().filter(|it| files.contains_key(it)) {
                    Some(_) => {
                        return fs::metadata(&to)
                            .map(|it| stamp(&it))
                            .map_err(|it| Box::new(unreadable(link, &it)));
                    }
                    None => "leads to a file that is left out".to_owned(),
                }
            }
        },
    };
    let message = format!("`{link}` is a symbolic link that {why}; it is not followed");
    let fault = Diagnostic::new(Rule::Symlink, Span::new(link, 0..0), message)
        .hint("put the files themselves in its place");
    Err(Box::new(fault))
}
