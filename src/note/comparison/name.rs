//! What a comparison is called: its caption and its id.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Placed;
use crate::compare::Comparison;
use crate::note::event::{Element, Event, Text};

/// The event at which a comparison begins: a paragraph in bold right above it is its
/// caption, and part of it.
pub(super) fn caption(text: &Text<'_>, at: usize, comparison: &mut Comparison) -> usize {
    let Some(start) = paragraph_before(text, at) else { return at };
    let bold = text.events[start + 1].0 == Event::Open(Element::Strong)
        && text.end_of(start + 1) + 1 == at;
    if !bold || !comparison.caption.is_empty() {
        return at;
    }
    let words = text.plain(start..at);
    // `Table 3: …` numbers what the page does not number.
    let unnumbered = words.strip_prefix("Table").map(|rest| {
        rest.trim_start_matches(|it: char| it.is_ascii_digit() || ".: ".contains(it))
    });
    let caption = unnumbered.filter(|it| !it.is_empty()).unwrap_or(&words);
    caption.trim_end_matches('.').clone_into(&mut comparison.caption);
    start
}

/// The paragraph that ends right before an event.
fn paragraph_before(text: &Text<'_>, at: usize) -> Option<usize> {
    /// More events than a caption has.
    const LONGEST: usize = 40;
    let ends = matches!(text.events.get(at.checked_sub(1)?), Some((Event::Close, _)));
    let near = (at.saturating_sub(LONGEST)..at).rev();
    let mut starts =
        near.filter(|it| text.events[*it].0 == Event::Open(Element::Paragraph));
    starts.next().filter(|start| ends && text.end_of(*start) == at)
}

/// Gives each comparison an id of its own.
pub(super) fn ids(placed: &mut [Placed]) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (at, placed) in placed.iter_mut().enumerate() {
        let given = &placed.comparison.id;
        let base = if given.is_empty() {
            format!("comparison-{}", at + 1)
        } else {
            given.clone()
        };
        let count = taken.entry(base.clone()).or_default();
        *count += 1;
        let id = if *count == 1 { base } else { format!("{base}-{count}") };
        if placed.comparison.id != id {
            Arc::make_mut(&mut placed.comparison).id = id;
        }
    }
}
