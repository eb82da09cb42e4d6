//! What is wrong with a note's text, beside what was seen while it was read.

use std::ops::Range;

use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::fence;
use crate::language;
use crate::note::card::Tasks;
use crate::note::count;
use crate::note::event::{Element, Event, Text};
use crate::note::head::Head;
use crate::note::reference;
use crate::note::status::Status;
use crate::path::FilePath;

/// Tells what is wrong with a note as it is written: its images and code blocks, its boxes.
pub fn note(
    path: &FilePath,
    source: &str,
    head: &Head,
    text: &Text<'_>,
    told: &mut Vec<Diagnostic>,
) {
    told.extend(empty(path, &source[head.body..]));
    tasks(path, head, count::tasks(text), told);
    reference::duplicates(path, source, text, told);
    for (at, (event, range)) in text.events.iter().enumerate() {
        match event {
            Event::Open(Element::Image(_)) if has_no_alt(text, at) => told.push(
                Diagnostic::new(
                    Rule::MissingAlt,
                    Span::new(path, range.clone()),
                    "this image has no alternative text",
                )
                .hint("say between the brackets what it shows"),
            ),
            Event::Fence { info, .. } => fence(path, source, info, range, told),
            _ => {}
        }
    }
}

/// Tells of a note without a text.
fn empty(path: &FilePath, text: &str) -> Option<Diagnostic> {
    let message = "there is nothing in this note";
    let told = || Diagnostic::new(Rule::EmptyNote, Span::new(path, 0..0), message);
    text.trim().is_empty().then(told)
}

/// Tells of boxes that are not ticked in a note that says all is done.
fn tasks(path: &FilePath, head: &Head, tasks: Tasks, told: &mut Vec<Diagnostic>) {
    let open = tasks.all - tasks.ticked;
    if open == 0 || head.meta.status != Some(Status::Implemented) {
        return;
    }
    let top = || Span::new(path, 0..0);
    let place = head.places.get("status").cloned().unwrap_or_else(top);
    let message =
        format!("this is implemented, but {open} of its {} boxes are open", tasks.all);
    told.push(
        Diagnostic::new(Rule::OpenTasks, place, message)
            .hint("tick what is done, and take out what will not be"),
    );
}

fn fence(
    path: &FilePath,
    source: &str,
    info: &str,
    range: &Range<usize>,
    told: &mut Vec<Diagnostic>,
) {
    let opening = opening(source, range);
    if info.trim().is_empty() {
        // An indented block has no place for a language.
        if source[opening.clone()].trim_start().starts_with(['`', '~']) {
            let message = "this code block does not say its language";
            told.push(
                Diagnostic::new(Rule::FenceLanguage, Span::new(path, opening), message)
                    .hint("write it behind the fence; `text` if it has none"),
            );
        }
        return;
    }
    let start = source[opening.clone()].rfind(info).map(|it| opening.start + it);
    let place = |within: &Range<usize>| match start {
        Some(start) => Span::new(path, start + within.start..start + within.end),
        None => Span::new(path, opening.clone()),
    };
    let read = fence::parse(info);
    if let Some(name) = read.fence.language.filter(|it| language::find(it).is_none()) {
        told.push(unknown_language(&name, place(&read.language)));
    }
    for fault in read.faults {
        let mut diagnostic =
            Diagnostic::new(Rule::BadInfoString, place(&fault.range), fault.message);
        diagnostic.hints.extend(fault.hint);
        told.push(diagnostic);
    }
}

fn unknown_language(name: &str, place: Span) -> Diagnostic {
    let message =
        format!("the language `{name}` is not known, so the code is shown plain");
    let near = nearest(name, language::names());
    let mut diagnostic = Diagnostic::new(Rule::UnknownLanguage, place, message);
    diagnostic.hints.extend(near.map(|it| format!("did you mean `{it}`?")));
    diagnostic
}

/// The first line of a block.
fn opening(source: &str, range: &Range<usize>) -> Range<usize> {
    let line = source[range.clone()].lines().next().unwrap_or_default();
    range.start..range.start + line.len()
}

fn has_no_alt(text: &Text<'_>, at: usize) -> bool {
    let inside = text.events[at + 1..].iter().map(|(event, _)| event);
    inside.take_while(|it| **it != Event::Close).all(|it| match it {
        Event::Text(words) => words.starts_with('|') || words.trim().is_empty(),
        _ => false,
    })
}
