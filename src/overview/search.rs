//! The page of the search, for links to what it finds.

use serde::Serialize;

use super::lists::Lists;
use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::path::Route;

/// The page of the search. A script fills it in; without one it says how to get on.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SearchPage {
    /// Where all notes are listed; empty if they are not.
    pub notes: String,
    /// Where all tags are listed; empty if they are not.
    pub tags: String,
}

/// The page, where there is a search.
pub(super) fn page(ground: &Ground<'_>, lists: &Lists) -> Option<(Route, Overview)> {
    let place = |it: &Option<Route>| it.as_ref().map_or_else(String::new, Route::encoded);
    let (notes, tags) = (place(&lists.all), place(&lists.all_tags));
    let overview = || Overview {
        title: Title::Word("search"),
        above: None,
        listed: false,
        content: Hashed::new(Content::Search(SearchPage { notes, tags })),
    };
    let is_wanted = ground.config.search.enabled;
    is_wanted.then(|| (Route::page("search"), overview()))
}
