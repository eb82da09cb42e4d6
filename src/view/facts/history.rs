//! When a note was changed last, and by whom, as version control tells it.

use super::{FactValue, Facts};
use crate::note::card::Card;
use crate::view::link::Lookup;

/// How many authors are shown of a note.
const SHOWN: usize = 8;

/// Marks a review that is overdue, and adds what version control knows of a note.
pub(super) fn add(facts: &mut Facts, lookup: &Lookup<'_>, card: &Card) {
    if lookup.clock.is_overdue(card) {
        facts.mark("review-by", "overdue");
    }
    let Some(life) = lookup.clock.history.files.get(&card.path) else { return };
    let named = lookup.config.history.authors;
    let note = if named { life.by.clone() } else { String::new() };
    let (text, at) = (life.updated.to_string(), life.updated);
    let day = Some((at.year(), at.month(), at.day()));
    let updated = FactValue { note, day, ..FactValue::text(text) };
    facts.add("updated", vec![updated]);
    // The one author has been named.
    if named && life.authors.len() > 1 {
        let shown = life.authors.iter().take(SHOWN);
        let mut authors: Vec<FactValue> = shown.cloned().map(FactValue::text).collect();
        if life.authors.len() > SHOWN {
            authors.push(FactValue::text("…".to_owned()));
        }
        facts.add("authors", authors);
    }
}
