//! The inline elements: links, wikilinks, marks and comments within a block.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark as md;

use super::{Item, Reader, autolink, cow, footnote};
use crate::diag::Rule;
use crate::note::event::{Element, Event};
use crate::note::link::{Form, Link, Target};
use crate::note::run::Run;

/// How far a delimiter looks for its partner, in bytes or elements: so that no text,
/// however it is made, takes more than linear time.
const REACH: usize = 1000;

/// Where the reading of a block's inline elements stands.
#[derive(Default)]
pub(super) struct Cursor {
    /// The item.
    item: usize,
    /// The byte within it, if it is a run.
    at: usize,
    /// How many elements are open.
    depth: usize,
    /// How many of them are links, in which no other link can be.
    links: usize,
    /// `==` and `%%` that may begin something.
    marks: Vec<Mark>,
}

/// A delimiter that may have a partner further on.
struct Mark {
    delimiter: &'static str,
    /// Its text among the events.
    event: usize,
    depth: usize,
    links: usize,
}

impl<'a> Reader<'a, '_> {
    /// Reads the inline elements of one block.
    pub(super) fn inline(&mut self, items: Vec<Item<'a>>) {
        let mut cursor = Cursor::default();
        while let Some(item) = items.get(cursor.item) {
            match item {
                Item::Run(run) if cursor.at < run.text.len() => {
                    let end = run.text.len();
                    self.run(&items, run, end, &mut cursor);
                }
                Item::Run(_) => cursor.next(),
                Item::Event(event, range) => {
                    self.inline_event(event, range, &mut cursor);
                    cursor.next();
                }
            }
        }
    }

    fn inline_event(
        &mut self,
        event: &md::Event<'a>,
        range: &Range<usize>,
        cursor: &mut Cursor,
    ) {
        match event {
            md::Event::Start(tag) => {
                cursor.depth += 1;
                let element = self.open(tag, range, cursor);
                self.emit(Event::Open(element), range.clone());
            }
            md::Event::End(tag) => {
                cursor.depth = cursor.depth.saturating_sub(1);
                while cursor.marks.last().is_some_and(|it| it.depth > cursor.depth) {
                    cursor.marks.pop();
                }
                if *tag == md::TagEnd::Link {
                    cursor.links = cursor.links.saturating_sub(1);
                }
                self.emit(Event::Close, range.clone());
            }
            md::Event::Code(code) => {
                self.emit(Event::Code(cow(code.clone())), range.clone())
            }
            md::Event::InlineMath(_) | md::Event::DisplayMath(_) => {
                let source = Cow::Borrowed(&self.source[range.clone()]);
                self.emit(Event::Math(source), range.clone());
            }
            md::Event::InlineHtml(html) if self.dialect.extensions => {
                let mut run = Run::default();
                run.push(html, range.clone(), false);
                self.html(&run);
            }
            md::Event::InlineHtml(html) | md::Event::Html(html) => {
                self.emit(Event::Html(cow(html.clone())), range.clone());
            }
            md::Event::FootnoteReference(label) => {
                self.emit(Event::Footnote(footnote::label(label.clone())), range.clone());
            }
            md::Event::SoftBreak => self.emit(Event::SoftBreak, range.clone()),
            md::Event::HardBreak => self.emit(Event::HardBreak, range.clone()),
            md::Event::TaskListMarker(done) => {
                self.emit(Event::Task(*done), range.clone())
            }
            md::Event::Text(_) | md::Event::Rule => {}
        }
    }

    fn open(
        &mut self,
        tag: &md::Tag<'a>,
        range: &Range<usize>,
        cursor: &mut Cursor,
    ) -> Element<'a> {
        match tag {
            md::Tag::Link { link_type, dest_url, title, .. } => {
                cursor.links += 1;
                let address = match link_type {
                    md::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let target = self.target(&address);
                let written = (&*address, &**title);
                Element::Link(self.markdown_link(target, Form::Link, written, range))
            }
            md::Tag::Image { dest_url, title, .. } => {
                let target = self.target(dest_url);
                let written = (&**dest_url, &**title);
                Element::Image(self.markdown_link(target, Form::Image, written, range))
            }
            tag => super::element(tag.clone()),
        }
    }

    fn markdown_link(
        &mut self,
        target: Target,
        form: Form,
        (destination, title): (&str, &str),
        range: &Range<usize>,
    ) -> usize {
        let place = self.place_of(destination, range);
        let (written, title) = (destination.to_owned(), title.to_owned());
        self.link(Link { target, form, written, title, range: range.clone(), place })
    }

    /// Adds a link that has no title.
    fn plain_link(
        &mut self,
        target: Target,
        form: Form,
        written: &str,
        range: &Range<usize>,
        place: Range<usize>,
    ) -> usize {
        let (written, title) = (written.to_owned(), String::new());
        self.link(Link { target, form, written, title, range: range.clone(), place })
    }

    /// The bytes of a destination within its link; the whole link where the
    /// destination stands in a reference definition.
    fn place_of(&self, destination: &str, range: &Range<usize>) -> Range<usize> {
        match self.source[range.clone()].rfind(destination) {
            Some(at) if !destination.is_empty() => {
                range.start + at..range.start + at + destination.len()
            }
            _ => range.clone(),
        }
    }

    /// Reads a run from the cursor to `end`, or as far as what begins in it goes.
    fn run(&mut self, items: &[Item<'a>], run: &Run, end: usize, cursor: &mut Cursor) {
        if !self.dialect.extensions {
            self.words(run, cursor.at..end);
            cursor.at = end;
            return;
        }
        let item = cursor.item;
        let mut links = autolink::find(&run.text, cursor.at, &self.dialect.mentions);
        links.reverse();
        while cursor.item == item && cursor.at < end {
            while links.last().is_some_and(|it| it.range.start < cursor.at) {
                links.pop();
            }
            let stop = links.last().map_or(end, |it| it.range.start.min(end));
            let special =
                find_special(&run.text[cursor.at..stop]).map(|it| cursor.at + it);
            let at = special.unwrap_or(stop);
            self.words(run, cursor.at..at);
            cursor.at = at;
            match special {
                Some(_) => self.special(items, run, end, cursor),
                None if at < end => match links.pop() {
                    Some(found) if cursor.links == 0 => {
                        self.bare(items, run, &found, cursor)
                    }
                    Some(found) => {
                        self.words(run, found.range.clone());
                        cursor.at = found.range.end;
                    }
                    None => {}
                },
                None => {}
            }
        }
    }

    /// What begins with `[`, `!`, `=`, `%` or `^`, or only that letter.
    fn special(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        end: usize,
        cursor: &mut Cursor,
    ) {
        let at = cursor.at;
        let rest = &run.text[at..end];
        let literal = run.is_escaped(at);
        let wiki = self.dialect.wikilinks && cursor.links == 0 && !literal;
        if wiki && rest.starts_with("![[") && self.wikilink(items, run, true, cursor) {
            return;
        }
        if wiki && rest.starts_with("[[") && self.wikilink(items, run, false, cursor) {
            return;
        }
        if rest.starts_with("[^") && !literal {
            self.undefined_footnote(run, at..end);
        }
        let delimiter = ["==", "%%"].into_iter().find(|it| rest.starts_with(it));
        if let Some(delimiter) = delimiter.filter(|_| !literal) {
            return self.delimiter(delimiter, run, cursor);
        }
        if rest.starts_with('^') && self.block_id(items, run, end, cursor) {
            return;
        }
        let width = rest.chars().next().map_or(1, char::len_utf8);
        self.words(run, at..at + width);
        cursor.at = at + width;
    }

    /// A `==` or `%%`, which closes what an earlier one began or begins something.
    fn delimiter(&mut self, delimiter: &'static str, run: &Run, cursor: &mut Cursor) {
        let place = cursor.at..cursor.at + 2;
        let before = run.text[..place.start].chars().next_back();
        let after = run.text[place.end..].chars().next();
        let is_space = |it: Option<char>| it.is_none_or(char::is_whitespace);
        let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let same = |it: Option<char>| it.is_some_and(|it| delimiter.starts_with(it));
        let comment = delimiter == "%%";
        let sound = !same(before) && !same(after);
        let closes = sound && !is_word(after) && (comment || !is_space(before));
        let opens = sound && !is_word(before) && (comment || !is_space(after));
        cursor.at = place.end;
        let open = cursor.marks.iter().enumerate().rev().take(REACH);
        let partner = open
            .filter(|(_, it)| it.delimiter == delimiter && it.depth == cursor.depth)
            .map(|(index, _)| index)
            .next();
        match partner.filter(|_| closes) {
            Some(index) => {
                let mark = cursor.marks.split_off(index).swap_remove(0);
                self.close_mark(&mark, run.source(place));
            }
            None => {
                if opens {
                    let (event, depth) = (self.text.events.len(), cursor.depth);
                    let links = self.text.links.len();
                    cursor.marks.push(Mark { delimiter, event, depth, links });
                }
                self.emit(Event::Text(Cow::Borrowed(delimiter)), run.source(place));
            }
        }
    }

    fn close_mark(&mut self, mark: &Mark, range: Range<usize>) {
        if mark.delimiter == "%%" {
            self.text.events.truncate(mark.event);
            self.text.links.truncate(mark.links);
        } else {
            self.text.events[mark.event].0 = Event::Open(Element::Mark);
            self.emit(Event::Close, range);
        }
    }

    /// Emits words as they are; looks for slips of the pen in them.
    pub(super) fn words(&mut self, run: &Run, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let source = run.source(range.clone());
        let words = &run.text[range];
        if words.contains(")[") {
            self.link_slips(words, source.start);
        }
        let text = match self.source.get(source.clone()) {
            Some(same) if same == words => Cow::Borrowed(same),
            _ => Cow::Owned(words.to_owned()),
        };
        self.emit(Event::Text(text), source);
    }

    /// `(text)[address]`: a link with its brackets the wrong way round.
    fn link_slips(&mut self, words: &str, start: usize) {
        for (at, _) in words.match_indices(")[") {
            let from = words.floor_char_boundary(at.saturating_sub(REACH));
            let Some(open) = words[from..at].rfind('(').map(|it| from + it) else {
                continue;
            };
            let Some(close) = near(&words[at..]).find(']').map(|it| at + it) else {
                continue;
            };
            let (label, address) = (&words[open + 1..at], &words[at + 2..close]);
            let path = address.split(['#', '?']).next().unwrap_or_default();
            let leads = address.contains("://") || path.ends_with(".md");
            if leads && !address.contains(char::is_whitespace) {
                let hint = format!("write `[{label}]({address})`");
                self.tell(
                    Rule::LinkSlip,
                    start + open..start + close + 1,
                    "the brackets of this link are the wrong way round",
                )
                .hints
                .push(hint);
            }
        }
    }

    fn undefined_footnote(&mut self, run: &Run, range: Range<usize>) {
        let text = near(&run.text[range.clone()]);
        let Some(close) = text.find(']') else { return };
        let label = &text[2..close];
        if label.is_empty() || label.contains([' ', '[', '^']) {
            return;
        }
        let place = run.source(range.start..range.start + close + 1);
        self.tell(
            Rule::UndefinedFootnote,
            place,
            format!("no footnote `[^{label}]` is defined"),
        )
        .hints
        .push(format!("define it on a line of its own: `[^{label}]: …`"));
    }

    /// ` ^id` at the end of a block, which links lead to.
    fn block_id(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        end: usize,
        cursor: &mut Cursor,
    ) -> bool {
        let at = cursor.at;
        let id = run.text[at + 1..end].trim_end();
        let alone = run.text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let last = end == run.text.len()
            && items.get(cursor.item + 1).is_none_or(|it| {
                matches!(it, Item::Event(md::Event::SoftBreak, _))
                    && cursor.item + 2 == items.len()
            });
        let named = id.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
            && (id.len() >= 6 || id.contains(|it: char| it.is_ascii_alphabetic()));
        if !(alone && last && named) || run.is_escaped(at) || id.is_empty() {
            return false;
        }
        let place = run.source(at..at + 1 + id.len());
        self.text.anchors.push((format!("^{}", id.to_ascii_lowercase()), place.clone()));
        self.emit(Event::Anchor(Cow::Owned(id.to_ascii_lowercase())), place);
        cursor.at = end;
        true
    }

    /// `[[target|label]]` or `![[target]]` at the cursor; `false` if it is not closed.
    fn wikilink(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        embed: bool,
        cursor: &mut Cursor,
    ) -> bool {
        let open = cursor.at + if embed { 3 } else { 2 };
        let rest = near(&run.text[open..]);
        let closing = rest.find("]]");
        let head = &rest[..closing.unwrap_or(rest.len())];
        if head.contains("[[") || head.trim().is_empty() {
            return false;
        }
        let (name, label) = match head.split_once('|') {
            Some((name, label)) => {
                (name, Some(open + name.len() + 1..open + name.len() + 1 + label.len()))
            }
            None => (head, None),
        };
        let end = match closing {
            Some(at) => (cursor.item, open + at),
            None if label.is_some() => match closing_after(items, cursor.item + 1) {
                Some(end) => end,
                None => return false,
            },
            None => return false,
        };
        let name = name.trim_end_matches('\\');
        if name.contains(['[', ']']) {
            return false;
        }
        let start = run.source_at(cursor.at);
        let Some(Item::Run(last)) = items.get(end.0) else { return false };
        let range = start..last.source(end.1..end.1 + 2).end;
        let place = run.source(open..open + name.len());
        let target = Target::of_wiki(name);
        if embed {
            self.embed(target, run, label, range, place);
        } else {
            let index = self.plain_link(target, Form::Link, name, &range, place);
            self.emit(Event::Open(Element::Link(index)), range.clone());
            if let Some(label) = label {
                self.label(items, cursor, label.start, end);
            }
            self.emit(Event::Close, range);
        }
        (cursor.item, cursor.at) = (end.0, end.1 + 2);
        true
    }

    /// The label of a wikilink, which may reach over several items.
    fn label(
        &mut self,
        items: &[Item<'a>],
        from: &Cursor,
        start: usize,
        end: (usize, usize),
    ) {
        let mut cursor =
            Cursor { item: from.item, at: start, links: 1, ..Cursor::default() };
        while cursor.item <= end.0 {
            match &items[cursor.item] {
                Item::Run(run) => {
                    let stop = if cursor.item == end.0 { end.1 } else { run.text.len() };
                    if cursor.at < stop {
                        self.run(items, run, stop, &mut cursor);
                    } else {
                        cursor.next();
                    }
                }
                Item::Event(event, range) => {
                    self.inline_event(event, range, &mut cursor);
                    cursor.next();
                }
            }
        }
    }

    fn embed(
        &mut self,
        target: Target,
        run: &Run,
        label: Option<Range<usize>>,
        range: Range<usize>,
        place: Range<usize>,
    ) {
        let Target::Wiki { name, .. } = &target else { return };
        let name = name.clone();
        let extension =
            name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        if matches!(extension.as_str(), "" | "md" | "markdown") || extension.contains(' ')
        {
            let index = self.plain_link(target, Form::Embed, &name, &range, place);
            return self.emit(Event::Embed(index), range);
        }
        let index = self.plain_link(target, Form::Image, &name, &range, place);
        self.emit(Event::Open(Element::Image(index)), range.clone());
        match label {
            Some(label) if !is_size(&run.text[label.clone()]) => self.words(run, label),
            Some(label) => {
                let size = format!("|{}", &run.text[label.clone()]);
                self.emit(Event::Text(size.into()), run.source(label));
            }
            None => {}
        }
        self.emit(Event::Close, range);
    }

    /// An address that stands bare in the text.
    fn bare(
        &mut self,
        items: &[Item<'a>],
        run: &Run,
        found: &autolink::Bare,
        cursor: &mut Cursor,
    ) {
        let (mut end, mut next) = (run.source(found.range.clone()).end, None);
        let start = run.source_at(found.range.start);
        let mut text = run.text[found.range.clone()].to_owned();
        let mut address = found.address.clone();
        if found.extends && found.range.end == run.text.len() {
            // Underscores in an address have been read as emphasis, which it ends.
            let whole = autolink::reach(&self.source[start..]);
            if let Some(reached) = items_until(items, cursor.item, start + whole) {
                end = start + whole;
                text = self.source[start..end].to_owned();
                address = autolink::address(&text);
                next = Some(reached);
            }
        }
        let (target, form) = match &found.note {
            Some(note) => (Target::of_wiki(note), Form::Mention),
            None => (self.target(&address), Form::Link),
        };
        let index = self.plain_link(target, form, &address, &(start..end), start..end);
        self.emit(Event::Open(Element::Link(index)), start..end);
        self.emit(Event::Text(text.into()), start..end);
        self.emit(Event::Close, start..end);
        match next {
            Some((item, at)) => (cursor.item, cursor.at) = (item, at),
            None => cursor.at = found.range.end,
        }
    }
}

impl Cursor {
    fn next(&mut self) {
        self.item += 1;
        self.at = 0;
    }
}

/// As much of a text as is looked at for a partner.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

/// Whether a label is a size: `300` or `300x200`.
pub(super) fn is_size(label: &str) -> bool {
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match label.split_once('x') {
        Some((width, height)) => number(width) && number(height),
        None => number(label),
    }
}

fn find_special(text: &str) -> Option<usize> {
    text.bytes().enumerate().find_map(|(at, byte)| {
        let rest = &text.as_bytes()[at..];
        let special = match byte {
            b'[' => rest.get(1).is_some_and(|it| matches!(it, b'[' | b'^')),
            b'!' => rest.starts_with(b"![["),
            b'=' => rest.starts_with(b"=="),
            b'%' => rest.starts_with(b"%%"),
            b'^' => true,
            _ => false,
        };
        special.then_some(at)
    })
}

/// The `]]` that closes a wikilink whose label holds markup: its item and byte.
fn closing_after(items: &[Item<'_>], from: usize) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate().skip(from).take(64) {
        match item {
            Item::Run(run) if depth == 0 => {
                let text = near(&run.text);
                let closing = text.find("]]");
                if text[..closing.unwrap_or(text.len())].contains("[[") {
                    return None;
                }
                if let Some(at) = closing {
                    return Some((index, at));
                }
            }
            Item::Event(md::Event::Start(md::Tag::Link { .. }), _) => return None,
            Item::Event(md::Event::Start(_), _) => depth += 1,
            Item::Event(md::Event::End(_), _) => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The item and byte at which a place of the file lies, if no element reaches over it.
fn items_until(items: &[Item<'_>], from: usize, end: usize) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate().skip(from) {
        match item {
            Item::Run(run) if run.range().end >= end => {
                let at = (0..=run.text.len())
                    .find(|at| {
                        run.text.is_char_boundary(*at) && run.source_at(*at) >= end
                    })
                    .unwrap_or(run.text.len());
                return (depth == 0).then_some((index, at));
            }
            Item::Run(_) => {}
            Item::Event(_, range) if range.start >= end => {
                return (depth == 0).then_some((index, 0));
            }
            Item::Event(_, range) if range.end > end => return None,
            Item::Event(md::Event::Start(_), _) => depth += 1,
            Item::Event(md::Event::End(_), _) => depth = depth.checked_sub(1)?,
            Item::Event(..) => {}
        }
    }
    (depth == 0).then_some((items.len(), 0))
}
