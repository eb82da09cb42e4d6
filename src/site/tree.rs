//! The order in which the notes are read, and what lies below what.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::note::card::Card;
use crate::path::{FilePath, Route, route_of_folder};

/// The order of the notes: the folders, or what a `SUMMARY.md` says.
#[derive(Debug, Default)]
pub struct Tree {
    /// All entries; the first is the root.
    nodes: Vec<Node>,
    folders: BTreeMap<FilePath, Folder>,
    notes: BTreeMap<FilePath, usize>,
    /// The entries with a note, in reading order.
    order: Vec<usize>,
    /// Where in the order each entry stands.
    places: BTreeMap<usize, usize>,
}

/// An entry of the tree: a note, a folder, a title between notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub label: String,
    /// Its page; none for a title between notes.
    pub route: Option<Route>,
    /// Its note, if it has one.
    pub note: Option<FilePath>,
    /// The entry above it.
    pub parent: Option<usize>,
    /// The entries below it, in order.
    pub children: Vec<usize>,
}

/// A folder that has notes in it or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its page.
    pub route: Route,
    /// The note that speaks for it.
    pub note: Option<FilePath>,
    /// Its entry.
    pub node: usize,
}

/// A line of a `SUMMARY.md`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The text of the line.
    pub label: String,
    /// The note that it links to; none for a title and for a note yet to be written.
    pub note: Option<FilePath>,
    /// How deep it lies; 0 is the top.
    pub depth: usize,
}

impl Tree {
    /// The tree of the folders, or of a summary and then what it leaves out.
    pub fn of(
        src: &FilePath,
        cards: &[Arc<Card>],
        summary: Option<Vec<Entry>>,
        title: &str,
    ) -> Self {
        let mut tree = Self::default();
        tree.add_folders(src, cards, title);
        match summary {
            Some(entries) => tree.follow(entries, cards),
            None => tree.sort_folders(cards),
        }
        tree.number();
        tree
    }

    /// The entry of a note.
    pub fn note(&self, path: &FilePath) -> Option<usize> {
        self.notes.get(path).copied()
    }

    /// The folder of a path, if it has notes in it or below it.
    pub fn folder(&self, path: &FilePath) -> Option<&Folder> {
        self.folders.get(path)
    }

    /// The folders that have notes, by path.
    pub fn folders(&self) -> impl Iterator<Item = (&FilePath, &Folder)> {
        self.folders.iter()
    }

    /// An entry.
    pub fn node(&self, index: usize) -> &Node {
        &self.nodes[index]
    }

    /// The entries from the root down to one, itself the last.
    pub fn trail(&self, index: usize) -> Vec<usize> {
        let mut trail = vec![index];
        while let Some(parent) = self.nodes[trail[trail.len() - 1]].parent {
            trail.push(parent);
        }
        trail.reverse();
        trail
    }

    /// The notes before and after an entry, in reading order.
    pub fn around(&self, index: usize) -> (Option<&Node>, Option<&Node>) {
        let Some(place) = self.places.get(&index) else { return (None, None) };
        let at = |place: Option<usize>| {
            place.and_then(|it| self.order.get(it)).map(|it| &self.nodes[*it])
        };
        (at(place.checked_sub(1)), at(Some(place + 1)))
    }

    fn add(&mut self, node: Node) -> usize {
        let index = self.nodes.len();
        if let Some(path) = &node.note {
            self.notes.insert(path.clone(), index);
        }
        self.nodes.push(node);
        index
    }

    fn add_folders(&mut self, src: &FilePath, cards: &[Arc<Card>], title: &str) {
        self.add_folder(src, src, title);
        for card in cards {
            self.add_folder(src, &card.path.folder(), title);
        }
        for card in cards.iter().filter(|it| it.path.is_index()) {
            let Some(folder) = self.folders.get_mut(&card.path.folder()) else {
                continue;
            };
            // `index.md` before `README.md` where a folder has both.
            if folder.note.as_ref().is_none_or(|it| rank(&card.path) < rank(it)) {
                folder.note = Some(card.path.clone());
                folder.route = card.route.clone();
            }
        }
        let speakers: Vec<_> = self
            .folders
            .values()
            .map(|it| (it.node, it.route.clone(), it.note.clone()))
            .collect();
        let titles: BTreeMap<&FilePath, &str> =
            cards.iter().map(|it| (&it.path, &*it.title)).collect();
        for (node, route, note) in speakers {
            self.nodes[node].route = Some(route);
            if let Some(note) = note {
                if let (Some(label), false) = (titles.get(&note), node == 0) {
                    (*label).clone_into(&mut self.nodes[node].label);
                }
                self.notes.insert(note.clone(), node);
                self.nodes[node].note = Some(note);
            }
        }
        for card in cards {
            if !self.notes.contains_key(&card.path) {
                let parent = self.folders.get(&card.path.folder()).map(|it| it.node);
                let index = self.add(leaf(card, parent));
                self.nodes[parent.unwrap_or(0)].children.push(index);
            }
        }
    }

