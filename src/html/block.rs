//! Block elements: headings, lists, callouts, tables, code.

use super::writer::{Closer, Table, Writer};
use crate::fence;
use crate::highlight;
use crate::note::event::{Align, Callout, Element, Event, Fold};

impl<'t, 'a> Writer<'t, 'a> {
    /// Writes the heading of level 1 with which the text begins, if it does; gives the
    /// index from which to go on.
    pub(super) fn heading(&mut self, start: usize) -> usize {
        let events = &self.text.events[start..];
        let seen = events.iter().position(|(event, _)| event.is_visible());
        let Some(at) = seen.map(|it| start + it) else { return start };
        match self.text.events[at].0 {
            Event::Open(Element::Heading(index))
                if self.text.headings[index].level == 1 =>
            {
                let end = self.text.end_of(at);
                self.events(at..end);
                end
            }
            _ => start,
        }
    }

    pub(super) fn block(&mut self, element: &'t Element<'a>, at: usize) {
        match element {
            Element::Paragraph => self.paragraph(at),
            Element::Heading(index) => self.start_heading(*index),
            Element::Quote => self.push("<blockquote>\n", "</blockquote>\n"),
            Element::Callout(callout) => self.callout(callout),
            Element::CalloutTitle => self.callout_title(at),
            Element::List(None) => self.push("<ul>\n", "</ul>\n"),
            Element::List(Some(1)) => self.push("<ol>\n", "</ol>\n"),
            Element::List(Some(start)) => {
                self.push(&format!("<ol start=\"{start}\">\n"), "</ol>\n");
            }
            Element::Item => self.item(at),
            Element::DefinitionList => self.push("<dl>\n", "</dl>\n"),
            Element::Term => self.push("<dt>", "</dt>\n"),
            Element::Description => self.push("<dd>", "</dd>\n"),
            Element::Table(columns) => self.table(columns),
            Element::Head => self.push("<thead>\n<tr>\n", "</tr>\n</thead>\n"),
            Element::Row => self.row(),
            Element::Cell => self.cell(at),
            Element::Emphasis => self.push("<em>", "</em>"),
            Element::Strong => self.push("<strong>", "</strong>"),
            Element::Strike => self.push("<del>", "</del>"),
            Element::Mark => self.push("<mark>", "</mark>"),
            Element::Link(_) | Element::Image(_) | Element::Footnote(_) => {
                self.open.push(Closer::Nothing);
            }
        }
    }

    fn paragraph(&mut self, at: usize) {
        let inside = self.text.events[at + 1..].iter().map(|(event, _)| event);
        let mut inside = inside.take_while(|it| **it != Event::Close);
        match (inside.next(), inside.next()) {
            // What is embedded is no phrase, so it cannot stand in a paragraph; a block's
            // id alone is none.
            (Some(Event::Anchor(_)), None) => self.open.push(Closer::Nothing),
            (Some(Event::Embed(index)), None) if self.sets_in(*index) => {
                self.open.push(Closer::Nothing);
            }
            _ => self.push("<p>", "</p>\n"),
        }
    }

    fn start_heading(&mut self, index: usize) {
        let heading = &self.text.headings[index];
        self.html.push_str(&format!("<h{}", heading.level));
        if self.owns_ids() && !heading.id.is_empty() {
            self.attribute("id", &heading.id);
        }
        if !heading.classes.is_empty() {
            self.attribute("class", &heading.classes.join(" "));
        }
        self.html.push('>');
        self.open.push(Closer::Heading(index));
    }

    pub(super) fn end_heading(&mut self, index: usize) {
        let heading = &self.text.headings[index];
        if self.owns_ids() && heading.level > 1 && !heading.id.is_empty() {
            self.html.push_str(" <a class=\"anchor\"");
            self.attribute(
                "href",
                &format!("#{}", crate::site::resolve::encoded_fragment(&heading.id)),
            );
            let label = self.word("link-to").unwrap_or_default();
            self.attribute("aria-label", &format!("{label}: {}", heading.text));
            self.html.push_str(">#</a>");
        }
        self.html.push_str(&format!("</h{}>\n", heading.level));
    }

    fn callout(&mut self, callout: &Callout) {
        let class = format!("callout callout-{}", callout.kind);
        let (tag, closer) = match callout.fold {
            Fold::Fixed => ("<div role=\"note\"", "</div>\n"),
            Fold::Open => ("<details open=\"\"", "</details>\n"),
            Fold::Closed => ("<details", "</details>\n"),
        };
        self.html.push_str(tag);
        self.attribute("class", &class);
        self.push(">\n", closer);
    }

