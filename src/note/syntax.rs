//! A note's Markdown, read into its elements.
//!
//! The parser is pulldown-cmark; what GitHub and Obsidian have and it lacks is added
//! here, on its events: bare addresses, callouts, wikilinks, marks, comments, block
//! ids, cells beyond the header's, unknown HTML as text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark as md;
use regex::Regex;

use crate::config::{Config, RawHtml};
use crate::diag::{Diagnostic, Rule, Span};
use crate::note::event::{Align, Element, Event, Heading, Text};
use crate::note::link::{Link, Target};
use crate::note::run::Run;
use crate::note::slug::Slugs;
use crate::path::FilePath;

mod autolink;
mod callout;
mod cells;
mod comment;
mod footnote;
mod inline;
mod markup;

/// Which Markdown is read.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// All that is not CommonMark: GFM, callouts, wikilinks, ids of headings.
    pub extensions: bool,
    /// `[[wikilinks]]`.
    pub wikilinks: bool,
    /// `$math$`.
    pub math: bool,
    /// Quotes and dashes as typographers set them.
    pub smart: bool,
    /// Each line break in a paragraph is one on the page.
    pub hard_breaks: bool,
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// Patterns in prose that are links to notes, and the note's name.
    pub mentions: Vec<(Regex, String)>,
    /// Addresses that stand for others.
    pub rewrites: Vec<(Regex, String)>,
    /// The repository of the notes: an address of a file in it is a path.
    pub repository: Option<String>,
}

impl Dialect {
    /// CommonMark and nothing else.
    pub fn commonmark() -> Self {
        Self {
            extensions: false,
            wikilinks: false,
            math: false,
            smart: false,
            hard_breaks: false,
            html: RawHtml::Allow,
            mentions: Vec::new(),
            rewrites: Vec::new(),
            repository: None,
        }
    }

    /// What a project's `book.toml` asks for.
    pub fn of(config: &Config) -> Self {
        let autolinks = config.links.autolink.iter();
        let rewrites = config.links.rewrite.iter();
        Self {
            extensions: true,
            wikilinks: config.markdown.wikilinks,
            math: config.markdown.math,
            smart: config.markdown.smart_punctuation,
            hard_breaks: config.markdown.hard_breaks,
            html: config.markdown.raw_html,
            mentions: autolinks.map(|it| (it.pattern.regex(), it.note.clone())).collect(),
            rewrites: rewrites.map(|it| (it.from.regex(), it.to.clone())).collect(),
            repository: config.site.repository.clone(),
        }
    }

    fn options(&self) -> md::Options {
        let mut options = md::Options::empty();
        if self.extensions {
            options |= md::Options::ENABLE_TABLES
                | md::Options::ENABLE_FOOTNOTES
                | md::Options::ENABLE_STRIKETHROUGH
                | md::Options::ENABLE_TASKLISTS
                | md::Options::ENABLE_DEFINITION_LIST;
        }
        options.set(md::Options::ENABLE_MATH, self.math);
        options.set(md::Options::ENABLE_SMART_PUNCTUATION, self.smart);
        options
    }
}

/// Reads the Markdown of a file, from `start` on.
///
/// Takes linear time and no stack per level of nesting. The diagnostics are those of
/// the note alone; nothing is looked up.
pub fn read<'a>(
    file: &FilePath,
    source: &'a str,
    start: usize,
    dialect: &Dialect,
) -> (Text<'a>, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        source,
        dialect,
        text: Text::default(),
        told: Vec::new(),
        slugs: Slugs::default(),
        last_level: 0,
    };
    let events = reader.parse(start);
    reader.blocks(events);
    reader.distinct_ids();
    reader.footnotes();
    (reader.text, reader.told)
}

type Sourced<'a> = (md::Event<'a>, Range<usize>);

struct Reader<'a, 's> {
    file: &'s FilePath,
    source: &'a str,
    dialect: &'s Dialect,
    text: Text<'a>,
    told: Vec<Diagnostic>,
    slugs: Slugs,
    last_level: u8,
}

