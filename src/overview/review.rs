//! The page of reviews: what is overdue, what is due soon, what is older than its
//! evidence, and what nobody owns.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::listing::Link;
use super::{Content, Ground, Overview, Title};
use crate::freshness::{counts, date};
use crate::history::Extent;
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::note::status::Status;
use crate::path::Route;

/// How many days ahead a review is shown.
const AHEAD: i32 = 90;

/// The most notes of a list, so that the page has an end.
const LIST: usize = 200;

/// The reviews of a site.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ReviewPage {
    /// The day of the build; empty where none is known.
    pub today: String,
    /// Notes whose day is past, the oldest first.
    pub overdue: List,
    /// Notes whose day comes within 90 days, the next first.
    pub due: List,
    /// Notes whose evidence is newer than what they conclude from it.
    pub stale: List,
    /// Notes with a status that nobody answers for.
    pub ownerless: List,
    /// Who answers for how many of them.
    pub owners: Vec<Owner>,
    /// Whether the history was cut off, so that some notes have no date.
    pub shallow: bool,
}

/// A list of notes, as far as it is shown.
#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct List {
    /// The notes.
    pub items: Vec<Item>,
    /// How many there are besides.
    pub more: usize,
}

/// A note that is to be looked at.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Item {
    /// The note.
    pub note: Link,
    /// When it is to be looked through; of evidence, the day of it.
    pub day: String,
    /// What was decided about it.
    pub status: &'static str,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// Its evidence that is newer.
    pub evidence: Option<Link>,
}

/// Somebody who answers for notes that are to be looked at.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Owner {
    /// The name; empty for nobody.
    pub name: String,
    /// How many are overdue.
    pub overdue: usize,
    /// How many are due soon.
    pub due: usize,
    /// How many are older than their evidence.
    pub stale: usize,
}

/// The page; none where no note asks for a review and none is older than its evidence.
pub(super) fn pages(ground: &Ground<'_>) -> Vec<(Route, Overview)> {
    let cards = || ground.site.cards.values().filter(|it| counts(it));
    let asked = cards().any(|it| date(it.meta.review_by.as_ref()).is_some());
    let stale: Vec<Item> = cards().flat_map(|it| stale(ground, it)).collect();
    if !asked && stale.is_empty() {
        return Vec::new();
    }
    let (overdue, due) = due(ground, cards());
    let nobodys = |it: &&Arc<Card>| it.meta.status.is_some() && it.meta.owners.is_empty();
    let ownerless = cards().filter(nobodys).map(|it| item(it, "", None)).collect();
    let today = ground.clock.today.map(|it| it.to_string());
    let extent = ground.clock.history.extent;
    let page = ReviewPage {
        today: today.unwrap_or_default(),
        owners: owners(&overdue, &due, &stale),
        overdue: List::of(overdue),
        due: List::of(due),
        stale: List::of(stale),
        ownerless: List::of(ownerless),
        shallow: matches!(extent, Extent::Shallow | Extent::Bounded),
    };
    let overview = Overview {
        title: Title::Word("reviews"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Reviews(page)),
    };
    vec![(Route::page("reviews"), overview)]
}

/// The evidence of a note that is newer than what it concludes.
fn stale(ground: &Ground<'_>, card: &Card) -> Vec<Item> {
    let newer = ground.clock.newer(ground.site, card).into_iter();
    newer.map(|(evidence, day)| item(card, &day.to_string(), Some(evidence))).collect()
}

/// The notes that are overdue, and those that are due soon, each by their day.
fn due<'a>(
    ground: &Ground<'_>,
    cards: impl Iterator<Item = &'a Arc<Card>>,
) -> (Vec<Item>, Vec<Item>) {
    let Some(today) = ground.clock.today else { return (Vec::new(), Vec::new()) };
    let last = today.checked_add(AHEAD.days()).unwrap_or(Date::MAX);
    let days = cards.filter_map(|it| Some((date(it.meta.review_by.as_ref())?, it)));
    let mut days: Vec<(Date, &Arc<Card>)> = days.filter(|it| it.0 <= last).collect();
    days.sort_by_key(|(day, card)| (*day, card.route.clone()));
    let (overdue, due): (Vec<_>, Vec<_>) = days.into_iter().partition(|it| it.0 < today);
    let items = |days: Vec<(Date, &Arc<Card>)>| {
        days.into_iter().map(|(day, card)| item(card, &day.to_string(), None)).collect()
    };
    (items(overdue), items(due))
}

impl List {
    fn of(mut items: Vec<Item>) -> Self {
        let more = items.len().saturating_sub(LIST);
        items.truncate(LIST);
        Self { items, more }
    }
}

fn item(card: &Card, day: &str, evidence: Option<&Card>) -> Item {
    Item {
        note: link(card),
        day: day.to_owned(),
        status: card.meta.status.map_or("", Status::name),
        owners: card.meta.owners.clone(),
        evidence: evidence.map(link),
    }
}

fn link(card: &Card) -> Link {
    Link { label: card.title.clone(), url: card.route.encoded() }
}

/// Who answers for how many, those with the most overdue first.
fn owners(overdue: &[Item], due: &[Item], stale: &[Item]) -> Vec<Owner> {
    let nobody = [String::new()];
    let mut tally: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (index, items) in [overdue, due, stale].into_iter().enumerate() {
        for item in items {
            let owners = if item.owners.is_empty() { &nobody[..] } else { &item.owners };
            for owner in owners {
                tally.entry(owner).or_default()[index] += 1;
            }
        }
    }
    let mut owners: Vec<Owner> = tally
        .into_iter()
        .map(|(name, [overdue, due, stale])| Owner {
            name: name.to_owned(),
            overdue,
            due,
            stale,
        })
        .collect();
    owners.sort_by_key(|it| std::cmp::Reverse((it.overdue, it.stale, it.due)));
    owners.truncate(LIST);
    owners
}
