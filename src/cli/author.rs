//! The author at this machine: name, day, editor.
#![expect(clippy::disallowed_methods, reason = "this is what looks at the machine")]

use std::path::Path;
use std::process::Command;

/// The day that it is here, in ISO form.
pub(super) fn today() -> String {
    jiff::ZonedDateTime::now().date().to_string()
}

/// The name under which the author commits to a project; `None` where git knows none or
/// is not there.
pub(super) fn name(root: &Path) -> Option<String> {
    let mut git = Command::new("git");
    let output = git.args(["config", "user.name"]).current_dir(root).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?;
    Some(name.trim().to_owned()).filter(|it| output.status.success() && !it.is_empty())
}

/// The editor that the author prefers.
pub(super) fn editor() -> Option<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|it| std::env::var(it).ok());
    named.map(|it| it.trim().to_owned()).find(|it| !it.is_empty())
}
