//! The arguments of `export`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::args::{Export, ExportForm, Subject};
use crate::export::schema::Described;

#[derive(Debug, clap::Args)]
pub(super) struct TypedExport {
    /// What of the site
    subject: Subject,

    /// The form of the data
    #[arg(long, value_name = "FORM", default_value = "json")]
    format: ExportForm,

    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// Take in the notes that are marked as drafts
    #[arg(long)]
    drafts: bool,

    /// What the schema describes
    #[arg(long, value_name = "WHAT", default_value = "note")]
    of: TypedDescribed,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TypedDescribed {
    /// Front matter and side-cars
    Note,
    /// book.toml
    Book,
    /// A file of kinds/
    Kind,
    /// A comparison as TOML, YAML or JSON
    Comparison,
}

impl TypedExport {
    /// What is exported.
    pub(super) fn meant(self) -> Export {
        Export {
            root: self.root,
            subject: self.subject,
            form: self.format,
            drafts: self.drafts,
            described: self.of.meant(),
        }
    }
}

impl TypedDescribed {
    fn meant(self) -> Described {
        match self {
            Self::Note => Described::Note,
            Self::Book => Described::Book,
            Self::Kind => Described::Kind,
            Self::Comparison => Described::Comparison,
        }
    }
}
