//! How far a build is, on a terminal, where it takes longer than a second.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::voice::{Voice, Volume};

/// How far a build is.
#[derive(Debug)]
pub(super) struct Progress {
    started: Instant,
    bar: ProgressBar,
    is_wanted: bool,
}

impl Progress {
    /// Begins to count, and to measure.
    #[expect(clippy::disallowed_methods, reason = "only said, never part of the site")]
    pub(super) fn begin(voice: Voice) -> Self {
        let style = ProgressStyle::with_template("{spinner} {human_pos} pages");
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        let is_wanted = voice.volume > Volume::Quiet;
        Self { started: Instant::now(), bar, is_wanted }
    }

    /// One more page is made.
    pub(super) fn page(&self) {
        self.bar.inc(1);
        let is_long = self.bar.position().is_multiple_of(64)
            && self.started.elapsed() > Duration::from_secs(1);
        if self.is_wanted && is_long && self.bar.is_hidden() {
            // Stays hidden where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the counter off the terminal.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
        self.bar.set_draw_target(ProgressDrawTarget::hidden());
    }

    /// The time since the beginning, as people say it: `1.2 s`, `34 ms`.
    pub(super) fn time(&self) -> String {
        let time = self.started.elapsed();
        match time.as_millis() {
            millis @ 0..1000 => format!("{millis} ms"),
            _ => format!("{:.1} s", time.as_secs_f64()),
        }
    }
}
