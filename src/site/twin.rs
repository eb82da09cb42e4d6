//! Notes that say they have one and the same id.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::site::Site;

/// Tells of each note whose id another note, which comes before it, has too.
pub fn tell(site: &Site, told: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, &FilePath> = BTreeMap::new();
    for card in site.cards.values() {
        let Some(id) = &card.meta.id else { continue };
        let Some(owner) = owners.get(&id.to_lowercase()) else {
            owners.insert(id.to_lowercase(), &card.path);
            continue;
        };
        let message = format!("`{owner}` has the id `{id}` too");
        told.push(
            Diagnostic::new(Rule::DuplicateId, Span::new(&card.path, 0..0), message)
                .hint("give one of them another id; links by this id lead to the first")
                .also(Span::new(owner, 0..0), "the other one"),
        );
    }
}
