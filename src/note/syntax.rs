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
use crate::note::event::{Event, Text};
use crate::note::link::{Link, Target};
use crate::note::slug::Slugs;
use crate::path::FilePath;

mod anchor;
mod autolink;
mod bare;
mod block;
mod callout;
mod cells;
mod comment;
mod footnote;
mod inline;
mod item;
mod mark;
mod markup;
mod slip;
mod wikilink;

use item::Item;

/// Which Markdown is read.
#[expect(clippy::struct_excessive_bools, reason = "each is an extension, on or off")]
#[derive(Clone, Debug)]
pub struct Dialect {
    /// All that is not `CommonMark`: GFM, callouts, wikilinks, ids of headings.
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
    /// Where in it the project lies.
    pub folder: FilePath,
}

impl Dialect {
    /// `CommonMark` and nothing else.
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
            folder: FilePath::default(),
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
            folder: config.site.folder.clone(),
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
        depth: 0,
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
    /// How many elements of raw HTML are open.
    depth: usize,
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
        // What lies in the repository beside the project is elsewhere.
        let path = match self.dialect.folder.as_str() {
            "" => path,
            folder => path.strip_prefix(folder)?.strip_prefix('/')?,
        };
        Some(Target::of(&format!("/{path}")))
    }
}

type Events<'a> = std::iter::Peekable<std::vec::IntoIter<Sourced<'a>>>;

fn cow(text: md::CowStr<'_>) -> Cow<'_, str> {
    match text {
        md::CowStr::Borrowed(text) => Cow::Borrowed(text),
        text => Cow::Owned(text.into_string()),
    }
}
