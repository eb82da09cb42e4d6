//! The navigation of a page: the way down to it, its siblings and children.

use crate::path::Route;
use crate::site::tree::Tree;
use crate::view::{NavItem, Reference};

/// How many entries of one level are shown, so that no page grows with the site.
const LEVEL: usize = 24;

/// The way from the root down to an entry, itself left out.
pub fn crumbs(tree: &Tree, index: usize, page: &Route) -> Vec<Reference> {
    let trail = tree.trail(index);
    trail[..trail.len() - 1]
        .iter()
        .filter_map(|it| {
            let node = tree.node(*it);
            let href = page.href_to(node.route.as_ref()?);
            Some(Reference { label: node.label.clone(), href })
        })
        .collect()
}

/// The navigation from the root, opened on the way to an entry.
pub fn root(tree: &Tree, index: usize, page: &Route) -> NavItem {
    item(tree, &tree.trail(index), 0, page)
}

/// The entry at a depth of the trail, with those below it.
fn item(tree: &Tree, trail: &[usize], depth: usize, page: &Route) -> NavItem {
    let next = trail.get(depth + 1).copied();
    let children = &tree.node(trail[depth]).children;
    let at = next.and_then(|it| children.iter().position(|child| *child == it));
    let shown = window(children.len(), at.unwrap_or(0));
    let below = children[shown.clone()].iter().map(|child| {
        if Some(*child) == next {
            item(tree, trail, depth + 1, page)
        } else {
            closed(tree, *child, page)
        }
    });
    NavItem {
        current: next.is_none(),
        children: below.collect(),
        more: children.len() - shown.len(),
        ..closed(tree, trail[depth], page)
    }
}

/// An entry that is not on the way.
fn closed(tree: &Tree, index: usize, page: &Route) -> NavItem {
    let node = tree.node(index);
    NavItem {
        label: node.label.clone(),
        href: node.route.as_ref().map_or_else(String::new, |it| page.href_to(it)),
        parent: !node.children.is_empty(),
        ..NavItem::default()
    }
}

/// The entries around one, as many as a level shows.
fn window(len: usize, at: usize) -> std::ops::Range<usize> {
    let start = at.saturating_sub(LEVEL / 2).min(len.saturating_sub(LEVEL));
    start..len.min(start + LEVEL)
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn a_level_shows_the_entries_around_the_page() {
        assert_eq!(window(10, 3), 0..10);
        assert_eq!(window(1000, 500), 488..512);
        assert_eq!(window(1000, 999), 976..1000);
    }
}
