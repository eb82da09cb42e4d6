//! The arguments as they are typed: what clap reads.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::examples::{
    BUILD_EXAMPLES, CHECK_EXAMPLES, COMPLETIONS_EXAMPLES, EXAMPLES, EXPORT_EXAMPLES,
    FMT_EXAMPLES, SERVE_EXAMPLES, THEME_EXAMPLES,
};
use super::notes::{TypedNotes, TypedProject};
use super::{
    Args, Bar, Browser, Build, Command, Export, ExportForm, Fmt, Rewrite, Serve, Subject,
    Theme, ThemeTask, Watched,
};
use crate::cli::voice::{Form, Voice, Volume};

/// Publishes a folder of Markdown design notes as a cross-linked, checked site.
#[derive(Debug, Parser)]
#[command(name = "diptych", version, after_help = EXAMPLES, propagate_version = true)]
pub(super) struct Typed {
    #[command(subcommand)]
    command: TypedCommand,

    /// The form of diagnostics on standard output; lines and columns count from 1,
    /// columns in characters
    #[arg(long, global = true, value_name = "FORM", default_value = "human")]
    message_format: TypedForm,

    /// When to colour; `auto` minds the terminal and `NO_COLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: TypedColor,

    /// Show errors alone
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Show every diagnostic, and where to read about its rule
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum TypedCommand {
    /// Publish the notes as a site
    #[command(after_help = BUILD_EXAMPLES)]
    Build {
        #[command(flatten)]
        notes: TypedNotes,

        /// The folder to publish to [default: `build-dir` of book.toml, else public]
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,

        /// Publish even where the notes have errors; the exit status is 1 all the same
        #[arg(long)]
        keep_going: bool,
    },

    /// Tell what is wrong with the notes; write nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        #[command(flatten)]
        notes: TypedNotes,
    },

    /// Show the site in a browser, while it is written
    #[command(after_help = SERVE_EXAMPLES)]
    Serve {
        #[command(flatten)]
        notes: TypedProject,

        /// Build again when a file changes, and bring the browser up to date
        #[arg(short, long)]
        watch: bool,

        /// Look for changes four times a second, where the file system tells of none
        #[arg(long, requires = "watch")]
        poll: bool,

        /// The port [default: the first from 8000 that is free]
        #[arg(short, long, value_name = "N")]
        port: Option<u16>,

        /// The address to listen on
        #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
        host: String,

        /// Open a browser
        #[arg(long)]
        open: bool,
    },

    /// Keep tables that are copies of data files current
    #[command(after_help = FMT_EXAMPLES)]
    Fmt {
        /// The project's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,

        /// Write nothing; the exit status is 1 where a table is not current
        #[arg(long)]
        check: bool,
    },

    /// Write the site's data to standard output
    #[command(after_help = EXPORT_EXAMPLES)]
    Export {
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
    },

    /// Say what a theme is made of, or make one
    #[command(after_help = THEME_EXAMPLES)]
    Theme {
        #[command(subcommand)]
        task: TypedThemeTask,
    },

    /// Write the completions of a shell to standard output
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
enum TypedThemeTask {
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TypedForm {
    /// The source line underlined, with what would mend it
    Human,
    /// One line each: `FILE:LINE:COLUMN: error[RULE] MESSAGE`
    Short,
    /// One JSON object on a line each
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TypedColor {
    Auto,
    Always,
    Never,
}

impl Typed {
    /// The arguments as they are meant.
    pub(super) fn meant(self) -> Args {
        let form = match self.message_format {
            TypedForm::Human => Form::Human,
            TypedForm::Short => Form::Short,
            TypedForm::Json => Form::Json,
        };
        let color = match self.color {
            TypedColor::Auto => ColorChoice::Auto,
            TypedColor::Always => ColorChoice::Always,
            TypedColor::Never => ColorChoice::Never,
        };
        let volume = match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        Args { command: self.command.meant(), voice: Voice { form, volume, color } }
    }
}

impl TypedCommand {
    fn meant(self) -> Command {
        match self {
            Self::Build { notes, output, keep_going } => Command::Build(Build {
                warnings: notes.warnings(),
                memories: notes.memories(),
                asked: notes.project.asked(),
                root: notes.project.root,
                output,
                bar: if keep_going { Bar::Nothing } else { Bar::Errors },
            }),
            Self::Check { notes } => Command::Check(notes.check()),
            Self::Serve { notes, watch, poll, port, host, open } => {
                Command::Serve(Serve {
                    asked: notes.asked(),
                    root: notes.root,
                    host,
                    port,
                    watch: match (watch, poll) {
                        (false, _) => Watched::Never,
                        (true, false) => Watched::Events,
                        (true, true) => Watched::Polled,
                    },
                    browser: if open { Browser::Opened } else { Browser::Left },
                })
            }
            Self::Fmt { root, check } => {
                let rewrite = if check { Rewrite::No } else { Rewrite::Yes };
                Command::Fmt(Fmt { root, rewrite })
            }
            Self::Export { subject, format: form, root, drafts } => {
                Command::Export(Export { root, subject, form, drafts })
            }
            Self::Theme { task } => Command::Theme(task.meant()),
            Self::Completions { shell } => Command::Completions(shell),
        }
    }
}

impl TypedThemeTask {
    fn meant(self) -> Theme {
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

/// The command line as clap knows it, for completions.
pub(in crate::cli) fn command() -> clap::Command {
    <Typed as clap::CommandFactory>::command()
}
