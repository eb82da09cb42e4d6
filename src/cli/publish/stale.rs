//! The stages beside an output folder: a fresh one, and those that are left over.
//!
//! A stage is called `.public.diptych-XXXXXX`, and its folder is locked as long as the
//! process lives that makes it. A stage that can be locked is left over.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::swap;

/// Makes a stage for an output folder, and locks it.
pub(super) fn fresh(target: &Path) -> io::Result<(PathBuf, Option<File>)> {
    let mut builder = tempfile::Builder::new();
    let prefix = prefix(target);
    builder.prefix(&prefix).disable_cleanup(true);
    // A site is for others to read, as far as the user's mask lets them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    loop {
        let folder =
            builder.tempdir_in(target.parent().unwrap_or(Path::new(".")))?.keep();
        let lock = lock(&folder);
        // Another process may have thought it left over before it was locked.
        if folder.exists() {
            return Ok((folder, lock));
        }
    }
}

/// Deletes the stages that are left over, and puts a site back in its place that a
/// process was killed in the middle of moving.
pub(super) fn clear(target: &Path) {
    let prefix = prefix(target);
    let around = target.parent().and_then(|it| fs::read_dir(it).ok());
    for entry in around.into_iter().flatten().flatten() {
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(prefix.as_bytes()) {
            continue;
        }
        let folder = entry.path();
        let Some(_lock) = lock(&folder) else { continue };
        if swap::is_aside(&folder) && !target.exists() {
            let _ = fs::rename(&folder, target);
        } else {
            delete(&folder);
        }
    }
}

/// Deletes a stage as far as it can be; what stays is left over and goes next time.
pub(super) fn delete(folder: &Path) {
    // Another process, or a page in the writing, may come between.
    for _ in 0..3 {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {}
            _ => return,
        }
    }
}

fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.diptych-")
}

/// Locks a folder; `None` where another process has, or where folders have no locks.
fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.try_lock().ok().map(|()| file)
}
