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

    /// Takes out of a map what is looked at.
    pub(super) fn take<T>(
        &self,
        root: &Path,
        map: &mut BTreeMap<FilePath, T>,
    ) -> BTreeMap<FilePath, T> {
        match self {
            Self::All => std::mem::take(map),
            Self::Below(_) => map
                .extract_if(.., |path, _| self.holds(&root.join(path.as_str())))
                .collect(),
        }
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
    fn a_rule_of_what_belongs_concerns_everything() {
        assert_eq!(scope(&["/r/a.md", "/r/b/.gitignore"]), Scope::All);
        let many = (0..=MANY).map(|it| PathBuf::from(format!("/r/{it}")));
        let mut scope = Scope::none();
        many.for_each(|it| scope.add(it));
        assert_eq!(scope, Scope::All);
    }
}
