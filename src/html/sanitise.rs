//! Makes raw HTML of notes safe.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ammonia::{Builder, UrlRelative};

use super::blocks::Blocks;
use crate::config::RawHtml;
use crate::note::element;
use crate::note::link::{SAFE_SCHEMES, Target};
use crate::note::syntax::Dialect;

/// Makes the HTML of a note safe where it holds any of its author's, and sets in the
/// blocks that the program made itself.
pub(super) fn finish(
    html: String,
    blocks: &Blocks,
    raw: bool,
    dialect: &Dialect,
) -> String {
    if !raw {
        return html;
    }
    let html = match dialect.html {
        RawHtml::Safe => policy().clean(&html).to_string(),
        RawHtml::Allow | RawHtml::Escape => html,
    };
    blocks.set_in(&html)
}

/// What may stay: what GitHub shows, and what the writer writes.
fn policy() -> &'static Builder<'static> {
    static POLICY: OnceLock<Builder<'static>> = OnceLock::new();
    POLICY.get_or_init(|| {
        let mut policy = Builder::default();
        let tags: HashSet<&str> = element::shown().chain(["input"]).collect();
        policy
            .tags(tags)
            .tag_attributes(attributes())
            .generic_attributes(HashSet::from([
                "align",
                "aria-hidden",
                "aria-label",
                "aria-labelledby",
                "class",
                "dir",
                "id",
                "itemprop",
                "lang",
                "role",
                "title",
                "valign",
                "tabindex",
            ]))
            .clean_content_tags(HashSet::from([
                "script", "style", "iframe", "noembed", "noframes", "noscript",
                "template", "object",
            ]))
            .url_schemes(SAFE_SCHEMES.iter().copied().chain(["data"]).collect())
            .attribute_filter(|element, attribute, value| {
                let picture = element == "img" && attribute == "src";
                is_safe(attribute, value, picture).then(|| value.into())
            })
            .url_relative(UrlRelative::PassThrough)
            .link_rel(None);
        policy
    })
}

/// Whether the addresses in a value are safe; `data:` is only where it is a picture.
fn is_safe(attribute: &str, value: &str, picture: bool) -> bool {
    let plain = value.trim_start().to_ascii_lowercase();
    if plain.starts_with("data:") {
        return picture;
    }
    // The policy itself does not look into these.
    let addresses = match attribute {
        "srcset" => value.split(',').collect(),
        "cite" => vec![value],
        _ => Vec::new(),
    };
    !addresses.iter().any(|it| matches!(Target::of(it), Target::Unsafe(_)))
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let sized = ["width", "height", "src"];
    HashMap::from([
        ("a", HashSet::from(["href", "name", "rel"])),
        ("audio", HashSet::from(["controls", "loop", "muted", "preload", "src"])),
        ("bdo", HashSet::from(["dir"])),
        ("blockquote", HashSet::from(["cite"])),
        ("col", HashSet::from(["span", "width"])),
        ("colgroup", HashSet::from(["span"])),
        ("data", HashSet::from(["value"])),
        ("del", HashSet::from(["cite", "datetime"])),
        ("details", HashSet::from(["open"])),
        ("font", HashSet::from(["color"])),
        ("img", HashSet::from(["alt", "loading", "srcset", "width", "height", "src"])),
        ("input", HashSet::from(["checked", "disabled", "type"])),
        ("ins", HashSet::from(["cite", "datetime"])),
        ("li", HashSet::from(["value"])),
        ("ol", HashSet::from(["reversed", "start", "type"])),
        ("q", HashSet::from(["cite"])),
        ("source", HashSet::from(["media", "sizes", "src", "srcset", "type"])),
        ("table", HashSet::from(["border", "summary", "width"])),
        ("td", HashSet::from(["colspan", "headers", "rowspan", "width"])),
        (
            "th",
            HashSet::from(["abbr", "colspan", "headers", "rowspan", "scope", "width"]),
        ),
        ("time", HashSet::from(["datetime"])),
        ("track", HashSet::from(["kind", "label", "src", "srclang"])),
        (
            "video",
            sized
                .into_iter()
                .chain(["controls", "loop", "muted", "poster", "preload"])
                .collect(),
        ),
    ])
}
