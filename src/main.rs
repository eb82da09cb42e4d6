//! The `diptych` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    diptych::cli::run()
}
