//! The name of a new note, and the folder that suits it.

use std::collections::BTreeMap;

use crate::note::card::Card;
use crate::path::FilePath;
use crate::site::Site;

/// The most letters of a name that is made of a title.
const LONGEST: usize = 60;

/// A name made of a title: its words in lower case with hyphens between them, as many as
/// a name can hold; `None` where it has none.
pub(super) fn id(title: &str) -> Option<String> {
    let lower = title.to_lowercase().replace(['\'', '’'], "");
    let mut id = String::new();
    for word in lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty())
    {
        let length = id.chars().count() + word.chars().count();
        if !id.is_empty() && length > LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.chars().take(LONGEST));
    }
    Some(id).filter(|it| !it.is_empty())
}

/// The file of a new note: with the next number where its folder's notes are numbered.
pub(super) fn file(site: &Site, folder: &FilePath, id: &str) -> FilePath {
    let notes = site.cards.values().map(|it| &**it).map(|it| &it.path);
    let beside: Vec<&FilePath> =
        notes.filter(|it| it.folder() == *folder && !it.is_index()).collect();
    let numbers: Vec<&str> = beside.iter().filter_map(|it| number(it.stem())).collect();
    let highest = numbers.iter().filter_map(|it| it.parse::<u32>().ok()).max();
    let name = match highest.filter(|_| 2 * numbers.len() > beside.len()) {
        Some(highest) => {
            let width = numbers.iter().map(|it| it.len()).max().unwrap_or_default();
            format!("{:0width$}-{id}.md", highest + 1)
        }
        None => format!("{id}.md"),
    };
    folder.join(&name).unwrap_or_default()
}

/// The number that a name begins with: `0012-cache`. A year is none: `2026-05-01-cache`.
fn number(stem: &str) -> Option<&str> {
    let end = stem.find(|it: char| !it.is_ascii_digit())?;
    let (digits, rest) = stem.split_at(end);
    let mut next = rest.chars();
    let is_name = next.next().is_some_and(|it| it == '-' || it == '_')
        && next.next().is_some_and(char::is_alphabetic);
    (is_name && (2..=6).contains(&digits.len())).then_some(digits)
}

/// The folder that most of these notes are in; of several the first.
pub(super) fn commonest<'a>(cards: impl Iterator<Item = &'a Card>) -> Option<FilePath> {
    let mut counts: BTreeMap<FilePath, usize> = BTreeMap::new();
    for card in cards {
        *counts.entry(card.path.folder()).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(folder, _)| folder)
}

/// The folder of a system, below that of the notes: the one of its name that holds notes
/// about it.
pub(super) fn home<'a>(
    mut cards: impl Iterator<Item = &'a Card>,
    src: &FilePath,
    system: &str,
) -> Option<String> {
    cards.find_map(|card| {
        let folder = card.path.folder();
        let place = folder.below(src)?;
        let parts: Vec<&str> = place.split('/').collect();
        let at = parts.iter().position(|it| *it == system)?;
        Some(parts[..=at].join("/"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name() {
        assert_eq!(id("ETA: buy or build?").as_deref(), Some("eta-buy-or-build"));
        assert_eq!(id("Größe & Alter").as_deref(), Some("größe-alter"));
        assert_eq!(id("We don’t ../../etc").as_deref(), Some("we-dont-etc"));
        assert_eq!(id("?! …"), None);
        assert_eq!(id(&"word ".repeat(100)).map(|it| it.len()), Some(59));
        assert_eq!(id(&"w".repeat(100)).map(|it| it.len()), Some(60));
    }

    #[test]
    fn a_number_is_no_date() {
        assert_eq!(number("0012-cache"), Some("0012"));
        assert_eq!(number("2026-05-01-cache"), None);
        assert_eq!(number("12"), None);
        assert_eq!(number("5-cache"), None);
        assert_eq!(number("cache-12"), None);
    }
}
