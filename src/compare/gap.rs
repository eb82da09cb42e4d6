//! The gap of a system: what its production side still lacks to what its rows ask for.
//!
//! The headline is the worst group with what blocks it, never an average: a strong
//! group must not hide an empty one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::aggregate::Entry;
use super::mark::{self, Mark};
use super::standing::{Outcome, Standing, standing};
use super::{Comparison, Role, State};

/// What one system lacks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Gap {
    /// The system.
    pub system: String,
    /// Its groups of rows, the worst first.
    pub groups: Vec<Group>,
}

/// A group of rows that ask for something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Group {
    /// The group's name, or the caption of a comparison without groups.
    pub name: String,
    /// The rows, in the order of the notes.
    pub lines: Vec<Line>,
    /// How many are met.
    pub met: usize,
    /// How many are asked for: all but those that do not apply.
    pub asked: usize,
}

/// A row that asks for something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Line {
    /// The row's name.
    pub label: String,
    /// The value with its unit.
    pub value: String,
    /// How sure it is: its interval, its sample size.
    pub detail: String,
    /// Whether there is one.
    pub state: State,
    /// The bar of the value, and where the limit is.
    pub mark: Option<Mark>,
    /// The side that is judged.
    pub side: String,
    /// How it stands.
    pub standing: Standing,
    /// The address of the row.
    pub url: String,
    /// The title of the note.
    pub title: String,
}

impl Line {
    /// Whether it keeps its group from being met.
    pub fn blocks(&self) -> bool {
        matches!(self.standing.outcome, Outcome::Missed | Outcome::NoData)
    }
}

impl Gap {
    /// The worst group; none where nothing that is asked for applies.
    pub fn worst(&self) -> Option<&Group> {
        self.groups.first().filter(|it| it.asked > 0)
    }
}

/// The gap of each system that has a row with a gate or a target.
pub fn gaps(entries: &[Entry<'_>]) -> Vec<Gap> {
    let mut systems: BTreeMap<&str, Vec<Group>> = BTreeMap::new();
    for entry in entries {
        let (Some(system), Some(side)) = (entry.system, entry.comparison.headline())
        else {
            continue;
        };
        if !judges(entry.comparison) {
            continue;
        }
        for row in &entry.comparison.rows {
            let Some(standing) = standing(entry.comparison, row, side) else { continue };
            let unit = row.unit.as_deref();
            let shown = || (row.cells[side].shown(unit), String::new());
            let (value, detail) = row.cells[side].measured(unit).unwrap_or_else(shown);
            let line = Line {
                label: row.label.clone(),
                value,
                detail,
                state: row.cells[side].state,
                mark: mark::against(entry.comparison, row, side),
                side: entry.comparison.sides[side].label.clone(),
                standing,
                url: entry.row_url(row),
                title: entry.title.to_owned(),
            };
            let caption = Some(&entry.comparison.caption).filter(|it| !it.is_empty());
            let name = row.group.as_ref().or(caption).map_or(entry.title, |it| it);
            add(systems.entry(system).or_default(), name, line);
        }
    }
    systems.into_iter().map(|(system, groups)| gap(system, groups)).collect()
}

/// Whether a comparison says how a system stands: it has a side called production, or
/// only one that is judged. Alternatives side by side are no system's standing.
fn judges(comparison: &Comparison) -> bool {
    let candidates = comparison.sides.iter().filter(|it| it.role == Role::Candidate);
    comparison.sides.iter().any(|it| it.key == "production") || candidates.count() <= 1
}

fn add(groups: &mut Vec<Group>, name: &str, line: Line) {
    let at = groups.iter().position(|it| it.name == name).unwrap_or_else(|| {
        groups.push(Group { name: name.to_owned(), ..Group::default() });
        groups.len() - 1
    });
    let group = &mut groups[at];
    group.met += usize::from(line.standing.outcome == Outcome::Met);
    group.asked += usize::from(line.standing.outcome != Outcome::NotApplicable);
    group.lines.push(line);
}

fn gap(system: &str, mut groups: Vec<Group>) -> Gap {
    // The least share first, by whole numbers; a group of which nothing applies is last.
    groups.sort_by(|a, b| {
        let share = |it: &Group, other: &Group| it.met * other.asked.max(1);
        (a.asked == 0)
            .cmp(&(b.asked == 0))
            .then_with(|| share(a, b).cmp(&share(b, a)))
            .then_with(|| (b.asked - b.met).cmp(&(a.asked - a.met)))
    });
    Gap { system: system.to_owned(), groups }
}

#[cfg(test)]
mod tests {
    use super::super::aggregate::tests::{comparison, entry};
    use super::*;

    #[test]
    fn the_headline_is_the_worst_group_with_what_blocks_it() {
        let it = comparison(
            "\
group,metric,Research,Production
Quality,MAE (min; lower; gate 4),3,3.5
Quality,recall (%; higher; gate 90),95,91
Speed,p99 (ms; lower; gate 120),95,180
Speed,freshness (h; lower; gate 2),1,tbd
Speed,p50 (ms; lower; gate 60),20,40
Cost,cost ($; lower; gate 2),1,n/a
",
        );
        let gaps = gaps(&[entry("eta", "a/", &it)]);
        assert_eq!(gaps.len(), 1);
        let worst = gaps[0].worst().unwrap();
        assert_eq!((worst.name.as_str(), worst.met, worst.asked), ("Speed", 1, 3));
        let blockers = worst.lines.iter().filter(|it| it.blocks());
        let blockers: Vec<_> = blockers.map(|it| it.label.as_str()).collect();
        assert_eq!(blockers, ["p99", "freshness"]);
        let names: Vec<_> = gaps[0].groups.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Speed", "Quality", "Cost"]);
    }

    #[test]
    fn a_system_that_asks_for_nothing_has_no_gap() {
        let it = comparison("metric,Research,Production\np99 (ms; lower),95,180\n");
        assert_eq!(gaps(&[entry("eta", "a/", &it)]), []);
    }
}
