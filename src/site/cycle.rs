//! Relations that lead from a note back to itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Memo;
use crate::note::Note;
use crate::path::FilePath;
use crate::site::Site;
use crate::site::tie::{Tie, Ties};

/// The relations by which one note comes before another, and what each says of it.
const ORDERED: [(Tie, &str); 4] = [
    (Tie::Supersedes, "supersedes"),
    (Tie::Amends, "amends"),
    (Tie::DependsOn, "depends on"),
    (Tie::Implements, "implements"),
];

/// How many notes of a cycle a message names.
const NAMED: usize = 5;

/// Notes each of which is in one relation to the next, and the last to the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    tie: Tie,
    verb: &'static str,
    notes: Vec<FilePath>,
}

/// The cycles of a site, of which no two share a note: to break one may show another.
pub fn find(ties: &Ties) -> Vec<Cycle> {
    ORDERED.into_iter().flat_map(|(tie, verb)| cycles(tie, verb, ties)).collect()
}

/// Walks each way to its end. A way that meets a note which it has passed is a cycle;
/// the trail is kept here, since a chain of notes may be longer than a stack is deep.
fn cycles(tie: Tie, verb: &'static str, ties: &Ties) -> Vec<Cycle> {
    let next = |note: &FilePath| {
        let all = ties.get(note).into_iter().flatten();
        all.filter(move |(it, _)| *it == tie).map(|(_, to)| to)
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
                    taken.extend(trail[*at..].iter().map(|it| it.0));
                    let notes = trail[*at..].iter().map(|it| it.0.clone()).collect();
                    found.push(Cycle { tie, verb, notes });
                }
                Some(_) => {}
            }
        }
    }
    found
}

/// Tells each cycle once, at the relation of its first note, with all others beside it.
pub fn tell(
    site: &Site,
    notes: &Memo<FilePath, Checked<Note>>,
    told: &mut Vec<Diagnostic>,
) {
    for cycle in &site.cycles {
        let after = cycle.notes.iter().cycle().skip(1);
        let mut places = cycle.notes.iter().zip(after).filter_map(|(from, to)| {
            let phrase = format!("`{from}` {} `{to}`", cycle.verb);
            Some((place(site, notes, (from, cycle.tie, to))?, phrase))
        });
        let Some((span, _)) = places.next() else { continue };
        let way: Vec<String> =
            cycle.notes[1..].iter().map(|it| format!("`{it}`")).collect();
        let rest = way.len().saturating_sub(NAMED);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let way = way[..way.len() - rest].join(", ");
        let message =
            format!("`{}` {} itself, by way of {way}{more}", cycle.notes[0], cycle.verb);
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
        let mut all = note.references.iter().filter(|it| Tie::from(it.relation) == tie);
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
                for (from, to) in cycle.notes.iter().zip(cycle.notes.iter().cycle().skip(1)) {
                    prop_assert!(ties[from].contains(&(Tie::DependsOn, to.clone())));
                }
            }
        }
    }
}
