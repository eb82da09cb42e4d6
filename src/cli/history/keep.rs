//! The history of the last build, kept for the next one.
#![expect(clippy::disallowed_methods, reason = "it is kept on the disk")]

use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::history::History;
use crate::memo::Digest;

/// A history, and what stands for all that it was read from.
#[derive(Serialize, Deserialize)]
struct Kept {
    key: Digest,
    history: History,
}

/// The history that was kept of the same commits.
pub(super) fn load(file: &Path, key: Digest) -> Option<History> {
    let kept: Kept = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    (kept.key == key).then_some(kept.history)
}

/// Keeps a history. Where that cannot be, the next build reads it again.
pub(super) fn store(file: &Path, key: Digest, history: &History) {
    let kept = Kept { key, history: history.clone() };
    let write = || -> Option<()> {
        let folder = file.parent()?;
        let text = serde_json::to_vec(&kept).ok()?;
        fs::create_dir_all(folder).ok()?;
        // Written whole before it has its name, for two builds may run at once.
        let mut whole = tempfile::NamedTempFile::new_in(folder).ok()?;
        whole.write_all(&text).ok()?;
        whole.persist(file).ok()?;
        Some(())
    };
    // A place that cannot be written costs time and nothing else.
    let _ = write();
}
