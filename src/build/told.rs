//! The diagnostics of a build, in order and each told once.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Rule};

/// The diagnostics in the order of their places, each told once.
pub(super) fn in_order(mut told: Vec<Diagnostic>) -> Vec<Diagnostic> {
    told.sort();
    told.dedup();
    once_each(told)
}

/// The diagnostics with each file outside of the site told once, however many links
/// lead to it.
fn once_each(told: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(told.len());
    for diagnostic in told {
        if diagnostic.rule != Rule::OutsideLink {
            kept.push(diagnostic);
            continue;
        }
        if let Some(index) = first.get(&diagnostic.message) {
            kept[*index].also.push((diagnostic.span, "and here".to_owned()));
        } else {
            first.insert(diagnostic.message.clone(), kept.len());
            kept.push(diagnostic);
        }
    }
    kept
}
