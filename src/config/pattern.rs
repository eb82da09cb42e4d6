//! A regular expression of `book.toml`.

use regex::Regex;

/// A regular expression that is known to compile.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern(String);

impl Pattern {
    /// The pattern of a source text, or what is wrong with it.
    pub fn new(source: &str) -> Result<Self, String> {
        match Regex::new(source) {
            Ok(_) => Ok(Self(source.to_owned())),
            Err(error) => {
                let message = error.to_string();
                let last = message.lines().last().unwrap_or_default();
                Err(last.trim_start_matches("error: ").to_owned())
            }
        }
    }

    /// The compiled pattern.
    #[expect(clippy::missing_panics_doc, reason = "a pattern is made of what compiles")]
    pub fn regex(&self) -> Regex {
        Regex::new(&self.0).expect("it was compiled when it was made")
    }
}
