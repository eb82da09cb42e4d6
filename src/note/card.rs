//! What other notes may see of a note.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::compare::Comparison;
use crate::note::assessment::Placed;
use crate::note::link::{Form, Target};
use crate::note::meta::Meta;
use crate::note::option::Considered;
use crate::note::term::Term;
use crate::path::{FilePath, Route};
use crate::rubric::answer::Sheet;

/// What other notes may see of a note. It holds no place in the file and no text of
/// the body, so it stays the same while a paragraph is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Card {
    /// The file.
    pub path: FilePath,
    /// The page.
    pub route: Route,
    /// The title, without markup.
    pub title: String,
    /// What the note says of itself.
    pub meta: Meta,
    /// The beginning of the text, or the summary that the note gives.
    pub summary: String,
    /// The headings, the title's own left out.
    pub headings: Vec<HeadingCard>,
    /// Every id that a link may lead to, those of the headings too.
    pub anchors: BTreeSet<String>,
    /// The comparisons, in the order in which they stand. Not saved here: they stand in
    /// the note too.
    #[serde(skip)]
    pub comparisons: Vec<Arc<Comparison>>,
    /// The answers to rubrics. Not saved here either.
    #[serde(skip)]
    pub sheets: Vec<Arc<Sheet>>,
    /// The options that it has considered.
    pub options: Vec<Considered>,
    /// The boxes of its task lists.
    pub tasks: Tasks,
    /// The terms that it defines.
    pub terms: Vec<Term>,
    /// What it links to, in order, with the sentence around each link.
    pub links: Vec<LinkCard>,
}

impl Card {
    /// Takes the answers to rubrics. Their scorecards have ids: that of the rubric, and
    /// one for each question.
    pub(super) fn answer(&mut self, assessments: &[Placed]) {
        for placed in assessments {
            let id = &placed.sheet.rubric.id;
            let items = placed.sheet.rubric.items();
            self.anchors.extend(items.map(|it| format!("{id}.{}", it.id)));
            self.anchors.insert(id.clone());
            self.sheets.push(placed.sheet.clone());
        }
    }
}

/// The boxes of a note's task lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tasks {
    /// How many are ticked.
    pub ticked: usize,
    /// How many there are.
    pub all: usize,
}

/// A heading as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HeadingCard {
    /// 1 to 6.
    pub level: u8,
    /// The text without markup.
    pub text: String,
    /// The id.
    pub id: String,
}

/// A link as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkCard {
    /// Where it leads.
    pub target: Target,
    /// What it is.
    pub form: Form,
    /// The sentence around it.
    pub sentence: Arc<str>,
}
