//! Diagnostics for people, as rustc draws them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

use super::lines::{Lines, Sources};
use super::{Fault, Volume, counted, plain, word};
use crate::diag::{Rule, Severity, Span};

/// So many diagnostics of a rule are drawn; the others are counted.
const LIMIT: usize = 50;

/// So many bytes of a line are drawn on each side of what is underlined, before the
/// drawing is cut to the terminal's width.
const CONTEXT: usize = 1000;

/// So many bytes are underlined.
const WIDE: usize = 400;

/// So many lines are drawn of what goes over more.
const TALL: usize = 6;

/// Where to read about a rule.
pub(super) fn url(rule: Rule) -> String {
    format!("https://diptych-docs.github.io/diptych/rules/{}/", rule.id())
}

/// Draws diagnostics; all of them, and where to read on, where `volume` is verbose.
pub(super) fn write(
    faults: &[Fault<'_>],
    sources: &Sources<'_>,
    volume: Volume,
    out: &mut impl Write,
) -> io::Result<()> {
    let limit = if volume == Volume::Verbose { usize::MAX } else { LIMIT };
    let mut counts: BTreeMap<(Severity, Rule), usize> = BTreeMap::new();
    let renderer = Renderer::styled();
    for fault in faults {
        let count = counts.entry((fault.severity, fault.diagnostic.rule)).or_default();
        *count += 1;
        if *count <= limit {
            let drawing = renderer.render(&[draw(fault, sources)]);
            writeln!(out, "{drawing}\n")?;
        }
    }
    for ((severity, rule), count) in &counts {
        if let Some(more) = count.checked_sub(limit).filter(|it| *it > 0) {
            let counted = counted(more, &format!("more {}", word(*severity)));
            writeln!(
                out,
                "and {counted} of `{}`; `--verbose` or `--message-format short` \
                 shows all\n",
                rule.id()
            )?;
        }
    }
    if volume == Volume::Verbose {
        for (_, rule) in counts.keys() {
            writeln!(out, "`{}` is explained at {}", rule.id(), url(*rule))?;
        }
    }
    Ok(())
}

fn draw<'a>(fault: &Fault<'a>, sources: &Sources<'a>) -> Group<'a> {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let diagnostic = fault.diagnostic;
    let title = level.primary_title(plain(&diagnostic.message)).id(diagnostic.rule.id());
    let mut elements = place(&diagnostic.span, AnnotationKind::Primary, None, sources);
    for (span, phrase) in &diagnostic.also {
        elements.extend(place(span, AnnotationKind::Context, Some(phrase), sources));
    }
    for hint in &diagnostic.hints {
        elements.push(Level::HELP.message(plain(hint)).into());
    }
    title.elements(elements)
}

/// A place with its source underlined, or the name of a file that is no text.
fn place<'a>(
    span: &'a Span,
    kind: AnnotationKind,
    phrase: Option<&str>,
    sources: &Sources<'a>,
) -> Vec<Element<'a>> {
    let origin = Origin::path(plain(span.file.as_str()));
    let Some(lines) = sources.lines(&span.file) else {
        return vec![origin.into()];
    };
    let window = window(lines, &span.range);
    let annotation = kind.span(window.marked).label(phrase.map(plain));
    let at = lines.place(span.range.start);
    let source = Snippet::source(window.text).line_start(at.line).annotation(annotation);
    if window.is_cut {
        // Else the column would be counted from the cut.
        return vec![origin.line(at.line).char_column(at.column).into(), source.into()];
    }
    vec![source.path(plain(span.file.as_str())).into()]
}

/// The part of a text that is shown of a span.
struct Window {
    text: String,
    /// Where in it the span lies.
    marked: Range<usize>,
    /// Whether its first line lacks its beginning.
    is_cut: bool,
}

fn window(lines: &Lines<'_>, span: &Range<usize>) -> Window {
    let text = lines.text();
    let Range { start, mut end } = lines.within(span);
    let first = lines.line_of(start);
    let mut last = lines.line_of(end.max(start + 1) - 1).max(first);
    if last - first >= TALL || end - start > WIDE {
        // The beginning says where it is; nobody reads the rest here.
        last = first;
        end = end.min(text.floor_char_boundary(start + WIDE));
    }
    end = end.min(lines.line(last).end).max(start);
    let whole = lines.line(first).start..lines.line(last).end.max(end);
    let from = match start - whole.start {
        0..=CONTEXT => whole.start,
        _ => text.floor_char_boundary(start - CONTEXT),
    };
    let to = text.ceil_char_boundary(end + CONTEXT).min(whole.end);
    let before = if from > whole.start { "…" } else { "" };
    let after = if to < whole.end { "…" } else { "" };
    let shift = |at: usize| at - from + before.len();
    Window {
        text: format!("{before}{}{after}", &text[from..to]),
        marked: shift(start)..shift(end),
        is_cut: from > whole.start,
    }
}
