//! The timeline: what was decided and begun when, over all notes that say it.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Serialize;

use super::listing::{MOST, NoteLink, day, is_a, text};
use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::path::Route;
use crate::value::date;

/// The timeline.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TimelinePage {
    /// The years, the newest first.
    pub years: Vec<Year>,
    /// How many more notes have a date than are shown.
    pub more: usize,
}

/// A year.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Its months, the newest first.
    pub months: Vec<Month>,
}

/// A month.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Month {
    /// 1 to 12.
    pub month: i8,
    /// What happened, decisions before the rest.
    pub entries: Vec<Entry>,
}

/// What happened on a day.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Entry {
    /// The day, in ISO form.
    pub date: String,
    /// The day of the month.
    pub day: i8,
    /// What happened: `decided`, `created`, `incident`.
    pub what: &'static str,
    /// Whether it is a decision.
    pub decision: bool,
    /// The note.
    pub note: NoteLink,
    /// The system that it is about; empty if none.
    pub system: String,
}

/// The page; none where no two notes have a date.
pub(super) fn pages(ground: &Ground<'_>) -> Option<(Route, Overview)> {
    let cards = ground.site.cards.values().filter(|card| !is_folder_page(card));
    let mut dated: Vec<(Date, &'static str, &Card)> =
        cards.filter_map(|it| when(it).map(|(date, what)| (date, what, &**it))).collect();
    if dated.len() < 2 {
        return None;
    }
    dated.sort_by_key(|(date, _, card)| {
        let month = Reverse((date.year(), date.month()));
        (month, !is_a(card, "decision"), Reverse(*date), &card.path)
    });
    let more = dated.len().saturating_sub(MOST);
    let mut years: Vec<Year> = Vec::new();
    for (date, what, card) in dated.into_iter().take(MOST) {
        if years.last().is_none_or(|it| it.year != date.year()) {
            years.push(Year { year: date.year(), months: Vec::new() });
        }
        let Some(year) = years.last_mut() else { continue };
        if year.months.last().is_none_or(|it| it.month != date.month()) {
            year.months.push(Month { month: date.month(), entries: Vec::new() });
        }
        let Some(month) = year.months.last_mut() else { continue };
        month.entries.push(Entry {
            date: date.to_string(),
            day: date.day(),
            what,
            decision: is_a(card, "decision"),
            note: NoteLink::of(card),
            system: card.meta.system.clone().unwrap_or_default(),
        });
    }
    let overview = Overview {
        title: Title::Word("timeline"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Timeline(TimelinePage { years, more })),
    };
    Some((Route::page("timeline"), overview))
}

/// Whether a note only speaks for its folder: that it was begun is no event.
fn is_folder_page(card: &Card) -> bool {
    card.path.is_index() && card.meta.kind.is_none()
}

/// When what a note is about happened, and what that was.
fn when(card: &Card) -> Option<(Date, &'static str)> {
    let incident = text(card, "incident_date").and_then(|it| date::parse(&it).ok());
    if let Some(date) = incident {
        return Some((date, "incident"));
    }
    let decided = card.meta.decided.as_ref().and_then(|it| it.date).is_some();
    Some((day(card)?, if decided { "decided" } else { "created" }))
}
