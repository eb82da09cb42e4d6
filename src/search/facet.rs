//! What notes can be narrowed down by: kind, status, system, tags.

use std::collections::BTreeMap;

use crate::note::meta::Meta;
use crate::note::status::Status;

/// How many values of one name are offered; all of them can be asked for.
const MOST: usize = 100;

/// What notes can be narrowed down by, in the order in which it is offered.
pub(super) const NAMES: [&str; 4] = ["kind", "status", "system", "tag"];

/// What a note can be narrowed down by: for each name its values.
pub(super) fn of(meta: &Meta) -> [Vec<&str>; 4] {
    let status = meta.status.map(Status::name);
    let mut tags: Vec<&str> = meta.tags.iter().map(String::as_str).collect();
    tags.sort_unstable();
    tags.dedup();
    [
        meta.kind.as_deref().into_iter().collect(),
        status.into_iter().collect(),
        meta.system.as_deref().into_iter().collect(),
        tags,
    ]
}

/// The entry among the words that stands for a value: no word holds a colon.
pub(super) fn entry(name: &str, value: &str) -> String {
    format!("{name}:{value}")
}

/// The values of some notes that are offered, by name: the most frequent, in order.
pub(super) fn offered<'a>(
    notes: impl Iterator<Item = &'a Meta>,
) -> BTreeMap<&'static str, Vec<&'a str>> {
    let mut counts: [BTreeMap<&str, usize>; 4] = Default::default();
    for meta in notes {
        for (values, counts) in of(meta).into_iter().zip(&mut counts) {
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let offered = counts.into_iter().map(|counts| {
        let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        values.truncate(MOST);
        let mut values: Vec<&str> = values.into_iter().map(|(value, _)| value).collect();
        values.sort_unstable();
        values
    });
    NAMES.into_iter().zip(offered).filter(|(_, values)| !values.is_empty()).collect()
}
