//! Rubrics that notes must answer once they are accepted, and have not.

use std::collections::BTreeSet;

use crate::diag::{Checked, Diagnostic, Rule};
use crate::memo::Memo;
use crate::note::Note;
use crate::note::card::Card;
use crate::note::status::Status;
use crate::path::FilePath;
use crate::rubric::{FIELDS, Rubric, Rubrics};
use crate::site::Site;

/// Tells of accepted notes that do not answer a rubric that their kind must answer. One
/// note may answer for all of its system, and a note that has its kind from its folder
/// alone is not held to it.
pub fn tell(
    site: &Site,
    notes: &Memo<FilePath, Checked<Note>>,
    rubrics: &Rubrics,
    told: &mut Vec<Diagnostic>,
) {
    for rubric in rubrics.iter().filter(|it| !it.asked_of.is_empty()) {
        let answer = |it: &&Card| it.sheets.iter().any(|it| it.rubric.id == rubric.id);
        let cards = || site.cards.values().map(|it| &**it);
        let systems: BTreeSet<&str> =
            cards().filter(answer).filter_map(|it| it.meta.system.as_deref()).collect();
        let silent = cards().filter(|it| is_asked(it, rubric) && !answer(it));
        let silent = silent.filter(|it| {
            it.meta.system.as_deref().is_none_or(|system| !systems.contains(system))
        });
        for note in silent.filter_map(|it| notes.get(&it.path)) {
            if note.value.places.contains_key("kind") {
                told.push(unanswered(&note.value, rubric));
            }
        }
    }
}

fn is_asked(card: &Card, rubric: &Rubric) -> bool {
    let accepted =
        matches!(card.meta.status, Some(Status::Accepted | Status::Implemented));
    let kind = card.meta.kind.as_deref();
    accepted && !card.meta.draft && rubric.asked_of.iter().any(|it| Some(&**it) == kind)
}

fn unanswered(note: &Note, rubric: &Rubric) -> Diagnostic {
    let kind = note.card.meta.kind.as_deref().unwrap_or("note");
    let message = format!("this {kind} is accepted, and `{}` is not answered", rubric.id);
    let field = FIELDS.iter().find(|(_, id)| *id == rubric.id).map(|(field, _)| *field);
    let place = field.map_or_else(|| format!("rubric.{}", rubric.id), str::to_owned);
    let required = rubric.sections.iter().filter(|it| it.required);
    let items: Vec<&str> =
        required.flat_map(|it| &it.items).map(|it| it.id.as_str()).collect();
    let all =
        if items.is_empty() { String::new() } else { format!(": {}", items.join(", ")) };
    Diagnostic::new(Rule::UnknownPrerequisite, note.place("kind"), message)
        .hint(format!("answer it in `{place}` here or in a note of the same system{all}"))
}
