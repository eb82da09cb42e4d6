//! The parts of a line of text.

use std::ops::Range;

use pulldown_cmark as md;

use super::block::{is_block, is_block_end};
use super::{Events, Sourced};
use crate::note::run::Run;

/// A part of a line of text: a run, or one of the parser's events.
#[derive(Debug)]
pub(super) enum Item<'a> {
    /// A run.
    Run(Run),
    /// An event, with its place in the file.
    Event(md::Event<'a>, Range<usize>),
}

/// The inline events from `first` on, those of text put together.
pub(super) fn items<'a>(
    first: Sourced<'a>,
    events: &mut Events<'a>,
    source: &str,
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut next = Some(first);
    while let Some((event, range)) = next {
        match (event, items.last_mut()) {
            (md::Event::Text(text), Some(Item::Run(run))) => {
                let escaped = run.range().end < range.start && is_escaped(source, &range);
                run.push(&text, range, escaped);
            }
            (md::Event::Text(text), _) => {
                let mut run = Run::default();
                let escaped = is_escaped(source, &range);
                run.push(&text, range, escaped);
                items.push(Item::Run(run));
            }
            (event, _) => items.push(Item::Event(event, range)),
        }
        next = events.next_if(|(event, _)| is_inline(event));
    }
    items
}

fn is_escaped(source: &str, range: &Range<usize>) -> bool {
    let escapable =
        source[range.start..].starts_with(|it: char| it.is_ascii_punctuation());
    escapable && source[..range.start].ends_with('\\')
}

/// Whether an event stands in a line of text.
pub(super) fn is_inline(event: &md::Event<'_>) -> bool {
    match event {
        md::Event::Start(tag) => !is_block(tag),
        md::Event::End(tag) => !is_block_end(*tag),
        md::Event::Rule | md::Event::Html(_) => false,
        _ => true,
    }
}
