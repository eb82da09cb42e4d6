//! The sections of a note: what can be found, and shown of it.

use std::ops::Range;

use crate::note::Note;
use crate::note::event::{Element, Event, Text};
use crate::note::syntax::{self, Dialect};

/// How many bytes of text are in a section, or a part, at most: so much is loaded for a
/// result.
pub(super) const LARGEST: usize = 12 * 1024;

/// A section of a note, or a piece of one.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// The id of its heading; empty before the first.
    pub(super) id: String,
    /// The heading, without markup.
    pub(super) heading: String,
    /// The text, without markup; blocks are lines.
    pub(super) text: String,
    /// Which bytes of the text are code blocks.
    pub(super) code: Vec<Range<usize>>,
}

/// The sections of a note, in order. The heading that is its title begins none.
pub(super) fn of(note: &Note, dialect: &Dialect) -> Vec<Section> {
    let (text, _) = syntax::read(&note.card.path, &note.text, note.body, dialect);
    let mut writer = Writer::default();
    let mut index = 0;
    while let Some((event, _)) = text.events.get(index) {
        let heading = match event {
            Event::Open(Element::Heading(heading)) => Some(*heading),
            _ => None,
        };
        if let Some(heading) = heading {
            writer.heading(note, &text, heading);
            index = text.end_of(index);
        } else {
            writer.event(event);
            index += 1;
        }
    }
    writer.done.push(writer.section);
    writer.done.retain(|it| !it.text.trim().is_empty() || !it.heading.is_empty());
    writer.done
}

/// Elements of raw HTML that stand within a word or beside one.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "small",
    "span", "strong", "sub", "sup", "u", "var",
];

#[derive(Default)]
struct Writer {
    done: Vec<Section>,
    section: Section,
    /// For each element that is open what follows it.
    open: Vec<Option<char>>,
}

impl Writer {
    fn heading(&mut self, note: &Note, text: &Text<'_>, index: usize) {
        let heading = &text.headings[index];
        if note.titled && self.is_empty() && heading.text == note.card.title {
            return;
        }
        let next = Section {
            id: heading.id.clone(),
            heading: heading.text.clone(),
            ..Section::default()
        };
        self.done.push(std::mem::replace(&mut self.section, next));
    }

    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.section.heading.is_empty()
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Open(element) => {
                let end = match element {
                    Element::Cell => Some(' '),
                    element if element.is_block() => Some('\n'),
                    _ => None,
                };
                self.separate(end);
                self.open.push(end);
            }
            Event::Close => {
                let end = self.open.pop().flatten();
                self.separate(end);
            }
            Event::Text(it) | Event::Code(it) | Event::Math(it) => self.text(it),
            Event::Fence { code, .. } => self.code(code),
            Event::Tag(tag) if !INLINE.contains(&&*tag.name) => self.separate(Some(' ')),
            Event::SoftBreak | Event::HardBreak => self.section.text.push(' '),
            Event::Html(_)
            | Event::Tag(_)
            | Event::Comment(_)
            | Event::Footnote(_)
            | Event::Anchor(_)
            | Event::Embed(_)
            | Event::Rule
            | Event::Task(_) => {}
        }
    }

    fn code(&mut self, code: &str) {
        self.separate(Some('\n'));
        for piece in pieces(code) {
            self.make_room(piece);
            let start = self.section.text.len();
            self.section.text.push_str(piece);
            self.section.code.push(start..self.section.text.len());
        }
        self.separate(Some('\n'));
    }

    fn text(&mut self, text: &str) {
        for piece in pieces(text) {
            self.make_room(piece);
            self.section.text.push_str(piece);
        }
    }

    /// Goes on in another section of the same name where this one is too large, if no
    /// word is cut by it.
    fn make_room(&mut self, piece: &str) {
        let space = |it: char| it == ' ' || it == '\n';
        let text = &self.section.text;
        let between = text.ends_with(space) || piece.starts_with(space);
        if between && text.len() + piece.len() > LARGEST {
            let next = Section {
                id: self.section.id.clone(),
                heading: self.section.heading.clone(),
                ..Section::default()
            };
            self.done.push(std::mem::replace(&mut self.section, next));
        }
    }

    fn separate(&mut self, by: Option<char>) {
        let text = &mut self.section.text;
        if let Some(by) = by
            && !text.is_empty()
            && !text.ends_with([' ', '\n'])
        {
            text.push(by);
        }
    }
}

/// A text in pieces that are not too large, between words where that can be.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let most = rest.floor_char_boundary(LARGEST);
        let end = match rest[..most].rfind([' ', '\n']) {
            Some(space) if most < rest.len() && space > 0 => space,
            _ => most,
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}
