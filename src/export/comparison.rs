//! The comparisons of a site as data.

use std::sync::Arc;

use crate::compare::export::{SCHEMA, json, long};
use crate::compare::reading::Vocabulary;
use crate::compare::{Comparison, aggregate, matrix};
use crate::config::Config;
use crate::note::card::Card;
use crate::output::Files;
use crate::path::Route;
use crate::site::Site;
use crate::site::aggregate::entries;

/// Where the files of each comparison of a note are: as CSV and as JSON.
pub fn routes(card: &Card) -> impl Iterator<Item = (&Comparison, [Route; 2])> {
    let route = card.route.as_str();
    let folder = route.strip_suffix("index.html").unwrap_or(route);
    card.comparisons.iter().map(move |comparison| {
        let named =
            |ending: &str| Route::new(format!("{folder}{}.{ending}", comparison.id));
        (&**comparison, [named("csv"), named("json")])
    })
}

/// Makes the files of each comparison of a note.
pub fn of_note(card: &Card, files: &mut Files<'_>) {
    for (comparison, [sheet, document]) in routes(card) {
        files.put(sheet, long::csv(comparison));
        files.put(document, json::text(comparison));
    }
}

/// Makes the files of all comparisons together.
pub(super) fn files(site: &Arc<Site>, config: &Config, files: &mut Files<'_>) {
    if site.cards.values().all(|it| it.comparisons.is_empty()) {
        return;
    }
    let of_all = |make: fn(&Site) -> String| {
        let site = site.clone();
        move || make(&site)
    };
    files.defer("compare/index.json", of_all(json));
    files.defer("compare/index.csv", of_all(csv));
    let (site, vocabulary) = (site.clone(), Vocabulary::of(&config.compare));
    files.defer("compare/matrix.csv", move || {
        let entries = entries(&site, |card| card.route.address());
        matrix::csv(&matrix::matrix(&entries, &vocabulary))
    });
    files.put("compare/comparison.schema.json", SCHEMA.to_owned());
}

/// Every cell of every comparison as JSON, in the long form.
pub fn json(site: &Site) -> String {
    aggregate::index_json(&entries(site, |card| card.route.address()))
}

/// Every cell of every comparison as CSV, in the long form.
pub fn csv(site: &Site) -> String {
    aggregate::index_csv(&entries(site, |card| card.route.address()))
}
