//! A diff: lines that are added or deleted, in any language.

use super::scanner::{Scanner, escape};
use super::{Voice, each_line, open_line};
use crate::fence::Fence;

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

/// Writes the lines of a diff.
///
/// The old and the new text are read side by side, each by a voice of its own, so
/// that a string that is opened in a deleted line does not colour the added ones.
pub(super) fn write(
    code: &str,
    fence: &Fence,
    voice: Voice,
    scanner: &mut Scanner,
    html: &mut String,
) {
    // In a plain diff nothing is known of the language of its lines.
    let plain = fence.language.as_deref().is_some_and(crate::fence::is_diff);
    let start = if plain { Voice::Plain } else { voice };
    let (mut old, mut new) = (start.clone(), start.clone());
    let mut number = 0;
    let mut before = "";
    let mut rest = code.lines().skip(1);
    let mut unseen = String::new();
    each_line(code, html, |line, html| {
        number += 1;
        let mark = mark(line, before, rest.next().unwrap_or_default());
        before = line;
        let (element, class) = match mark {
            Mark::Same => ("span", "line"),
            Mark::Added => ("ins", "line"),
            Mark::Deleted => ("del", "line"),
            Mark::Place => ("span", "line gh"),
        };
        open_line(element, class, fence, number, html);
        let column = usize::from(line.starts_with(['+', '-', ' ']));
        let (sign, text) = line.split_at(if mark == Mark::Place { 0 } else { column });
        html.push_str(sign);
        match mark {
            Mark::Added => new.line(scanner, text, html),
            Mark::Deleted => old.line(scanner, text, html),
            Mark::Same => {
                let together = old == new;
                new.line(scanner, text, html);
                if together {
                    old = new.clone();
                } else {
                    unseen.clear();
                    old.line(scanner, text, &mut unseen);
                }
            }
            Mark::Place => {
                (old, new) = (start.clone(), start.clone());
                escape(text, html);
            }
        }
        html.push_str("</");
        html.push_str(element);
        html.push('>');
    });
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
