//! A watch over the folders of a project: that something has changed, and where.

use std::collections::BTreeSet;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::args::Watched;
use super::disk::Scope;
use super::serve::Call;
use super::voice::Voice;

/// How often it is looked where nothing tells of changes.
const PERIOD: Duration = Duration::from_millis(250);

/// A watch over the folders of a project.
///
/// It says that something has changed, and never what: what there is now is read from
/// the disk, for what the system tells of is late, doubled, lost or in another order.
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    root: PathBuf,
    folders: BTreeSet<PathBuf>,
    calls: Sender<Call>,
}

impl Watch {
    /// A watch over the sources, as it was asked for or as it is possible.
    pub(super) fn open(
        asked: Watched,
        root: &Path,
        calls: &Sender<Call>,
        voice: Voice,
    ) -> Option<Self> {
        let polling = || Self::polling(root, calls.clone());
        match asked {
            Watched::Never => None,
            Watched::Polled => Some(polling()),
            Watched::Events => {
                let listening = Self::listening(root, calls.clone());
                Some(listening.unwrap_or_else(|error| {
                    voice.say(Unheard { error, limit: "max_user_instances=1024" });
                    polling()
                }))
            }
        }
    }

    /// A watch that hears of changes from the system.
    fn listening(root: &Path, calls: Sender<Call>) -> notify::Result<Self> {
        let heard = calls.clone();
        let watcher = notify::recommended_watcher(move |event| {
            let scope = changed(event);
            if !scope.is_empty() {
                // Nobody takes the call any more when the program ends.
                let _ = heard.send(Call::Changed(scope));
            }
        })?;
        let (root, folders) = (root.to_owned(), BTreeSet::new());
        Ok(Self { watcher: Some(watcher), root, folders, calls })
    }

    /// A watch that looks again and again.
    fn polling(root: &Path, calls: Sender<Call>) -> Self {
        let called = calls.clone();
        std::thread::spawn(move || {
            while called.send(Call::Changed(Scope::All)).is_ok() {
                std::thread::sleep(PERIOD);
            }
        });
        let (root, folders) = (root.to_owned(), BTreeSet::new());
        Self { watcher: None, root, folders, calls }
    }

    /// Watches these folders, and no other, or else looks again and again; gives what may
    /// have changed before it was watched.
    pub(super) fn follow(&mut self, folders: &BTreeSet<PathBuf>, voice: Voice) -> Scope {
        self.watch(folders).unwrap_or_else(|error| {
            voice.say(Unheard { error, limit: "max_user_watches=1048576" });
            *self = Self::polling(&self.root, self.calls.clone());
            Scope::All
        })
    }

    fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<Scope> {
        let mut new = Scope::none();
        let Some(watcher) = &mut self.watcher else { return Ok(new) };
        if !PER_FOLDER {
            if self.folders.insert(self.root.clone()) {
                watcher.watch(&self.root, RecursiveMode::Recursive)?;
            }
            return Ok(new);
        }
        for gone in self.folders.difference(folders) {
            // A folder that does not exist any more is not watched either.
            let _ = watcher.unwatch(gone);
        }
        self.folders.retain(|it| folders.contains(it));
        for folder in folders {
            if self.folders.contains(folder) {
                continue;
            }
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder.clone());
                    new.add(folder.clone());
                }
                // It has gone again, or nobody may look into it: what it lies in tells
                // when that changes.
                Err(error) if is_out_of_reach(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(new)
    }

    /// Forgets the folders that lie there: those of their names may be others by now.
    pub(super) fn forget(&mut self, scope: &Scope) {
        let Some(watcher) = &mut self.watcher else { return };
        self.folders.retain(|folder| {
            let is_same = !scope.holds(folder);
            if !is_same {
                let _ = watcher.unwatch(folder);
            }
            is_same
        });
    }
}

/// Whether each folder is watched by itself, so that those that do not belong to the
/// project cost nothing; elsewhere the system watches a whole tree at no greater price.
const PER_FOLDER: bool = cfg!(target_os = "linux");

fn is_out_of_reach(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => {
            matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied)
        }
        _ => false,
    }
}

/// That the system does not tell of changes.
struct Unheard {
    error: notify::Error,
    /// What it may be short of, and a number that is enough.
    limit: &'static str,
}

impl fmt::Display for Unheard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not every folder can be watched ({}), so they are looked at four times a \
             second",
            self.error
        )?;
        if cfg!(target_os = "linux") {
            let limit = self.limit;
            write!(f, "\n  help: `sudo sysctl fs.inotify.{limit}` raises the limit")?;
        }
        Ok(())
    }
}

/// Where something may have changed.
fn changed(event: notify::Result<Event>) -> Scope {
    let Ok(event) = event else { return Scope::All };
    if event.need_rescan() {
        return Scope::All;
    }
    let mut scope = Scope::none();
    let is_read = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        // Reading a file, as the server does, is no change.
        EventKind::Access(_) => true,
        _ => false,
    };
    if !is_read {
        event.paths.into_iter().for_each(|it| scope.add(it));
    }
    scope
}
