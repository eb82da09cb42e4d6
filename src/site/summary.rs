//! The order of an mdBook: its `SUMMARY.md`.

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::note::event::{Element, Event};
use crate::note::link::Target;
use crate::note::syntax::{self, Dialect};
use crate::path::FilePath;
use crate::project::Project;
use crate::site::tree::Entry;

/// The entries of the `SUMMARY.md` in the notes' folder; none if there is no such file,
/// or one that lists nothing.
pub fn read(project: &Project) -> Checked<Option<Vec<Entry>>> {
    let Some(path) = project.src.join("SUMMARY.md") else { return Checked::fine(None) };
    let Some(text) = project.text(&path) else { return Checked::fine(None) };
    let (read, _) = syntax::read(&path, text, 0, &Dialect::commonmark());
    let mut told = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut depth = 0usize;
    let mut open: Vec<&Element<'_>> = Vec::new();
    for (event, _) in &read.events {
        match event {
            Event::Open(element) => {
                match element {
                    Element::List(_) => depth += 1,
                    Element::Link(index) => {
                        let link = &read.links[*index];
                        let note = note_of(project, &link.target);
                        if note.is_none() && !link.written.is_empty() {
                            let span = Span::new(&path, link.place.clone());
                            told.push(Diagnostic::new(
                                Rule::DeadLink,
                                span,
                                "this note does not exist",
                            ));
                        }
                        let depth = depth.saturating_sub(1);
                        entries.push(Entry { label: String::new(), note, depth });
                    }
                    // The first heading is the title of the book; others are of parts.
                    Element::Heading(index) if *index > 0 => {
                        entries.push(Entry {
                            label: String::new(),
                            note: None,
                            depth: 0,
                        });
                    }
                    _ => {}
                }
                open.push(element);
            }
            Event::Close => {
                if let Some(Element::List(_)) = open.pop() {
                    depth -= 1;
                }
            }
            Event::Text(words) | Event::Code(words) if is_named(&open) => {
                if let Some(entry) = entries.last_mut() {
                    entry.label.push_str(words);
                }
            }
            Event::SoftBreak if is_named(&open) => {
                if let Some(entry) = entries.last_mut() {
                    entry.label.push(' ');
                }
            }
            _ => {}
        }
    }
    let any = entries.iter().any(|it| it.note.is_some());
    Checked { value: any.then_some(entries), diagnostics: told }
}

/// Whether text that stands here names an entry.
fn is_named(open: &[&Element<'_>]) -> bool {
    open.iter().any(|it| match it {
        Element::Link(_) => true,
        Element::Heading(index) => *index > 0,
        _ => false,
    })
}

fn note_of(project: &Project, target: &Target) -> Option<FilePath> {
    let Target::Path { path, .. } = target else { return None };
    let path = project.src.join(path)?;
    project.texts.contains_key(&path).then_some(path)
}