    fn add_folder(&mut self, src: &FilePath, path: &FilePath, title: &str) -> usize {
        if let Some(folder) = self.folders.get(path) {
            return folder.node;
        }
        let parent = (path != src).then(|| self.add_folder(src, &path.folder(), title));
        let label = if parent.is_some() { named(path.name()) } else { title.to_owned() };
        let node = self.add(Node {
            label,
            route: None,
            note: None,
            parent,
            children: Vec::new(),
        });
        if let Some(parent) = parent {
            self.nodes[parent].children.push(node);
        }
        let route = route_of_folder(path, src);
        self.folders.insert(path.clone(), Folder { route, note: None, node });
        node
    }

    /// Sorts each folder by `order`, then name; numbers in names count by their value.
    fn sort_folders(&mut self, cards: &[Arc<Card>]) {
        let orders: BTreeMap<&FilePath, i64> =
            cards.iter().filter_map(|it| Some((&it.path, it.meta.order?))).collect();
        let mut names: Vec<String> = vec![String::new(); self.nodes.len()];
        for (path, folder) in &self.folders {
            names[folder.node] = path.name().to_lowercase();
        }
        for (path, node) in &self.notes {
            if names[*node].is_empty() {
                names[*node] = path.stem().to_lowercase();
            }
        }
        let order =
            |node: &Node| node.note.as_ref().and_then(|it| orders.get(it).copied());
        for index in 0..self.nodes.len() {
            let mut children = std::mem::take(&mut self.nodes[index].children);
            children.sort_by(|a, b| {
                let key = |it: usize| order(&self.nodes[it]).unwrap_or(i64::MAX);
                key(*a).cmp(&key(*b)).then_with(|| natural(&names[*a], &names[*b]))
            });
            self.nodes[index].children = children;
        }
    }

    /// Puts the entries into the order of a summary; notes that it leaves out come
    /// after it.
    fn follow(&mut self, entries: Vec<Entry>, cards: &[Arc<Card>]) {
        let folders = std::mem::take(&mut self.nodes);
        self.notes.clear();
        let root = folders.into_iter().next();
        self.nodes.extend(root.map(|it| Node { children: Vec::new(), ..it }));
        if let Some(note) = self.nodes.first().and_then(|it| it.note.clone()) {
            self.notes.insert(note, 0);
        }
        let by_path: BTreeMap<&FilePath, &Arc<Card>> =
            cards.iter().map(|it| (&it.path, it)).collect();
        let mut above: Vec<usize> = vec![0];
        for entry in entries {
            above.truncate(entry.depth + 1);
            let parent = above[above.len() - 1];
            let card = entry.note.as_ref().and_then(|it| by_path.get(it));
            if card.is_some_and(|it| self.notes.contains_key(&it.path)) {
                continue;
            }
            let index = self.add(Node {
                label: entry.label,
                route: card.map(|it| it.route.clone()),
                note: card.map(|it| it.path.clone()),
                parent: Some(parent),
                children: Vec::new(),
            });
            self.nodes[parent].children.push(index);
            above.push(index);
        }
        for card in cards {
            if !self.notes.contains_key(&card.path) {
                let index = self.add(leaf(card, Some(0)));
                self.nodes[0].children.push(index);
            }
        }
        for folder in self.folders.values_mut() {
            let note = folder.note.as_ref().and_then(|it| self.notes.get(it));
            folder.node = note.copied().unwrap_or(0);
        }
    }

    fn number(&mut self) {
        let mut stack = if self.nodes.is_empty() { Vec::new() } else { vec![0] };
        while let Some(index) = stack.pop() {
            if self.nodes[index].note.is_some() {
                self.places.insert(index, self.order.len());
                self.order.push(index);
            }
            stack.extend(self.nodes[index].children.iter().rev());
        }
    }
}

/// A folder's name as a title: `model-cards` is `Model cards`.
fn named(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let mut letters = spaced.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn leaf(card: &Card, parent: Option<usize>) -> Node {
    Node {
        label: card.title.clone(),
        route: Some(card.route.clone()),
        note: Some(card.path.clone()),
        parent,
        children: Vec::new(),
    }
}

/// Which of two notes speaks for their folder: the lower one.
fn rank(path: &FilePath) -> (usize, &str) {
    let stem = path.stem().to_lowercase();
    let rank = ["index", "_index"].iter().position(|it| *it == stem).unwrap_or(2);
    (rank, path.name())
}

/// Compares two names; digits within them count as numbers.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (a_part, b_part) = (part(a_rest), part(b_rest));
        if a_part.is_empty() || b_part.is_empty() {
            return a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b));
        }
        let digits = |it: &str| it.starts_with(|it: char| it.is_ascii_digit());
        let order = if digits(a_part) && digits(b_part) {
            let number = |it: &str| it.trim_start_matches('0').to_owned();
            let (a_number, b_number) = (number(a_part), number(b_part));
            a_number.len().cmp(&b_number.len()).then_with(|| a_number.cmp(&b_number))
        } else {
            a_part.cmp(b_part)
        };
        if order != Ordering::Equal {
            return order;
        }
        a_rest = &a_rest[a_part.len()..];
        b_rest = &b_rest[b_part.len()..];
    }
}

/// The digits, or all but digits, at the beginning.
fn part(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let digits = first.is_ascii_digit();
    let end = text.find(|it: char| it.is_ascii_digit() != digits).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_by_their_value() {
        let mut names = ["10-b", "2-a", "a", "02-a", "1"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["1", "02-a", "2-a", "10-b", "a"]);
    }
}
