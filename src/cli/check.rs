//! The command `check`: tells what is wrong with the notes, and writes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::{Check, Warnings};
use super::place::Place;
use super::progress::Progress;
use super::stop::Stop;
use super::tell::{Report, Tally, counted};
use super::voice::Voice;
use super::{End, sources};
use crate::build::{Cache, build};
use crate::memo::Digest;
use crate::output::Content;
use crate::project::Project;

/// Checks the notes: all that a build finds.
pub(super) fn run(asked: &Check, voice: Voice) -> anyhow::Result<End> {
    let progress = Arc::new(Progress::begin(voice));
    let place = Place::find(&asked.root, None)?;
    let project = sources::read(&place, &asked.asked, voice)?;
    demand_notes(&project, &place)?;

    let counter = Arc::clone(&progress);
    let mut cache = Cache::sinking(Arc::new(move |_, text| {
        counter.page();
        Content::Sunk(Digest::of_bytes(text.as_bytes()))
    }))
    .leaving_search();
    let built = build(&project, &mut cache);
    progress.clear();

    let report = Report::of(&project, &built.diagnostics, &place.config);
    report.tell(voice)?;
    let tally = report.tally();
    let notes = counted(project.notes().count(), "note");
    voice.say(format_args!("{tally}; checked {notes} in {}", progress.time()));
    Ok(asked.warnings.end(tally))
}

/// Stops where there is nothing to make a site of.
pub(super) fn demand_notes(project: &Project, place: &Place) -> anyhow::Result<()> {
    if project.notes().next().is_some() {
        return Ok(());
    }
    // Collected anew, for to join an empty path leaves a slash at the end.
    let folder: PathBuf = place.root.join(project.src.as_str()).iter().collect();
    Err(Stop::because(
        format!("there is no Markdown in `{}`", folder.display()),
        "name the folder of your notes with `--root DIR`; hidden files and those that \
         `.gitignore` excludes do not count",
    ))
}

impl Warnings {
    /// How a command ends that found so much.
    pub(super) fn end(self, found: Tally) -> End {
        let denied = match self {
            Self::Told => 0,
            Self::Denied => found.warnings,
        };
        if found.errors + denied > 0 { End::Faults } else { End::Fine }
    }
}
