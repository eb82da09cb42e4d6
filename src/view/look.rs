//! Gathers what a page shows.

use std::sync::Arc;

use crate::diag::{Checked, Diagnostic};
use crate::memo::Digest;
use crate::note::Note;
use crate::note::card::Card;
use crate::note::status::Status;
use crate::overview::lists::{BACKLINKS, CHILDREN};
use crate::overview::{Overview, Title};
use crate::path::{FilePath, Route};
use crate::site::tree::Node;
use crate::view::card;
use crate::view::facts::{self, Facts};
use crate::view::link::{self, Lookup};
use crate::view::{
    BacklinkView, ChildView, ContentsItem, NavItem, PageKind, Reference, View, map, nav,
    relation, source,
};

/// Words that are read in a minute.
const PACE: usize = 220;

/// What the page of a note shows.
pub fn note(
    lookup: &Lookup<'_>,
    note: &Arc<Checked<Note>>,
    face: Digest,
) -> Checked<View> {
    let mut told: Vec<Diagnostic> = Vec::new();
    let card = &note.value.card;
    let mut view = blank(lookup, &card.route, face);
    let site = lookup.site;
    view.title.clone_from(&card.title);
    view.summary.clone_from(&card.summary);
    view.source = card.path.to_string();
    view.source_url = source::seen(lookup.config, &card.path).unwrap_or_default();
    view.edit_url = source::edited(lookup.config, &card.path).unwrap_or_default();
    view.minutes = note.value.words.div_ceil(PACE);
    view.facts = facts::of(lookup, card);
    view.banner = relation::banner(lookup, card);
    view.card = card::of(lookup, &note.value);
    view.contents = contents(card);
    (view.backlinks, view.more_backlinks) = backlinks(lookup, card);
    if let Some(list) = lookup.overviews.lists.linking.get(&card.path) {
        view.all_backlinks = card.route.href_to(list);
    }
    view.map = map::of(lookup, card);
    view.body = Some(link::body(lookup, note, &card.route, &mut told));
    relation::tell(lookup, note, &mut told);
    if let Some(index) = site.tree.note(&card.path) {
        place(&mut view, lookup, index);
        if site.tree.folder(&card.path.folder()).is_some_and(|it| it.node == index) {
            view.kind = PageKind::Section;
            list(&mut view, lookup, index);
        }
    }
    Checked { value: view, diagnostics: told }
}

/// What the page of a folder without a note of its own shows.
pub fn section(
    lookup: &Lookup<'_>,
    folder: &FilePath,
    route: &Route,
    face: Digest,
) -> View {
    let mut view = blank(lookup, route, face);
    view.kind = PageKind::Section;
    if let Some(section) = lookup.site.tree.folder(folder) {
        view.title.clone_from(&lookup.site.tree.node(section.node).label);
        list(&mut view, lookup, section.node);
        place(&mut view, lookup, section.node);
    }
    view
}

/// What an overview shows.
pub fn overview(lookup: &Lookup<'_>, route: &Route, face: Digest) -> View {
    let mut view = blank(lookup, route, face);
    let Some(overview) = lookup.overviews.pages.get(route) else { return view };
    view.kind = PageKind::Overview(overview.content.kind());
    view.title = titled(lookup, overview);
    view.overview = Some(overview.content.clone());
    place(&mut view, lookup, ROOT);
    (view.before, view.after) = (None, None);
    let home = lookup.site.tree.node(ROOT);
    let home = home.route.as_ref().map(|it| (it, home.label.clone()));
    let above = overview.above.as_ref().and_then(|above| {
        Some((above, titled(lookup, lookup.overviews.pages.get(above)?)))
    });
    let crumbs = home.into_iter().chain(above);
    view.crumbs =
        crumbs.map(|(to, label)| Reference { label, href: route.href_to(to) }).collect();
    view
}

/// The title of an overview in the language of the site.
fn titled(lookup: &Lookup<'_>, overview: &Overview) -> String {
    let word = |key: &'static str| lookup.words.get(key).map_or(key, String::as_str);
    match &overview.title {
        Title::Word(key) => word(key).to_owned(),
        Title::Name(name) => name.clone(),
        Title::About { word: key, name } => word(key).replace("TITLE", name),
    }
}

/// The first entry of the tree is the root.
const ROOT: usize = 0;

/// What is shown for an address that does not exist.
pub fn not_found(lookup: &Lookup<'_>, face: Digest) -> View {
    let mut view = blank(lookup, &Route::new("404.html"), face);
    view.kind = PageKind::NotFound;
    // It is shown at any depth, so what it refers to must not be relative.
    lookup.config.base_path().clone_into(&mut view.root);
    view
}

