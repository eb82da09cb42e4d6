//! The kinds of notes: which fields and sections a design, a decision or a model card
//! has.
//!
//! Each built-in kind is a file of `kinds/`. A project's own `kinds/*.toml` add kinds, and
//! change those of the same name key by key.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::diag::nearest::nearest;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Digest;
use crate::path::FilePath;
use crate::project::Project;
use crate::value::complaint::no_toml;
use crate::value::{self, Format, Value};

pub mod relation;
pub mod form;
mod change;
pub mod check;
mod read;
pub mod start;

use form::Field;
pub use read::type_words;

/// The kinds that the program brings with it: name, file.
pub const BUILT_IN: [(&str, &str); 10] = [
    ("case", include_str!("../kinds/case.toml")),
    ("dataset", include_str!("../kinds/dataset.toml")),
    ("decision", include_str!("../kinds/decision.toml")),
    ("design", include_str!("../kinds/design.toml")),
    ("experiment", include_str!("../kinds/experiment.toml")),
    ("glossary", include_str!("../kinds/glossary.toml")),
    ("model", include_str!("../kinds/model.toml")),
    ("postmortem", include_str!("../kinds/postmortem.toml")),
    ("reference", include_str!("../kinds/reference.toml")),
    ("runbook", include_str!("../kinds/runbook.toml")),
];

/// The fields of every note, whatever its kind.
const COMMON: &str = include_str!("kind/common.toml");

/// The kinds of a project's notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// The fields of every note.
    pub common: Vec<Field>,
    /// The kinds by name.
    named: BTreeMap<String, Kind>,
    /// The kind of the notes in a folder of that name, where they name none.
    folders: BTreeMap<String, String>,
    /// What stands for what notes are read by; how a kind is shown is no part of it.
    pub digest: Digest,
}

/// A kind of notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kind {
    /// The name by which notes name it: `decision`.
    pub name: String,
    /// What a reader calls it.
    pub title: String,
    /// What such a note says, in a sentence.
    pub description: String,
    /// The path of a drawing of 24 by 24, as SVG's `d` gives it; empty if it has none.
    pub icon: String,
    /// The folders of such notes; `new` puts them into the first.
    pub folders: Vec<String>,
    /// The fields that such a note has beside those of every note.
    pub fields: Vec<Field>,
    /// The sections that are expected in it, in the order in which `new` writes them.
    pub sections: Vec<Section>,
    /// What `new` writes in place of the sections; `{title}` stands for the title.
    pub template: Option<String>,
}

/// A section that is expected in the notes of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Section {
    /// The name of it in the kind's file.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// Other headings that it goes by.
    pub synonyms: Vec<String>,
    /// Whether an accepted note must have it.
    pub required: bool,
    /// What belongs into it.
    pub prompt: String,
}

impl Kinds {
    /// The kinds that the program brings with it.
    pub fn built_in() -> Arc<Self> {
        static KINDS: LazyLock<Arc<Kinds>> = LazyLock::new(|| {
            let mut kinds = Kinds { common: fields_of(COMMON), ..Kinds::default() };
            let mut told = Vec::new();
            for (name, value) in built_in_values() {
                let file = FilePath::from(format!("kinds/{name}.toml").as_str());
                kinds.add(read::kind(&file, name, value, &mut told));
            }
            Arc::new(kinds.finished())
        });
        KINDS.clone()
    }

    /// The kinds of a project: the built-in ones, changed and added to by its own files.
    pub fn of(project: &Project) -> Checked<Arc<Self>> {
        let folder = FilePath::from("kinds");
        let files = project.texts.iter().filter(|(path, _)| {
            path.folder() == folder && path.extension().eq_ignore_ascii_case("toml")
        });
        let files: Vec<_> = files.map(|(path, text)| (path, &*text.text)).collect();
        if files.is_empty() {
            return Checked::fine(Self::built_in());
        }
        let mut told = Vec::new();
        let mut kinds = Self::clone(&Self::built_in());
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for (file, text) in files {
            if let Some(kind) = of_file(file, text, &mut seen, &mut told) {
                kinds.add(kind);
            }
        }
        Checked { value: Arc::new(kinds.finished()), diagnostics: told }
    }

    fn add(&mut self, kind: Kind) {
        self.folders.retain(|_, name| *name != kind.name);
        for folder in &kind.folders {
            self.folders.insert(folder.to_lowercase(), kind.name.clone());
        }
        self.named.insert(kind.name.clone(), kind);
    }

    fn finished(mut self) -> Self {
        let read: Vec<_> =
            self.named.values().map(|it| (&it.name, &it.fields, &it.sections)).collect();
        self.digest = Digest::of(&(&self.common, read, &self.folders));
        self
    }

