//! The command `export`: the site's data on standard output.

use std::io::{self, Write};

use super::args::{Export, ExportForm, Subject};
use super::place::Place;
use super::stop::Stop;
use super::voice::Voice;
use super::{End, sources};
use crate::build::{Cache, site};
use crate::export::{comparison, note, schema};
use crate::kind::Kinds;
use crate::project::Asked;

/// Writes what is asked for to standard output.
pub(super) fn run(asked: &Export, voice: Voice) -> anyhow::Result<End> {
    let place = Place::find(&asked.root, None)?;
    let wanted = Asked { drafts: asked.drafts, ..Asked::default() };
    let project = sources::read(&place, &wanted, voice)?;
    if asked.subject == Subject::Schema {
        return schema(asked, &Kinds::of(&project).value);
    }
    let site = site(&project, &mut Cache::default()).value;
    let text = match (asked.subject, asked.form) {
        (Subject::Graph, ExportForm::Json) => note::graph_json(&site),
        (Subject::Graph, ExportForm::Csv) => note::graph_csv(&site),
        (Subject::Comparisons, ExportForm::Json) => comparison::json(&site),
        (Subject::Comparisons, ExportForm::Csv) => comparison::csv(&site),
        (Subject::Notes, ExportForm::Json) => note::json(&site, &project.history),
        (Subject::Notes, ExportForm::Csv) => note::csv(&site, &project.history),
        (Subject::Schema, _) => String::new(),
    };
    write(&text)
}

/// Writes a schema, which depends on the kinds of the project alone.
fn schema(asked: &Export, kinds: &Kinds) -> anyhow::Result<End> {
    if asked.form == ExportForm::Csv {
        let message = "a schema has no form of CSV";
        return Err(Stop::because(message, "leave out `--format csv`"));
    }
    write(&schema::json(asked.described, kinds))
}

fn write(text: &str) -> anyhow::Result<End> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(End::Fine),
    }
}
