//! The options page: what was considered, what was said of it, and what was chosen.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::listing::{NoteLink, day};
use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::note::option::{Considered, Weight};
use crate::note::slug::slug;
use crate::note::status::Status;
use crate::path::Route;

/// The most notes and the most conflicts that are shown.
const MOST: usize = 50;

/// The options page.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OptionsPage {
    /// The options that one note rejected and another one chose.
    pub conflicts: Vec<Conflict>,
    /// The notes that have considered options, the newest first.
    pub choices: Vec<Choice>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A note, and the options that it has considered.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Choice {
    /// The note.
    pub note: NoteLink,
    /// When it was decided, or begun.
    pub date: String,
    /// The system that it is about; empty if none.
    pub system: String,
    /// The criteria of its front matter.
    pub criteria: Vec<String>,
    /// Whether anything is said for or against an option.
    pub argued: bool,
    /// The options.
    pub options: Vec<OptionRow>,
}

/// An option.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OptionRow {
    /// What it is called.
    pub title: String,
    /// Where it is described.
    pub url: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// What is said of it by each criterion; empty where nothing is.
    pub criteria: Vec<String>,
    /// What is said for it.
    pub good: Vec<String>,
    /// What is said neither for nor against it.
    pub neutral: Vec<String>,
    /// What is said against it.
    pub bad: Vec<String>,
}

/// An option that one note rejected and another one chose.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Conflict {
    /// The option.
    pub option: String,
    /// The system; empty if none.
    pub system: String,
    /// The notes that rejected it.
    pub rejected_by: Vec<NoteLink>,
    /// The notes that chose it.
    pub chosen_by: Vec<NoteLink>,
}

/// The page; none where no note has considered options.
pub(super) fn pages(ground: &Ground<'_>) -> Option<(Route, Overview)> {
    let cards = ground.site.cards.values().map(|it| &**it);
    let mut cards: Vec<&Card> = cards.filter(|it| !it.options.is_empty()).collect();
    if cards.is_empty() {
        return None;
    }
    cards.sort_by_key(|it| (Reverse(day(it)), &it.path));
    let page = OptionsPage {
        conflicts: conflicts(&cards),
        more: cards.len().saturating_sub(MOST),
        choices: cards.into_iter().take(MOST).map(choice).collect(),
    };
    let overview = Overview {
        title: Title::Word("options"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Options(page)),
    };
    Some((Route::page("options"), overview))
}

fn choice(card: &Card) -> Choice {
    let mut criteria: Vec<&String> = Vec::new();
    for (name, _) in card.options.iter().flat_map(|it| &it.criteria) {
        if !criteria.contains(&name) {
            criteria.push(name);
        }
    }
    Choice {
        note: NoteLink::of(card),
        date: day(card).map_or_else(String::new, |it| it.to_string()),
        system: card.meta.system.clone().unwrap_or_default(),
        argued: card.options.iter().any(|it| !it.arguments.is_empty()),
        options: card.options.iter().map(|it| row(card, it, &criteria)).collect(),
        criteria: criteria.into_iter().cloned().collect(),
    }
}

fn row(card: &Card, option: &Considered, criteria: &[&String]) -> OptionRow {
    let said = |weight: Weight| {
        let all = option.arguments.iter().filter(|it| it.weight == weight);
        all.map(|it| it.text.clone()).collect()
    };
    let by = |name: &&String| {
        let found = option.criteria.iter().find(|(it, _)| it == *name);
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    OptionRow {
        title: option.title.clone(),
        url: NoteLink::to(card, &option.anchor).url,
        chosen: option.chosen,
        criteria: criteria.iter().map(by).collect(),
        good: said(Weight::Good),
        neutral: said(Weight::Neutral),
        bad: said(Weight::Bad),
    }
}

/// The options that one note rejected and another one chose, both of one system. Notes
/// that were never in force choose and reject nothing.
fn conflicts(cards: &[&Card]) -> Vec<Conflict> {
    #[derive(Default)]
    struct Sides<'a> {
        title: &'a str,
        chosen: BTreeSet<NoteLink>,
        rejected: BTreeSet<NoteLink>,
    }
    let mut all: BTreeMap<(String, String), Sides<'_>> = BTreeMap::new();
    let in_force = |it: &&&Card| {
        use Status::{Draft, InReview, Proposed, Rejected, Withdrawn};
        !matches!(
            it.meta.status,
            Some(Draft | InReview | Proposed | Rejected | Withdrawn)
        )
    };
    for card in cards.iter().filter(in_force) {
        // Where nothing was chosen nothing was rejected.
        if !card.options.iter().any(|it| it.chosen) {
            continue;
        }
        let system = card.meta.system.clone().unwrap_or_default();
        for option in &card.options {
            let sides = all.entry((system.clone(), slug(&option.id))).or_default();
            sides.title = &option.title;
            let link = NoteLink::to(card, &option.anchor);
            let of = if option.chosen { &mut sides.chosen } else { &mut sides.rejected };
            of.insert(link);
        }
    }
    let disputed = all
        .into_iter()
        .filter(|(_, it)| !it.chosen.is_empty() && !it.rejected.is_empty());
    let conflicts = disputed.map(|((system, _), sides)| Conflict {
        option: sides.title.to_owned(),
        system,
        rejected_by: sides.rejected.into_iter().take(MOST).collect(),
        chosen_by: sides.chosen.into_iter().take(MOST).collect(),
    });
    conflicts.take(MOST).collect()
}
