//! Whether what notes say still holds: days that are past, evidence that is newer.

use jiff::Unit;
use jiff::civil::Date;

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::history::History;
use crate::memo::{Hashed, Memo};
use crate::note::Note;
use crate::note::card::Card;
use crate::note::meta::Day;
use crate::note::status::Status;
use crate::path::FilePath;
use crate::site::Site;
use crate::site::tie::Tie;

/// By how many days a date that is typed may be older than the last change. A third of
/// the notes that keep such a date are further off.
const LAG: i32 = 180;

/// What days are judged by.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Clock<'a> {
    /// What version control knows of the files.
    pub history: &'a Hashed<History>,
    /// The day of the build; `None` where no day is past.
    pub today: Option<Date>,
}

impl Clock<'_> {
    /// Whether a note should have been looked through by now. One that no longer counts
    /// need not be.
    pub fn is_overdue(&self, card: &Card) -> bool {
        let due = date(card.meta.review_by.as_ref());
        counts(card) && due.zip(self.today).is_some_and(|(due, today)| due < today)
    }

    /// The day of a note that is evidence: when it was made or decided, else that of its
    /// last change. That somebody looked it through makes it no newer.
    fn day(&self, card: &Card) -> Option<Date> {
        let typed =
            date(card.meta.created.as_ref()).max(date(card.meta.decided.as_ref()));
        typed.or_else(|| self.history.files.get(&card.path).map(|it| it.updated))
    }

    /// The evidence of a note that is newer than what it concludes, with its day: what
    /// is evidence for it, and the datasets and experiments that it depends on.
    pub fn newer<'s>(&self, site: &'s Site, card: &Card) -> Vec<(&'s Card, Date)> {
        let Some(concluded) = concluded(card).filter(|_| counts(card)) else {
            return Vec::new();
        };
        let ties = site.ties.get(&card.path).into_iter().flatten();
        let evidence = ties.filter_map(|(tie, path)| {
            let other = site.card(path)?;
            let kind = other.meta.kind.as_deref().unwrap_or_default();
            let is_evidence = match tie {
                Tie::Evidence => true,
                Tie::DependsOn => matches!(kind, "dataset" | "experiment"),
                _ => false,
            };
            let day = self.day(other).filter(|day| is_evidence && *day > concluded)?;
            Some((&**other, day))
        });
        evidence.collect()
    }
}

/// The day of what a note concludes: when it was decided, or looked through since.
fn concluded(card: &Card) -> Option<Date> {
    date(card.meta.decided.as_ref()).max(date(card.meta.reviewed.as_ref()))
}

/// Whether a note still counts: it was not given up, nor has another taken its place.
pub fn counts(card: &Card) -> bool {
    !matches!(
        card.meta.status,
        Some(
            Status::Superseded
                | Status::Deprecated
                | Status::Rejected
                | Status::Withdrawn
        )
    )
}

/// The day that is meant, if any can be.
pub fn date(day: Option<&Day>) -> Option<Date> {
    day.and_then(|it| it.date)
}

/// Tells of notes whose days are past, that are older than their evidence, or whose own
/// date is far behind their last change.
pub fn tell(
    notes: &Memo<FilePath, Checked<Note>>,
    site: &Site,
    clock: Clock<'_>,
    told: &mut Vec<Diagnostic>,
) {
    for (card, note) in site.notes(notes) {
        if clock.is_overdue(card) {
            told.push(overdue(note));
        }
        for (evidence, day) in clock.newer(site, card) {
            told.push(newer(note, evidence, day));
        }
        told.extend(lagging(note, clock.history));
    }
}

fn overdue(note: &Note) -> Diagnostic {
    let day = note.card.meta.review_by.as_ref().map_or("", |it| it.raw.as_str());
    let message = format!("this note was to be looked through by {day}");
    Diagnostic::new(Rule::ReviewOverdue, note.place("review_by"), message)
        .hint("see whether it still holds; then set `reviewed` to that day, and a new `review_by`")
}

fn newer(note: &Note, evidence: &Card, day: Date) -> Diagnostic {
    let place = if note.card.meta.reviewed.is_some() { "reviewed" } else { "decided" };
    let message = format!(
        "`{}` is of {day}, and newer than what this note concludes from it",
        evidence.title
    );
    Diagnostic::new(Rule::StaleEvidence, note.place(place), message)
        .hint("see whether the conclusion still holds, and set `reviewed` to that day")
        .also(Span::new(&evidence.path, 0..0), "the evidence")
}

fn lagging(note: &Note, history: &History) -> Option<Diagnostic> {
    let typed = date(note.card.meta.reviewed.as_ref())?;
    let mut names = ["updated", "last_updated"].into_iter();
    let name = names.find(|it| note.places.contains_key(*it))?;
    let changed = history.files.get(&note.card.path)?.updated;
    let days = typed.until((Unit::Day, changed)).ok()?.get_days();
    (days > LAG && !note.places.contains_key("reviewed")).then(|| {
        let message = format!("the last change was {days} days after this, on {changed}");
        Diagnostic::new(Rule::StaleDate, note.place(name), message).hint(
            "leave the line out: pages show the date of the last change by themselves",
        )
    })
}
