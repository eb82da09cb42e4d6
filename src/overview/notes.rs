//! The lists of notes: all of them by their sections, those of each tag, and those that
//! link to a note of which its page has room for a few, in pages of a bounded size.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lists::{self, Lists};
use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::note::slug::slug;
use crate::note::status::Status;
use crate::path::{FilePath, Route};
use crate::site::Site;
use crate::site::tree::Tree;

/// How many notes, or tags, a page lists.
pub(super) const PAGE: usize = 500;

/// A page of a list of notes.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NotesPage {
    /// How many notes the whole list has.
    pub total: usize,
    /// The notes of this page, by their sections.
    pub sections: Vec<Section>,
    /// The pages of the list.
    pub pages: Pages,
}

/// Notes of one section.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Section {
    /// Its id on the page; empty for a title between notes.
    pub id: String,
    /// The way down to it: `Systems / Design`.
    pub label: String,
    /// Where it is; empty for a title between notes.
    pub url: String,
    /// Its notes.
    pub notes: Vec<Row>,
}

/// A note in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Row {
    /// Its title.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// Its kind; empty if it says none.
    pub kind: String,
    /// Its status as it is written; empty if it says none.
    pub status: String,
    /// Its status in the vocabulary, for a class; empty if there is none.
    pub status_key: &'static str,
    /// Its owners.
    pub owners: Vec<String>,
    /// The last day on which something was done to it, as ISO 8601 writes it; empty if
    /// it says none.
    pub day: String,
}

/// A page of the tags of the site.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TagsPage {
    /// The tags, each with how many notes have it.
    pub tags: Vec<Tag>,
    /// The pages of the list.
    pub pages: Pages,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Tag {
    /// Its name.
    pub label: String,
    /// Where its notes are listed.
    pub url: String,
    /// How many notes have it.
    pub count: usize,
}

/// The pages of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Pages {
    /// Where the first is.
    pub url: String,
    /// How many there are.
    pub count: usize,
    /// The number of this one, from 1.
    pub number: usize,
    /// Those around this one, with the first and the last; none where there is but one.
    pub shown: Vec<(usize, String)>,
}

/// A note with its section, in reading order.
pub(super) type Placed<'a> = (usize, &'a Card);

/// A tag, and the notes that have it by their places in the list of all.
type Tagged = (Tag, Vec<usize>);

/// The pages of all notes, and of tags where notes have some.
pub(super) fn pages(ground: &Ground<'_>, lists: &mut Lists) -> Vec<(Route, Overview)> {
    let site = ground.site;
    let all = in_order(site);
    let mut pages = Vec::new();
    if all.len() > 1
        && let Some(base) = free(site, &["notes", "all-notes"])
    {
        list(site, &mut pages, base, &all, &Title::Word("all-notes"), None);
        lists.all = Some(Route::page(base));
        lists.sections = lists::sections(site, &all, base);
        lists.linking = lists::linking(site, &mut pages, &all, base);
    }
    let Some(base) = free(site, &["tags", "all-tags"]) else { return pages };
    let tagged = tagged(&all, base);
    let above = Route::page(base);
    for (name, (tag, places)) in &tagged {
        let notes: Vec<_> = places.iter().map(|it| all[*it]).collect();
        let title = Title::Name(tag.label.clone());
        list(site, &mut pages, &tag.url, &notes, &title, Some(&above));
        lists.tags.insert(name.clone(), Route::page(&tag.url));
    }
    index(&mut pages, base, &tagged);
    lists.all_tags = (!tagged.is_empty()).then_some(above);
    pages
}