    fn callout_title(&mut self, at: usize) {
        let around =
            self.text.events[..at].iter().rev().find_map(|(event, _)| match event {
                Event::Open(Element::Callout(callout)) => Some(callout),
                _ => None,
            });
        let Some(callout) = around else { return self.open.push(Closer::Nothing) };
        match callout.fold {
            Fold::Fixed => self.push("<p class=\"callout-title\">", "</p>\n"),
            _ => self.push("<summary class=\"callout-title\">", "</summary>\n"),
        }
        if !callout.titled {
            let name = self.callout_name(&callout.kind);
            self.escape(&name);
        }
    }

    /// What a callout without a title is called: in the words of the theme where they
    /// know its kind, else by its kind.
    fn callout_name(&self, kind: &str) -> String {
        if let Some(name) = self.word(&format!("callout-{kind}")) {
            return name.to_owned();
        }
        let mut letters = kind.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>().replace('-', " ")
    }

    fn item(&mut self, at: usize) {
        let next = |offset: usize| self.text.events.get(at + offset).map(|it| &it.0);
        let paragraph = next(1) == Some(&Event::Open(Element::Paragraph));
        let first = if paragraph { next(2) } else { next(1) };
        let task = matches!(first, Some(Event::Task(_)));
        self.push(if task { "<li class=\"task\">" } else { "<li>" }, "</li>\n");
    }

    pub(super) fn task(&mut self, done: bool) {
        self.html.push_str("<input type=\"checkbox\" disabled=\"\"");
        if done {
            self.html.push_str(" checked=\"\"");
        }
        if let Some(label) = self.word(if done { "done" } else { "to-do" }) {
            self.attribute("aria-label", label);
        }
        self.html.push_str("> ");
    }

    fn table(&mut self, columns: &'t [Align]) {
        self.table = Table { columns, column: 0, head: true, body: false };
        self.open.push(Closer::Table);
        if self.body.is_some() {
            // A landmark would need a name of its own.
            self.html.push_str("<div class=\"table\" role=\"group\" tabindex=\"0\"");
            self.attribute("aria-label", self.word("table").unwrap_or_default());
            self.html.push('>');
        }
        self.html.push_str("<table>\n");
    }

    pub(super) fn end_table(&mut self) {
        if self.table.body {
            self.html.push_str("</tbody>\n");
        }
        self.html.push_str(if self.body.is_some() {
            "</table></div>\n"
        } else {
            "</table>\n"
        });
    }

    fn row(&mut self) {
        (self.table.head, self.table.column) = (false, 0);
        if !self.table.body {
            self.table.body = true;
            self.html.push_str("<tbody>\n");
        }
        self.push("<tr>\n", "</tr>\n");
    }

    fn cell(&mut self, at: usize) {
        let align = match self.table.columns.get(self.table.column) {
            Some(Align::Left) => "left",
            Some(Align::Center) => "center",
            Some(Align::Right) => "right",
            Some(Align::None) | None => "",
        };
        self.table.column += 1;
        let long = if self.body.is_some() && self.is_long(at) { "long" } else { "" };
        let classes = match (align, long) {
            ("", "") => String::new(),
            ("", class) | (class, "") => format!(" class=\"{class}\""),
            (align, long) => format!(" class=\"{align} {long}\""),
        };
        // A header without words names nothing (HTML, 4.9.10).
        let empty = matches!(self.text.events.get(at + 1), Some((Event::Close, _)));
        if self.table.head && !(empty && self.body.is_some()) {
            self.push(&format!("<th scope=\"col\"{classes}>"), "</th>\n");
        } else {
            self.push(&format!("<td{classes}>"), "</td>\n");
        }
    }

    /// Shows front matter that cannot be read as it is, so that nothing is lost.
    pub(super) fn broken_front_matter(&mut self) {
        let Some(note) = self.body.map(|it| &it.note.value) else { return };
        if let Some(range) = note.broken.clone() {
            self.fence("text", &note.text[range]);
        }
    }

    /// Whether a cell holds a sentence rather than a word or a number.
    fn is_long(&self, at: usize) -> bool {
        const LONG: usize = 40;
        let events = &self.text.events[at..self.text.end_of(at)];
        let texts = events.iter().map(|(event, _)| match event {
            Event::Text(text) => text.chars().count(),
            _ => 0,
        });
        texts.sum::<usize>() > LONG
    }

    /// Writes a code block: what its language asks for.
    pub(super) fn fence(&mut self, info: &str, code: &str) {
        if self.body.is_none() {
            let language = info.split_whitespace().next();
            self.html.push_str("<pre><code");
            if let Some(language) = language {
                self.attribute("class", &format!("language-{language}"));
            }
            self.html.push('>');
            self.escape(code);
            return self.html.push_str("</code></pre>\n");
        }
        self.set(highlight::block(code, &fence::parse(info).fence));
    }
}
