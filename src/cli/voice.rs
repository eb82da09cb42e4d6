//! How the program speaks: in which form, how much, in colour or not.

use std::fmt;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use super::stop::Stop;

/// How the program speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    /// The form of diagnostics.
    pub(super) form: Form,
    /// How much is said.
    pub(super) volume: Volume,
    /// Whether anything is coloured.
    pub(super) color: ColorChoice,
}

/// The form of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// For people: the source line underlined, with what would mend it.
    Human,
    /// For editors: one line each.
    Short,
    /// For programs: one JSON object on a line each.
    Json,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    /// Errors alone.
    Quiet,
    /// What matters.
    Normal,
    /// Everything, with where to read on.
    Verbose,
}

impl Voice {
    /// Standard output.
    pub(super) fn out(self) -> AutoStream<io::Stdout> {
        AutoStream::new(io::stdout(), self.color)
    }

    /// Says what happened, unless it is to be quiet.
    pub(super) fn say(self, line: impl fmt::Display) {
        if self.volume > Volume::Quiet {
            self.err(&line);
        }
    }

    /// Says why the program stopped, with the causes and what to do.
    pub(super) fn stopped(self, error: &anyhow::Error) {
        const RED: &str = "\x1b[1;31m";
        const BOLD: &str = "\x1b[1m";
        const PLAIN: &str = "\x1b[0m";
        self.err(&format_args!("{RED}error{PLAIN}{BOLD}: {error}{PLAIN}"));
        for cause in error.chain().skip(1) {
            self.err(&format_args!("  because: {cause}"));
        }
        for stop in error.chain().filter_map(|it| it.downcast_ref::<Stop>()) {
            self.err(&format_args!("  help: {}", stop.hint));
        }
    }

    /// A line for standard error; where nobody can hear it, it is lost.
    fn err(self, line: &dyn fmt::Display) {
        let _ = writeln!(AutoStream::new(io::stderr(), self.color), "{line}");
    }
}
