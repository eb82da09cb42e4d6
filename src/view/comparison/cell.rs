//! What a template gets of a cell: what it holds, and what follows from it.
//!
//! Everything is a part, not a sentence: a theme has the words.

use serde::Serialize;

use super::Parts;
use crate::compare::derive::{self, Change, Derived, Reason};
use crate::compare::mark::Mark;
use crate::compare::standing::{self, Standing};
use crate::compare::{Comparison, Row, State};

/// A cell of a comparison. What does not apply to it is left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CellView {
    /// What it holds, as HTML; empty where only the state is to be told.
    pub html: String,
    /// Whether there is a value, and why not.
    #[serde(skip_serializing_if = "is_value")]
    pub state: State,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The name of its side.
    pub side: String,
    /// The difference to the baseline, if they were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// Why it was not compared, if that must be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Blocked>,
    /// How it stands against what the row asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// The bar of its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// The marks of the notes on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Why a cell was not compared.
#[derive(Clone, Debug, Serialize)]
pub struct Blocked {
    /// The reason: `unknown-unit`, `units`, `kinds`, `bound`, `attributes`.
    pub because: &'static str,
    /// The attributes in which the sides differ.
    pub names: Vec<String>,
}

impl Blocked {
    fn of(reason: Reason) -> Option<Self> {
        let because = reason.word()?;
        let names = match reason {
            Reason::Attributes { names } => names,
            _ => Vec::new(),
        };
        Some(Self { because, names })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_value(state: &State) -> bool {
    *state == State::Value
}

/// A cell with all that follows from it.
pub(super) fn view(
    comparison: &Comparison,
    row: &Row,
    (at, side): (usize, usize),
    mark: Option<Mark>,
    parts: &mut impl Parts,
) -> CellView {
    let Some(cell) = row.cells.get(side) else { return CellView::default() };
    let (change, blocked) = match derive::derive(comparison, row, side) {
        Derived::Change(change) => (Some(change), None),
        Derived::Blocked { reason } => (None, Blocked::of(reason)),
    };
    CellView {
        html: parts.cell(at, side),
        state: cell.state,
        value: cell.value.as_ref().map(ToString::to_string),
        side: comparison.sides[side].label.clone(),
        change,
        blocked,
        standing: standing::standing(comparison, row, side),
        mark,
        notes: marks_of(comparison, &cell.notes),
    }
}

/// The letters by which a table marks its notes, for the labels of some.
pub fn marks_of(comparison: &Comparison, labels: &[String]) -> Vec<String> {
    labels.iter().filter_map(|it| comparison.notes.mark(it)).collect()
}
