//! What the site says of itself to other programs.

use std::collections::BTreeMap;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::Serialize;

use crate::config::Config;
use crate::note::card::{Card, HeadingCard};
use crate::output::{Content, Output};
use crate::path::Route;
use crate::site::Site;
use crate::site::resolve::Destination;

mod comparison;
mod redirect;

/// The files for other programs: `notes.json`, `sitemap.xml`, redirects and the like.
pub fn all(site: &Site, config: &Config) -> Output {
    let mut output = redirect::pages(site, config);
    output.extend(comparison::files(site, config));
    let text = |text: String| Content::Text(text.into());
    output.insert(Route::new("notes.json"), text(notes_json(site)));
    output.insert(Route::new("robots.txt"), text(robots(config)));
    output.insert(Route::new(".nojekyll"), text(String::new()));
    if let Some(base) = &config.site.base_url {
        output.insert(Route::new("sitemap.xml"), text(sitemap(site, base)));
    }
    if let Some(domain) = &config.site.cname {
        output.insert(Route::new("CNAME"), text(format!("{domain}\n")));
    }
    output
}

/// A note in `notes.json`.
#[derive(Serialize)]
struct NoteJson<'a> {
    source: &'a str,
    url: &'a str,
    title: &'a str,
    summary: &'a str,
    #[serde(flatten)]
    meta: &'a crate::note::meta::Meta,
    headings: &'a [HeadingCard],
    links: Vec<&'a str>,
    backlinks: Vec<&'a str>,
}

/// All notes as JSON, one a line, so that a change of one shows as a change of a line.
pub fn notes_json(site: &Site) -> String {
    let notes: Vec<String> = site
        .cards
        .values()
        .filter_map(|card| serde_json::to_string(&note_json(site, card)).ok())
        .collect();
    format!("[\n{}\n]\n", notes.join(",\n"))
}

fn note_json<'a>(site: &'a Site, card: &'a Card) -> NoteJson<'a> {
    let mut links: Vec<&str> = card
        .links
        .iter()
        .filter_map(|link| {
            match site.resolve(card, &link.target, link.form).destination {
                Some(Destination::Note { path, .. }) => site.cards.get_key_value(&path),
                _ => None,
            }
        })
        .map(|(path, _)| path.as_str())
        .collect();
    links.sort_unstable();
    links.dedup();
    let mut backlinks: Vec<&str> = Vec::new();
    for backlink in site.backlinks.get(&card.path).into_iter().flatten() {
        if backlinks.last() != Some(&backlink.from.as_str()) {
            backlinks.push(backlink.from.as_str());
        }
    }
    NoteJson {
        source: card.path.as_str(),
        url: card.route.address(),
        title: &card.title,
        summary: &card.summary,
        meta: &card.meta,
        headings: &card.headings,
        links,
        backlinks,
    }
}

fn robots(config: &Config) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &config.site.base_url {
        text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    text
}

/// The pages as <https://www.sitemaps.org/protocol.html> lists them.
fn sitemap(site: &Site, base: &str) -> String {
    let mut pages: BTreeMap<&str, ()> = BTreeMap::new();
    for card in site.cards.values() {
        pages.insert(card.route.address(), ());
    }
    for (_, folder) in site.tree.folders() {
        pages.insert(folder.route.address(), ());
    }
    let mut writer = Writer::new(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for page in pages.keys() {
                let encoded: Vec<String> = page
                    .split('/')
                    .map(|it| crate::path::encode_segment(it).collect())
                    .collect();
                let address = format!("{base}{}", encoded.join("/"));
                writer.create_element("url").write_inner_content(|writer| {
                    let text = BytesText::new(&address);
                    writer.create_element("loc").write_text_content(text)?;
                    Ok(())
                })?;
            }
            Ok(())
        });
    String::from_utf8_lossy(&writer.into_inner()).into_owned()
}
