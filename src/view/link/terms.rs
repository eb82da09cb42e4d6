//! The terms of a page whose first use becomes a link.

use super::Lookup;
use crate::glossary;
use crate::note::card::Card;
use crate::path::Route;
use crate::site::resolve::encoded_fragment;
use crate::view::body::{Address, TermLink};

/// The terms that a note names, but for those that it links to by itself, and those of
/// its own page.
pub(super) fn links(
    lookup: &Lookup<'_>,
    card: &Card,
    page: &Route,
    addresses: &[Address],
) -> Vec<TermLink> {
    if !glossary::is_linked(lookup.config, card) {
        return Vec::new();
    }
    let used = lookup.uses.get(&card.path).into_iter().flat_map(|it| it.iter().copied());
    used.filter(|it| lookup.glossary.entries[*it].route != *page)
        .map(|index| {
            let entry = &lookup.glossary.entries[index];
            let mut href = page.href_to(&entry.route);
            if !entry.term.anchor.is_empty() {
                href = format!("{href}#{}", encoded_fragment(&entry.term.anchor));
            }
            let names = lookup.glossary.names_of(index).map(str::to_owned).collect();
            TermLink { names, href, title: entry.term.definition.clone() }
        })
        .filter(|link| addresses.iter().all(|it| it.href != link.href))
        .collect()
}
