//! The answers of a note to rubrics, and where in its text they are shown.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Rule, Span};
use crate::note::event::{Event, Text};
use crate::note::head::Head;
use crate::note::link::{Form, Link, Target};
use crate::note::status::Status;
use crate::path::FilePath;
use crate::rubric::Rubrics;
use crate::rubric::answer::{self, Filled, Sheet};
use crate::rubric::score::{Grade, grade};

/// The answers of a note to a rubric, and where in its text they are shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placed {
    /// The answers.
    pub sheet: Arc<Sheet>,
    /// The comment in whose place they are shown; none if they stand below the text.
    pub event: Option<usize>,
    /// The links of the note that are evidence: by question and number.
    pub evidence: BTreeMap<(String, usize), usize>,
}

/// Finds the answers of a note. Their evidence becomes links of the text.
pub fn find(
    file: &FilePath,
    head: &Head,
    rubrics: &Rubrics,
    text: &mut Text<'_>,
    told: &mut Vec<Diagnostic>,
) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for (holder, data) in &head.data {
        for filled in answer::read(rubrics, holder, data, told) {
            let id = &filled.sheet.rubric.id;
            // The front matter is read first, and what it says counts.
            if placed.iter().all(|it| it.sheet.rubric.id != *id) {
                unknown(holder, head, &filled, told);
                placed.push(place(file, holder, filled, text));
            }
        }
    }
    directives(file, rubrics, text, &mut placed, told);
    placed
}

fn place(
    file: &FilePath,
    holder: &FilePath,
    filled: Filled,
    text: &mut Text<'_>,
) -> Placed {
    let mut evidence = BTreeMap::new();
    for (item, number, range) in filled.evidence {
        let written = &filled.sheet.answers[&item].evidence[number];
        let Some(target) = target(written) else { continue };
        // A link has its place in the note; what a side-car says is told at its top.
        let range = if holder == file { range } else { 0..0 };
        evidence.insert((item, number), text.links.len());
        text.links.push(Link {
            target,
            written: written.clone(),
            form: Form::Evidence,
            title: String::new(),
            range: range.clone(),
            place: range,
        });
    }
    Placed { sheet: Arc::new(filled.sheet), event: None, evidence }
}

/// What evidence leads to: an address, a path, or a note by its id. Words are none.
fn target(written: &str) -> Option<Target> {
    let written = written.trim();
    let name = written.strip_prefix("[[").and_then(|it| it.strip_suffix("]]"));
    let is_id = |it: &str| !it.contains(['/', '.', ':']) && !it.starts_with('#');
    match name.or_else(|| Some(written).filter(|it| is_id(it))) {
        Some("") => None,
        Some(words) if words.contains(char::is_whitespace) && words == written => None,
        Some(name) => {
            let mut parts = name.split('#').map(|it| it.trim().to_owned());
            let name = parts.next().unwrap_or_default();
            Some(Target::Wiki { name, fragment: parts.collect() })
        }
        None if written.contains(char::is_whitespace) => None,
        None => Some(Target::of(written)),
    }
}

/// Tells what an accepted note does not know of what it rests on.
fn unknown(file: &FilePath, head: &Head, filled: &Filled, told: &mut Vec<Diagnostic>) {
    let accepted = [Some(Status::Accepted), Some(Status::Implemented)];
    if !accepted.contains(&head.meta.status) {
        return;
    }
    let sheet = &filled.sheet;
    let required = sheet.rubric.sections.iter().filter(|it| it.required);
    for item in required.flat_map(|it| &it.items) {
        if grade(sheet, item) != Grade::Unknown {
            continue;
        }
        let place = filled.levels.get(&item.id).unwrap_or(&filled.place);
        let said =
            if sheet.answers.contains_key(&item.id) { "unknown" } else { "not answered" };
        let message = format!("the note is accepted, and `{}` is {said}", item.id);
        told.push(
            Diagnostic::new(
                Rule::UnknownPrerequisite,
                Span::new(file, place.clone()),
                message,
            )
            .hint(format!("find out and answer it: {}", item.text)),
        );
    }
}

/// Finds the comments `<!-- rubric -->` and `<!-- rubric NAME -->`, in whose places
/// answers are shown.
fn directives(
    file: &FilePath,
    rubrics: &Rubrics,
    text: &Text<'_>,
    placed: &mut [Placed],
    told: &mut Vec<Diagnostic>,
) {
    let mut depth = 0usize;
    for (at, (event, range)) in text.events.iter().enumerate() {
        match event {
            Event::Open(_) => depth += 1,
            Event::Close => depth = depth.saturating_sub(1),
            Event::Comment(words) if depth == 0 && !placed.is_empty() => {
                let Some(name) = directive(words) else { continue };
                let rubric = rubrics.named(name).map(|it| &it.id);
                let mut known = placed.iter_mut().filter(|it| it.event.is_none());
                let found = known
                    .find(|it| name.is_empty() || Some(&it.sheet.rubric.id) == rubric);
                match found {
                    Some(found) => found.event = Some(at),
                    None => told.push(unplaced(file, range, name)),
                }
            }
            _ => {}
        }
    }
}

/// The rubric that a directive names; empty if it names none.
fn directive(comment: &str) -> Option<&str> {
    let mut words = comment.split_whitespace();
    let name = (words.next() == Some("rubric")).then(|| words.next().unwrap_or_default());
    name.filter(|_| words.next().is_none())
}

fn unplaced(file: &FilePath, range: &Range<usize>, name: &str) -> Diagnostic {
    let message = match name {
        "" => "the note has no further answers to show here".to_owned(),
        name => format!("the note has no further answers to `{name}` to show here"),
    };
    Diagnostic::new(Rule::UnknownRubric, Span::new(file, range.clone()), message)
        .hint("answers stand in the front matter, below `rubric`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_an_address_a_path_or_an_id_and_words_are_none() {
        let wiki = |name: &str, fragment: &[&str]| {
            let fragment = fragment.iter().map(|&it| it.to_owned()).collect();
            Some(Target::Wiki { name: name.to_owned(), fragment })
        };
        assert_eq!(target("eta-runbook"), wiki("eta-runbook", &[]));
        assert_eq!(
            target("eta-runbook#last-drill"),
            wiki("eta-runbook", &["last-drill"])
        );
        assert_eq!(target("[[Run book#Last drill]]"), wiki("Run book", &["Last drill"]));
        assert_eq!(target("reviewed on a Monday"), None);
        assert_eq!(target("see a.md, please"), None);
        assert_eq!(target(""), None);
        for path in ["../ops/a.md#b", "#risks", "a.md"] {
            assert!(matches!(target(path), Some(Target::Path { .. })), "{path}");
        }
        assert_eq!(
            target("https://x.org/1"),
            Some(Target::Web("https://x.org/1".into()))
        );
    }
}
