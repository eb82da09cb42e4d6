//! The arguments: as they are typed, and as they are meant.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use clap_complete::Shell;

use super::voice::Voice;
use crate::export::schema::Described;
use crate::project::Asked;

mod examples;
mod notes;
mod typed;

use typed::Typed;
pub(super) use typed::command;

/// The arguments as they are meant.
#[derive(Debug)]
pub(super) struct Args {
    /// What is to be done.
    pub(super) command: Command,
    /// How to speak of it.
    pub(super) voice: Voice,
}

/// What is to be done.
#[derive(Debug)]
pub(super) enum Command {
    /// List the notes that rest on files that have changed.
    Affected(Affected),
    /// Publish a site.
    Build(Build),
    /// Tell what is wrong with the notes.
    Check(Check),
    /// Keep generated regions of notes current.
    Fmt(Fmt),
    /// Write the site's data to standard output.
    Export(Export),
    /// Begin a site.
    Init(Init),
    /// Begin a note.
    New(New),
    /// Show a site while it is written.
    Serve(Serve),
    /// Say what a theme is made of, or make one.
    Theme(Theme),
    /// Write the completions of a shell.
    Completions(Shell),
}

/// Which notes are listed that rest on files that have changed.
#[derive(Debug)]
pub(super) struct Affected {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// What has changed, as git names it: `main...HEAD`.
    pub(super) range: String,
    /// In which form.
    pub(super) form: AffectedForm,
}

/// In which form notes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AffectedForm {
    /// For people
    Human,
    /// JSON
    Json,
    /// Markdown, for a comment on a pull request
    Markdown,
}

/// How a site is published.
#[derive(Debug)]
pub(super) struct Build {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// The folder to publish to, where it is not the one that `book.toml` names.
    pub(super) output: Option<PathBuf>,
    /// What goes over `book.toml`.
    pub(super) asked: Asked,
    /// What keeps the site from being published.
    pub(super) bar: Bar,
    /// Whether warnings count as errors.
    pub(super) warnings: Warnings,
    /// Whether what earlier runs kept is used.
    pub(super) memories: Memories,
}

/// How notes are checked.
#[derive(Debug)]
pub(super) struct Check {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// What goes over `book.toml`.
    pub(super) asked: Asked,
    /// Whether warnings count as errors.
    pub(super) warnings: Warnings,
    /// Whether what earlier runs kept is used.
    pub(super) memories: Memories,
}

/// How generated regions are kept current.
#[derive(Debug)]
pub(super) struct Fmt {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// Whether notes are written.
    pub(super) rewrite: Rewrite,
}

/// Whether notes are written, or only told that are not current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rewrite {
    /// They are written.
    Yes,
    /// They are told.
    No,
}

/// What data is written.
#[derive(Debug)]
pub(super) struct Export {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// What of the site.
    pub(super) subject: Subject,
    /// In which form.
    pub(super) form: ExportForm,
    /// Whether drafts are taken in.
    pub(super) drafts: bool,
    /// What a schema describes.
    pub(super) described: Described,
}

/// What of the site is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Subject {
    /// Links and relations between notes
    Graph,
    /// Every cell of every comparison, in the long form
    Comparisons,
    /// What each note says of itself
    Notes,
    /// JSON Schema of what authors write, for editors
    Schema,
}

/// In which form data is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportForm {
    /// JSON
    Json,
    /// Comma-separated values (RFC 4180)
    Csv,
}

/// Where a site is begun.
#[derive(Debug)]
pub(super) struct Init {
    /// The project's folder.
    pub(super) root: PathBuf,
}

/// How a note is begun.
#[derive(Debug)]
pub(super) struct New {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// The name of its kind.
    pub(super) kind: String,
    /// Its title.
    pub(super) title: String,
    /// Its id, where it is not made of the title.
    pub(super) id: Option<String>,
    /// Its folder, where it is not the one of its kind.
    pub(super) dir: Option<String>,
    /// The system that it is about.
    pub(super) system: Option<String>,
    /// The components that it is about.
    pub(super) components: Vec<String>,
    /// Whether it is opened in an editor.
    pub(super) editor: Editor,
}

/// Whether a new note is opened in an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Editor {
    /// It is.
    Opened,
    /// The author does it.
    Left,
}

/// How a site is shown while it is written.
#[derive(Debug)]
pub(super) struct Serve {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// What goes over `book.toml`.
    pub(super) asked: Asked,
    /// The address to listen on.
    pub(super) host: String,
    /// The port, where it is not the first that is free.
    pub(super) port: Option<u16>,
    /// Whether the sources are watched.
    pub(super) watch: Watched,
    /// Whether a browser is opened.
    pub(super) browser: Browser,
}

/// Whether the sources of a site are watched, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watched {
    /// They are not.
    Never,
    /// By what the system tells.
    Events,
    /// By looking again and again.
    Polled,
}

/// Whether a browser is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Browser {
    /// It is.
    Opened,
    /// The author does it.
    Left,
}

/// What is done about themes.
#[derive(Debug)]
pub(super) struct Theme {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// What is done.
    pub(super) task: ThemeTask,
}

/// What is done about a theme.
#[derive(Debug)]
pub(super) enum ThemeTask {
    /// Say what a theme is made of, or show one file of the built-in theme.
    List { template: Option<String> },
    /// Make a theme of some files.
    New { name: String, files: Vec<String> },
}

/// What keeps a site from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    /// Errors in the notes.
    Errors,
    /// Nothing.
    Nothing,
}

/// Whether what earlier runs kept is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memories {
    /// It is.
    Used,
    /// All is made anew, and kept.
    Ignored,
}

/// How warnings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Warnings {
    /// As warnings.
    Told,
    /// As errors.
    Denied,
}

impl Args {
    /// The arguments of this process. Where they make no sense, or ask for help alone,
    /// the process ends here.
    pub(super) fn typed() -> Self {
        Typed::parse().meant()
    }
}

#[cfg(test)]
mod tests {
    use anstream::ColorChoice;

    use super::*;
    use crate::cli::voice::Volume;

    #[test]
    fn clap_finds_no_contradiction() {
        command().debug_assert();
    }

    #[test]
    fn what_is_typed_is_meant() {
        let typed = "diptych build -q --root a -o b --drafts --keep-going --color never";
        let args = Typed::try_parse_from(typed.split(' ')).expect("it parses").meant();
        assert_eq!(args.voice.volume, Volume::Quiet);
        assert_eq!(args.voice.color, ColorChoice::Never);
        let Command::Build(build) = args.command else { panic!("it is a build") };
        assert_eq!(build.root, PathBuf::from("a"));
        assert_eq!(build.output, Some(PathBuf::from("b")));
        assert_eq!(build.asked, Asked { base_url: None, drafts: true });
        assert_eq!((build.bar, build.warnings), (Bar::Nothing, Warnings::Told));
    }

    #[test]
    fn quiet_and_verbose_contradict() {
        assert!(Typed::try_parse_from(["diptych", "check", "-q", "-v"]).is_err());
    }
}
