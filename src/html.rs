//! The HTML of a note's text.

use crate::diag::{Checked, Diagnostic};
use crate::note::part::{self, Part};
use crate::note::syntax::{self, Dialect};
use crate::path::FilePath;
use crate::view::body::Body;
use crate::view::comparison::ComparisonView;

mod block;
mod compare;
mod image;
mod inline;
mod notes;
mod sanitise;
mod writer;

use writer::{Blocks, Writer};

/// The HTML of a note's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// The heading with which the text begins, if it is one of level 1.
    pub heading: String,
    /// The rest.
    pub text: String,
    /// What was wrong with the templates of its blocks.
    pub told: Vec<Diagnostic>,
}

/// Makes the HTML of a comparison, which is the theme's matter.
pub type Block<'a> = dyn Fn(&ComparisonView) -> Checked<String> + Sync + 'a;

/// Renders a note's text.
pub fn render(body: &Body, dialect: &Dialect, block: &Block<'_>) -> Html {
    within(body, dialect, block, String::new())
}

/// Renders a text that is set into another one, whose ids begin with this prefix;
/// empty where it is not.
fn within(body: &Body, dialect: &Dialect, block: &Block<'_>, prefix: String) -> Html {
    let note = &body.note.value;
    let (text, _) = syntax::read(&note.card.path, &note.text, note.body, dialect);
    let whole = 0..text.events.len();
    let range = match &body.part {
        Part::Whole => whole,
        Part::Of(id) => part::parts(&text).remove(id).unwrap_or(whole),
    };
    let mut writer = Writer::new(&text, body, dialect, block, prefix);
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
    Html {
        heading: sanitise::finish(heading, &Blocks::default(), raw, dialect),
        text: sanitise::finish(html, &blocks, raw, dialect),
        told,
    }
}

/// Renders CommonMark and nothing else, as its specification does.
pub fn commonmark(source: &str) -> String {
    let dialect = Dialect::commonmark();
    let (text, _) = syntax::read(&FilePath::default(), source, 0, &dialect);
    let mut writer = Writer::plain(&text, &dialect);
    writer.events(0..text.events.len());
    writer.finish().0
}
