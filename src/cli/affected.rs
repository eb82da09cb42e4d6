//! The command `affected`: the notes that rest on files that have changed.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::args::{Affected, AffectedForm};
use super::history::git::{Silence, git, output};
use super::place::Place;
use super::stop::Stop;
use super::tell::counted;
use super::voice::Voice;
use super::{End, disk};
use crate::build::Cache;
use crate::build::affected::{self, affected};
use crate::config::Config;
use crate::path::FilePath;
use crate::view::source;

/// Lists the notes whose code, dependencies, evidence or data have changed.
pub(super) fn run(asked: &Affected, voice: Voice) -> anyhow::Result<End> {
    let place = Place::find(&asked.root, None)?;
    let prefix = ask(&place, ["rev-parse", "--show-prefix"].map(str::to_owned).to_vec())?;
    let prefix = FilePath::new(prefix.trim().trim_end_matches('/'));
    let changed = changed(&place, &asked.range)?;
    let project = disk::read(&place)?;
    let found = affected(&project, &mut Cache::default(), &prefix, &changed);
    let text = match asked.form {
        AffectedForm::Human => human(&found),
        AffectedForm::Json => json(&found),
        AffectedForm::Markdown => markdown(&found, &place.config, &asked.range),
    };
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(error.into());
        }
        _ => {}
    }
    if asked.form == AffectedForm::Human {
        let (notes, files) =
            (counted(found.len(), "note"), counted(changed.len(), "changed file"));
        let verb = if found.len() == 1 { "rests" } else { "rest" };
        voice.say(format_args!("{notes} {verb} on {files} of {}", asked.range));
    }
    Ok(End::Fine)
}

/// The files that changed in a range, moved ones under both names, relative to the
/// repository.
fn changed(place: &Place, range: &str) -> anyhow::Result<BTreeSet<String>> {
    let fixed = ["diff", "--no-ext-diff", "--no-color", "--no-renames", "--name-only"];
    let fixed = fixed.into_iter().chain(["-z", "--end-of-options", range, "--"]);
    let names = ask(place, fixed.map(str::to_owned).collect())?;
    Ok(names.split('\0').filter(|it| !it.is_empty()).map(str::to_owned).collect())
}

fn ask(place: &Place, arguments: Vec<String>) -> anyhow::Result<String> {
    output(git(&place.root, arguments)).map_err(|silence| match silence {
        Silence::Missing => Stop::because(
            "there is no `git` to ask what has changed",
            "install git, or run this where it is",
        ),
        Silence::Refused(reason) => Stop::because(
            format!("git says: {reason}"),
            "name a range that the repository has, such as `origin/main...HEAD`; a \
             shallow clone may lack it (in GitHub Actions `fetch-depth: 0`)",
        ),
    })
}

fn human(found: &[affected::Affected]) -> String {
    let mut text = String::new();
    for note in found {
        let changed = if note.changed { " (changed as well)" } else { "" };
        text.push_str(&format!("{}: {}{changed}\n", note.source, note.title));
        for reason in &note.reasons {
            text.push_str(&format!("  {} {}\n", reason.why.words(), reason.file));
        }
    }
    text
}

fn json(found: &[affected::Affected]) -> String {
    let mut text = serde_json::to_string_pretty(found).unwrap_or_default();
    text.push('\n');
    text
}

/// A comment for a pull request. The first line tells a script which comment is to be
/// written over.
fn markdown(found: &[affected::Affected], config: &Config, range: &str) -> String {
    let mut text = "<!-- diptych affected -->\n".to_owned();
    if found.is_empty() {
        text.push_str(&format!(
            "No design note rests on what changed in {}.\n",
            code(range)
        ));
        return text;
    }
    let notes = counted(found.len(), "design note");
    text.push_str(&format!(
        "**{notes} may no longer hold** after what changed in {}:\n\n",
        code(range)
    ));
    for note in found {
        let title = plain(&note.title);
        let name = source::seen(config, &note.source)
            .map_or_else(|| format!("**{title}**"), |it| format!("[{title}]({it})"));
        let status = note.status.map(|it| it.name().to_owned());
        let facts: Vec<String> =
            status.into_iter().chain(note.owners.iter().map(|it| plain(it))).collect();
        let facts = if facts.is_empty() {
            String::new()
        } else {
            format!(" ({})", facts.join(", "))
        };
        let ticked = if note.changed { "x" } else { " " };
        text.push_str(&format!("- [{ticked}] {name}{facts}\n"));
        for reason in &note.reasons {
            let (words, file) = (reason.why.words(), code(&reason.file));
            text.push_str(&format!("  - {words} {file}\n"));
        }
    }
    text.push_str("\nA ticked note has changed as well.\n");
    text
}

/// A text as a code span, whatever back quotes it holds.
fn code(text: &str) -> String {
    let line = text.replace(['\n', '\r'], " ");
    let run = line.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(run + 1);
    let space = if run > 0 { " " } else { "" };
    format!("{fence}{space}{line}{space}{fence}")
}

/// A text that Markdown shows as it is: nobody is mentioned, nothing is markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.replace(['\n', '\r'], " ").chars() {
        match character {
            '@' => plain.push_str("@\u{200b}"),
            it if it.is_ascii_punctuation() && !".,-':()/".contains(it) => {
                plain.extend(['\\', it]);
            }
            it => plain.push(it),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_note_is_markup_in_a_comment() {
        assert_eq!(
            plain("a <b> [x](y) *z* @org"),
            r"a \<b\> \[x\](y) \*z\* ".to_owned() + "@\u{200b}org"
        );
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("src/a.py"), "`src/a.py`");
    }
}
