//! A parsed note, and the card that other notes see of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::compare::reading::Vocabulary;
use crate::config::Config;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Digest;
use crate::path::{FilePath, route_of_note};
use crate::project;

pub mod event;
pub mod link;
pub mod slug;
pub mod emoji;
pub mod run;
pub mod raw;
pub mod syntax;
pub mod sentence;
pub mod meta;
pub mod status;
pub mod schema;
pub mod front;
pub mod dialect;
pub mod head;
pub mod comparison;
pub mod card;
pub mod lint;

use card::{Card, HeadingCard, LinkCard};
use comparison::Placed;
use event::{Element, Event, Text};
use link::Link;
use schema::Reference;
use syntax::Dialect;

/// A parsed note.
///
/// It holds its text and not the elements of it: reading them again when the page is
/// made costs less than keeping them for all notes at once.
#[derive(Clone, Debug)]
pub struct Note {
    /// What other notes may see of it.
    pub card: Arc<Card>,
    /// The text of the file.
    pub text: Arc<str>,
    /// Where in the file the Markdown begins, behind the front matter.
    pub body: usize,
    /// The block of the Markdown that is shown as metadata.
    pub header: Option<Range<usize>>,
    /// The links in the order in which they stand, with their places.
    pub links: Vec<Link>,
    /// The notes that the metadata names, with their places.
    pub references: Vec<Reference>,
    /// Front matter that cannot be read.
    pub broken: Option<Range<usize>>,
    /// The comparisons, in the order in which they stand.
    pub comparisons: Vec<Placed>,
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
    pub data: BTreeMap<FilePath, Option<Arc<str>>>,
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
    let head = head::read(path, text, sidecar).tell(&mut told);
    let (mut read, faults) = syntax::read(path, text, head.body, setting.dialect);
    told.extend(faults);
    lint::note(path, text, &read, &mut told);
    let comparisons = comparisons(source, setting, &head, &mut read).tell(&mut told);

    let first = first_heading(&read);
    let title = title(&head.meta, &read, first, path, setting);
    if text[head.body..].trim().is_empty() {
        let span = Span::new(path, 0..0);
        told.push(Diagnostic::new(
            Rule::EmptyNote,
            span,
            "there is nothing in this note",
        ));
    }
    let card = Card {
        path: path.clone(),
        route: route_of_note(path, setting.src, head.meta.slug.as_deref()),
        title,
        summary: head
            .meta
            .summary
            .clone()
            .unwrap_or_else(|| summary(&read, head.header.as_ref())),
        headings: headings(&read, first),
        anchors: anchors(&read, &comparisons),
        links: links(&read),
        comparisons: comparisons.iter().map(|it| it.comparison.clone()).collect(),
        meta: head.meta,
    };
    let note = Note {
        face: Digest::of(&card),
        card: Arc::new(card),
        text: text.clone(),
        body: head.body,
        header: head.header,
        titled: first.is_some(),
        words: words(&read),
        links: read.links,
        references: head.references,
        broken: head.broken,
        comparisons,
        digest,
    };
    Checked { value: note, diagnostics: told }
}

fn comparisons(
    source: &Source<'_>,
    setting: &Setting<'_>,
    head: &head::Head,
    read: &mut Text<'_>,
) -> Checked<Vec<Placed>> {
    let results = head.meta.extra.iter().find(|(name, _)| name == "results");
    let context = comparison::Context {
        path: source.path,
        source: &source.text.text,
        results: results.map(|(_, value)| value),
        data: &source.data,
        vocabulary: setting.vocabulary,
    };
    comparison::find(&context, read)
}

/// The heading of level 1 with which a text begins.
fn first_heading(text: &Text<'_>) -> Option<usize> {
    let first = text.events.iter().find(|(event, _)| event.is_visible());
    match first {
        Some((Event::Open(Element::Heading(index)), _))
            if text.headings[*index].level == 1 =>
        {
            Some(*index)
        }
        _ => None,
    }
}

/// The title: what the metadata says, else the heading with which the text begins or
/// the only one of level 1, else the file's name.
fn title(
    meta: &meta::Meta,
    text: &Text<'_>,
    first: Option<usize>,
    path: &FilePath,
    setting: &Setting<'_>,
) -> String {
    let heading = || {
        let mut tops = text.headings.iter().filter(|it| it.level == 1);
        let only = tops.next().filter(|_| tops.next().is_none());
        let heading = first.map(|it| &text.headings[it]).or(only);
        heading.map(|it| it.text.clone()).filter(|it| !it.is_empty())
    };
    let name = || {
        let folder = path.folder();
        match (path.is_index(), folder == *setting.src) {
            (true, true) => setting
                .config
                .book
                .title
                .clone()
                .unwrap_or_else(|| path.stem().to_owned()),
            (true, false) => folder.name().to_owned(),
            _ => path.stem().to_owned(),
        }
    };
    meta.title.clone().or_else(heading).unwrap_or_else(name)
}

/// The first paragraph, as far as 200 characters go.
fn summary(text: &Text<'_>, header: Option<&Range<usize>>) -> String {
    const LONGEST: usize = 200;
    let mut events = text.events.iter().enumerate();
    let start = events.find(|(_, (event, range))| {
        *event == Event::Open(Element::Paragraph)
            && header.is_none_or(|it| range.start >= it.end || range.end <= it.start)
    });
    let Some((start, _)) = start else { return String::new() };
    let mut words = String::new();
    for (event, _) in &text.events[start + 1..] {
        match event {
            Event::Text(it) | Event::Code(it) | Event::Math(it) => words.push_str(it),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Open(element) if element.is_block() => break,
            _ => {}
        }
        if words.len() > 4 * LONGEST {
            break;
        }
    }
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = emoji::shown(&line);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let cut = line[..end].rfind(' ').unwrap_or(end);
            format!("{}…", line[..cut].trim_end_matches([',', ';', ':', '.']))
        }
        None => line.into_owned(),
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

/// How many words are read: those of the text, and those of the code.
fn words(text: &Text<'_>) -> usize {
    let count = |it: &str| it.split_whitespace().count();
    text.events
        .iter()
        .map(|(event, _)| match event {
            Event::Text(it) | Event::Code(it) => count(it),
            Event::Fence { code, .. } => count(code),
            _ => 0,
        })
        .sum()
}
