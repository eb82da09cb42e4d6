//! Where in a note a fragment leads.

use crate::diag::nearest::nearest;
use crate::note::card::{Card, HeadingCard};
use crate::note::slug::{loose, slug};

/// What a fragment leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// An id of the note.
    Exact(String),
    /// An id of the note that was written otherwise.
    Like(String),
    /// Nothing; the id that is nearest to it.
    Dead(Option<String>),
}

/// Where the fragment of an address leads.
pub fn of_fragment(card: &Card, fragment: &str) -> Anchor {
    let plain = fragment.strip_prefix("user-content-").unwrap_or(fragment);
    if card.anchors.contains(plain) {
        return Anchor::Exact(plain.to_owned());
    }
    // `#:~:text=…` is the browser's own, `#top` every page's (HTML, 7.4.6.3).
    if plain.starts_with(":~:") || plain.eq_ignore_ascii_case("top") {
        return Anchor::Exact(plain.to_owned());
    }
    let lower = plain.to_lowercase();
    let squeezed = loose(plain);
    let like = card.anchors.iter().find(|it| it.to_lowercase() == lower).or_else(|| {
        card.anchors.iter().find(|it| !squeezed.is_empty() && loose(it) == squeezed)
    });
    match like {
        Some(id) => Anchor::Like(id.clone()),
        None => Anchor::Dead(nearest_id(card, plain)),
    }
}

/// Where the headings of a wikilink lead: each below the one before it, compared by
/// their text, not minding case and punctuation; or a block, `^id`.
pub fn of_headings(card: &Card, chain: &[String]) -> Anchor {
    let Some(last) = chain.last() else { return Anchor::Dead(None) };
    if last.starts_with('^') {
        let id = last.to_ascii_lowercase();
        return if card.anchors.contains(&id) {
            Anchor::Exact(id)
        } else {
            Anchor::Dead(nearest_id(card, &id))
        };
    }
    if let Some(heading) = follow(&card.headings, chain) {
        return Anchor::Exact(heading.id.clone());
    }
    if card.anchors.contains(last.as_str()) {
        Anchor::Exact(last.clone())
    } else {
        match of_fragment(card, &slug(last)) {
            Anchor::Exact(id) | Anchor::Like(id) => Anchor::Exact(id),
            dead @ Anchor::Dead(_) => dead,
        }
    }
}

fn follow<'a>(headings: &'a [HeadingCard], chain: &[String]) -> Option<&'a HeadingCard> {
    let (first, rest) = chain.split_first()?;
    let wanted = loose(first);
    headings.iter().enumerate().filter(|(_, it)| loose(&it.text) == wanted).find_map(
        |(at, it)| {
            if rest.is_empty() {
                return Some(it);
            }
            let below = &headings[at + 1..];
            let end = below
                .iter()
                .position(|next| next.level <= it.level)
                .unwrap_or(below.len());
            follow(&below[..end], rest)
        },
    )
}

fn nearest_id(card: &Card, id: &str) -> Option<String> {
    let ids = || card.anchors.iter().map(String::as_str);
    let near = nearest(id, ids()).or_else(|| {
        ids().find(|it| {
            it.len() > 3 && id.len() > 3 && (it.contains(id) || id.contains(*it))
        })
    });
    near.map(str::to_owned)
}
