//! The elements of a note, in the order in which they stand in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::note::link::Link;
use crate::note::raw::Tag;

/// A note's text, read: its elements and what they refer to.
#[derive(Debug, Default)]
pub struct Text<'a> {
    /// The elements, each with its bytes in the file.
    pub events: Vec<(Event<'a>, Range<usize>)>,
    /// The headings; [`Element::Heading`] has the index.
    pub headings: Vec<Heading>,
    /// Links, images and embeds; [`Event::Link`] and the like have the index.
    pub links: Vec<Link>,
    /// Ids that the note has besides those of its headings.
    pub anchors: Vec<(String, Range<usize>)>,
    /// For each footnote's label the events of its text, or texts.
    pub footnotes: BTreeMap<Cow<'a, str>, Vec<Range<usize>>>,
    /// Whether the note holds raw HTML elements.
    pub raw: bool,
}

impl Text<'_> {
    /// The index behind the end of the element that begins at an index.
    pub fn end_of(&self, at: usize) -> usize {
        let mut depth = 0usize;
        for (index, (event, _)) in self.events.iter().enumerate().skip(at) {
            match event {
                Event::Open(_) => depth += 1,
                Event::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return index + 1;
            }
        }
        self.events.len()
    }

    /// The words of events, without markup.
    pub fn plain(&self, events: Range<usize>) -> String {
        let mut words = String::new();
        for (event, _) in &self.events[events] {
            match event {
                Event::Text(it) | Event::Code(it) | Event::Math(it) => words.push_str(it),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        words.trim().to_owned()
    }
}

/// One step through the elements of a note.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element that was opened last ends.
    Close,
    /// Text, not escaped.
    Text(Cow<'a, str>),
    /// A code span.
    Code(Cow<'a, str>),
    /// TeX with the dollar signs around it.
    Math(Cow<'a, str>),
    /// A code block, with its info string.
    Fence {
        /// The info string, whole; empty for an indented block.
        info: Cow<'a, str>,
        /// The code.
        code: Cow<'a, str>,
    },
    /// A tag of raw HTML.
    Tag(Tag),
    /// Raw HTML as it is; only where no extension is on.
    Html(Cow<'a, str>),
    /// An HTML comment, without its delimiters.
    Comment(Cow<'a, str>),
    /// A reference to a footnote, by its label.
    Footnote(Cow<'a, str>),
    /// A place that links lead to: `^id` at the end of a block.
    Anchor(Cow<'a, str>),
    /// An embed that stands for itself: `![[note]]`, by its index.
    Embed(usize),
    /// A line break in the source.
    SoftBreak,
    /// A line break that is shown.
    HardBreak,
    /// A thematic break.
    Rule,
    /// The box of a task list item, ticked or not.
    Task(bool),
}

/// An element that holds others.
#[derive(Clone, Debug, PartialEq)]
pub enum Element<'a> {
    /// A paragraph.
    Paragraph,
    /// A heading, by its index.
    Heading(usize),
    /// A block quote.
    Quote,
    /// A callout: `> [!kind]- Title`.
    Callout(Callout),
    /// The title of the callout around it.
    CalloutTitle,
    /// A list, with the number of the first item if it is ordered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A definition list.
    DefinitionList,
    /// A term of a definition list.
    Term,
    /// A description of a definition list.
    Description,
    /// A table, with the alignment of each column.
    Table(Vec<Align>),
    /// The header row of a table.
    Head,
    /// A row of a table's body.
    Row,
    /// A cell.
    Cell,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck text.
    Strike,
    /// Marked text: `==text==`.
    Mark,
    /// A link, by its index.
    Link(usize),
    /// An image, by its index; what it holds is its alternative text.
    Image(usize),
    /// A footnote's text, by its label.
    Footnote(Cow<'a, str>),
}

/// What a callout says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callout {
    /// The kind, in lower case: `note`.
    pub kind: String,
    /// Whether it folds, and is folded.
    pub fold: Fold,
    /// Whether it has a title of its own.
    pub titled: bool,
}

/// Whether a callout folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// It does not.
    Fixed,
    /// It does, and is open at first: `[!kind]+`.
    Open,
    /// It does, and is closed at first: `[!kind]-`.
    Closed,
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the text runs.
    None,
    /// To the left.
    Left,
    /// To the middle.
    Center,
    /// To the right.
    Right,
}

/// A heading of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its id, which is GitHub's slug where the note gives none.
    pub id: String,
    /// The classes that the note gives it.
    pub classes: Vec<String>,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

impl Event<'_> {
    /// Whether a reader sees anything of it.
    pub fn is_visible(&self) -> bool {
        !matches!(self, Self::Comment(_) | Self::Anchor(_))
    }
}

impl Element<'_> {
    /// Whether the element is a block, which ends a sentence.
    pub fn is_block(&self) -> bool {
        !matches!(
            self,
            Self::Emphasis
                | Self::Strong
                | Self::Strike
                | Self::Mark
                | Self::Link(_)
                | Self::Image(_)
        )
    }
}
