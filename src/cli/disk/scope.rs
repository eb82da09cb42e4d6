//! The part of a folder that is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::path::FilePath;

/// The part of a folder that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Scope {
    /// All of it.
    All,
    /// These files and folders, and what is below them.
    Below(BTreeSet<PathBuf>),
}

/// Where so many places have changed, to look at all costs no more.
const MANY: usize = 1000;

/// The files that say of others whether they belong to the project.
const RULES: [&str; 4] = [".gitignore", ".git", ".diptych", "book.toml"];

impl Scope {
    /// Nothing yet.
    pub(in crate::cli) fn none() -> Self {
        Self::Below(BTreeSet::new())
    }

    /// Whether there is nothing to look at.
    pub(in crate::cli) fn is_empty(&self) -> bool {
        matches!(self, Self::Below(places) if places.is_empty())
    }

    /// Adds a place.
    pub(in crate::cli) fn add(&mut self, place: PathBuf) {
        let is_rule =
            place.file_name().is_some_and(|name| RULES.iter().any(|it| name == *it));
        match self {
            Self::Below(places) if !is_rule && places.len() < MANY => {
                places.insert(place);
            }
            _ => *self = Self::All,
        }
    }

    /// Adds all of another scope.
    pub(in crate::cli) fn join(&mut self, other: Self) {
        match other {
            Self::All => *self = Self::All,
            Self::Below(places) => places.into_iter().for_each(|it| self.add(it)),
        }
    }

    /// Whether a path is looked at.
    pub(in crate::cli) fn holds(&self, path: &Path) -> bool {
        match self {
            Self::All => true,
            Self::Below(places) => path.ancestors().any(|it| places.contains(it)),
        }
    }

    /// Whether a path is looked at, or something below it.
    pub(super) fn leads_through(&self, path: &Path) -> bool {
        let Self::Below(places) = self else { return true };
        let mut behind = places.range(path.to_owned()..);
        self.holds(path) || behind.next().is_some_and(|it| it.starts_with(path))
    }

    /// Whether a path is one of those that were added.
    pub(super) fn names(&self, path: &Path) -> bool {
        matches!(self, Self::Below(places) if places.contains(path))
    }

    /// Takes out of a map what is looked at, without a look at the rest.
    pub(super) fn take<T>(
        &self,
        root: &Path,
        map: &mut BTreeMap<FilePath, T>,
    ) -> BTreeMap<FilePath, T> {
        let Self::Below(places) = self else { return std::mem::take(map) };
        let mut taken = BTreeMap::new();
        for place in places {
            if root.starts_with(place) {
                taken.append(map);
            }
            let Ok(below) = place.strip_prefix(root) else { continue };
            let parts: Vec<_> = below.iter().map(|it| it.to_string_lossy()).collect();
            let name = parts.join("/");
            // `0` comes after `/`.
            let inside =
                FilePath::new(format!("{name}/"))..FilePath::new(format!("{name}0"));
            taken.extend(map.extract_if(inside, |_, _| true));
            taken.extend(map.remove_entry(&FilePath::new(name)));
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(places: &[&str]) -> Scope {
        let mut scope = Scope::none();
        for place in places {
            scope.add(PathBuf::from(place));
        }
        scope
    }

    #[test]
    fn a_scope_holds_what_is_below_and_leads_through_what_is_above() {
        let scope = scope(&["/r/a/b", "/r/c.md"]);
        for (path, holds, leads) in [
            ("/r", false, true),
            ("/r/a", false, true),
            ("/r/a/b", true, true),
            ("/r/a/b/c/d.md", true, true),
            ("/r/a/bc", false, false),
            ("/r/a/a", false, false),
            ("/r/c.md", true, true),
            ("/r/d", false, false),
        ] {
            let path = Path::new(path);
            assert_eq!((scope.holds(path), scope.leads_through(path)), (holds, leads));
        }
    }

    #[test]
    fn what_is_looked_at_is_taken_out_and_nothing_else() {
        let all = ["a.md", "a/b.md", "a/b/c.md", "a-b/c.md", "a/b0", "b.md", "é/c.md"];
        for (places, wanted) in [
            (&["/r/a"][..], &["a/b.md", "a/b/c.md", "a/b0"][..]),
            (&["/r/a/b", "/r/a.md", "/r/gone"], &["a.md", "a/b/c.md"]),
            (&["/r/é", "/r/é/c.md"], &["é/c.md"]),
            (&["/other/a"], &[]),
            (&["/r"], &all),
            (&["/"], &all),
        ] {
            let scope = scope(places);
            let mut map: BTreeMap<_, _> =
                all.iter().map(|it| (FilePath::from(*it), 0)).collect();
            let taken = scope.take(Path::new("/r"), &mut map);
            let mut wanted: Vec<_> =
                wanted.iter().map(|it| FilePath::from(*it)).collect();
            wanted.sort();
            assert!(taken.keys().eq(&wanted), "{places:?}: {taken:?}");
            let held = |it: &FilePath| scope.holds(&Path::new("/r").join(it.as_str()));
            assert!(taken.keys().all(held) && !map.keys().any(held));
        }
    }

    #[test]
    fn a_rule_of_what_belongs_concerns_everything() {
        assert_eq!(scope(&["/r/a.md", "/r/b/.gitignore"]), Scope::All);
        let many = (0..=MANY).map(|it| PathBuf::from(format!("/r/{it}")));
        let mut scope = Scope::none();
        many.for_each(|it| scope.add(it));
        assert_eq!(scope, Scope::All);
    }
}
