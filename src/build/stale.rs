//! The copies of data files in notes that are not current.

use std::ops::Range;

use super::{Cache, parse_alone};
use crate::compare::source;
use crate::path::FilePath;
use crate::project::Project;

/// A copy of a data file in a note that is not what the data file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleRegion {
    /// The note.
    pub file: FilePath,
    /// The bytes of the copy.
    pub range: Range<usize>,
    /// What it should be.
    pub text: String,
}

/// The copies of data files in notes that are not what the data files say, in the order
/// of the notes.
pub fn regions(project: &Project, cache: &mut Cache) -> Vec<StaleRegion> {
    parse_alone(project, cache, &mut Vec::new());
    let placed = cache.notes.iter().flat_map(|(path, note)| {
        note.value.comparisons.iter().map(move |placed| (path, &note.value, placed))
    });
    placed
        .filter_map(|(path, note, placed)| {
            let range = placed.region.clone()?;
            let text = format!("\n{}", source::gfm(&placed.comparison));
            let stale = note.text[range.clone()].trim() != text.trim();
            stale.then(|| StaleRegion { file: path.clone(), range, text })
        })
        .collect()
}
