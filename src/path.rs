//! The two kinds of path: a file that is read, a file that is written.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// A file of the project, relative to its root: `content/notes/attention.md`.
///
/// Always with `/`, never with `.` or `..`: nothing outside the root has a
/// `FilePath`. The empty path is the root itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// The path as it is given, which must already be normal.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file; empty at the root.
    #[must_use]
    pub fn folder(&self) -> FilePath {
        Self::new(self.0.rsplit_once('/').map_or("", |(folder, _)| folder))
    }

    /// The last part: `attention.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The name without its extension: `attention`.
    pub fn stem(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => self.name(),
        }
    }

    /// What follows the last dot of the name; empty where there is none.
    pub fn extension(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// Whether the file is Markdown.
    pub fn is_markdown(&self) -> bool {
        ["md", "markdown"].iter().any(|it| self.extension().eq_ignore_ascii_case(it))
    }

    /// Whether the file speaks for its folder: `index.md`, `README.md`, `_index.md`.
    pub fn is_index(&self) -> bool {
        self.is_markdown()
            && ["index", "_index", "readme"]
                .iter()
                .any(|it| self.stem().eq_ignore_ascii_case(it))
    }

    /// Follows a relative path with `.` and `..` from this folder; `None` where it
    /// leads out of the project.
    pub fn join(&self, relative: &str) -> Option<FilePath> {
        let mut parts: Vec<&str> =
            self.0.split('/').filter(|it| !it.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(parts.join("/")))
    }

    /// The path below a folder; `None` where it lies elsewhere.
    pub fn below(&self, folder: &FilePath) -> Option<&str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        match self.0.strip_prefix(&*folder.0)? {
            "" => Some(""),
            rest => rest.strip_prefix('/'),
        }
    }
}

impl Default for FilePath {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for FilePath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

/// A file of the site, relative to its root: `notes/attention/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Route(Arc<str>);

impl Route {
    /// The route as it is given.
    pub fn new(route: impl Into<Arc<str>>) -> Self {
        Self(route.into())
    }

    /// The page of a folder of the site: `notes/attention` is
    /// `notes/attention/index.html`.
    pub fn page(folder: &str) -> Self {
        match folder {
            "" => Self::new("index.html"),
            _ => Self::new(format!("{folder}/index.html")),
        }
    }

    /// The route as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address below the site's root as a server shows it: `notes/attention/`.
    pub fn address(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }

    /// The route as it stands in an address: each part percent-encoded.
    pub fn encoded(&self) -> String {
        encode_parts(&self.0).collect()
    }

    /// The relative reference that leads from this page to another file of the
    /// site, percent-encoded; it names `index.html`, so that it works from `file://`.
    pub fn href_to(&self, target: &Route) -> String {
        let shared = self.shared(target);
        let up = self.0[shared..].matches('/').count();
        let down = &target.0[shared..];
        let mut href = String::with_capacity("../".len() * up + down.len());
        // A first segment with a colon would be read as a scheme (RFC 3986, 4.2).
        if up == 0 && down.split('/').next().is_some_and(|first| first.contains(':')) {
            href.push_str("./");
        }
        for _ in 0..up {
            href.push_str("../");
        }
        href.extend(encode_parts(down));
        href
    }