    /// The kind of a name, which need not mind case.
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.named.get(name).or_else(|| {
            let plain = name.trim().to_lowercase().replace('_', "-");
            self.named.get(&plain)
        })
    }

    /// All kinds in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.named.values()
    }

    /// The name of the kind that was most likely meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.named.keys().map(String::as_str))
    }

    /// What to tell where a name is no kind's.
    pub fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let add = || {
            let names: Vec<&str> = self.named.keys().map(String::as_str).collect();
            let lower = name.to_lowercase();
            let file = lower.split_whitespace().collect::<Vec<_>>().join("-");
            let names = names.join(", ");
            format!("write one of {names}, or add it: `kinds/{file}.toml`")
        };
        let near = self.nearest(name).map(|it| format!("write `{it}`"));
        let hint = near.unwrap_or_else(add);
        let message = format!("there is no kind `{name}`");
        Diagnostic::new(Rule::UnknownKind, span, message).hint(hint)
    }

    /// The kind of a note that names none: that of the innermost folder that has one.
    /// The page of a folder has none.
    pub fn of_folder(&self, note: &FilePath, src: &FilePath) -> Option<&Kind> {
        if note.is_index() {
            return None;
        }
        let folder = note.folder();
        let place = folder.below(src)?.to_lowercase();
        let ends = place.match_indices('/').map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.chain([place.len()]).collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let above = &place[..end];
            let starts = above.match_indices('/').map(|(at, _)| at + 1);
            let name = [0]
                .into_iter()
                .chain(starts)
                .find_map(|at| self.folders.get(&above[at..]))?;
            self.named.get(name)
        })
    }
}

impl Kind {
    /// The field of a name, or of another name that it goes by.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|it| it.is_called(name))
    }
}

impl Section {
    /// Whether a heading is that of the section.
    pub fn is_called(&self, heading: &str) -> bool {
        let heading = plain_heading(heading);
        [&self.title].into_iter().chain(&self.synonyms).any(|it| {
            let name = plain_heading(it);
            heading == name
        })
    }
}

/// A heading in lower case, without numbering and punctuation: `2.1 Goals & scope:` is
/// `goals and scope`.
fn plain_heading(heading: &str) -> String {
    let spelled = heading.replace('&', " and ").to_lowercase();
    let words = spelled.split(|it: char| !it.is_alphanumeric());
    let words = words
        .filter(|it| !it.is_empty())
        .skip_while(|it| it.chars().all(|it| it.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// The data of the built-in kinds, at no place.
fn built_in_values() -> &'static BTreeMap<&'static str, Value> {
    static VALUES: LazyLock<BTreeMap<&'static str, Value>> = LazyLock::new(|| {
        let read = |text| value::parse(Format::Toml, text, 0);
        BUILT_IN
            .iter()
            .filter_map(|(name, text)| Some((*name, read(text).ok()?.without_places())))
            .collect()
    });
    &VALUES
}

/// The fields that a text of the program describes as the file of a kind does.
pub fn fields_of(text: &str) -> Vec<Field> {
    let file = FilePath::default();
    let data = value::parse(Format::Toml, text, 0).ok();
    let fields = data.as_ref().and_then(|it| it.get("fields"));
    fields.map_or_else(Vec::new, |it| read::fields(&file, it, &mut Vec::new()))
}

/// The kind that a file of the project gives, unless another file gave it before.
fn of_file(
    file: &FilePath,
    text: &str,
    seen: &mut BTreeMap<String, Span>,
    told: &mut Vec<Diagnostic>,
) -> Option<Kind> {
    let data = match value::parse(Format::Toml, text, 0) {
        Ok(data) => data,
        Err(fault) => {
            let hint =
                "mend the syntax; until then the file changes no kind and adds none";
            told.push(no_toml(file, fault).hint(hint));
            return None;
        }
    };
    let (name, place) = read::name(file, &data, told)?;
    if let Some(first) = seen.get(&name) {
        let message = format!("`{}` gives the kind `{name}` too", first.file);
        let hint = "give one of them another `name`; the first counts";
        told.push(
            Diagnostic::new(Rule::DuplicateKind, place, message)
                .hint(hint)
                .also(first.clone(), "the other one"),
        );
        return None;
    }
    seen.insert(name.clone(), place);
    let data = match built_in_values().get(&*name) {
        Some(base) => change::over(base, &data),
        None => data,
    };
    Some(read::kind(file, &name, &data, told))
}

#[cfg(test)]
mod tests;
