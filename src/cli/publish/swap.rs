//! The exchange of a new site and an old one.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Puts a new site in the place of an old one, and the old one in its.
pub(super) fn swap(new: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        match fs::rename(new, target) {
            // Another build has put its site there since.
            Err(error) if is_taken(&error) => {}
            done => return done,
        }
    }
    match exchange(new, target) {
        // Not every file system can.
        Err(error) if is_not_known(&error) => move_aside(new, target),
        done => done,
    }
}

/// Whether a folder is a site that was moved aside, and not a stage.
pub(super) fn is_aside(folder: &Path) -> bool {
    folder.as_os_str().as_encoded_bytes().ends_with(ASIDE.as_bytes())
}

const ASIDE: &str = ".old";

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn is_taken(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty};
    matches!(error.kind(), AlreadyExists | DirectoryNotEmpty)
}

fn is_not_known(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, Unsupported};
    matches!(error.kind(), InvalidInput | Unsupported)
}

/// Exchanges in two steps. Killed between them, the next build puts the old site back.
fn move_aside(new: &Path, target: &Path) -> io::Result<()> {
    let mut aside = OsString::from(new);
    aside.push(ASIDE);
    let aside = PathBuf::from(aside);
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let around = tempfile::tempdir().expect("a folder");
        let (new, target) = (around.path().join("new"), around.path().join("old"));
        for (site, text) in [(&new, "new"), (&target, "old")] {
            fs::create_dir(site).expect("a site");
            fs::write(site.join("index.html"), text).expect("a page");
        }
        (around, new, target)
    }

    #[track_caller]
    fn assert_holds(site: &Path, text: &str) {
        let page = fs::read_to_string(site.join("index.html")).expect("a page");
        assert_eq!(page, text);
    }

    #[test]
    fn two_sites_are_exchanged_in_one_step_and_in_two() {
        for swap in [swap, move_aside] {
            let (_around, new, target) = sites();
            swap(&new, &target).expect("they are exchanged");
            assert_holds(&target, "new");
            assert_holds(&new, "old");
        }
    }

    #[test]
    fn a_site_that_cannot_be_replaced_stays() {
        let (_around, new, target) = sites();
        fs::remove_dir_all(&new).expect("it is gone");
        move_aside(&new, &target).expect_err("there is nothing to put there");
        assert_holds(&target, "old");
    }
}
