//! The command `fmt`: keeps the copies of data files in notes current.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::args::{Fmt, Rewrite};
use super::place::Place;
use super::tell::counted;
use super::voice::Voice;
use super::{End, disk};
use crate::build::Cache;
use crate::build::stale::{self, StaleRegion};
use crate::path::FilePath;
use crate::project::Project;

/// Writes the copies anew that are not current, or only tells which they are.
pub(super) fn run(asked: &Fmt, voice: Voice) -> anyhow::Result<End> {
    let place = Place::find(&asked.root, None)?;
    let project = disk::read(&place)?;
    let mut files: BTreeMap<FilePath, Vec<StaleRegion>> = BTreeMap::new();
    for region in stale::regions(&project, &mut Cache::default()) {
        files.entry(region.file.clone()).or_default().push(region);
    }
    for (file, regions) in &files {
        match asked.rewrite {
            Rewrite::Yes => {
                rewrite(&place.root, &project, file, regions)
                    .with_context(|| format!("cannot rewrite `{file}`"))?;
                voice.say(format_args!(
                    "rewrote {} of {file}",
                    counted(regions.len(), "table")
                ));
            }
            Rewrite::No => voice.say(format_args!(
                "{} of {file} would be rewritten",
                counted(regions.len(), "table")
            )),
        }
    }
    if files.is_empty() {
        voice.say(format_args!("every table is what its data file says"));
    }
    let found = !files.is_empty() && asked.rewrite == Rewrite::No;
    Ok(if found { End::Faults } else { End::Fine })
}

/// Writes a note with its regions anew, whole or not at all.
#[expect(clippy::disallowed_methods, reason = "this is the boundary")]
fn rewrite(
    root: &Path,
    project: &Project,
    file: &FilePath,
    regions: &[StaleRegion],
) -> anyhow::Result<()> {
    let path = root.join(file.as_str());
    let bytes = fs::read(&path)?;
    let text = std::str::from_utf8(&bytes).context("it is not UTF-8")?;
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(text) => ("\u{feff}", text),
        None => ("", text),
    };
    let read = project.text(file).map_or("", |it| it);
    anyhow::ensure!(text == read, "it changed while it was read, or holds NUL bytes");
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for region in regions {
        whole.push_str(&text[from..region.range.start]);
        whole.push_str(&region.text.replace('\n', line_end));
        from = region.range.end;
    }
    whole.push_str(&text[from..]);
    let folder = path.parent().unwrap_or(root);
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(mark.as_bytes())?;
    temporary.write_all(whole.as_bytes())?;
    temporary.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    temporary.persist(&path)?;
    Ok(())
}
