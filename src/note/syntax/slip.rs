//! Slips of the pen that look like links.

use super::Reader;
use super::inline::{REACH, near};
use crate::diag::Rule;

impl Reader<'_, '_> {
    /// `(text)[address]`: a link with its brackets the wrong way round.
    pub(super) fn link_slips(&mut self, words: &str, start: usize) {
        for (at, _) in words.match_indices(")[") {
            let from = words.floor_char_boundary(at.saturating_sub(REACH));
            let Some(open) = words[from..at].rfind('(').map(|it| from + it) else {
                continue;
            };
            let Some(close) = near(&words[at..]).find(']').map(|it| at + it) else {
                continue;
            };
            let (label, address) = (&words[open + 1..at], &words[at + 2..close]);
            let path = address.split(['#', '?']).next().unwrap_or_default();
            let leads = address.contains("://") || path.ends_with(".md");
            if leads && !address.contains(char::is_whitespace) {
                let hint = format!("write `[{label}]({address})`");
                self.tell(
                    Rule::LinkSlip,
                    start + open..start + close + 1,
                    "the brackets of this link are the wrong way round",
                )
                .hints
                .push(hint);
            }
        }
    }
}
