//! The part of a note for which an id stands: the section of a heading, a block.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::note::event::{Element, Event, Text};

/// How much of a note is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// That for which this id stands.
    Of(String),
}

/// For each id of a text the events for which it stands: those from a heading to the
/// next one that is not below it, or those of the block that ends in `^id`.
///
/// Whatever opens within a part closes in it.
pub fn parts(text: &Text<'_>) -> BTreeMap<String, Range<usize>> {
    let mut scan = Scan::default();
    for (at, (event, _)) in text.events.iter().enumerate() {
        match event {
            Event::Open(element) => {
                if let Element::Heading(index) = element {
                    let heading = &text.headings[*index];
                    scan.heading(at, heading.level, &heading.id);
                }
                scan.open.push(at);
            }
            Event::Close => scan.close(text, at),
            Event::Fence { .. } | Event::Rule => scan.last = at..at + 1,
            Event::Anchor(id) => scan.anchor(text, at, id),
            _ => {}
        }
    }
    scan.end_sections(text.events.len(), |_| true);
    scan.parts
}

#[derive(Default)]
struct Scan {
    parts: BTreeMap<String, Range<usize>>,
    /// Where the elements begin that are open.
    open: Vec<usize>,
    /// The sections that are open.
    sections: Vec<Section>,
    /// Blocks with an id in them, that are open: where each begins, and the id.
    named: Vec<(usize, String)>,
    /// The block that ended last.
    last: Range<usize>,
}

struct Section {
    start: usize,
    level: u8,
    depth: usize,
    id: String,
}

impl Scan {
    fn heading(&mut self, start: usize, level: u8, id: &str) {
        self.end_sections(start, |it| it.level >= level);
        let (depth, id) = (self.open.len(), id.to_owned());
        self.sections.push(Section { start, level, depth, id });
    }

    /// Ends the innermost sections, as many as one after the other are to end.
    fn end_sections(&mut self, end: usize, ends: impl Fn(&Section) -> bool) {
        while let Some(section) = self.sections.pop_if(|it| ends(it)) {
            self.parts.entry(section.id).or_insert(section.start..end);
        }
    }

    fn close(&mut self, text: &Text<'_>, at: usize) {
        let Some(start) = self.open.pop() else { return };
        let depth = self.open.len();
        self.end_sections(at, |it| it.depth > depth);
        if !is_block(text, start) {
            return;
        }
        self.last = start..at + 1;
        while let Some((_, id)) = self.named.pop_if(|it| it.0 == start) {
            let whole = stands_alone(text, start);
            let part = if whole { start..at + 1 } else { start + 1..at };
            self.parts.entry(id).or_insert(part);
        }
    }

    /// An id stands for the block that it ends; alone in its paragraph, for the block
    /// before it.
    fn anchor(&mut self, text: &Text<'_>, at: usize, id: &str) {
        let around = self.open.iter().rev().copied().find(|it| is_block(text, *it));
        let Some(around) = around else { return };
        let id = format!("^{id}");
        let closes = matches!(text.events.get(at + 1), Some((Event::Close, _)));
        if around + 1 == at && closes {
            self.parts.entry(id).or_insert(self.last.clone());
        } else {
            self.named.push((around, id));
        }
    }
}

fn is_block(text: &Text<'_>, at: usize) -> bool {
    matches!(&text.events[at].0, Event::Open(element) if element.is_block())
}

/// Whether an element can stand without the one around it, as an item of a list cannot.
fn stands_alone(text: &Text<'_>, at: usize) -> bool {
    use Element as E;
    let Event::Open(element) = &text.events[at].0 else { return false };
    !matches!(
        element,
        E::Item | E::Term | E::Description | E::Head | E::Row | E::Cell | E::CalloutTitle
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::note::syntax::{self, Dialect};
    use crate::path::FilePath;

    #[test]
    fn a_part_closes_what_it_opens() {
        let source = "# A\n\n> ## B\n>\n> x\n\n## C\n\ny ^y\n\n- z ^z\n\n^list\n\n# D\n";
        let dialect = Dialect::of(&Config::default());
        let (text, _) = syntax::read(&FilePath::default(), source, 0, &dialect);
        let parts = parts(&text);
        assert_eq!(
            parts.keys().collect::<Vec<_>>(),
            ["^list", "^y", "^z", "a", "b", "c", "d"]
        );
        for (id, range) in parts {
            let mut depth = 0i32;
            for (event, _) in &text.events[range] {
                depth += match event {
                    Event::Open(_) => 1,
                    Event::Close => -1,
                    _ => 0,
                };
                assert!(depth >= 0, "{id}");
            }
            assert_eq!(depth, 0, "{id}");
        }
    }
}
