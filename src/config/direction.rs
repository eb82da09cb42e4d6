//! Which way text runs: what a book says, else its language.

use super::Book;

/// Which way text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextDirection {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Book {
    /// Which way its text runs.
    pub fn direction(&self) -> TextDirection {
        const RTL: &[&str] = &[
            "ar", "ara", "arc", "ckb", "dv", "fa", "fas", "he", "heb", "ku", "kur",
            "per", "ps", "pus", "sd", "syr", "ug", "ur", "urd", "yi", "yid",
        ];
        let primary = self.language.split(['-', '_']).next().unwrap_or_default();
        let rtl = RTL.contains(&primary.to_lowercase().as_str());
        let language = if rtl { TextDirection::Rtl } else { TextDirection::Ltr };
        self.text_direction.unwrap_or(language)
    }
}
