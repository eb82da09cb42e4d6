//! A comparison: sides, rows and cells, however the author wrote them.
//!
//! A GFM table, a CSV file, a fence, the `results` of a front matter: each way of
//! writing has a reader below, and all of them end in one [`Comparison`]. It holds no
//! span, so that it may stand in a note's `Card`; where its parts stand is in the
//! [`Places`] beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::path::FilePath;

pub mod notes;
pub mod number;
mod base_unit;
pub mod unit;
pub mod reading;
pub mod word;
pub mod directive;
mod measure;
pub mod cell;
mod gate;
pub mod label;
pub mod finish;
pub mod lint;
pub mod table;
pub mod sheet;
mod fields;
pub mod record;
pub mod records;
mod part;
pub mod document;
pub mod data;
mod quantity;
pub mod derive;
pub mod standing;
pub mod mark;
pub mod export;
pub mod source;
pub mod aggregate;
pub mod matrix;
pub mod gap;

use number::Number;

/// Some things measured or described on two or more sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Comparison {
    /// Its name within the note, and that of its exports; empty where the author gave
    /// none and it has no caption to be named after.
    pub id: String,
    /// What it compares.
    pub caption: String,
    /// The columns.
    pub sides: Vec<Side>,
    /// The rows, each with a cell for every side.
    pub rows: Vec<Row>,
    /// The notes that cells refer to.
    pub notes: Notes,
    /// The attributes in which two sides must agree for a delta to mean anything.
    pub comparable_by: Vec<String>,
    /// How far two values may be apart and count as the same.
    pub tolerance: Option<Tolerance>,
    /// Where the numbers come from, if that must be said: `synthetic`.
    pub origin: Option<String>,
}

impl Comparison {
    /// The side that the others are compared with.
    pub fn baseline(&self) -> Option<usize> {
        self.sides.iter().position(|side| side.role == Role::Baseline)
    }

    /// The side by which a system is judged: one called production, else the last
    /// that is neither baseline nor target nor reference, else the last but targets.
    pub fn headline(&self) -> Option<usize> {
        let is = |role: Role| move |side: &Side| side.role == role;
        let last = |keep: &dyn Fn(&Side) -> bool| self.sides.iter().rposition(keep);
        self.sides
            .iter()
            .position(|side| side.key == "production" && side.role != Role::Target)
            .or_else(|| last(&is(Role::Candidate)))
            .or_else(|| last(&|side| side.role != Role::Target))
    }

    /// The states that occur, for a legend.
    pub fn states(&self) -> BTreeSet<State> {
        self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.state).collect()
    }
}

/// What the thing at an index is marked with: `a` to `z`, then `aa`.
pub fn letters(at: usize) -> String {
    let last = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

/// One of the things that are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Side {
    /// Its name in links, data and exports: `production`.
    pub key: String,
    /// Its name for the reader.
    pub label: String,
    /// What it is there for.
    pub role: Role,
    /// What is said of all its values: `note`, `dataset`, `split`, `hardware`, `date`.
    pub attributes: BTreeMap<String, String>,
}

impl Side {
    /// A side that is known by its name alone; one called `Target` is a target.
    pub fn named(label: &str) -> Self {
        let role = Role::from_word(label.trim()).unwrap_or_default();
        Self { key: label::key(label), label: label.to_owned(), role, ..Self::default() }
    }

    /// Whether a name is the side's key or label, not minding case.
    pub fn is_called(&self, name: &str) -> bool {
        self.key == name || self.label.to_lowercase() == name.to_lowercase()
    }
}

/// One thing that is measured or described.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Row {
    /// Its name in links, data and exports: `p99-latency`.
    pub key: String,
    /// Its name for the reader.
    pub label: String,
    /// The group of rows that it belongs to.
    pub group: Option<String>,
    /// What its cells hold.
    pub kind: Kind,
    /// The unit of every cell that names no other.
    pub unit: Option<String>,
    /// Which way is better; `None` where the author has not said.
    pub direction: Option<Direction>,
    /// What a value must reach.
    pub gate: Option<Gate>,
    /// What a value should reach.
    pub target: Option<Number>,
    /// The words of an ordinal row, from low to high.
    pub scale: Vec<String>,
    /// The labels of its notes.
    pub notes: Vec<String>,
    /// A cell for each side.
    pub cells: Vec<Cell>,
}

impl Row {
    /// Whether two sides say different things, for a view of the differences alone.
    pub fn differs(&self) -> bool {
        let says = |it: &Cell| {
            let number = (it.value.clone(), it.bound, it.lo.clone(), it.hi.clone());
            (it.state, number, it.answer, it.text.clone(), it.unit.clone())
        };
        self.cells.windows(2).any(|pair| says(&pair[0]) != says(&pair[1]))
    }
}

/// What is known of one row on one side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Whether there is a value, and why not.
    pub state: State,
    /// The number.
    pub value: Option<Number>,
    /// Whether the number is the value or only a bound of it.
    pub bound: Bound,
    /// The lower end of its interval.
    pub lo: Option<Number>,
    /// The upper end of its interval.
    pub hi: Option<Number>,
    /// Half the interval, where it was written with `±`.
    pub margin: Option<Number>,
    /// How many observations there were.
    pub n: Option<u64>,
    /// Yes, no or partly.
    pub answer: Option<Answer>,
    /// What is shown, where that is more than the fields above say.
    pub text: String,
    /// The unit, where it is not the row's.
    pub unit: Option<String>,
    /// The day of the measurement, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The addresses of what the value rests on.
    pub evidence: Vec<String>,
    /// The labels of its notes.
    pub notes: Vec<String>,
}

/// What a value must reach.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gate {
    /// On which side of the limit a value must lie.
    pub bound: Bound,
    /// The limit, in the row's unit.
    pub limit: Number,
}

/// How far two values may be apart and count as the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tolerance {
    /// The distance.
    pub value: Number,
    /// Its unit: `%` of the baseline, or one that a row's unit converts to.
    pub unit: Option<String>,
}

/// Where the parts of a comparison stand, for diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Places {
    /// The file: the note, or the data file.
    pub file: FilePath,
    /// The table, fence or file.
    pub whole: Range<usize>,
    /// What names each side.
    pub sides: Vec<Range<usize>>,
    /// Each row.
    pub rows: Vec<RowPlaces>,
}

/// Where the parts of a row stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowPlaces {
    /// What names the row.
    pub label: Range<usize>,
    /// Each cell; that of the row where the cell is not written at all.
    pub cells: Vec<Range<usize>>,
}

/// A comparison, and where its parts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Located {
    /// What it says.
    pub comparison: Comparison,
    /// Where it says so.
    pub places: Places,
}

pub use notes::{Note, Notes};
pub use word::{Answer, Bound, Direction, Kind, Role, State};
