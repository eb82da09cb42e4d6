//! The commands of themes: what a theme is made of, and a new one over the built-in one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use super::End;
use super::args::{Theme, ThemeTask};
use super::place::Place;
use super::stop::Stop;
use super::voice::Voice;
use crate::diag::nearest::nearest;
use crate::theme::{files, reference};

/// Lists what a theme is made of, or writes a new one.
pub(super) fn run(asked: &Theme, voice: Voice) -> anyhow::Result<End> {
    match &asked.task {
        ThemeTask::List { template } => list(template.as_deref()),
        ThemeTask::New { name, files } => {
            create(&Place::find(&asked.root, None)?, name, files, voice)
        }
    }
}

fn list(template: Option<&str>) -> anyhow::Result<End> {
    let text = match template {
        None => overview(),
        Some(name) => single(name)?,
    };
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(End::Fine),
    }
}

/// Everything that a theme is made of.
fn overview() -> String {
    let mut text = String::from("Themes\n");
    for name in files::built_in_names() {
        text.push_str(&format!("  {name}\n"));
    }
    text.push_str("\nTemplates\n");
    for template in reference::templates() {
        text.push_str(&described(&template));
    }
    text.push_str("\nOther files\n");
    for name in reference::files() {
        text.push_str(&format!("  {name}\n"));
    }
    for group in reference::variables() {
        text.push_str(&format!("\nVariables: {}\n", group.templates));
        for variable in &group.variables {
            let (name, kind) = (&variable.name, &variable.kind);
            text.push_str(&format!("  {name} ({kind})\n      {}\n", variable.doc));
        }
    }
    text
}

/// One file of the built-in theme, as it is.
fn single(name: &str) -> anyhow::Result<String> {
    if let Some(text) = files::built_in_text(files::GROUND, name) {
        return Ok(text.to_owned());
    }
    Err(no_file(name))
}

fn no_file(name: &str) -> anyhow::Error {
    let names: Vec<String> = reference::templates()
        .into_iter()
        .map(|it| it.name)
        .chain(reference::files())
        .collect();
    let hint = nearest(name, names.iter().map(String::as_str)).map_or_else(
        || "`diptych theme list` names them all".to_owned(),
        |it| format!("there is `{it}`"),
    );
    Stop::because(format!("the built-in theme has no file `{name}`"), hint)
}

fn described(template: &reference::Template) -> String {
    let mut text = format!("  {}\n      {}\n", template.name, template.doc);
    for (block, holds) in &template.blocks {
        text.push_str(&format!("      block {block}: {holds}\n"));
    }
    text
}

/// The style sheet of a new theme: what ten lines can change.
const CUSTOM: &str = "\
/* What is said here counts over the built-in theme; it is read last.
   `diptych theme list` names the other files that a theme may bring. */

:root {
  --accent-hue: 165; /* links and marks: 0 red, 90 yellow, 165 green, 260 blue */
  --hue: 165; /* the tint of greys */
  --size: 1.0625rem; /* the text; headings follow */
  --text-font: var(--sans);
  --heading-font: var(--sans);
  --measure: 64ch; /* the width of the text */
}
";

fn create(
    place: &Place,
    name: &str,
    wanted: &[String],
    voice: Voice,
) -> anyhow::Result<End> {
    let fits = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if name.is_empty() || !name.chars().all(fits) {
        return Err(Stop::because(
            format!("`{name}` is no name of a theme"),
            "use letters, digits, `-` and `_`",
        ));
    }
    let folder = place.root.join("themes").join(name);
    let mut texts = Vec::new();
    for file in wanted {
        let text = files::built_in_text(files::GROUND, file);
        texts.push((file.as_str(), text.ok_or_else(|| no_file(file))?));
    }
    if texts.is_empty() {
        texts.push(("assets/custom.css", CUSTOM));
    }
    for (file, text) in texts {
        write_new(&folder.join(file), text)?;
        voice.say(format_args!("wrote themes/{name}/{file}"));
    }
    if place.config.theme.name != name {
        voice.say(format_args!(
            "to use it, write into book.toml:\n\n  [theme]\n  name = \"{name}\"\n"
        ));
    }
    Ok(End::Fine)
}

/// Writes a file that is not there yet, and the folders above it.
#[expect(clippy::disallowed_methods, reason = "this is the boundary")]
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())
    });
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Stop::because(
            format!("there is a file `{}`", path.display()),
            "nothing is written over; give the theme another name",
        )),
        written => written.with_context(|| format!("cannot write `{}`", path.display())),
    }
}
