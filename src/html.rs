//! The HTML of a note's text.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::diag::{Checked, Diagnostic};
use crate::note::Note;
use crate::note::event::Text;
use crate::note::part::{self, Part};
use crate::note::syntax::{self, Dialect};
use crate::path::FilePath;
use crate::view::body::Body;
use crate::view::comparison::ComparisonView;
use crate::view::scorecard::ScorecardView;

mod block;
mod blocks;
mod compare;
mod image;
mod inline;
mod notes;
mod sanitise;
mod scorecard;
mod terms;
mod writer;

use blocks::Blocks;
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
    /// Answers to rubrics.
    pub scorecards: bool,
    /// Links to notes.
    pub links: bool,
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
            comparisons: html.contains("<figure class=\"compare"),
            scorecards: html.contains("<figure class=\"scorecard"),
            links: html.split("<a href=\"").skip(1).any(leads_to_text),
            footnotes: html.contains("class=\"footnote-ref\""),
            images: html.contains("<img "),
            details: html.contains("<details"),
        }
    }
}

/// Whether an address, and what follows it, is that of a page or of a place on it: not of
/// a file to be had. Links to other sites have more before their address.
fn leads_to_text(link: &str) -> bool {
    let address = link.split('"').next().unwrap_or_default();
    address.starts_with('#') || address.contains(".html")
}

/// What the theme gives to the HTML of a text.
pub struct Dress<'a> {
    /// What a text says of itself, by the keys of the theme's lists of words.
    pub words: &'a BTreeMap<String, String>,
    /// Makes the HTML of a comparison.
    pub comparison: &'a (dyn Fn(&ComparisonView) -> Checked<String> + Sync),
    /// Makes the HTML of the answers to a rubric.
    pub scorecard: &'a (dyn Fn(&ScorecardView) -> Checked<String> + Sync),
}

/// Renders a note's text.
pub fn render(body: &Body, dialect: &Dialect, dress: &Dress<'_>) -> Html {
    within(body, dialect, dress, String::new())
}

/// Renders a text that is set into another one, whose ids begin with this prefix;
/// empty where it is not.
fn within(body: &Body, dialect: &Dialect, dress: &Dress<'_>, prefix: String) -> Html {
    let note = &body.note.value;
    let (text, _) = syntax::read(&note.card.path, &note.text, note.body, dialect);
    let range = selected(&text, note, &body.part);
    let mut writer = Writer::new(&text, body, dialect, dress, prefix);
    writer.mark_terms(range.clone());
    let start = writer.heading(range.start);
    let heading = writer.take();
    if body.part == Part::Whole {
        writer.broken_front_matter();
    }
    writer.events(start..range.end);
    if body.part == Part::Whole {
        writer.scorecards();
    }
    writer.footnotes();
    let raw = text.raw;
    let told = std::mem::take(&mut writer.told);
    let (html, blocks) = writer.finish();
    let heading = sanitise::finish(heading, &Blocks::default(), raw, dialect);
    let text = sanitise::finish(html, &blocks, raw, dialect);
    Html { heading, uses: Uses::of(&text), text, told }
}

/// The events of a part of a text.
fn selected(text: &Text<'_>, note: &Note, part: &Part) -> Range<usize> {
    let whole = 0..text.events.len();
    let Part::Of(id) = part else { return whole };
    let comparison = note.comparisons.iter().find(|it| it.comparison.id == *id);
    match comparison {
        Some(placed) => placed.events.clone(),
        None => part::parts(text).remove(id).unwrap_or(whole),
    }
}

/// Renders `CommonMark` and nothing else, as its specification does.
pub fn commonmark(source: &str) -> String {
    let dialect = Dialect::commonmark();
    let (text, _) = syntax::read(&FilePath::default(), source, 0, &dialect);
    let mut writer = Writer::plain(&text, &dialect);
    writer.events(0..text.events.len());
    writer.finish().0
}
