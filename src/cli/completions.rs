//! The command `completions`: what a shell needs to complete the command line.

use std::io::{self, Write};

use clap_complete::Shell;

use super::{End, args};

/// Writes the completions of a shell to standard output.
pub(super) fn run(shell: Shell) -> anyhow::Result<End> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "diptych", &mut script);
    match io::stdout().write_all(&script) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(End::Fine),
    }
}
