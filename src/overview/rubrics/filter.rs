//! The filters of a rubric's page: values by which its notes can be told apart.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::SheetRow;

/// Something by which notes can be told apart.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// `system`, `kind`, or `band`: what their answers come to.
    pub key: &'static str,
    /// Its values, those of the most notes first.
    pub choices: Vec<Choice>,
}

/// A value that some notes have, and others have not.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Choice {
    /// The class of the rows that have it: `system-2`.
    pub mark: String,
    /// What it is called.
    pub label: String,
    /// How many notes have it.
    pub notes: usize,
}

/// The most choices of a filter: as many as the style sheet knows.
const CHOICES: usize = 12;

/// The filter of a value that each row has, or has not where it is empty; marks the rows.
pub(super) fn filter(
    key: &'static str,
    values: &[String],
    rows: &mut [SheetRow],
) -> Option<Filter> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values.iter().filter(|it| !it.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, notes)| Reverse(*notes));
    sorted.truncate(CHOICES);
    if sorted.len() < 2 {
        return None;
    }
    let choices = sorted.iter().enumerate().map(|(at, (label, notes))| Choice {
        mark: format!("{key}-{at}"),
        label: (*label).to_owned(),
        notes: *notes,
    });
    for (row, value) in rows.iter_mut().zip(values) {
        let at = sorted.iter().position(|(it, _)| it == value);
        row.marks.extend(at.map(|it| format!("{key}-{it}")));
    }
    Some(Filter { key, choices: choices.collect() })
}
