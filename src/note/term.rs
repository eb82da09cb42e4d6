//! The terms that a glossary defines.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::lead;
use super::meta::Meta;
use crate::note::event::{Element, Event, Text};
use crate::value::Value;
use crate::value::fields::same;

/// A term, and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// What is defined.
    pub name: String,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// Other terms and notes to read, as they are written.
    pub see: Vec<String>,
    /// What it means, in a sentence or two; empty where nothing says it.
    pub definition: String,
    /// The id of the place in the note that defines it; empty for the note itself.
    pub anchor: String,
}

/// The terms that a note of the kind `glossary` defines: the one of its `term`, those of
/// its list `terms`, or, without either, its headings and the terms of its definition
/// lists.
pub fn of(meta: &Meta, text: &Text<'_>, header: Option<&Range<usize>>) -> Vec<Term> {
    if meta.kind.as_deref() != Some("glossary") {
        return Vec::new();
    }
    if let Some(name) = field(meta, "term").and_then(Value::text) {
        return vec![Term {
            name: plain(name),
            aliases: meta.aliases.clone(),
            see: field(meta, "see").map(texts).unwrap_or_default(),
            definition: meta.summary.clone().unwrap_or_else(|| lead::of(text, header)),
            anchor: String::new(),
        }];
    }
    let defined = defined(text);
    let Some(listed) = field(meta, "terms").map(Value::items) else { return defined };
    let mut terms: Vec<Term> = listed.iter().filter_map(listed_term).collect();
    for term in &mut terms {
        let place = defined.iter().find(|it| same_name(&it.name, &term.name));
        let Some(place) = place else { continue };
        term.anchor.clone_from(&place.anchor);
        if term.definition.is_empty() {
            term.definition.clone_from(&place.definition);
        }
    }
    terms
}

/// A field that the schema keeps as it is.
pub fn field<'a>(meta: &'a Meta, name: &str) -> Option<&'a Value> {
    meta.extra.iter().find(|(key, _)| same(key, name)).map(|(_, value)| value)
}

/// Whether two names are those of one term.
pub fn same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// The texts of a list, or the one text.
pub fn texts(value: &Value) -> Vec<String> {
    let one = std::slice::from_ref(value);
    let all = if value.text().is_some() { one } else { value.items() };
    all.iter().filter_map(Value::text).map(plain).filter(|it| !it.is_empty()).collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A term of the list: a name, or a table of what is said of it.
fn listed_term(value: &Value) -> Option<Term> {
    let text = |key: &str| value.get(key).and_then(Value::text).map(plain);
    let list = |key: &str| value.get(key).map(texts).unwrap_or_default();
    let name = value.text().map(plain).or_else(|| text("term"))?;
    let definition = text("definition").or_else(|| text("summary"));
    (!name.is_empty()).then(|| Term {
        name,
        aliases: list("aliases"),
        see: list("see"),
        definition: definition.unwrap_or_default(),
        anchor: String::new(),
    })
}

/// What the text defines: a heading with the paragraph below it, a term of a definition
/// list with its description. The first heading is the title.
fn defined(text: &Text<'_>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut waits = false;
    for (at, (event, _)) in text.events.iter().enumerate() {
        let Event::Open(element) = event else { continue };
        match element {
            Element::Heading(index) if text.headings[*index].level > 1 => {
                let heading = &text.headings[*index];
                let (name, anchor) = (plain(&heading.text), heading.id.clone());
                terms.push(Term { name, anchor, ..Term::default() });
                waits = true;
            }
            Element::Term => {
                let name = plain(&text.plain(at..text.end_of(at)));
                terms.push(Term { name, ..Term::default() });
                waits = true;
            }
            Element::Paragraph | Element::Description if waits => {
                waits = false;
                if let Some(term) = terms.last_mut() {
                    term.definition = beginning(&text.plain(at..text.end_of(at)));
                }
            }
            _ => {}
        }
    }
    terms.retain(|it| !it.name.is_empty());
    terms
}

/// The first sentences of a text, as far as 300 characters go.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 300;
    let text = plain(text);
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
    match text[..end].rfind(". ") {
        Some(stop) => text[..=stop].to_owned(),
        None => format!("{}…", &text[..text[..end].rfind(' ').unwrap_or(end)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::kind::Kinds;
    use crate::note::head;
    use crate::note::syntax::{self, Dialect};
    use crate::path::FilePath;

    fn terms(source: &str) -> Vec<String> {
        let path = FilePath::from("a.md");
        let head = head::read(&path, source, None, &Kinds::built_in()).value;
        let dialect = Dialect::of(&Config::default());
        let (text, _) = syntax::read(&path, source, head.body, &dialect);
        let terms = of(&head.meta, &text, None).into_iter();
        terms
            .map(|it| {
                let Term { name, aliases, see, definition, anchor } = it;
                format!(
                    "{name}|{}|{}|{definition}|{anchor}",
                    aliases.join("+"),
                    see.join("+")
                )
            })
            .collect()
    }

    #[test]
    fn a_file_may_be_one_term() {
        let source = "---\nkind: glossary\nterm: Data drift\naliases: [shift]\nsee: [b]\n---\n\
                      # Drift\n\nThe inputs change.\n\nMore.\n";
        assert_eq!(terms(source), ["Data drift|shift|b|The inputs change.|"]);
    }

    #[test]
    fn a_file_may_be_a_list_whose_text_defines_it() {
        let source = "---\nkind: glossary\nterms:\n  - { term: Drift, aliases: [shift] }\n  \
                      - Gate\n  - { term: Slice, definition: A part. }\n---\n\
                      # T\n\n## drift\n\nInputs *change*.\n\nMore.\n\n## Other\n\nx\n";
        assert_eq!(
            terms(source),
            ["Drift|shift||Inputs change.|drift", "Gate||||", "Slice|||A part.|"]
        );
    }

    #[test]
    fn headings_and_definition_lists_are_terms_where_nothing_is_listed() {
        let source = "---\nkind: glossary\n---\n# T\n\nIntro.\n\n## Drift\n\nInputs.\n\n\
                      Gate\n: A limit.\n";
        assert_eq!(terms(source), ["Drift|||Inputs.|drift", "Gate|||A limit.|"]);
    }

    #[test]
    fn another_kind_of_note_defines_none() {
        assert!(terms("---\nkind: design\nterm: x\n---\n## A\n\nb\n").is_empty());
    }
}
