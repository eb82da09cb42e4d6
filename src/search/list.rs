//! Lists of what a result is called and where it is.

use rayon::prelude::*;
use serde::Serialize;

use super::facet;
use super::json;
use super::part::Part;
use crate::note::Note;

/// How many parts of notes a list has.
const LENGTH: usize = 32;

/// What is known of a part of a note.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    /// The first part of a note: title, address below the site's root, file of its text,
    /// and what it can be narrowed down by.
    First(&'a str, String, &'a str, [Vec<&'a str>; 4]),
    /// Another part: the file of its text.
    Next(&'a str),
}

/// The lists of some notes.
pub(super) fn of(notes: &[(&Note, &[Part])]) -> Vec<String> {
    let numbered: Vec<(&Note, &Part, usize)> = notes
        .iter()
        .flat_map(|(note, parts)| {
            parts.iter().enumerate().map(move |(index, part)| (*note, part, index))
        })
        .collect();
    let line = |(note, part, index): &(&'_ Note, &'_ Part, usize)| match index {
        0 => json(&Line::First(
            &note.card.title,
            note.card.route.encoded(),
            &part.name,
            facet::of(&note.card.meta),
        )),
        _ => json(&Line::Next(&part.name)),
    };
    numbered
        .par_chunks(LENGTH)
        .map(|lines| {
            let lines: Vec<String> = lines.iter().map(line).collect();
            format!("[{}]", lines.join(","))
        })
        .collect()
}
