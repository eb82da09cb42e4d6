//! The arguments of `new`.

use std::path::PathBuf;

use crate::cli::args::{Editor, New};

#[derive(Debug, clap::Args)]
pub(super) struct TypedNew {
    /// The kind: design, decision, model, dataset, experiment, runbook, postmortem,
    /// glossary, case, reference, or one of the site's own
    kind: String,

    /// The title, in quotes
    title: String,

    /// The system that it is about
    #[arg(long, value_name = "ID")]
    system: Option<String>,

    /// A component that it is about, or `component/facet`; may be given again
    #[arg(long, value_name = "ID")]
    component: Vec<String>,

    /// The folder [default: where such notes are, else the one of its kind]
    #[arg(long, value_name = "DIR")]
    dir: Option<String>,

    /// The id, which is also the name of its file [default: made of the title]
    #[arg(long, value_name = "NAME")]
    id: Option<String>,

    /// Open it in the editor that VISUAL or EDITOR names
    #[arg(short, long)]
    edit: bool,

    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl TypedNew {
    /// How the note is begun.
    pub(super) fn meant(self) -> New {
        New {
            root: self.root,
            kind: self.kind,
            title: self.title,
            id: self.id,
            dir: self.dir,
            system: self.system,
            components: self.component,
            editor: if self.edit { Editor::Opened } else { Editor::Left },
        }
    }
}
