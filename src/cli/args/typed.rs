//! The arguments as they are typed: what clap reads.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::examples::{
    AFFECTED_EXAMPLES, BUILD_EXAMPLES, CHECK_EXAMPLES, COMPLETIONS_EXAMPLES, EXAMPLES,
    EXPORT_EXAMPLES, FMT_EXAMPLES, INIT_EXAMPLES, NEW_EXAMPLES, SERVE_EXAMPLES,
    THEME_EXAMPLES,
};
use super::notes::{TypedNotes, TypedProject};
use super::{
    Affected, AffectedForm, Args, Bar, Browser, Build, Command, Fmt, Init, Rewrite,
    Serve, Watched,
};
use crate::cli::voice::{Form, Voice, Volume};

mod export;
mod new;
mod theme;

use export::TypedExport;
use new::TypedNew;
use theme::TypedThemeTask;

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
    /// Begin a site: ten files, with a workflow that publishes them
    #[command(after_help = INIT_EXAMPLES)]
    Init {
        /// The folder of the site
        #[arg(value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },

    /// Begin a note: in its folder, with its front matter and its sections
    #[command(after_help = NEW_EXAMPLES)]
    New(TypedNew),

    /// List the notes whose code, dependencies, evidence or data have changed
    #[command(after_help = AFFECTED_EXAMPLES)]
    Affected {
        /// What has changed, as `git diff` names it: `origin/main...HEAD`
        #[arg(value_name = "RANGE")]
        range: String,

        /// The form of the list
        #[arg(long, value_name = "FORM", default_value = "human")]
        format: AffectedForm,

        /// The project's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },

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

        /// Watch by looking four times a second, where the file system tells of no changes
        #[arg(long)]
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
    Export(TypedExport),

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
            Self::Affected { range, format, root } => affected(range, format, root),
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
                        (_, true) => Watched::Polled,
                        (true, false) => Watched::Events,
                        (false, false) => Watched::Never,
                    },
                    browser: if open { Browser::Opened } else { Browser::Left },
                })
            }
            Self::Fmt { root, check } => {
                let rewrite = if check { Rewrite::No } else { Rewrite::Yes };
                Command::Fmt(Fmt { root, rewrite })
            }
            Self::Export(export) => Command::Export(export.meant()),
            Self::Init { root } => Command::Init(Init { root }),
            Self::New(new) => Command::New(new.meant()),
            Self::Theme { task } => Command::Theme(task.meant()),
            Self::Completions { shell } => Command::Completions(shell),
        }
    }
}

fn affected(range: String, form: AffectedForm, root: PathBuf) -> Command {
    Command::Affected(Affected { root, range, form })
}

/// The command line as clap knows it, for completions.
pub(in crate::cli) fn command() -> clap::Command {
    <Typed as clap::CommandFactory>::command()
}
