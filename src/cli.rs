//! The command line: the only part that reads a disk, a clock or the environment.
//!
//! What a command finds in the notes goes to standard output; what happened, and what
//! stopped it, to standard error. Each command is a module with one function.

use std::process::ExitCode;

mod affected;
mod args;
mod author;
mod build;
mod check;
mod completions;
mod disk;
mod export;
mod fmt;
mod history;
mod indexer;
mod init;
mod interrupt;
mod live;
mod new;
mod place;
mod progress;
mod publish;
mod serve;
mod server;
mod sources;
mod stop;
mod store;
mod tell;
mod theme;
mod voice;
mod watch;

use args::{Args, Command};
use voice::Voice;

/// Runs the program as its arguments ask.
pub fn run() -> ExitCode {
    let Args { command, voice } = Args::typed();
    match command.run(voice) {
        Ok(End::Fine) => ExitCode::SUCCESS,
        Ok(End::Faults) => ExitCode::from(1),
        Err(error) => {
            voice.stopped(&error);
            ExitCode::from(2)
        }
    }
}

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nothing stands against the notes.
    Fine,
    /// The notes have faults at error level.
    Faults,
}

impl Command {
    fn run(self, voice: Voice) -> anyhow::Result<End> {
        match self {
            Self::Affected(asked) => affected::run(&asked, voice),
            Self::Build(asked) => build::run(&asked, voice),
            Self::Check(asked) => check::run(&asked, voice),
            Self::Fmt(asked) => fmt::run(&asked, voice),
            Self::Export(asked) => export::run(&asked, voice),
            Self::Init(asked) => init::run(&asked, voice),
            Self::New(asked) => new::run(&asked, voice),
            Self::Serve(asked) => serve::run(&asked, voice),
            Self::Theme(asked) => theme::run(&asked, voice),
            Self::Completions(shell) => completions::run(shell),
        }
    }
}
