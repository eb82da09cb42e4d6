//! The evidence of cells that are not written in their note: links of the note, which
//! stand in a data file or fence.

use super::Placed;
use crate::diag::Span;
use crate::note::event::Text;
use crate::note::link::{Form, Link, Target};

/// Makes links of the evidence of cells that are not written in the note.
pub(super) fn link(placed: &mut Placed, text: &mut Text<'_>) {
    if !placed.cells.is_empty() {
        return;
    }
    let range = text.events[placed.events.start].1.clone();
    for (row, of) in placed.comparison.rows.iter().enumerate() {
        for (side, cell) in of.cells.iter().enumerate() {
            for (number, address) in cell.evidence.iter().enumerate() {
                placed.evidence.insert((row, side, number), text.links.len());
                text.links.push(Link {
                    target: Target::of(address),
                    written: address.clone(),
                    form: Form::Link,
                    title: String::new(),
                    range: range.clone(),
                    place: range.clone(),
                });
            }
        }
    }
}

/// Where a link of a note stands that is evidence of a cell of a data file or fence.
pub fn place_of(placed: &[Placed], link: usize) -> Option<Span> {
    let mut found = placed.iter().flat_map(|it| {
        it.evidence.iter().filter(|(_, at)| **at == link).map(move |(key, _)| (it, key))
    });
    let (placed, (row, side, _)) = found.next()?;
    let range = placed.places.rows.get(*row)?.cells.get(*side)?.clone();
    Some(Span::new(&placed.places.file, range))
}
