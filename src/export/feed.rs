//! The newest notes as an Atom feed (RFC 4287), by the dates that they give.

use std::cmp::Reverse;
use std::io;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::absolute;
use crate::config::Config;
use crate::note::card::Card;
use crate::site::Site;

/// How many notes the feed holds.
const NEWEST: usize = 50;

/// The newest notes; nothing where no note has a date, for then nothing is new.
pub(super) fn atom(site: &Site, config: &Config, base: &str) -> Option<String> {
    let dated = site.cards.values().filter_map(|it| Some((it.meta.newest()?, &**it)));
    let mut notes: Vec<(Date, &Card)> = dated.collect();
    notes.sort_by_key(|(date, card)| (Reverse(*date), &card.path));
    notes.truncate(NEWEST);
    let newest = notes.first()?.0;
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = writer
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", config.book.language.as_str()))
        .write_inner_content(|writer| {
            text(writer, "id", base)?;
            text(writer, "title", config.title())?;
            if let Some(description) = &config.book.description {
                text(writer, "subtitle", description)?;
            }
            text(writer, "updated", &moment(newest))?;
            link(writer, "self", &format!("{base}feed.xml"))?;
            link(writer, "alternate", base)?;
            for name in &config.book.authors {
                person(writer, name)?;
            }
            notes.iter().try_for_each(|(date, card)| entry(writer, config, *date, card))
        });
    Some(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

fn entry(
    writer: &mut Writer<Vec<u8>>,
    config: &Config,
    date: Date,
    card: &Card,
) -> io::Result<()> {
    let base = config.site.base_url.as_deref().unwrap_or_default();
    let address = absolute(base, card.route.address());
    let owners = &card.meta.owners;
    let created = card.meta.created.as_ref().and_then(|it| it.date);
    writer
        .create_element("entry")
        .write_inner_content(|writer| {
            text(writer, "id", &address)?;
            text(writer, "title", &card.title)?;
            link(writer, "alternate", &address)?;
            text(writer, "updated", &moment(date))?;
            if let Some(created) = created {
                text(writer, "published", &moment(created))?;
            }
            for name in owners {
                person(writer, name)?;
            }
            // Without an author of its own an entry has those of the feed, and one of
            // both must name some (RFC 4287, 4.1.1).
            if owners.is_empty() && config.book.authors.is_empty() {
                person(writer, config.title())?;
            }
            if !card.summary.is_empty() {
                text(writer, "summary", &card.summary)?;
            }
            Ok(())
        })
        .map(|_| ())
}

/// The beginning of a day: a feed wants moments, and notes give days.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, href: &str) -> io::Result<()> {
    let link = writer.create_element("link").with_attribute(("rel", rel));
    link.with_attribute(("href", href)).write_empty().map(|_| ())
}

fn person(writer: &mut Writer<Vec<u8>>, name: &str) -> io::Result<()> {
    let author = writer.create_element("author");
    author.write_inner_content(|writer| self::text(writer, "name", name)).map(|_| ())
}
