//! What is kept between runs of the program: the file `.diptych/cache` of a project.
//!
//! ```text
//! magic │ program │ length and digest of the front │ front │ digest of the memo │ memo
//! ```
//!
//! The front says what the last build came to, and of which files; it alone is read
//! where nothing has changed. The memo is the build's own [`Cache`].
//!
//! Whatever is wrong with the file, it is as if there were none. It is written beside
//! itself and then renamed, so that it is whole at any moment, and two programs that
//! write it at once do not mind each other.
#![expect(clippy::disallowed_methods, reason = "this is what reads and writes the cache")]

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::args::Memories;
use super::disk::{Memory, Reading};
use super::place::Place;
use super::voice::Voice;
use crate::build::Cache;
use crate::diag::{Checked, Diagnostic};
use crate::memo::{self, Digest};
use crate::output::{Content, Find, Output};
use crate::path::{FilePath, Route};
use crate::project::Project;

const MAGIC: &[u8; 8] = b"diptych1";

/// How many bytes stand before the front.
const HEAD: usize = 8 + 16 + 8 + 16;

/// The largest front that is believed in, in bytes.
const LARGEST: u64 = 1 << 30;

/// What is kept of a project between runs.
#[derive(Debug)]
pub(super) struct Store {
    /// The folder `.diptych`; none where nothing is to be kept.
    folder: Option<PathBuf>,
    /// What stands for this program: another one may make other pages.
    program: Digest,
    /// The file behind its front, as it was when it was opened.
    rest: Option<File>,
    /// What the last run found and made.
    pub(super) front: Front,
}

/// What the last run found and made.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Front {
    /// What is known of the project's files.
    pub(super) memory: Memory,
    /// What stands for the project that was built.
    project: Digest,
    files: Vec<(Route, Kept)>,
    diagnostics: Vec<Diagnostic>,
}

/// What a file of the site holds, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
enum Kept {
    Made(Digest),
    Copy(FilePath),
}

impl Front {
    /// What a run found and made.
    pub(super) fn new(reading: &Reading, built: &Checked<Output>) -> Self {
        let keep = |content: &Content| match content {
            Content::Copy(path) => Some(Kept::Copy(path.clone())),
            made => made.digest().map(Kept::Made),
        };
        let files = built.value.iter();
        let files = files.filter_map(|(route, it)| Some((route.clone(), keep(it)?)));
        Self {
            memory: reading.memory(),
            project: reading.digest(),
            files: files.collect(),
            diagnostics: built.diagnostics.clone(),
        }
    }

    /// What the last run made of the project that this stands for; `None` if it was
    /// another one.
    pub(super) fn built(&self, project: Digest) -> Option<Checked<Output>> {
        let content = |kept: &Kept| match kept {
            Kept::Made(digest) => Content::Sunk(*digest),
            Kept::Copy(path) => Content::Copy(path.clone()),
        };
        let files = self.files.iter().map(|(route, it)| (route.clone(), content(it)));
        (self.project == project).then(|| Checked {
            value: files.collect(),
            diagnostics: self.diagnostics.clone(),
        })
    }
}

impl Store {
    /// Opens what is kept of a project, if the same program wrote it.
    pub(super) fn open(place: &Place, memories: Memories) -> Self {
        let mut store = Self {
            folder: Some(place.root.join(".diptych")),
            program: Digest::default(),
            rest: None,
            front: Front::default(),
        };
        match *PROGRAM {
            Some(program) => store.program = program,
            None => store.folder = None,
        }
        if memories == Memories::Used
            && let Some((front, rest)) = store.read()
        {
            (store.front, store.rest) = (front, Some(rest));
        }
        store
    }

    fn read(&self) -> Option<(Front, File)> {
        let mut file = File::open(self.folder.as_ref()?.join(NAME)).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let (magic, head) = head.split_at(8);
        let (program, head) = head.split_at(16);
        let (length, digest) = head.split_at(8);
        let length = u64::from_le_bytes(length.try_into().ok()?);
        let known = magic == MAGIC && program == self.program.to_bytes();
        if !known || length > LARGEST.min(file.metadata().ok()?.len()) {
            return None;
        }
        let mut front = Vec::new();
        (&file).take(length).read_to_end(&mut front).ok()?;
        let whole = Digest::of_bytes(&front).to_bytes() == digest;
        let front = whole.then(|| memo::decode(&front)).flatten()?;
        Some((front, file))
    }

