//! What the site says of itself to other programs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::config::Config;
use crate::history::History;
use crate::output::{Content, Output};
use crate::overview::Ground;
use crate::path::Route;
use crate::site::Site;

pub mod comparison;
mod feed;
pub mod note;
mod redirect;
pub mod schema;

/// The files for other programs: `notes.json`, `sitemap.xml`, redirects and the like.
pub fn all(ground: &Ground<'_>, words: &Words) -> Output {
    let Ground { site, config, clock } = *ground;
    let mut output = redirect::pages(site, config, words);
    output.extend(comparison::files(site, config));
    let text = |text: String| Content::Text(text.into());
    output.insert(Route::new("notes.json"), text(note::json(site, clock.history)));
    output.insert(Route::new("robots.txt"), text(robots(config)));
    output.insert(Route::new(".nojekyll"), text(String::new()));
    if let Some(base) = &config.site.base_url {
        output
            .insert(Route::new("sitemap.xml"), text(sitemap(site, clock.history, base)));
        if let Some(feed) = feed::atom(site, config, base) {
            output.insert(Route::new("feed.xml"), text(feed));
        }
    }
    if let Some(domain) = &config.site.cname {
        output.insert(Route::new("CNAME"), text(format!("{domain}\n")));
    }
    output
}

fn robots(config: &Config) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &config.site.base_url {
        text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    text
}

/// The words of the interface by their keys.
type Words = BTreeMap<String, String>;

/// The address of a page below an absolute root.
fn absolute(base: &str, page: &str) -> String {
    let encoded: Vec<String> =
        page.split('/').map(|it| crate::path::encode_segment(it).collect()).collect();
    format!("{base}{}", encoded.join("/"))
}

/// The pages as <https://www.sitemaps.org/protocol.html> lists them, each note with the
/// day of its last change: as version control knows it, else as the note says.
fn sitemap(site: &Site, history: &History, base: &str) -> String {
    let mut pages: BTreeMap<&str, Option<Date>> = BTreeMap::new();
    for (_, folder) in site.tree.folders() {
        pages.insert(folder.route.address(), None);
    }
    for card in site.cards.values() {
        let changed = history.files.get(&card.path).map(|it| it.updated);
        pages.insert(card.route.address(), changed.or_else(|| card.meta.newest()));
    }
    let mut writer = Writer::new(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for (page, changed) in &pages {
                let address = absolute(base, page);
                writer.create_element("url").write_inner_content(|writer| {
                    let text = BytesText::new(&address);
                    writer.create_element("loc").write_text_content(text)?;
                    if let Some(day) = changed {
                        let day = day.to_string();
                        let text = BytesText::new(&day);
                        writer.create_element("lastmod").write_text_content(text)?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        });
    String::from_utf8_lossy(&writer.into_inner()).into_owned()
}
