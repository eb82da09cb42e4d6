//! PLACEHOLDER: what `Config` will say itself once it has landed. Then this file goes.

use crate::config::Config;
use crate::diag::{Level, Rule};

/// How much a broken rule weighs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// Nothing is published.
    Error,
    /// Told, and published.
    Warning,
}

/// `config.severity(rule)`.
pub(super) fn severity(_: &Config, rule: Rule) -> Option<Severity> {
    match rule.level() {
        Level::Error => Some(Severity::Error),
        Level::Strict | Level::Warn => Some(Severity::Warning),
        Level::Allow => None,
    }
}

/// `config.book.src`.
pub(super) fn src(_: &Config) -> Option<&str> {
    None
}

/// `config.build.build_dir`.
pub(super) fn build_dir(_: &Config) -> &'static str {
    "public"
}
