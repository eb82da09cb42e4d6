//! The data files that a note names.

use std::ops::Range;

use super::Context;
use crate::compare::Located;
use crate::compare::data::{self, Format};
use crate::compare::directive::Directive;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::path::FilePath;

/// The data files that a note names, as they are written: what `src=` and links to
/// tables lead to. May name more than the note uses, and never less.
pub fn data_names(text: &str) -> Vec<&str> {
    if !text.contains("compare") {
        return Vec::new();
    }
    let ends = |it: char| it.is_whitespace() || "\"')>".contains(it);
    let named = |prefix: &'static str| {
        text.match_indices(prefix).map(move |(at, _)| {
            let rest = text[at + prefix.len()..].trim_start_matches(['"', '\'', '<']);
            &rest[..rest.find(ends).unwrap_or(rest.len())]
        })
    };
    let is_data = |it: &&str| Format::of(&FilePath::new(*it)).is_some();
    named("src=").chain(named("](")).chain(named("]: ")).filter(is_data).collect()
}

/// The file that a note names: relative to itself, or to the project's root.
pub fn resolve(note: &FilePath, name: &str) -> Option<FilePath> {
    match name.strip_prefix('/') {
        Some(name) => FilePath::default().join(name),
        None => note.folder().join(name),
    }
}

/// Whether a link leads to no data file of the project, which is told of links.
pub(super) fn is_missing(context: &Context<'_>, name: &str) -> bool {
    resolve(context.path, name)
        .is_none_or(|it| Format::of(&it).is_some() && !context.data.contains_key(&it))
}

/// The comparison of a data file; tells what is wrong with the file.
pub(super) fn read(
    context: &Context<'_>,
    name: &str,
    place: Range<usize>,
    directive: &Directive,
) -> Checked<Option<Located>> {
    let span = Span::new(context.path, place);
    let Some(path) = resolve(context.path, name) else {
        let message = format!("`{name}` leads out of the project");
        let told = Diagnostic::new(Rule::OutsideLink, span, message);
        return Checked { value: None, diagnostics: vec![told] };
    };
    let Some(Some(text)) = context.data.get(&path) else {
        let told = refusal(context, &path, span);
        return Checked { value: None, diagnostics: vec![told] };
    };
    let Checked { value, mut diagnostics } =
        data::read(&path, &text.text, directive, context.vocabulary);
    // Of files among the notes it is told in their place.
    if path.below(context.src).is_none() && text.is_mended() {
        let message = format!("`{path}` holds what is not UTF-8, shown as `\u{fffd}`");
        let told = Diagnostic::new(Rule::NotUtf8, span, message);
        diagnostics.push(told.hint("save the file as UTF-8"));
    }
    let located = Some(value).filter(|it| !it.comparison.sides.is_empty());
    Checked { value: located, diagnostics }
}

/// Why a data file is not read.
fn refusal(context: &Context<'_>, path: &FilePath, span: Span) -> Diagnostic {
    if Format::of(path).is_none() {
        let message = format!("`{path}` is no data file");
        return Diagnostic::new(Rule::BadValue, span, message)
            .hint("use `.csv`, `.tsv`, `.json`, `.toml` or `.yaml`");
    }
    if !context.data.contains_key(path) {
        let message = "this data file does not exist";
        return Diagnostic::new(Rule::DeadLink, span, message);
    }
    let limit = data::MAX_BYTES >> 20;
    let message = format!("`{path}` is larger than {limit} MiB, the most that is read");
    Diagnostic::new(Rule::DataLimit, span, message)
        .hint("keep the rows that a reader compares, and link to the rest")
        .hint("without a comparison, the file is a download of the site like any other")
}
