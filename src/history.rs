//! What version control knows of the files: when each changed last, and by whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::path::FilePath;

/// What version control knows of the files of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct History {
    /// The files whose last change is known.
    pub files: BTreeMap<FilePath, Arc<Life>>,
    /// How far back it was looked.
    pub extent: Extent,
    /// Where in its repository the project lies; empty if it is all of it.
    pub folder: FilePath,
}

/// What version control knows of one file, under all the names that it has had.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Life {
    /// The day of its last change, as its author's calendar had it. That it was moved
    /// is no change.
    pub updated: Date,
    /// Who made that change.
    pub by: String,
    /// Who made changes, the one with the most before the others.
    pub authors: Vec<String>,
    /// The day of its first change, where the history goes back so far.
    pub begun: Option<Date>,
}

/// How far back the history goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// There is no history.
    #[default]
    None,
    /// To the first commit.
    Whole,
    /// To where a shallow clone ends: what was last changed before has no date.
    Shallow,
    /// To the most commits that are looked at: what was last changed before has no date.
    Bounded,
}
