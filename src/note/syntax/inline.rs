//! The inline elements: links, wikilinks, marks and comments within a block.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark as md;

use super::mark::Mark;
use super::{Item, Reader, autolink, block, cow, footnote};
use crate::note::event::{Element, Event};
use crate::note::link::{Form, Link, Target};
use crate::note::run::Run;

/// How far a delimiter looks for its partner, in bytes or elements: so that no text,
/// however it is made, takes more than linear time.
pub(super) const REACH: usize = 1000;

/// Where the reading of a block's inline elements stands.
#[derive(Default)]
pub(super) struct Cursor {
    /// The item.
    pub(super) item: usize,
    /// The byte within it, if it is a run.
    pub(super) at: usize,
    /// How many elements are open.
    pub(super) depth: usize,
    /// How many of them are links, in which no other link can be.
    pub(super) links: usize,
    /// `==` and `%%` that may begin something.
    pub(super) marks: Vec<Mark>,
}

impl<'a> Reader<'a, '_> {
    /// Reads the inline elements of one block.
    pub(super) fn inline(&mut self, items: &[Item<'a>]) {
        let mut cursor = Cursor::default();
        while let Some(item) = items.get(cursor.item) {
            match item {
                Item::Run(run) if cursor.at < run.text.len() => {
                    let end = run.text.len();
                    self.run(items, run, end, &mut cursor);
                }
                Item::Run(_) => cursor.next(),
                Item::Event(event, range) => {
                    self.inline_event(event, range, &mut cursor);
                    cursor.next();
                }
            }
        }
    }

    pub(super) fn inline_event(
        &mut self,
        event: &md::Event<'a>,
        range: &Range<usize>,
        cursor: &mut Cursor,
    ) {
        match event {
            md::Event::Start(tag) => {
                cursor.depth += 1;
                let element = self.open(tag, range, cursor);
                self.emit(Event::Open(element), range.clone());
            }
            md::Event::End(tag) => {
                cursor.depth = cursor.depth.saturating_sub(1);
                while cursor.marks.last().is_some_and(|it| it.depth > cursor.depth) {
                    cursor.marks.pop();
                }
                if *tag == md::TagEnd::Link {
                    cursor.links = cursor.links.saturating_sub(1);
                }
                self.emit(Event::Close, range.clone());
            }
            md::Event::InlineHtml(html) if self.dialect.extensions => {
                let mut run = Run::default();
                run.push(html, range.clone(), false);
                self.html(&run);
            }
            event => {
                if let Some(leaf) = self.leaf(event, range) {
                    self.emit(leaf, range.clone());
                }
            }
        }
    }

    /// What an event that holds no others is for the reader.
    fn leaf(&self, event: &md::Event<'a>, range: &Range<usize>) -> Option<Event<'a>> {
        Some(match event {
            md::Event::Code(code) => Event::Code(cow(code.clone())),
            md::Event::InlineMath(_) | md::Event::DisplayMath(_) => {
                Event::Math(Cow::Borrowed(&self.source[range.clone()]))
            }
            md::Event::InlineHtml(html) | md::Event::Html(html) => {
                Event::Html(cow(html.clone()))
            }
            md::Event::FootnoteReference(label) => {
                Event::Footnote(footnote::label(label.clone()))
            }
            md::Event::SoftBreak => Event::SoftBreak,
            md::Event::HardBreak => Event::HardBreak,
            md::Event::TaskListMarker(done) => Event::Task(*done),
            _ => return None,
        })
    }

    fn open(
        &mut self,
        tag: &md::Tag<'a>,
        range: &Range<usize>,
        cursor: &mut Cursor,
    ) -> Element<'a> {
        match tag {
            md::Tag::Link { link_type, dest_url, title, .. } => {
                cursor.links += 1;
                let address = match link_type {
                    md::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let target = self.target(&address);
                let written = (&*address, &**title);
                Element::Link(self.markdown_link(target, Form::Link, written, range))
            }
            md::Tag::Image { dest_url, title, .. } => {
                let target = self.target(dest_url);
                let written = (&**dest_url, &**title);
                Element::Image(self.markdown_link(target, Form::Image, written, range))
            }
            tag => block::element(tag.clone()),
        }
    }

    fn markdown_link(
        &mut self,
        target: Target,
        form: Form,
        (destination, title): (&str, &str),
        range: &Range<usize>,
    ) -> usize {
        let place = self.place_of(destination, range);
        let (written, title) = (destination.to_owned(), title.to_owned());
        self.link(Link { target, form, written, title, range: range.clone(), place })
    }

    /// Adds a link that has no title.
    pub(super) fn plain_link(
        &mut self,
        target: Target,
        form: Form,
        written: &str,
        range: &Range<usize>,
        place: Range<usize>,
    ) -> usize {
        let (written, title) = (written.to_owned(), String::new());
        self.link(Link { target, form, written, title, range: range.clone(), place })
    }

    /// The bytes of a destination within its link; the whole link where the
    /// destination stands in a reference definition.
    fn place_of(&self, destination: &str, range: &Range<usize>) -> Range<usize> {
        match self.source[range.clone()].rfind(destination) {
            Some(at) if !destination.is_empty() => {
                range.start + at..range.start + at + destination.len()
            }
            _ => range.clone(),
        }
    }

    /// Reads a run from the cursor to `end`, or as far as what begins in it goes.
    pub(super) fn run(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        end: usize,
        cursor: &mut Cursor,
    ) {
        if !self.dialect.extensions {
            self.words(run, cursor.at..end);
            cursor.at = end;
            return;
        }
        let item = cursor.item;
        let mut links = autolink::find(&run.text, cursor.at..end, &self.dialect.mentions);
        links.reverse();
        while cursor.item == item && cursor.at < end {
            while links.last().is_some_and(|it| it.range.start < cursor.at) {
                links.pop();
            }
            let stop = links.last().map_or(end, |it| it.range.start.min(end));
            let special =
                find_special(&run.text[cursor.at..stop]).map(|it| cursor.at + it);
            let at = special.unwrap_or(stop);
            self.words(run, cursor.at..at);
            cursor.at = at;
            match links.pop_if(|_| special.is_none() && at < end) {
                Some(found) if cursor.links == 0 => self.bare(items, run, &found, cursor),
                Some(found) => {
                    self.words(run, found.range.clone());
                    cursor.at = found.range.end;
                }
                None if special.is_some() => self.special(items, run, end, cursor),
                None => {}
            }
        }
    }

    /// What begins with `[`, `!`, `=`, `%` or `^`, or only that letter.
    fn special(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        end: usize,
        cursor: &mut Cursor,
    ) {
        let at = cursor.at;
        let rest = &run.text[at..end];
        let literal = run.is_escaped(at);
        let wiki = self.dialect.wikilinks && cursor.links == 0 && !literal;
        if wiki && rest.starts_with("![[") && self.wikilink(items, run, true, cursor) {
            return;
        }
        if wiki && rest.starts_with("[[") && self.wikilink(items, run, false, cursor) {
            return;
        }
        if rest.starts_with("[^") && !literal {
            self.undefined_footnote(run, at..end);
        }
        let delimiter = ["==", "%%"].into_iter().find(|it| rest.starts_with(it));
        if let Some(delimiter) = delimiter.filter(|_| !literal) {
            return self.delimiter(delimiter, run, cursor);
        }
        if rest.starts_with('^') && self.block_id(items, run, end, cursor) {
            return;
        }
        let width = rest.chars().next().map_or(1, char::len_utf8);
        self.words(run, at..at + width);
        cursor.at = at + width;
    }

    /// Emits words as they are; looks for slips of the pen in them.
    pub(super) fn words(&mut self, run: &Run, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let source = run.source(range.clone());
        let words = &run.text[range];
        if words.contains(")[") {
            self.link_slips(words, source.start);
        }
        let text = match self.source.get(source.clone()) {
            Some(same) if same == words => Cow::Borrowed(same),
            _ => Cow::Owned(words.to_owned()),
        };
        self.emit(Event::Text(text), source);
    }
}

impl Cursor {
    pub(super) fn next(&mut self) {
        self.item += 1;
        self.at = 0;
    }
}

/// As much of a text as is looked at for a partner.
pub(super) fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

fn find_special(text: &str) -> Option<usize> {
    let begins = |byte: u8| matches!(byte, b'[' | b'!' | b'=' | b'%' | b'^');
    let mut places = text.bytes().enumerate().filter(|it| begins(it.1)).map(|it| it.0);
    places.find(|at| {
        let rest = &text.as_bytes()[*at..];
        let marks: [&[u8]; 6] = [b"[[", b"[^", b"![[", b"==", b"%%", b"^"];
        marks.iter().any(|it| rest.starts_with(it))
    })
}
