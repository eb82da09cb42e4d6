//! Pages that lead on: from the addresses that notes had before.

use std::collections::BTreeMap;

use super::Words;
use crate::config::Config;
use crate::output::Files;
use crate::path::{Route, route_of_note};
use crate::site::Site;

/// A page for each alias of a note and each redirect that is configured.
///
/// What a note says of itself counts before what another one says of it: build puts
/// these pages only where no other is.
pub(super) fn pages(site: &Site, config: &Config, words: &Words, files: &mut Files<'_>) {
    for (route, href) in targets(site, config) {
        files.put(route, page(&href, config, words));
    }
}

/// Where each page leads to.
fn targets(site: &Site, config: &Config) -> BTreeMap<Route, String> {
    let mut targets = BTreeMap::new();
    for card in site.cards.values() {
        for alias in &card.meta.aliases {
            let name = alias.trim().trim_matches('/');
            let name = if name.ends_with(".md") {
                name.to_owned()
            } else {
                format!("{name}.md")
            };
            let Some(path) = site.src.join(&name) else { continue };
            let route = route_of_note(&path, &site.src, None);
            if route != card.route {
                let href = route.href_to(&card.route);
                targets.entry(route).or_insert(href);
            }
        }
    }
    for (from, to) in &config.site.redirects {
        let from = from.trim_start_matches('/');
        let route = match from {
            _ if from.ends_with('/') || from.is_empty() => {
                Route::page(from.trim_end_matches('/'))
            }
            _ => Route::new(from),
        };
        targets.entry(route).or_insert_with(|| to.clone());
    }
    targets
}

fn page(href: &str, config: &Config, words: &Words) -> String {
    let escaped = |text: &str| {
        let mut escaped = String::new();
        // A `String` takes whatever is written to it.
        let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
        escaped
    };
    let word = |key: &str| escaped(words.get(key).map_or("", |it| it));
    let (address, language) = (escaped(href), escaped(&config.book.language));
    let (title, text, link) = (word("moved"), word("moved-text"), word("moved-link"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={address}\">\n\
         <link rel=\"canonical\" href=\"{address}\">\n</head>\n<body>\n\
         <p>{text} <a href=\"{address}\">{link}</a></p>\n</body>\n</html>\n"
    )
}
