//! The comparisons of a site as data.

use super::Put;
use crate::compare::export::{SCHEMA, json, long};
use crate::compare::reading::Vocabulary;
use crate::compare::{Comparison, aggregate, matrix};
use crate::config::Config;
use crate::note::card::Card;
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
pub fn of_note(card: &Card, put: &mut Put<'_>) {
    for (comparison, [sheet, document]) in routes(card) {
        put(sheet, long::csv(comparison));
        put(document, json::text(comparison));
    }
}

/// Makes the files of all comparisons together.
pub(super) fn files(site: &Site, config: &Config, put: &mut Put<'_>) {
    let entries = entries(site, |card| card.route.address());
    if entries.is_empty() {
        return;
    }
    let mut put = |route: &str, text: String| put(Route::new(route), text);
    let vocabulary = Vocabulary::of(&config.compare);
    put("compare/index.json", aggregate::index_json(&entries));
    put("compare/index.csv", aggregate::index_csv(&entries));
    put("compare/matrix.csv", matrix::csv(&matrix::matrix(&entries, &vocabulary)));
    put("compare/comparison.schema.json", SCHEMA.to_owned());
}

/// Every cell of every comparison as JSON, in the long form.
pub fn json(site: &Site) -> String {
    aggregate::index_json(&entries(site, |card| card.route.address()))
}

/// Every cell of every comparison as CSV, in the long form.
pub fn csv(site: &Site) -> String {
    aggregate::index_csv(&entries(site, |card| card.route.address()))
}
