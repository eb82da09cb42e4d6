//! Values read from YAML, and from JSON, which is a part of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use granit_parser::{
    Event, Options, Parser, ScalarStyle, ScanError, Span, StrInput, Tag, options,
};
use serde::de::IgnoredAny;

use super::{Data, Fault, Key, Number, Value};

/// The most levels that lists and maps may be nested.
const DEPTH: usize = 48;

/// The most values that all aliases of a document may repeat.
const REPEATED: usize = 10_000;

/// Reads the one document of a text; an empty text is null.
pub(super) fn read(text: &str) -> Result<Value, Fault> {
    read_with(text, options! { flow_nesting_limit: DEPTH, block_nesting_limit: DEPTH })
}

/// Reads JSON: what is JSON by the letter has the same meaning in YAML.
pub(super) fn read_json(text: &str) -> Result<Value, Fault> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let line = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let at = line.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        return Err(Fault { range: character(text, at), message: message.to_owned() });
    }
    // JSON bounds no key's length.
    let limit = text.len();
    read_with(
        text,
        options! {
            flow_nesting_limit: DEPTH,
            block_nesting_limit: DEPTH,
            simple_key_max_lookahead: limit
        },
    )
}

fn read_with(text: &str, options: Options) -> Result<Value, Fault> {
    let mut options = options;
    options.set_emit_comments(false);
    let events = Parser::new_from_str_with_options(text, options);
    let mut reader =
        Reader { text, events, anchors: BTreeMap::new(), repeated: 0, end: 0 };
    reader.document()
}

/// What is held while a document is read.
struct Reader<'a> {
    text: &'a str,
    events: Parser<'a, StrInput<'a>>,
    anchors: BTreeMap<usize, Value>,
    repeated: usize,
    /// Where the last value ended.
    end: usize,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Value, Fault> {
        let mut document = None;
        loop {
            let (event, range) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if document.is_some() => {
                    let message = "there is more than one document".to_owned();
                    return Err(Fault { range, message });
                }
                Event::DocumentStart(..) => {
                    let (event, range) = self.next()?;
                    document = Some(self.node(event, range)?);
                }
                _ => break,
            }
        }
        Ok(document.unwrap_or(Value { range: 0..0, data: Data::Null }))
    }

    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Fault> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = self.range(&span);
                Ok((event, range))
            }
            Some(Err(error)) => Err(self.fault(&error)),
            None => Ok((Event::StreamEnd, self.text.len()..self.text.len())),
        }
    }

    fn range(&self, span: &Span) -> Range<usize> {
        span.byte_range().unwrap_or(self.end..self.end)
    }

    fn fault(&self, error: &ScanError) -> Fault {
        let at = error.marker().byte_offset().unwrap_or(self.end);
        let info = error.info();
        let message = info.split(" at byte ").next().unwrap_or_default().to_owned();
        Fault { range: character(self.text, at), message }
    }

    /// The value that an event begins.
    fn node(&mut self, event: Event<'a>, range: Range<usize>) -> Result<Value, Fault> {
        let (anchor, value) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let data = scalar(text, style, tag.as_deref());
                (anchor, Value { range: self.trimmed(range), data })
            }
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(range.start)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.map(range.start)?),
            Event::Alias(anchor) => (0, self.alias(anchor, range)?),
            _ => {
                let message = "a value is missing here".to_owned();
                return Err(Fault { range, message });
            }
        };
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        self.end = value.range.end;
        Ok(value)
    }

    /// A block scalar's event ends below its last line.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.trim_end().len()
    }

    fn list(&mut self, start: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        loop {
            let (event, range) = self.next()?;
            if event == Event::SequenceEnd {
                let range = self.whole(start, range);
                return Ok(Value { range, data: Data::List(items) });
            }
            items.push(self.node(event, range)?);
        }
    }

    fn map(&mut self, start: usize) -> Result<Value, Fault> {
        let (mut entries, mut keys) = (Vec::new(), BTreeSet::new());
        loop {
            let (event, range) = self.next()?;
            if event == Event::MappingEnd {
                let range = self.whole(start, range);
                return Ok(Value { range, data: Data::Map(entries) });
            }
            let key = self.key(event, range)?;
            if !keys.insert(key.text.clone()) {
                let message = format!("the key `{}` is given twice", key.text);
                return Err(Fault { range: key.range, message });
            }
            let (event, range) = self.next()?;
            entries.push((key, self.node(event, range)?));
        }
    }

    fn key(&mut self, event: Event<'a>, range: Range<usize>) -> Result<Key, Fault> {
        let value = self.node(event, range)?;
        match value.data {
            Data::List(_) | Data::Map(_) => {
                let message = format!("a key must be text, and this is {}", value.kind());
                Err(Fault { range: value.range, message })
            }
            _ => {
                let text = value.text().unwrap_or("null").to_owned();
                Ok(Key { text, range: value.range })
            }
        }
    }

    /// From its start to its bracket, or to the end of its last value.
    fn whole(&self, start: usize, end: Range<usize>) -> Range<usize> {
        let bracket =
            self.text.get(end.clone()).is_some_and(|it| it.ends_with([']', '}']));
        start..if bracket { end.end } else { self.end.max(start) }
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<Value, Fault> {
        let Some(value) = self.anchors.get(&anchor) else {
            let message = "this alias stands within its own value".to_owned();
            return Err(Fault { range, message });
        };
        self.repeated += value.size();
        if self.repeated > REPEATED {
            let message = format!("the aliases repeat more than {REPEATED} values");
            return Err(Fault { range, message });
        }
        Ok(Value { range, data: value.data.clone() })
    }
}

/// The range of the character at a byte; empty at the end of the text.
fn character(text: &str, at: usize) -> Range<usize> {
    let start = text.floor_char_boundary(at);
    start..start + text[start..].chars().next().map_or(0, char::len_utf8)
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Data {
    let word = tag.is_none_or(|it| !it.is_yaml_core_schema_tag("str"));
    if style != ScalarStyle::Plain || !word {
        return Data::Text(text.into_owned());
    }
    match &*text {
        "" | "~" | "null" => Data::Null,
        "true" => Data::Bool(true),
        "false" => Data::Bool(false),
        _ => Number::of_word(&text)
            .map_or_else(|| Data::Text(text.into_owned()), Data::Number),
    }
}
