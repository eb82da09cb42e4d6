//! Footnotes: numbers in the text, the notes at its end, and the way back.

use super::writer::Writer;
use crate::site::resolve::encoded_fragment;

impl<'t> Writer<'t, '_> {
    /// Writes a reference to a footnote.
    pub(super) fn footnote(&mut self, label: &'t str) {
        let next = self.cited.len() + 1;
        let (number, count) = self.footnotes.entry(label).or_insert((next, 0));
        *count += 1;
        let (number, count) = (*number, *count);
        if number == next {
            self.cited.push(label);
        }
        let id = self.reference_id(label, count);
        let href = format!("#{}", encoded_fragment(&self.footnote_id(label)));
        self.html.push_str("<sup class=\"footnote-ref\"><a");
        self.attribute("href", &href);
        self.attribute("id", &id);
        self.html.push_str(&format!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// Writes the footnotes, in the order in which they are referred to, then those to
    /// which nothing refers.
    pub(super) fn footnotes(&mut self) {
        let before = self.take();
        // A footnote may refer to another one, which is then cited while it is written.
        let mut done = 0;
        while let Some(label) = self.cited.get(done).copied() {
            self.one_footnote(label);
            done += 1;
        }
        if self.prefix.is_empty() {
            self.unused_footnotes();
        }
        let notes = std::mem::replace(&mut self.html, before);
        if !notes.is_empty() {
            self.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"");
            self.attribute("aria-label", self.word("footnotes").unwrap_or_default());
            self.html.push_str(">\n<ol>\n");
            self.html.push_str(&notes);
            self.html.push_str("</ol>\n</section>\n");
        }
    }

    fn unused_footnotes(&mut self) {
        let text = self.text;
        let is_unused = |label: &str| {
            !self.footnotes.contains_key(label) && !self.table_notes.contains(label)
        };
        let all = text.footnotes.iter().filter(|it| is_unused(it.0));
        let mut unused: Vec<_> =
            all.map(|(label, texts)| (texts[0].start, label)).collect();
        unused.sort_unstable();
        for (_, label) in unused {
            self.footnotes.insert(label, (0, 0));
            self.one_footnote(label);
        }
    }

    /// Writes a footnote: all that is given under its label, and the way back.
    fn one_footnote(&mut self, label: &'t str) {
        self.html.push_str("<li");
        self.attribute("id", &self.footnote_id(label));
        self.html.push('>');
        for events in self.text.footnotes.get(label).into_iter().flatten() {
            self.events(events.start + 1..events.end - 1);
        }
        let in_paragraph = self.html.ends_with("</p>\n");
        if in_paragraph {
            self.html.truncate(self.html.len() - "</p>\n".len());
        }
        let count = self.footnotes.get(label).map_or(0, |it| it.1);
        for count in 1..=count {
            self.back_link(label, count);
        }
        self.html.push_str(if in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
    }

    /// A link from a footnote to one of the places that refer to it.
    fn back_link(&mut self, label: &str, count: usize) {
        let href = format!("#{}", encoded_fragment(&self.reference_id(label, count)));
        let word = self.word("footnote-back").unwrap_or_default();
        let number = if count == 1 { String::new() } else { format!(" {count}") };
        self.html.push_str(" <a class=\"footnote-back\"");
        self.attribute("href", &href);
        self.html.push_str(" role=\"doc-backlink\"");
        self.attribute("aria-label", &format!("{word}{number}"));
        self.html.push_str(">↩");
        if count > 1 {
            self.html.push_str(&format!("<sup>{count}</sup>"));
        }
        self.html.push_str("</a>");
    }

    /// With a colon, which the id of a heading never has.
    fn footnote_id(&self, label: &str) -> String {
        format!("{}fn:{label}", self.prefix)
    }

    /// The id of the place at which a footnote is referred to for the nth time.
    fn reference_id(&self, label: &str, count: usize) -> String {
        let again = if count < 2 { String::new() } else { format!(":{count}") };
        format!("{}fnref:{label}{again}", self.prefix)
    }
}
