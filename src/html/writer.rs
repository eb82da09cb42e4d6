//! Writes the HTML of a text's events.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::blocks::Blocks;
use super::{Dress, sanitise};
use crate::diag::Diagnostic;
use crate::memo::Digest;
use crate::note::comparison::Placed;
use crate::note::emoji;
use crate::note::event::{Align, Element, Event, Text};
use crate::note::syntax::Dialect;
use crate::view::body::Body;
use crate::view::comparison::ComparisonView;

/// Writes the HTML of a text's events.
pub(super) struct Writer<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    /// The note, unless only `CommonMark` is written.
    pub(super) body: Option<&'t Body>,
    pub(super) dialect: &'t Dialect,
    pub(super) html: String,
    /// What closes each element that is open.
    pub(super) open: Vec<Closer>,
    /// What is set in later.
    blocks: Blocks,
    /// Footnotes by label: the number, and how often they are referred to.
    pub(super) footnotes: BTreeMap<&'t str, (usize, usize)>,
    /// Footnotes in the order of their numbers.
    pub(super) cited: Vec<&'t str>,
    /// The table that is open.
    pub(super) table: Table<'t>,
    /// The comparisons, in the order in which they stand.
    comparisons: &'t [Placed],
    /// What makes their HTML.
    dress: Option<&'t Dress<'t>>,
    /// What was wrong with the templates of blocks.
    pub(super) told: Vec<Diagnostic>,
    /// The footnotes that stand below a comparison instead of at the end.
    pub(super) table_notes: BTreeSet<&'t str>,
    /// Whether what is written now is metadata.
    in_head: bool,
    /// What the ids of footnotes begin with. Where it is not empty the text is set into
    /// another one, and its other ids are on its own page alone.
    pub(super) prefix: String,
}

/// Where in a table the writer is.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    pub(super) columns: &'t [Align],
    pub(super) column: usize,
    pub(super) head: bool,
    /// Whether its body has begun.
    pub(super) body: bool,
}

/// What closes an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Closer {
    /// This.
    Tag(&'static str),
    /// The end of a heading, with a link to it.
    Heading(usize),
    /// The end of a table.
    Table,
    /// Nothing: what was within has been written otherwise.
    Nothing,
}

impl<'t, 'a> Writer<'t, 'a> {
    /// A writer of a note's text.
    pub(super) fn new(
        text: &'t Text<'a>,
        body: &'t Body,
        dialect: &'t Dialect,
        dress: &'t Dress<'t>,
        prefix: String,
    ) -> Self {
        let token = Digest::of(body.note.value.text.as_bytes()).short();
        Self {
            body: Some(body),
            blocks: Blocks::of(token),
            prefix,
            comparisons: &body.note.value.comparisons,
            dress: Some(dress),
            ..Self::plain(text, dialect)
        }
    }

    /// A writer of `CommonMark`.
    pub(super) fn plain(text: &'t Text<'a>, dialect: &'t Dialect) -> Self {
        Self {
            text,
            body: None,
            dialect,
            html: String::new(),
            open: Vec::new(),
            blocks: Blocks::default(),
            footnotes: BTreeMap::new(),
            cited: Vec::new(),
            table: Table::default(),
            comparisons: &[],
            dress: None,
            told: Vec::new(),
            table_notes: BTreeSet::new(),
            in_head: false,
            prefix: String::new(),
        }
    }

