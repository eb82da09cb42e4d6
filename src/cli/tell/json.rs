//! Diagnostics for programs: one JSON object on a line each.

use std::io::{self, Write};

use serde::Serialize;

use super::lines::{Place, Sources};
use super::{Fault, human};
use crate::diag::{Severity, Span};

/// A diagnostic. Where the file is no text, `line`, `column` and `end` are null.
#[derive(Serialize)]
pub(in crate::cli) struct Line<'a> {
    severity: Severity,
    rule: &'static str,
    #[serde(flatten)]
    span: Spot<'a>,
    message: &'a str,
    hints: &'a [String],
    also: Vec<Also<'a>>,
    /// Where to read about the rule.
    url: String,
}

/// A place. Columns count characters, from 1; `end` is behind the last one.
#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<Place>,
}

/// Another place that has to do with it.
#[derive(Serialize)]
struct Also<'a> {
    #[serde(flatten)]
    span: Spot<'a>,
    message: &'a str,
}

impl<'a> Line<'a> {
    /// A diagnostic with its place.
    pub(super) fn of(
        Fault { severity, diagnostic }: Fault<'a>,
        sources: &Sources<'_>,
    ) -> Self {
        let also = diagnostic.also.iter();
        Self {
            severity,
            rule: diagnostic.rule.id(),
            span: spot(&diagnostic.span, sources),
            message: &diagnostic.message,
            hints: &diagnostic.hints,
            also: also
                .map(|(span, message)| Also { span: spot(span, sources), message })
                .collect(),
            url: human::url(diagnostic.rule),
        }
    }
}

/// Writes diagnostics as lines of JSON.
pub(super) fn write(
    faults: &[Fault<'_>],
    sources: &Sources<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    for fault in faults {
        serde_json::to_writer(&mut *out, &Line::of(*fault, sources))?;
        writeln!(out)?;
    }
    Ok(())
}

fn spot<'a>(span: &'a Span, sources: &Sources<'_>) -> Spot<'a> {
    let place = sources.place(span);
    Spot {
        file: span.file.as_str(),
        line: place.map(|it| it.line),
        column: place.map(|it| it.column),
        end: sources.end(span),
    }
}
