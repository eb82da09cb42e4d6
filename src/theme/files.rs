//! The files of a theme: those of a project over those that the program brings with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::config::Config;
use crate::diag::{Diagnostic, Rule, Span};
use crate::output::Content;
use crate::path::FilePath;
use crate::project::Project;

/// The themes that the program brings with it, each in a folder of its name.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The theme that stands below all others.
pub const GROUND: &str = "diptych";

/// The files of a theme by their names: `page.html`, `assets/style.css`.
pub(super) type Files<'a> = BTreeMap<String, File<'a>>;

/// A file of a theme.
pub(super) enum File<'a> {
    /// One that the program brings with it, of the built-in theme of this name.
    BuiltIn(&'static str, &'static [u8]),
    /// One of the project's.
    Own(&'a FilePath, &'a Arc<str>),
    /// One of the project's that is no text.
    Copied(&'a FilePath),
}

impl File<'_> {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::BuiltIn(_, bytes) => bytes,
            Self::Own(_, text) => text.as_bytes(),
            Self::Copied(path) => path.as_str().as_bytes(),
        }
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// Where the file lies in the project, or in that of the program.
    pub(super) fn place(&self, name: &str) -> FilePath {
        match self {
            Self::BuiltIn(theme, _) => FilePath::new(format!("themes/{theme}/{name}")),
            Self::Own(path, _) | Self::Copied(path) => (*path).clone(),
        }
    }

    pub(super) fn content(&self) -> Content {
        match self {
            Self::BuiltIn(_, bytes) => Content::Bytes(bytes),
            Self::Own(_, text) => Content::Text((*text).clone().into()),
            Self::Copied(path) => Content::Copy((*path).clone()),
        }
    }
}

/// The names of the themes that the program brings with it.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.dirs().filter_map(|it| it.path().to_str())
}

/// The text of a file of a built-in theme; none if it has none of this name, or it is no
/// text.
pub fn built_in_text(theme: &str, name: &str) -> Option<&'static str> {
    BUILT_IN.get_file(format!("{theme}/{name}"))?.contents_utf8()
}

/// The files of a built-in theme; none if there is none of this name.
pub(super) fn built_in(theme: &str) -> Files<'static> {
    let mut files = Files::new();
    let Some(root) = BUILT_IN.get_dir(theme) else { return files };
    let theme = root.path().to_str().unwrap_or_default();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let Ok(name) = file.path().strip_prefix(theme) else { continue };
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name, File::BuiltIn(theme, file.contents()));
        }
    }
    files
}

/// The files of the theme that a project asks for: `themes/NAME/` over the built-in theme
/// of that name, and this over the one below all others.
pub(super) fn gather<'a>(
    project: &'a Project,
    config: &Config,
    told: &mut Vec<Diagnostic>,
) -> Files<'a> {
    let mut files = built_in(GROUND);
    let folder = FilePath::new(format!("themes/{}", config.theme.name));
    let own = built_in(&config.theme.name);
    let mut found = !own.is_empty();
    files.extend(own);
    for path in project.files.keys() {
        let Some(name) = path.below(&folder).filter(|it| !it.is_empty()) else {
            continue;
        };
        found = true;
        let file = match project.text(path) {
            Some(text) => File::Own(path, text),
            None => File::Copied(path),
        };
        files.insert(name.to_owned(), file);
    }
    if !found {
        let book = FilePath::from("book.toml");
        let text = project.text(&book).map_or("", |it| it);
        let at = text.find(&config.theme.name);
        let span =
            Span::new(&book, at.map_or(0..0, |it| it..it + config.theme.name.len()));
        let message = format!("there is no theme `{}`", config.theme.name);
        told.push(Diagnostic::new(Rule::UnknownTheme, span, message).hint(format!(
            "make `{folder}/` with the files that differ from the built-in theme"
        )));
    }
    files
}
