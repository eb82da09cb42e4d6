//! Marked text, `==so==`, and comments, `%%so%%`, within a block.

use std::borrow::Cow;
use std::ops::Range;

use super::Reader;
use super::inline::{Cursor, REACH};
use crate::note::event::{Element, Event};
use crate::note::run::Run;

/// A delimiter that may have a partner further on.
pub(super) struct Mark {
    delimiter: &'static str,
    /// Its text among the events.
    event: usize,
    /// How many elements are open around it.
    pub(super) depth: usize,
    links: usize,
}

impl Reader<'_, '_> {
    /// A `==` or `%%`, which closes what an earlier one began or begins something.
    pub(super) fn delimiter(
        &mut self,
        delimiter: &'static str,
        run: &Run,
        cursor: &mut Cursor,
    ) {
        let place = cursor.at..cursor.at + 2;
        let before = run.text[..place.start].chars().next_back();
        let after = run.text[place.end..].chars().next();
        let is_space = |it: Option<char>| it.is_none_or(char::is_whitespace);
        let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let same = |it: Option<char>| it.is_some_and(|it| delimiter.starts_with(it));
        let comment = delimiter == "%%";
        let sound = !same(before) && !same(after);
        let closes = sound && !is_word(after) && (comment || !is_space(before));
        let opens = sound && !is_word(before) && (comment || !is_space(after));
        cursor.at = place.end;
        let open = cursor.marks.iter().enumerate().rev().take(REACH);
        let partner = open
            .filter(|(_, it)| it.delimiter == delimiter && it.depth == cursor.depth)
            .map(|(index, _)| index)
            .next();
        if let Some(index) = partner.filter(|_| closes) {
            let mark = cursor.marks.split_off(index).swap_remove(0);
            self.close_mark(&mark, run.source(place));
        } else {
            if opens {
                let (event, depth) = (self.text.events.len(), cursor.depth);
                let links = self.text.links.len();
                cursor.marks.push(Mark { delimiter, event, depth, links });
            }
            self.emit(Event::Text(Cow::Borrowed(delimiter)), run.source(place));
        }
    }

    fn close_mark(&mut self, mark: &Mark, range: Range<usize>) {
        if mark.delimiter == "%%" {
            self.text.events.truncate(mark.event);
            self.text.links.truncate(mark.links);
        } else {
            self.text.events[mark.event].0 = Event::Open(Element::Mark);
            self.emit(Event::Close, range);
        }
    }
}
