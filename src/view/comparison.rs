//! What a template gets of a comparison.
//!
//! A table of many cells is shown leaner than a small one: see [`LONG`].

use serde::Serialize;

use crate::compare::standing::{self, Asked};
use crate::compare::{Comparison, Direction, Role, Row, State, letters, mark};

pub mod cell;

use cell::CellView;

/// What a template gets of a comparison. Fields named `html` are safe as they are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparisonView {
    /// The id of the table, which is also the name of its exports.
    pub id: String,
    /// What it compares; empty if nothing says it.
    pub caption: String,
    /// Where the numbers come from, if that must be said: `synthetic`.
    pub origin: String,
    /// What leads from the page to the exports: empty on the note's own page.
    pub base: String,
    /// The corner above the row labels, as HTML.
    pub corner: String,
    /// The columns.
    pub sides: Vec<SideView>,
    /// The rows, in groups; rows without a group come in one whose label is empty.
    pub groups: Vec<GroupView>,
    /// The states that occur and need a word of explanation.
    pub legend: Vec<State>,
    /// The notes of the table, in the order of their marks.
    pub notes: Vec<NoteView>,
    /// How many rows differ between their sides.
    pub differing: usize,
    /// How many rows are the same on all sides.
    pub same: usize,
    /// Whether the table is so long that only its values are shown.
    pub long: bool,
}

/// A column of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct SideView {
    /// Its key.
    pub key: String,
    /// Its name as HTML.
    pub html: String,
    /// Its name.
    pub label: String,
    /// What it is there for: `baseline`.
    pub role: Role,
    /// What else is said of it: dataset, hardware.
    pub attributes: Vec<(String, String)>,
}

/// Rows under one heading.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupView {
    /// The heading; empty if there is none.
    pub label: String,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    /// The id that links lead to: `latency.p99`.
    pub anchor: String,
    /// Its name as HTML.
    pub html: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// Which way is better, if it is said.
    pub direction: Option<Direction>,
    /// What it asks of every side.
    pub asked: Option<Asked>,
    /// Whether its sides differ.
    pub differs: bool,
    /// The marks of the notes on it.
    pub notes: Vec<String>,
    /// A cell for each side; none in a long table.
    pub cells: Vec<CellView>,
    /// The cells of a long table as HTML: there are too many of them to be made one by
    /// one of a template.
    pub values: String,
}

/// A note of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// Its mark: `a`.
    pub mark: String,
    /// Its id.
    pub id: String,
    /// Its text as HTML.
    pub html: String,
}

/// The most cells of a table that is shown with changes and bars, and in other forms:
/// some fifty rows of eight sides. A longer one is for looking things up.
const LONG: usize = 400;

/// The HTML of the parts that a comparison takes from its note.
pub trait Parts {
    /// The corner.
    fn corner(&mut self) -> String;
    /// The header of a side.
    fn side(&mut self, side: usize) -> String;
    /// The label of a row.
    fn label(&mut self, row: usize) -> String;
    /// A cell; empty where it only has a state.
    fn cell(&mut self, row: usize, side: usize) -> String;
    /// The cells of a row in a long table.
    fn values(&mut self, row: usize) -> String;
    /// The text of a note.
    fn note(&mut self, label: &str) -> String;
}

/// What a template gets of a comparison.
pub fn view(
    comparison: &Comparison,
    base: &str,
    parts: &mut impl Parts,
) -> ComparisonView {
    let long = comparison.rows.len() * comparison.sides.len() > LONG;
    let mut groups: Vec<GroupView> = Vec::new();
    for (at, row) in comparison.rows.iter().enumerate() {
        let label = row.group.as_deref().unwrap_or_default();
        if groups.last().is_none_or(|it| it.label != label) {
            groups.push(GroupView { label: label.to_owned(), rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row_view(comparison, (row, at), long, parts));
        }
    }
    let rows = || groups.iter().flat_map(|it| &it.rows);
    let differing = rows().filter(|it| it.differs).count();
    ComparisonView {
        id: comparison.id.clone(),
        caption: comparison.caption.clone(),
        origin: comparison.origin.clone().unwrap_or_default(),
        base: base.to_owned(),
        corner: parts.corner(),
        sides: sides(comparison, parts),
        legend: comparison
            .states()
            .into_iter()
            .filter(|it| *it != State::Value)
            .collect(),
        notes: notes(comparison, parts),
        differing,
        same: comparison.rows.len() - differing,
        long,
        groups,
    }
}

fn sides(comparison: &Comparison, parts: &mut impl Parts) -> Vec<SideView> {
    comparison
        .sides
        .iter()
        .enumerate()
        .map(|(at, side)| SideView {
            key: side.key.clone(),
            html: parts.side(at),
            label: side.label.clone(),
            role: side.role,
            attributes: side.attributes.clone().into_iter().collect(),
        })
        .collect()
}

fn row_view(
    comparison: &Comparison,
    (row, at): (&Row, usize),
    long: bool,
    parts: &mut impl Parts,
) -> RowView {
    let (cells, values) = if long {
        (Vec::new(), parts.values(at))
    } else {
        let marks = mark::marks(comparison, row).into_iter().enumerate();
        let cell = |(it, mark)| cell::view(comparison, row, (at, it), mark, parts);
        (marks.map(cell).collect(), String::new())
    };
    RowView {
        cells,
        values,
        anchor: format!("{}.{}", comparison.id, row.key),
        html: parts.label(at),
        unit: row.unit.clone().unwrap_or_default(),
        direction: row.direction,
        asked: standing::row_asks(row),
        differs: differs(comparison, row),
        notes: cell::marks_of(comparison, &row.notes),
    }
}

/// Whether the sides of a row, but for targets and references, say different things.
fn differs(comparison: &Comparison, row: &Row) -> bool {
    let judged = comparison.sides.iter().zip(&row.cells);
    let mut shown = judged
        .filter(|(side, _)| matches!(side.role, Role::Baseline | Role::Candidate))
        .map(|(_, cell)| cell.shown(row.unit.as_deref()));
    let Some(first) = shown.next() else { return false };
    shown.any(|it| it != first)
}

fn notes(comparison: &Comparison, parts: &mut impl Parts) -> Vec<NoteView> {
    let notes = comparison.notes.iter().enumerate();
    notes
        .map(|(at, note)| NoteView {
            mark: letters(at),
            id: format!("{}-note-{}", comparison.id, letters(at)),
            html: parts.note(&note.label),
        })
        .collect()
}
