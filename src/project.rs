//! The input of a build: all files of a project, as one value.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::history::History;
use crate::memo::{Digest, Hashed};
use crate::path::FilePath;

/// All files of a project. Nothing behind this point reads a disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The folder that holds the notes; the empty path is the root.
    pub src: FilePath,
    /// Every text that a build may read: notes, data files, theme, `book.toml`.
    pub texts: BTreeMap<FilePath, Text>,
    /// Every file of the project, the texts among them, in or outside of `src`.
    pub files: BTreeMap<FilePath, Stamp>,
    /// What was found wrong while the files were read.
    pub faults: Vec<Diagnostic>,
    /// What the command line asks for.
    pub asked: Asked,
    /// What version control knows of the files.
    pub history: Hashed<History>,
    /// The day of the build, by which dates are past; `None` where none ever is.
    pub today: Option<Date>,
}

/// What the command line asks for, whatever `book.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The address of the site.
    pub base_url: Option<String>,
    /// Whether drafts are taken in; without it `book.toml` decides.
    pub drafts: bool,
}

impl Asked {
    /// The configuration with what is asked for in it.
    pub fn over(&self, mut config: Config) -> Config {
        config.site.base_url = self.base_url.clone().or(config.site.base_url);
        config.build.drafts |= self.drafts;
        config
    }
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, without a byte order mark; bytes that are not UTF-8 are `U+FFFD`.
    pub text: Arc<str>,
    /// The digest of the file's bytes.
    pub digest: Digest,
}

impl Text {
    /// The text of a file that holds it as it is.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self { digest: Digest::of_bytes(text.as_bytes()), text }
    }

    /// Whether `U+FFFD` stands in it for what the file holds. A file may hold that sign
    /// itself, behind a byte order mark or not.
    pub fn is_mended(&self) -> bool {
        let holds = |mark: &str| {
            self.digest == Digest::of_bytes(format!("{mark}{}", self.text).as_bytes())
        };
        self.text.contains(char::REPLACEMENT_CHARACTER)
            && !holds("")
            && !holds("\u{feff}")
    }
}

/// What tells whether a file has changed without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Length in bytes.
    pub len: u64,
    /// Time of the last change, in nanoseconds since 1970; only compared.
    pub modified: u128,
    /// Time of the last change of the file or of what the system says of it, likewise;
    /// 0 where the system does not say.
    pub changed: u128,
    /// The number of the file on its disk; 0 where the system does not say.
    pub inode: u64,
}

impl Project {
    /// The text of a file, if it is one that a build reads.
    pub fn text(&self, path: &FilePath) -> Option<&Arc<str>> {
        self.texts.get(path).map(|it| &it.text)
    }

    /// The notes: Markdown below `src`, but for mdBook's `SUMMARY.md` there.
    pub fn notes(&self) -> impl Iterator<Item = (&FilePath, &Text)> {
        self.texts.iter().filter(|(path, _)| self.is_note(path))
    }

    /// Whether a file is a note.
    pub fn is_note(&self, path: &FilePath) -> bool {
        path.is_markdown()
            && path.below(&self.src).is_some_and(|below| below != "SUMMARY.md")
    }

    /// The files that are copied to the site as they are: all below `src` but notes.
    pub fn assets(&self) -> impl Iterator<Item = (&FilePath, &Stamp)> {
        self.files.iter().filter(|(path, _)| {
            !path.is_markdown()
                && path.name() != "book.toml"
                && path.below(&self.src).is_some()
        })
    }

    /// Puts a text in, as if it had been read; for tests and for edits in memory.
    pub fn insert(&mut self, path: impl Into<FilePath>, text: &str) {
        let path = path.into();
        let stamp = Stamp { len: text.len() as u64, ..Stamp::default() };
        self.files.insert(path.clone(), stamp);
        self.texts.insert(path, Text::new(text));
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &FilePath) {
        self.files.remove(path);
        self.texts.remove(path);
    }

    /// A project written as one text: `-- path --` lines, each before a file.
    /// Notes are looked for in `content`.
    pub fn from_fixture(fixture: &str) -> Self {
        let mut project = Self { src: "content".into(), ..Self::default() };
        let mut file: Option<(&str, String)> = None;
        for line in fixture.split_inclusive('\n') {
            let name = line.trim_end().strip_prefix("-- ");
            match (name.and_then(|it| it.strip_suffix(" --")), &mut file) {
                (Some(name), _) => {
                    if let Some((path, text)) = file.replace((name, String::new())) {
                        project.insert(path, &text);
                    }
                }
                (None, Some((_, text))) => text.push_str(line),
                (None, None) => {}
            }
        }
        if let Some((path, text)) = file {
            project.insert(path, &text);
        }
        project
    }
}
