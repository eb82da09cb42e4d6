//! Raw HTML in a note: its tags, taken apart.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

/// A tag of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The element's name, in lower case.
    pub name: String,
    /// Whether it begins an element, or ends one.
    pub side: Side,
    /// The attributes by name; what holds an address is resolved when it is shown.
    pub attributes: Vec<(String, Value)>,
}

/// Whether a tag begins an element, or ends one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `<a>`
    Start,
    /// `</a>`
    End,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As it is.
    Text(String),
    /// The address of the link with this index.
    Link(usize),
}

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A tag, and for each attribute the bytes of its value.
    Tag(Tag, Vec<Range<usize>>),
    /// Text between tags, its entities decoded.
    Text(String),
    /// A comment.
    Comment(String),
    /// `<!DOCTYPE …>`, `<?…>`, a tag cut off: what no reader is shown.
    Other,
}

/// Takes raw HTML apart; each piece has its bytes within the text.
pub fn pieces(html: &str) -> Vec<(Piece, Range<usize>)> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let Ok(tokens) =
        Tokenizer::new_with_emitter(html, emitter).collect::<Result<Vec<_>, _>>();
    let mut pieces: Vec<(Piece, Range<usize>)> = Vec::new();
    for token in tokens {
        let (piece, end) = match token {
            Token::StartTag(tag) => (start_tag(&tag, html), tag.span.end),
            Token::EndTag(tag) => {
                let (name, side) = (text_of(&tag.name), Side::End);
                let tag_ = Tag { name, side, attributes: Vec::new() };
                (Piece::Tag(tag_, Vec::new()), tag.span.end)
            }
            Token::String(text) => (Piece::Text(text_of(&text.value)), text.span.end),
            Token::Comment(text) => (Piece::Comment(text_of(&text.value)), text.span.end),
            Token::Doctype(doctype) => (Piece::Other, doctype.span.end),
            Token::Error(_) => continue,
        };
        let start = pieces.last().map_or(0, |(_, range)| range.end);
        pieces.push((piece, start..html.ceil_char_boundary(end.max(start))));
    }
    let rest = pieces.last().map_or(0, |(_, range)| range.end);
    if rest < html.len() {
        pieces.push((Piece::Other, rest..html.len()));
    }
    pieces
}

fn start_tag(tag: &StartTag<usize>, html: &str) -> Piece {
    let mut places = Vec::new();
    let mut attributes = Vec::new();
    for (name, value) in &tag.attributes {
        let start = html.floor_char_boundary(value.span.start.min(html.len()));
        let end = html.ceil_char_boundary(value.span.end.min(html.len())).max(start);
        places.push(value_within(html, start..end));
        attributes.push((text_of(name), Value::Text(text_of(&value.value))));
    }
    Piece::Tag(Tag { name: text_of(&tag.name), side: Side::Start, attributes }, places)
}

/// The bytes of the value in `name="value"`; all where there is none.
fn value_within(html: &str, attribute: Range<usize>) -> Range<usize> {
    let text = &html[attribute.clone()];
    let Some(equals) = text.find('=') else { return attribute };
    let value = text[equals + 1..].trim_start();
    let start = attribute.end - value.len();
    let value = value.trim_end();
    match value.chars().next().filter(|it| matches!(it, '"' | '\'')) {
        Some(quote) => {
            let inner = value[1..].strip_suffix(quote).unwrap_or(&value[1..]);
            start + 1..start + 1 + inner.len()
        }
        None => start..start + value.len(),
    }
}

fn text_of(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Tag {
    /// The attributes that run a script: `onclick` and the like.
    pub fn handlers(&self) -> impl Iterator<Item = &str> {
        self.attributes
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|it| it.starts_with("on"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_text_and_know_their_places() {
        let html = "<a href=\"x.md\" id=é>é</a><!-- c --><test>: <b";
        let pieces = pieces(html);
        let places: Vec<&str> = pieces.iter().map(|(_, it)| &html[it.clone()]).collect();
        assert_eq!(places.concat(), html);
        assert_eq!(places[..3], ["<a href=\"x.md\" id=é>", "é", "</a>"]);
        let Piece::Tag(_, values) = &pieces[0].0 else { panic!("a tag") };
        assert_eq!(&html[values[0].clone()], "x.md");
    }
}
