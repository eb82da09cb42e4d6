//! Markup on the way to plain text: attributes of headings, raw HTML, text of events.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{Item, Reader};
use crate::config::RawHtml;
use crate::diag::Rule;
use crate::note::element;
use crate::note::event::{Event, Text};
use crate::note::link::{Form, Link, Target};
use crate::note::raw::{self, Piece, Side, Tag, Value};
use crate::note::run::Run;

/// The id and classes at the end of a heading, `{#id .class}`, taken out of it.
///
/// Braces that hold anything else are text.
pub(super) fn attributes(
    items: &mut [Item<'_>],
) -> Option<(Option<String>, Vec<String>)> {
    let Some(Item::Run(run)) = items.last_mut() else { return None };
    let text = run.text.trim_end();
    let inner = text.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let inner = &inner[open + 1..];
    let (mut id, mut classes) = (None, Vec::new());
    for word in inner.split_whitespace() {
        match word.split_at_checked(1)? {
            ("#", name) if !name.is_empty() => id = Some(name.to_owned()),
            (".", name) if !name.is_empty() => classes.push(name.to_owned()),
            _ => return None,
        }
    }
    let before = text[..open].trim_end().len();
    if run.is_escaped(open) || (id.is_none() && classes.is_empty()) {
        return None;
    }
    run.truncate(before);
    Some((id, classes))
}

impl Reader<'_, '_> {
    /// Reads raw HTML: what is safe stays HTML, what is no HTML is text.
    pub(super) fn html(&mut self, run: &Run) {
        for (piece, place) in raw::pieces(&run.text) {
            let range = run.source(place.clone());
            match piece {
                Piece::Comment(comment) => {
                    self.emit(Event::Comment(comment.into()), range);
                }
                _ if self.dialect.html == RawHtml::Escape => {
                    let source = run.text[place].to_owned();
                    self.emit(Event::Text(source.into()), range);
                }
                Piece::Tag(tag, values) => {
                    let source = &run.text[place.clone()];
                    let values: Vec<Range<usize>> =
                        values.into_iter().map(|it| run.source(it)).collect();
                    self.tag(tag, source, range, &values);
                }
                Piece::Text(text) => self.emit(Event::Text(text.into()), range),
                Piece::Other => {
                    let source = run.text[place].to_owned();
                    self.other(source, range);
                }
            }
        }
    }

    /// `<!DOCTYPE>`, `<?…?>` and tags cut off: prose, unless it is markup for machines.
    fn other(&mut self, source: String, range: Range<usize>) {
        if !source.starts_with("<!") && !source.starts_with("<?") {
            self.emit(Event::Text(Cow::Owned(source)), range);
        }
    }

    fn tag(
        &mut self,
        mut tag: Tag,
        source: &str,
        range: Range<usize>,
        values: &[Range<usize>],
    ) {
        if is_prose(&tag) {
            self.unknown_element(&tag, source, &range);
            return self.emit(Event::Text(source.to_owned().into()), range);
        }
        if element::nests(&tag.name) && self.is_too_deep(&tag, &range) {
            return;
        }
        if self.dialect.html == RawHtml::Safe {
            self.unsafe_html(&tag, &range);
        }
        self.read_attributes(&mut tag, &range, values);
        self.missing_alt(&tag, &range);
        self.text.raw = true;
        self.emit(Event::Tag(tag), range);
    }

    /// Takes the ids and addresses that stand in the attributes of a tag.
    fn read_attributes(
        &mut self,
        tag: &mut Tag,
        range: &Range<usize>,
        values: &[Range<usize>],
    ) {
        let has_id = tag.attributes.iter().any(|(name, _)| name == "id");
        for (index, (name, value)) in tag.attributes.iter_mut().enumerate() {
            let Value::Text(address) = &value else { continue };
            if name == "name" && tag.name == "a" && !has_id {
                "id".clone_into(name);
            }
            if name == "id" || (name == "name" && tag.name == "a") {
                self.text.anchors.push((address.clone(), values[index].clone()));
            } else if element::is_address(&tag.name, name) && !is_list(name, address) {
                let form = if tag.name == "a" { Form::Link } else { Form::Image };
                let target = self.target(address);
                if let Target::Unsafe(_) = target {
                    continue;
                }
                let (written, place) = (address.clone(), values[index].clone());
                let (title, range) = (String::new(), range.clone());
                let link = Link { target, written, form, title, range, place };
                *value = Value::Link(self.link(link));
            }
        }
    }

    /// Whether so many elements are open that another one would only cost time: what
    /// reads a page goes up from each to the first.
    fn is_too_deep(&mut self, tag: &Tag, range: &Range<usize>) -> bool {
        if tag.side == Side::End {
            let deep = self.depth >= DEEPEST;
            self.depth = self.depth.saturating_sub(1);
            return deep;
        }
        self.depth += 1;
        if self.depth == DEEPEST {
            let message = format!("`<{}>` stands in {DEEPEST} elements", tag.name);
            let hint = "it is left out; close those before it".to_owned();
            self.tell(Rule::UnsafeHtml, range.clone(), message).hints.push(hint);
        }
        self.depth >= DEEPEST
    }

    fn unknown_element(&mut self, tag: &Tag, source: &str, range: &Range<usize>) {
        if tag.side == Side::End {
            return;
        }
        // As it is written: in HTML's form it is in lower case.
        let name = source.get(1..=tag.name.len()).unwrap_or(&tag.name);
        let message = if element::is_known(&tag.name) {
            format!("`<{name}>` is read as HTML, and a reader would see nothing")
        } else {
            format!("`<{name}>` is no HTML element")
        };
        let hint =
            format!("it is shown as text; write `\\<{name}>` or put it in backticks");
        self.tell(Rule::UnknownElement, range.clone(), message).hints.push(hint);
    }

    fn unsafe_html(&mut self, tag: &Tag, range: &Range<usize>) {
        if element::is_active(&tag.name) && tag.side == Side::Start {
            let message = format!("`<{}>` is left out of the page", tag.name);
            self.tell(Rule::UnsafeHtml, range.clone(), message).hints.push(
                "allow it for all notes with `[markdown] raw-html = \"allow\"`"
                    .to_owned(),
            );
        }
        let handlers: Vec<String> = tag.handlers().map(str::to_owned).collect();
        for handler in handlers {
            let message =
                format!("the event handler `{handler}` is left out of the page");
            self.tell(Rule::UnsafeHtml, range.clone(), message);
        }
        let scripts = tag.attributes.iter().any(|(name, value)| {
            let Value::Text(address) = value else { return false };
            element::is_address(&tag.name, name)
                && matches!(Target::of(address), Target::Unsafe(_))
        });
        if scripts {
            let message = "this address may run a script and is left out of the page";
            self.tell(Rule::UnsafeLink, range.clone(), message);
        }
    }

    /// Leaves out each id that the note has already, so that no page has one twice.
    pub(super) fn distinct_ids(&mut self) {
        if self.text.anchors.is_empty() {
            return;
        }
        let headings: BTreeSet<&str> =
            self.text.headings.iter().map(|it| &*it.id).collect();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut again = Vec::new();
        self.text.events.retain_mut(|(event, range)| {
            let mut is_new = |id: &str| {
                let new = seen.insert(id.to_owned());
                if !new {
                    again.push((id.to_owned(), range.clone()));
                }
                // The heading that an anchor stands before has the id.
                new && !headings.contains(id)
            };
            match event {
                Event::Anchor(id) => is_new(&format!("^{id}")),
                Event::Tag(tag) => {
                    tag.attributes.retain(|(name, value)| match value {
                        Value::Text(id) if name == "id" => !id.is_empty() && is_new(id),
                        _ => true,
                    });
                    true
                }
                _ => true,
            }
        });
        for (id, range) in again {
            let message = format!("something else already has the id `{id}`");
            let hint = "give it another one; links lead to the first".to_owned();
            self.tell(Rule::DuplicateAnchor, range, message).hints.push(hint);
        }
    }

    fn missing_alt(&mut self, tag: &Tag, range: &Range<usize>) {
        if tag.name == "img" && !tag.attributes.iter().any(|(name, _)| name == "alt") {
            self.tell(Rule::MissingAlt, range.clone(), "this image has no `alt` text")
                .hints
                .push(
                    "say in `alt` what it shows; leave it empty if it only decorates"
                        .to_owned(),
                );
        }
    }
}

/// How many elements of raw HTML may be open at once; browsers have a limit too.
const DEEPEST: usize = 512;

/// Whether a tag is a word in angle brackets rather than HTML: an element that does
/// not exist, or one for machines without any of its attributes.
fn is_prose(tag: &Tag) -> bool {
    let has =
        |names: &[&str]| tag.attributes.iter().any(|(name, _)| names.contains(&&**name));
    match tag.name.as_str() {
        "link" | "base" => !has(&["href", "rel"]),
        "meta" => !has(&["content", "charset", "http-equiv"]),
        "param" | "slot" => !has(&["name", "value"]),
        "input" => !has(&["type", "name", "value"]),
        "title" | "output" | "data" | "object" | "embed" | "source" | "track"
        | "area" => {
            tag.side == Side::Start
                && tag.attributes.iter().all(|(_, value)| is_empty(value))
        }
        _ => !element::is_known(&tag.name),
    }
}

/// Whether a `srcset` names several pictures; such are left as they are.
fn is_list(attribute: &str, value: &str) -> bool {
    attribute == "srcset" && value.trim().contains([' ', ','])
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.is_empty())
}

/// The anchors and links of a text are told apart from its events by these two alone.
impl Text<'_> {
    /// The ids by which links may lead into the note.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|it| &*it.id);
        headings.chain(self.anchors.iter().map(|(id, _)| &**id))
    }
}
