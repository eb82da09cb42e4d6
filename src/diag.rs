//! What is told to the author: a fault, its place, what would mend it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::path::FilePath;

pub mod rule;
pub mod nearest;

pub use rule::{Level, Rule, Severity};

/// A place in a file: bytes; line and column are made when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FilePath,
    /// The bytes, which may be empty.
    pub range: Range<usize>,
}

impl Span {
    /// A place in a file.
    pub fn new(file: &FilePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), range }
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Diagnostic {
    /// By file, then place, then rule.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |it: &Self| {
            (it.span.file.clone(), it.span.range.start, it.span.range.end, it.rule.id())
        };
        key(self).cmp(&key(other)).then_with(|| self.message.cmp(&other.message))
    }
}

/// Something to tell the author.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where it is.
    pub span: Span,
    /// Which rule it breaks.
    pub rule: Rule,
    /// One lowercase phrase without a full stop.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// Other places that have to do with it, each with a phrase.
    pub also: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A diagnostic without hints.
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self { span, rule, message: message.into(), hints: Vec::new(), also: Vec::new() }
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with one more place.
    #[must_use]
    pub fn also(mut self, span: Span, phrase: impl Into<String>) -> Self {
        self.also.push((span, phrase.into()));
        self
    }
}

/// A value beside what was found wrong while it was made.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checked<T> {
    /// The best value there is.
    pub value: T,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with which nothing is wrong.
    pub fn fine(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// The value, its diagnostics added to those of the caller.
    pub fn tell(self, told: &mut Vec<Diagnostic>) -> T {
        told.extend(self.diagnostics);
        self.value
    }
}
