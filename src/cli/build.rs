//! The command `build`: publishes a folder of notes as a site.

use std::sync::Arc;

use super::args::{Bar, Build};
use super::interrupt::Interrupt;
use super::place::Place;
use super::progress::Progress;
use super::publish::Stage;
use super::tell::{Report, counted};
use super::voice::Voice;
use super::{End, check, sources};
use crate::build::{Cache, build};
use crate::output::{Output, Sink};
use crate::project::Project;

/// Publishes a site. Where the notes have errors, nothing is published.
pub(super) fn run(asked: &Build, voice: Voice) -> anyhow::Result<End> {
    let progress = Arc::new(Progress::begin(voice));
    let place = Place::find(&asked.root, asked.output.as_deref())?;
    let project = sources::read(&place, &asked.asked, voice)?;
    check::demand_notes(&project, &place)?;

    let stage = Arc::new(Stage::open(&place, &project.src, Interrupt::listen()?)?);
    let mut cache = Cache::sinking(counting(stage.sink(), &progress));
    let built = build(&project, &mut cache);
    progress.clear();

    let report = Report::of(&project, &built.diagnostics, &place.config);
    report.tell(voice)?;
    let tally = report.tally();
    let end = asked.warnings.end(tally);
    if end == End::Faults && asked.bar == Bar::Errors {
        voice.say(format_args!("{tally}; nothing was published"));
        return Ok(end);
    }
    stage.finish(&built.value, &place.root)?;
    // The last that hold the stage: with them the old site goes.
    drop((stage, cache));
    if tally.files > 0 {
        voice.say(tally);
    }
    voice.say(closing(&project, &built.value, &place, &progress));
    Ok(end)
}

/// A sink that counts the pages that it hands on.
fn counting(sink: Arc<Sink>, progress: &Arc<Progress>) -> Arc<Sink> {
    let progress = Arc::clone(progress);
    Arc::new(move |route, text| {
        if route.as_str().ends_with(".html") {
            progress.page();
        }
        sink(route, text)
    })
}

/// `built 654 notes (681 files) into public in 1.2 s`
fn closing(
    project: &Project,
    output: &Output,
    place: &Place,
    progress: &Progress,
) -> String {
    let notes = counted(project.notes().count(), "note");
    let files = counted(output.len(), "file");
    format!("built {notes} ({files}) into {} in {}", place.output_name(), progress.time())
}
