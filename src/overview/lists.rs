//! Where notes are listed whole of which a page shows a few.

use std::collections::{BTreeMap, BTreeSet};

use super::notes::{PAGE, Placed, list, page};
use super::{Overview, Title};
use crate::path::{FilePath, Route};
use crate::site::Site;
use crate::site::resolve::encoded_fragment;

/// How many notes the page of a section lists.
pub const CHILDREN: usize = 200;

/// How many notes that link to a page are shown on it.
pub const BACKLINKS: usize = 8;

/// Where notes are listed whole.
#[derive(Debug, Default)]
pub struct Lists {
    /// All notes.
    pub all: Option<Route>,
    /// All tags.
    pub all_tags: Option<Route>,
    /// The notes of each tag, by its name in lower case.
    pub tags: BTreeMap<String, Route>,
    /// The notes that link to a note, by its file, where they are more than its page
    /// shows.
    pub linking: BTreeMap<FilePath, Route>,
    /// Where the notes of a section begin in the list of all, by its node in the tree,
    /// where they are more than its page shows: a page, and `#` with a place on it.
    pub sections: BTreeMap<usize, (Route, String)>,
}

/// The id of a section in a list of notes. A folder may have the name of another id.
pub(super) fn id(route: &Route) -> String {
    format!("in/{}", route.address().trim_end_matches('/'))
}

/// Where the notes of long sections begin in the list of all.
pub(super) fn sections(
    site: &Site,
    all: &[Placed<'_>],
    base: &str,
) -> BTreeMap<usize, (Route, String)> {
    let mut begins = BTreeMap::new();
    for (place, (section, _)) in all.iter().enumerate() {
        let Some(route) = &site.tree.node(*section).route else { continue };
        // A section without a note of its own begins with the first below it.
        for above in site.tree.trail(*section) {
            if site.tree.node(above).children.len() > CHILDREN {
                let fragment = || format!("#{}", encoded_fragment(&id(route)));
                let begin = || (page(base, place / PAGE + 1), fragment());
                begins.entry(above).or_insert_with(begin);
            }
        }
    }
    begins
}

/// Adds the pages of the notes that link to a note with many of them.
pub(super) fn linking(
    site: &Site,
    pages: &mut Vec<(Route, Overview)>,
    all: &[Placed<'_>],
    base: &str,
) -> BTreeMap<FilePath, Route> {
    let mut routes = BTreeMap::new();
    let above = Route::page(base);
    let places: BTreeMap<&FilePath, usize> =
        all.iter().enumerate().map(|(place, (_, card))| (&card.path, place)).collect();
    for (_, card) in all {
        let backlinks = site.backlinks.get(&card.path).map_or(&[][..], |it| it);
        let from: BTreeSet<usize> =
            backlinks.iter().filter_map(|it| places.get(&it.from).copied()).collect();
        if from.len() <= BACKLINKS {
            continue;
        }
        let notes: Vec<_> = from.into_iter().map(|it| all[it]).collect();
        let own = format!("{base}/to/{}", card.route.address());
        let own = own.trim_end_matches('/');
        let title = Title::About { word: "linking", name: card.title.clone() };
        list(site, pages, own, &notes, &title, Some(&above));
        routes.insert(card.path.clone(), Route::page(own));
    }
    routes
}
