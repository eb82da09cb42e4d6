//! Images, and the films and sounds that are written as images.

use super::writer::Writer;
use crate::note::event::Event;
use crate::note::link::Target;
use crate::view::body::{Address, Kind};
use pulldown_cmark_escape::escape_href;

impl Writer<'_, '_> {
    /// Writes an image whole; gives the index from which to go on.
    pub(super) fn image(&mut self, index: usize, at: usize) -> usize {
        let end = self.text.end_of(at);
        let alt = self.alt(at + 1, end);
        let link = &self.text.links[index];
        let Some(body) = self.body else {
            let destination = self.destination(index);
            self.html.push_str("<img src=\"");
            let _ = escape_href(&mut self.html, &destination);
            self.html.push('"');
            self.attribute("alt", &alt);
            self.title(&link.title);
            self.html.push('>');
            return end;
        };
        let address = &body.addresses[index];
        let (alt, size) = with_size(&alt);
        if address.href.is_empty() {
            self.dead_image(alt, address);
            return end;
        }
        match media(&link.target) {
            Media::Image => self.picture(address, alt, size, &link.title),
            Media::Video => self.player("video", address, alt),
            Media::Audio => self.player("audio", address, alt),
            Media::Document => {
                self.html.push_str("<a class=\"file\"");
                self.attribute("href", &address.href);
                self.html.push('>');
                let text = if alt.is_empty() { &*address.label } else { alt };
                self.escape(text);
                self.html.push_str("</a>");
            }
        }
        end
    }

    pub(super) fn dead_image(&mut self, alt: &str, address: &Address) {
        let class =
            if address.kind == Kind::Outside { "outside-link" } else { "dead-image" };
        self.html.push_str("<span");
        self.attribute("class", class);
        self.title(&address.label);
        self.html.push('>');
        self.escape(if alt.is_empty() { &address.label } else { alt });
        self.html.push_str("</span>");
    }

    fn picture(&mut self, address: &Address, alt: &str, size: Option<&str>, title: &str) {
        self.html.push_str("<img");
        self.attribute("src", &address.href);
        self.attribute("alt", alt);
        if let Some(size) = size {
            let (width, height) = size.split_once('x').unwrap_or((size, ""));
            self.attribute("width", width);
            if !height.is_empty() {
                self.attribute("height", height);
            }
        }
        self.title(title);
        self.html.push_str(" loading=\"lazy\">");
    }

    fn player(&mut self, element: &str, address: &Address, alt: &str) {
        self.html.push('<');
        self.html.push_str(element);
        self.html.push_str(" controls=\"\" preload=\"metadata\"");
        self.attribute("src", &address.href);
        self.attribute("aria-label", if alt.is_empty() { &address.label } else { alt });
        self.html.push_str("></");
        self.html.push_str(element);
        self.html.push('>');
    }

    /// The text that stands for an image: what it holds, without markup.
    fn alt(&self, start: usize, end: usize) -> String {
        let mut alt = String::new();
        for (event, _) in &self.text.events[start..end] {
            match event {
                Event::Text(it) | Event::Code(it) | Event::Math(it) => alt.push_str(it),
                Event::SoftBreak | Event::HardBreak => alt.push('\n'),
                _ => {}
            }
        }
        alt
    }
}

/// `alt|300x200`: the text and the size.
fn with_size(alt: &str) -> (&str, Option<&str>) {
    let sizes = |it: &str| {
        let (width, height) = it.split_once('x').unwrap_or((it, "1"));
        [width, height].iter().all(|it| {
            (1..=5).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
        })
    };
    match alt.rsplit_once('|') {
        Some((text, size)) if sizes(size) => (text, Some(size)),
        _ => (alt, None),
    }
}

enum Media {
    Image,
    Video,
    Audio,
    Document,
}

fn media(target: &Target) -> Media {
    let path = match target {
        Target::Path { path, .. } => path,
        Target::Wiki { name, .. } => name,
        Target::Web(address) | Target::Unsafe(address) => {
            address.split(['?', '#']).next().unwrap_or_default()
        }
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase().as_str() {
        "mp4" | "webm" | "ogv" | "mov" | "mkv" => Media::Video,
        "mp3" | "ogg" | "wav" | "m4a" | "flac" | "3gp" => Media::Audio,
        "pdf" | "canvas" | "base" | "csv" | "tsv" | "txt" | "json" | "zip" => {
            Media::Document
        }
        _ => Media::Image,
    }
}
