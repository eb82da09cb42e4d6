//! What is wrong with files, whatever is in them.

use std::collections::BTreeMap;
use std::io;

use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::project::Stamp;

/// A file that cannot be read.
pub(super) fn unreadable(path: &FilePath, error: &io::Error) -> Diagnostic {
    let message = format!("`{path}` cannot be read: {}", reason(error));
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied => "give yourself the right to read it",
        _ => "see that the file can be read, or exclude it in `.gitignore`",
    };
    Diagnostic::new(Rule::Unreadable, Span::new(path, 0..0), message).hint(hint)
}

/// What the system says, without its number: `permission denied`.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Files that are one file where case does not count.
pub(super) fn collisions(
    files: &BTreeMap<FilePath, Stamp>,
    src: &FilePath,
) -> Vec<Diagnostic> {
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
