//! The decision log: every decision with what was chosen, by whom, and what it replaced.

use std::cmp::Reverse;

use serde::Serialize;

use super::listing::{MOST, NoteLink, day, is_a, text, texts};
use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::note::status::Status;
use crate::path::Route;
use crate::site::tie::Tie;

/// The decision log.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DecisionsPage {
    /// The decisions, the newest first.
    pub rows: Vec<DecisionRow>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A decision.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DecisionRow {
    /// The note.
    pub note: NoteLink,
    /// The number by which its file is called; empty if it has none.
    pub number: String,
    /// When it was decided, or begun; empty if nothing says it.
    pub date: String,
    /// The system that it is about; empty if none.
    pub system: String,
    /// Who decided.
    pub deciders: Vec<String>,
    /// What was chosen; empty if nothing says it.
    pub chosen: String,
    /// When, or on what condition, it is looked at again; empty if nothing says it.
    pub revisit: String,
    /// What it supersedes.
    pub supersedes: Vec<NoteLink>,
    /// What has superseded it.
    pub superseded_by: Vec<NoteLink>,
    /// Whether it holds no more: superseded, deprecated, rejected, withdrawn.
    pub over: bool,
}

/// The page; none without decisions.
pub(super) fn pages(ground: &Ground<'_>) -> Option<(Route, Overview)> {
    let mut cards: Vec<&Card> = ground.decisions().collect();
    cards.sort_by_key(|it| (Reverse((day(it), number(it))), &it.path));
    let more = cards.len().saturating_sub(MOST);
    let rows = cards.into_iter().take(MOST).map(|it| row(ground, it)).collect();
    let page = DecisionsPage { rows, more };
    let overview = Overview {
        title: Title::Word("decisions"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Decisions(page)),
    };
    let Content::Decisions(page) = &*overview.content else { return None };
    (!page.rows.is_empty()).then(|| (Route::page("decision-log"), overview))
}

impl Ground<'_> {
    /// The decisions of the site.
    pub(super) fn decisions(&self) -> impl Iterator<Item = &Card> {
        self.site.cards.values().map(|it| &**it).filter(|it| is_a(it, "decision"))
    }

    /// The notes in one relation to a note.
    pub(super) fn tied(&self, card: &Card, tie: Tie) -> Vec<NoteLink> {
        let ties = self.site.ties.get(&card.path).into_iter().flatten();
        let paths = ties.filter(|(it, _)| *it == tie).map(|(_, path)| path);
        paths.filter_map(|it| self.site.card(it)).map(|it| NoteLink::of(it)).collect()
    }
}

fn row(ground: &Ground<'_>, card: &Card) -> DecisionRow {
    let superseded_by = ground.tied(card, Tie::SupersededBy);
    let holds_no_more = matches!(
        card.meta.status,
        Some(
            Status::Superseded
                | Status::Deprecated
                | Status::Rejected
                | Status::Withdrawn
        )
    );
    let deciders = ["deciders", "decision_makers", "decider"];
    let deciders = deciders.map(|it| texts(card, it)).into_iter();
    let revisit = text(card, "revisit_on").or_else(|| text(card, "revisit_when"));
    DecisionRow {
        number: number(card).map_or_else(String::new, |it| it.to_string()),
        date: day(card).map_or_else(String::new, |it| it.to_string()),
        system: card.meta.system.clone().unwrap_or_default(),
        deciders: deciders.into_iter().find(|it| !it.is_empty()).unwrap_or_default(),
        chosen: chosen(card),
        revisit: revisit.unwrap_or_default(),
        supersedes: ground.tied(card, Tie::Supersedes),
        over: holds_no_more,
        superseded_by,
        note: NoteLink::of(card),
    }
}

/// The number with which a record's file begins, as is customary: `0007-use-kafka.md`,
/// `adr-12-x.md`. A year is no number.
fn number(card: &Card) -> Option<u32> {
    let stem = card.path.stem();
    let stem = ["adr-", "ADR-", "adr", "ADR"]
        .iter()
        .find_map(|it| stem.strip_prefix(it))
        .unwrap_or(stem);
    let digits: &str = stem.split(|it: char| !it.is_ascii_digit()).next()?;
    let is_date = digits.len() == 4 && stem[4..].starts_with('-') && {
        let rest = &stem[5..];
        rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit)
    };
    if is_date || digits.len() > 5 { None } else { digits.parse().ok() }
}

/// What was chosen, by its title where it has one.
fn chosen(card: &Card) -> String {
    let options = card.options.iter().filter(|it| it.chosen);
    let titles: Vec<&str> = options.map(|it| it.title.as_str()).collect();
    if titles.is_empty() {
        return texts(card, "chosen").join(", ");
    }
    titles.join(", ")
}
