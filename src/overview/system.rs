//! The page of a system: its components, objectives, stakeholders, open risks, and all
//! notes about it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compare::GapPage;
use super::listing::{MOST, NoteLink, entry, holds, is_a, text};
use super::risk::{Action, Risk, actions, risk_sections, risks};
use super::rubrics::{Scored, scored};
use super::stakeholder::{Stakeholder, stakeholders};
use super::systems::{Cell, System, cell, filed, furthest, home, links, named};
use super::systems::{Filed, Named};
use super::{Ground, systems};
use crate::config;
use crate::note::card::Card;
use crate::path::Route;
use crate::value::Value;

/// The page of a system.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SystemPage {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The note that stands for it.
    pub home: Option<NoteLink>,
    /// What it is, in a sentence; empty if nothing says it.
    pub summary: String,
    /// The furthest stage; empty if none is said.
    pub stage: &'static str,
    /// How many of its components are documented.
    pub covered: usize,
    /// Its components.
    pub components: Vec<ComponentRow>,
    /// The notes that name no component.
    pub unfiled: Vec<NoteLink>,
    /// The metrics that it is to be judged by.
    pub objectives: Vec<Objective>,
    /// Who has to do with it.
    pub stakeholders: Vec<Stakeholder>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// The sections that speak of risks.
    pub risk_sections: Vec<NoteLink>,
    /// What incidents have left to do.
    pub actions: Vec<Action>,
    /// The notes by kind.
    pub kinds: Vec<KindList>,
    /// What its answers to rubrics come to.
    pub scorecards: Vec<Scored>,
    /// The page of its gap; empty if there is none.
    pub gap: String,
    /// The worst group of the gap: its name, how many of its rows are met, and how many
    /// asked for; none where nothing that is asked for applies.
    pub gap_worst: Option<(String, usize, usize)>,
}

/// A component of a system.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComponentRow {
    /// The component.
    pub component: Named,
    /// What is documented.
    pub cell: Cell,
    /// The notes that name no facet of it, or all of them where it has none.
    pub notes: Vec<NoteLink>,
    /// Its facets.
    pub facets: Vec<FacetRow>,
    /// What begins a note that fills it.
    pub command: String,
}

/// A facet of a component.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FacetRow {
    /// Its id.
    pub id: String,
    /// How many notes that hold.
    pub count: usize,
    /// The notes.
    pub notes: Vec<NoteLink>,
    /// What begins a note that fills it.
    pub command: String,
}

/// A metric that a system is to be judged by.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Objective {
    /// What it is called.
    pub label: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// Which way is better; empty if nothing says it.
    pub direction: String,
    /// What it must reach; empty if nothing is asked.
    pub gate: String,
    /// The note that says it.
    pub note: NoteLink,
}

/// The notes of a kind.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct KindList {
    /// The kind: `runbook`.
    pub kind: String,
    /// The notes, each with what is most worth to know of it.
    pub notes: Vec<(NoteLink, String)>,
}

/// The kinds that a page lists, in order, and the field of each that is most worth to
/// know.
const KINDS: [(&str, &str); 8] = [
    ("decision", "chosen"),
    ("model", "stage"),
    ("dataset", "refresh"),
    ("experiment", "outcome"),
    ("runbook", "last_drill"),
    ("postmortem", "severity"),
    ("design", "stage"),
    ("case", "period"),
];

