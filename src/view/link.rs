//! The addresses of a note's links, seen from a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::freshness::Clock;
use crate::glossary::{Glossary, Uses};
use crate::kind::Kinds;
use crate::memo::{Digest, Memo};
use crate::note::Note;
use crate::note::comparison::evidence;
use crate::note::link::{Form, Link, Target};
use crate::note::part::Part;
use crate::overview::Overviews;
use crate::path::{FilePath, Route, route_of_file};
use crate::site::Site;
use crate::site::resolve::{Destination, Resolved, encoded_fragment};
use crate::view::body::{Address, Body, Embed, Kind};
use crate::view::source;

mod terms;

/// The most notes and parts of notes that are set into one page.
const EMBEDS: usize = 256;

/// What links are looked up in.
pub struct Lookup<'a> {
    /// The site.
    pub site: &'a Site,
    /// The pages that gather what many notes say.
    pub overviews: &'a Overviews,
    /// The notes, for what is embedded.
    pub notes: &'a Memo<FilePath, Checked<Note>>,
    /// What stands for all notes together.
    pub texts: Digest,
    /// The configuration.
    pub config: &'a Config,
    /// The words of the interface.
    pub words: &'a BTreeMap<String, String>,
    /// The kinds of notes.
    pub kinds: &'a Kinds,
    /// The terms of the site.
    pub glossary: &'a Glossary,
    /// The terms that each note names.
    pub uses: &'a Uses,
    /// What days are judged by.
    pub clock: Clock<'a>,
}

/// The text of a page, and what is wrong with its links.
pub fn body(
    lookup: &Lookup<'_>,
    note: &Arc<Checked<Note>>,
    page: &Route,
    told: &mut Vec<Diagnostic>,
) -> Body {
    let mut setting = Setting {
        lookup,
        page,
        trail: vec![(note.value.card.path.clone(), Part::Whole)],
        count: 0,
        refused: None,
    };
    let mut body = setting.body(note, Part::Whole, Some(told));
    body.terms = terms::links(lookup, &note.value.card, page, &body.addresses);
    body
}

/// What is being set into a page.
struct Setting<'a> {
    lookup: &'a Lookup<'a>,
    page: &'a Route,
    /// The notes around what is set in, to see circles.
    trail: Vec<(FilePath, Part)>,
    count: usize,
    /// What was not set in, because it is in a circle or too much.
    refused: Option<(FilePath, Part)>,
}

