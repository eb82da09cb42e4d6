//! Highlighted code: a code block as HTML, its tokens in spans that a style sheet
//! colours for light and dark.
//!
//! No span crosses a line break, and the text of the HTML is the code, character
//! for character: numbers and labels are attributes, which a style sheet may show
//! and which nobody copies by accident.

use pulldown_cmark_escape::escape_html;

use crate::fence::Fence;
use crate::language::{self, Language, Reader};

mod class;
mod diff;
mod scanner;
mod session;

use scanner::{At, Scanner, escape};
use session::Session;

pub use scanner::LONGEST_LINE;

/// A block larger than this is shown as it is.
pub const LARGEST_BLOCK: usize = 512 * 1024;

/// Whether a language is known; text without a grammar is.
pub fn knows(language: &str) -> bool {
    language::find(language).is_some()
}

/// The HTML of code, without an element around it; `None` where no grammar reads
/// the language.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    scanner::with(|scanner| {
        let mut voice = Voice::of(language::find(language), code, scanner);
        if voice == Voice::Plain {
            return None;
        }
        let mut html = String::with_capacity(3 * code.len());
        each_line(code, &mut html, |line, html| voice.line(scanner, line, html));
        Some(html)
    })
}

/// A code block with all that its fence asks for.
///
/// ```html
/// <figure class="code" data-lang="python" data-label="Python">
/// <figcaption>train.py</figcaption>
/// <pre tabindex="0"><code class="language-python">…</code></pre></figure>
/// ```
///
/// Lines are elements of their own (`span.line`, `ins.line`, `del.line`) only where
/// the fence asks for numbers, highlighted lines or a diff.
pub fn block(code: &str, fence: &Fence) -> String {
    let language = fence.language.as_deref().and_then(language::find);
    let mut html = String::with_capacity(3 * code.len() + 256);
    open(fence, language, &mut html);
    scanner::with(|scanner| {
        let mut voice = Voice::of(language, code, scanner);
        if fence.diff {
            diff::write(code, fence, voice, scanner, &mut html);
        } else if fence.lines || !fence.highlighted.is_empty() {
            let mut number = 0;
            each_line(code, &mut html, |line, html| {
                number += 1;
                open_line("span", "line", fence, number, html);
                voice.line(scanner, line, html);
                html.push_str("</span>");
            });
        } else {
            each_line(code, &mut html, |line, html| voice.line(scanner, line, html));
        }
    });
    html.push_str("</code></pre></figure>\n");
    html
}

/// What stands before the code.
fn open(fence: &Fence, language: Option<&Language>, html: &mut String) {
    html.push_str("<figure class=\"code\"");
    let label = match language {
        Some(Language { reader: Reader::Plain, .. }) => None,
        Some(language) => Some(language.label),
        None => fence.language.as_deref(),
    };
    if let Some(name) = &fence.language {
        attribute("data-lang", language.map_or(name, |it| it.id), html);
    }
    if let Some(label) = label {
        attribute("data-label", label, html);
        if fence.title.is_none() {
            attribute("aria-label", label, html);
        }
    }
    html.push_str(">\n");
    if let Some(title) = &fence.title {
        html.push_str("<figcaption>");
        escape(title, html);
        html.push_str("</figcaption>\n");
    }
    html.push_str("<pre tabindex=\"0\"><code");
    if let Some(name) = &fence.language {
        attribute("class", &format!("language-{name}"), html);
    }
    html.push('>');
}

/// The element of a line, by its place in the block, counted from 1.
fn open_line(element: &str, class: &str, fence: &Fence, number: u32, html: &mut String) {
    html.push('<');
    html.push_str(element);
    html.push_str(" class=\"");
    html.push_str(class);
    if fence.highlighted.iter().any(|it| it.contains(&number)) {
        html.push_str(" hl");
    }
    html.push('"');
    if fence.lines {
        let shown = u64::from(fence.start) + u64::from(number) - 1;
        attribute("data-line", &shown.to_string(), html);
    }
    html.push('>');
}

fn attribute(name: &str, value: &str, html: &mut String) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape_html(&mut *html, value).expect("a String takes every text");
    html.push('"');
}

/// Writes each line with its line break after it, which no element holds.
fn each_line<'a>(
    code: &'a str,
    html: &mut String,
    mut write: impl FnMut(&'a str, &mut String),
) {
    for line in code.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => {
                write(line, html);
                html.push('\n');
            }
            None => write(line, html),
        }
    }
}

/// How the lines of a block are read, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Voice {
    /// As they are.
    Plain,
    /// By a grammar, which is in this state.
    Grammar(At),
    /// By a grammar where they follow a prompt.
    Session(Session),
}

impl Voice {
    /// The voice of a language before the first line.
    fn of(language: Option<&Language>, code: &str, scanner: &mut Scanner) -> Self {
        let reader = language.map_or(Reader::Plain, |it| it.reader);
        let voice = match reader {
            _ if code.len() > LARGEST_BLOCK => None,
            Reader::Grammar(name) => scanner.start(name).map(Self::Grammar),
            Reader::Session(name) => {
                scanner.start(name).map(|it| Self::Session(Session::new(it, code)))
            }
            Reader::Plain | Reader::Block => None,
        };
        voice.unwrap_or(Self::Plain)
    }

    /// Adds the HTML of the next line.
    fn line(&mut self, scanner: &mut Scanner, line: &str, html: &mut String) {
        match self {
            Self::Plain => escape(line, html),
            Self::Grammar(at) => *at = scanner.line(*at, line, html),
            Self::Session(session) => session.line(scanner, line, html),
        }
    }
}

#[cfg(test)]
mod style;
#[cfg(test)]
mod tests;
