//! A GFM table of a note's text, taken apart for a comparison.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::compare::cell::CellSource;
use crate::compare::table::TableSource;
use crate::note::event::{Element, Event, Text};

/// A table taken apart, and the events of each of its cells by its first byte in the
/// file.
pub(super) fn read(
    text: &Text<'_>,
    events: Range<usize>,
    source: &str,
) -> (TableSource, BTreeMap<usize, Range<usize>>) {
    let mut table = TableSource {
        range: text.events[events.start].1.clone(),
        ..TableSource::default()
    };
    let mut places = BTreeMap::new();
    let mut at = events.start + 1;
    let mut row: Vec<CellSource> = Vec::new();
    let mut is_head = true;
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
                places.insert(cell.range.start, at + 1..end - 1);
                row.push(cell);
                at = end;
            }
            Event::Open(Element::Row) => {
                finish_row(&mut table, &mut row, &mut is_head);
                let range = &text.events[at].1;
                row_end = range.start + source[range.clone()].trim_end().len();
                at += 1;
            }
            _ => at += 1,
        }
    }
    finish_row(&mut table, &mut row, &mut is_head);
    (table, places)
}

fn finish_row(table: &mut TableSource, row: &mut Vec<CellSource>, is_head: &mut bool) {
    let row = std::mem::take(row);
    if *is_head {
        table.header = row;
        *is_head = false;
    } else {
        table.rows.push(row);
    }
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
    let whole = &source[range.clone()];
    let inside = whole.trim_matches(|it: char| it == '|' || it.is_whitespace());
    let start = range.start + whole.find(inside).unwrap_or(0);
    start..start + inside.len()
}

/// What a footnote says.
pub(super) fn footnote(text: &Text<'_>, label: &str) -> Option<String> {
    let events = text.footnotes.get(label)?.first()?;
    Some(text.plain(events.clone()))
}