/// The first of some folders in which no note lies.
fn free(site: &Site, names: &[&'static str]) -> Option<&'static str> {
    let first = |route: &Route| route.as_str().split('/').next().map(str::to_lowercase);
    let cards = site.cards.values().map(|it| first(&it.route));
    let taken: Vec<_> =
        cards.chain(site.tree.folders().map(|(_, it)| first(&it.route))).collect();
    names.iter().find(|name| !taken.contains(&Some((**name).to_owned()))).copied()
}

/// The tags of all notes by their names in lower case. A tag with a `/` counts for the
/// one before it too, as in Obsidian.
fn tagged(all: &[Placed<'_>], base: &str) -> BTreeMap<String, Tagged> {
    let mut tags: BTreeMap<String, Tagged> = BTreeMap::new();
    for (place, (_, card)) in all.iter().enumerate() {
        for label in card.meta.tags.iter().flat_map(|it| steps(it)) {
            let (tag, places) = tags.entry(label.to_lowercase()).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
            if tag.label.is_empty() {
                label.clone_into(&mut tag.label);
            }
        }
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (name, (tag, places)) in &mut tags {
        // Punctuation has no place in an address: `c++` and `c#` are both `c`.
        let slug = Some(slug(&name.replace('/', "-"))).filter(|it| !it.is_empty());
        let slug = slug.unwrap_or_else(|| "tag".to_owned());
        let count = used.entry(slug.clone()).or_default();
        *count += 1;
        tag.url = match *count {
            1 => format!("{base}/{slug}"),
            more => format!("{base}/{slug}~{more}"),
        };
        tag.count = places.len();
    }
    tags
}

/// A tag and those above it: `a/b` and `a`.
fn steps(tag: &str) -> impl Iterator<Item = &str> {
    let tag = tag.trim().trim_start_matches('#').trim_matches('/');
    let ends = tag.match_indices('/').map(|(at, _)| at).chain([tag.len()]);
    ends.map(|end| &tag[..end]).filter(|it| !it.is_empty())
}

/// The notes of a site, section by section.
fn in_order(site: &Site) -> Vec<Placed<'_>> {
    let tree = &site.tree;
    let mut notes = Vec::new();
    // The first entry of the tree is the root.
    let mut open = if site.cards.is_empty() { Vec::new() } else { vec![0] };
    while let Some(section) = open.pop() {
        let node = tree.node(section);
        let (inner, leaves): (Vec<usize>, Vec<usize>) =
            node.children.iter().partition(|it| !tree.node(**it).children.is_empty());
        for index in [section].into_iter().chain(leaves) {
            let path: Option<&FilePath> = tree.node(index).note.as_ref();
            notes.extend(path.and_then(|it| site.card(it)).map(|it| (section, &**it)));
        }
        open.extend(inner.into_iter().rev());
    }
    notes
}

/// Adds the pages of a list of notes.
pub(super) fn list(
    site: &Site,
    pages: &mut Vec<(Route, Overview)>,
    base: &str,
    notes: &[Placed<'_>],
    title: &Title,
    above: Option<&Route>,
) {
    let (total, count) = (notes.len(), notes.len().div_ceil(PAGE));
    for (at, notes) in notes.chunks(PAGE).enumerate() {
        let sections = notes.chunk_by(|a, b| a.0 == b.0);
        let content = NotesPage {
            total,
            sections: sections.map(|it| section(&site.tree, it)).collect(),
            pages: around(base, at + 1, count),
        };
        pages.push((
            page(base, at + 1),
            Overview {
                title: title.clone(),
                above: above.cloned().or_else(|| (at > 0).then(|| page(base, 1))),
                listed: above.is_none() && at == 0,
                content: Hashed::new(Content::Notes(content)),
            },
        ));
    }
}

/// Adds the pages that list the tags.
fn index(
    pages: &mut Vec<(Route, Overview)>,
    base: &str,
    tags: &BTreeMap<String, Tagged>,
) {
    let all: Vec<Tag> = tags
        .values()
        .map(|(it, _)| Tag { url: Route::page(&it.url).encoded(), ..it.clone() })
        .collect();
    for (at, tags) in all.chunks(PAGE).enumerate() {
        let content = TagsPage {
            tags: tags.to_vec(),
            pages: around(base, at + 1, all.len().div_ceil(PAGE)),
        };
        pages.push((
            page(base, at + 1),
            Overview {
                title: Title::Word("fact-tags"),
                above: (at > 0).then(|| page(base, 1)),
                listed: at == 0,
                content: Hashed::new(Content::Tags(content)),
            },
        ));
    }
}

/// A page of a list. A number alone may be the name of a tag.
pub(super) fn page(base: &str, number: usize) -> Route {
    match number {
        1 => Route::page(base),
        _ => Route::page(&format!("{base}/~{number}")),
    }
}

/// The pages around one, with the first and the last.
fn around(base: &str, number: usize, count: usize) -> Pages {
    let near = |it: &usize| *it == 1 || *it == count || it.abs_diff(number) < 4;
    let shown = (1..=count).filter(|it| count > 1 && near(it));
    Pages {
        url: page(base, 1).encoded(),
        count,
        number,
        shown: shown.map(|it| (it, page(base, it).encoded())).collect(),
    }
}

fn section(tree: &Tree, notes: &[Placed<'_>]) -> Section {
    let index = notes[0].0;
    let trail = tree.trail(index);
    let labels = trail.iter().skip(usize::from(trail.len() > 1));
    let labels: Vec<&str> = labels.map(|it| tree.node(*it).label.as_str()).collect();
    let route = tree.node(index).route.as_ref();
    Section {
        id: route.map_or_else(String::new, lists::id),
        label: labels.join(" / "),
        url: route.map_or_else(String::new, Route::encoded),
        notes: notes.iter().map(|it| row(it.1)).collect(),
    }
}

fn row(card: &Card) -> Row {
    let meta = &card.meta;
    let status_key = meta.status.map_or("", Status::name);
    Row {
        label: card.title.clone(),
        url: card.route.encoded(),
        kind: meta.kind.clone().unwrap_or_default(),
        status: meta.status_raw.clone().unwrap_or_else(|| status_key.to_owned()),
        status_key,
        owners: meta.owners.clone(),
        day: meta.newest().map_or_else(String::new, |it| it.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_counts_for_those_above_it() {
        assert_eq!(steps("#a/b/c").collect::<Vec<_>>(), ["a", "a/b", "a/b/c"]);
        assert_eq!(steps("/").count(), 0);
    }

    #[test]
    fn of_many_pages_those_around_one_are_shown() {
        let numbers = |number: usize, count: usize| -> Vec<usize> {
            around("notes", number, count).shown.into_iter().map(|it| it.0).collect()
        };
        assert!(numbers(1, 1).is_empty());
        assert_eq!(numbers(2, 3), [1, 2, 3]);
        assert_eq!(numbers(10, 20), [1, 7, 8, 9, 10, 11, 12, 13, 20]);
    }
}
