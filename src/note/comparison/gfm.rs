//! A GFM table of a note's text, taken apart for a comparison.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::compare::cell::CellSource;
use crate::compare::table::TableSource;
use crate::note::event::{Element, Event, Text};

/// The cells that are written in a note: the events of each, by its first byte in the
/// file, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenCells(Vec<(usize, Range<usize>)>);

impl WrittenCells {
    /// The events of the cell that begins at a byte.
    pub fn get(&self, at: usize) -> Option<&Range<usize>> {
        let index = self.0.binary_search_by_key(&at, |it| it.0).ok()?;
        Some(&self.0[index].1)
    }

    /// The events of the first cell, if it is not the one that begins at a byte.
    pub fn before(&self, at: usize) -> Option<&Range<usize>> {
        self.0.first().filter(|it| it.0 < at).map(|it| &it.1)
    }

    /// Whether nothing is written in the note.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A table taken apart, and its cells.
pub(super) fn read(
    text: &Text<'_>,
    events: Range<usize>,
    source: &str,
) -> (TableSource, WrittenCells) {
    let mut table = TableSource {
        range: text.events[events.start].1.clone(),
        ..TableSource::default()
    };
    // An opening, a closing and the words of each cell.
    let mut written = WrittenCells(Vec::with_capacity(events.len() / 3));
    let mut at = events.start + 1;
    let mut row_end = table.range.end;
    while at < events.end {
        match &text.events[at].0 {
            Event::Open(Element::Cell) => {
                let end = text.end_of(at);
                let mut cell = cell(text, at + 1..end - 1, &text.events[at].1, source);
                // A cell that is not written stands where its row ends.
                if cell.range.start > row_end {
                    cell.range = row_end..row_end;
                }
                written.0.push((cell.range.start, at + 1..end - 1));
                match table.rows.last_mut() {
                    Some(row) => row.push(cell),
                    None => table.header.push(cell),
                }
                at = end;
            }
            Event::Open(Element::Row) => {
                let range = &text.events[at].1;
                row_end = range.start + source[range.clone()].trim_end().len();
                table.rows.push(Vec::with_capacity(table.header.len()));
                at += 1;
            }
            _ => at += 1,
        }
    }
    (table, written)
}

fn cell(
    text: &Text<'_>,
    events: Range<usize>,
    range: &Range<usize>,
    source: &str,
) -> CellSource {
    let mut cell = CellSource { range: inside(range, source), ..CellSource::default() };
    let mut open: Vec<Option<(usize, String)>> = Vec::new();
    let mut strong = 0usize;
    let mut weak = false;
    for (event, _) in &text.events[events] {
        match event {
            Event::Open(Element::Link(index)) => {
                open.push(Some((cell.text.len(), text.links[*index].written.clone())));
            }
            Event::Open(element) => {
                strong += usize::from(*element == Element::Strong);
                open.push(None);
            }
            Event::Close => {
                if let Some(Some((from, address))) = open.pop() {
                    cell.links.push((from..cell.text.len(), address));
                }
                strong = strong.min(open.len());
            }
            Event::Text(words) | Event::Code(words) | Event::Math(words) => {
                weak |= strong == 0 && !words.trim().is_empty();
                cell.text.push_str(words);
            }
            Event::SoftBreak | Event::HardBreak => cell.text.push(' '),
            Event::Tag(tag) if tag.name == "br" => cell.text.push(' '),
            Event::Footnote(label) => cell.notes.push(label.to_string()),
            _ => {}
        }
    }
    cell.strong = !weak && !cell.text.trim().is_empty();
    cell
}

/// The bytes of a cell without its pipes and spaces.
fn inside(range: &Range<usize>, source: &str) -> Range<usize> {
    let around = |it: char| it == '|' || it.is_whitespace();
    let whole = source[range.clone()].trim_end_matches(around);
    let inside = whole.trim_start_matches(around);
    let start = range.start + whole.len() - inside.len();
    start..start + inside.len()
}

/// What a footnote says.
pub(super) fn footnote(text: &Text<'_>, label: &str) -> Option<String> {
    let events = text.footnotes.get(label)?.first()?;
    Some(text.plain(events.clone()))
}
