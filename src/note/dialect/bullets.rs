//! A header that is a list of `Key: value`, as Rust's, Swift's and MADR's notes have it.

use std::ops::Range;

use super::block::{Block, Content};
use super::entry::{Entry, field};

/// The entries of a list that stands first.
///
/// It is a header if two of its keys are known and half of its items have a key; an
/// item without one continues the item above.
pub(super) fn entries(blocks: &[Block]) -> Option<(Range<usize>, Vec<Entry>)> {
    let block = blocks.first()?;
    let Content::List(items) = &block.content else { return None };
    let mut entries: Vec<Entry> = Vec::new();
    let mut keyless = 0;
    for item in items {
        let whole = 0..item.text.len();
        if let Some(entry) = Entry::of_run(item, whole.clone()) {
            entries.push(entry);
        } else {
            keyless += 1;
            entries.last_mut()?.extend(Entry::new("", item, whole));
        }
    }
    let known = entries.iter().filter(|it| field(&it.key).is_some()).count();
    (known >= 2 && keyless <= entries.len()).then(|| (block.range.clone(), entries))
}
