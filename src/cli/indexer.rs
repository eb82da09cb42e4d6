//! The index of the search while serving: made beside the pages, never before them.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::Context;

use super::live::Live;
use crate::output::Output;
use crate::search::{Index, Source};

/// So long no text must change before the index is made again.
const QUIET: Duration = Duration::from_millis(100);

/// Makes the index on a thread of its own.
#[derive(Debug)]
pub(super) struct Indexer {
    sources: Sender<Option<Source>>,
}

impl Indexer {
    /// Begins to wait for texts.
    pub(super) fn start(live: Arc<Live>) -> anyhow::Result<Self> {
        let (sources, calls) = mpsc::channel();
        // One thread: the pages have the others.
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .thread_name(|_| "indexer".to_owned())
            .build()
            .context("cannot start the indexer")?;
        std::thread::Builder::new()
            .name("indexer".to_owned())
            .spawn(move || work(&live, &calls, &pool))
            .context("cannot start the indexer")?;
        Ok(Self { sources })
    }

    /// From now on the index is to be made from these texts; without any there is none.
    pub(super) fn renew(&self, source: Option<Source>) {
        // Where nothing listens any more the process is about to end.
        drop(self.sources.send(source));
    }
}

fn work(live: &Live, calls: &Receiver<Option<Source>>, pool: &rayon::ThreadPool) {
    let mut index = Index::default();
    while let Ok(mut source) = calls.recv() {
        loop {
            match calls.recv_timeout(QUIET) {
                Ok(newer) => source = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let made = if let Some(source) = &source {
            pool.install(|| index.refresh(source))
        } else {
            index.forget();
            Output::new()
        };
        live.find_by(made);
    }
}
