//! Who has to do with a system, and how.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::listing::{MOST, NoteLink, texts};
use super::systems::System;

/// Somebody who has to do with a system.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Stakeholder {
    /// The name.
    pub name: String,
    /// For each role the notes in which it is theirs.
    pub roles: Vec<(&'static str, Vec<NoteLink>)>,
}

/// Who has to do with a system, those with the most notes first.
pub(super) fn stakeholders(system: &System<'_>) -> Vec<Stakeholder> {
    let mut people: BTreeMap<String, BTreeMap<&'static str, Vec<NoteLink>>> =
        BTreeMap::new();
    for card in &system.cards {
        let kept = ["deciders", "consulted", "informed", "stakeholders"]
            .map(|role| (role, texts(card, role)));
        let own = [
            ("owners", card.meta.owners.clone()),
            ("reviewers", card.meta.reviewers.clone()),
            ("approvers", card.meta.approvers.clone()),
        ];
        for (role, names) in own.into_iter().chain(kept) {
            for name in names {
                let roles = people.entry(name).or_default();
                roles.entry(role).or_default().push(NoteLink::of(card));
            }
        }
    }
    let mut people: Vec<Stakeholder> = people
        .into_iter()
        .map(|(name, roles)| Stakeholder { name, roles: roles.into_iter().collect() })
        .collect();
    let weight = |it: &Stakeholder| it.roles.iter().map(|it| it.1.len()).sum::<usize>();
    people.sort_by_key(|it| (Reverse(weight(it)), it.name.clone()));
    people.truncate(MOST);
    people
}
