//! The pages of the last build: what each was made from, and what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::claims::{Claim, Claims};
use crate::diag::{Checked, Diagnostic};
use crate::html::{self, Dress, Html};
use crate::memo::Digest;
use crate::note::syntax::Dialect;
use crate::output::{self, Content, Find, Output, Sink};
use crate::path::Route;
use crate::theme::Theme;
use crate::view::comparison::ComparisonView;
use crate::view::link::Lookup;
use crate::view::scorecard::ScorecardView;
use crate::view::{View, look};

/// The pages of the last build.
pub(super) struct Pages {
    slots: BTreeMap<Route, Slot>,
    sink: Arc<Sink>,
    /// Whether the text of each page is kept, to be used again when only what stands
    /// around it changes.
    keeps_bodies: bool,
    /// How often a text was rendered in the last build, and a page made.
    runs: (usize, usize),
}

/// A page, and what it was made from.
struct Slot {
    /// What stands for everything that its view is gathered from.
    seen: Digest,
    /// What stands for its view.
    view: Digest,
    /// What was told while the view was gathered.
    told: Vec<Diagnostic>,
    made: Arc<Made>,
}

/// A page that was made.
struct Made {
    content: Content,
    /// What was told of the template.
    told: Vec<Diagnostic>,
    body: Option<(Digest, Arc<Html>)>,
}

/// A page as it is saved: what it was made from, and what stands for it.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedPage {
    route: Route,
    seen: Digest,
    view: Digest,
    content: Digest,
    told: Vec<Diagnostic>,
    of_template: Vec<Diagnostic>,
}

impl Default for Pages {
    fn default() -> Self {
        Self { keeps_bodies: true, ..Self::sinking(Arc::new(output::keep)) }
    }
}

impl Pages {
    /// Pages that are handed to a sink and not kept.
    pub(super) fn sinking(sink: Arc<Sink>) -> Self {
        Self { slots: BTreeMap::new(), sink, keeps_bodies: false, runs: (0, 0) }
    }

    /// The pages as they are saved.
    pub(super) fn save(&self) -> Vec<SavedPage> {
        let saved = |(route, slot): (&Route, &Slot)| {
            Some(SavedPage {
                route: route.clone(),
                seen: slot.seen,
                view: slot.view,
                content: slot.made.content.digest()?,
                told: slot.told.clone(),
                of_template: slot.made.told.clone(),
            })
        };
        self.slots.iter().filter_map(saved).collect()
    }

    /// Takes in the pages that were saved, as far as they are found.
    pub(super) fn load(&mut self, saved: Vec<SavedPage>, find: &Find<'_>) {
        let slots = saved.into_par_iter().filter_map(|it| {
            let content = find(&it.route, it.content)?;
            let made = Made { content, told: it.of_template, body: None };
            let made = Arc::new(made);
            Some((it.route, Slot { seen: it.seen, view: it.view, told: it.told, made }))
        });
        self.slots = slots.collect();
    }

    /// How often a text was rendered and a page made in the last build.
    pub(super) fn runs(&self) -> (usize, usize) {
        self.runs
    }

    /// Forgets pages, so that they are made anew.
    pub(super) fn forget(&mut self, routes: &BTreeSet<Route>) {
        self.slots.retain(|route, _| !routes.contains(route));
    }

    /// What takes the files of the site as they are made.
    pub(super) fn sink(&self) -> Arc<Sink> {
        self.sink.clone()
    }

    /// Makes the pages that are new or whose view has changed, on all cores.
    pub(super) fn refresh(
        &mut self,
        claims: &Claims,
        lookup: &Lookup<'_>,
        theme: &Theme,
        dialect: &Dialect,
        told: &mut Vec<Diagnostic>,
    ) -> Output {
        let counts = (AtomicUsize::new(0), AtomicUsize::new(0));
        let last = std::mem::take(&mut self.slots);
        let maker = Maker { pages: self, lookup, theme, dialect, counts: &counts };
        let slots: BTreeMap<Route, Slot> = claims
            .pages
            .par_iter()
            .map(|(route, claim)| {
                (route.clone(), maker.slot(route, claim, last.get(route)))
            })
            .collect();
        self.slots = slots;
        self.runs = (counts.0.into_inner(), counts.1.into_inner());
        for slot in self.slots.values() {
            told.extend(slot.told.iter().chain(&slot.made.told).cloned());
        }
        let content =
            |(route, slot): (&Route, &Slot)| (route.clone(), slot.made.content.clone());
        self.slots.iter().map(content).collect()
    }
}

