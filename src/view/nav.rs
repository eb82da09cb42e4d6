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

/// The entries below the root, those on the way to a page opened.
pub fn items(tree: &Tree, index: usize, page: &Route) -> Vec<NavItem> {
    let trail = tree.trail(index);
    level(tree, &trail, 0, page).0
}

/// The entries below the one at a depth of the trail, and how many are left out.
fn level(
    tree: &Tree,
    trail: &[usize],
    depth: usize,
    page: &Route,
) -> (Vec<NavItem>, usize) {
    let children = &tree.node(trail[depth]).children;
    let next = trail.get(depth + 1).copied();
    let at = next.and_then(|it| children.iter().position(|child| *child == it));
    let shown = window(children.len(), at.unwrap_or(0));
    let left_out = children.len() - shown.len();
    let items = children[shown]
        .iter()
        .map(|child| {
            let node = tree.node(*child);
            let open = Some(*child) == next;
            let (below, more) =
                if open { level(tree, trail, depth + 1, page) } else { (Vec::new(), 0) };
            NavItem {
                label: node.label.clone(),
                href: node.route.as_ref().map_or_else(String::new, |it| page.href_to(it)),
                current: open && depth + 2 == trail.len(),
                parent: !node.children.is_empty(),
                children: below,
                more,
            }
        })
        .collect();
    (items, left_out)
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
