//! The command `init`: begins a site.

use std::path::Path;

use anyhow::Context;

use super::args::Init;
use super::stop::Stop;
use super::tell::counted;
use super::voice::Voice;
use super::{End, author, new};
use crate::path::FilePath;

/// The files of a new site.
const FILES: [(&str, &str); 10] = [
    (".github/workflows/pages.yml", include_str!("init/site/pages.yml")),
    (".gitignore", include_str!("init/site/gitignore")),
    ("README.md", include_str!("init/site/README.md")),
    ("book.toml", include_str!("init/site/book.toml")),
    (
        "content/decisions/0001-keep-design-notes-in-the-repository.md",
        include_str!("init/site/decision.md"),
    ),
    ("content/glossary.md", include_str!("init/site/glossary.md")),
    ("content/index.md", include_str!("init/site/index.md")),
    (
        "content/systems/spam-filter/data/first-filter.csv",
        include_str!("init/site/first-filter.csv"),
    ),
    (
        "content/systems/spam-filter/design/spam-filter-design.md",
        include_str!("init/site/design.md"),
    ),
    (
        "content/systems/spam-filter/experiments/spam-filter-first-test.md",
        include_str!("init/site/experiment.md"),
    ),
];

/// Writes the files of a new site. What is there is left as it is.
pub(super) fn run(asked: &Init, voice: Voice) -> anyhow::Result<End> {
    let root = &asked.root;
    if root.join("book.toml").exists() {
        return Err(Stop::because(
            format!("`{}` is a site already: there is a book.toml", root.display()),
            "name another folder, or begin a note with `diptych new KIND TITLE`",
        ));
    }
    let taken = FILES.iter().filter(|(path, _)| root.join(path).exists());
    let taken: Vec<&str> = taken.map(|(path, _)| *path).collect();
    for (path, text) in FILES.iter().filter(|(path, _)| !taken.contains(path)) {
        let text = filled(text, root);
        new::create(&root.join(path), &text, &FilePath::from(*path))
            .with_context(|| format!("cannot begin a site in `{}`", root.display()))?;
    }
    let count = counted(FILES.len() - taken.len(), "file");
    voice.say(format_args!("wrote {count} to {}", root.display()));
    for path in taken {
        voice.say(format_args!("left {path} as it was"));
    }
    let here = root.as_path() == Path::new(".");
    let option = if here { String::new() } else { format!(" --root {}", root.display()) };
    voice.say(format_args!("see it with `diptych serve --watch --open{option}`"));
    Ok(End::Fine)
}

/// A text with what is known of the site in it; without its lines for an owner where
/// none is known.
fn filled(text: &str, root: &Path) -> String {
    let here = if root.is_dir() { root } else { Path::new(".") };
    let owner = author::name(here).map(|it| serde_json::Value::from(it).to_string());
    let is_known = |line: &&str| owner.is_some() || !line.contains("{{owner}}");
    let lines: String = text.split_inclusive('\n').filter(is_known).collect();
    lines
        .replace("{{owner}}", &owner.unwrap_or_default())
        .replace("{{today}}", &author::today())
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
}
