//! Ctrl-C and its kin: the stage is deleted, and the process ends.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;

/// What has to be deleted when the process is interrupted.
#[derive(Debug, Default)]
pub(super) struct Interrupt {
    stage: Mutex<Option<PathBuf>>,
}

impl Interrupt {
    /// Listens from now on for Ctrl-C, `SIGTERM` and `SIGHUP`.
    pub(super) fn listen() -> anyhow::Result<Arc<Self>> {
        let interrupt = Arc::new(Self::default());
        let heard = Arc::clone(&interrupt);
        ctrlc::set_handler(move || heard.end_process())
            .context("cannot listen for Ctrl-C")?;
        Ok(interrupt)
    }

    /// From now on there is a stage.
    pub(super) fn begin(&self, stage: &Path) {
        *self.hold() = Some(stage.to_owned());
    }

    /// The stage is gone.
    pub(super) fn end(&self) {
        *self.hold() = None;
    }

    /// While this is held, an interrupt waits.
    pub(super) fn hold(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end_process(&self) {
        // Held to the end, so that no site is exchanged while its stage is deleted.
        let stage = self.hold();
        if let Some(stage) = &*stage {
            super::publish::discard(stage);
        }
        // What a shell says of a process that Ctrl-C ended.
        std::process::exit(130);
    }
}
