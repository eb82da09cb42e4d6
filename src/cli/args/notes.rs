//! The options that say which notes a command takes, as they are typed.

use std::path::PathBuf;

use super::{Check, Memories, Warnings};
use crate::project::Asked;

// No comment of the doc kind here: it would be the help of the command.
#[derive(Debug, clap::Args)]
pub(super) struct TypedNotes {
    #[command(flatten)]
    pub(super) project: TypedProject,

    /// Let warnings count as errors
    #[arg(long)]
    pub(super) deny_warnings: bool,

    /// Make all anew, whatever was kept in `.diptych/` for the next time
    #[arg(long)]
    pub(super) clean: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct TypedProject {
    /// The project's folder: where book.toml is, or any folder of Markdown
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,

    /// The address of the site's root, such as `https://org.github.io/notes/`
    #[arg(long, value_name = "URL", value_parser = crate::config::base_url)]
    pub(super) base_url: Option<String>,

    /// Take in the notes that are marked as drafts
    #[arg(long)]
    pub(super) drafts: bool,
}

impl TypedNotes {
    pub(super) fn check(self) -> Check {
        Check {
            warnings: self.warnings(),
            memories: self.memories(),
            asked: self.project.asked(),
            root: self.project.root,
        }
    }

    pub(super) fn warnings(&self) -> Warnings {
        if self.deny_warnings { Warnings::Denied } else { Warnings::Told }
    }

    pub(super) fn memories(&self) -> Memories {
        if self.clean { Memories::Ignored } else { Memories::Used }
    }
}

impl TypedProject {
    pub(super) fn asked(&self) -> Asked {
        Asked { base_url: self.base_url.clone(), drafts: self.drafts }
    }
}
