//! A header of sections, `## Status`, as Nygard's decision records have it.

use super::block::{Block, Content, blocks};
use super::entry::{Entry, Field, field};
use crate::note::status::Status;

/// The entries that sections are, for keys that the header above has not.
///
/// A section is one if its heading is `Status` and a line that begins with a known
/// status follows, or if it is `Author` and a list or a line follows. Of anything else
/// it is not certain that it is metadata.
pub(super) fn entries(text: &str, body: usize, above: &[Entry]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = body;
    let mut fenced = false;
    for line in text[body..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        fenced ^= ["```", "~~~"].iter().any(|it| line.trim_start().starts_with(it));
        let title = line.trim_start_matches('#').trim().trim_matches('*').trim();
        if fenced || !line.starts_with('#') || title.len() > 12 {
            continue;
        }
        let field_here = field(&title.to_lowercase().replace("(s)", ""));
        let new = above.iter().chain(&entries).all(|it| field(&it.key) != field_here);
        if new && matches!(field_here, Some(Field::Status | Field::Owners)) {
            let end = (at + 2048).min(text.len());
            let section = blocks(text, start..text.floor_char_boundary(end));
            entries.extend(entry(title, field_here, section.get(1)));
        }
    }
    entries
}

fn entry(title: &str, field: Option<Field>, block: Option<&Block>) -> Option<Entry> {
    let entry = match &block?.content {
        Content::Paragraph(run) => {
            let line = run.text.lines().next().unwrap_or_default().len();
            Entry::new(title, run, 0..line)
        }
        Content::List(items) if field == Some(Field::Owners) => {
            let first = items.first()?;
            let mut entry = Entry::new(title, first, 0..first.text.len());
            for item in &items[1..] {
                entry.extend(Entry::new("", item, 0..item.text.len()));
            }
            entry
        }
        _ => return None,
    };
    let short = entry.text.len() <= 100;
    let status = field != Some(Field::Status) || Status::parse(&entry.text).0.is_some();
    (short && status || block_is_list(block?)).then_some(entry)
}

fn block_is_list(block: &Block) -> bool {
    matches!(block.content, Content::List(_))
}
