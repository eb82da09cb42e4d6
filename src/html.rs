//! The HTML of a note's text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::{Checked, Diagnostic};
use crate::note::syntax::{self, Dialect};
use crate::path::FilePath;
use crate::view::body::{Body, Part};
use crate::view::comparison::ComparisonView;

mod block;
mod compare;
mod image;
mod inline;
mod notes;
mod sanitise;
mod selection;
mod writer;

use writer::Writer;

/// The HTML of a note's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// The heading with which the text begins, if it is one of level 1.
    pub heading: String,
    /// The rest.
    pub text: String,
    /// What the text holds that a page needs a style sheet or a script for.
    pub uses: Uses,
    /// What was wrong with the templates of its blocks.
    pub told: Vec<Diagnostic>,
}

/// What a text holds that a page needs a style sheet or a script for.
#[expect(clippy::struct_excessive_bools, reason = "each is there or not")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Uses {
    /// Code blocks.
    pub code: bool,
    /// Comparisons.
    pub comparisons: bool,
    /// Footnotes.
    pub footnotes: bool,
    /// Images.
    pub images: bool,
    /// Parts that are folded.
    pub details: bool,
}

impl Uses {
    /// What is in finished HTML, whatever put it there.
    fn of(html: &str) -> Self {
        Self {
            code: html.contains("<figure class=\"code\""),
            comparisons: html.contains("<figure class=\"compare\""),
            footnotes: html.contains("class=\"footnote-ref\""),
            images: html.contains("<img "),
            details: html.contains("<details"),
        }
    }
}

/// What the theme gives to the HTML of a text.
pub struct Dress<'a> {
    /// What a text says of itself, by the keys of the theme's lists of words.
    pub words: &'a BTreeMap<String, String>,
    /// Makes the HTML of a comparison.
    pub comparison: &'a (dyn Fn(&ComparisonView) -> Checked<String> + Sync),
}

/// Renders a note's text.
pub fn render(body: &Body, dialect: &Dialect, dress: &Dress<'_>) -> Html {
    let (text, _) = syntax::read(
        &body.note.value.card.path,
        &body.note.value.text,
        body.note.value.body,
        dialect,
    );
    let range = selection::of(&text, &body.part, &body.note.value.comparisons);
    let mut writer = Writer::new(&text, body, dialect, dress);
    let start = writer.heading(range.start);
    let heading = writer.take();
    if body.part == Part::Whole {
        writer.broken_front_matter();
    }
    writer.events(start..range.end);
    writer.footnotes();
    let raw = text.raw;
    let told = std::mem::take(&mut writer.told);
    let (html, blocks) = writer.finish();
    let heading = sanitise::finish(heading, &[], raw, dialect);
    let text = sanitise::finish(html, &blocks, raw, dialect);
    Html { heading, uses: Uses::of(&text), text, told }
}

/// Renders CommonMark and nothing else, as its specification does.
pub fn commonmark(source: &str) -> String {
    let dialect = Dialect::commonmark();
    let (text, _) = syntax::read(&FilePath::default(), source, 0, &dialect);
    let mut writer = Writer::plain(&text, &dialect);
    writer.events(0..text.events.len());
    writer.finish().0
}
