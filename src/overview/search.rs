//! The page of the search, for links to what it finds.

use serde::Serialize;

use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::path::Route;

/// The page of the search. A script fills it in; without one it says how to get on.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SearchPage {}

/// The page, where there is a search.
pub(super) fn page(ground: &Ground<'_>) -> Option<(Route, Overview)> {
    let overview = || Overview {
        title: Title::Word("search"),
        above: None,
        listed: false,
        content: Hashed::new(Content::Search(SearchPage {})),
    };
    let is_wanted = ground.config.search.enabled;
    is_wanted.then(|| (Route::page("search"), overview()))
}
