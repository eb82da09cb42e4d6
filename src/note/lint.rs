//! What is wrong with a note's text, beside what was seen while it was read.

use crate::diag::{Diagnostic, Rule, Span};
use crate::fence;
use crate::highlight;
use crate::note::event::{Element, Event, Text};
use crate::path::FilePath;

/// Tells what is wrong with the images and code blocks of a note.
pub fn note(path: &FilePath, text: &Text<'_>, told: &mut Vec<Diagnostic>) {
    for (at, (event, range)) in text.events.iter().enumerate() {
        let span = || Span::new(path, range.clone());
        match event {
            Event::Open(Element::Image(_)) if has_no_alt(text, at) => told.push(
                Diagnostic::new(
                    Rule::MissingAlt,
                    span(),
                    "this image has no alternative text",
                )
                .hint("say between the brackets what it shows"),
            ),
            _ => {}
        }
    }
}

fn has_no_alt(text: &Text<'_>, at: usize) -> bool {
    let inside = text.events[at + 1..].iter().map(|(event, _)| event);
    inside.take_while(|it| **it != Event::Close).all(|it| match it {
        Event::Text(words) => words.starts_with('|') || words.trim().is_empty(),
        _ => false,
    })
}