/// What the page of a system shows; `gap` is the page of its gap, and what
/// that shows.
pub(super) fn page(
    ground: &Ground<'_>,
    system: &System<'_>,
    gap: Option<(&Route, &GapPage)>,
) -> SystemPage {
    let config = &ground.config.system;
    let filed = filed(config, system);
    let rows = filed.iter().zip(&config.components);
    let components: Vec<ComponentRow> =
        rows.map(|(it, component)| component_row(&system.id, it, component)).collect();
    let home = home(ground, system);
    let unfiled = system.cards.iter().copied().filter(|card| {
        let named = card.meta.components.iter().any(|it| config.place(it).is_some());
        !named && home.is_none_or(|home| home.path != card.path)
    });
    let unfiled: Vec<&Card> = unfiled.collect();
    SystemPage {
        id: system.id.clone(),
        title: systems::title(ground, system),
        home: home.map(NoteLink::of),
        summary: home.map_or_else(String::new, |it| it.summary.clone()),
        stage: furthest(&system.cards),
        covered: components.iter().filter(|it| it.cell.count > 0).count(),
        components,
        unfiled: links(&unfiled),
        objectives: objectives(system),
        stakeholders: stakeholders(system),
        risks: risks(system),
        risk_sections: risk_sections(system),
        actions: actions(system),
        kinds: kinds(system),
        scorecards: scorecards(system),
        gap: gap.map_or_else(String::new, |(route, _)| route.to_string()),
        gap_worst: gap.and_then(|(_, page)| page.worst()),
    }
}

fn component_row(
    system: &str,
    filed: &Filed<'_>,
    component: &config::Component,
) -> ComponentRow {
    let facets = component.facets.iter().zip(&filed.facets);
    let facets: Vec<FacetRow> = facets
        .map(|(id, cards)| FacetRow {
            id: id.clone(),
            count: cards.iter().filter(|it| holds(it)).count(),
            notes: links(cards),
            command: command(system, &format!("{}/{id}", component.id)),
        })
        .collect();
    let faceted =
        |card: &Card| filed.facets.iter().flatten().any(|it| it.path == card.path);
    let own: Vec<&Card> = filed.all.iter().copied().filter(|it| !faceted(it)).collect();
    ComponentRow {
        component: named(component),
        cell: cell(filed, component),
        notes: links(&own),
        command: command(system, &component.id),
        facets,
    }
}

/// What begins a note about a component of a system.
fn command(system: &str, component: &str) -> String {
    format!("diptych new design --system {system} --component {component} \"…\"")
}

/// The metrics of the design notes, each once.
fn objectives(system: &System<'_>) -> Vec<Objective> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut objectives: Vec<Objective> = Vec::new();
    for card in system.cards.iter().filter(|it| is_a(it, "design")) {
        for metric in card.meta.field("metrics").map_or(&[][..], Value::items) {
            let id = match metric.text() {
                Some(name) => name.to_owned(),
                None => entry(metric, "id"),
            };
            let label = Some(entry(metric, "label")).filter(|it| !it.is_empty());
            if id.is_empty() || seen.contains_key(&id) || objectives.len() == MOST {
                continue;
            }
            seen.insert(id.clone(), objectives.len());
            objectives.push(Objective {
                label: label.unwrap_or(id),
                unit: entry(metric, "unit"),
                direction: entry(metric, "direction"),
                gate: entry(metric, "gate"),
                note: NoteLink::of(card),
            });
        }
    }
    objectives
}

fn kinds(system: &System<'_>) -> Vec<KindList> {
    let list = |(kind, field): (&str, &str)| {
        let cards = system.cards.iter().filter(|it| is_a(it, kind)).take(MOST);
        KindList {
            kind: kind.to_owned(),
            notes: cards.map(|it| (NoteLink::of(it), detail(it, field))).collect(),
        }
    };
    KINDS.into_iter().map(list).filter(|it| !it.notes.is_empty()).collect()
}

/// What is most worth to know of a note.
fn detail(card: &Card, field: &str) -> String {
    match field {
        "stage" => card.meta.stage.map_or("", |it| it.name()).to_owned(),
        "chosen" => {
            let chosen = card.options.iter().find(|it| it.chosen);
            let title = chosen.map(|it| it.title.clone());
            title.or_else(|| text(card, "chosen")).unwrap_or_default()
        }
        field => text(card, field).unwrap_or_default(),
    }
}

fn scorecards(system: &System<'_>) -> Vec<Scored> {
    let mut all: Vec<Scored> = Vec::new();
    for card in &system.cards {
        all.extend(card.sheets.iter().map(|sheet| scored(card, sheet)));
    }
    all.truncate(MOST);
    all
}
