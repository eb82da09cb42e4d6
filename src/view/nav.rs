//! The navigation of a page: the way down to it, its siblings and children.

use crate::path::Route;
use crate::site::tree::Tree;
use crate::view::{NavItem, Reference};

/// How many entries of one level are shown, so that no page grows with the site.
const LEVEL: usize = 24;

/// How many entries all levels may show together, the deepest served first.
const ALL: usize = 29;

/// How many entries of a level are shown, however many there are below it.
const LEAST: usize = 8;

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
    let trail = tree.trail(index);
    let lens: Vec<usize> = trail.iter().map(|it| tree.node(*it).children.len()).collect();
    item(tree, &trail, &shares(&lens), page)
}

/// How many entries each level shows, of the lengths of the levels from the root down.
fn shares(lens: &[usize]) -> Vec<usize> {
    let mut left = ALL;
    let mut shares: Vec<usize> = Vec::with_capacity(lens.len());
    for (at, len) in lens.iter().enumerate().rev() {
        // A level leaves to those above it what they show whatever comes.
        let above: usize = lens[..at].iter().map(|it| LEAST.min(*it)).sum();
        let most = left.saturating_sub(above).clamp(LEAST, LEVEL);
        shares.push(most.min(*len));
        left = left.saturating_sub(most.min(*len));
    }
    shares.reverse();
    shares
}

/// The first entry of a trail, with those below it of which each level has its share.
fn item(tree: &Tree, trail: &[usize], shares: &[usize], page: &Route) -> NavItem {
    let next = trail.get(1).copied();
    let children = &tree.node(trail[0]).children;
    let at = next.and_then(|it| children.iter().position(|child| *child == it));
    let shown = window(children.len(), at.unwrap_or(0), shares[0]);
    let below = children[shown.clone()].iter().map(|child| {
        if Some(*child) == next {
            item(tree, &trail[1..], &shares[1..], page)
        } else {
            closed(tree, *child, page)
        }
    });
    NavItem {
        current: next.is_none(),
        children: below.collect(),
        more: children.len() - shown.len(),
        ..closed(tree, trail[0], page)
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
fn window(len: usize, at: usize, share: usize) -> std::ops::Range<usize> {
    let start = at.saturating_sub(share / 2).min(len.saturating_sub(share));
    start..len.min(start + share)
}

#[cfg(test)]
mod tests {
    use super::{ALL, LEAST, shares, window};

    #[test]
    fn a_level_shows_the_entries_around_the_page() {
        assert_eq!(window(10, 3, 24), 0..10);
        assert_eq!(window(1000, 500, 24), 488..512);
        assert_eq!(window(1000, 999, 24), 976..1000);
    }

    #[test]
    fn the_deepest_level_is_served_first() {
        // A site whose levels are short shows all of them.
        assert_eq!(shares(&[9, 20]), [9, 20]);
        assert_eq!(shares(&[20, 8, 0]), [20, 8, 0]);
        assert_eq!(shares(&[7, 80]), [7, 22]);
        // What a long level takes, the levels above it lack.
        assert_eq!(shares(&[100, 22]), [8, 21]);
        assert_eq!(shares(&[100, 100, 100]), [8, 8, 13]);
    }

    #[test]
    fn however_deep_a_page_lies_its_navigation_is_bounded() {
        for depth in 1..20 {
            let shown: usize = shares(&vec![1000; depth]).iter().sum();
            assert!(shown <= ALL.max(depth * LEAST), "{shown} at {depth}");
        }
    }
}
