//! `[glossary]`: what becomes of the terms that the notes use.

use crate::diag::Diagnostic;
use crate::value::Fields;

/// What becomes of the terms that the notes use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Glossary {
    /// Whether the first use of a term in a note links to where it is defined. A note
    /// may say otherwise of itself: `glossary: false`.
    pub link: bool,
}

/// What `[glossary]` says.
pub(super) fn read(mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) -> Glossary {
    let glossary = Glossary { link: fields.bool("link").unwrap_or(false) };
    fields.rest(told);
    glossary
}
