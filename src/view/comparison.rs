//! What a template gets of a comparison.

use serde::Serialize;

use crate::compare::derive::{self, Derived};
use crate::compare::mark::{self, Marks};
use crate::compare::standing;
use crate::compare::{Comparison, Role, Row, State};

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
    pub legend: Vec<StateView>,
    /// The notes of the table, in the order of their marks.
    pub notes: Vec<NoteView>,
    /// How many rows differ between their sides, and how many do not.
    pub differing: usize,
    /// How many rows are the same on all sides.
    pub same: usize,
    /// Whether the table is small enough for a second form of it: stacked, transposed.
    pub small: bool,
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
    /// `baseline`, `candidate`, `target` or `reference`.
    pub role: &'static str,
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
    /// Its key.
    pub key: String,
    /// The id that links lead to: `latency.p99`.
    pub anchor: String,
    /// Its name as HTML.
    pub html: String,
    /// Its name.
    pub label: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// Which way is better, in words; empty if nothing says it.
    pub direction: String,
    /// What it asks for: `at most 120 ms`; empty if nothing.
    pub ask: String,
    /// Whether its sides differ.
    pub differs: bool,
    /// The marks of the notes on it.
    pub notes: Vec<String>,
    /// A cell for each side.
    pub cells: Vec<CellView>,
    /// Where zero and the gate are in the marks, in parts of 100; none without marks.
    pub scale: Option<ScaleView>,
}

/// The scale of the marks of a row, in parts of 100.
#[derive(Clone, Debug, Serialize)]
pub struct ScaleView {
    /// Where zero is.
    pub zero: String,
    /// Where the gate is; empty if there is none.
    pub gate: String,
}

/// A cell of a comparison.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CellView {
    /// What it holds, as HTML.
    pub html: String,
    /// The state: `value`, `not-measured`, …
    pub state: &'static str,
    /// The state in words; empty for a value.
    pub state_words: &'static str,
    /// The number; empty if it is none.
    pub value: String,
    /// The side's key.
    pub side: String,
    /// The side's name.
    pub side_label: String,
    /// The difference to the baseline in words: `+85 ms, 2.2× slower`; empty if none.
    pub change: String,
    /// `better`, `worse`, `same`, `within-noise`, `differs`; empty if not judged.
    pub verdict: &'static str,
    /// The verdict in words.
    pub verdict_words: &'static str,
    /// A sign for the verdict.
    pub symbol: &'static str,
    /// Why it was not compared; empty if it was or need not be.
    pub reason: String,
    /// `met`, `missed`, `no-data`, `not-applicable`; empty where nothing is asked for.
    pub outcome: &'static str,
    /// How it stands in words: `gate missed by 60 ms`.
    pub standing: String,
    /// A sign for how it stands.
    pub standing_symbol: &'static str,
    /// The bar of its value; none if it has none.
    pub mark: Option<MarkView>,
    /// The marks of the notes on it.
    pub notes: Vec<String>,
}

/// The bar of a value, in parts of 100.
#[derive(Clone, Debug, Serialize)]
pub struct MarkView {
    /// Where it begins.
    pub from: String,
    /// How long it is.
    pub width: String,
    /// Where the interval begins; empty if there is none.
    pub lo: String,
    /// How long the interval is; empty if there is none.
    pub span: String,
}

