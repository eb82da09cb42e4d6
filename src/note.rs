//! A parsed note, and the card that other notes see of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::compare::reading::Vocabulary;
use crate::config::Config;
use crate::diag::{Checked, Diagnostic, Span};
use crate::kind::Kinds;
use crate::memo::Digest;
use crate::path::{FilePath, route_of_note};
use crate::project;
use crate::rubric::Rubrics;

pub mod event;
pub mod link;
pub mod slug;
pub mod emoji;
pub mod run;
pub mod element;
pub mod raw;
pub mod syntax;
pub mod sentence;
pub mod lead;
pub mod title;
pub mod part;
pub mod meta;
pub mod status;
pub mod schema;
pub mod contract;
pub mod front;
pub mod term;
pub mod dialect;
pub mod hub;
pub mod head;
pub mod comparison;
pub mod assessment;
pub mod component;
pub mod option;
pub mod card;
pub mod reference;
pub mod count;
pub mod lint;
mod saved;

use card::{Card, HeadingCard, LinkCard};
use comparison::Placed;
use event::Text;
use head::Head;
use link::Link;
use schema::Reference;
use syntax::Dialect;

/// A parsed note.
///
/// It holds its text and not the elements of it: reading them again when the page is
/// made costs less than keeping them for all notes at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Note {
    /// What other notes may see of it.
    pub card: Arc<Card>,
    /// The text of the file. Not saved: the file holds it.
    #[serde(skip)]
    pub text: Arc<str>,
    /// Where in the file the Markdown begins, behind the front matter.
    pub body: usize,
    /// The block of the Markdown that is shown as metadata.
    pub header: Option<Range<usize>>,
    /// The links in the order in which they stand, with their places.
    pub links: Vec<Link>,
    /// Where the metadata gives a value, by the name of its field as it is written:
    /// `review_by`, `last_updated`.
    pub places: BTreeMap<String, Span>,
    /// The notes that the metadata names, with their places.
    pub references: Vec<Reference>,
    /// Where the metadata says the status.
    pub status: Option<Span>,
    /// Front matter that cannot be read.
    pub broken: Option<Range<usize>>,
    /// The comparisons, in the order in which they stand.
    pub comparisons: Vec<Placed>,
    /// The answers to rubrics, in the order of their names.
    pub assessments: Vec<assessment::Placed>,
    /// For each id the bytes of the part for which it stands.
    pub parts: BTreeMap<String, Range<usize>>,
    /// Whether the text begins with the heading that is its title.
    pub titled: bool,
    /// How many words it has.
    pub words: usize,
    /// What stands for the note: equal digests, equal notes.
    pub digest: Digest,
    /// What stands for its card.
    pub face: Digest,
}

impl Note {
    /// Whether it shows parts of other notes.
    pub fn embeds(&self) -> bool {
        self.links.iter().any(|it| it.form == link::Form::Embed)
    }

    /// Where the metadata gives a field its value; the top of the file where it does not.
    pub fn place(&self, field: &str) -> Span {
        let place = self.places.get(field).cloned();
        place.unwrap_or_else(|| Span::new(&self.card.path, 0..0))
    }
}

/// What a note is parsed from, beside its own text.
pub struct Source<'a> {
    /// The note's file.
    pub path: &'a FilePath,
    /// Its text.
    pub text: &'a project::Text,
    /// A file beside it that holds its metadata.
    pub sidecar: Option<(&'a FilePath, &'a Arc<str>)>,
    /// The data files that it names; without a text those that are too large.
    pub data: BTreeMap<FilePath, Option<project::Text>>,
}

/// What is the same for all notes when they are parsed.
pub struct Setting<'a> {
    /// The folder that holds the notes.
    pub src: &'a FilePath,
    /// The configuration.
    pub config: &'a Config,
    /// Which Markdown they are written in.
    pub dialect: &'a Dialect,
    /// What the site says of comparisons.
    pub vocabulary: &'a Vocabulary,
    /// The kinds of notes.
    pub kinds: &'a Kinds,
    /// The rubrics of the site.
    pub rubrics: &'a Rubrics,
}

/// Parses a note.
pub fn parse(
    source: &Source<'_>,
    setting: &Setting<'_>,
    digest: Digest,
) -> Checked<Note> {
    let mut told = Vec::new();
    let path = source.path;
    let text = &source.text.text;
    let sidecar = source.sidecar.map(|(path, text)| (path, &**text));
    let mut head = head::read(path, text, sidecar, setting.kinds).tell(&mut told);
    let (mut read, faults) = syntax::read(path, text, head.body, setting.dialect);
    told.extend(faults);
    lint::note(path, text, &head, &read, &mut told);
    contract::sections(&head, &read.headings, setting.kinds, &mut told);
    settle_kind(&mut head, path, setting);
    let comparisons = comparisons(source, setting, &head, &mut read).tell(&mut told);
    let assessments = assessments(source, setting, &head, &mut read, &mut told);
    let title = title::of(path, &head, &read, setting).tell(&mut told);
    let mut card = card(path, setting, title, &head, &read, &comparisons);
    card.answer(&assessments);
    let note = Note {
        face: Digest::of(&card),
        card: Arc::new(card),
        text: text.clone(),
        body: head.body,
        header: head.header,
        titled: title::first_heading(&read).is_some(),
        parts: parts(&read),
        words: count::words(&read),
        links: read.links,
        places: head.places,
        references: head.references,
        status: head.status,
        broken: head.broken,
        comparisons,
        assessments,
        digest,
    };
    Checked { value: note, diagnostics: told }
}

