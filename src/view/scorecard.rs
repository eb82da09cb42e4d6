//! What a template gets of the answers to a rubric.

use serde::Serialize;

use crate::rubric::answer::Sheet;
use crate::rubric::score::{Grade, Score, SectionScore, grade, score, tone};
use crate::rubric::{Item, Scoring, Section, Source};

/// What a template gets of the answers to a rubric.
#[derive(Clone, Debug, Serialize)]
pub struct ScorecardView {
    /// The id of the rubric, which is the card's own where it may have one.
    pub id: String,
    /// What is asked.
    pub title: String,
    /// Where the rubric was published.
    pub source: Option<Source>,
    /// How the answers are added up.
    pub scoring: Scoring,
    /// What they come to.
    pub score: Score,
    /// How what is assessed is approached; empty if nothing says it.
    pub approach: String,
    /// The groups of questions.
    pub sections: Vec<SectionView>,
    /// Whether its elements have ids: not where it is set into another page.
    pub anchors: bool,
}

/// A group of questions, and what their answers come to.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// What it is called.
    pub label: String,
    /// What the answers come to.
    pub score: SectionScore,
    /// How much of what can be earned is, in parts of 100.
    pub filled: usize,
    /// The questions.
    pub items: Vec<ItemView>,
}

/// A question, and what it is answered with.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// The answer in words; empty if there is none.
    pub answer: String,
    /// What the answer is to the score.
    pub grade: Grade,
    /// What it says of what is assessed: `good`, `part`, `bad`, `bridged`, `unknown`.
    pub tone: &'static str,
    /// Why.
    pub why: String,
    /// How much.
    pub value: String,
    /// What stands in for a *no*.
    pub bridge: String,
    /// What shows that it is so.
    pub evidence: Vec<EvidenceView>,
    /// Whether a better answer may raise the score at once.
    pub next: bool,
}

/// What shows that an answer is so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// What it is called.
    pub label: String,
    /// Where it is; empty if it is only words, or leads nowhere.
    pub href: String,
}

/// What a template gets of the answers to a rubric; `evidence` gives what leads to the
/// evidence of a question, by its number.
pub fn view(
    sheet: &Sheet,
    anchors: bool,
    evidence: impl Fn(&str, usize) -> Option<EvidenceView>,
) -> ScorecardView {
    let rubric = &sheet.rubric;
    let score = score(sheet);
    let parts = rubric.sections.iter().zip(&score.sections);
    let sections = parts.map(|(section, score)| SectionView {
        label: section.label.clone(),
        filled: filled(sheet, section, score),
        score: score.clone(),
        items: Vec::new(),
    });
    let mut sections: Vec<SectionView> = sections.collect();
    for (view, section) in sections.iter_mut().zip(&rubric.sections) {
        let items = section.items.iter();
        view.items = items
            .map(|it| {
                let mut view = item(sheet, it, &evidence);
                view.next = score.next.contains(&it.id);
                view.tone = tone(view.grade, section.stops, !view.bridge.is_empty());
                view
            })
            .collect();
    }
    ScorecardView {
        id: rubric.id.clone(),
        title: rubric.title.clone(),
        source: rubric.source.clone(),
        scoring: rubric.scoring,
        approach: sheet.approach.clone().unwrap_or_default(),
        score,
        sections,
        anchors,
    }
}

fn filled(sheet: &Sheet, section: &Section, score: &SectionScore) -> usize {
    let most = sheet.rubric.full().0 as usize * section.items.len();
    (score.sum.0 as usize * 100).checked_div(most).unwrap_or(100).min(100)
}

fn item(
    sheet: &Sheet,
    item: &Item,
    evidence: impl Fn(&str, usize) -> Option<EvidenceView>,
) -> ItemView {
    let given = sheet.answers.get(&item.id).cloned().unwrap_or_default();
    let words = |it: &String| EvidenceView { label: it.clone(), href: String::new() };
    let all = given.evidence.iter().enumerate();
    ItemView {
        id: item.id.clone(),
        text: item.text.clone(),
        answer: sheet.level(&item.id).map_or_else(String::new, |it| it.label.clone()),
        grade: grade(sheet, item),
        bridge: sheet.bridge(&item.id).unwrap_or_default().to_owned(),
        evidence: all
            .map(|(at, it)| evidence(&item.id, at).unwrap_or_else(|| words(it)))
            .collect(),
        why: given.why,
        value: given.value,
        tone: "",
        next: false,
    }
}
