//! What a note says of itself, as it is shown above its text.

use serde::Serialize;

/// What a note says of itself, in the order in which it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Facts {
    /// The facts that have a value.
    pub rows: Vec<Fact>,
}

/// A fact and its values.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Fact {
    /// The name by which the words of the interface and the style sheet know it:
    /// `depends-on`.
    pub key: String,
    /// What it is called where the words of the interface do not know it.
    pub label: String,
    /// The values.
    pub values: Vec<FactValue>,
}

/// A value of a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct FactValue {
    /// As it is shown.
    pub text: String,
    /// In the vocabulary, for a class; empty if it has none.
    pub key: String,
    /// Where it leads, seen from the page; empty if nowhere.
    pub href: String,
    /// What is said beside it.
    pub note: String,
}
