//! The conductor: runs the stages in order.

use std::sync::Arc;

use crate::compare::reading::Vocabulary;
use crate::config::{self, Config};
use crate::diag::{Checked, Diagnostic};
use crate::freshness::Clock;
use crate::glossary::{Glossary, Uses};
use crate::kind::Kinds;
use crate::memo::{Digest, Memo, Single};
use crate::note::syntax::Dialect;
use crate::note::{self, Note};
use crate::output::{Output, Sink};
use crate::overview::{Ground, Overviews};
use crate::path::FilePath;
use crate::project::Project;
use crate::rubric::Rubrics;
use crate::search;
use crate::site::aggregate::Dispute;
use crate::site::{Parts, Site, summary};
use crate::theme::Theme;
use crate::view::link::Lookup;

pub mod affected;
mod claims;
mod exports;
mod pages;
mod saved;
mod searched;
mod sources;
pub mod stale;
mod told;
mod upkeep;

use claims::Claims;
use exports::{Exports, Source};
use pages::Pages;
use searched::Searched;
use sources::Names;

/// What is kept between builds. It changes their speed and nothing else.
#[derive(Default)]
pub struct Cache {
    theme: Single<Checked<Theme>>,
    names: Names,
    notes: Memo<FilePath, Checked<Note>>,
    site: Single<Site>,
    disputes: Single<Vec<Dispute>>,
    overviews: Single<Overviews>,
    glossary: Single<Glossary>,
    uses: Uses,
    exports: Exports,
    claims: Single<Checked<Claims>>,
    pages: Pages,
    search: Searched,
}

/// How often each stage ran in the last build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    /// Notes that were parsed.
    pub notes: usize,
    /// Texts that were rendered.
    pub bodies: usize,
    /// Pages that were made.
    pub pages: usize,
    /// Notes that were read for the index of the search.
    pub searched: usize,
}

impl Cache {
    /// A cache that keeps neither texts nor pages, but hands each page to a sink as
    /// soon as it is made.
    pub fn sinking(sink: Arc<dyn Sink>) -> Self {
        let search = Searched::Made(search::Index::sinking(sink.clone()));
        Self { pages: Pages::sinking(sink), search, ..Self::default() }
    }

    /// The cache of builds that leave the index of the search to others.
    #[must_use]
    pub fn leaving_search(self) -> Self {
        let search = Searched::Left { source: None, saved: None };
        Self { search, ..self }
    }

    /// What the index of the search is to be made from, where the last build has left
    /// it; nothing where there is to be none.
    pub fn search_source(&mut self) -> Option<search::Source> {
        self.search.take()
    }

    /// How often each stage ran in the last build.
    pub fn runs(&self) -> Runs {
        let (bodies, pages) = self.pages.runs();
        Runs { notes: self.notes.runs(), bodies, pages, searched: self.search.runs() }
    }
}

/// Builds a project.
///
/// The result depends on the project alone. The cache only makes it quicker.
pub fn build(project: &Project, cache: &mut Cache) -> Checked<Output> {
    let mut told = project.faults.clone();
    let config = configuration(project, &mut told);
    let theme = &theme(project, &config, cache, &mut told).value;
    let dialect = Dialect::of(&config);
    let kinds = Kinds::of(project).tell(&mut told);
    let rubrics = Rubrics::load(project, &kinds).tell(&mut told);
    parse_notes(project, &config, &dialect, (&kinds, &rubrics), cache, &mut told);
    // From here on a note sees no other note, only the site.
    let site = index(project, &config, cache, &mut told);
    let clock = Clock { history: &project.history, today: project.today };
    let ground = Ground { site: &site, config: &config, clock };
    let whole = Digest::of(&(site.digest, &config, clock));
    let overviews = cache.overviews.refresh(whole, || Overviews::of(&ground, whole));
    let glossary = upkeep::glossary(&site, cache);
    upkeep::tell(&site, &glossary, &rubrics, clock, cache, &mut told);
    let lookup = Lookup {
        site: &site,
        overviews: &overviews,
        notes: &cache.notes,
        texts: cache.notes.digest(),
        config: &config,
        words: &theme.words,
        kinds: &kinds,
        glossary: &glossary,
        uses: &cache.uses,
        clock,
    };
    let claims = cache.claims.refresh(whole, || Claims::of(&lookup, project));
    told.extend(claims.diagnostics.iter().cloned());
    let claims = &claims.value;
    let pages = cache.pages.refresh(claims, &lookup, theme, &dialect, &mut told);
    let index = cache.search.refresh(claims, &lookup, theme, &dialect);
    let spoken = Digest::of(&(whole, &theme.words));
    let source = Source { notes: &cache.notes, ground: &ground, words: &theme.words };
    let exports = cache.exports.refresh(&source, spoken, claims, &*cache.pages.sink());
    let (assets, files) = (theme.assets.clone(), claims.files.clone());
    let value = layered([index, assets, exports, files, pages]);
    Checked { value, diagnostics: told::in_order(told) }
}

