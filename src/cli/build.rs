//! The command `build`: publishes a folder of notes as a site.

use std::sync::Arc;

use super::args::{Bar, Build};
use super::disk::Reading;
use super::interrupt::Interrupt;
use super::place::Place;
use super::progress::Progress;
use super::publish::{self, Stage};
use super::store::{Front, Store};
use super::tell::{Report, Tally, counted};
use super::voice::Voice;
use super::{End, check, sources};
use crate::build::{Cache, build};
use crate::diag::Checked;
use crate::output::{Output, Sink};
use crate::path::Route;
use crate::project::Project;

/// Publishes a site. Where the notes have errors, nothing is published.
pub(super) fn run(asked: &Build, voice: Voice) -> anyhow::Result<End> {
    publish(asked, voice, &Interrupt::listen()?)
}

/// Publishes a site; an interrupt leaves the old one.
pub(super) fn publish(
    asked: &Build,
    voice: Voice,
    interrupt: &Arc<Interrupt>,
) -> anyhow::Result<End> {
    let progress = Arc::new(Progress::begin(voice));
    let place = Place::find(&asked.root, asked.output.as_deref())?;
    let mut store = Store::open(&place, asked.memories);
    let mut reading = sources::recall(&place, &asked.asked, &store.front.memory, voice)?;
    check::demand_notes(&reading, &place)?;

    let desk = Desk { asked, place: &place, progress: &progress, interrupt, voice };
    if let Some(built) = store.front.built(reading.digest()) {
        reading.read_for(&place, &built.diagnostics);
        let weighed = desk.weigh(&reading, &built);
        if desk.bars(weighed.1) || publish::is_whole(&place, &built.value) {
            desk.report(&reading, &built).tell(voice)?;
            store.keep_memory(&reading, voice);
            return Ok(desk.close(&reading, &built, weighed));
        }
    }
    reading.complete(&place);
    desk.publish(&reading, &mut store)
}

/// What a site is published for, and who hears of it.
struct Desk<'a> {
    asked: &'a Build,
    place: &'a Place,
    progress: &'a Arc<Progress>,
    interrupt: &'a Arc<Interrupt>,
    voice: Voice,
}

impl Desk<'_> {
    /// Builds the site and puts it in its place.
    fn publish(&self, reading: &Reading, store: &mut Store) -> anyhow::Result<End> {
        let project = &reading.project;
        let stage = Stage::open(self.place, &project.src, self.interrupt.clone())?;
        let stage = Arc::new(stage);
        let sink = counting(stage.sink(), self.progress);
        let find = |route: &_, digest| stage.find(route, digest);
        let mut cache = store.fill(Cache::sinking(sink), project, &find);
        let built = whole(project, &mut cache, &stage)?;
        self.progress.clear();

        self.report(reading, &built).tell(self.voice)?;
        let weighed = self.weigh(reading, &built);
        if !self.bars(weighed.1) {
            stage.finish(&built.value, &self.place.root)?;
        }
        store.keep(&Front::new(reading, &built), &cache, self.voice);
        // The last that hold the stage: with them the old site goes.
        drop((stage, cache));
        Ok(self.close(reading, &built, weighed))
    }

    fn report<'r>(&self, reading: &'r Reading, built: &'r Checked<Output>) -> Report<'r> {
        Report::of(&reading.project, &built.diagnostics, &self.place.config)
    }

    /// How much was found, and how the command ends for it.
    fn weigh(&self, reading: &Reading, built: &Checked<Output>) -> (Tally, End) {
        let tally = self.report(reading, built).tally();
        (tally, self.asked.warnings.end(tally))
    }

    /// Whether nothing is published for what was found.
    fn bars(&self, end: End) -> bool {
        end == End::Faults && self.asked.bar == Bar::Errors
    }

    /// Says what was done: `built 654 notes (681 files) into public in 1.2 s`.
    fn close(
        &self,
        reading: &Reading,
        built: &Checked<Output>,
        (tally, end): (Tally, End),
    ) -> End {
        if self.bars(end) {
            self.voice.say(format_args!("{tally}; nothing was published"));
            return end;
        }
        if tally.files > 0 {
            self.voice.say(tally);
        }
        self.voice.say(format_args!(
            "built {} ({}) into {} in {}",
            counted(reading.notes(), "note"),
            counted(built.value.len(), "file"),
            self.place.output_name(),
            self.progress.time()
        ));
        end
    }
}

/// Builds a site of which all is in the stage, made or taken over.
fn whole(
    project: &Project,
    cache: &mut Cache,
    stage: &Stage,
) -> anyhow::Result<Checked<Output>> {
    loop {
        let built = build(project, cache);
        let gone = stage.take_over(&built.value)?;
        if gone.is_empty() {
            return Ok(built);
        }
        // Another build has put its site there meanwhile.
        cache.forget(&gone);
    }
}

/// A sink that counts the pages that it hands on.
fn counting(sink: Arc<dyn Sink>, progress: &Arc<Progress>) -> Arc<dyn Sink> {
    let progress = Arc::clone(progress);
    Arc::new(move |route: &Route, text| {
        if route.as_str().ends_with(".html") {
            progress.page();
        }
        sink.take(route, text)
    })
}
