//! The cells of a table's row as they stand in the file, against those of its header.

use std::ops::Range;

use pulldown_cmark as md;

use super::Reader;
use crate::diag::Rule;
use crate::note::event::{Element, Event};

/// How many columns the table has in which the reader is.
#[derive(Default)]
pub(super) struct Row {
    columns: usize,
}

impl Row {
    /// Takes note of a table that begins.
    pub(super) fn enter(&mut self, tag: &md::Tag<'_>) {
        if let md::Tag::Table(columns) = tag {
            self.columns = columns.len();
        }
    }
}

impl Reader<'_, '_> {
    /// Shows the cells that a row has beyond its header, which GFM drops, and tells of
    /// them and of cells that lack. Stands before the row is closed.
    pub(super) fn uneven(&mut self, row: &Row, range: &Range<usize>) {
        let cells = cells(&self.source[range.clone()]);
        if cells.len() < row.columns {
            let (has, columns) = (cells.len(), row.columns);
            self.tell(
                Rule::ShortRow,
                range.clone(),
                format!("this row has {has} of {columns} cells"),
            );
        }
        for cell in cells.iter().skip(row.columns) {
            let place = range.start + cell.start..range.start + cell.end;
            let text = self.source[place.clone()].trim();
            self.tell(
                Rule::SurplusCells,
                place.clone(),
                format!("this cell is beyond the {} of the header", row.columns),
            )
            .hints
            .push(
                "add a header cell, or write `\\|` where no new cell is meant".to_owned(),
            );
            self.emit(Event::Open(Element::Cell), place.clone());
            self.emit(Event::Text(text.into()), place.clone());
            self.emit(Event::Close, place);
        }
    }
}

/// The bytes of each cell of a row.
fn cells(row: &str) -> Vec<Range<usize>> {
    let row_end = row.trim_end().len();
    let mut start = row.len() - row.trim_start().len();
    if row[start..].starts_with('|') {
        start += 1;
    }
    let mut cells = Vec::new();
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate().take(row_end).skip(start) {
        if byte == b'|' && !escaped {
            cells.push(start..at);
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if start < row_end {
        cells.push(start..row_end);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn a_pipe_ends_a_cell_unless_it_is_escaped() {
        let row = "| a\\|b | `c` || d\n";
        let texts: Vec<&str> = cells(row).into_iter().map(|it| row[it].trim()).collect();
        assert_eq!(texts, ["a\\|b", "`c`", "", "d"]);
        assert_eq!(cells("a | b |").len(), 2);
    }
}