/// A page of which only its place is known.
pub fn blank(lookup: &Lookup<'_>, route: &Route, face: Digest) -> View {
    View {
        route: route.clone(),
        kind: PageKind::Page,
        root: "../".repeat(route.as_str().matches('/').count()),
        title: lookup.config.title().to_owned(),
        summary: String::new(),
        address: route.address().to_owned(),
        source: String::new(),
        source_url: String::new(),
        edit_url: String::new(),
        facts: Facts::default(),
        banner: None,
        card: None,
        crumbs: Vec::new(),
        nav: NavItem::default(),
        before: None,
        after: None,
        contents: Vec::new(),
        backlinks: Vec::new(),
        more_backlinks: 0,
        all_backlinks: String::new(),
        map: None,
        children: Vec::new(),
        more_children: 0,
        all_children: String::new(),
        views: views(lookup, route),
        overview: None,
        feed: lookup.site.dated && lookup.config.site.base_url.is_some(),
        minutes: 0,
        body: None,
        face,
    }
}

/// The overviews that every page leads to.
fn views(lookup: &Lookup<'_>, page: &Route) -> Vec<Reference> {
    let listed = lookup.overviews.listed();
    listed
        .map(|(to, overview)| Reference {
            label: titled(lookup, overview),
            href: page.href_to(to),
        })
        .collect()
}

/// The page's place among the others.
fn place(view: &mut View, lookup: &Lookup<'_>, index: usize) {
    let tree = &lookup.site.tree;
    view.crumbs = nav::crumbs(tree, index, &view.route);
    view.nav = nav::root(tree, index, &view.route);
    let (before, after) = tree.around(index);
    let reference = |node: &Node| {
        let href = view.route.href_to(node.route.as_ref()?);
        Some(Reference { label: node.label.clone(), href })
    };
    (view.before, view.after) = (before.and_then(reference), after.and_then(reference));
}

/// The headings of a note, each below the last one that is above it.
fn contents(card: &Card) -> Vec<ContentsItem> {
    let mut root: Vec<ContentsItem> = Vec::new();
    // The levels of the items that are open, and for each the way to it.
    let mut levels: Vec<u8> = Vec::new();
    for heading in card.headings.iter().filter(|it| !it.text.is_empty()) {
        while levels.last().is_some_and(|it| *it >= heading.level) {
            levels.pop();
        }
        let mut items = &mut root;
        for _ in 0..levels.len().min(DEEPEST) {
            if items.is_empty() {
                break;
            }
            let last = items.len() - 1;
            items = &mut items[last].children;
        }
        items.push(ContentsItem {
            label: heading.text.clone(),
            href: format!("#{}", crate::site::resolve::encoded_fragment(&heading.id)),
            children: Vec::new(),
        });
        levels.push(heading.level);
    }
    root
}

/// How deep the contents nest.
const DEEPEST: usize = 5;

/// The notes that link to a note, and how many more there are than are shown.
fn backlinks(lookup: &Lookup<'_>, card: &Card) -> (Vec<BacklinkView>, usize) {
    let all = lookup.site.backlinks.get(&card.path).map_or(&[][..], |it| it);
    let mut notes = all.chunk_by(|a, b| a.from == b.from);
    let shown = notes.by_ref().take(BACKLINKS).filter_map(|links| {
        let from = lookup.site.card(&links[0].from)?;
        let sentences = links.iter().map(|it| it.sentence.clone());
        Some(BacklinkView {
            label: from.title.clone(),
            href: card.route.href_to(&from.route),
            sentences: sentences.filter(|it| !it.is_empty()).take(SENTENCES).collect(),
        })
    });
    (shown.collect(), notes.count())
}

/// How many sentences of a note that links to a page are shown on it.
const SENTENCES: usize = 2;

/// Lists the notes of a section.
fn list(view: &mut View, lookup: &Lookup<'_>, index: usize) {
    view.children = children(lookup, index, &view.route);
    let all = lookup.site.tree.node(index).children.len();
    view.more_children = all.saturating_sub(CHILDREN);
    if let Some((list, place)) = lookup.overviews.lists.sections.get(&index) {
        view.all_children = view.route.href_to(list) + place;
    }
}

fn children(lookup: &Lookup<'_>, index: usize, page: &Route) -> Vec<ChildView> {
    let tree = &lookup.site.tree;
    let node = tree.node(index);
    let shown = node.children.iter().map(|it| tree.node(*it)).take(CHILDREN);
    shown
        .filter_map(|node| {
            let href = page.href_to(node.route.as_ref()?);
            let card = node.note.as_ref().and_then(|it| lookup.site.card(it));
            Some(ChildView {
                label: node.label.clone(),
                href,
                status: card
                    .and_then(|it| it.meta.status_raw.clone())
                    .unwrap_or_default(),
                status_key: card
                    .and_then(|it| it.meta.status)
                    .map_or("", Status::name)
                    .to_owned(),
                summary: card.map_or_else(String::new, |it| it.summary.clone()),
                notes: node.children.len(),
            })
        })
        .collect()
}
