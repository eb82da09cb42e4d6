//! A link of a note, as it is written.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

/// A link, image or embed, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The destination as it is written.
    pub written: String,
    /// What it is.
    pub form: Form,
    /// The title given beside the destination; empty if there is none.
    pub title: String,
    /// The whole link in the file.
    pub range: Range<usize>,
    /// The destination in the file.
    pub place: Range<usize>,
}

/// What a link is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Form {
    /// A link that the reader follows.
    Link,
    /// A picture, a film, a sound.
    Image,
    /// What the metadata names to show that an answer is so.
    Evidence,
    /// An id of a note in prose, which a pattern of the site found.
    Mention,
    /// Another note, or a part of it, set in here.
    Embed,
}

/// Where a link leads, before anything is looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// Another site, or any other scheme that is safe: `mailto:`.
    Web(String),
    /// A scheme that runs a script: `javascript:`.
    Unsafe(String),
    /// A file, relative to the note or (with a leading `/`) to the root.
    Path {
        /// The path, percent-decoded; empty for the note itself.
        path: String,
        /// The query with its `?`; empty if there is none.
        query: String,
        /// The fragment, percent-decoded; empty if there is none.
        fragment: String,
    },
    /// A note by its name: `[[note#heading]]`.
    Wiki {
        /// The name, path, alias or id; empty for the note itself.
        name: String,
        /// The chain of headings, or one `^id`.
        fragment: Vec<String>,
    },
}

/// Schemes that show another document and run nothing.
///
/// What is left out by purpose: `javascript`, `vbscript`, `data`, `file`, `blob`.
pub const SAFE_SCHEMES: &[&str] = &[
    "http",
    "https",
    "mailto",
    "tel",
    "sms",
    "ftp",
    "ftps",
    "sftp",
    "irc",
    "ircs",
    "xmpp",
    "matrix",
    "magnet",
    "git",
    "ssh",
    "doi",
    "urn",
    "geo",
    "news",
    "nntp",
    "webcal",
    "vscode",
    "obsidian",
    "zotero",
    "slack",
    "s3",
    "gs",
    "hdfs",
    "gitlab",
    "github-mac",
    "github-windows",
];

impl Target {
    /// Reads the destination of a `CommonMark` link or an HTML attribute.
    pub fn of(destination: &str) -> Self {
        // Browsers drop tabs and line breaks anywhere, and blanks before a scheme.
        let plain: String = destination
            .trim_matches(|it: char| it.is_ascii_whitespace() || it.is_control())
            .chars()
            .filter(|it| !it.is_control())
            .collect();
        if plain.starts_with("//") {
            return Self::Web(plain);
        }
        match scheme(&plain).map(str::to_ascii_lowercase) {
            Some(scheme) if SAFE_SCHEMES.contains(&scheme.as_str()) => Self::Web(plain),
            Some(scheme) if scheme == "data" && is_raster(&plain) => Self::Web(plain),
            Some(_) => Self::Unsafe(plain),
            None => Self::path(&plain),
        }
    }

    /// Reads what stands before the `|` in `[[…]]`.
    pub fn of_wiki(inner: &str) -> Self {
        let (name, fragment) = inner.split_once('#').unwrap_or((inner, ""));
        let parts = fragment.split('#').map(|it| it.trim().to_owned());
        Self::Wiki {
            name: name.trim().to_owned(),
            fragment: parts.filter(|it| !it.is_empty()).collect(),
        }
    }

    fn path(plain: &str) -> Self {
        let (rest, fragment) = plain.split_once('#').unwrap_or((plain, ""));
        let (path, query) = match rest.find('?') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let decode = |it: &str| percent_decode_str(it).decode_utf8_lossy().into_owned();
        Self::Path {
            path: decode(path),
            query: query.to_owned(),
            fragment: decode(fragment),
        }
    }
}

/// The scheme of an address (RFC 3986, 3.1), without the colon.
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    let first = letters.next()?;
    (first.is_ascii_alphabetic()
        && letters.all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it)))
    .then_some(scheme)
}

/// Whether a `data:` address holds a picture that cannot run a script.
fn is_raster(address: &str) -> bool {
    ["png", "jpeg", "gif", "webp", "avif"]
        .iter()
        .any(|it| address.to_ascii_lowercase().starts_with(&format!("data:image/{it}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_that_runs_a_script_is_unsafe_however_it_is_written() {
        for it in [
            "javascript:x",
            "JaVaScRiPt:x",
            " java\nscript:x",
            "data:text/html,x",
            "\u{1}vbscript:x",
        ] {
            assert!(matches!(Target::of(it), Target::Unsafe(_)), "{it:?}");
        }
        assert!(matches!(Target::of("data:image/png;base64,AA"), Target::Web(_)));
    }

    #[test]
    fn a_path_is_decoded_and_keeps_query_and_fragment() {
        assert_eq!(
            Target::of("a%20b.md?x=1#C%C3%A9"),
            Target::Path {
                path: "a b.md".into(),
                query: "?x=1".into(),
                fragment: "Cé".into()
            }
        );
    }

    #[test]
    fn a_wikilink_has_a_chain_of_headings() {
        assert_eq!(
            Target::of_wiki(" a/b #c# d"),
            Target::Wiki { name: "a/b".into(), fragment: vec!["c".into(), "d".into()] }
        );
    }
}