impl<'a> Reader<'a, '_> {
    /// The parser's events, with ranges in the file.
    ///
    /// A pair of dollar signs that is not math by GitHub's rule has hidden the markup
    /// between them, so the note is read again without math.
    fn parse(&self, start: usize) -> Vec<Sourced<'a>> {
        let (part, options) = (start..self.source.len(), self.dialect.options());
        let events = self.parse_with(part.clone(), options);
        if events.iter().any(|(event, range)| self.is_false_math(event, range)) {
            return self.parse_with(part, options - md::Options::ENABLE_MATH);
        }
        events
    }

    fn parse_with(&self, part: Range<usize>, options: md::Options) -> Vec<Sourced<'a>> {
        let start = part.start;
        md::Parser::new_ext(&self.source[part], options)
            .into_offset_iter()
            .map(|(event, range)| (event, range.start + start..range.end + start))
            .collect()
    }

    fn is_false_math(&self, event: &md::Event<'_>, range: &Range<usize>) -> bool {
        let md::Event::InlineMath(tex) = event else { return false };
        let before = self.source[..range.start].chars().next_back();
        let after = self.source[range.end..].chars().next();
        let fenced = tex.starts_with('`') && tex.ends_with('`') && tex.len() > 1;
        before.is_some_and(char::is_alphanumeric)
            || after.is_some_and(char::is_alphanumeric)
            || (tex.contains('`') && !fenced)
    }

    fn tell(
        &mut self,
        rule: Rule,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.told.push(Diagnostic::new(rule, Span::new(self.file, range), message));
        let last = self.told.len() - 1;
        &mut self.told[last]
    }

    fn emit(&mut self, event: Event<'a>, range: Range<usize>) {
        self.text.events.push((event, range));
    }

    fn blocks(&mut self, events: Vec<Sourced<'a>>) {
        let mut events =
            comment::without_block_comments(events, self.source, self.dialect)
                .into_iter()
                .peekable();
        let mut row = cells::Row::default();
        while let Some((event, range)) = events.next() {
            match event {
                md::Event::Start(md::Tag::BlockQuote(_)) => {
                    match self.mark_of(events.peek()) {
                        Some(mark) => self.callout(mark, range, &mut events),
                        None => self.emit(Event::Open(Element::Quote), range),
                    }
                }
                md::Event::Start(md::Tag::CodeBlock(kind)) => {
                    self.code(&kind, range, &mut events)
                }
                md::Event::Start(md::Tag::HtmlBlock) => {
                    self.html_block(range, &mut events)
                }
                md::Event::Start(md::Tag::Heading { level, .. }) => {
                    self.heading(level as u8, range, &mut events);
                }
                md::Event::Start(tag) if is_block(&tag) => {
                    row.enter(&tag, &range);
                    self.emit(Event::Open(element(tag)), range);
                }
                md::Event::End(tag) if is_block_end(tag) => {
                    if tag == md::TagEnd::TableRow {
                        self.uneven(&row, &range);
                    }
                    self.emit(Event::Close, range);
                }
                md::Event::Rule => self.emit(Event::Rule, range),
                event => {
                    let items = inline_items((event, range), &mut events, self.source);
                    self.inline(items);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, range: Range<usize>, events: &mut Events<'a>) {
        let at = self.text.events.len();
        let index = self.text.headings.len();
        self.emit(Event::Open(Element::Heading(index)), range.clone());
        let mut given = None;
        if let Some(first) = events.next_if(|(event, _)| !is_heading_end(event)) {
            let mut items = inline_items(first, events, self.source);
            given = if self.dialect.extensions {
                markup::attributes(&mut items)
            } else {
                None
            };
            self.inline(items);
        }
        if let Some((_, range)) = events.next_if(|(event, _)| is_heading_end(event)) {
            self.emit(Event::Close, range);
        }
        let text = self.text.plain(at..self.text.events.len());
        let (id, classes) = given.unwrap_or_default();
        let id = match id {
            Some(id) if self.slugs.take(&id) => id,
            Some(id) => {
                let message = format!("another heading already has the id `{id}`");
                self.tell(Rule::DuplicateAnchor, range.clone(), message);
                self.slugs.next(&id)
            }
            None => self.slugs.next(&text),
        };
        if self.last_level > 0 && level > self.last_level + 1 {
            let (last, next) = (self.last_level, self.last_level + 1);
            self.tell(
                Rule::SkippedHeading,
                range.clone(),
                format!("a heading of level {level} follows one of level {last}"),
            )
            .hints
            .push(format!(
                "make it level {next}, so that readers can tell what belongs where"
            ));
        }
        self.last_level = level;
        let text = crate::note::emoji::shown(&text).into_owned();
        self.text.headings.push(Heading { level, text, id, classes, range });
    }

    fn code(
        &mut self,
        kind: &md::CodeBlockKind<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let mut code = Cow::Borrowed("");
        for (event, _) in events.by_ref() {
            match event {
                md::Event::Text(text) if code.is_empty() => code = cow(text),
                md::Event::Text(text) => code.to_mut().push_str(&text),
                _ => break,
            }
        }
        let info = match kind {
            md::CodeBlockKind::Fenced(info) => cow(info.clone()),
            md::CodeBlockKind::Indented => Cow::Borrowed(""),
        };
        self.emit(Event::Fence { info, code }, range);
    }

    fn html_block(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        let mut run = Run::default();
        for (event, place) in events.by_ref() {
            match event {
                md::Event::Html(line) | md::Event::Text(line) => {
                    run.push(&line, place, false)
                }
                _ => break,
            }
        }
        if self.dialect.extensions {
            self.html(&run);
        } else {
            self.emit(Event::Html(run.text.into()), range);
        }
    }

    /// Adds a link and gives its index.
    fn link(&mut self, link: Link) -> usize {
        self.text.links.push(link);
        self.text.links.len() - 1
    }

    /// Where a destination leads, after the rewriting rules of the site.
    fn target(&self, destination: &str) -> Target {
        let rule =
            self.dialect.rewrites.iter().find(|(from, _)| from.is_match(destination));
        match rule {
            Some((from, to)) => {
                let to = from.replace(destination, to.as_str()).into_owned();
                match Target::of(&to) {
                    // What a rule gives is a note's id or path, not a path from here.
                    Target::Path { path, fragment, .. } if !path.contains('/') => {
                        Target::Wiki {
                            name: path,
                            fragment: vec![fragment]
                                .into_iter()
                                .filter(|it| !it.is_empty())
                                .collect(),
                        }
                    }
                    target => target,
                }
            }
            None => self.own_file(destination).unwrap_or_else(|| Target::of(destination)),
        }
    }

    /// The path of a file that is named by its address in the site's own repository:
    /// `https://github.com/org/repo/blob/main/a.md`.
    fn own_file(&self, destination: &str) -> Option<Target> {
        let repository = self.dialect.repository.as_deref()?.trim_end_matches('/');
        let rest = destination.strip_prefix(repository)?.strip_prefix('/')?;
        let rest = rest.strip_prefix("-/").unwrap_or(rest);
        let rest = ["blob/", "tree/"].iter().find_map(|it| rest.strip_prefix(it))?;
        let (_, path) = rest.split_once('/')?;
        Some(Target::of(&format!("/{path}")))
    }
}

type Events<'a> = std::iter::Peekable<std::vec::IntoIter<Sourced<'a>>>;

/// A part of a line of text: a run, or one of the parser's events.
#[derive(Debug)]
enum Item<'a> {
    Run(Run),
    Event(md::Event<'a>, Range<usize>),
}

/// The inline events from `first` on, those of text put together.
fn inline_items<'a>(
    first: Sourced<'a>,
    events: &mut Events<'a>,
    source: &str,
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut next = Some(first);
    while let Some((event, range)) = next {
        match (event, items.last_mut()) {
            (md::Event::Text(text), Some(Item::Run(run))) => {
                let escaped = run.range().end < range.start && is_escaped(source, &range);
                run.push(&text, range, escaped);
            }
            (md::Event::Text(text), _) => {
                let mut run = Run::default();
                let escaped = is_escaped(source, &range);
                run.push(&text, range, escaped);
                items.push(Item::Run(run));
            }
            (event, _) => items.push(Item::Event(event, range)),
        }
        next = events.next_if(|(event, _)| is_inline(event));
    }
    items
}

fn is_escaped(source: &str, range: &Range<usize>) -> bool {
    let escapable =
        source[range.start..].starts_with(|it: char| it.is_ascii_punctuation());
    escapable && source[..range.start].ends_with('\\')
}

fn is_inline(event: &md::Event<'_>) -> bool {
    match event {
        md::Event::Start(tag) => !is_block(tag),
        md::Event::End(tag) => !is_block_end(*tag),
        md::Event::Rule | md::Event::Html(_) => false,
        _ => true,
    }
}

fn is_heading_end(event: &md::Event<'_>) -> bool {
    matches!(event, md::Event::End(md::TagEnd::Heading(_)))
}

fn is_block(tag: &md::Tag<'_>) -> bool {
    is_block_end(tag.to_end())
}

fn is_block_end(tag: md::TagEnd) -> bool {
    use md::TagEnd as T;
    !matches!(
        tag,
        T::Emphasis
            | T::Strong
            | T::Strikethrough
            | T::Superscript
            | T::Subscript
            | T::Link
            | T::Image
    )
}

fn element(tag: md::Tag<'_>) -> Element<'_> {
    match tag {
        md::Tag::List(start) => Element::List(start),
        md::Tag::Item => Element::Item,
        md::Tag::FootnoteDefinition(label) => Element::Footnote(footnote::label(label)),
        md::Tag::DefinitionList => Element::DefinitionList,
        md::Tag::DefinitionListTitle => Element::Term,
        md::Tag::DefinitionListDefinition => Element::Description,
        md::Tag::Table(columns) => {
            Element::Table(columns.into_iter().map(align).collect())
        }
        md::Tag::TableHead => Element::Head,
        md::Tag::TableRow => Element::Row,
        md::Tag::TableCell => Element::Cell,
        md::Tag::BlockQuote(_) => Element::Quote,
        md::Tag::Emphasis => Element::Emphasis,
        md::Tag::Strong => Element::Strong,
        md::Tag::Strikethrough => Element::Strike,
        _ => Element::Paragraph,
    }
}

fn align(align: md::Alignment) -> Align {
    match align {
        md::Alignment::None => Align::None,
        md::Alignment::Left => Align::Left,
        md::Alignment::Center => Align::Center,
        md::Alignment::Right => Align::Right,
    }
}

fn cow(text: md::CowStr<'_>) -> Cow<'_, str> {
    match text {
        md::CowStr::Borrowed(text) => Cow::Borrowed(text),
        text => Cow::Owned(text.into_string()),
    }
}