/// Gives a note that names no kind that of its folder, and takes the notes that fields of
/// the kind name.
fn settle_kind(head: &mut Head, path: &FilePath, setting: &Setting<'_>) {
    let of_folder = || setting.kinds.of_folder(path, setting.src);
    let named = head.meta.kind.take();
    head.meta.kind = named.or_else(|| of_folder().map(|it| it.name.clone()));
    head.refer(setting.kinds);
}

fn comparisons(
    source: &Source<'_>,
    setting: &Setting<'_>,
    head: &head::Head,
    read: &mut Text<'_>,
) -> Checked<Vec<Placed>> {
    let results = head.meta.extra.iter().find(|(name, _)| name == "results");
    let context = comparison::Context {
        src: setting.src,
        path: source.path,
        source: &source.text.text,
        results: results.map(|(_, value)| value),
        data: &source.data,
        vocabulary: setting.vocabulary,
    };
    comparison::find(&context, read)
}

/// The answers to rubrics; tells of them, and of components that do not exist.
fn assessments(
    source: &Source<'_>,
    setting: &Setting<'_>,
    head: &Head,
    read: &mut Text<'_>,
    told: &mut Vec<Diagnostic>,
) -> Vec<assessment::Placed> {
    for (file, data) in &head.data {
        component::check(file, data, &setting.config.system, told);
    }
    assessment::find(source.path, head, setting.rubrics, read, told)
}

fn card(
    path: &FilePath,
    setting: &Setting<'_>,
    title: String,
    head: &Head,
    text: &Text<'_>,
    comparisons: &[Placed],
) -> Card {
    let meta = head.meta.clone();
    let lead = || lead::of(text, head.header.as_ref());
    Card {
        path: path.clone(),
        route: route_of_note(path, setting.src, meta.slug.as_deref()),
        title,
        summary: meta.summary.clone().unwrap_or_else(lead),
        headings: headings(text, title::first_heading(text)),
        anchors: anchors(text, comparisons),
        links: links(text),
        sheets: Vec::new(),
        options: option::find(&meta, text),
        comparisons: comparisons.iter().map(|it| it.comparison.clone()).collect(),
        tasks: count::tasks(text),
        terms: term::of(&meta, text, head.header.as_ref()),
        meta,
    }
}

fn headings(text: &Text<'_>, first: Option<usize>) -> Vec<HeadingCard> {
    let all = text.headings.iter().enumerate().filter(|(index, _)| Some(*index) != first);
    all.map(|(_, it)| HeadingCard {
        level: it.level,
        text: it.text.clone(),
        id: it.id.clone(),
    })
    .collect()
}

fn links(text: &Text<'_>) -> Vec<LinkCard> {
    let sentences = sentence::around_links(text);
    text.links
        .iter()
        .zip(sentences)
        .filter(|(link, _)| {
            !matches!(link.target, link::Target::Web(_) | link::Target::Unsafe(_))
        })
        .map(|(link, sentence)| LinkCard {
            target: link.target.clone(),
            form: link.form,
            sentence: sentence.into(),
        })
        .collect()
}

/// Every id that a link may lead to: those of the text, of comparisons and their rows.
fn anchors(text: &Text<'_>, comparisons: &[Placed]) -> BTreeSet<String> {
    let tables = comparisons.iter().flat_map(|placed| {
        let comparison = &placed.comparison;
        let rows =
            comparison.rows.iter().map(|row| format!("{}.{}", comparison.id, row.key));
        std::iter::once(comparison.id.clone()).chain(rows)
    });
    text.ids().map(str::to_owned).chain(tables).collect()
}

/// For each id of a text the bytes of the part for which it stands.
fn parts(text: &Text<'_>) -> BTreeMap<String, Range<usize>> {
    let place = |events: &Range<usize>| {
        let ends = text.events[events.clone()].iter().map(|(_, range)| range.end);
        text.events[events.start].1.start..ends.max().unwrap_or_default()
    };
    let parts = part::parts(text).into_iter().filter(|(_, events)| !events.is_empty());
    parts.map(|(id, events)| (id, place(&events))).collect()
}
