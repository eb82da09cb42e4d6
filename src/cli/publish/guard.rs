//! The folders that a site may be published to.

use std::fs;
use std::path::Path;

use super::super::place::Place;
use super::super::stop::Stop;
use super::is_site;
use crate::path::FilePath;

/// Lets a folder pass that can be replaced without loss: one that does not exist, is
/// empty or holds a site of this program's, apart from the notes.
pub(super) fn admit(place: &Place, src: &FilePath) -> anyhow::Result<()> {
    let (output, root) = (place.output.as_path(), place.root.as_path());
    let notes = root.join(src.as_str());
    let name = place.output_name();
    let stop = |why: &str| {
        let message = format!("the output folder `{name}` {why}; nothing was written");
        Err(Stop::because(message, "name another folder with `--output DIR`"))
    };
    if output == root {
        return Err(Stop::because(
            "the output folder is the root of the project; nothing was written",
            "name a folder in it with `--output DIR`, such as `public`",
        ));
    }
    if root.starts_with(output) {
        return stop("contains the project");
    }
    if notes.starts_with(output) {
        return stop("contains the notes");
    }
    // In a folder that is all notes, the output is left out when it is walked.
    if notes != root && output.starts_with(&notes) {
        return stop("lies among the notes");
    }
    if output.starts_with(root.join(".git")) {
        return stop("lies in the repository's own folder");
    }
    if output.join(".git").exists() {
        return stop("is a repository, whose history would go with the old site");
    }
    if is_other_disk(output) {
        return Err(Stop::because(
            format!("`{name}` is where a disk is mounted, so it cannot be exchanged"),
            "name a folder in it with `--output DIR`, such as `site`",
        ));
    }
    match fs::read_dir(output).map(Iterator::count) {
        Ok(1..) if !is_site(output) => Err(Stop::because(
            format!(
                "`{name}` holds files that Diptych did not make; nothing was written"
            ),
            "name another folder with `--output DIR`, or empty this one yourself",
        )),
        Err(_) if output.exists() && !output.is_dir() => stop("is a file"),
        _ => Ok(()),
    }
}

/// Whether the folder lies on another disk than what it lies in.
#[cfg(unix)]
fn is_other_disk(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |it: &Path| fs::metadata(it).ok().map(|it| it.dev());
    let around = folder.parent().and_then(disk);
    disk(folder).is_some_and(|own| around.is_some_and(|around| around != own))
}

#[cfg(not(unix))]
fn is_other_disk(_: &Path) -> bool {
    false
}
