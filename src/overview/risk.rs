//! What may go wrong with a system, and what has and is not mended.

use serde::Serialize;

use super::listing::{MOST, NoteLink, entry, is_a};
use super::systems::System;
use crate::value::Value;

/// What may go wrong.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Risk {
    /// What.
    pub risk: String,
    /// What is done about it; empty if nothing is.
    pub mitigation: String,
    /// The note that says it.
    pub note: NoteLink,
}

/// What an incident has left to do.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Action {
    /// What.
    pub what: String,
    /// Who does it; empty if nobody.
    pub owner: String,
    /// Its ticket; empty if it has none.
    pub ticket: String,
    /// How far it is.
    pub state: String,
    /// The note of the incident.
    pub note: NoteLink,
}

/// The risks of the front matter that are not closed.
pub(super) fn risks(system: &System<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    for card in &system.cards {
        for value in card.meta.field("risks").map_or(&[][..], Value::items) {
            let what = value.text().map_or_else(|| entry(value, "risk"), str::to_owned);
            if !what.is_empty() && !is_over(&entry(value, "state")) {
                let mitigation = entry(value, "mitigation");
                risks.push(Risk { risk: what, mitigation, note: NoteLink::of(card) });
            }
        }
    }
    risks.truncate(MOST);
    risks
}

/// Whether a state says that nothing is left to do.
fn is_over(state: &str) -> bool {
    let state = state.trim().to_lowercase();
    ["done", "closed", "fixed", "completed", "resolved", "accepted", "wontfix", "dropped"]
        .contains(&state.as_str())
}

/// The sections of notes whose headings speak of risks.
pub(super) fn risk_sections(system: &System<'_>) -> Vec<NoteLink> {
    let mut sections = Vec::new();
    for card in &system.cards {
        let speaks = |text: &str| {
            text.split(|it: char| !it.is_alphanumeric())
                .any(|it| ["risk", "risks"].contains(&it.to_lowercase().as_str()))
        };
        for heading in card.headings.iter().filter(|it| speaks(&it.text)) {
            let mut link = NoteLink::to(card, &heading.id);
            link.title = format!("{} › {}", card.title, heading.text);
            sections.push(link);
        }
    }
    sections.truncate(MOST);
    sections
}

/// The actions of postmortems that are not done.
pub(super) fn actions(system: &System<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    for card in system.cards.iter().filter(|it| is_a(it, "postmortem")) {
        for value in card.meta.field("actions").map_or(&[][..], Value::items) {
            let what = value.text().map_or_else(|| entry(value, "what"), str::to_owned);
            let state = entry(value, "state");
            if !what.is_empty() && !is_over(&state) {
                actions.push(Action {
                    what,
                    owner: entry(value, "owner"),
                    ticket: entry(value, "ticket"),
                    state,
                    note: NoteLink::of(card),
                });
            }
        }
    }
    actions.truncate(MOST);
    actions
}
