//! The page of the glossary: all terms of the site, from A to Z.

use std::collections::BTreeMap;

use serde::Serialize;

use super::listing::Link;
use super::{Content, Ground, Overview, Title};
use crate::glossary::{Entry, Glossary};
use crate::memo::Hashed;
use crate::path::Route;
use crate::site::resolve::encoded_fragment;

/// The most terms of the page, so that it has an end.
const LIST: usize = 2000;

/// The terms of a site.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TermsPage {
    /// The terms by the letter that they begin with.
    pub letters: Vec<Letter>,
    /// How many there are besides those that are shown.
    pub more: usize,
}

/// The terms that begin with a letter.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// The terms.
    pub terms: Vec<TermItem>,
}

/// A term.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TermItem {
    /// The term, and where it is defined.
    pub term: Link,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// What it means.
    pub definition: String,
    /// What to read besides.
    pub see: Vec<Link>,
}

/// The page; none where no term is defined.
pub(super) fn pages(ground: &Ground<'_>) -> Vec<(Route, Overview)> {
    let glossary = Glossary::of(ground.site);
    let mut sorted: Vec<(String, &Entry)> =
        glossary.entries.iter().map(|it| (it.term.name.to_lowercase(), it)).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    if sorted.is_empty() {
        return Vec::new();
    }
    let mut letters: BTreeMap<String, Vec<TermItem>> = BTreeMap::new();
    for (name, entry) in sorted.iter().take(LIST) {
        let first = name.chars().next().filter(|it| it.is_alphabetic());
        let letter =
            first.map_or_else(|| "#".to_owned(), |it| it.to_uppercase().collect());
        letters.entry(letter).or_default().push(item(ground, &glossary, entry));
    }
    let page = TermsPage {
        letters: letters
            .into_iter()
            .map(|(letter, terms)| Letter { letter, terms })
            .collect(),
        more: sorted.len().saturating_sub(LIST),
    };
    let overview = Overview {
        title: Title::Word("glossary"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Terms(page)),
    };
    vec![(Route::page("terms"), overview)]
}

fn item(ground: &Ground<'_>, glossary: &Glossary, entry: &Entry) -> TermItem {
    let see = entry.term.see.iter().filter_map(|name| {
        if let Some(other) = glossary.named(name) {
            return Some(link(other));
        }
        let from = ground.site.card(&entry.path)?;
        let card = ground.site.card(ground.site.named(from, name)?)?;
        Some(Link { label: card.title.clone(), url: card.route.encoded() })
    });
    TermItem {
        term: link(entry),
        aliases: entry.term.aliases.clone(),
        definition: entry.term.definition.clone(),
        see: see.collect(),
    }
}

fn link(entry: &Entry) -> Link {
    let anchor = match entry.term.anchor.as_str() {
        "" => String::new(),
        id => format!("#{}", encoded_fragment(id)),
    };
    let url = format!("{}{anchor}", entry.route.encoded());
    Link { label: entry.term.name.clone(), url }
}
