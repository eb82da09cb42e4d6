//! Reference definitions, `[label]: address`, of which the parser tells nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Diagnostic, Rule, Span};
use crate::note::event::{Event, Text};
use crate::path::FilePath;

/// Tells of each label that is defined a second time, which changes nothing.
pub fn duplicates(
    path: &FilePath,
    source: &str,
    text: &Text<'_>,
    told: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, Range<usize>> = BTreeMap::new();
    let leaves = leaves(text);
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let found = definition(line).map(|it| at + it.start..at + it.end);
        at += line.len();
        let Some(place) = found.filter(|it| !is_within(&leaves, it.start)) else {
            continue;
        };
        let words = source[place.clone()].split_whitespace();
        let label = words.collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some(first) = seen.get(&label) {
            let message = format!("the reference `{label}` is defined already");
            let span = Span::new(path, place);
            told.push(
                Diagnostic::new(Rule::DuplicateReference, span, message)
                    .hint("take it away; the first one counts")
                    .also(Span::new(path, first.clone()), "the first one"),
            );
        } else {
            seen.insert(label, place);
        }
    }
}

/// The label of a line that looks like a definition.
fn definition(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start_matches([' ', '>']);
    let start = line.len() - rest.len() + 1;
    let label = rest.strip_prefix('[')?.split_once("]:")?.0;
    let sound = !label.starts_with('^') && !label.contains(['[', ']']);
    (sound && !label.trim().is_empty()).then_some(start..start + label.len())
}

/// The bytes of the text, code and HTML of a note: what stands there defines nothing.
fn leaves(text: &Text<'_>) -> Vec<Range<usize>> {
    let leaf = |event: &Event<'_>| !matches!(event, Event::Open(_) | Event::Close);
    let leaves = text.events.iter().filter(|(event, _)| leaf(event));
    leaves.map(|(_, range)| range.clone()).collect()
}

fn is_within(leaves: &[Range<usize>], at: usize) -> bool {
    let next = leaves.partition_point(|it| it.start <= at);
    next.checked_sub(1).is_some_and(|it| leaves[it].contains(&at))
}
