//! A note that metadata names.

use serde::{Deserialize, Serialize};

use crate::diag::Span;
use crate::kind::relation::Relation;

/// Another note that metadata names, and the place where it does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// What the other note is to this one; `None` where a field only names it.
    pub relation: Option<Relation>,
    /// What is written: an id, a path, a number.
    pub id: String,
    /// Where it is written.
    pub span: Span,
    /// Whether it may as well name something that is no note of the site.
    pub is_open: bool,
}

impl Reference {
    /// The relation, and what is written.
    pub fn related(&self) -> Option<(Relation, String)> {
        Some((self.relation?, self.id.clone()))
    }
}
