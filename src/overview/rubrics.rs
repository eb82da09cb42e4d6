//! The rubric pages: what all notes answer to a rubric, question by question.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

mod filter;

use filter::{Filter, filter};

use super::listing::{MOST, NoteLink};
use super::{Content, Ground, Overview, Title};
use crate::memo::Hashed;
use crate::note::card::Card;
use crate::path::Route;
use crate::rubric::answer::Sheet;
use crate::rubric::score::{Score, grade, score, tone};
use crate::rubric::{Item, Rubric, Scoring, Source};

/// The list of rubrics that notes answer.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RubricsPage {
    /// The rubrics.
    pub rubrics: Vec<RubricLink>,
}

/// A rubric, in a list.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RubricLink {
    /// What it is called.
    pub title: String,
    /// The page of its answers.
    pub url: String,
    /// What it asks.
    pub summary: String,
    /// What each note's answers come to.
    pub cards: Vec<Scored>,
    /// How many more notes answer it than are shown.
    pub more: usize,
}

/// A note, and what its answers to a rubric come to.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Scored {
    /// The scorecard on the note's page.
    pub note: NoteLink,
    /// What the rubric is called.
    pub title: String,
    /// How answers are added up.
    pub scoring: Scoring,
    /// How what is assessed is approached; empty if nothing says it.
    pub approach: String,
    /// What the answers come to.
    pub score: Score,
    /// The system that is assessed; empty if none.
    pub system: String,
}

/// What all notes answer to a rubric.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RubricPage {
    /// What it is called.
    pub title: String,
    /// What it asks.
    pub summary: String,
    /// Where it was published.
    pub source: Option<Source>,
    /// How answers are added up.
    pub scoring: Scoring,
    /// The groups of questions.
    pub sections: Vec<SectionHead>,
    /// By what the notes can be told apart, where they differ in it.
    pub filters: Vec<Filter>,
    /// The notes that answer it.
    pub rows: Vec<SheetRow>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A group of questions, as the head of columns.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionHead {
    /// What it is called.
    pub label: String,
    /// Whether a full answer speaks against what is assessed.
    pub stops: bool,
    /// The questions.
    pub items: Vec<ItemHead>,
}

/// A question, as the head of a column.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ItemHead {
    /// Its number in its section.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// What is asked.
    pub text: String,
}

/// A note's answers.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SheetRow {
    /// What they come to.
    pub scored: Scored,
    /// The answers, by section.
    pub sections: Vec<Vec<AnswerCell>>,
    /// Whether one of them is not known.
    pub has_unknown: bool,
    /// Whether one of them earns nothing, or stops.
    pub has_gap: bool,
    /// Whether one of them is bridged.
    pub has_bridge: bool,
    /// The choices of the filters that the note is of, as classes.
    pub marks: Vec<String>,
}

/// An answer.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AnswerCell {
    /// The question's id.
    pub id: String,
    /// What it says of what is assessed: `good`, `part`, `bad`, `bridged`, `unknown`.
    pub tone: &'static str,
    /// The answer in words; empty if there is none.
    pub label: String,
    /// Why; empty if nothing says it.
    pub why: String,
    /// What stands in for a *no*; empty if nothing does.
    pub bridge: String,
}

/// The pages; none where no note answers a rubric.
pub(super) fn pages(ground: &Ground<'_>) -> Vec<(Route, Overview)> {
    let mut all: BTreeMap<&str, Vec<(&Card, &Arc<Sheet>)>> = BTreeMap::new();
    for card in ground.site.cards.values() {
        for sheet in &card.sheets {
            all.entry(&sheet.rubric.id).or_default().push((card, sheet));
        }
    }
    if all.is_empty() {
        return Vec::new();
    }
    let above = Route::page("rubrics");
    let rubrics = all.iter().map(|(id, sheets)| link(id, sheets)).collect();
    let list = Overview {
        title: Title::Word("rubrics"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Rubrics(RubricsPage { rubrics })),
    };
    let mut pages = vec![(above.clone(), list)];
    for (id, sheets) in all {
        let rubric = &sheets[0].1.rubric;
        let overview = Overview {
            title: Title::Name(rubric.title.clone()),
            above: Some(above.clone()),
            listed: false,
            content: Hashed::new(Content::Rubric(page(rubric, &sheets))),
        };
        pages.push((route(id), overview));
    }
    pages
}

