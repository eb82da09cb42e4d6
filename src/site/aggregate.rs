//! What the comparisons of all notes come to together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compare::aggregate::{self, Entry};
use crate::compare::gap::{self, Gap};
use crate::compare::matrix::{self, Matrix};
use crate::compare::reading::Vocabulary;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::{Digest, Memo};
use crate::note::Note;
use crate::note::card::Card;
use crate::note::slug::slug;
use crate::path::{FilePath, Route};
use crate::site::Site;

/// What the comparisons of all notes come to together; made once for each site.
#[derive(Debug, Default)]
pub struct Aggregates {
    /// The metrics of the site against its systems.
    pub matrix: Arc<Matrix>,
    /// What each system lacks, by its page.
    pub gaps: BTreeMap<Route, Gap>,
    /// The values that two notes give differently.
    conflicts: Vec<Dispute>,
    /// What stands for the site that they were made from.
    pub digest: Digest,
}

/// A cell, by the note that holds it, its comparison, row and side.
type Place = (FilePath, usize, usize, usize);

/// Two cells that say different things of one.
#[derive(Debug)]
struct Dispute {
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

impl Aggregates {
    /// What the comparisons of a site come to.
    pub fn of(site: &Site, vocabulary: &Vocabulary, digest: Digest) -> Self {
        let entries = entries(site, |card| card.route.as_str());
        let places: Vec<(&FilePath, usize)> = site
            .cards
            .values()
            .flat_map(|card| (0..card.comparisons.len()).map(|at| (&card.path, at)))
            .collect();
        let place = |at: aggregate::CellAt| {
            let (path, comparison) = places[at.entry];
            (path.clone(), comparison, at.row, at.side)
        };
        let conflicts = aggregate::conflicts(&entries).into_iter();
        let gaps = gap::gaps(&entries).into_iter();
        Self {
            matrix: Arc::new(matrix::matrix(&entries, vocabulary)),
            gaps: gaps.map(|gap| (gap_route(&gap.system), gap)).collect(),
            conflicts: conflicts
                .map(|it| Dispute {
                    first: place(it.first),
                    second: place(it.second),
                    message: it.message,
                })
                .collect(),
            digest,
        }
    }

    /// The page of the matrix and of the gaps; none where there is nothing to show.
    pub fn route(&self) -> Option<Route> {
        let any = !self.matrix.rows.is_empty() || !self.gaps.is_empty();
        any.then(|| Route::page("compare"))
    }

    /// Tells what two notes dispute, at both places.
    pub fn tell(
        &self,
        notes: &Memo<FilePath, Checked<Note>>,
        told: &mut Vec<Diagnostic>,
    ) {
        let span = |(path, comparison, row, side): &Place| {
            let placed = notes.get(path)?.value.comparisons.get(*comparison)?;
            let range = placed.places.rows.get(*row)?.cells.get(*side)?;
            Some(Span::new(&placed.places.file, range.clone()))
        };
        for dispute in &self.conflicts {
            let (Some(first), Some(second)) =
                (span(&dispute.first), span(&dispute.second))
            else {
                continue;
            };
            told.push(
                Diagnostic::new(
                    Rule::ConflictingMeasurement,
                    second,
                    dispute.message.clone(),
                )
                .hint("keep one of them and link to it, or say in which they differ")
                .also(first, "the other value"),
            );
        }
    }
}

/// The page of a system's gap.
pub fn gap_route(system: &str) -> Route {
    Route::page(&format!("compare/{}", slug(system)))
}
