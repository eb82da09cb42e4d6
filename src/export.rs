//! What the site says of itself to other programs.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::config::Config;
use crate::output::{Content, Output};
use crate::path::Route;
use crate::site::Site;

pub mod comparison;
mod feed;
pub mod note;
mod redirect;
pub mod schema;

/// The files for other programs: `notes.json`, `sitemap.xml`, redirects and the like.
pub fn all(site: &Site, config: &Config, words: &Words) -> Output {
    let mut output = redirect::pages(site, config, words);
    output.extend(comparison::files(site, config));
    let text = |text: String| Content::Text(text.into());
    output.insert(Route::new("notes.json"), text(note::json(site)));
    output.insert(Route::new("robots.txt"), text(robots(config)));
    output.insert(Route::new(".nojekyll"), text(String::new()));
    if let Some(base) = &config.site.base_url {
        output.insert(Route::new("sitemap.xml"), text(sitemap(site, base)));
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

/// The pages as <https://www.sitemaps.org/protocol.html> lists them.
fn sitemap(site: &Site, base: &str) -> String {
    let mut pages: BTreeSet<&str> = BTreeSet::new();
    for card in site.cards.values() {
        pages.insert(card.route.address());
    }
    for (_, folder) in site.tree.folders() {
        pages.insert(folder.route.address());
    }
    let mut writer = Writer::new(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for page in &pages {
                let address = absolute(base, page);
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
