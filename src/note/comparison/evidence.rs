//! The evidence of cells that are not written in their note: links of the note, which
//! stand in a data file or fence.

use serde::{Deserialize, Serialize};

use super::Placed;
use crate::diag::Span;
use crate::note::event::Text;
use crate::note::link::{Form, Link, Target};

/// Which links of a note are the evidence of the cells of a comparison: they follow each
/// other, in the order of rows, sides and numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// The first of the links.
    first: usize,
    /// Row, side and number of each.
    of: Vec<(usize, usize, usize)>,
}

impl Evidence {
    /// The link that is a piece of the evidence of a cell: row, side, number.
    pub fn link(&self, of: (usize, usize, usize)) -> Option<usize> {
        Some(self.first + self.of.binary_search(&of).ok()?)
    }

    /// The row and side whose evidence a link is.
    fn cell(&self, link: usize) -> Option<(usize, usize)> {
        let (row, side, _) = self.of.get(link.checked_sub(self.first)?)?;
        Some((*row, *side))
    }
}

/// Makes links of the evidence of cells that are not written in the note.
pub(super) fn link(placed: &mut Placed, text: &mut Text<'_>) {
    if !placed.cells.is_empty() {
        return;
    }
    let range = text.events[placed.events.start].1.clone();
    placed.evidence.first = text.links.len();
    for (row, of) in placed.comparison.rows.iter().enumerate() {
        for (side, cell) in of.cells.iter().enumerate() {
            for (number, address) in cell.evidence.iter().enumerate() {
                placed.evidence.of.push((row, side, number));
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
    let (placed, (row, side)) =
        placed.iter().find_map(|it| Some((it, it.evidence.cell(link)?)))?;
    let range = placed.places.rows.get(row)?.cells.get(side)?.clone();
    Some(Span::new(&placed.places.file, range))
}
