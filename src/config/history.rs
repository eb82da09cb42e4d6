//! `[history]`: what is asked of version control, and what of it is published.

use crate::diag::Diagnostic;
use crate::value::Fields;

/// What is asked of version control, and what of it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct History {
    /// Whether git is asked when each note was changed last, and by whom.
    pub git: bool,
    /// Whether the names of those who changed a note are published.
    pub authors: bool,
}

impl Default for History {
    fn default() -> Self {
        Self { git: true, authors: true }
    }
}

/// What `[history]` says.
pub(super) fn read(mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) -> History {
    let default = History::default();
    let history = History {
        git: fields.bool("git").unwrap_or(default.git),
        authors: fields.bool("authors").unwrap_or(default.authors),
    };
    fields.rest(told);
    history
}
