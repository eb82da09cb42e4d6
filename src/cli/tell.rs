//! The diagnostics of a build, as they are told.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};

use super::voice::{Form, Voice, Volume};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::project::Project;

mod human;
mod json;
mod lines;

pub(super) use json::Line;
use lines::{Place, Sources};

/// What a build found that is to be told, in the order of files and places.
#[derive(Debug)]
pub(super) struct Report<'a> {
    project: &'a Project,
    faults: Vec<Fault<'a>>,
}

/// A diagnostic with its weight.
#[derive(Clone, Copy, Debug)]
struct Fault<'a> {
    severity: Severity,
    diagnostic: &'a Diagnostic,
}

impl<'a> Report<'a> {
    /// Weighs diagnostics, and leaves out those that are allowed.
    pub(super) fn of(
        project: &'a Project,
        diagnostics: &'a [Diagnostic],
        config: &Config,
    ) -> Self {
        let weigh = |diagnostic: &'a Diagnostic| {
            Some(Fault { severity: config.severity(diagnostic.rule)?, diagnostic })
        };
        let mut faults: Vec<Fault<'a>> = diagnostics.iter().filter_map(weigh).collect();
        faults.sort_by_key(|it| it.diagnostic);
        Self { project, faults }
    }

    /// How many there are.
    pub(super) fn tally(&self) -> Tally {
        let count =
            |severity| self.faults.iter().filter(|it| it.severity == severity).count();
        let files: BTreeSet<_> =
            self.faults.iter().map(|it| &it.diagnostic.span.file).collect();
        Tally {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            files: files.len(),
        }
    }

    /// Those of them that are not among these, which must be sorted.
    pub(super) fn but(&self, known: &[Diagnostic]) -> Self {
        let is_new = |it: &&Fault<'_>| known.binary_search(it.diagnostic).is_err();
        Self {
            project: self.project,
            faults: self.faults.iter().filter(is_new).copied().collect(),
        }
    }

    /// The first of them for a program to show, errors before warnings.
    pub(super) fn worst(&self, count: usize) -> Vec<Line<'a>> {
        let of = |severity| self.faults.iter().filter(move |it| it.severity == severity);
        let worst = of(Severity::Error).chain(of(Severity::Warning)).take(count);
        let worst: Vec<Fault<'a>> = worst.copied().collect();
        let sources = self.sources(&worst);
        worst.iter().map(|it| Line::of(*it, &sources)).collect()
    }

    /// Tells the diagnostics on standard output. Where nobody reads it any more, the
    /// rest is not told.
    pub(super) fn tell(&self, voice: Voice) -> io::Result<()> {
        let mut out = io::BufWriter::new(voice.out());
        match self.write(voice, &mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// The texts that faults lie in.
    fn sources(&self, faults: &[Fault<'a>]) -> Sources<'a> {
        let files = faults.iter().flat_map(|it| {
            let also = it.diagnostic.also.iter().map(|(span, _)| &span.file);
            also.chain([&it.diagnostic.span.file])
        });
        Sources::of(self.project, files)
    }

    fn write(&self, voice: Voice, out: &mut impl Write) -> io::Result<()> {
        let heard = |it: &&Fault<'_>| {
            voice.volume > Volume::Quiet || it.severity == Severity::Error
        };
        let faults: Vec<Fault<'a>> = self.faults.iter().filter(heard).copied().collect();
        let sources = self.sources(&faults);
        match voice.form {
            Form::Human => human::write(&faults, &sources, voice.volume, out),
            Form::Short => write_short(&faults, &sources, out),
            Form::Json => json::write(&faults, &sources, out),
        }
    }
}

/// One line each: `file:line:column: error[rule] message`.
fn write_short(
    faults: &[Fault<'_>],
    sources: &Sources<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    for Fault { severity, diagnostic } in faults {
        let file = plain(diagnostic.span.file.as_str());
        let place = sources.place(&diagnostic.span);
        let place = place.map_or_else(String::new, |Place { line, column }| {
            format!(":{line}:{column}")
        });
        let (rule, message) = (diagnostic.rule.id(), plain(&diagnostic.message));
        writeln!(out, "{file}{place}: {}[{rule}] {message}", word(*severity))?;
    }
    Ok(())
}

/// A text on one line, without what a terminal would obey.
fn plain(text: &str) -> String {
    let plain = |it: char| match it {
        '\n' | '\r' | '\t' => ' ',
        it if it.is_control() => '\u{fffd}',
        it => it,
    };
    text.chars().map(plain).collect()
}

/// How many diagnostics there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    /// Errors.
    pub(super) errors: usize,
    /// Warnings.
    pub(super) warnings: usize,
    /// Files that have any.
    pub(super) files: usize,
}

impl fmt::Display for Tally {
    /// `3 errors, 12 warnings in 5 files`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        match counts.as_slice() {
            [] => f.write_str("no errors, no warnings"),
            _ => write!(f, "{} in {}", counts.join(", "), counted(self.files, "file")),
        }
    }
}

/// A number with its noun: `1 note`, `2 notes`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What a severity is called.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests;
