//! The first use of each term in a text, where it becomes a link to what it means.

use std::collections::BTreeMap;
use std::ops::Range;

use super::writer::Writer;
use crate::glossary::finder::Finder;
use crate::note::comparison::Placed;
use crate::note::event::{Element, Event, Text};
use crate::note::raw::Side;
use crate::view::body::TermLink;

/// What stands in a run of text: by the event, the byte in it, and the link that begins
/// there; where one ends there is none.
pub(super) type Marks = BTreeMap<usize, Vec<(usize, Option<usize>)>>;

/// The places of links in a text.
///
/// A term is looked for in prose alone: not in headings, code, links and the heads of
/// tables, nor in comparisons, whose cells have a grammar of their own.
pub(super) fn marks(
    text: &Text<'_>,
    range: Range<usize>,
    comparisons: &[Placed],
    terms: &[TermLink],
) -> Marks {
    let names: Vec<(&str, usize)> = terms
        .iter()
        .enumerate()
        .flat_map(|(index, term)| term.names.iter().map(move |it| (it.as_str(), index)))
        .collect();
    let mut search = Search {
        finder: Finder::of(&names),
        used: vec![false; terms.len()],
        run: Run::default(),
        marks: Marks::new(),
    };
    let mut at = range.start;
    while at < range.end {
        at = search.step(text, comparisons, at).max(at + 1);
    }
    search.flush();
    search.marks
}

impl Writer<'_, '_> {
    /// Looks where terms become links.
    pub(super) fn mark_terms(&mut self, range: Range<usize>) {
        let Some(body) = self.body.filter(|it| !it.terms.is_empty()) else { return };
        self.marks = marks(self.text, range, self.comparisons, &body.terms);
    }

    /// Writes the words of an event, and the links of terms in them.
    pub(super) fn words(&mut self, text: &str, at: usize) {
        let marks = self.marks.remove(&at).unwrap_or_default();
        let mut done = 0;
        for (place, term) in marks {
            self.prose(&text[done..place]);
            done = place;
            match term.zip(self.body) {
                Some((term, body)) => {
                    let link = &body.terms[term];
                    self.html.push_str("<a class=\"term\"");
                    self.attribute("href", &link.href);
                    self.title(&link.title);
                    self.html.push('>');
                }
                None => self.html.push_str("</a>"),
            }
        }
        self.prose(&text[done..]);
    }
}

struct Search {
    finder: Finder,
    /// The terms that have been used.
    used: Vec<bool>,
    run: Run,
    marks: Marks,
}

/// Words that follow each other without markup.
#[derive(Default)]
struct Run {
    words: String,
    /// Where in the words each event begins.
    pieces: Vec<(usize, usize)>,
}

impl Search {
    /// Looks at an event; gives the next one that may hold prose.
    fn step(&mut self, text: &Text<'_>, comparisons: &[Placed], at: usize) -> usize {
        if let Ok(index) = comparisons.binary_search_by_key(&at, |it| it.events.start) {
            self.flush();
            return comparisons[index].events.end;
        }
        match &text.events[at].0 {
            Event::Text(words) => {
                self.run.pieces.push((self.run.words.len(), at));
                self.run.words.push_str(words);
            }
            Event::SoftBreak => self.run.words.push(' '),
            Event::Open(element) => {
                self.flush();
                if is_apart(element) {
                    return text.end_of(at);
                }
            }
            Event::Tag(tag) => {
                self.flush();
                if tag.side == Side::Start {
                    return behind(text, at, &tag.name);
                }
            }
            _ => self.flush(),
        }
        at + 1
    }

    /// Ends a run of words, and marks the first use of each term in it.
    fn flush(&mut self) {
        let Run { words, pieces } = std::mem::take(&mut self.run);
        if words.is_empty() {
            return;
        }
        for (range, term) in self.finder.find(&words) {
            if std::mem::replace(&mut self.used[term], true) {
                continue;
            }
            // Behind the last byte and not before the next, which may be of another event.
            let start = place(&pieces, range.start);
            let end = place(&pieces, range.end - 1);
            self.marks.entry(start.0).or_default().push((start.1, Some(term)));
            self.marks.entry(end.0).or_default().push((end.1 + 1, None));
        }
    }
}

/// The event, and the byte in it, of a byte of a run.
fn place(pieces: &[(usize, usize)], at: usize) -> (usize, usize) {
    let index = pieces.partition_point(|it| it.0 <= at).saturating_sub(1);
    pieces.get(index).map_or((0, 0), |(start, event)| (*event, at - start))
}

/// Whether no link may stand in an element, or it is no prose.
fn is_apart(element: &Element<'_>) -> bool {
    matches!(
        element,
        Element::Heading(_)
            | Element::Link(_)
            | Element::Image(_)
            | Element::CalloutTitle
            | Element::Term
            | Element::Head
    )
}

/// The event behind a tag, or behind what it holds where that is no prose.
fn behind(text: &Text<'_>, at: usize, name: &str) -> usize {
    let apart = ["a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre"];
    let apart = apart.iter().chain(&["samp", "script", "style", "summary", "svg", "var"]);
    if !apart.into_iter().any(|it| *it == name) {
        return at + 1;
    }
    let closes = |event: &Event<'_>| match event {
        Event::Tag(tag) => tag.side == Side::End && tag.name == name,
        // What is not closed by then ends with its block.
        Event::Close => true,
        _ => false,
    };
    let rest = text.events[at + 1..].iter();
    at + 1 + rest.take_while(|(event, _)| !closes(event)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::note::syntax::{self, Dialect};
    use crate::path::FilePath;

    /// The text with brackets where links begin and end.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let dialect = Dialect::of(&Config::default());
        let (text, _) = syntax::read(&FilePath::default(), source, 0, &dialect);
        let term = |name: &str| TermLink {
            names: vec![name.to_owned()],
            href: String::new(),
            title: String::new(),
        };
        let terms = [term("drift"), term("training skew")];
        let marks = marks(&text, 0..text.events.len(), &[], &terms);
        let mut shown = Vec::new();
        for (event, places) in &marks {
            let Event::Text(words) = &text.events[*event].0 else { panic!("no text") };
            let mut words = words.to_string();
            for (at, opens) in places.iter().rev() {
                words.insert(*at, if opens.is_some() { '[' } else { ']' });
            }
            shown.push(words);
        }
        assert_eq!(shown, expected, "{source}");
    }

    #[test]
    fn the_first_use_of_a_term_is_marked() {
        check("A drift, a drift.\n\nA drift.\n", &["A [drift], a drift."]);
        check("Training\nskew and drift\n", &["[Training", "skew] and [drift]"]);
    }

    #[test]
    fn what_is_no_prose_is_left_alone() {
        check("# drift\n\n`drift` [drift](x.md) ![drift](x.png)\n", &[]);
        check("<a href=\"x\">drift</a> then drift\n", &[" then [drift]"]);
        check("<code>drift</code>\n\n| drift |\n|---|\n| x drift |\n", &["x [drift]"]);
        check("```\ndrift\n```\n\n> [!note] drift\n> a *drift*\n", &["[drift]"]);
    }
}
