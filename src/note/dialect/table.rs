//! A header that is a table of two columns, as TensorFlow's proposals have it.

use std::ops::Range;

use super::block::{Block, Content};
use super::entry::{Entry, field};

/// The entries of a table that stands first.
///
/// It is a header if it has two columns and two keys that are known; its first row
/// counts too, and a row without a key continues the one above.
pub(super) fn entries(blocks: &[Block]) -> Option<(Range<usize>, Vec<Entry>)> {
    let block =
        blocks.iter().take(2).find(|it| matches!(it.content, Content::Table(_)))?;
    let Content::Table(rows) = &block.content else { return None };
    let mut entries: Vec<Entry> = Vec::new();
    for row in rows {
        let [key, value] = &row[..] else { return None };
        let entry = Entry::new(&key.text, value, 0..value.text.len());
        match entries.last_mut() {
            Some(last) if entry.key.is_empty() => last.extend(entry),
            None if entry.key.is_empty() => {}
            _ => entries.push(entry),
        }
    }
    let known = entries.iter().filter(|it| field(&it.key).is_some()).count();
    (known >= 2).then(|| (block.range.clone(), entries))
}
