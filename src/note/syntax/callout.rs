//! Callouts: block quotes that begin with `[!kind]`.

use std::ops::Range;

use pulldown_cmark as md;

use super::item::{is_inline, items};
use super::{Events, Item, Reader};
use crate::note::event::{Callout, Element, Event, Fold};

/// The mark of a callout, and its bytes in the file.
pub(super) struct Mark {
    callout: Callout,
    end: usize,
}

impl<'a> Reader<'a, '_> {
    /// The mark at the beginning of a block quote, if its first paragraph has one.
    pub(super) fn mark_of(&self, next: Option<&super::Sourced<'a>>) -> Option<Mark> {
        let Some((md::Event::Start(md::Tag::Paragraph), range)) = next else {
            return None;
        };
        if !self.dialect.extensions {
            return None;
        }
        let rest = self.source[range.clone()].strip_prefix("[!")?;
        let (kind, after) = rest.split_once(']')?;
        // What follows a `|` is for style sheets of other programs.
        let (name, _) = kind.split_once('|').unwrap_or((kind, ""));
        let sound =
            |it: char| it.is_alphanumeric() || it == '-' || it == '_' || it == ' ';
        if name.is_empty() || !name.chars().all(sound) || name.starts_with(' ') {
            return None;
        }
        let (fold, width) = match after.chars().next() {
            Some('-') => (Fold::Closed, 1),
            Some('+') => (Fold::Open, 1),
            _ => (Fold::Fixed, 0),
        };
        let blank = after[width..].chars().next().is_none_or(char::is_whitespace);
        let line = after[width..].lines().next().unwrap_or_default();
        let callout = Callout {
            kind: name.trim().to_lowercase().replace(' ', "-"),
            fold,
            titled: !line.trim().is_empty(),
        };
        blank.then_some(Mark { callout, end: range.start + 2 + kind.len() + 1 + width })
    }

    /// A callout with its title; the rest of its first paragraph becomes one.
    pub(super) fn callout(
        &mut self,
        mark: Mark,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        self.emit(Event::Open(Element::Callout(mark.callout)), range);
        let Some((_, paragraph)) = events.next() else { return };
        let items = match events.next_if(|(event, _)| is_inline(event)) {
            Some(first) => items(first, events, self.source),
            None => Vec::new(),
        };
        let (title, body) = split(items, mark.end);
        let at = paragraph.start..mark.end;
        self.emit(Event::Open(Element::CalloutTitle), at.clone());
        self.inline(&title);
        self.emit(Event::Close, at);
        let end =
            events.next_if(|(event, _)| *event == md::Event::End(md::TagEnd::Paragraph));
        if !body.is_empty() {
            self.emit(Event::Open(Element::Paragraph), paragraph.clone());
            self.inline(&body);
            self.emit(Event::Close, end.map_or(paragraph, |(_, range)| range));
        }
    }
}

/// The items after the mark: those of its line, and those of the lines below.
fn split(items: Vec<Item<'_>>, mark_end: usize) -> (Vec<Item<'_>>, Vec<Item<'_>>) {
    let (mut title, mut body) = (Vec::new(), Vec::new());
    let mut below = false;
    let mut depth = 0usize;
    for mut item in items {
        match &mut item {
            Item::Run(run) => run.cut(mark_end),
            Item::Event(md::Event::Start(_), _) => depth += 1,
            Item::Event(md::Event::End(_), _) => depth = depth.saturating_sub(1),
            Item::Event(md::Event::SoftBreak | md::Event::HardBreak, _)
                if !below && depth == 0 =>
            {
                below = true;
                continue;
            }
            Item::Event(..) => {}
        }
        if below { body.push(item) } else { title.push(item) }
    }
    if let Some(Item::Run(first)) = title.first_mut() {
        first.trim_start();
    }
    (title, body)
}