impl Setting<'_> {
    /// Diagnostics are told only for the page's own note: an embedded one tells its
    /// own on its own page.
    fn body(
        &mut self,
        shown: &Arc<Checked<Note>>,
        part: Part,
        mut told: Option<&mut Vec<Diagnostic>>,
    ) -> Body {
        let note = &shown.value;
        let mut addresses = Vec::with_capacity(note.links.len());
        let mut embeds = BTreeMap::new();
        for (index, link) in note.links.iter().enumerate() {
            let resolved = self.lookup.site.resolve(&note.card, &link.target, link.form);
            if let Some(told) = told.as_deref_mut() {
                self.tell(note, index, &resolved, told);
            }
            if link.form == Form::Embed
                && is_within(note, link, &part)
                && let Some(embed) = self.embed(note, link, &resolved)
            {
                embeds.insert(index, embed);
            }
            if let Some(told) = told.as_deref_mut()
                && let Some(step) = self.refused.take()
            {
                told.push(self.refusal(note, link, &step));
            }
            addresses.push(self.address(note, link, resolved.destination));
        }
        let there = self.page.href_to(&note.card.route);
        let base = there.strip_suffix("index.html").unwrap_or_default().to_owned();
        Body { note: shown.clone(), base, part, addresses, embeds, terms: Vec::new() }
    }

    fn address(
        &self,
        note: &Note,
        link: &Link,
        destination: Option<Destination>,
    ) -> Address {
        let site = self.lookup.site;
        let made = |href: String, kind: Kind, label: &str| Address {
            href,
            kind,
            label: label.into(),
        };
        match destination {
            Some(Destination::Note { path, fragment }) => {
                let Some(card) = site.card(&path) else {
                    return made(String::new(), Kind::Dead, "");
                };
                let own = path == note.card.path && card.route == *self.page;
                let file =
                    if own { String::new() } else { self.page.href_to(&card.route) };
                let heading = card.headings.iter().find(|it| it.id == fragment);
                let label = match heading {
                    Some(heading) if own => heading.text.clone(),
                    Some(heading) => format!("{} › {}", card.title, heading.text),
                    None => card.title.clone(),
                };
                let href = match fragment.as_str() {
                    "" if own => "#top".to_owned(),
                    "" => file,
                    fragment => format!("{file}#{}", encoded_fragment(fragment)),
                };
                let shown = if shows_title(note, link) { &*label } else { "" };
                made(href, Kind::Page, shown)
            }
            Some(Destination::Section(route)) => made(
                self.page.href_to(&route),
                Kind::Page,
                route.address().trim_end_matches('/'),
            ),
            Some(Destination::File { path, suffix }) => {
                let route = route_of_file(&path, &site.src);
                made(
                    format!("{}{suffix}", self.page.href_to(&route)),
                    Kind::File,
                    path.name(),
                )
            }
            Some(Destination::Outside(path)) => {
                let href = source::seen(self.lookup.config, &path).unwrap_or_default();
                made(href, Kind::Outside, path.as_str())
            }
            Some(Destination::Web(address)) => made(address.clone(), Kind::Web, &address),
            // What a rule of the site has rewritten in vain leads where it was written.
            None => match (&link.target, Target::of(&link.written)) {
                (Target::Wiki { .. }, Target::Web(address)) => {
                    made(address.clone(), Kind::Web, &address)
                }
                _ => made(String::new(), Kind::Dead, &written(&link.target)),
            },
        }
    }

    fn embed(&mut self, from: &Note, link: &Link, resolved: &Resolved) -> Option<Embed> {
        let Some(Destination::Note { path, fragment }) = &resolved.destination else {
            return None;
        };
        let note = self.lookup.notes.get(path)?;
        let part = match fragment.as_str() {
            "" if fragment_of(&link.target).is_empty() => Part::Whole,
            // The heading is dead, which has been told: no part of the note was meant.
            "" => return None,
            id => Part::Of(id.to_owned()),
        };
        let step = (path.clone(), part.clone());
        self.count += 1;
        let circle = self.trail.iter().position(|it| *it == step);
        if circle.is_some() || self.count > EMBEDS {
            // A circle of other notes is told on their own pages.
            let own = |start: usize| {
                self.trail[start..].iter().any(|it| it.0 == self.trail[0].0)
            };
            self.refused = Some(step).filter(|_| circle.is_none_or(own));
            return None;
        }
        self.trail.push(step);
        let body = self.body(note, part, None);
        self.trail.pop();
        let href = self.address(from, link, resolved.destination.clone()).href;
        Some(Embed { body, title: note.value.card.title.as_str().into(), href })
    }

    fn refusal(&self, from: &Note, link: &Link, step: &(FilePath, Part)) -> Diagnostic {
        let span = Span::new(&from.card.path, link.range.clone());
        if self.count > EMBEDS {
            let message = format!("more than {EMBEDS} notes are embedded in this page");
            return Diagnostic::new(Rule::EmbedLimit, span, message)
                .hint("link to some of them instead");
        }
        Diagnostic::new(Rule::EmbedCycle, span, format!("`{}` embeds itself", step.0))
            .hint("link to it instead: write it without the `!`")
    }

    fn tell(
        &self,
        note: &Note,
        index: usize,
        resolved: &Resolved,
        told: &mut Vec<Diagnostic>,
    ) {
        let outside = match &resolved.destination {
            Some(Destination::Outside(path)) => Some(path),
            _ => None,
        };
        if resolved.faults.is_empty() && outside.is_none() {
            return;
        }
        let own = || Span::new(&note.card.path, note.links[index].place.clone());
        let span = evidence::place_of(&note.comparisons, index).unwrap_or_else(own);
        for fault in &resolved.faults {
            let mut diagnostic =
                Diagnostic::new(fault.rule, span.clone(), fault.message.clone());
            diagnostic.hints.extend(fault.hint.clone());
            told.push(diagnostic);
        }
        if let Some(path) = outside {
            let message = format!("`{path}` is in the project, but no part of the site");
            let mut diagnostic = Diagnostic::new(Rule::OutsideLink, span, message);
            diagnostic.hints.extend(self.way_out(path));
            told.push(diagnostic);
        }
    }

    /// What would make a link to a file lead somewhere that is no part of the site.
    fn way_out(&self, path: &FilePath) -> Option<String> {
        if self.lookup.notes.get(path).is_some_and(|it| it.value.card.meta.draft) {
            return Some("take `draft` out of it, or build with `--drafts`".to_owned());
        }
        let nowhere = source::seen(self.lookup.config, path).is_none();
        nowhere.then(|| "set `repository` in `[site]`: it then leads there".to_owned())
    }
}

/// Whether a link shows what the note is called that it leads to, for want of words of
/// its own.
fn shows_title(note: &Note, link: &Link) -> bool {
    let wiki = matches!(link.target, Target::Wiki { .. });
    link.form == Form::Evidence || wiki && !note.text[link.range.clone()].contains('|')
}

/// Whether a link stands in a part of its note.
fn is_within(note: &Note, link: &Link, part: &Part) -> bool {
    let Part::Of(id) = part else { return true };
    let place = note.parts.get(id);
    place.is_some_and(|it| it.start <= link.range.start && link.range.end <= it.end)
}

fn fragment_of(target: &Target) -> String {
    match target {
        Target::Path { fragment, .. } => fragment.clone(),
        Target::Wiki { fragment, .. } => fragment.join("#"),
        Target::Web(_) | Target::Unsafe(_) => String::new(),
    }
}

fn written(target: &Target) -> String {
    match target {
        Target::Path { path, .. } => path.clone(),
        Target::Wiki { name, .. } => name.clone(),
        Target::Web(address) | Target::Unsafe(address) => address.clone(),
    }
}
