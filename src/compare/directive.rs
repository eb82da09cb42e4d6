//! A directive: `<!-- compare id=latency baseline=research caption="Two builds" -->`.
//!
//! The same words stand in a comment above a table, in the title of a link to a data
//! file and behind the language of a fence.

use std::ops::Range;

use super::measure;
use super::reading::{Given, Reading};
use super::{Bound, Tolerance};
use crate::diag::{Rule, nearest::nearest};
use crate::path::FilePath;

/// What an author says of a comparison beside its table or data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Directive {
    /// The file in which it stands, which need not be that of the data.
    pub file: FilePath,
    /// Its place.
    pub range: Range<usize>,
    /// The name of the comparison.
    pub id: Option<Given>,
    /// What it compares.
    pub caption: Option<Given>,
    /// The side that the others are compared with.
    pub baseline: Option<Given>,
    /// The data file, from the note's folder.
    pub src: Option<Given>,
    /// The field of the front matter that holds the data.
    pub from: Option<Given>,
    /// The field of each record that names its side.
    pub by: Option<Given>,
    /// How far two values may be apart and count as the same.
    pub tolerance: Option<Given>,
    /// The attributes in which sides must agree, parted by commas.
    pub comparable_by: Option<Given>,
    /// Where the numbers come from.
    pub origin: Option<Given>,
    /// Attributes of sides: `research.dataset=v3`.
    pub attributes: Vec<Attribute>,
}

/// What a directive says of one side.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// The side, by key or label.
    pub side: Given,
    /// What is said: `dataset`.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A comment that belongs to a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comment {
    /// `<!-- compare … -->`
    Open(Box<Directive>),
    /// `<!-- /compare -->`
    Close,
}

const NAMES: [&str; 9] = [
    "id",
    "caption",
    "baseline",
    "src",
    "from",
    "by",
    "tolerance",
    "comparable-by",
    "origin",
];

/// Reads an HTML comment that begins at byte `at` of the file; `None` where it is no
/// directive.
pub fn comment(html: &str, at: usize, reading: &mut Reading<'_>) -> Option<Comment> {
    let inside = html.strip_prefix("<!--")?;
    let (inside, behind) = inside.split_once("-->").unwrap_or((inside, ""));
    if inside.trim() == "/compare" {
        return Some(Comment::Close);
    }
    let directive = words(inside, at + "<!--".len(), reading)?;
    if !behind.trim().is_empty() && inside.matches('"').count() % 2 == 1 {
        let range = at + 4 + inside.len()..at + html.trim_end().len();
        let message =
            "the comment ends at its first `-->`, and the rest is shown as text";
        reading.tell(
            Rule::BadDirective,
            &range,
            message,
            "leave `-->` out of the values",
        );
    }
    if let Some(dashes) = inside.find("--") {
        let range = at + 4 + dashes..at + 4 + dashes + 2;
        let message = "`--` inside a comment ends it in some readers of Markdown";
        reading.tell(Rule::BadDirective, &range, message, "write the value without `--`");
    }
    Some(Comment::Open(Box::new(directive)))
}

/// Reads `compare id=latency …`, which begins at byte `at` of the file; `None` where
/// the first word is another one.
pub fn words(text: &str, at: usize, reading: &mut Reading<'_>) -> Option<Directive> {
    let body = text.trim_start().strip_prefix("compare")?;
    if !(body.is_empty() || body.starts_with(char::is_whitespace)) {
        return None;
    }
    let start = at + text.len() - body.len();
    let end = at + text.trim_end().len();
    let file = reading.file.clone();
    let mut directive =
        Directive { file, range: at..end.max(start), ..Directive::default() };
    let mut cursor = Cursor { text: body, at: 0, start };
    while let Some((name, value)) = cursor.next(reading) {
        take(&mut directive, &name, value, reading);
    }
    Some(directive)
}

/// Where the words are read.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    start: usize,
}

impl Cursor<'_> {
    /// The next `name=value`; what is none is told and skipped.
    fn next(&mut self, reading: &mut Reading<'_>) -> Option<(Given, Given)> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let name = self.take_until(|it| it.is_whitespace() || it == '=');
            if name.text.is_empty() && self.at == self.text.len() {
                return None;
            }
            if !self.text[self.at..].starts_with('=') {
                let message = format!("`{}` has no value", name.text);
                let hint = "write `name=value`, as in `id=latency`";
                reading.tell(Rule::BadDirective, &name.range, message, hint);
                continue;
            }
            self.at += 1;
            return Some((name, self.value(reading)));
        }
    }

    /// A word, or what stands between quotes.
    fn value(&mut self, reading: &mut Reading<'_>) -> Given {
        let rest = &self.text[self.at..];
        let Some(quote) = rest.chars().next().filter(|it| ['"', '\''].contains(it))
        else {
            return self.take_until(char::is_whitespace);
        };
        self.at += 1;
        let value = self.take_until(|it| it == quote);
        if self.at == self.text.len() {
            let message =
                format!("the quote before `{}` is not closed", value.text.trim());
            let hint = format!(
                "write `{quote}` behind the value; a comment ends at its first `-->`"
            );
            reading.tell(Rule::BadDirective, &value.range, message, hint);
        } else {
            self.at += 1;
        }
        value
    }

    fn take_until(&mut self, ends: impl Fn(char) -> bool) -> Given {
        let rest = &self.text[self.at..];
        let taken = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let from = self.start + self.at;
        self.at += taken.len();
        Given::new(taken, from..from + taken.len())
    }
}

