//! The stems of words, by the language of the site.

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// The languages that have a stemmer, by their primary subtag of BCP 47.
const LANGUAGES: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("st", Algorithm::Sesotho),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
    ("yi", Algorithm::Yiddish),
];

/// The stems of a language's words.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// Those of a language; where it has no stemmer, each word stands for itself.
    pub(super) fn of(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        let found = LANGUAGES.iter().find(|(it, _)| it.eq_ignore_ascii_case(primary));
        Self(found.map(|(_, algorithm)| Stemmer::create(*algorithm)))
    }

    /// The stem of a word in lower case.
    pub(super) fn stem(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) if word.chars().all(char::is_alphabetic) => {
                stemmer.stem(word).into_owned()
            }
            _ => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_says_what_is_one_word() {
        for (language, words) in [
            ("en", ["cache", "caching"]),
            ("en-GB", ["model", "models"]),
            ("de", ["häuser", "häusern"]),
            ("fr", ["continu", "continue"]),
            ("ru", ["модель", "модели"]),
        ] {
            let stems = Stems::of(language);
            assert_eq!(stems.stem(words[0]), stems.stem(words[1]), "{language}");
        }
        let none = Stems::of("tlh");
        assert_ne!(none.stem("models"), none.stem("model"));
    }
}
