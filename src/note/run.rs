//! A run of text, put together from pieces of the file, that knows where each lies.

use std::ops::Range;

/// A run of text that stood in pieces in the file: entities are decoded, escapes
/// taken away, the `>` of a quote's next line left out.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The text.
    pub text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
struct Piece {
    /// Where the piece begins in the run.
    at: usize,
    /// Its bytes in the file.
    source: Range<usize>,
    /// Whether a backslash stands before it, so that its first letter is only itself.
    escaped: bool,
}

impl Run {
    /// Adds a piece of the file.
    pub fn push(&mut self, text: &str, source: Range<usize>, escaped: bool) {
        self.pieces.push(Piece { at: self.text.len(), source, escaped });
        self.text.push_str(text);
    }

    /// The byte of the file at which a byte of the run lies.
    ///
    /// Within a piece that reads otherwise in the file (an entity) it is the piece's
    /// nearest end.
    pub fn source_at(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|it| it.at <= at);
        let Some(piece) = index.checked_sub(1).map(|it| &self.pieces[it]) else {
            return 0;
        };
        (piece.source.start + (at - piece.at)).min(piece.source.end)
    }

    /// The bytes of the file for bytes of the run.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_at(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The end belongs to the piece of the last byte, not to the next one.
        let last = self.source_at(range.end - 1);
        let next = self.pieces.partition_point(|it| it.at < range.end);
        let begins = self.pieces.get(next).is_some_and(|it| it.at == range.end);
        let end = if begins { self.piece_end(range.end - 1) } else { last + 1 };
        start..end.max(start)
    }

    /// Whether the byte of the run was written with a backslash before it.
    pub fn is_escaped(&self, at: usize) -> bool {
        self.pieces
            .binary_search_by_key(&at, |it| it.at)
            .is_ok_and(|it| self.pieces[it].escaped)
    }

    /// The bytes of the whole run in the file.
    pub fn range(&self) -> Range<usize> {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.source.start..last.source.end,
            _ => 0..0,
        }
    }

    /// Takes away what lies before a byte of the file.
    pub fn cut(&mut self, source: usize) {
        let at = (0..=self.text.len())
            .find(|at| self.text.is_char_boundary(*at) && self.source_at(*at) >= source)
            .unwrap_or(self.text.len());
        self.drop_front(at);
    }

    /// Takes away the white space at the beginning.
    pub fn trim_start(&mut self) {
        self.drop_front(self.text.len() - self.text.trim_start().len());
    }

    /// Takes away what lies behind a byte of the run.
    pub fn truncate(&mut self, at: usize) {
        let end = self.source(0..at).end;
        self.text.truncate(at);
        self.pieces.retain(|it| it.at < at);
        if let Some(last) = self.pieces.last_mut() {
            last.source.end = end.max(last.source.start);
        }
    }

    fn drop_front(&mut self, at: usize) {
        let source = self.source_at(at);
        let first = self.pieces.partition_point(|it| it.at <= at).saturating_sub(1);
        self.pieces.drain(..first);
        for piece in &mut self.pieces {
            piece.at = piece.at.saturating_sub(at);
        }
        if let Some(piece) = self.pieces.first_mut() {
            piece.source.start = source;
        }
        self.text.drain(..at);
    }

    fn piece_end(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|it| it.at <= at);
        index.checked_sub(1).map_or(0, |it| self.pieces[it].source.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_knows_its_place() {
        // `ab\[c&amp;d`
        let mut run = Run::default();
        run.push("ab", 10..12, false);
        run.push("[c", 13..15, true);
        run.push("&", 15..20, false);
        run.push("d", 20..21, false);
        assert_eq!(run.source(0..2), 10..12);
        assert_eq!(run.source(1..3), 11..14);
        assert_eq!(run.source(4..5), 15..20);
        assert_eq!(run.source(5..6), 20..21);
        assert!(run.is_escaped(2) && !run.is_escaped(3));
    }
}