fn take(
    directive: &mut Directive,
    name: &Given,
    value: Given,
    reading: &mut Reading<'_>,
) {
    if let Some((side, attribute)) = name.text.split_once('.') {
        let side = Given::new(side, name.range.clone());
        let (name, value) = (attribute.to_owned(), value.text);
        directive.attributes.push(Attribute { side, name, value });
        return;
    }
    let slot = match name.text.replace('_', "-").as_str() {
        "id" => &mut directive.id,
        "caption" => &mut directive.caption,
        "baseline" => &mut directive.baseline,
        "src" => &mut directive.src,
        "from" => &mut directive.from,
        "by" => &mut directive.by,
        "tolerance" => &mut directive.tolerance,
        "comparable-by" => &mut directive.comparable_by,
        "origin" => &mut directive.origin,
        other => return tell_unknown(other, name, reading),
    };
    if slot.is_some() {
        let message = format!("`{}` is given twice", name.text);
        reading.tell(Rule::BadDirective, &name.range, message, "keep one of the two");
    }
    *slot = Some(value);
}

fn tell_unknown(text: &str, name: &Given, reading: &mut Reading<'_>) {
    let hint = match nearest(text, NAMES) {
        Some(near) => format!("write `{near}`"),
        None => format!("it may have `{}`", NAMES.join("`, `")),
    };
    let message = format!("`{text}` is nothing that `compare` knows");
    reading.tell(Rule::BadDirective, &name.range, message, hint);
}

/// The tolerance that a text says: `2%`, `5 ms`, `0.1`.
pub fn tolerance(given: &Given, reading: &mut Reading<'_>) -> Option<Tolerance> {
    let cell = measure::parse(given.text.trim()).ok().flatten().map(|it| it.cell);
    let exact = cell.filter(|it| it.bound == Bound::Exact && it.lo.is_none());
    let tolerance = exact.and_then(|it| {
        let value = it.value.filter(|value| value.value() >= 0.0)?;
        Some(Tolerance { value, unit: it.unit })
    });
    if tolerance.is_none() {
        let message = format!("the tolerance `{}` is no distance", given.text);
        let hint = "write a part of the baseline, `2%`, or a distance, `5 ms`";
        reading.tell(Rule::BadDirective, &given.range, message, hint);
    }
    tolerance
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reading::Vocabulary;
    use super::*;

    /// The directive in a comment, and the texts that diagnostics point at.
    fn read(html: &str) -> (Option<Comment>, Vec<&str>) {
        let (file, vocabulary) = ("a.md".into(), Vocabulary::default());
        let mut reading = Reading::new(&file, &vocabulary);
        let comment = comment(html, 0, &mut reading);
        let told = reading.told.into_iter().map(|it| &html[it.span.range]).collect();
        (comment, told)
    }

    fn directive(html: &str) -> Directive {
        match read(html) {
            (Some(Comment::Open(directive)), told) if told.is_empty() => *directive,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_attribute_is_read() {
        let it = directive(
            "<!-- compare id=latency baseline=research src=data/l.csv from=results \
             caption=\"Two builds\" tolerance=2% comparable-by=dataset,hardware \
             research.dataset='v 3' -->",
        );
        assert_eq!(it.id.unwrap().text, "latency");
        assert_eq!(it.caption.unwrap().text, "Two builds");
        assert_eq!(it.comparable_by.unwrap().text, "dataset,hardware");
        assert_eq!(it.attributes[0].side.text, "research");
        assert_eq!(it.attributes[0].value, "v 3");
    }

    #[test]
    fn other_comments_are_none() {
        assert_eq!(read("<!-- compares -->").0, None);
        assert_eq!(read("<!-- a -->").0, None);
        assert_eq!(read("<!-- /compare -->").0, Some(Comment::Close));
        assert!(matches!(read("<!--compare-->").0, Some(Comment::Open(_))));
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        assert_eq!(read("<!-- compare id -->").1, ["id"]);
        assert_eq!(read("<!-- compare base=a -->").1, ["base"]);
        assert_eq!(read("<!-- compare id=a id=b -->").1, ["id"]);
        assert_eq!(read("<!-- compare caption=\"a -->").1, ["a "]);
        assert_eq!(read("<!-- compare caption='run --fast' -->").1, ["--"]);
        assert_eq!(read("<!-- compare caption=\"a --> b\" -->").1, ["a ", "--> b\" -->"]);
        assert_eq!(read("<!-- compare =a -->").1.len(), 1);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-z=\"'. \\-\u{e4}>]{0,20}") {
            read(&format!("<!-- compare {text}"));
        }
    }
}