    /// Writes events.
    pub(super) fn events(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if self.open.is_empty() && self.body.is_some() {
                self.set_head_apart(at);
            }
            at = self.event(at).max(at + 1);
        }
        if self.open.is_empty() && std::mem::take(&mut self.in_head) {
            self.html.push_str("</details>\n");
        }
    }

    /// Writes the event at an index, with all that belongs to it; gives the index
    /// from which to go on.
    pub(super) fn event(&mut self, at: usize) -> usize {
        if let Ok(index) =
            self.comparisons.binary_search_by_key(&at, |it| it.events.start)
        {
            return self.comparison(&self.comparisons[index]);
        }
        match &self.text.events[at].0 {
            Event::Open(element) => return self.start(element, at),
            Event::Close => self.end(),
            Event::Text(text) => self.prose(text),
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.escape(code);
                self.html.push_str("</code>");
            }
            Event::Math(tex) => self.math(tex),
            Event::Fence { info, code } => self.fence(info, code),
            Event::Tag(tag) => self.tag(tag),
            Event::Html(html) => self.html.push_str(html),
            Event::Comment(_) => self.scorecard_at(at),
            Event::Footnote(label) => self.footnote(label),
            Event::Anchor(id) => {
                if self.owns_ids() {
                    self.html.push_str("<span class=\"block-id\" id=\"^");
                    self.escape(id);
                    self.html.push_str("\"></span>");
                }
            }
            Event::Embed(index) => self.embed(*index),
            Event::SoftBreak if !self.dialect.hard_breaks => self.html.push('\n'),
            Event::SoftBreak | Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::Task(done) => self.task(*done),
        }
        at + 1
    }

    fn start(&mut self, element: &'t Element<'a>, at: usize) -> usize {
        match element {
            Element::Link(index) => self.link(*index, at),
            Element::Image(index) => self.image(*index, at),
            Element::Footnote(_) if self.body.is_some() => self.text.end_of(at),
            element => {
                self.block(element, at);
                at + 1
            }
        }
    }

    /// Sets the blocks that are metadata apart, before the one at an index is written: what
    /// they say is shown above the text, and they stay as they were written.
    fn set_head_apart(&mut self, at: usize) {
        match (self.in_head, self.is_head(at)) {
            (false, true) => self.html.push_str(
                "<details class=\"as-written\">\n<summary>As written</summary>\n",
            ),
            (true, false) => self.html.push_str("</details>\n"),
            _ => {}
        }
        self.in_head = self.is_head(at);
    }

    /// Whether the block at an index is metadata.
    fn is_head(&self, at: usize) -> bool {
        let Some(head) = self.body.and_then(|it| it.note.value.header.as_ref()) else {
            return false;
        };
        let range = &self.text.events[at].1;
        head.contains(&range.start)
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Closer::Tag(tag)) => self.html.push_str(tag),
            Some(Closer::Heading(index)) => self.end_heading(index),
            Some(Closer::Table) => self.end_table(),
            Some(Closer::Nothing) | None => {}
        }
    }

    /// Whether the ids of headings and blocks are written.
    pub(super) fn owns_ids(&self) -> bool {
        self.body.is_some() && self.prefix.is_empty()
    }

    /// Opens an element.
    pub(super) fn push(&mut self, tag: &str, closer: &'static str) {
        self.html.push_str(tag);
        self.open.push(Closer::Tag(closer));
    }

    /// Writes words, with emoji for their short codes.
    pub(super) fn prose(&mut self, text: &str) {
        let text = if self.dialect.extensions { emoji::shown(text) } else { text.into() };
        if self.body.is_some() {
            // A `String` takes whatever is written to it.
            let _ = escape_html_body_text(&mut self.html, &text);
        } else {
            self.escape(&text);
        }
    }

    /// Writes text so that it is no markup, within attributes too.
    pub(super) fn escape(&mut self, text: &str) {
        let _ = escape_html(&mut self.html, text);
    }

    /// Writes an attribute.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.escape(value);
        self.html.push('"');
    }

    /// Sets in finished HTML, past what makes a note's own HTML safe.
    pub(super) fn set(&mut self, block: String) {
        if self.text.raw {
            self.html.push_str(&self.blocks.place(block));
        } else {
            self.html.push_str(&block);
        }
    }

    /// What is written apart from the rest, made safe by itself: it is set in where
    /// nothing is made safe any more.
    pub(super) fn apart(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let blocks = self.blocks.others();
        let (html, open) = (self.take(), std::mem::take(&mut self.open));
        let blocks = std::mem::replace(&mut self.blocks, blocks);
        write(self);
        let html = std::mem::replace(&mut self.html, html);
        self.open = open;
        let blocks = std::mem::replace(&mut self.blocks, blocks);
        sanitise::finish(html, &blocks, self.text.raw, self.dialect)
    }

    /// The HTML that the theme makes of a comparison.
    pub(super) fn made(&mut self, view: &ComparisonView) -> String {
        let Some(dress) = self.dress else { return String::new() };
        (dress.comparison)(view).tell(&mut self.told)
    }

    /// What the theme gives.
    pub(super) fn dress(&self) -> Option<&'t Dress<'t>> {
        self.dress
    }

    /// A word of the interface; nothing where the theme has no such word.
    pub(super) fn word(&self, key: &str) -> Option<&'t str> {
        self.dress.and_then(|it| it.words.get(key)).map(String::as_str)
    }

    /// What has been written so far.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.html)
    }

    /// What was written, and the blocks to be set in.
    pub(super) fn finish(self) -> (String, Blocks) {
        (self.html, self.blocks)
    }
}
