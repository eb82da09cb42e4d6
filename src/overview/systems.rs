//! The view of all systems: their components, what is documented of each, and what not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::compare::gap_route;
use super::listing::{MOST, NoteLink, holds};
use super::{Content, Ground, Overview, Title, system};
use crate::config;
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::note::slug::slug;
use crate::note::status::Stage;
use crate::path::Route;

/// The view of all systems.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SystemsPage {
    /// The components.
    pub components: Vec<Named>,
    /// The systems.
    pub systems: Vec<SystemRow>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A component or a facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
}

/// A system.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SystemRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub url: String,
    /// How many of its components are documented.
    pub covered: usize,
    /// A cell for each component.
    pub cells: Vec<Cell>,
}

/// What is documented of a component of a system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Cell {
    /// How many notes that hold.
    pub count: usize,
    /// How many other notes.
    pub others: usize,
    /// The furthest stage; empty if none is said.
    pub stage: &'static str,
    /// The newest review; empty if there was none.
    pub reviewed: String,
    /// Who answers for the notes.
    pub owners: Vec<String>,
    /// How many notes that hold there are for each facet.
    pub facets: Vec<(String, usize)>,
}

/// A system, and the notes that are about it.
pub(super) struct System<'a> {
    /// Its id as the first note writes it.
    pub(super) id: String,
    /// The notes.
    pub(super) cards: Vec<&'a Card>,
}

/// A component or facet of a system, and the notes that are filed under it.
pub(super) struct Filed<'a> {
    /// Notes about the component, whatever facet they name.
    pub(super) all: Vec<&'a Card>,
    /// Notes about each facet.
    pub(super) facets: Vec<Vec<&'a Card>>,
}

/// The pages; none where no note is about a system. `others` are the pages to which those
/// of systems lead.
pub(super) fn pages(
    ground: &Ground<'_>,
    others: &BTreeMap<Route, Overview>,
) -> Vec<(Route, Overview)> {
    let systems = ground.systems();
    if systems.is_empty() {
        return Vec::new();
    }
    let above = Route::page("overview");
    let components = &ground.config.system.components;
    let page = SystemsPage {
        components: components.iter().map(named).collect(),
        more: systems.len().saturating_sub(MOST),
        systems: systems.values().take(MOST).map(|it| row(ground, it)).collect(),
    };
    let all = Overview {
        title: Title::Word("systems"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Systems(page)),
    };
    let single = systems.values().map(|it| single(ground, it, &above, others));
    single.chain([(above.clone(), all)]).collect()
}

/// The page of one system.
fn single(
    ground: &Ground<'_>,
    system: &System<'_>,
    above: &Route,
    others: &BTreeMap<Route, Overview>,
) -> (Route, Overview) {
    let gap = others.get_key_value(&gap_route(&system.id));
    let gap = gap.and_then(|(route, overview)| match &*overview.content {
        Content::Gap(page) => Some((route, page)),
        _ => None,
    });
    let page = Box::new(system::page(ground, system, gap));
    let overview = Overview {
        title: Title::Name(title(ground, system)),
        above: Some(above.clone()),
        listed: false,
        content: Hashed::new(Content::System(page)),
    };
    (route(&system.id), overview)
}

/// The page of a system.
pub fn route(system: &str) -> Route {
    Route::page(&format!("overview/{}", slug(system)))
}

impl<'a> Ground<'a> {
    /// The systems that notes are about, by their ids as addresses write them.
    pub(super) fn systems(&self) -> BTreeMap<String, System<'a>> {
        let mut systems: BTreeMap<String, System<'a>> = BTreeMap::new();
        for card in self.site.cards.values() {
            let Some(id) = card.meta.system.as_deref().map(str::trim) else { continue };
            let key = slug(id);
            if !key.is_empty() {
                let new = || System { id: id.to_owned(), cards: Vec::new() };
                systems.entry(key).or_insert_with(new).cards.push(card);
            }
        }
        systems
    }
}

/// What a system is called: as the note is whose id it is, else by its id.
pub(super) fn title(ground: &Ground<'_>, system: &System<'_>) -> String {
    home(ground, system).map_or_else(|| system.id.clone(), |it| it.title.clone())
}

/// The note that stands for a system: the one that has its id.
pub(super) fn home<'a>(ground: &Ground<'a>, system: &System<'a>) -> Option<&'a Card> {
    let first = system.cards.first()?;
    let path = ground.site.named(first, &system.id)?;
    ground.site.card(path).map(|it| &**it)
}

/// The notes of a system, filed under each component.
pub(super) fn filed<'a>(config: &config::System, system: &System<'a>) -> Vec<Filed<'a>> {
    let empty = |it: &config::Component| Filed {
        all: Vec::new(),
        facets: vec![Vec::new(); it.facets.len()],
    };
    let mut filed: Vec<Filed<'a>> = config.components.iter().map(empty).collect();
    for card in &system.cards {
        let mut seen = BTreeSet::new();
        let places = card.meta.components.iter().filter_map(|it| config.place(it));
        for (component, facet) in places {
            let of = &mut filed[component];
            if seen.insert((component, None)) {
                of.all.push(card);
            }
            if let Some(facet) = facet.filter(|it| seen.insert((component, Some(*it)))) {
                of.facets[facet].push(card);
            }
        }
    }
    filed
}

/// A component by its id and name.
pub(super) fn named(component: &config::Component) -> Named {
    Named { id: component.id.clone(), label: component.label.clone() }
}

fn row(ground: &Ground<'_>, system: &System<'_>) -> SystemRow {
    let config = &ground.config.system;
    let filed = filed(config, system);
    let cells = filed.iter().zip(&config.components);
    let cells: Vec<Cell> = cells.map(|(it, component)| cell(it, component)).collect();
    SystemRow {
        id: system.id.clone(),
        title: title(ground, system),
        url: route(&system.id).to_string(),
        covered: cells.iter().filter(|it| it.count > 0).count(),
        cells,
    }
}

/// The most owners that a cell names.
const OWNERS: usize = 3;

/// What is documented of a component.
pub(super) fn cell(filed: &Filed<'_>, component: &config::Component) -> Cell {
    let held = |cards: &[&Card]| cards.iter().filter(|it| holds(it)).count();
    let count = held(&filed.all);
    let owners: BTreeSet<&String> =
        filed.all.iter().flat_map(|it| &it.meta.owners).collect();
    let reviewed =
        filed.all.iter().filter_map(|it| it.meta.reviewed.as_ref()?.date).max();
    Cell {
        count,
        others: filed.all.len() - count,
        stage: furthest(&filed.all),
        reviewed: reviewed.map_or_else(String::new, |it| it.to_string()),
        owners: owners.into_iter().take(OWNERS).cloned().collect(),
        facets: component
            .facets
            .iter()
            .zip(&filed.facets)
            .map(|(facet, cards)| (facet.clone(), held(cards)))
            .collect(),
    }
}

/// The furthest stage of some notes; what is retired has come no further than to an end.
pub(super) fn furthest(cards: &[&Card]) -> &'static str {
    let stages = || cards.iter().filter_map(|it| it.meta.stage);
    let active = stages().filter(|it| *it != Stage::Retired).max();
    active.or_else(|| stages().max()).map_or("", Stage::name)
}

/// The links to some notes, as many as a list shows.
pub(super) fn links(cards: &[&Card]) -> Vec<NoteLink> {
    cards.iter().take(MOST).map(|it| NoteLink::of(it)).collect()
}
