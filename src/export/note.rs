//! The notes of a site as data: `notes.json`, and the table of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compare::sheet;
use crate::history::History;
use crate::note::card::{Card, HeadingCard};
use crate::note::meta::{Day, Link};
use crate::note::status::{Stage, Status};
use crate::site::Site;
use crate::site::resolve::Destination;
use crate::site::tie::Tie;

/// A note in `notes.json`. What a note does not say is left out.
#[derive(Serialize)]
struct NoteJson<'a> {
    source: &'a str,
    url: &'a str,
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_raw: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<Stage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    components: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    owners: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    reviewers: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    approvers: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "<[Link]>::is_empty")]
    addresses: &'a [Link],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    relations: BTreeMap<&'static str, Vec<&'a str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'a str, serde_json::Value>,
    headings: &'a [HeadingCard],
    links: Vec<&'a str>,
    backlinks: Vec<&'a str>,
}

/// All notes as JSON, one a line, so that a change of one shows as a change of a line.
pub fn json(site: &Site, history: &History) -> String {
    let notes: Vec<String> = site
        .cards
        .values()
        .filter_map(|card| serde_json::to_string(&note(site, history, card)).ok())
        .collect();
    format!("[\n{}\n]\n", notes.join(",\n"))
}

/// All notes as CSV, without their headings and links.
pub fn csv(site: &Site, history: &History) -> String {
    let header = [
        "source",
        "url",
        "id",
        "title",
        "kind",
        "status",
        "stage",
        "system",
        "owners",
        "created",
        "review_by",
        "updated",
        "summary",
    ];
    let rows: Vec<Vec<String>> =
        site.cards.values().map(|card| row(history, card)).collect();
    let lines = rows.iter().map(|row| row.iter().map(String::as_str).collect());
    sheet::write(std::iter::once(header.to_vec()).chain(lines))
}

fn row(history: &History, card: &Card) -> Vec<String> {
    let meta = &card.meta;
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    vec![
        card.path.to_string(),
        card.route.address().to_owned(),
        id(card).to_owned(),
        card.title.clone(),
        text(&meta.kind),
        meta.status.map_or("", Status::name).to_owned(),
        meta.stage.map_or("", Stage::name).to_owned(),
        text(&meta.system),
        meta.owners.join("; "),
        day(meta.created.as_ref()).unwrap_or_default(),
        day(meta.review_by.as_ref()).unwrap_or_default(),
        updated(history, card).unwrap_or_default(),
        card.summary.clone(),
    ]
}

/// The links and relations between notes as CSV, a line each.
pub fn graph_csv(site: &Site) -> String {
    let lines: Vec<[&str; 3]> = edges(site).map(|it| [it.from, it.to, it.tie]).collect();
    let header = vec!["from", "to", "tie"];
    sheet::write(std::iter::once(header).chain(lines.iter().map(|it| it.to_vec())))
}

/// The notes, and the links and relations between them, as JSON.
pub fn graph_json(site: &Site) -> String {
    let nodes: Vec<Node<'_>> = site
        .cards
        .values()
        .map(|card| Node {
            source: card.path.as_str(),
            url: card.route.address(),
            title: &card.title,
        })
        .collect();
    let graph = Graph { nodes, edges: edges(site).collect() };
    let mut text = serde_json::to_string_pretty(&graph).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
}

#[derive(Serialize)]
struct Node<'a> {
    source: &'a str,
    url: &'a str,
    title: &'a str,
}

/// A link, or a relation by its name: `supersedes`.
#[derive(Serialize)]
struct Edge<'a> {
    from: &'a str,
    to: &'a str,
    tie: &'static str,
}

fn edges(site: &Site) -> impl Iterator<Item = Edge<'_>> {
    site.cards.values().flat_map(|card| {
        let from = card.path.as_str();
        let links =
            linked(site, card).into_iter().map(move |to| Edge { from, to, tie: "link" });
        let related = relations(site, card).into_iter().flat_map(move |(tie, to)| {
            to.into_iter().map(move |to| Edge { from, to, tie })
        });
        links.chain(related)
    })
}

fn note<'a>(site: &'a Site, history: &History, card: &'a Card) -> NoteJson<'a> {
    let meta = &card.meta;
    NoteJson {
        source: card.path.as_str(),
        url: card.route.address(),
        id: id(card),
        title: &card.title,
        summary: &card.summary,
        kind: meta.kind.as_deref(),
        status: meta.status,
        status_raw: meta.status_raw.as_deref(),
        stage: meta.stage,
        system: meta.system.as_deref(),
        components: &meta.components,
        owners: &meta.owners,
        reviewers: &meta.reviewers,
        approvers: &meta.approvers,
        created: day(meta.created.as_ref()),
        decided: day(meta.decided.as_ref()),
        reviewed: day(meta.reviewed.as_ref()),
        review_by: day(meta.review_by.as_ref()),
        updated: updated(history, card),
        tags: &meta.tags,
        aliases: &meta.aliases,
        addresses: &meta.links,
        relations: relations(site, card),
        extra: meta
            .extra
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_json()))
            .collect(),
        headings: &card.headings,
        links: linked(site, card),
        backlinks: linking(site, card),
    }
}

fn id(card: &Card) -> &str {
    card.meta.id.as_deref().unwrap_or_else(|| card.path.stem())
}

/// A day in ISO form, else as it is written.
fn day(day: Option<&Day>) -> Option<String> {
    day.map(|it| it.date.map_or_else(|| it.raw.clone(), |date| date.to_string()))
}

/// The day of its last change, where version control knows it.
fn updated(history: &History, card: &Card) -> Option<String> {
    history.files.get(&card.path).map(|it| it.updated.to_string())
}

/// The notes that a note links to, each once.
fn linked<'a>(site: &'a Site, card: &Card) -> Vec<&'a str> {
    let mut links: Vec<&str> = card
        .links
        .iter()
        .filter_map(|link| {
            match site.resolve(card, &link.target, link.form).destination {
                Some(Destination::Note { path, .. }) => site.cards.get_key_value(&path),
                _ => None,
            }
        })
        .map(|(path, _)| path.as_str())
        .collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// The notes that link to a note, each once.
fn linking<'a>(site: &'a Site, card: &Card) -> Vec<&'a str> {
    let all = site.backlinks.get(&card.path).into_iter().flatten();
    let mut from: Vec<&str> = all.map(|it| it.from.as_str()).collect();
    from.dedup();
    from
}

/// What other notes are to a note, inverse relations too.
fn relations<'a>(site: &'a Site, card: &Card) -> BTreeMap<&'static str, Vec<&'a str>> {
    let mut relations: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    for (tie, path) in site.ties.get(&card.path).into_iter().flatten() {
        relations.entry(Tie::key(*tie)).or_default().push(path.as_str());
    }
    relations
}
