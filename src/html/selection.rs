//! The events of a note that a page shows: all, a section, a block.

use std::ops::Range;

use crate::note::comparison::Placed;
use crate::note::event::{Element, Event, Text};
use crate::view::body::Part;

/// The events of a part of a text.
pub(super) fn of(text: &Text<'_>, part: &Part, comparisons: &[Placed]) -> Range<usize> {
    match part {
        Part::Whole => 0..text.events.len(),
        Part::Section(id) => section(text, id).unwrap_or(0..text.events.len()),
        Part::Comparison(id) => comparisons
            .iter()
            .find(|it| it.comparison.id == *id)
            .map_or(0..0, |it| it.events.clone()),
        Part::Block(id) => block(text, id).unwrap_or(0..text.events.len()),
    }
}

/// From a heading to the next one that is not below it.
fn section(text: &Text<'_>, id: &str) -> Option<Range<usize>> {
    let wanted = text.headings.iter().position(|it| it.id == id)?;
    let level = text.headings[wanted].level;
    let mut start = None;
    for (at, (event, _)) in text.events.iter().enumerate() {
        let Event::Open(Element::Heading(index)) = event else { continue };
        match start {
            None if *index == wanted => start = Some(at),
            Some(start) if text.headings[*index].level <= level => {
                return Some(start..at);
            }
            _ => {}
        }
    }
    start.map(|it| it..text.events.len())
}

/// The block that an id stands in; where it stands alone, the block before it.
fn block(text: &Text<'_>, id: &str) -> Option<Range<usize>> {
    let id = id.strip_prefix('^').unwrap_or(id);
    let mut open: Vec<usize> = Vec::new();
    let mut last: Option<Range<usize>> = None;
    let mut found: Option<usize> = None;
    for (at, (event, _)) in text.events.iter().enumerate() {
        match event {
            Event::Open(_) => open.push(at),
            Event::Anchor(it) if it == id => {
                let around = open
                    .iter()
                    .rev()
                    .copied()
                    .find(|at| is_block(&text.events[*at].0))?;
                // Alone in its paragraph it speaks for what came before.
                let alone = around + 1 == at
                    && matches!(text.events.get(at + 1), Some((Event::Close, _)));
                if alone {
                    return last;
                }
                found = Some(around);
            }
            Event::Close => {
                let start = open.pop()?;
                if found == Some(start) {
                    return Some(start..at + 1);
                }
                if is_block(&text.events[start].0) {
                    last = Some(start..at + 1);
                }
            }
            Event::Fence { .. } => last = Some(at..at + 1),
            _ => {}
        }
    }
    None
}

fn is_block(event: &Event<'_>) -> bool {
    matches!(event, Event::Open(element) if element.is_block())
}