    /// How many bytes both routes begin with that are folders of both.
    fn shared(&self, other: &Route) -> usize {
        let (here, there) = (self.0.as_bytes(), other.0.as_bytes());
        let alike = here.iter().zip(there).take_while(|(a, b)| a == b).count();
        here[..alike].iter().rposition(|it| *it == b'/').map_or(0, |it| it + 1)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Route {
    fn from(route: &str) -> Self {
        Self::new(route)
    }
}

/// The page of a note: `Notes/My note.md` below `src` is `notes/my-note/index.html`.
///
/// A slug stands for the last part; one that begins with `/` for the whole.
pub fn route_of_note(path: &FilePath, src: &FilePath, slug: Option<&str>) -> Route {
    let slug = slug.map(|it| (it.starts_with('/'), slugged(it.trim_matches('/'))));
    if let Some((true, whole)) = &slug {
        return Route::page(whole);
    }
    let below = FilePath::new(path.below(src).unwrap_or(path.as_str()));
    let place = if path.is_index() { below.folder() } else { below.clone() };
    let folder = slugged(place.folder().as_str());
    let last = match slug {
        Some((_, last)) => last,
        None if path.is_index() => slugged(place.name()),
        None => slugged(path.stem()),
    };
    match (folder.as_str(), last.as_str()) {
        ("", last) => Route::page(last),
        (folder, "") => Route::page(folder),
        (folder, last) => Route::page(&format!("{folder}/{last}")),
    }
}

/// The page of a folder of notes.
pub fn route_of_folder(folder: &FilePath, src: &FilePath) -> Route {
    Route::page(&slugged(folder.below(src).unwrap_or(folder.as_str())))
}

/// The place of a file that is copied as it is.
pub fn route_of_file(path: &FilePath, src: &FilePath) -> Route {
    Route::new(path.below(src).unwrap_or(path.as_str()))
}

/// Each part of a path in lower case, every run of other than letters, marks, digits,
/// `.`, `_` and `-` a hyphen.
fn slugged(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(slugged_part).collect();
    parts.join("/")
}

fn slugged_part(part: &str) -> String {
    let keeps = |it: char| regex_syntax::is_word_character(it) || it == '.' || it == '-';
    let mut slug = String::with_capacity(part.len());
    for letter in part.chars().flat_map(char::to_lowercase) {
        if keeps(letter) {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    // A part of dots alone would lead elsewhere, one of nothing to the folder's page.
    let empty = slug.chars().all(|it| it == '.') && !part.is_empty();
    if empty { "-".repeat(slug.len().max(1)) } else { slug.to_owned() }
}

/// One segment of a path, percent-encoded as RFC 3986 asks; letters of other
/// scripts are encoded too.
pub fn encode_segment(segment: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(segment, SEGMENT)
}

/// A path, each segment of it percent-encoded.
fn encode_parts(path: &str) -> impl Iterator<Item = &str> {
    const PARTS: &AsciiSet = &SEGMENT.remove(b'/');
    utf8_percent_encode(path, PARTS)
}

/// What is encoded in a segment: all but what RFC 3986 calls `pchar`.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_project_has_a_path() {
        let folder = FilePath::from("content/notes");
        assert_eq!(folder.join("../a.md"), Some("content/a.md".into()));
        assert_eq!(folder.join("./b//c.md"), Some("content/notes/b/c.md".into()));
        assert_eq!(folder.join("../../../etc/passwd"), None);
    }

    #[test]
    fn a_reference_is_relative_and_names_the_file() {
        let page = Route::from("a/b/index.html");
        assert_eq!(page.href_to(&"a/c/index.html".into()), "../c/index.html");
        assert_eq!(page.href_to(&"index.html".into()), "../../index.html");
        assert_eq!(page.href_to(&"a/b/index.html".into()), "index.html");
        assert_eq!(page.href_to(&"a/b/x y.png".into()), "x%20y.png");
        assert_eq!(Route::from("index.html").href_to(&"a:b.png".into()), "./a:b.png");
    }

    #[test]
    fn a_name_keeps_its_words() {
        let src = FilePath::from("content");
        let route =
            |path: &str, slug| route_of_note(&path.into(), &src, slug).to_string();
        assert_eq!(route("content/A b/C & d (1).md", None), "a-b/c-d-1/index.html");
        assert_eq!(route("content/Größe/日本.md", None), "größe/日本/index.html");
        assert_eq!(route("content/x/README.md", None), "x/index.html");
        assert_eq!(route("content/index.md", None), "index.html");
        assert_eq!(route("content/x/y.md", Some("Z z")), "x/z-z/index.html");
        assert_eq!(route("content/x/y.md", Some("/z/../w")), "z/--/w/index.html");
        assert_eq!(route("content/v1.2_a.md", None), "v1.2_a/index.html");
    }

    #[test]
    fn an_address_leaves_out_the_index() {
        assert_eq!(Route::page("a/b").address(), "a/b/");
        assert_eq!(Route::page("").address(), "");
        assert_eq!(Route::from("a/my-index.html").address(), "a/my-index.html");
    }
}
