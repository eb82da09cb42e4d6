//! Footnotes: numbers in the text, the notes at its end, and the way back.

use super::writer::Writer;
use crate::note::slug::slug;

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
        let (id, again) = (slug(label), again(count));
        let ids =
            if self.ids { format!(" id=\"fnref-{id}{again}\"") } else { String::new() };
        let prefix = self.prefix();
        self.html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#{prefix}fn-{id}\"{ids} role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// Writes the footnotes, in the order in which they are referred to, then those to
    /// which nothing refers.
    pub(super) fn footnotes(&mut self) {
        // A footnote may refer to another one, which is then cited while it is written.
        let mut done = 0;
        let mut html = String::new();
        while let Some(label) = self.cited.get(done).copied() {
            html.push_str(&self.one_footnote(label));
            done += 1;
        }
        let all = self.text.footnotes.iter().map(|(label, _)| &**label);
        let unused: Vec<&'t str> = if self.ids {
            all.filter(|it| {
                !self.footnotes.contains_key(it) && !self.table_notes.contains(it)
            })
            .collect()
        } else {
            Vec::new()
        };
        for label in unused {
            self.footnotes.insert(label, (self.cited.len() + 1, 0));
            self.cited.push(label);
            html.push_str(&self.one_footnote(label));
        }
        if !html.is_empty() {
            self.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"");
            self.attribute("aria-label", self.word("footnotes").unwrap_or_default());
            self.html.push_str(">\n<ol>\n");
            self.html.push_str(&html);
            self.html.push_str("</ol>\n</section>\n");
        }
    }

    fn one_footnote(&mut self, label: &'t str) -> String {
        let footnotes = &self.text.footnotes;
        let Some((_, events)) = footnotes.iter().find(|(it, _)| it == label) else {
            return String::new();
        };
        let before = self.take();
        self.events(events.start + 1..events.end - 1);
        let text = std::mem::replace(&mut self.html, before);
        let (id, prefix) = (slug(label), self.prefix());
        let count = self.footnotes.get(label).map_or(0, |it| it.1);
        let ids = if self.ids {
            format!(" id=\"fn-{id}\"")
        } else {
            format!(" id=\"{prefix}fn-{id}\"")
        };
        let back: String =
            (1..=count).filter(|_| self.ids).map(|it| self.way_back(&id, it)).collect();
        match text.strip_suffix("</p>\n") {
            Some(text) => format!("<li{ids}>{text}{back}</p>\n</li>\n"),
            None => format!("<li{ids}>{text}{back}</li>\n"),
        }
    }

    /// A link from a footnote to one of the places that refer to it.
    fn way_back(&self, id: &str, count: usize) -> String {
        let again = again(count);
        let word = self.word("footnote-back").unwrap_or_default();
        let number = if count == 1 { String::new() } else { format!(" {count}") };
        let sign = if count == 1 { String::new() } else { format!("<sup>{count}</sup>") };
        format!(
            " <a class=\"footnote-back\" href=\"#fnref-{id}{again}\" role=\"doc-backlink\" \
             aria-label=\"{word}{number}\">↩{sign}</a>"
        )
    }

    /// What sets the ids of an embedded text apart from those of the page.
    fn prefix(&self) -> String {
        match self.body {
            Some(body) if !self.ids => format!("{}-", body.digest().short()),
            _ => String::new(),
        }
    }
}

fn again(count: usize) -> String {
    if count < 2 { String::new() } else { format!("-{count}") }
}
