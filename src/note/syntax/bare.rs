//! Addresses and ids in prose, set among the elements around them.

use pulldown_cmark as md;

use super::inline::Cursor;
use super::{Item, Reader, autolink};
use crate::note::event::{Element, Event};
use crate::note::link::{Form, Target};
use crate::note::run::Run;

impl<'a> Reader<'a, '_> {
    /// An address that stands bare in the text.
    pub(super) fn bare(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        found: &autolink::Bare,
        cursor: &mut Cursor,
    ) {
        let (mut end, mut next) = (run.source(found.range.clone()).end, None);
        let start = run.source_at(found.range.start);
        let mut text = run.text[found.range.clone()].to_owned();
        let mut address = found.address.clone();
        if found.extends && found.range.end == run.text.len() {
            // Underscores in an address have been read as emphasis, which it ends.
            let whole = autolink::reach(&self.source[start..]);
            if let Some(reached) = items_until(items, cursor.item, start + whole) {
                end = start + whole;
                self.source[start..end].clone_into(&mut text);
                address = autolink::address(&text);
                next = Some(reached);
            }
        }
        let (target, form) = match &found.note {
            Some(note) => (Target::of_wiki(note), Form::Mention),
            None => (self.target(&address), Form::Link),
        };
        let index = self.plain_link(target, form, &address, &(start..end), start..end);
        self.emit(Event::Open(Element::Link(index)), start..end);
        self.emit(Event::Text(text.into()), start..end);
        self.emit(Event::Close, start..end);
        match next {
            Some((item, at)) => (cursor.item, cursor.at) = (item, at),
            None => cursor.at = found.range.end,
        }
    }
}

/// The item and byte at which a place of the file lies, if no element reaches over it.
fn items_until(items: &[Item<'_>], from: usize, end: usize) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate().skip(from) {
        match item {
            Item::Run(run) if run.range().end >= end => {
                let at = (0..=run.text.len())
                    .find(|at| {
                        run.text.is_char_boundary(*at) && run.source_at(*at) >= end
                    })
                    .unwrap_or(run.text.len());
                return (depth == 0).then_some((index, at));
            }
            Item::Event(_, range) if range.start >= end => {
                return (depth == 0).then_some((index, 0));
            }
            Item::Event(_, range) if range.end > end => return None,
            Item::Event(md::Event::Start(_), _) => depth += 1,
            Item::Event(md::Event::End(_), _) => depth = depth.checked_sub(1)?,
            Item::Run(_) | Item::Event(..) => {}
        }
    }
    // Beyond the last one another cell may begin.
    let last = match items.last()? {
        Item::Run(run) => run.range().end,
        Item::Event(_, range) => range.end,
    };
    (depth == 0 && end <= last).then_some((items.len(), 0))
}
