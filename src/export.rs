//! What the site says of itself to other programs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::config::Config;
use crate::history::History;
use crate::output::Files;
use crate::overview::Ground;
use crate::site::Site;

pub mod comparison;
mod feed;
pub mod note;
mod redirect;
pub mod schema;

/// Makes the files for other programs: `notes.json`, `sitemap.xml`, redirects and the
/// like. Those that are as long as all notes may be made later.
pub fn all(ground: &Ground<'_>, words: &Words, files: &mut Files<'_>) {
    let Ground { site, config, clock } = *ground;
    redirect::pages(site, config, words, files);
    comparison::files(site, config, files);
    let (shared, history) = (site.clone(), clock.history.clone());
    files.defer("notes.json", move || note::json(&shared, &history));
    files.put("robots.txt", robots(config));
    files.put(".nojekyll", String::new());
    if let Some(base) = &config.site.base_url {
        files.put("sitemap.xml", sitemap(site, clock.history, base));
        if let Some(feed) = feed::atom(site, config, base) {
            files.put("feed.xml", feed);
        }
    }
    if let Some(domain) = &config.site.cname {
        files.put("CNAME", format!("{domain}\n"));
    }
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
