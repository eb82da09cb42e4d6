//! The program git, asked without a network, a pager or a lock.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Why git said nothing.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) enum Silence {
    /// There is no program of that name.
    Missing,
    /// What it says against it, in its first line.
    Refused(String),
}

/// A call of git in a folder. What it could be led astray by is set: a hook calls with
/// the variables of its own repository, and what a partial clone lacks is not fetched.
pub(in crate::cli) fn git(
    folder: &Path,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Command {
    let mut git = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    git.env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C")
        .args(["-c", "protocol.allow=never", "-c", "core.quotePath=false"])
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    git
}

/// What a call says.
pub(in crate::cli) fn output(mut call: Command) -> Result<String, Silence> {
    let said = call.stderr(Stdio::piped()).output().map_err(|error| silence(&error))?;
    if said.status.success() {
        return Ok(String::from_utf8_lossy(&said.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&said.stderr);
    let line = complaint.lines().next().unwrap_or_default();
    Err(Silence::Refused(line.trim_start_matches("fatal: ").to_owned()))
}

fn silence(error: &io::Error) -> Silence {
    match error.kind() {
        io::ErrorKind::NotFound => Silence::Missing,
        _ => Silence::Refused(error.to_string()),
    }
}

/// What one call says of what another one says.
pub(super) struct Pipe {
    first: Child,
    second: Child,
}

impl Pipe {
    /// Starts both.
    pub(super) fn between(mut first: Command, mut second: Command) -> Option<Self> {
        let mut first = first.stdout(Stdio::piped()).spawn().ok()?;
        let told = first.stdout.take()?;
        if let Ok(second) = second.stdin(told).stdout(Stdio::piped()).spawn() {
            return Some(Self { first, second });
        }
        let _ = first.kill();
        let _ = first.wait();
        None
    }

    /// The texts that NUL bytes part, as they come.
    pub(super) fn parts(&mut self) -> impl Iterator<Item = String> + use<> {
        let said = self.second.stdout.take().map(|it| Box::new(it) as Box<dyn Read>);
        let said = said.unwrap_or_else(|| Box::new(io::empty()));
        let parts =
            BufReader::with_capacity(1 << 16, said).split(0).map_while(Result::ok);
        parts.map(|it| String::from_utf8_lossy(&it).into_owned())
    }

    /// Ends both, whether or not all was heard; says whether the second said all it had.
    pub(super) fn end(mut self) -> bool {
        let _ = self.first.kill();
        let _ = self.first.wait();
        self.second.wait().is_ok_and(|it| it.success())
    }
}
