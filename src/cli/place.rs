//! Where a project lies, and where its site goes.

use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::Context;

use super::disk;
use super::stop::Stop;
use crate::config::{self, Config};
use crate::path::FilePath;

/// Where a project lies, where its site goes, and what it says of itself.
#[derive(Debug)]
pub(super) struct Place {
    /// The project's folder, without links and `..`.
    pub(super) root: PathBuf,
    /// The folder to publish to, likewise; it need not exist.
    pub(super) output: PathBuf,
    /// What `book.toml` says. Its diagnostics are told by the build.
    pub(super) config: Config,
}

impl Place {
    /// Looks at a folder. The output is relative to where the program runs, and without
    /// one `book.toml` names a folder relative to the root.
    pub(super) fn find(root: &Path, output: Option<&Path>) -> anyhow::Result<Self> {
        let asked = root;
        let root = root.canonicalize().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Stop::because(
                format!("there is no folder `{}`", asked.display()),
                "name the folder of your notes with `--root DIR`",
            ),
            _ => anyhow::Error::new(error)
                .context(format!("cannot look at `{}`", asked.display())),
        })?;
        if !root.is_dir() {
            return Err(Stop::because(
                format!("`{}` is not a folder", asked.display()),
                "`--root` names the folder that holds the notes",
            ));
        }
        let book = FilePath::from("book.toml");
        let text = disk::text(&root, &book)?;
        let config = config::parse(text.as_deref(), &book).value;
        let output = match output {
            Some(output) => output.to_owned(),
            None => root.join(config.build.output.as_str()),
        };
        let output = settle(&output)
            .with_context(|| format!("cannot look at `{}`", output.display()))?;
        Ok(Self { root, output, config })
    }

    /// The output folder as it is called in a message: short where it lies in the root.
    pub(super) fn output_name(&self) -> std::path::Display<'_> {
        self.output.strip_prefix(&self.root).unwrap_or(&self.output).display()
    }
}

/// A path without links and `..`, whether or not its last parts exist.
fn settle(path: &Path) -> io::Result<PathBuf> {
    let mut settled = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                settled.pop();
            }
            Component::CurDir => {}
            part => settled.push(part),
        }
        match settled.canonicalize() {
            Ok(real) => settled = real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_does_not_exist_has_a_place_all_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::find(folder.path(), None).expect("a place");
        assert_eq!(place.output, place.root.join("public"));
        let twisted = folder.path().join("a/../b/./c");
        let place = Place::find(folder.path(), Some(&twisted)).expect("a place");
        assert_eq!(place.output_name().to_string(), "b/c");
    }

    #[test]
    fn a_root_that_does_not_exist_stops_with_a_hint() {
        let error = Place::find(Path::new("no/such/folder"), None).expect_err("no place");
        assert_eq!(error.to_string(), "there is no folder `no/such/folder`");
        assert!(error.downcast_ref::<Stop>().is_some());
    }
}