/// Makes pages.
struct Maker<'a> {
    pages: &'a Pages,
    lookup: &'a Lookup<'a>,
    theme: &'a Theme,
    dialect: &'a Dialect,
    counts: &'a (AtomicUsize, AtomicUsize),
}

impl Maker<'_> {
    fn slot(&self, route: &Route, claim: &Claim, last: Option<&Slot>) -> Slot {
        let seen = self.seen(claim);
        if let Some(last) = last.filter(|it| it.seen == seen) {
            let (view, told, made) = (last.view, last.told.clone(), last.made.clone());
            return Slot { seen, view, told, made };
        }
        let Checked { value: view, diagnostics: told } = self.look(route, claim);
        let digest = view.digest();
        let made = match last {
            Some(last) if last.view == digest => last.made.clone(),
            _ => Arc::new(self.make(&view, last)),
        };
        Slot { seen, view: digest, told, made }
    }

    /// What stands for everything that a view is gathered from: the note itself with
    /// its history, the site, and the notes of the site where it embeds any.
    fn seen(&self, claim: &Claim) -> Digest {
        let own = match claim {
            Claim::Note(path) => self.lookup.notes.get(path).map(|note| {
                let embeds = note.value.embeds();
                let clock = self.lookup.clock;
                let life = clock.history.files.get(path);
                let overdue = clock.is_overdue(&note.value.card);
                (note.value.digest, embeds.then_some(self.lookup.texts), life, overdue)
            }),
            Claim::Section(_) | Claim::Overview | Claim::NotFound => None,
        };
        let site = (self.lookup.site.digest, self.lookup.overviews.digest);
        Digest::of(&(own, site, self.theme.digest))
    }

    fn look(&self, route: &Route, claim: &Claim) -> Checked<View> {
        let face = self.theme.digest;
        match claim {
            Claim::Note(path) => match self.lookup.notes.get(path) {
                Some(note) => look::note(self.lookup, note, face),
                None => Checked::fine(look::blank(self.lookup, route, face)),
            },
            Claim::Section(folder) => {
                Checked::fine(look::section(self.lookup, folder, route, face))
            }
            Claim::Overview => Checked::fine(look::overview(self.lookup, route, face)),
            Claim::NotFound => Checked::fine(look::not_found(self.lookup, face)),
        }
    }

    fn make(&self, view: &View, last: Option<&Slot>) -> Made {
        let body = view.body.as_ref().map(|body| {
            let digest = Digest::of(&(body, self.theme.blocks));
            let kept =
                last.and_then(|it| it.made.body.as_ref()).filter(|it| it.0 == digest);
            let html = kept.map_or_else(
                || {
                    self.counts.0.fetch_add(1, Ordering::Relaxed);
                    let comparison = |view: &ComparisonView| self.theme.comparison(view);
                    let scorecard = |view: &ScorecardView| self.theme.scorecard(view);
                    let words = &self.theme.words;
                    let dress =
                        Dress { words, comparison: &comparison, scorecard: &scorecard };
                    Arc::new(html::render(body, self.dialect, &dress))
                },
                |it| it.1.clone(),
            );
            (digest, html)
        });
        self.counts.1.fetch_add(1, Ordering::Relaxed);
        let empty = Html::default();
        let html = body.as_ref().map_or(&empty, |it| &it.1);
        let page = self.theme.page(view, html);
        Made {
            content: (self.pages.sink)(&view.route, page.value),
            told: html.told.iter().cloned().chain(page.diagnostics).collect(),
            body: body.filter(|_| self.pages.keeps_bodies),
        }
    }
}
