//! The comparisons of all notes, and what two of them give differently.

use crate::compare::aggregate::{self, CellAt, Entry};
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Memo;
use crate::note::Note;
use crate::note::card::Card;
use crate::path::FilePath;
use crate::site::Site;

/// A cell, by the note that holds it, its comparison, row and side.
type Place = (FilePath, usize, usize, usize);

/// Two cells that say different things of one.
#[derive(Debug)]
pub struct Dispute {
    first: Place,
    second: Place,
    message: String,
}

/// The comparisons of a site, each with its note. Their addresses are files of the
/// site, or what a server shows for them.
pub fn entries<'a>(
    site: &'a Site,
    address: impl Fn(&'a Card) -> &'a str,
) -> Vec<Entry<'a>> {
    let of = |card: &'a Card| {
        let url = address(card);
        card.comparisons.iter().map(move |comparison| Entry {
            note: card.meta.id.as_deref().unwrap_or_else(|| card.path.stem()),
            title: &card.title,
            url,
            system: card.meta.system.as_deref(),
            comparison,
        })
    };
    site.cards.values().flat_map(|card| of(card)).collect()
}

/// The values that two notes give differently.
pub fn disputes(site: &Site) -> Vec<Dispute> {
    let entries = entries(site, |card| card.route.as_str());
    let places: Vec<(&FilePath, usize)> = site
        .cards
        .values()
        .flat_map(|card| (0..card.comparisons.len()).map(|at| (&card.path, at)))
        .collect();
    let place = |at: CellAt| {
        let (path, comparison) = places[at.entry];
        (path.clone(), comparison, at.row, at.side)
    };
    let conflicts = aggregate::conflicts(&entries).into_iter();
    conflicts
        .map(|it| Dispute {
            first: place(it.first),
            second: place(it.second),
            message: it.message,
        })
        .collect()
}

/// Tells what two notes dispute, at both places.
pub fn tell(
    disputes: &[Dispute],
    notes: &Memo<FilePath, Checked<Note>>,
    told: &mut Vec<Diagnostic>,
) {
    let span = |(path, comparison, row, side): &Place| {
        let placed = notes.get(path)?.value.comparisons.get(*comparison)?;
        let range = placed.places.rows.get(*row)?.cells.get(*side)?;
        Some(Span::new(&placed.places.file, range.clone()))
    };
    for dispute in disputes {
        let (Some(first), Some(second)) = (span(&dispute.first), span(&dispute.second))
        else {
            continue;
        };
        let message = dispute.message.clone();
        told.push(
            Diagnostic::new(Rule::ConflictingMeasurement, second, message)
                .hint("keep one of them and link to it, or say in which they differ")
                .also(first, "the other value"),
        );
    }
}
