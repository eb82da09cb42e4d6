//! The comparisons of a site as data.

use crate::compare::reading::Vocabulary;
use crate::compare::{aggregate, export, matrix};
use crate::config::Config;
use crate::output::{Content, Output};
use crate::path::Route;
use crate::site::Site;
use crate::site::aggregate::entries;

/// The files of each comparison, and those of all together.
pub(super) fn files(site: &Site, config: &Config) -> Output {
    let mut output = Output::new();
    let mut add = |route: String, text: String| {
        output.insert(Route::new(route), Content::Text(text.into()));
    };
    for card in site.cards.values() {
        let route = card.route.as_str();
        let folder = route.strip_suffix("index.html").unwrap_or(route);
        for comparison in &card.comparisons {
            add(format!("{folder}{}.csv", comparison.id), export::csv(comparison));
            add(format!("{folder}{}.json", comparison.id), export::json(comparison));
        }
    }
    let entries = entries(site, |card| card.route.address());
    if !entries.is_empty() {
        let vocabulary = Vocabulary::of(&config.compare);
        add("compare/index.json".to_owned(), aggregate::index_json(&entries));
        add("compare/index.csv".to_owned(), aggregate::index_csv(&entries));
        let matrix = matrix::matrix(&entries, &vocabulary);
        add("compare/matrix.csv".to_owned(), matrix::csv(&matrix));
        add("compare/comparison.schema.json".to_owned(), export::SCHEMA.to_owned());
    }
    output
}
