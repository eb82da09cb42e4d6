//! The words of an info string, before anything is known of what they mean.

use std::ops::Range;

/// A word of an info string: `key=value`, `key` or, in brackets, a value alone.
pub(super) struct Word<'a> {
    /// What it is called; the whole word where it has no value.
    pub(super) key: &'a str,
    /// What follows its equals sign, without quotes.
    pub(super) value: Option<&'a str>,
    /// Its bytes of the info string, without a dot before it.
    pub(super) range: Range<usize>,
}

/// Splits an info string into words. Blanks, commas and braces separate them;
/// quotes and brackets hold them together.
pub(super) fn words(info: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(next) = info[at..].find(|it| !separates(it)) {
        let start = at + next;
        let word = word_at(info, start);
        at = word.range.end.max(start + 1);
        words.push(word);
    }
    words
}

fn separates(it: char) -> bool {
    it.is_whitespace() || matches!(it, ',' | '{' | '}')
}

/// The word that begins at a place where something stands.
fn word_at(info: &str, start: usize) -> Word<'_> {
    let text = &info[start..];
    if text.starts_with('(') {
        let len = text.find(')').map_or(text.len(), |it| it + 1);
        return Word { key: &text[..len], value: None, range: start..start + len };
    }
    // The lines of `{1,3}` are one word.
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        let len = text.find(|it: char| it != ',' && separates(it)).unwrap_or(text.len());
        return Word { key: &text[..len], value: None, range: start..start + len };
    }
    let end = text.find(|it| it == '=' || separates(it)).unwrap_or(text.len());
    // Pandoc's classes and R Markdown's languages have a dot before them.
    let dot = usize::from(text.starts_with('.') && end > 1);
    let key = &text[dot..end];
    if !text[end..].starts_with('=') {
        return Word { key, value: None, range: start + dot..start + end };
    }
    let (value, len) = value_of(&text[end + 1..]);
    Word { key, value: Some(value), range: start + dot..start + end + 1 + len }
}

/// The value at the beginning of a text, and how long it is with its quotes.
fn value_of(text: &str) -> (&str, usize) {
    let closing = match text.chars().next() {
        Some('"') => '"',
        Some('\'') => '\'',
        Some('{') => '}',
        Some('[') => ']',
        _ => {
            // `hl=3-5,8` goes on after its comma; `a=b,c` does not.
            let number = |it: &str| it.starts_with(|it: char| it.is_ascii_digit());
            let ends = |(at, it): (usize, char)| match it {
                ',' => !(number(text) && number(&text[at + 1..])),
                it => separates(it),
            };
            let len =
                text.char_indices().find(|it| ends(*it)).map_or(text.len(), |it| it.0);
            return (&text[..len], len);
        }
    };
    match text[1..].find(closing) {
        Some(len) => (&text[1..=len], len + 2),
        None => (&text[1..], text.len()),
    }
}
