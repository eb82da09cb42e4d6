//! The comparisons of a site as data.

use crate::compare::export::{SCHEMA, json, lines};
use crate::compare::reading::Vocabulary;
use crate::compare::sheet::Lines;
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
            (named("csv"), text(export::csv(comparison))),
            (named("json"), text(export::json(comparison))),
        ]
    });
    files.collect()
}

/// The files of all comparisons together.
pub(super) fn files(site: &Site, config: &Config) -> Output {
    let mut output = Output::new();
    let mut add = |route: String, text: String| {
        output.insert(Route::new(route), Content::Text(text.into()));
    };
    let entries = entries(site, |card| card.route.address());
    if entries.is_empty() {
        return output;
    }
    let lines: Vec<Lines> =
        entries.iter().map(|it| lines::lines(it.comparison)).collect();
    for (entry, lines) in entries.iter().zip(&lines) {
        let path = format!("{}{}", entry.url, entry.comparison.id);
        add(format!("{path}.csv"), lines::csv(lines));
        add(format!("{path}.json"), json::text(entry.comparison));
    }
    add("compare/index.json".to_owned(), aggregate::index_json(&entries));
    add("compare/index.csv".to_owned(), aggregate::index_csv(&entries, &lines));
    let matrix = matrix::matrix(&entries, &Vocabulary::of(&config.compare));
    add("compare/matrix.csv".to_owned(), matrix::csv(&matrix));
    add("compare/comparison.schema.json".to_owned(), SCHEMA.to_owned());
    output
}

/// Every cell of every comparison as JSON, in the long form.
pub fn json(site: &Site) -> String {
    aggregate::index_json(&entries(site, |card| card.route.address()))
}

/// Every cell of every comparison as CSV, in the long form.
pub fn csv(site: &Site) -> String {
    let entries = entries(site, |card| card.route.address());
    let lines: Vec<Lines> =
        entries.iter().map(|it| lines::lines(it.comparison)).collect();
    aggregate::index_csv(&entries, &lines)
}
