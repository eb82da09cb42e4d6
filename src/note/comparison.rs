//! The comparisons of a note: where they stand in its text, and what they say.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::compare::data;
use crate::compare::directive::{self, Directive};
use crate::compare::reading::{Reading, Vocabulary};
use crate::compare::source;
use crate::compare::table;
use crate::compare::{Comparison, Located, Places};
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::fence;
use crate::note::event::{Element, Event, Text};
use crate::note::link::Target;
use crate::path::FilePath;
use crate::project;
use crate::value::Value;

pub mod evidence;
pub mod file;
pub mod gfm;
mod name;

use evidence::Evidence;
use gfm::WrittenCells;

/// A comparison, and where it stands in its note.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placed {
    /// The events that it stands in place of.
    pub events: Range<usize>,
    /// What it says.
    pub comparison: Arc<Comparison>,
    /// The cells that are written in the note.
    pub cells: WrittenCells,
    /// The bytes of the copy of a data file that stands in the note, if it is one.
    pub region: Option<Range<usize>>,
    /// Where its parts stand: in the note, or in a data file.
    pub places: Places,
    /// The links of a note that are evidence of a cell, where the cell is not written in
    /// the note.
    pub evidence: Evidence,
}

/// What comparisons are read from, beside the note's text.
pub struct Context<'a> {
    /// The folder of the notes.
    pub src: &'a FilePath,
    /// The note's file.
    pub path: &'a FilePath,
    /// The text of the file.
    pub source: &'a str,
    /// The `results` of the metadata.
    pub results: Option<&'a Value>,
    /// The data files that the note may name.
    pub data: &'a BTreeMap<FilePath, Option<project::Text>>,
    /// What the site says of comparisons.
    pub vocabulary: &'a Vocabulary,
}

/// Finds the comparisons of a text. Their evidence becomes links of the text.
pub fn find(context: &Context<'_>, text: &mut Text<'_>) -> Checked<Vec<Placed>> {
    let mut finder =
        Finder { context, placed: Vec::new(), told: Vec::new(), directive: None };
    let mut at = 0;
    while at < text.events.len() {
        at = finder.step(text, at);
    }
    finder.leave_directive();
    let Finder { mut placed, told, .. } = finder;
    name::ids(&mut placed);
    for placed in &mut placed {
        evidence::link(placed, text);
    }
    Checked { value: placed, diagnostics: told }
}

struct Finder<'c, 'n> {
    context: &'c Context<'n>,
    placed: Vec<Placed>,
    told: Vec<Diagnostic>,
    /// A directive that waits for its table, and its event.
    directive: Option<(Directive, usize)>,
}

impl Finder<'_, '_> {
    /// Looks at the event at an index; gives the index from which to go on.
    fn step(&mut self, text: &Text<'_>, at: usize) -> usize {
        let (event, range) = &text.events[at];
        match event {
            Event::Comment(_) => self.comment(text, at, range),
            Event::Open(Element::Table(_)) => self.table(text, at),
            Event::Open(Element::Paragraph) => self.paragraph(text, at),
            Event::Fence { .. } => {
                self.leave_directive();
                self.fence(text, at);
                at + 1
            }
            Event::Open(Element::Heading(_)) | Event::Rule => {
                self.leave_directive();
                at + 1
            }
            _ => at + 1,
        }
    }

    fn comment(&mut self, text: &Text<'_>, at: usize, range: &Range<usize>) -> usize {
        let mut reading = Reading::new(self.context.path, self.context.vocabulary);
        let html = &self.context.source[range.clone()];
        let comment = directive::comment(html.trim_end(), range.start, &mut reading);
        self.told.append(&mut reading.told);
        if let Some(directive::Comment::Open(directive)) = comment {
            self.leave_directive();
            if directive.src.is_some() {
                return self.region(text, at, &directive);
            }
            if directive.from.is_some() {
                self.results(text, at, &directive);
                return at + 1;
            }
            self.directive = Some((*directive, at));
        }
        at + 1
    }

    /// Tells of a directive that no table follows.
    fn leave_directive(&mut self) {
        if let Some((directive, _)) = self.directive.take() {
            let span = Span::new(self.context.path, directive.range);
            self.told.push(
                Diagnostic::new(
                    Rule::BadDirective,
                    span,
                    "no table follows this directive",
                )
                .hint("put it on the line above the table that it is about"),
            );
        }
    }

    fn table(&mut self, text: &Text<'_>, at: usize) -> usize {
        let end = text.end_of(at);
        let (table, cells) = gfm::read(text, at..end, self.context.source);
        let (directive, start) = match self.directive.take() {
            Some((directive, start)) => (directive, start),
            None if table::is_comparison(&table.header, self.context.vocabulary) => (
                Directive { file: self.context.path.clone(), ..Directive::default() },
                at,
            ),
            None => return end,
        };
        let read =
            table::read(&table, &directive, self.context.path, self.context.vocabulary);
        let mut located = read.tell(&mut self.told);
        table::fill_notes(&mut located.comparison, |label| gfm::footnote(text, label));
        self.place(text, start..end, located, cells);
        end
    }

