//! The comparisons of a site as data.

use crate::compare::export::{SCHEMA, json, long};
use crate::compare::reading::Vocabulary;
use crate::compare::{aggregate, matrix};
use crate::config::Config;
use crate::note::card::Card;
use crate::output::{Content, Output};
use crate::path::Route;
use crate::site::Site;
use crate::site::aggregate::entries;

/// The files of each comparison of a note.
pub fn of_note(card: &Card) -> Output {
    let route = card.route.as_str();
    let folder = route.strip_suffix("index.html").unwrap_or(route);
    let files = card.comparisons.iter().flat_map(|comparison| {
        let named =
            |ending: &str| Route::new(format!("{folder}{}.{ending}", comparison.id));
        let text = |text: String| Content::Text(text.into());
        [
            (named("csv"), text(long::csv(comparison))),
            (named("json"), text(json::text(comparison))),
        ]
    });
    files.collect()
}

/// The files of all comparisons together.
pub(super) fn files(site: &Site, config: &Config) -> Output {
    let mut output = Output::new();
    let mut add = |route: &str, text: String| {
        output.insert(Route::new(route), Content::Text(text.into()));
    };
    let entries = entries(site, |card| card.route.address());
    if !entries.is_empty() {
        add("compare/index.json", aggregate::index_json(&entries));
        add("compare/index.csv", aggregate::index_csv(&entries));
        let matrix = matrix::matrix(&entries, &Vocabulary::of(&config.compare));
        add("compare/matrix.csv", matrix::csv(&matrix));
        add("compare/comparison.schema.json", SCHEMA.to_owned());
    }
    output
}

/// Every cell of every comparison as JSON, in the long form.
pub fn json(site: &Site) -> String {
    aggregate::index_json(&entries(site, |card| card.route.address()))
}

/// Every cell of every comparison as CSV, in the long form.
pub fn csv(site: &Site) -> String {
    aggregate::index_csv(&entries(site, |card| card.route.address()))
}
