//! The command `check`: tells what is wrong with the notes, and publishes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::{Check, Warnings};
use super::disk::Reading;
use super::place::Place;
use super::progress::Progress;
use super::stop::Stop;
use super::store::{Front, Store};
use super::tell::{Report, Tally, counted};
use super::voice::Voice;
use super::{End, sources};
use crate::build::{Cache, build};
use crate::diag::Checked;
use crate::memo::Digest;
use crate::output::{Content, Output, Sink};
use crate::path::Route;

/// Checks the notes: all that a build finds.
pub(super) fn run(asked: &Check, voice: Voice) -> anyhow::Result<End> {
    let progress = Arc::new(Progress::begin(voice));
    let place = Place::find(&asked.root, None)?;
    let mut store = Store::open(&place, asked.memories);
    let memory = &store.front.memory;
    let mut reading = sources::recall(&place, &asked.asked, memory, voice)?;
    demand_notes(&reading, &place)?;

    let diagnostics = if let Some(built) = store.front.built(reading.digest()) {
        reading.read_for(&place, &built.diagnostics);
        store.keep_memory(&reading, voice);
        built.diagnostics
    } else {
        reading.complete(&place);
        let built = built(&reading, &mut store, &progress, voice);
        progress.clear();
        built.diagnostics
    };
    let report = Report::of(&reading.project, &diagnostics, &place.config);
    report.tell(voice)?;
    let tally = report.tally();
    let notes = counted(reading.notes(), "note");
    voice.say(format_args!("{tally}; checked {notes} in {}", progress.time()));
    Ok(asked.warnings.end(tally))
}

/// Makes each page, and forgets it.
fn built(
    reading: &Reading,
    store: &mut Store,
    progress: &Arc<Progress>,
    voice: Voice,
) -> Checked<Output> {
    let counter = Arc::clone(progress);
    let sink: Arc<dyn Sink> = Arc::new(move |_: &Route, text: String| {
        counter.page();
        Content::Sunk(Digest::of_bytes(text.as_bytes()))
    });
    let found = |_: &Route, digest: Digest| Some(Content::Sunk(digest));
    let mut cache = store.fill(Cache::sinking(sink), &reading.project, &found);
    let built = build(&reading.project, &mut cache);
    store.keep(&Front::new(reading, &built), &cache, voice);
    built
}

/// Stops where there is nothing to make a site of.
pub(super) fn demand_notes(reading: &Reading, place: &Place) -> anyhow::Result<()> {
    if reading.notes() > 0 {
        return Ok(());
    }
    // Collected anew, for to join an empty path leaves a slash at the end.
    let folder: PathBuf = place.root.join(reading.project.src.as_str()).iter().collect();
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
