//! Relations that lead from a note back to itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Memo;
use crate::note::Note;
use crate::path::FilePath;
use crate::site::Site;
use crate::site::tie::{Tie, Ties};

/// The orders into which relations put notes. What supersedes or amends a note comes
/// after it, so these two make one order. The others make one each: a system may depend
/// on a part that implements it, and a claim may be what its evidence depends on.
const ORDERS: [&[Tie]; 4] = [
    &[Tie::Supersedes, Tie::Amends],
    &[Tie::DependsOn],
    &[Tie::Implements],
    &[Tie::EvidenceFor],
];

/// How many notes of a cycle a message names.
const NAMED: usize = 5;

/// Notes each of which is in a relation of one order to the next, and the last to the
/// first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The notes, each with what it is to the next.
    notes: Vec<(FilePath, Tie)>,
}

/// The cycles of a site, of which no two share a note: to break one may show another.
pub fn find(ties: &Ties) -> Vec<Cycle> {
    ORDERS.into_iter().flat_map(|order| cycles(order, ties)).collect()
}

/// Walks each way to its end. A way that meets a note which it has passed is a cycle;
/// the trail is kept here, since a chain of notes may be longer than a stack is deep.
fn cycles(order: &[Tie], ties: &Ties) -> Vec<Cycle> {
    let next = |note: &FilePath| {
        let all = ties.get(note).into_iter().flatten();
        all.filter(move |(it, _)| order.contains(it)).map(|(_, to)| to)
    };
    let mut found = Vec::new();
    let mut taken: BTreeSet<&FilePath> = BTreeSet::new();
    // The place on the trail of each note that was seen; none once it is left.
    let mut seen: BTreeMap<&FilePath, Option<usize>> = BTreeMap::new();
    for start in ties.keys() {
        if seen.contains_key(start) {
            continue;
        }
        seen.insert(start, Some(0));
        let mut trail = vec![(start, next(start))];
        while let Some((note, rest)) = trail.last_mut() {
            let Some(to) = rest.next() else {
                seen.insert(note, None);
                trail.pop();
                continue;
            };
            match seen.get(to) {
                None => {
                    seen.insert(to, Some(trail.len()));
                    trail.push((to, next(to)));
                }
                Some(Some(at)) if trail[*at..].iter().all(|it| !taken.contains(it.0)) => {
                    let notes: Vec<&FilePath> =
                        trail[*at..].iter().map(|it| it.0).collect();
                    found.push(Cycle::of(&notes, order, ties));
                    taken.extend(notes);
                }
                Some(_) => {}
            }
        }
    }
    found
}

impl Cycle {
    fn of(notes: &[&FilePath], order: &[Tie], ties: &Ties) -> Self {
        let after = notes.iter().cycle().skip(1);
        let steps = notes.iter().zip(after).filter_map(|(from, to)| {
            let mut all = ties.get(*from)?.iter();
            let (tie, _) = all.find(|(tie, it)| order.contains(tie) && it == *to)?;
            Some(((*from).clone(), *tie))
        });
        Self { notes: steps.collect() }
    }

    /// The notes, each with what it is to the next, and that one.
    fn steps(&self) -> impl Iterator<Item = (&FilePath, Tie, &FilePath)> {
        let after = self.notes.iter().cycle().skip(1);
        self.notes.iter().zip(after).map(|((from, tie), (to, _))| (from, *tie, to))
    }

    /// What each note is to the next, where it is the same all round.
    fn verb(&self) -> &'static str {
        let mut ties = self.notes.iter().map(|(_, tie)| *tie);
        match ties.next() {
            Some(first) if ties.all(|it| it == first) => verb(first),
            _ => "comes after",
        }
    }
}

/// What a note is to another, as a verb between the two.
fn verb(tie: Tie) -> &'static str {
    match tie {
        Tie::Supersedes => "supersedes",
        Tie::Amends => "amends",
        Tie::DependsOn => "depends on",
        Tie::Implements => "implements",
        Tie::EvidenceFor => "is evidence for",
        _ => "comes after",
    }
}

