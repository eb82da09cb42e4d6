//! The blocks at the top of a note, as plain text with its links and places.

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

/// A block of a note.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The bytes of the file that hold it.
    pub(super) range: Range<usize>,
    /// What it holds.
    pub(super) content: Content,
}

/// What a block holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph(Run),
    /// A list; what is nested in an item is a part of its run.
    List(Vec<Run>),
    /// The rows of a table, its header the first.
    Table(Vec<Vec<Run>>),
    /// Anything else.
    Other,
}

/// A run of text without its markup.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// The text; a line break is `\n`.
    pub(super) text: String,
    /// Where each byte of the text stands in the file, as pairs of the two at which
    /// both go on together.
    map: Vec<(usize, usize)>,
    /// Its links: where in the text each begins, and its target.
    pub(super) links: Vec<(usize, String)>,
    /// The bytes of the file that hold it.
    pub(super) range: Range<usize>,
}

impl Run {
    /// The bytes of the file that hold a part of the text.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        let at = |byte: usize| {
            let before = self.map.iter().rev().find(|(text, _)| *text <= byte);
            before.map_or(self.range.start, |(text, file)| file + (byte - text))
        };
        let start = at(part.start).clamp(self.range.start, self.range.end);
        let end = at(part.end.saturating_sub(1)).saturating_add(1);
        start..end.clamp(start, self.range.end)
    }

    fn push(&mut self, text: &str, at: usize) {
        self.map.push((self.text.len(), at));
        self.text.push_str(text);
    }
}

/// Where the top of a note ends: at its third heading, and at 8 KB at the latest.
pub(super) fn top_end(text: &str, body: usize) -> usize {
    let mut at = body;
    let mut headings = 0;
    for line in text[body..].split_inclusive('\n') {
        headings += usize::from(line.starts_with('#'));
        if headings == 3 || at - body > 8 * 1024 {
            break;
        }
        at += line.len();
    }
    at
}

/// The blocks of a part of a text.
pub(super) fn blocks(text: &str, part: Range<usize>) -> Vec<Block> {
    let mut reader = Reader {
        events: Parser::new_ext(&text[part.clone()], Options::ENABLE_TABLES)
            .into_offset_iter(),
        text,
        offset: part.start,
    };
    let mut blocks = Vec::new();
    while let Some((event, range)) = reader.next() {
        let content = match event {
            Event::Start(Tag::Heading { .. }) => {
                reader.run(&range);
                Content::Heading
            }
            Event::Start(Tag::Paragraph) => Content::Paragraph(reader.run(&range)),
            Event::Start(Tag::List(_)) => Content::List(reader.items()),
            Event::Start(Tag::Table(_)) => Content::Table(reader.rows()),
            Event::Start(_) => {
                reader.run(&range);
                Content::Other
            }
            _ => Content::Other,
        };
        // A list's range reaches over the blank lines below it.
        let end = range.start + text[range.clone()].trim_end().len();
        blocks.push(Block { range: range.start..end, content });
    }
    blocks
}

/// Events with their places in the file.
struct Reader<'a> {
    events: OffsetIter<'a>,
    text: &'a str,
    offset: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (event, range) = self.events.next()?;
        Some((event, range.start + self.offset..range.end + self.offset))
    }

    /// The text up to the end of what has just begun.
    fn run(&mut self, range: &Range<usize>) -> Run {
        let mut run = Run { range: range.clone(), ..Run::default() };
        let mut depth = 1;
        while let Some((event, range)) = self.next() {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    match tag {
                        Tag::Link { dest_url, .. } => {
                            run.links.push((run.text.len(), dest_url.into_string()));
                        }
                        Tag::Item => run.push("\n", range.start),
                        _ => {}
                    }
                }
                Event::End(_) if depth == 1 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) => run.push(&text, range.start),
                Event::Code(code) => {
                    let ticks = self.text[range.clone()].find(&*code).unwrap_or(0);
                    run.push(&code, range.start + ticks);
                }
                Event::InlineHtml(html) if html.starts_with("<br") => {
                    run.push("\n", range.start);
                }
                Event::SoftBreak | Event::HardBreak => run.push("\n", range.start),
                _ => {}
            }
        }
        run
    }

    fn items(&mut self) -> Vec<Run> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.run(&range)),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        items
    }

    fn rows(&mut self) -> Vec<Vec<Run>> {
        let mut rows: Vec<Vec<Run>> = Vec::new();
        while let Some((event, range)) = self.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let cell = self.run(&range);
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows
    }
}
