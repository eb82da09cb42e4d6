//! What each stage of a build costs by itself, so that a regression has an address.
//!
//! `cargo bench --bench stages` takes a hundred generated notes; each figure is for all
//! of them, on one core.

use std::collections::BTreeMap;
use std::sync::Arc;

use diptych::build::{Cache, build};
use diptych::compare::reading::Vocabulary;
use diptych::config::Config;
use diptych::diag::Checked;
use diptych::fence;
use diptych::freshness::Clock;
use diptych::glossary::{Glossary, Uses};
use diptych::highlight;
use diptych::history::History;
use diptych::html::{self, Dress};
use diptych::kind::Kinds;
use diptych::memo::{Digest, Hashed, Memo};
use diptych::note::event::Event;
use diptych::note::syntax::{self, Dialect};
use diptych::note::{self, Note, Setting, Source};
use diptych::overview::Overviews;
use diptych::path::FilePath;
use diptych::project::Project;
use diptych::rubric::Rubrics;
use diptych::site::{Parts, Site};
use diptych::theme::Theme;
use diptych::view::comparison::ComparisonView;
use diptych::view::link::Lookup;
use diptych::view::look;
use diptych::view::scorecard::ScorecardView;
use divan::Bencher;
use mimalloc::MiMalloc;

#[path = "corpus/notes.rs"]
mod notes;

use notes::Notes;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const COUNT: usize = 100;

fn main() {
    divan::main();
}

/// What the stages take and give.
struct Stages {
    project: Project,
    config: Config,
    dialect: Dialect,
    notes: Memo<FilePath, Checked<Note>>,
}

impl Stages {
    fn new() -> Self {
        let mut project = Project { src: "content".into(), ..Project::default() };
        for number in 0..COUNT {
            let path = format!("content/{}.md", Notes::path(number));
            let text =
                Notes::front_matter(number) + &Notes { count: COUNT }.markdown(number);
            project.insert(path.as_str(), &text);
        }
        let config = Config::default();
        let dialect = Dialect::of(&config);
        let mut stages = Self { project, config, dialect, notes: Memo::default() };
        stages.notes = stages.parsed();
        stages
    }

    fn parsed(&self) -> Memo<FilePath, Checked<Note>> {
        let mut notes = Memo::default();
        let inputs = self.project.notes().map(|(path, text)| {
            (
                path.clone(),
                text.digest,
                Source { path, text, sidecar: None, data: BTreeMap::new() },
            )
        });
        let vocabulary = Vocabulary::of(&self.config.compare);
        let rubrics = Rubrics::load(&self.project, &Kinds::built_in()).value;
        let setting = Setting {
            src: &self.project.src,
            config: &self.config,
            dialect: &self.dialect,
            vocabulary: &vocabulary,
            kinds: &Kinds::built_in(),
            rubrics: &rubrics,
        };
        notes.refresh(inputs.collect(), |_, source| {
            let digest = source.text.digest;
            note::parse(&source, &setting, digest)
        });
        notes
    }

    fn site(&self) -> Site {
        let parts = Parts {
            src: &self.project.src,
            cards: self.notes.iter().map(|(_, it)| it.value.card.clone()).collect(),
            files: &self.project.files,
            summary: None,
            title: "Generated",
        };
        Site::index(parts, self.notes.digest())
    }

    /// Runs a stage that needs the site.
    fn with_site(&self, stage: impl FnOnce(&Lookup<'_>)) {
        let site = self.site();
        let texts = self.notes.digest();
        let overviews = Overviews::default();
        let words = BTreeMap::new();
        let (glossary, uses) = (Glossary::default(), Uses::default());
        let history = Hashed::<History>::default();
        let clock = Clock { history: &history, today: None };
        stage(&Lookup {
            site: &site,
            overviews: &overviews,
            notes: &self.notes,
            texts,
            config: &self.config,
            words: &words,
            kinds: &Kinds::built_in(),
            glossary: &glossary,
            uses: &uses,
            clock,
        });
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Checked<Note>>> {
        self.notes.iter().map(|(_, note)| note)
    }
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench(|| alone(|| stages.parsed()));
}

#[divan::bench]
fn site(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench(|| alone(|| stages.site()));
}

#[divan::bench]
fn view(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    stages.with_site(|lookup| {
        bencher.bench_local(|| {
            let views = stages.all().map(|it| look::note(lookup, it, Digest::default()));
            views.map(|it| it.value.digest()).collect::<Vec<_>>()
        });
    });
}

#[divan::bench]
fn html_of_text(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    let theme = Theme::load(&stages.project, &stages.config).value;
    let comparison = |view: &ComparisonView| theme.comparison(view);
    let scorecard = |view: &ScorecardView| theme.scorecard(view);
    let dress =
        Dress { words: &theme.words, comparison: &comparison, scorecard: &scorecard };
    stages.with_site(|lookup| {
        let views =
            stages.all().map(|it| look::note(lookup, it, Digest::default()).value);
        let bodies: Vec<_> = views.filter_map(|it| it.body).collect();
        // The first time each line of code is highlighted, which is measured below.
        let render = || bodies.iter().map(|it| html::render(it, &stages.dialect, &dress));
        render().for_each(drop);
        bencher.bench_local(|| render().map(|it| it.text.len()).sum::<usize>());
    });
}

#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    let theme = Theme::load(&stages.project, &stages.config).value;
    stages.with_site(|lookup| {
        let views = stages.all().map(|it| look::note(lookup, it, theme.digest).value);
        let views: Vec<_> = views.collect();
        let html = html::Html::default();
        bencher.bench_local(|| {
            views.iter().map(|it| theme.page(it, &html).value.len()).sum::<usize>()
        });
    });
}

#[divan::bench]
fn highlighting(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    let mut fences: BTreeMap<String, String> = BTreeMap::new();
    for note in stages.all() {
        let (text, _) = syntax::read(
            &note.value.card.path,
            &note.value.text,
            note.value.body,
            &stages.dialect,
        );
        fences.extend(text.events.iter().filter_map(|(event, _)| match event {
            Event::Fence { info, code } => Some((code.to_string(), info.to_string())),
            _ => None,
        }));
    }
    // A thread of its own, which remembers no line.
    bencher.bench(|| {
        let all = || {
            let blocks = fences
                .iter()
                .map(|(code, info)| highlight::block(code, &fence::parse(info).fence));
            blocks.map(|it| it.len()).sum::<usize>()
        };
        std::thread::scope(|it| it.spawn(all).join()).unwrap_or_default()
    });
}

#[divan::bench]
fn build_again_after_an_edit(bencher: Bencher<'_, '_>) {
    let mut stages = Stages::new();
    let mut cache = Cache::default();
    build(&stages.project, &mut cache);
    let path = format!("content/{}.md", Notes::path(7));
    let text = Notes::front_matter(7) + &Notes { count: COUNT }.markdown(7);
    let mut edits = 0;
    bencher.bench_local(|| {
        edits += 1;
        stages.project.insert(path.as_str(), &format!("{text}\nEdit {edits}.\n"));
        build(&stages.project, &mut cache).value.len()
    });
}

/// Runs what uses all cores on one.
fn alone<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    pool.expect("a pool of one thread").install(job)
}
