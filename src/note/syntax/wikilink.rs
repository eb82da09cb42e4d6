//! Wikilinks, `[[note#heading|label]]`, and embeds, `![[note]]`.

use std::ops::Range;

use pulldown_cmark as md;

use super::inline::{Cursor, near};
use super::{Item, Reader};
use crate::note::event::{Element, Event};
use crate::note::link::{Form, Target};
use crate::note::run::Run;

/// What stands in a wikilink.
struct Inner<'t> {
    name: &'t str,
    /// Where the label begins and, if it holds no markup, ends.
    label: Option<Range<usize>>,
    /// The item and byte of the `]]` that closes it.
    end: (usize, usize),
}

impl<'a> Reader<'a, '_> {
    /// `[[target|label]]` or `![[target]]` at the cursor; `false` if it is not closed.
    pub(super) fn wikilink(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        embed: bool,
        cursor: &mut Cursor,
    ) -> bool {
        let open = cursor.at + if embed { 3 } else { 2 };
        let Some(inner) = inner(items, run, cursor.item, open) else { return false };
        let Inner { name, label, end } = inner;
        let start = run.source_at(cursor.at);
        let Some(Item::Run(last)) = items.get(end.0) else { return false };
        let range = start..last.source(end.1..end.1 + 2).end;
        let place = run.source(open..open + name.len());
        let target = Target::of_wiki(name);
        if embed {
            self.embed(target, run, label, range, place);
        } else {
            let index = self.plain_link(target, Form::Link, name, &range, place);
            self.emit(Event::Open(Element::Link(index)), range.clone());
            if let Some(label) = label {
                self.label(items, cursor, label.start, end);
            }
            self.emit(Event::Close, range);
        }
        (cursor.item, cursor.at) = (end.0, end.1 + 2);
        true
    }

    /// The label of a wikilink, which may reach over several items.
    fn label(
        &mut self,
        items: &[Item<'a>],
        from: &Cursor,
        start: usize,
        end: (usize, usize),
    ) {
        let mut cursor =
            Cursor { item: from.item, at: start, links: 1, ..Cursor::default() };
        while cursor.item <= end.0 {
            match &items[cursor.item] {
                Item::Run(run) => {
                    let stop = if cursor.item == end.0 { end.1 } else { run.text.len() };
                    if cursor.at < stop {
                        self.run(items, run, stop, &mut cursor);
                    } else {
                        cursor.next();
                    }
                }
                Item::Event(event, range) => {
                    self.inline_event(event, range, &mut cursor);
                    cursor.next();
                }
            }
        }
    }

    fn embed(
        &mut self,
        target: Target,
        run: &Run,
        label: Option<Range<usize>>,
        range: Range<usize>,
        place: Range<usize>,
    ) {
        let Target::Wiki { name, .. } = &target else { return };
        let name = name.clone();
        let extension =
            name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        if matches!(extension.as_str(), "" | "md" | "markdown") || extension.contains(' ')
        {
            let index = self.plain_link(target, Form::Embed, &name, &range, place);
            return self.emit(Event::Embed(index), range);
        }
        let index = self.plain_link(target, Form::Image, &name, &range, place);
        self.emit(Event::Open(Element::Image(index)), range.clone());
        match label {
            Some(label) if !is_size(&run.text[label.clone()]) => self.words(run, label),
            Some(label) => {
                let size = format!("|{}", &run.text[label.clone()]);
                self.emit(Event::Text(size.into()), run.source(label));
            }
            None => {}
        }
        self.emit(Event::Close, range);
    }
}

/// Reads what stands in a wikilink that opens at a byte of an item, if it is closed.
fn inner<'t>(
    items: &[Item<'_>],
    run: &'t Run,
    item: usize,
    open: usize,
) -> Option<Inner<'t>> {
    let rest = near(&run.text[open..]);
    let closing = rest.find("]]");
    let head = &rest[..closing.unwrap_or(rest.len())];
    let (name, label) = match head.split_once('|') {
        Some((name, _)) => (name, Some(open + name.len() + 1..open + head.len())),
        None => (head, None),
    };
    let name = name.trim_end_matches('\\');
    if head.contains("[[") || head.trim().is_empty() || name.contains(['[', ']']) {
        return None;
    }
    let end = match closing {
        Some(at) => (item, open + at),
        // Only a label may hold markup.
        None => closing_after(items, item + label.as_ref().map(|_| 1)?)?,
    };
    Some(Inner { name, label, end })
}

/// Whether a label is a size: `300` or `300x200`.
pub(super) fn is_size(label: &str) -> bool {
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match label.split_once('x') {
        Some((width, height)) => number(width) && number(height),
        None => number(label),
    }
}

/// The `]]` that closes a wikilink whose label holds markup: its item and byte.
fn closing_after(items: &[Item<'_>], from: usize) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate().skip(from).take(64) {
        match item {
            Item::Run(run) if depth == 0 => {
                let text = near(&run.text);
                let closing = text.find("]]");
                if text[..closing.unwrap_or(text.len())].contains("[[") {
                    return None;
                }
                if let Some(at) = closing {
                    return Some((index, at));
                }
            }
            Item::Event(md::Event::Start(md::Tag::Link { .. }), _) => return None,
            Item::Event(md::Event::Start(_), _) => depth += 1,
            Item::Event(md::Event::End(_), _) => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}
