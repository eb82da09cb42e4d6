//! The options that a note has considered, and what it says for and against each.
//!
//! They stand in the front matter as `options` and `chosen`, and in the text as MADR
//! writes them: a heading for each option, below it items that begin with *Good,
//! because*, *Neutral, because* or *Bad, because*.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::note::event::{Element, Event, Text};
use crate::note::meta::Meta;
use crate::note::slug::slug;
use crate::value::{Data, Value};

/// An option that a note has considered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Considered {
    /// Its name: `heuristic`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// The id of its heading; empty if it has none.
    pub anchor: String,
    /// What the front matter says of it by criteria of its own.
    pub criteria: Vec<(String, String)>,
    /// What is said for and against it.
    pub arguments: Vec<Argument>,
}

/// What is said for or against an option.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Argument {
    /// Which it is.
    pub weight: Weight,
    /// Why, without markup.
    pub text: String,
}

/// Whether an argument is for or against.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// For.
    Good,
    /// Neither.
    Neutral,
    /// Against.
    Bad,
}

/// The words with which arguments begin.
const WORDS: [(&str, Weight); 3] =
    [("good", Weight::Good), ("neutral", Weight::Neutral), ("bad", Weight::Bad)];

/// The headings below which each heading is an option.
const SECTIONS: [&str; 6] = [
    "options",
    "considered options",
    "pros and cons of the options",
    "alternatives",
    "alternatives considered",
    "considered alternatives",
];

/// The options that a note has considered.
pub fn find(meta: &Meta, text: &Text<'_>) -> Vec<Considered> {
    let mut options = declared(meta);
    read_text(text, &mut options);
    choose(meta, text, &mut options);
    options
}

/// Those of the front matter: names, or tables whose further keys are criteria.
fn declared(meta: &Meta) -> Vec<Considered> {
    let items = meta.field("options").map_or(&[][..], Value::items);
    let options = items.iter().filter_map(|item| {
        if let Some(name) = item.text() {
            let (id, title) = (name.to_owned(), name.to_owned());
            return Some(Considered { id, title, ..Considered::default() });
        }
        let title = item.get("title").or_else(|| item.get("name")).and_then(Value::text);
        let id = item.get("id").and_then(Value::text).or(title)?;
        let others = item.entries().iter().filter(|(key, _)| {
            !["id", "title", "name", "chosen"].contains(&key.text.as_str())
        });
        let criteria = others.filter_map(|(key, value)| {
            Some((key.text.clone(), value.text()?.to_owned()))
        });
        Some(Considered {
            id: id.to_owned(),
            title: title.unwrap_or(id).to_owned(),
            chosen: item.get("chosen").is_some_and(|it| it.data == Data::Bool(true)),
            criteria: criteria.collect(),
            ..Considered::default()
        })
    });
    options.collect()
}

/// Reads the arguments of a text, each for the heading that it stands below.
fn read_text(text: &Text<'_>, options: &mut Vec<Considered>) {
    // The headings that are open, from the outermost.
    let mut open: Vec<usize> = Vec::new();
    for (at, (event, _)) in text.events.iter().enumerate() {
        match event {
            Event::Open(Element::Heading(index)) => {
                let level = text.headings[*index].level;
                open.retain(|it| text.headings[*it].level < level);
                open.push(*index);
                heading(text, &open, options);
            }
            Event::Open(Element::Item) => {
                let Some(option) = owner(text, &open, options) else { continue };
                let Some((weight, words)) = argument(text, at) else { continue };
                option.arguments.push(Argument { weight, text: words });
            }
            _ => {}
        }
    }
    let said = |it: &Considered| !it.arguments.is_empty() || it.anchor.is_empty();
    options.retain(|it| said(it) || !it.id.starts_with('#'));
    for option in options {
        if let Some(id) = option.id.strip_prefix('#') {
            option.id = id.to_owned();
        }
    }
}

/// A heading that is an option: of the front matter, or below a heading of options. One
/// that only the text knows has a `#` before its id until it is known to be argued.
fn heading(text: &Text<'_>, open: &[usize], options: &mut Vec<Considered>) {
    let Some((last, above)) = open.split_last() else { return };
    let heading = &text.headings[*last];
    if let Some(known) = options.iter_mut().find(|it| is_called(it, &heading.text)) {
        if known.anchor.is_empty() {
            known.anchor.clone_from(&heading.id);
        }
        return;
    }
    let is_section = |it: &usize| {
        let name = text.headings[*it].text.to_lowercase();
        SECTIONS.contains(&name.trim_end_matches(':').trim())
    };
    if above.last().is_some_and(is_section) {
        options.push(Considered {
            id: format!("#{}", slug(&heading.text)),
            title: heading.text.clone(),
            anchor: heading.id.clone(),
            ..Considered::default()
        });
    }
}

/// The option whose heading is the innermost that is open.
fn owner<'o>(
    text: &Text<'_>,
    open: &[usize],
    options: &'o mut [Considered],
) -> Option<&'o mut Considered> {
    let id = &text.headings[*open.last()?].id;
    options.iter_mut().find(|it| it.anchor == *id)
}

/// What an item says for or against: `Good, because …`.
fn argument(text: &Text<'_>, at: usize) -> Option<(Weight, String)> {
    let words = text.plain(first_block(text, at));
    let (first, rest) = words.split_once([',', ' '])?;
    let (_, weight) = WORDS.iter().find(|(it, _)| first.eq_ignore_ascii_case(it))?;
    let rest = rest.trim_start();
    let because = rest.get(..7).filter(|it| it.eq_ignore_ascii_case("because"))?;
    let reason = rest[because.len()..].trim();
    (!reason.is_empty()).then(|| (*weight, reason.to_owned()))
}

