//! Block ids: ` ^id` at the end of a block, which links lead to.

use std::borrow::Cow;

use pulldown_cmark as md;

use super::inline::Cursor;
use super::{Item, Reader};
use crate::note::event::Event;
use crate::note::run::Run;

impl<'a> Reader<'a, '_> {
    /// ` ^id` at the end of a block, which links lead to.
    pub(super) fn block_id(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        end: usize,
        cursor: &mut Cursor,
    ) -> bool {
        let at = cursor.at;
        let id = run.text[at + 1..end].trim_end();
        let alone = run.text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let last = end == run.text.len()
            && items.get(cursor.item + 1).is_none_or(|it| {
                matches!(it, Item::Event(md::Event::SoftBreak, _))
                    && cursor.item + 2 == items.len()
            });
        let named = id.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
            && (id.len() >= 6 || id.contains(|it: char| it.is_ascii_alphabetic()));
        if !(alone && last && named) || run.is_escaped(at) || id.is_empty() {
            return false;
        }
        let place = run.source(at..at + 1 + id.len());
        self.text.anchors.push((format!("^{}", id.to_ascii_lowercase()), place.clone()));
        self.emit(Event::Anchor(Cow::Owned(id.to_ascii_lowercase())), place);
        cursor.at = end;
        true
    }
}