/// The theme, loaded anew when its files or the configuration change: that takes longer
/// than all else that an edit of a text costs.
fn theme(
    project: &Project,
    config: &Config,
    cache: &mut Cache,
    told: &mut Vec<Diagnostic>,
) -> Arc<Checked<Theme>> {
    let seen = Theme::seen(project, config);
    let theme = cache.theme.refresh(seen, || Theme::load(project, config));
    told.extend(theme.diagnostics.iter().cloned());
    theme
}

/// All files together: of those that want one place the last one has it. What an author
/// puts there counts before what the program would put there.
fn layered(layers: [Output; 5]) -> Output {
    layers.into_iter().fold(Output::new(), |mut below, mut above| {
        // Both are in order, and what was there is replaced.
        below.append(&mut above);
        below
    })
}

/// The site of a project, without its pages.
pub fn site(project: &Project, cache: &mut Cache) -> Checked<Arc<Site>> {
    let mut told = project.faults.clone();
    let config = parse_alone(project, cache, &mut told);
    let site = index(project, &config, cache, &mut told);
    Checked { value: site, diagnostics: told }
}

/// Parses the notes where no page is made of them.
fn parse_alone(
    project: &Project,
    cache: &mut Cache,
    told: &mut Vec<Diagnostic>,
) -> Config {
    let config = configuration(project, told);
    let kinds = Kinds::of(project).tell(told);
    let rubrics = Rubrics::load(project, &kinds).tell(told);
    let dialect = Dialect::of(&config);
    parse_notes(project, &config, &dialect, (&kinds, &rubrics), cache, told);
    config
}

fn configuration(project: &Project, told: &mut Vec<Diagnostic>) -> Config {
    let book = FilePath::from("book.toml");
    let config = config::parse(project.text(&book).map(|it| &**it), &book).tell(told);
    told.extend(Vocabulary::faults(&config.compare, &book));
    let mut config = project.asked.over(config);
    config.site.folder = project.history.folder.clone();
    config
}

fn parse_notes(
    project: &Project,
    config: &Config,
    dialect: &Dialect,
    (kinds, rubrics): (&Kinds, &Rubrics),
    cache: &mut Cache,
    told: &mut Vec<Diagnostic>,
) {
    let vocabulary = &Vocabulary::of(&config.compare);
    let src = &project.src;
    let setting = note::Setting { src, config, dialect, vocabulary, kinds, rubrics };
    let seen = Digest::of(&(
        (&config.markdown, &config.links, &config.compare, &config.system),
        (config.title(), &project.src, kinds.digest),
        (&config.site.repository, &config.site.folder),
    ));
    let inputs = sources::of(project, &mut cache.names, seen, rubrics.digest);
    cache
        .notes
        .refresh(inputs, |_, (source, digest)| note::parse(&source, &setting, digest));
    for (_, note) in cache.notes.iter().filter(|(_, note)| is_shown(&note.value, config))
    {
        told.extend(note.diagnostics.iter().cloned());
    }
}

fn is_shown(note: &Note, config: &Config) -> bool {
    config.build.drafts || !note.card.meta.draft
}

fn index(
    project: &Project,
    config: &Config,
    cache: &mut Cache,
    told: &mut Vec<Diagnostic>,
) -> Arc<Site> {
    let notes = || {
        cache.notes.iter().map(|(_, note)| &note.value).filter(|it| is_shown(it, config))
    };
    let entries = summary::read(project).tell(told);
    let cards: Vec<Digest> = notes().map(|it| it.face).collect();
    let files: Vec<&FilePath> = project.files.keys().collect();
    let digest =
        Digest::of(&(&cards, &files, &entries, &config.book.title, &project.src));
    cache.site.refresh(digest, || {
        let parts = Parts {
            src: &project.src,
            cards: notes().map(|it| it.card.clone()).collect(),
            files: &project.files,
            summary: entries,
            title: config.title(),
        };
        Site::index(parts, digest)
    })
}