    /// Fills a cache with what was kept, for a project. `find` gives what a file of the
    /// site holds.
    pub(super) fn fill(
        &mut self,
        mut cache: Cache,
        project: &Project,
        find: &Find<'_>,
    ) -> Cache {
        if let Some(bytes) = self.memo() {
            // Damaged, it is as if there were none.
            let _ = cache.load(&bytes, project, find);
        }
        cache
    }

    /// The memo as it was kept.
    fn memo(&mut self) -> Option<Vec<u8>> {
        let mut file = self.rest.take()?;
        let mut digest = [0; 16];
        file.read_exact(&mut digest).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        (Digest::of_bytes(&bytes).to_bytes() == digest).then_some(bytes)
    }

    /// Keeps what a run found and made, and its cache. Where that cannot be, the next run
    /// does all anew; it is said, unless the folder is just not to be written to.
    pub(super) fn keep(&self, front: &Front, cache: &Cache, voice: Voice) {
        self.write_or_say(front, &cache.save(), voice);
    }

    /// Keeps what a run had to read to find that nothing has changed.
    pub(super) fn keep_memory(&mut self, reading: &Reading, voice: Voice) {
        let memory = reading.memory();
        if !memory.knows_more_than(&self.front.memory) {
            return;
        }
        let Some(memo) = self.memo() else { return };
        let front = Front { memory, ..std::mem::take(&mut self.front) };
        self.write_or_say(&front, &memo, voice);
    }

    fn write_or_say(&self, front: &Front, memo: &[u8], voice: Voice) {
        let Some(folder) = &self.folder else { return };
        match self.write(folder, &memo::encode(front), memo) {
            Err(error) if !is_barred(&error) => voice.say(format_args!(
                "what was made is not kept for the next time: {error}"
            )),
            _ => {}
        }
    }

    fn write(&self, folder: &Path, front: &[u8], memo: &[u8]) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
        clear(folder);
        let mut file = tempfile::Builder::new().prefix(BEGUN).tempfile_in(folder)?;
        // By this others tell whether the file is left over.
        let _ = file.as_file().try_lock();
        let length = front.len() as u64;
        let head = [
            MAGIC.as_slice(),
            &self.program.to_bytes(),
            &length.to_le_bytes(),
            &Digest::of_bytes(front).to_bytes(),
        ];
        for part in head {
            file.write_all(part)?;
        }
        file.write_all(front)?;
        file.write_all(&Digest::of_bytes(memo).to_bytes())?;
        file.write_all(memo)?;
        file.persist(folder.join(NAME)).map_err(|it| it.error)?;
        Ok(())
    }
}

/// The file's name, and what those begin with that are not whole yet.
const NAME: &str = "cache";
const BEGUN: &str = "cache-";

/// What stands for this program: its sources and, for libraries may be others, its size.
static PROGRAM: LazyLock<Option<Digest>> = LazyLock::new(|| {
    let size = fs::metadata(std::env::current_exe().ok()?).ok()?.len();
    Some(Digest::of(&(env!("DIPTYCH_SOURCES"), size)))
});

/// Whether nothing can be written there, which is no accident.
fn is_barred(error: &io::Error) -> bool {
    use ErrorKind::{
        AlreadyExists, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem,
    };
    matches!(
        error.kind(),
        AlreadyExists | NotADirectory | NotFound | PermissionDenied | ReadOnlyFilesystem
    )
}

/// Deletes what processes left that were killed while they wrote.
fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_begun = entry.file_name().as_encoded_bytes().starts_with(BEGUN.as_bytes());
        let is_left = || File::open(entry.path()).is_ok_and(|it| it.try_lock().is_ok());
        if is_begun && is_left() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
