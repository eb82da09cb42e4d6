//! The cells of a table's row as they stand in the file, against those of its header.

use std::ops::Range;

use pulldown_cmark as md;

use super::item::{is_inline, items};
use super::{Item, Reader};
use crate::diag::Rule;
use crate::note::event::{Element, Event};
use crate::note::run::Run;

/// The row of a table in which the reader is.
#[derive(Default)]
pub(super) struct Row {
    columns: usize,
    cells: usize,
    /// The bytes of the row that are not read yet.
    rest: Range<usize>,
}

impl Row {
    /// Takes note of a table, row or cell that begins.
    pub(super) fn enter(&mut self, tag: &md::Tag<'_>, range: &Range<usize>) {
        match tag {
            md::Tag::Table(columns) => self.columns = columns.len(),
            md::Tag::TableRow => (self.cells, self.rest) = (0, range.clone()),
            // The parser makes up the cells that lack, behind the end of the row.
            md::Tag::TableCell if range.start < self.rest.end => {
                self.cells += 1;
                self.rest.start = range.end;
            }
            _ => {}
        }
    }
}

impl Reader<'_, '_> {
    /// Shows the cells that a row has beyond its header, which GFM drops, and tells of
    /// them and of cells that lack. Stands before the row is closed.
    pub(super) fn uneven(&mut self, row: &Row, range: &Range<usize>) {
        if row.cells < row.columns {
            let message = format!("this row has {} of {} cells", row.cells, row.columns);
            self.tell(Rule::ShortRow, range.clone(), message);
        }
        for cell in cells(&self.source[row.rest.clone()]) {
            let place = row.rest.start + cell.start..row.rest.start + cell.end;
            let message =
                format!("this cell is beyond the {} of the header", row.columns);
            let hint = "add a header cell, or write `\\|` where no new cell is meant";
            self.tell(Rule::SurplusCells, place.clone(), message)
                .hints
                .push(hint.to_owned());
            self.emit(Event::Open(Element::Cell), place.clone());
            self.cell(&place);
            self.emit(Event::Close, place);
        }
    }

    /// The text of a cell that the parser has left out.
    fn cell(&mut self, place: &Range<usize>) {
        let mut events = self.parse_with(place.clone(), self.dialect.options());
        let is_text = |event: &md::Event<'_>| match event {
            md::Event::Start(md::Tag::Paragraph)
            | md::Event::End(md::TagEnd::Paragraph) => true,
            event => is_inline(event),
        };
        if !events.iter().all(|(event, _)| is_text(event)) {
            let mut run = Run::default();
            run.push(&self.source[place.clone()], place.clone(), false);
            return self.inline(&[Item::Run(run)]);
        }
        events.retain(|(event, _)| is_inline(event));
        let mut events = events.into_iter().peekable();
        if let Some(first) = events.next() {
            let items = items(first, &mut events, self.source);
            self.inline(&items);
        }
    }
}

/// The bytes of each cell in what is left of a row, which begins where a cell ends.
fn cells(rest: &str) -> Vec<Range<usize>> {
    let end = rest.trim_end().len();
    let mut cells = Vec::new();
    let mut start = 1;
    let mut before = b' ';
    for (at, byte) in rest.bytes().enumerate().take(end).skip(start) {
        if byte == b'|' && before != b'\\' {
            cells.push(start..at);
            start = at + 1;
        }
        before = byte;
    }
    if start < end {
        cells.push(start..end);
    }
    let trimmed = |it: Range<usize>| {
        let text = rest[it.clone()].trim_start();
        it.end - text.len()..it.end - text.len() + text.trim_end().len()
    };
    cells.into_iter().map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn a_pipe_ends_a_cell_unless_it_is_escaped() {
        let texts = |rest: &'static str| -> Vec<&str> {
            cells(rest).into_iter().map(|it| &rest[it]).collect()
        };
        assert_eq!(texts("| a\\|b | `c` || d\n"), ["a\\|b", "`c`", "", "d"]);
        assert_eq!(texts("| b |"), ["b"]);
        assert!(texts("|\n").is_empty() && texts("").is_empty());
    }
}