/// The events of an item before a list or block within it.
fn first_block(text: &Text<'_>, at: usize) -> Range<usize> {
    let end = text.end_of(at);
    let inner = (at + 1..end).find(|it| {
        matches!(text.events[*it].0, Event::Open(Element::List(_)) | Event::Fence { .. })
    });
    at..inner.unwrap_or(end)
}

/// Marks the option that was chosen: by `chosen` of the front matter, else by the words
/// *Chosen option: "…"* of the text.
fn choose(meta: &Meta, text: &Text<'_>, options: &mut [Considered]) {
    if options.is_empty() {
        return;
    }
    let named: Vec<String> = match meta.field("chosen") {
        Some(value) if value.text().is_some() => {
            value.text().into_iter().map(str::to_owned).collect()
        }
        Some(value) => {
            value.items().iter().filter_map(Value::text).map(str::to_owned).collect()
        }
        None if options.iter().any(|it| it.chosen) => return,
        None => chosen_words(text).into_iter().collect(),
    };
    for option in options {
        option.chosen |= named.iter().any(|name| is_called(option, name));
    }
}

/// What the text says that was chosen.
fn chosen_words(text: &Text<'_>) -> Option<String> {
    let mut paragraphs =
        text.events.iter().enumerate().filter_map(|(at, (event, _))| match event {
            Event::Open(Element::Paragraph) => Some(text.plain(at..text.end_of(at))),
            _ => None,
        });
    let said = paragraphs.find(|it| {
        it.get(..14).is_some_and(|it| it.eq_ignore_ascii_case("chosen option:"))
    })?;
    let rest = said[14..].trim();
    let quotes = ['"', '“', '”', '\'', '`'];
    let name = match rest.strip_prefix(quotes) {
        Some(quoted) => quoted.split(quotes).next().unwrap_or_default(),
        None => rest.split([',', '.']).next().unwrap_or_default(),
    };
    Some(name.trim().to_owned())
}

fn is_called(option: &Considered, name: &str) -> bool {
    let name = slug(name.trim());
    slug(&option.id) == name || slug(&option.title) == name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::note::syntax::{self, Dialect};
    use crate::value::{Format, parse};

    fn shown(front: &str, text: &str) -> Vec<String> {
        let data = parse(Format::Yaml, front, 0).unwrap();
        let extra =
            data.entries().iter().map(|(key, value)| (key.text.clone(), value.clone()));
        let meta = Meta { extra: extra.collect(), ..Meta::default() };
        let dialect = Dialect::of(&Config::default());
        let (read, _) = syntax::read(&"a.md".into(), text, 0, &dialect);
        let line = |it: &Considered| {
            let sign = |it: &Argument| match it.weight {
                Weight::Good => format!(" +{}", it.text),
                Weight::Neutral => format!(" ={}", it.text),
                Weight::Bad => format!(" -{}", it.text),
            };
            let criteria: String = it
                .criteria
                .iter()
                .map(|(key, value)| format!(" {key}={value}"))
                .collect();
            let arguments: String = it.arguments.iter().map(sign).collect();
            let chosen = if it.chosen { "*" } else { "" };
            format!(
                "{chosen}{} \"{}\" #{}{criteria}{arguments}",
                it.id, it.title, it.anchor
            )
        };
        find(&meta, &read).iter().map(line).collect()
    }

    const MADR: &str = "# Use X\n\n## Considered Options\n\n* A wiki\n* The *tree*\n\n\
        ## Decision Outcome\n\nChosen option: \"The tree\", because it is near.\n\n\
        ### Consequences\n\n* Good, because it is near\n\n## Pros and Cons of the Options\n\n\
        ### A wiki\n\n* Good, because **all** can write\n* Bad, because it rots\n  * and how\n\n\
        ### The *tree*\n\n* Neutral, because of `git`\n* Goodness, because\n* Because good\n\n\
        ## More Information\n\n* Bad, because it is no option\n";

    #[test]
    fn a_record_in_the_form_of_madr_is_read_as_it_stands() {
        assert_eq!(
            shown("", MADR),
            [
                "a-wiki \"A wiki\" #a-wiki +all can write -it rots",
                "*the-tree \"The tree\" #the-tree =of git",
            ]
        );
    }

    #[test]
    fn what_the_front_matter_declares_is_met_by_the_headings_of_the_text() {
        let front = "options:\n  - { id: wiki, title: A wiki, cost: low }\n  - tree\n  - { id: no }\n\
                     chosen: wiki\n";
        assert_eq!(
            shown(front, MADR),
            [
                "*wiki \"A wiki\" #a-wiki cost=low +all can write -it rots",
                "tree \"tree\" #",
                "no \"no\" #",
                "the-tree \"The tree\" #the-tree =of git",
            ]
        );
    }

    #[test]
    fn a_note_without_options_has_none() {
        let text = "# A\n\n## Options\n\n### One\n\nText.\n\n- Good, in itself\n- Good\n";
        assert_eq!(shown("", text), Vec::<String>::new());
        assert_eq!(shown("options: 3\nchosen: {a: b}\n", ""), Vec::<String>::new());
    }
}
