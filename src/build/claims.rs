//! Which page and which file has which place in the site.

use std::collections::BTreeMap;

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::output::{Content, Output};
use crate::path::{FilePath, Route, route_of_file};
use crate::project::Project;
use crate::view::link::Lookup;

/// Which page and which file has which place in the site.
pub(super) struct Claims {
    /// What each page is made for.
    pub(super) pages: BTreeMap<Route, Claim>,
    /// The files that are copied, by where to.
    pub(super) files: Output,
}

/// What a page is made for.
pub(super) enum Claim {
    /// A note.
    Note(FilePath),
    /// A folder without a note of its own.
    Section(FilePath),
    /// What many notes say together.
    Overview,
    /// Addresses that do not exist.
    NotFound,
}

impl Claims {
    /// Gives each page and file its place. Two that want one place are told; the first
    /// has it, and notes come before files.
    pub(super) fn of(lookup: &Lookup<'_>, project: &Project) -> Checked<Self> {
        let mut told = Vec::new();
        let site = lookup.site;
        let mut pages: BTreeMap<Route, Claim> = BTreeMap::new();
        let mut register = Register::default();
        for card in site.cards.values() {
            if register.enter(&card.route, &card.path, &mut told) {
                pages.insert(card.route.clone(), Claim::Note(card.path.clone()));
            }
        }
        for (path, folder) in site.tree.folders().filter(|(_, it)| it.note.is_none()) {
            let section = || Claim::Section(path.clone());
            pages.entry(folder.route.clone()).or_insert_with(section);
        }
        for route in lookup.overviews.pages.keys() {
            pages.entry(route.clone()).or_insert(Claim::Overview);
        }
        pages.entry(Route::new("404.html")).or_insert(Claim::NotFound);
        let files = project.assets().filter_map(|(path, _)| {
            let route = route_of_file(path, &project.src);
            let is_free = register.enter(&route, path, &mut told);
            is_free.then(|| (route, Content::Copy(path.clone())))
        });
        let files = files.collect();
        Checked { value: Self { pages, files }, diagnostics: told }
    }

    /// Whether a place is still free.
    pub(super) fn is_free(&self, route: &Route) -> bool {
        !self.pages.contains_key(route) && !self.files.contains_key(route)
    }

    /// The notes that have a page, in the order of their pages.
    pub(super) fn notes(&self) -> impl Iterator<Item = &FilePath> {
        self.pages.values().filter_map(|it| match it {
            Claim::Note(path) => Some(path),
            _ => None,
        })
    }
}

/// The places that are taken, in lower case: some file systems do not mind case.
#[derive(Default)]
struct Register {
    files: BTreeMap<String, FilePath>,
    folders: BTreeMap<String, FilePath>,
}

impl Register {
    /// Whether a file may have a place; tells why not.
    fn enter(
        &mut self,
        route: &Route,
        path: &FilePath,
        told: &mut Vec<Diagnostic>,
    ) -> bool {
        if let Some(part) = route.as_str().split('/').find(|it| it.len() > LONGEST) {
            let start: String = part.chars().take(20).collect();
            let message =
                format!("`{start}…` is longer than the {LONGEST} bytes of a file's name");
            told.push(
                Diagnostic::new(Rule::BadValue, Span::new(path, 0..0), message)
                    .hint("give the note a shorter name or `slug`"),
            );
            return false;
        }
        let place = route.as_str().to_lowercase();
        let above = || place.match_indices('/').map(|(at, _)| &place[..at]);
        let owner = self
            .files
            .get(&place)
            .or_else(|| self.folders.get(&place))
            .or_else(|| above().find_map(|folder| self.files.get(folder)));
        if let Some(owner) = owner {
            told.push(taken(route, path, owner));
            return false;
        }
        for folder in above() {
            self.folders.entry(folder.to_owned()).or_insert_with(|| path.clone());
        }
        self.files.insert(place, path.clone());
        true
    }
}

/// The most bytes of a file's name that the common file systems take.
const LONGEST: usize = 255;

fn taken(route: &Route, path: &FilePath, owner: &FilePath) -> Diagnostic {
    let message = format!("`{owner}` has the same address, `/{}`", route.address());
    Diagnostic::new(Rule::DuplicateAddress, Span::new(path, 0..0), message)
        .hint("rename one of them, or give one a `slug` in its front matter")
        .also(Span::new(owner, 0..0), "the other one")
}
