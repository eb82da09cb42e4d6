//! The words of a text, as search knows them.
//!
//! `search.js` reads queries and excerpts by the same rules.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// How many UTF-16 units of a word count.
const LONGEST: usize = 40;

/// Scripts that are written without spaces between words: their pairs of characters
/// stand for words.
const SPACELESS: &[(char, char)] = &[
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{2e80}', '\u{2fdf}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3021}', '\u{3029}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{ff66}', '\u{ff9f}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Takes each word of a text, in lower case.
///
/// A word is a run of letters, marks and digits. `camelCase` is a word, and `camel` and
/// `case` are.
pub fn each<'a>(text: &'a str, mut take: impl FnMut(Cow<'a, str>)) {
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        rest = &rest[start..];
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if run.is_ascii() {
            ascii(run, &mut take);
        } else {
            other(run, &mut take);
        }
        rest = after;
    }
}

/// Whether a character is part of a word.
fn is_part(it: char) -> bool {
    if it.is_ascii() {
        return it.is_ascii_alphanumeric();
    }
    let connects = matches!(
        it,
        '‿' | '⁀' | '⁔' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '＿'
    );
    regex_syntax::is_word_character(it) && !connects
}

fn ascii<'a>(run: &'a str, take: &mut impl FnMut(Cow<'a, str>)) {
    let bytes = run.as_bytes();
    let mut start = 0;
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        // `HTTPServer` is two words, `GPUs` is one.
        let goes_on = || {
            bytes
                .get(at + 1..at + 3)
                .is_some_and(|it| it.iter().all(u8::is_ascii_lowercase))
        };
        let humps =
            before.is_ascii_lowercase() || before.is_ascii_uppercase() && goes_on();
        if here.is_ascii_uppercase() && humps {
            take(lower(&run[start..at]));
            start = at;
        }
    }
    if start > 0 {
        take(lower(&run[start..]));
    }
    take(lower(run));
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|it| it.is_ascii_uppercase()) || !word.is_ascii() {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// A run with letters beyond ASCII: words, and pairs of what is written without spaces.
fn other<'a>(run: &'a str, take: &mut impl FnMut(Cow<'a, str>)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let spaceless = is_spaceless(first);
        let end = rest.find(|it| is_spaceless(it) != spaceless).unwrap_or(rest.len());
        let (same, after) = rest.split_at(end);
        if spaceless {
            pairs(same, take);
        } else {
            take(lower(same));
        }
        rest = after;
    }
}

/// Each pair of neighbours, and the last character by itself.
fn pairs<'a>(run: &'a str, take: &mut impl FnMut(Cow<'a, str>)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 2).copied().unwrap_or(run.len());
        take(lower(&run[*start..end]));
    }
}

fn is_spaceless(it: char) -> bool {
    it >= SPACELESS[0].0 && SPACELESS.iter().any(|(from, to)| (*from..=*to).contains(&it))
}

/// A word in lower case as it is looked up: without accents, `ss` for `ß`.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word[..word.len().min(LONGEST)].to_owned();
    }
    let counts = |it: &char| !('\u{300}'..='\u{36f}').contains(it) && !it.is_whitespace();
    let plain = word.nfkd().filter(counts).nfc();
    let mut folded = String::with_capacity(word.len());
    let mut units = 0;
    for letter in plain {
        units += letter.len_utf16();
        match letter {
            'ß' => folded.push_str("ss"),
            _ => folded.push(letter),
        }
        if units >= LONGEST {
            break;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &Expect) {
        let mut words = Vec::new();
        each(text, |it| words.push(fold(&it)));
        expect.assert_eq(&words.join(" "));
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        check("Don't pre-train, K=4.5!", &expect!["don t pre train k 4 5"]);
        check("torch.nn.Module snake_case", &expect!["torch nn module snake case"]);
    }

    #[test]
    fn humps_are_words_too() {
        check("camelCase", &expect!["camel case camelcase"]);
        check("HTTPServer2", &expect!["http server2 httpserver2"]);
        check("GPUs", &expect!["gpus"]);
    }

    #[test]
    fn accents_do_not_count() {
        check("Café Straße ΑΒΓ naïve", &expect!["cafe strasse αβγ naive"]);
    }

    #[test]
    fn without_spaces_pairs_are_words() {
        check("漢字かな", &expect!["漢字 字か かな な"]);
        check("GPUで学習", &expect!["gpu で学 学習 習"]);
        check("한국어 문서", &expect!["한국어 문서"]);
    }
}
