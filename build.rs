//! Says what this program is made from: what another one has kept is nothing to it.

#![expect(
    clippy::disallowed_methods,
    reason = "this reads what the program is made from"
)]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

/// What the program and its pages are made from.
const SOURCES: &[&str] =
    &["Cargo.lock", "Cargo.toml", "build.rs", "kinds", "rubrics", "src", "themes"];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        let path = Path::new(source);
        // A package may come without its lock file.
        if path.exists() {
            add(path, &mut hasher)?;
        }
    }
    println!("cargo::rustc-env=DIPTYCH_SOURCES={:016x}", hasher.finish());
    Ok(())
}

/// Adds the names and the bytes of the files below a path, in the order of their names.
fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    path.hash(hasher);
    if !path.is_dir() {
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut below = Vec::new();
    for entry in fs::read_dir(path)? {
        below.push(entry?.path());
    }
    below.sort();
    below.iter().try_for_each(|it| add(it, hasher))
}
