//! Inline elements: links, footnotes, math, raw HTML.

use pulldown_cmark_escape::escape_href;

use super::writer::{Closer, Writer};
use crate::config::RawHtml;
use crate::note::event::Event;
use crate::note::link::{Form, Target};
use crate::note::raw::{Side, Tag, Value};
use crate::view::body::{Address, Kind};

impl<'t> Writer<'t, '_> {
    /// Opens a link, or writes it whole where it leads nowhere; gives the index from
    /// which to go on.
    pub(super) fn link(&mut self, index: usize, at: usize) -> usize {
        let link = &self.text.links[index];
        let Some(body) = self.body else {
            let destination = self.destination(index);
            self.html.push_str("<a href=\"");
            let _ = escape_href(&mut self.html, &destination);
            self.html.push('"');
            self.title(&link.title);
            self.push(">", "</a>");
            return at + 1;
        };
        let address = &body.addresses[index];
        let wiki = matches!(link.target, Target::Wiki { .. });
        match address.kind {
            Kind::Dead if wiki => {
                let source = &body.note.value.text[link.range.clone()];
                self.escape(source);
                return self.text.end_of(at);
            }
            Kind::Dead | Kind::Outside if address.href.is_empty() => {
                let class =
                    if address.kind == Kind::Dead { "dead-link" } else { "outside-link" };
                self.html.push_str("<span");
                self.attribute("class", class);
                self.title(&address.label);
                self.push(">", "</span>");
            }
            _ => self.start_link(address, &link.title),
        }
        let empty = matches!(self.text.events.get(at + 1), Some((Event::Close, _)));
        if empty && wiki {
            let label = address.label.clone();
            self.escape(&label);
        }
        at + 1
    }

    fn start_link(&mut self, address: &Address, title: &str) {
        self.html.push_str("<a");
        match address.kind {
            Kind::Web => self.html.push_str(" class=\"web\" rel=\"noopener\""),
            Kind::File => self.html.push_str(" class=\"file\""),
            _ => {}
        }
        self.attribute("href", &address.href);
        self.title(title);
        self.push(">", "</a>");
    }

    pub(super) fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.attribute("title", title);
        }
    }

    /// The destination of a link as `CommonMark`'s examples write it.
    pub(super) fn destination(&self, index: usize) -> String {
        self.text.links[index].written.clone()
    }

    pub(super) fn math(&mut self, tex: &str) {
        let display = tex.starts_with("$$");
        self.html.push_str(if display {
            "<span class=\"math display\">"
        } else {
            "<span class=\"math\">"
        });
        self.escape(tex);
        self.html.push_str("</span>");
    }

    /// Writes a tag of raw HTML, its links resolved; what runs a script is left out.
    pub(super) fn tag(&mut self, tag: &Tag) {
        let safe = self.dialect.html == RawHtml::Safe;
        if tag.side == Side::End {
            self.html.push_str("</");
            self.html.push_str(&tag.name);
            return self.html.push('>');
        }
        // The policy lets in the boxes of task lists; a note's own input is none.
        if safe && tag.name == "input" {
            return;
        }
        if let Some(address) = self.dead_source(tag) {
            let alt = tag.attributes.iter().find(|(name, _)| name == "alt");
            return match (tag.name.as_str(), alt) {
                ("img", Some((_, Value::Text(alt)))) => self.dead_image(alt, address),
                ("img", _) => self.dead_image("", address),
                _ => {}
            };
        }
        self.html.push('<');
        self.html.push_str(&tag.name);
        for (name, value) in &tag.attributes {
            let elsewhere = name == "id" && !self.prefix.is_empty();
            if elsewhere || (safe && (name.starts_with("on") || !is_name(name))) {
                continue;
            }
            match value {
                Value::Text(text) => self.attribute(name, text),
                Value::Link(index) => {
                    let address = self.body.map(|it| it.addresses[*index].href.clone());
                    if let Some(href) = address.filter(|it| !it.is_empty()) {
                        self.attribute(name, &href);
                    }
                }
            }
        }
        self.html.push('>');
    }

    /// The address of a picture or of one of its sources, if it leads nowhere: without
    /// one they are no HTML.
    fn dead_source(&self, tag: &Tag) -> Option<&'t Address> {
        let body =
            self.body.filter(|_| ["img", "source", "track"].contains(&&*tag.name))?;
        tag.attributes.iter().find_map(|(_, value)| match value {
            Value::Link(index) => {
                Some(&body.addresses[*index]).filter(|it| it.href.is_empty())
            }
            Value::Text(_) => None,
        })
    }

    /// Whether an embed shows what it asks for; else it is a link or the text that it is.
    pub(super) fn sets_in(&self, index: usize) -> bool {
        self.body.is_none_or(|it| it.embeds.contains_key(&index))
    }

    /// Sets in what an embed asks for.
    pub(super) fn embed(&mut self, index: usize) {
        let Some(body) = self.body else { return };
        let link = &self.text.links[index];
        let Some(embed) = body.embeds.get(&index) else {
            let address = &body.addresses[index];
            if address.href.is_empty() || link.form != Form::Embed {
                let source = body.note.value.text[link.range.clone()].to_owned();
                return self.escape(&source);
            }
            self.start_link(address, "");
            self.escape(&address.label);
            return self.end_embed_link();
        };
        let in_paragraph = self.open.last() == Some(&Closer::Tag("</p>\n"));
        if in_paragraph {
            self.html.push_str("</p>\n");
        }
        let Some(dress) = self.dress() else { return };
        let prefix = format!("{}e{index}:", self.prefix);
        let html = super::within(&embed.body, self.dialect, dress, prefix);
        let mut block = Writer::plain(self.text, self.dialect);
        block.html.push_str("<div class=\"embed\"><p class=\"embed-source\"><a");
        block.attribute("href", &embed.href);
        block.html.push('>');
        block.escape(&embed.title);
        block.html.push_str("</a></p>\n");
        block.html.push_str(&html.text);
        block.html.push_str("</div>\n");
        let block = block.take();
        self.set(block);
        if in_paragraph {
            self.html.push_str("<p>");
        }
    }

    fn end_embed_link(&mut self) {
        self.open.pop();
        self.html.push_str("</a>");
    }
}

/// Whether HTML's serialisation can hold an attribute of this name (HTML, 13.1.2.3).
fn is_name(name: &str) -> bool {
    let sound = |it: char| it.is_ascii_alphanumeric() || "-_:.".contains(it);
    !name.is_empty() && name.chars().all(sound)
}
