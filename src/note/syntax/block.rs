//! Blocks: headings, code, raw HTML, and what stands in them.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark as md;

use super::item::items;
use super::{Events, Reader, Sourced, cells, comment, cow, footnote, markup};
use crate::diag::Rule;
use crate::note::event::{Align, Element, Event, Heading};
use crate::note::run::Run;

impl<'a> Reader<'a, '_> {
    pub(super) fn blocks(&mut self, events: Vec<Sourced<'a>>) {
        let mut events =
            comment::without_block_comments(events, self.source, self.dialect)
                .into_iter()
                .peekable();
        let mut row = cells::Row::default();
        while let Some((event, range)) = events.next() {
            match event {
                md::Event::Start(md::Tag::BlockQuote(_)) => {
                    match self.mark_of(events.peek()) {
                        Some(mark) => self.callout(mark, range, &mut events),
                        None => self.emit(Event::Open(Element::Quote), range),
                    }
                }
                md::Event::Start(tag) if is_block(&tag) => {
                    row.enter(&tag, &range);
                    self.block(tag, range, &mut events);
                }
                md::Event::End(tag) if is_block_end(tag) => {
                    if tag == md::TagEnd::TableRow {
                        self.uneven(&row, &range);
                    }
                    self.emit(Event::Close, range);
                }
                md::Event::Rule => self.emit(Event::Rule, range),
                event => {
                    let items = items((event, range), &mut events, self.source);
                    self.inline(&items);
                }
            }
        }
    }

    /// Opens a block, or reads it whole where it holds no other ones.
    fn block(&mut self, tag: md::Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match tag {
            md::Tag::CodeBlock(kind) => self.code(&kind, range, events),
            md::Tag::HtmlBlock => self.html_block(range, events),
            md::Tag::Heading { level, .. } => self.heading(level as u8, range, events),
            tag => self.emit(Event::Open(element(tag)), range),
        }
    }

    fn heading(&mut self, level: u8, range: Range<usize>, events: &mut Events<'a>) {
        let at = self.text.events.len();
        let index = self.text.headings.len();
        self.emit(Event::Open(Element::Heading(index)), range.clone());
        let mut given = None;
        if let Some(first) = events.next_if(|(event, _)| !is_heading_end(event)) {
            let mut items = items(first, events, self.source);
            given = if self.dialect.extensions {
                markup::attributes(&mut items)
            } else {
                None
            };
            self.inline(&items);
        }
        if let Some((_, range)) = events.next_if(|(event, _)| is_heading_end(event)) {
            self.emit(Event::Close, range);
        }
        let text = self.text.plain(at..self.text.events.len());
        let (id, classes) = given.unwrap_or_default();
        let id = match id {
            Some(id) => self.given_id(id, &range),
            None => self.slugs.next(&text),
        };
        self.skipped_level(level, &range);
        let text = crate::note::emoji::shown(&text).into_owned();
        self.text.headings.push(Heading { level, text, id, classes, range });
    }

    /// The id that a heading gives itself, or one like it if it is not free.
    fn given_id(&mut self, id: String, range: &Range<usize>) -> String {
        if self.slugs.take(&id) {
            return id;
        }
        let message = format!("another heading already has the id `{id}`");
        self.tell(Rule::DuplicateAnchor, range.clone(), message);
        self.slugs.next(&id)
    }

    fn skipped_level(&mut self, level: u8, range: &Range<usize>) {
        let last = std::mem::replace(&mut self.last_level, level);
        if last > 0 && level > last + 1 {
            let message =
                format!("a heading of level {level} follows one of level {last}");
            let next = last + 1;
            let hint = format!(
                "make it level {next}, so that readers can tell what belongs where"
            );
            self.tell(Rule::SkippedHeading, range.clone(), message).hints.push(hint);
        }
    }

    fn code(
        &mut self,
        kind: &md::CodeBlockKind<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let mut code = Cow::Borrowed("");
        for (event, _) in events.by_ref() {
            match event {
                md::Event::Text(text) if code.is_empty() => code = cow(text),
                md::Event::Text(text) => code.to_mut().push_str(&text),
                _ => break,
            }
        }
        let info = match kind {
            md::CodeBlockKind::Fenced(info) => cow(info.clone()),
            md::CodeBlockKind::Indented => Cow::Borrowed(""),
        };
        self.emit(Event::Fence { info, code }, range);
    }

    fn html_block(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        let mut run = Run::default();
        for (event, place) in events.by_ref() {
            match event {
                md::Event::Html(line) | md::Event::Text(line) => {
                    run.push(&line, place, false);
                }
                _ => break,
            }
        }
        if self.dialect.extensions {
            self.html(&run);
        } else {
            self.emit(Event::Html(run.text.into()), range);
        }
    }
}

fn is_heading_end(event: &md::Event<'_>) -> bool {
    matches!(event, md::Event::End(md::TagEnd::Heading(_)))
}

pub(super) fn is_block(tag: &md::Tag<'_>) -> bool {
    is_block_end(tag.to_end())
}

pub(super) fn is_block_end(tag: md::TagEnd) -> bool {
    use md::TagEnd as T;
    !matches!(
        tag,
        T::Emphasis
            | T::Strong
            | T::Strikethrough
            | T::Superscript
            | T::Subscript
            | T::Link
            | T::Image
    )
}

pub(super) fn element(tag: md::Tag<'_>) -> Element<'_> {
    match tag {
        md::Tag::List(start) => Element::List(start),
        md::Tag::Item => Element::Item,
        md::Tag::FootnoteDefinition(label) => Element::Footnote(footnote::label(label)),
        md::Tag::DefinitionList => Element::DefinitionList,
        md::Tag::DefinitionListTitle => Element::Term,
        md::Tag::DefinitionListDefinition => Element::Description,
        md::Tag::Table(columns) => {
            Element::Table(columns.into_iter().map(align).collect())
        }
        md::Tag::TableHead => Element::Head,
        md::Tag::TableRow => Element::Row,
        md::Tag::TableCell => Element::Cell,
        md::Tag::BlockQuote(_) => Element::Quote,
        md::Tag::Emphasis => Element::Emphasis,
        md::Tag::Strong => Element::Strong,
        md::Tag::Strikethrough => Element::Strike,
        _ => Element::Paragraph,
    }
}

fn align(align: md::Alignment) -> Align {
    match align {
        md::Alignment::None => Align::None,
        md::Alignment::Left => Align::Left,
        md::Alignment::Center => Align::Center,
        md::Alignment::Right => Align::Right,
    }
}
