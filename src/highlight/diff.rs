//! A diff: lines that are added or deleted, in any language.

use super::scanner::{Scanner, escape};
use super::{Voice, each_line, open_line};
use crate::fence::{Fence, is_diff};

/// What the first column says of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// It is in both texts.
    Same,
    /// It is in the new text.
    Added,
    /// It was in the old text.
    Deleted,
    /// It is in neither: it tells where what follows stands.
    Place,
}

/// The old and the new text, which are read side by side, each by a voice of its
/// own, so that a string that a deleted line opens does not colour the added ones.
struct Texts {
    start: Voice,
    old: Voice,
    new: Voice,
    /// The HTML of the old text's lines that are shown as the new one's.
    unseen: String,
}

/// Writes the lines of a diff.
pub(super) fn write(
    code: &str,
    fence: &Fence,
    voice: Voice,
    scanner: &mut Scanner,
    html: &mut String,
) {
    // In a plain diff nothing is known of the language of its lines.
    let plain = fence.language.as_deref().is_some_and(is_diff);
    let mut texts = Texts::new(if plain { Voice::Plain } else { voice });
    let (mut number, mut before) = (0, "");
    let mut after = code.lines().skip(1);
    each_line(code, html, |line, html| {
        number += 1;
        let mark = mark(line, before, after.next().unwrap_or_default());
        before = line;
        let (element, class) = match mark {
            Mark::Same => ("span", "line"),
            Mark::Added => ("ins", "line"),
            Mark::Deleted => ("del", "line"),
            Mark::Place => ("span", "line gh"),
        };
        open_line(element, class, fence, number, html);
        texts.line(mark, line, scanner, html);
        html.push_str("</");
        html.push_str(element);
        html.push('>');
    });
}

impl Texts {
    fn new(start: Voice) -> Self {
        let (old, new) = (start.clone(), start.clone());
        Self { start, old, new, unseen: String::new() }
    }

    /// Adds the HTML of a line, its first column as it is.
    fn line(&mut self, mark: Mark, line: &str, scanner: &mut Scanner, html: &mut String) {
        if mark == Mark::Place {
            *self = Self::new(self.start.clone());
            return escape(line, html);
        }
        let (column, text) =
            line.split_at(usize::from(line.starts_with(['+', '-', ' '])));
        html.push_str(column);
        match mark {
            Mark::Deleted => self.old.line(scanner, text, html),
            Mark::Same if self.old == self.new => {
                self.new.line(scanner, text, html);
                self.old = self.new.clone();
            }
            Mark::Same => {
                self.unseen.clear();
                self.old.line(scanner, text, &mut self.unseen);
                self.new.line(scanner, text, html);
            }
            Mark::Added | Mark::Place => self.new.line(scanner, text, html),
        }
    }
}

/// The mark of a line between its neighbours, which tell the head of a file
/// (`--- a`, `+++ b`) from a deleted or added line that begins alike.
fn mark(line: &str, before: &str, after: &str) -> Mark {
    let head = line.starts_with("--- ") && after.starts_with("+++ ")
        || line.starts_with("+++ ") && before.starts_with("--- ");
    let place = ["@@ ", "diff --git ", "\\ No newline"];
    let index = line.starts_with("index ") && line.contains("..");
    match line.as_bytes().first() {
        _ if head || index || place.iter().any(|it| line.starts_with(it)) => Mark::Place,
        Some(b'+') => Mark::Added,
        Some(b'-') => Mark::Deleted,
        _ => Mark::Same,
    }
}
