//! The pages of the last build: what each was made from, and what came of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::claims::{Claim, Claims};
use crate::diag::{Checked, Diagnostic};
use crate::html::{self, Dress, Html};
use crate::memo::{Digest, Ordered};
use crate::note::syntax::Dialect;
use crate::output::{self, Content, Find, Output, Sink, Text};
use crate::path::Route;
use crate::theme::Theme;
use crate::view::comparison::ComparisonView;
use crate::view::link::Lookup;
use crate::view::scorecard::ScorecardView;
use crate::view::{View, body, look};

/// The pages of the last build.
pub(super) struct Pages {
    /// In the order of their places.
    slots: Vec<(Route, Slot)>,
    sink: Arc<dyn Sink>,
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
    body: Option<Body>,
}

/// The HTML of a text, as it is kept to be used again.
#[derive(Clone)]
struct Body {
    /// What it was made from.
    seen: Digest,
    text: Text,
    /// The rest of it.
    rest: Arc<Html>,
}

impl Body {
    fn of(seen: Digest, mut html: Html) -> Self {
        let text = Text::packed(&std::mem::take(&mut html.text));
        Self { seen, text, rest: Arc::new(html) }
    }

    fn html(&self) -> Html {
        Html { text: self.text.to_string(), ..(*self.rest).clone() }
    }
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
        Self { keeps_bodies: true, ..Self::sinking(Arc::new(output::Keep)) }
    }
}

impl Pages {
    /// Pages that are handed to a sink and not kept.
    pub(super) fn sinking(sink: Arc<dyn Sink>) -> Self {
        Self { slots: Vec::new(), sink, keeps_bodies: false, runs: (0, 0) }
    }

    /// The pages as they are saved.
    pub(super) fn save(&self) -> Vec<SavedPage> {
        let saved = |(route, slot): &(Route, Slot)| {
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
        self.slots.sort_by(|a, b| a.0.cmp(&b.0));
    }

    /// How often a text was rendered and a page made in the last build.
    pub(super) fn runs(&self) -> (usize, usize) {
        self.runs
    }

    /// Forgets pages, so that they are made anew.
    pub(super) fn forget(&mut self, routes: &BTreeSet<Route>) {
        self.slots.retain(|(route, _)| !routes.contains(route));
    }

    /// What takes the files of the site as they are made.
    pub(super) fn sink(&self) -> Arc<dyn Sink> {
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
        let mut last = Ordered::of(std::mem::take(&mut self.slots));
        let asked: Vec<_> = claims
            .pages
            .iter()
            .map(|(route, claim)| (route, claim, last.take(route)))
            .collect();
        let maker = Maker { pages: self, lookup, theme, dialect, counts: &counts };
        let made = asked
            .into_par_iter()
            .map(|(route, claim, last)| (route.clone(), maker.slot(route, claim, last)));
        self.slots = made.collect();
        self.runs = (counts.0.into_inner(), counts.1.into_inner());
        for (_, slot) in &self.slots {
            told.extend(slot.told.iter().chain(&slot.made.told).cloned());
        }
        let contents = self.slots.iter();
        contents.map(|(route, it)| (route.clone(), it.made.content.clone())).collect()
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
    fn slot(&self, route: &Route, claim: &Claim, last: Option<Slot>) -> Slot {
        let seen = self.seen(claim);
        let last = match last {
            Some(last) if last.seen == seen => return last,
            last => last,
        };
        let Checked { value: view, diagnostics: told } = self.look(route, claim);
        let digest = view.digest();
        let made = match last {
            Some(last) if last.view == digest => last.made,
            last => Arc::new(self.make(&view, last.map(|it| it.made))),
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

    fn make(&self, view: &View, last: Option<Arc<Made>>) -> Made {
        let seen = view.body.as_ref().map(|body| Digest::of(&(body, self.theme.blocks)));
        let kept = last.and_then(|it| it.body.clone());
        let kept = kept.filter(|it| Some(it.seen) == seen);
        let html = match (&kept, &view.body) {
            (Some(kept), _) => kept.html(),
            (None, Some(body)) => self.render(body),
            (None, None) => Html::default(),
        };
        self.counts.1.fetch_add(1, Ordering::Relaxed);
        let page = self.theme.page(view, &html);
        Made {
            content: self.pages.sink.take(&view.route, page.value),
            told: html.told.iter().cloned().chain(page.diagnostics).collect(),
            body: seen
                .filter(|_| self.pages.keeps_bodies)
                .map(|seen| kept.unwrap_or_else(|| Body::of(seen, html))),
        }
    }

    fn render(&self, body: &body::Body) -> Html {
        self.counts.0.fetch_add(1, Ordering::Relaxed);
        let comparison = |view: &ComparisonView| self.theme.comparison(view);
        let scorecard = |view: &ScorecardView| self.theme.scorecard(view);
        let words = &self.theme.words;
        let dress = Dress { words, comparison: &comparison, scorecard: &scorecard };
        html::render(body, self.dialect, &dress)
    }
}
