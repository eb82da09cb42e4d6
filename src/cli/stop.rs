//! A reason to stop that says what to do about it.

use std::fmt;

/// What stops the program, and what to do about it.
#[derive(Debug)]
pub(super) struct Stop {
    message: String,
    /// What to do about it.
    pub(super) hint: String,
}

impl Stop {
    /// A reason with its hint, as the error of a command.
    pub(super) fn because(
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> anyhow::Error {
        Self { message: message.into(), hint: hint.into() }.into()
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Stop {}