/// Tells each cycle once, at the relation of its first note, with all others beside it.
pub fn tell(
    site: &Site,
    notes: &Memo<FilePath, Checked<Note>>,
    told: &mut Vec<Diagnostic>,
) {
    for cycle in &site.cycles {
        let mut places = cycle.steps().filter_map(|step| {
            let phrase = format!("`{}` {} `{}`", step.0, verb(step.1), step.2);
            Some((place(site, notes, step)?, phrase))
        });
        let Some((span, _)) = places.next() else { continue };
        let way: Vec<String> =
            cycle.notes[1..].iter().map(|(it, _)| format!("`{it}`")).collect();
        let rest = way.len().saturating_sub(NAMED);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let way = way[..way.len() - rest].join(", ");
        let message = format!(
            "`{}` {} itself, by way of {way}{more}",
            cycle.notes[0].0,
            cycle.verb()
        );
        let mut diagnostic = Diagnostic::new(Rule::RelationCycle, span, message)
            .hint("take one of these relations away, or turn it round");
        diagnostic.also.extend(places.take(NAMED));
        told.push(diagnostic);
    }
}

/// Where a relation is written: in the note that it starts from, or in the other one.
fn place(
    site: &Site,
    notes: &Memo<FilePath, Checked<Note>>,
    (from, tie, to): (&FilePath, Tie, &FilePath),
) -> Option<Span> {
    let written = |here: &FilePath, tie: Tie, there: &FilePath| {
        let note = &notes.get(here)?.value;
        let mut all =
            note.references.iter().filter(|it| it.relation.map(Tie::from) == Some(tie));
        let found = all.find(|it| site.named(&note.card, &it.id) == Some(there))?;
        Some(found.span.clone())
    };
    written(from, tie, to).or_else(|| written(to, tie.inverse(), from))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ties(edges: &[(usize, usize)]) -> Ties {
        let mut ties = Ties::new();
        let path = |it: &usize| FilePath::new(format!("{it:04}.md"));
        for (from, to) in edges.iter().filter(|(from, to)| from != to) {
            ties.entry(path(from)).or_default().insert((Tie::DependsOn, path(to)));
            ties.entry(path(to)).or_default().insert((Tie::RequiredBy, path(from)));
        }
        ties
    }

    #[test]
    fn a_chain_that_is_long_has_no_cycle_until_it_is_closed() {
        let mut edges: Vec<(usize, usize)> = (0..5000).map(|it| (it, it + 1)).collect();
        assert_eq!(find(&ties(&edges)), []);
        edges.push((5000, 0));
        assert_eq!(find(&ties(&edges))[0].notes.len(), 5001);
    }

    proptest! {
        /// What remains when notes that need nothing are taken away, again and again.
        #[test]
        fn there_is_a_cycle_where_not_every_note_can_come_after_what_it_needs(
            edges in prop::collection::vec((0..12usize, 0..12usize), 0..24),
        ) {
            let ties = ties(&edges);
            let mut rest: BTreeSet<&FilePath> = ties.keys().collect();
            loop {
                let needs = |note: &FilePath| {
                    ties[note].iter().any(|(tie, to)| *tie == Tie::DependsOn && rest.contains(to))
                };
                let left: BTreeSet<&FilePath> =
                    rest.iter().copied().filter(|it| needs(it)).collect();
                if left.len() == rest.len() {
                    break;
                }
                rest = left;
            }
            let found = find(&ties);
            prop_assert_eq!(found.is_empty(), rest.is_empty());
            for cycle in found {
                for (from, tie, to) in cycle.steps() {
                    prop_assert_eq!(tie, Tie::DependsOn);
                    prop_assert!(ties[from].contains(&(tie, to.clone())));
                }
            }
        }
    }
}
