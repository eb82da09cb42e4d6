//! What is told of fields: unknown keys, values of the wrong form.

use jiff::civil::Date;

use super::{Choice, Fault, Key, Value};
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;

/// Tells of a file that cannot be read as TOML.
pub fn no_toml(file: &FilePath, fault: Fault) -> Diagnostic {
    let message = format!("this is not TOML: {}", fault.message);
    Diagnostic::new(Rule::BadSyntax, Span::new(file, fault.range), message)
}

/// Tells of a key that nothing reads.
pub fn unknown(file: &FilePath, key: &Key, known: &[&str]) -> Diagnostic {
    let span = Span::new(file, key.range.clone());
    let message = format!("nothing reads the field `{}`", key.text);
    let told = Diagnostic::new(Rule::UnknownField, span, message);
    match nearest(&key.text, known.iter().copied()) {
        Some(meant) => told.hint(format!("write `{meant}`")),
        None => told,
    }
}

/// Tells of a date that is not in ISO form.
pub fn bad_date(span: Span, text: &str, meant: Option<Date>) -> Diagnostic {
    let message = format!("`{}` is not a date of the form YYYY-MM-DD", text.trim());
    let told = Diagnostic::new(Rule::BadDate, span, message);
    match meant {
        Some(date) => told.hint(format!("write `{date}`")),
        None => told.hint("write year, month and day: `2024-05-31`"),
    }
}

/// Tells of a value that is not what is expected.
pub fn wrong(file: &FilePath, value: &Value, expected: &str) -> Diagnostic {
    let span = Span::new(file, value.range.clone());
    let found = match value.text().filter(|it| it.len() <= 40 && !it.contains('\n')) {
        Some(text) => format!("`{text}`"),
        None => value.kind().to_owned(),
    };
    let message = format!("{expected} is expected here, not {found}");
    Diagnostic::new(Rule::BadValue, span, message)
}

/// Tells of a value that is none of a type's words.
pub(super) fn not_a_choice<T: Choice>(file: &FilePath, value: &Value) -> Diagnostic {
    let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
    let listed = words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let told = wrong(file, value, &format!("one of {listed}"));
    match value.text().and_then(|it| nearest(it, words)) {
        Some(meant) => told.hint(format!("write `{meant}`")),
        None => told,
    }
}
