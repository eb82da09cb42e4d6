//! The arguments of `theme`.

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::args::{Theme, ThemeTask};

#[derive(Debug, Subcommand)]
pub(super) enum TypedThemeTask {
    /// Say which templates, blocks and variables there are, and what each means
    List {
        /// A file of the built-in theme to show as it is
        template: Option<String>,
    },

    /// Make a theme: a folder of files that stand over the built-in ones
    New {
        /// What the theme is called
        name: String,

        /// The built-in files to copy into it [default: a new style sheet]
        files: Vec<String>,

        /// The project's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },
}

impl TypedThemeTask {
    /// What is to be done.
    pub(super) fn meant(self) -> Theme {
        let here = PathBuf::from(".");
        match self {
            Self::List { template } => {
                Theme { root: here, task: ThemeTask::List { template } }
            }
            Self::New { name, files, root } => {
                Theme { root, task: ThemeTask::New { name, files } }
            }
        }
    }
}