    /// `<!-- compare src=… -->` to `<!-- /compare -->`: the data file is what counts, the
    /// table between is a copy of it.
    fn region(&mut self, text: &Text<'_>, at: usize, directive: &Directive) -> usize {
        let end = (at + 1..text.events.len())
            .take_while(|it| {
                !matches!(text.events[*it].0, Event::Open(Element::Heading(_)))
            })
            .find(|it| match &text.events[*it].0 {
                Event::Comment(words) => words.trim() == "/compare",
                _ => false,
            });
        let Some(given) = &directive.src else { return at + 1 };
        let read = file::read(self.context, &given.text, given.range.clone(), directive);
        let located = read.tell(&mut self.told);
        let Some(end) = end else {
            let span = Span::new(self.context.path, directive.range.clone());
            self.told.push(
                Diagnostic::new(Rule::BadDirective, span, "this region is not closed")
                    .hint("write `<!-- /compare -->` on a line below the table"),
            );
            return at + 1;
        };
        let Some(located) = located else { return at + 1 };
        let inside = text.events[at].1.end..text.events[end].1.start;
        let span = Span::new(self.context.path, inside.clone());
        let copy = &self.context.source[inside.clone()];
        self.told.extend(source::stale(copy, span, &located));
        self.place(text, at..end + 1, located, WrittenCells::default());
        if let Some(placed) = self.placed.last_mut() {
            placed.region = Some(inside);
        }
        end + 1
    }

    fn results(&mut self, text: &Text<'_>, at: usize, directive: &Directive) {
        let Some(results) = self.context.results else {
            let span = Span::new(self.context.path, directive.range.clone());
            self.told.push(
                Diagnostic::new(Rule::BadDirective, span, "the note has no `results`")
                    .hint("write them in its front matter"),
            );
            return;
        };
        let (path, vocabulary) = (self.context.path, self.context.vocabulary);
        let located =
            data::results(path, results, directive, vocabulary).tell(&mut self.told);
        self.place(text, at..at + 1, located, WrittenCells::default());
    }

    /// A paragraph that is only a link to a data file whose title begins with `compare`.
    fn paragraph(&mut self, text: &Text<'_>, at: usize) -> usize {
        let link = match text.events.get(at + 1) {
            Some((Event::Open(Element::Link(index)), _)) => &text.links[*index],
            _ => return at + 1,
        };
        let end = text.end_of(at);
        let alone = text.end_of(at + 1) + 1 == end;
        if !alone || !link.title.starts_with("compare") {
            return at + 1;
        }
        self.leave_directive();
        let mut reading = Reading::new(self.context.path, self.context.vocabulary);
        let source = &self.context.source[link.range.clone()];
        let place = link.range.start + source.rfind(&link.title).unwrap_or(0);
        let directive = directive::words(&link.title, place, &mut reading);
        self.told.append(&mut reading.told);
        let Some(mut directive) = directive else { return at + 1 };
        if directive.caption.is_none() {
            let words = text.plain(at + 1..end);
            directive.caption =
                Some(crate::compare::reading::Given::new(words, link.range.clone()));
        }
        let Target::Path { path, .. } = &link.target else { return end };
        if file::is_missing(self.context, path) {
            return end;
        }
        let read = file::read(self.context, path, link.place.clone(), &directive);
        if let Some(located) = read.tell(&mut self.told) {
            self.place(text, at..end, located, WrittenCells::default());
        }
        end
    }

    fn fence(&mut self, text: &Text<'_>, at: usize) {
        let (Event::Fence { info, code }, range) = &text.events[at] else { return };
        let info_ = fence::parse(info).fence;
        if info_.language.as_deref() != Some("compare") {
            return;
        }
        let mut reading = Reading::new(self.context.path, self.context.vocabulary);
        let source = &self.context.source[range.clone()];
        let info_at = range.start + source.find(&**info).unwrap_or(0);
        let directive = directive::words(info, info_at, &mut reading);
        self.told.append(&mut reading.told);
        // In a list or quote the code does not stand in the file as it is.
        let start = source.find(&**code).map_or(range.start, |it| range.start + it);
        let (path, vocabulary) = (self.context.path, self.context.vocabulary);
        let directive = directive.unwrap_or_else(|| Directive {
            file: path.clone(),
            range: range.clone(),
            ..Directive::default()
        });
        let read = data::fence(path, code, start, &directive, vocabulary);
        let broken = read.value.comparison.sides.is_empty();
        let located = read.tell(&mut self.told);
        // What cannot be read stays the code that it is.
        if !broken {
            self.place(text, at..at + 1, located, WrittenCells::default());
        }
    }

    fn place(
        &mut self,
        text: &Text<'_>,
        events: Range<usize>,
        mut located: Located,
        cells: WrittenCells,
    ) {
        let start = name::caption(text, events.start, &mut located.comparison);
        self.placed.push(Placed {
            events: start..events.end,
            comparison: Arc::new(located.comparison),
            cells,
            region: None,
            places: located.places,
            evidence: Evidence::default(),
        });
    }
}
