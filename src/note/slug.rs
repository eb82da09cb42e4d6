//! The id of a heading, as GitHub makes it.

use std::collections::BTreeMap;

/// Gives the headings of one note their ids, as GitHub does: the same words, the
/// same id, with `-1`, `-2` for those that come again.
#[derive(Debug, Default)]
pub struct Slugs {
    seen: BTreeMap<String, usize>,
}

impl Slugs {
    /// The id for a heading's text.
    pub fn next(&mut self, text: &str) -> String {
        let slug = slug(text);
        let mut id = slug.clone();
        while self.seen.contains_key(&id) {
            let count = self.seen.entry(slug.clone()).or_default();
            *count += 1;
            id = format!("{slug}-{count}");
        }
        self.seen.insert(id.clone(), 0);
        id
    }

    /// Takes an id that the note gives itself, if it is free.
    pub fn take(&mut self, id: &str) -> bool {
        let free = !self.seen.contains_key(id);
        if free {
            self.seen.insert(id.to_owned(), 0);
        }
        free
    }
}

/// A text in GitHub's form: lower case, without punctuation and symbols, each
/// space a hyphen.
///
/// GitHub's rule is the Ruby pattern `[^\p{Word}\- ]`, removed; `\p{Word}` is Unicode's
/// letters, marks, decimal numbers and connector punctuation (UTS 18, annex C).
pub fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|it| is_word(*it) || *it == '-' || *it == ' ')
        .map(|it| if it == ' ' { '-' } else { it })
        .collect()
}

/// A text in the form in which headings are compared when a link's fragment is not
/// an id: what is left of it when case, punctuation and spaces do not count.
pub fn loose(text: &str) -> String {
    text.chars().filter(|it| is_word(*it)).flat_map(char::to_lowercase).collect()
}

fn is_word(it: char) -> bool {
    if it.is_ascii() {
        return it.is_ascii_alphanumeric() || it == '_';
    }
    // The only class of the regex crate's `\w` that Ruby's `\p{Word}` lacks is the
    // zero-width joiners; emoji need them, ids do not.
    !matches!(it, '\u{200c}' | '\u{200d}') && regex_syntax::is_word_character(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        for (text, id) in [
            ("Hello, World!", "hello-world"),
            ("  a  b ", "a--b"),
            ("`Vec<T>` & more", "vect--more"),
            ("Größe und Ähnliches", "größe-und-ähnliches"),
            ("你好 世界", "你好-世界"),
            ("🚀 Launch", "-launch"),
            ("snake_case-name", "snake_case-name"),
            ("C++ / C#", "c--c"),
            ("हिन्दी", "हिन्दी"),
            ("1.2 What’s new?", "12-whats-new"),
        ] {
            assert_eq!(slug(text), id);
        }
    }

    #[test]
    fn a_heading_that_comes_again_gets_a_number_that_is_free() {
        let mut slugs = Slugs::default();
        let ids: Vec<_> =
            ["a", "a", "a-1", "a"].iter().map(|it| slugs.next(it)).collect();
        assert_eq!(ids, ["a", "a-1", "a-1-1", "a-2"]);
    }
}
