//! What relations say of a note: which has taken its place, and what is wrong.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::kind::relation::Relation;
use crate::note::Note;
use crate::note::card::Card;
use crate::note::schema;
use crate::note::status::Status;
use crate::path::FilePath;
use crate::site::Site;
use crate::site::tie::Tie;
use crate::view::Reference;
use crate::view::link::Lookup;

/// What stands above the text of a note that holds no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Banner {
    /// The notes that have taken its place.
    pub successors: Vec<Reference>,
    /// Those that hold today, where the successors have been superseded themselves.
    pub latest: Vec<Reference>,
}

/// How many notes a banner names, and how far it follows them.
const NAMED: usize = 10;
const STEPS: usize = 100;

/// What stands above the text of a note that another has superseded.
///
/// A note that says so itself has a banner, even if nothing says by which. Of one that
/// says nothing the successor must hold: a proposal has not yet taken any place.
pub fn banner(lookup: &Lookup<'_>, card: &Card) -> Option<Banner> {
    let site = lookup.site;
    let says_so = card.meta.status == Some(Status::Superseded);
    let successors: Vec<&FilePath> =
        successors(site, &card.path).filter(|it| says_so || holds(site, it)).collect();
    if successors.is_empty() && !says_so {
        return None;
    }
    let latest = latest(site, &successors);
    let named = |paths: Vec<&FilePath>| -> Vec<Reference> {
        let cards = paths.into_iter().filter_map(|it| site.card(it)).take(NAMED);
        cards
            .map(|it| Reference {
                label: it.title.clone(),
                href: card.route.href_to(&it.route),
            })
            .collect()
    };
    Some(Banner { latest: named(latest), successors: named(successors) })
}

fn successors<'a>(site: &'a Site, note: &FilePath) -> impl Iterator<Item = &'a FilePath> {
    let ties = site.ties.get(note).into_iter().flatten();
    ties.filter(|(tie, _)| *tie == Tie::SupersededBy).map(|(_, path)| path)
}

/// Whether a note has been in force, so that it can have taken another's place.
fn holds(site: &Site, note: &FilePath) -> bool {
    use Status::{Accepted, Deprecated, Implemented, Superseded};
    let status = site.card(note).and_then(|it| it.meta.status);
    matches!(status, None | Some(Accepted | Implemented | Deprecated | Superseded))
}

/// The last notes of the ways from successor to successor, if these are not the last.
fn latest<'a>(site: &'a Site, first: &[&'a FilePath]) -> Vec<&'a FilePath> {
    let mut seen: BTreeSet<&FilePath> = BTreeSet::new();
    let mut open: Vec<&FilePath> = first.to_vec();
    let mut last = Vec::new();
    while let Some(note) = open.pop().filter(|_| seen.len() < STEPS) {
        if !seen.insert(note) {
            continue;
        }
        let before = open.len();
        open.extend(successors(site, note).filter(|it| holds(site, it)));
        if open.len() == before && !first.contains(&note) {
            last.push(note);
        }
    }
    last.sort();
    last
}

/// Tells the relations of a note that name no note, and a status that asks for one.
pub fn tell(lookup: &Lookup<'_>, note: &Checked<Note>, told: &mut Vec<Diagnostic>) {
    let references = note.value.references.iter();
    told.extend(references.filter_map(|it| fault(lookup, &note.value.card, it)));
    told.extend(unsucceeded(lookup, &note.value));
}

/// What is wrong with a reference to another note.
fn fault(
    lookup: &Lookup<'_>,
    card: &Card,
    reference: &schema::Reference,
) -> Option<Diagnostic> {
    let told = |rule, message, hint| {
        Some(Diagnostic::new(rule, reference.span.clone(), message).hint(hint))
    };
    match (lookup.site.named(card, &reference.id), reference.relation) {
        (Some(path), Some(relation)) if *path == card.path => {
            let message = format!("the note {} itself", verb(relation));
            let hint = "name the other note, or take it away".to_owned();
            told(Rule::RelationCycle, message, hint)
        }
        (None, _) if !reference.is_open => {
            let message = format!("no note has the id `{}`", reference.id);
            let meant = lookup.site.meant_by(&reference.id);
            let advice = || "write the id, the name or the path of a note".to_owned();
            told(Rule::DanglingRelation, message, meant.unwrap_or_else(advice))
        }
        _ => None,
    }
}

/// A note that is superseded, and no note says by which.
fn unsucceeded(lookup: &Lookup<'_>, note: &Note) -> Option<Diagnostic> {
    let card = &note.card;
    let named =
        note.references.iter().any(|it| it.relation == Some(Relation::SupersededBy));
    let succeeded = named || successors(lookup.site, &card.path).next().is_some();
    if card.meta.status != Some(Status::Superseded) || succeeded {
        return None;
    }
    let span = note.status.clone().unwrap_or_else(|| Span::new(&card.path, 0..0));
    let id = card.meta.id.as_deref().unwrap_or_else(|| card.path.stem());
    let message = "the note is superseded, and nothing says by which";
    Some(Diagnostic::new(Rule::MissingSuccessor, span, message).hint(format!(
        "write `supersedes: {id}` in the note that took its place, \
             or call this one `deprecated`"
    )))
}

fn verb(relation: Relation) -> &'static str {
    match relation {
        Relation::Supersedes => "supersedes",
        Relation::SupersededBy => "is superseded by",
        Relation::Amends => "amends",
        Relation::DependsOn => "depends on",
        Relation::Implements => "implements",
        Relation::EvidenceFor => "is evidence for",
        Relation::Related => "is related to",
    }
}
