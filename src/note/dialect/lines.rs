//! A header of lines, `Date: 2024-05-01`, or of keys with a list below each.

use std::ops::Range;

use super::block::{Block, Content, Run};
use super::entry::{Entry, Field, field};

/// The entries of the paragraphs that stand first, each of whose lines is one, with a
/// key that is known. One line alone must be of a status, a date, or people: `Review: …`
/// can be prose. A key without a value has it in the list below.
pub(super) fn entries(blocks: &[Block]) -> Option<(Range<usize>, Vec<Entry>)> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut range: Option<Range<usize>> = None;
    for block in blocks {
        let open = entries.last().is_some_and(|it| it.text.is_empty());
        let more = match &block.content {
            Content::Paragraph(run) => lines(run),
            Content::List(items) if open => {
                let last = entries.last_mut().expect("the last is open");
                for it in items {
                    last.extend(Entry::new("", it, 0..it.text.len()));
                }
                Some(Vec::new())
            }
            _ => None,
        };
        let Some(more) = more else { break };
        entries.extend(more);
        range = Some(range.map_or(block.range.start, |it| it.start)..block.range.end);
    }
    let weak = |it: &Entry| matches!(field(&it.key), Some(Field::Link(_) | Field::Extra));
    let sure = entries.len() >= 2 || !entries.iter().all(weak);
    range.filter(|_| sure).map(|range| (range, entries))
}

/// The entries of a paragraph all of whose lines begin with a known key.
fn lines(run: &Run) -> Option<Vec<Entry>> {
    let mut at = 0;
    let mut entries = Vec::new();
    for line in run.text.split_inclusive('\n') {
        let part = at..at + line.trim_end().len();
        at += line.len();
        let entry = Entry::of_run(run, part)?;
        field(&entry.key)?;
        entries.push(entry);
    }
    (!entries.is_empty()).then_some(entries)
}
