//! The words of the interface, in the language of the site.

use std::collections::BTreeMap;

use super::files::Files;
use crate::diag::{Diagnostic, Rule, Span};

/// The words of a language: English ones where it has none of its own.
///
/// `pt-BR` is looked for as `words/pt-BR.toml`, then as `words/pt.toml`.
pub(super) fn of(
    files: &Files<'_>,
    language: &str,
    told: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let primary = language.split('-').next().unwrap_or(language);
    let mut words = BTreeMap::new();
    for name in ["en", primary, language] {
        let name = format!("words/{name}.toml");
        let Some(file) = files.get(&name) else { continue };
        match toml::from_str::<BTreeMap<String, String>>(file.text()) {
            Ok(found) => words.extend(found),
            Err(error) => {
                let span = Span::new(&file.place(&name), error.span().unwrap_or(0..0));
                told.push(Diagnostic::new(Rule::BadSyntax, span, error.message()));
            }
        }
    }
    words
}