/// A state, and what it means.
#[derive(Clone, Debug, Serialize)]
pub struct StateView {
    /// The state: `not-measured`.
    pub key: &'static str,
    /// How a cell shows it.
    pub sign: &'static str,
    /// What it means.
    pub words: &'static str,
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

/// The most cells of a table that is shown in a second form.
const SMALL: usize = 400;

/// The HTML of the parts that a comparison takes from its note.
pub trait Parts {
    /// The corner.
    fn corner(&mut self) -> String;
    /// The header of a side.
    fn side(&mut self, side: usize) -> String;
    /// The label of a row.
    fn label(&mut self, row: usize) -> String;
    /// A cell.
    fn cell(&mut self, row: usize, side: usize) -> String;
    /// The text of a note.
    fn note(&mut self, label: &str) -> String;
}

/// What a template gets of a comparison.
pub fn view(
    comparison: &Comparison,
    base: &str,
    parts: &mut impl Parts,
) -> ComparisonView {
    let mut groups: Vec<GroupView> = Vec::new();
    for (at, row) in comparison.rows.iter().enumerate() {
        let label = row.group.clone().unwrap_or_default();
        if groups.last().is_none_or(|it| it.label != label) {
            groups.push(GroupView { label, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row_view(comparison, row, at, parts));
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
        legend: legend(comparison),
        notes: notes(comparison, parts),
        differing,
        same: comparison.rows.len() - differing,
        small: comparison.rows.len() * comparison.sides.len() <= SMALL,
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
            role: side.role.word(),
            attributes: side.attributes.clone().into_iter().collect(),
        })
        .collect()
}

fn row_view(
    comparison: &Comparison,
    row: &Row,
    at: usize,
    parts: &mut impl Parts,
) -> RowView {
    let marks = mark::marks(comparison, row);
    let percent = |it: f64| format!("{:.1}", 100.0 * it);
    let cells = (0..comparison.sides.len())
        .map(|side| cell_view(comparison, row, (at, side), marks.as_ref(), parts))
        .collect();
    RowView {
        key: row.key.clone(),
        anchor: format!("{}.{}", comparison.id, row.key),
        html: parts.label(at),
        label: row.label.clone(),
        unit: row.unit.clone().unwrap_or_default(),
        direction: row.direction.map_or("", crate::compare::Direction::phrase).to_owned(),
        ask: ask(row),
        differs: differs(comparison, row),
        notes: marks_of(comparison, &row.notes),
        cells,
        scale: marks.map(|it| ScaleView {
            zero: percent(it.zero),
            gate: it.gate.map_or_else(String::new, percent),
        }),
    }
}

/// What a row asks for, in words.
fn ask(row: &Row) -> String {
    let unit = row.unit.as_deref().unwrap_or_default();
    let with_unit = |number: &crate::compare::number::Number| format!("{number} {unit}");
    let ask = match (&row.gate, &row.target) {
        (Some(gate), _) => {
            format!("gate {} {}", gate.bound.phrase(), with_unit(&gate.limit))
        }
        (None, Some(target)) => format!("target {}", with_unit(target)),
        (None, None) => String::new(),
    };
    ask.trim().to_owned()
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

fn cell_view(
    comparison: &Comparison,
    row: &Row,
    (at, side): (usize, usize),
    marks: Option<&Marks>,
    parts: &mut impl Parts,
) -> CellView {
    let Some(cell) = row.cells.get(side) else { return CellView::default() };
    let mut view = CellView {
        html: parts.cell(at, side),
        state: cell.state.word(),
        state_words: words(cell.state),
        value: cell.value.as_ref().map_or_else(String::new, ToString::to_string),
        side: comparison.sides[side].key.clone(),
        side_label: comparison.sides[side].label.clone(),
        notes: marks_of(comparison, &cell.notes),
        ..CellView::default()
    };
    match derive::derive(comparison, row, side) {
        Derived::Change(change) => {
            let parts = [
                change.delta,
                change.relative.map(|it| format!("({it})")),
                change.factor,
            ];
            let words: Vec<String> = parts.into_iter().flatten().collect();
            view.change = words.join(" ");
            view.verdict = verdict_key(change.verdict);
            view.verdict_words = change.verdict.phrase();
            view.symbol = change.verdict.symbol();
        }
        Derived::Blocked { reason } => view.reason = reason.phrase(),
    }
    if let Some(standing) = standing::standing(comparison, row, side) {
        view.outcome = outcome_key(standing.outcome);
        view.standing_symbol = standing.outcome.symbol();
        view.standing = match standing.missed_by {
            Some(by) => format!("{} by {by}", standing.outcome.phrase()),
            None => standing.outcome.phrase().to_owned(),
        };
    }
    view.mark = marks.and_then(|it| it.sides.get(side)?.as_ref()).map(mark_view);
    view
}

fn mark_view(mark: &mark::Mark) -> MarkView {
    let percent = |it: f64| format!("{:.1}", 100.0 * it);
    let interval = mark.lo.zip(mark.hi);
    MarkView {
        from: percent(mark.from),
        width: percent(mark.width.max(0.005)),
        lo: interval.map_or_else(String::new, |(lo, _)| percent(lo)),
        span: interval.map_or_else(String::new, |(lo, hi)| percent(hi - lo)),
    }
}

fn verdict_key(verdict: derive::Verdict) -> &'static str {
    match verdict {
        derive::Verdict::Better => "better",
        derive::Verdict::Worse => "worse",
        derive::Verdict::Same => "same",
        derive::Verdict::WithinNoise => "within-noise",
        derive::Verdict::Differs => "differs",
    }
}

fn outcome_key(outcome: standing::Outcome) -> &'static str {
    match outcome {
        standing::Outcome::Met => "met",
        standing::Outcome::Missed => "missed",
        standing::Outcome::NoData => "no-data",
        standing::Outcome::NotApplicable => "not-applicable",
    }
}

/// The letters by which a table marks its notes, for the labels of some.
fn marks_of(comparison: &Comparison, labels: &[String]) -> Vec<String> {
    let at = |label: &String| comparison.notes.iter().position(|it| it.label == *label);
    labels.iter().filter_map(at).map(letter).collect()
}

fn letter(at: usize) -> String {
    let last = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    if at < 26 { last.to_string() } else { format!("{}{last}", letter(at / 26 - 1)) }
}

fn notes(comparison: &Comparison, parts: &mut impl Parts) -> Vec<NoteView> {
    let notes = comparison.notes.iter().enumerate();
    notes
        .map(|(at, note)| NoteView {
            mark: letter(at),
            id: format!("{}-note-{}", comparison.id, letter(at)),
            html: parts.note(&note.label),
        })
        .collect()
}

/// The states that occur, but for plain values.
fn legend(comparison: &Comparison) -> Vec<StateView> {
    let cells = || comparison.rows.iter().flat_map(|row| &row.cells);
    State::ALL
        .iter()
        .filter(|state| **state != State::Value && cells().any(|it| it.state == **state))
        .map(|state| StateView {
            key: state.word(),
            sign: sign(*state),
            words: words(*state),
        })
        .collect()
}

/// What a state means, in words; empty for a value.
fn words(state: State) -> &'static str {
    match state {
        State::Value => "",
        State::Estimated => "estimated",
        State::NotMeasured => "not measured",
        State::NotApplicable => "does not apply",
        State::Pending => "pending",
        State::Withheld => "withheld",
        State::Unknown => "unknown",
    }
}

/// How a cell without a value shows its state.
pub fn sign(state: State) -> &'static str {
    match state {
        State::Value => "",
        State::Estimated => "~",
        State::NotMeasured => "?",
        State::NotApplicable => "n/a",
        State::Pending => "tbd",
        State::Withheld => "withheld",
        State::Unknown => "–",
    }
}
