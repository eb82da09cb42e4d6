//! The tables of an mdBook: what of them means something here, and what does not.

use super::Config;
use crate::diag::{Diagnostic, Rule, Span};
use crate::value::Fields;

/// A key of mdBook's that has no effect here: its name and its place.
pub(super) type Foreign = (String, Span);

/// Takes over what `[output.html]` says; all else of `[output]`, `[preprocessor]`
/// and `[rust]` has no effect.
pub(super) fn output(
    config: &mut Config,
    top: &mut Fields<'_>,
    foreign: &mut Vec<Foreign>,
    told: &mut Vec<Diagnostic>,
) {
    if let Some((key, _)) = top.entry("rust") {
        foreign.push(("rust".to_owned(), top.span_of(key)));
    }
    for table in ["preprocessor", "output"] {
        for (key, backend) in top.map(table).unwrap_or_default() {
            if table == "output" && key.text == "html" {
                html(config, top.inner(backend), foreign, told);
            } else {
                foreign.push((format!("{table}.{}", key.text), top.span_of(key)));
            }
        }
    }
}

fn html(
    config: &mut Config,
    mut fields: Fields<'_>,
    foreign: &mut Vec<Foreign>,
    told: &mut Vec<Diagnostic>,
) {
    let smart = fields.bool("smart-punctuation");
    config.markdown.smart_punctuation =
        smart.unwrap_or(config.markdown.smart_punctuation);
    config.site.repository = fields.string("git-repository-url");
    config.site.cname = fields.string("cname");
    if let Some(url) = fields.string("site-url") {
        match super::base_url(&url) {
            Ok(url) => config.site.base_url = Some(url),
            Err(_) => config.site.path = Some(rooted(&url)),
        }
    }
    for (key, target) in fields.map("redirect").unwrap_or_default() {
        if let Some(text) = target.text() {
            config.site.redirects.insert(key.text.clone(), text.to_owned());
        }
    }
    let file = fields.file();
    for (key, _) in fields.others(told) {
        let span = Span::new(file, key.range.clone());
        foreign.push((format!("output.html.{}", key.text), span));
    }
}

/// A path with a slash at both ends.
fn rooted(path: &str) -> String {
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

/// Leaves keys of mdBook's alone that have no effect here.
pub(super) fn leave(
    fields: &mut Fields<'_>,
    table: &str,
    keys: &[&'static str],
    foreign: &mut Vec<Foreign>,
) {
    for name in keys {
        if let Some((key, _)) = fields.entry(name) {
            foreign.push((format!("{table}.{name}"), fields.span_of(key)));
        }
    }
}

/// Tells, at once, of all that has no effect.
pub(super) fn tell(top: &mut Fields<'_>, mut foreign: Vec<Foreign>) {
    foreign.sort_by_key(|(_, span)| span.range.start);
    let Some((_, first)) = foreign.first() else { return };
    let names: Vec<String> =
        foreign.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("this has no effect here: {}", names.join(", "));
    let told = Diagnostic::new(Rule::ForeignTable, first.clone(), message);
    top.tell(told.hint("take it out, or leave it for mdBook"));
}