/// The page of a rubric's answers.
pub fn route(id: &str) -> Route {
    Route::page(&format!("rubrics/{id}"))
}

/// What the answers of a note to a rubric come to.
pub(super) fn scored(card: &Card, sheet: &Sheet) -> Scored {
    Scored {
        note: NoteLink::to(card, &sheet.rubric.id),
        title: sheet.rubric.title.clone(),
        scoring: sheet.rubric.scoring,
        approach: sheet.approach.clone().unwrap_or_default(),
        score: score(sheet),
        system: card.meta.system.clone().unwrap_or_default(),
    }
}

/// The most notes of a rubric in the list of all rubrics.
const LISTED: usize = 20;

fn link(id: &str, sheets: &[(&Card, &Arc<Sheet>)]) -> RubricLink {
    let rubric = &sheets[0].1.rubric;
    RubricLink {
        title: rubric.title.clone(),
        url: route(id).to_string(),
        summary: rubric.summary.clone(),
        cards: sheets.iter().take(LISTED).map(|(card, it)| scored(card, it)).collect(),
        more: sheets.len().saturating_sub(LISTED),
    }
}

fn page(rubric: &Rubric, sheets: &[(&Card, &Arc<Sheet>)]) -> RubricPage {
    let sections = rubric.sections.iter().filter(|it| !it.items.is_empty());
    let head = |(at, item): (usize, &Item)| ItemHead {
        number: at + 1,
        id: item.id.clone(),
        text: item.text.clone(),
    };
    let mut rows: Vec<SheetRow> =
        sheets.iter().take(MOST).map(|(card, it)| row(card, it)).collect();
    let kinds = sheets.iter().map(|(card, _)| card.meta.kind.clone().unwrap_or_default());
    let kinds: Vec<String> = kinds.take(MOST).collect();
    let systems = rows.iter().map(|it| it.scored.system.clone()).collect();
    let bands = rows.iter().map(|it| result(rubric, &it.scored.score)).collect();
    let filters = [("system", systems), ("kind", kinds), ("band", bands)];
    let filters = filters.into_iter().filter_map(|(key, of)| filter(key, &of, &mut rows));
    RubricPage {
        filters: filters.collect(),
        title: rubric.title.clone(),
        summary: rubric.summary.clone(),
        source: rubric.source.clone(),
        scoring: rubric.scoring,
        sections: sections
            .map(|it| SectionHead {
                label: it.label.clone(),
                stops: it.stops,
                items: it.items.iter().enumerate().map(head).collect(),
            })
            .collect(),
        rows,
        more: sheets.len().saturating_sub(MOST),
    }
}

/// What answers come to, in words; empty where that is a sentence.
fn result(rubric: &Rubric, score: &Score) -> String {
    let rung = score.rung.and_then(|it| rubric.sections.get(it));
    rung.map_or_else(|| score.band.clone(), |it| it.label.clone())
}

fn row(card: &Card, sheet: &Sheet) -> SheetRow {
    let cell = |item: &Item, stops: bool| {
        let given = sheet.answers.get(&item.id);
        let bridge = sheet.bridge(&item.id).unwrap_or_default().to_owned();
        AnswerCell {
            id: item.id.clone(),
            tone: tone(grade(sheet, item), stops, !bridge.is_empty()),
            label: sheet.level(&item.id).map_or_else(String::new, |it| it.label.clone()),
            why: given.map_or_else(String::new, |it| it.why.clone()),
            bridge,
        }
    };
    let asked = sheet.rubric.sections.iter().filter(|it| !it.items.is_empty());
    let sections: Vec<Vec<AnswerCell>> = asked
        .map(|section| section.items.iter().map(|it| cell(it, section.stops)).collect())
        .collect();
    let has = |tone: &str| sections.iter().flatten().any(|it| it.tone == tone);
    SheetRow {
        scored: scored(card, sheet),
        has_gap: has("bad"),
        has_unknown: has("unknown"),
        has_bridge: has("bridged"),
        marks: Vec::new(),
        sections,
    }
}
