//! Finds names in a text.

use std::ops::Range;

use aho_corasick::AhoCorasick;

/// Finds names in a text, however many there are, in one walk.
#[derive(Debug, Default)]
pub struct Finder {
    automaton: Option<AhoCorasick>,
    /// For each pattern the name, and whose it is.
    names: Vec<(String, usize)>,
}

impl Finder {
    /// A finder of names, each with the number of what it stands for.
    pub fn of(names: &[(&str, usize)]) -> Self {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(names.iter().map(|it| it.0))
            // Only more patterns than memory can hold are refused.
            .ok()
            .filter(|_| !names.is_empty());
        let names = names.iter().map(|(name, of)| ((*name).to_owned(), *of)).collect();
        Self { automaton, names }
    }

    /// Where names stand as words of their own, the longest where several do.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found: Vec<(Range<usize>, usize)> = automaton
            .find_overlapping_iter(text)
            .map(|it| (it.range(), it.pattern().as_usize()))
            .filter(|(range, name)| {
                stands_alone(text, range)
                    && is_written(&self.names[*name].0, &text[range.clone()])
            })
            .collect();
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        found.into_iter().map(|(range, name)| (range, self.names[name].1)).collect()
    }
}

/// Whether nothing around a place makes it a part of a longer word.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |it: char| it.is_alphanumeric() || "-_".contains(it);
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(joins) && !after.is_some_and(joins)
}

/// Whether a name is written as it is meant: capitals within it are part of it (`MLOps`,
/// `SHAP`), and at its beginning they are those of a sentence.
fn is_written(name: &str, text: &str) -> bool {
    !name.chars().skip(1).any(char::is_uppercase) || name == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], text: &str, found: &[&str]) {
        let names: Vec<(&str, usize)> =
            names.iter().enumerate().map(|(at, it)| (*it, at)).collect();
        let finder = Finder::of(&names);
        let places = finder.find(text).into_iter();
        let places: Vec<&str> = places.map(|(range, _)| &text[range]).collect();
        assert_eq!(places, found, "{text}");
    }

    #[test]
    fn names_are_found_as_words() {
        check(
            &["drift"],
            "Drift, drift and adrift drifts: drift-free",
            &["Drift", "drift"],
        );
        check(&["naïve"], "a naïve view, un-naïve", &["naïve"]);
        check(&[], "drift", &[]);
    }

    #[test]
    fn the_longest_name_is_found_unless_it_is_no_word() {
        let names = ["skew", "training-serving skew", "skew factor"];
        check(&names, "training-serving skew", &["training-serving skew"]);
        check(&names, "skew factors", &["skew"]);
    }

    #[test]
    fn capitals_within_a_name_are_part_of_it() {
        check(&["SHAP", "MLOps"], "shape SHAP shap Mlops MLOps", &["SHAP", "MLOps"]);
    }
}
