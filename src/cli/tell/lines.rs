//! Lines and columns, made of bytes.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::diag::Span;
use crate::path::FilePath;
use crate::project::Project;

/// The texts that diagnostics refer to.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    texts: BTreeMap<&'a FilePath, Lines<'a>>,
}

/// A place as people count it: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Place {
    /// The line.
    pub(super) line: usize,
    /// The column.
    pub(super) column: usize,
}

impl<'a> Sources<'a> {
    /// The texts of these files of a project.
    pub(super) fn of(
        project: &'a Project,
        files: impl IntoIterator<Item = &'a FilePath>,
    ) -> Self {
        let lines = |text: &'a str| Lines {
            text,
            starts: OnceCell::new(),
            last: Cell::default(),
        };
        let texts = files.into_iter().filter_map(|it| project.texts.get_key_value(it));
        Self { texts: texts.map(|(path, it)| (path, lines(&it.text))).collect() }
    }

    /// The lines of a file, if it is a text.
    pub(super) fn lines(&self, file: &FilePath) -> Option<&Lines<'a>> {
        self.texts.get(file)
    }

    /// Where a span begins, if its file is a text.
    pub(super) fn place(&self, span: &Span) -> Option<Place> {
        self.lines(&span.file).map(|it| it.place(span.range.start))
    }

    /// Where a span ends, if its file is a text: behind its last character.
    pub(super) fn end(&self, span: &Span) -> Option<Place> {
        self.lines(&span.file).map(|it| it.place(it.within(&span.range).end))
    }
}

/// A text by its lines. Any offset has a place in it: one behind the end is the end, one
/// inside a character its beginning.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: OnceCell<Vec<usize>>,
    /// The last place that was asked for, to count on from in a long line.
    last: Cell<(usize, Place)>,
}

impl Default for Place {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

impl<'a> Lines<'a> {
    /// The line and column of a byte.
    pub(super) fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let (known, place) = self.last.get();
        let (from, column) = if place.line == line && known <= offset {
            (known, place.column)
        } else {
            (self.starts()[line - 1], 1)
        };
        let column = column + self.text[from..offset].chars().count();
        let place = Place { line, column };
        self.last.set((offset, place));
        place
    }

    /// The span as far as it lies in the text, on boundaries of characters.
    pub(super) fn within(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start);
        start..self.text.ceil_char_boundary(span.end).max(start)
    }

    /// The number of the line in which a byte lies, from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts().partition_point(|it| *it <= offset)
    }

    /// The bytes of a line, from 1, without its end.
    pub(super) fn line(&self, number: usize) -> Range<usize> {
        let start = self.starts()[number - 1];
        let end = self.starts().get(number).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }
}
