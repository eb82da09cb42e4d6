//! The words in their order, cut into files of about the same size.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::group::{Group, order};
use super::{json, posting};
use crate::memo::Digest;

/// How many bytes a shard has at least, but for the last, and at most, but where one
/// group alone has more.
const SIZES: (usize, usize) = (12 * 1024, 32 * 1024);

/// So often, on the average, a word may begin a shard once the least is reached. It is
/// its digest that says so: when words come or go, only the shards near them change.
const ONE_OF: u8 = 8;

/// A run of words.
#[derive(Debug, Default)]
pub(super) struct Shard {
    /// Words from here on are in the shard.
    pub(super) key: String,
    /// The groups whose first word is in it.
    entries: Vec<Entry>,
    /// Words whose group's first word is in another shard, and those first words.
    elsewhere: BTreeMap<String, BTreeSet<String>>,
}

/// A group in a shard: its words, where they stand, and in how many parts they do if
/// that is not all that is told.
#[derive(Debug, Serialize)]
struct Entry(
    String,
    String,
    #[serde(skip_serializing_if = "Option::is_none")] Option<usize>,
);

/// Cuts groups in their order into shards.
pub(super) fn cut(groups: Vec<Group>) -> Vec<Shard> {
    let entries: Vec<(Vec<String>, Entry)> = groups
        .into_par_iter()
        .map(|group| {
            let places = posting::encode(&group.postings);
            let all = group.postings.len();
            let entry = Entry(
                group.words.join(" "),
                places,
                (all > posting::MOST).then_some(all),
            );
            (group.words, entry)
        })
        .collect();
    let (mut shards, mut words) =
        (Vec::<Shard>::new(), Vec::with_capacity(entries.len()));
    let (mut size, mut last) = (usize::MAX, String::new());
    for (of_entry, entry) in entries {
        let first = &of_entry[0];
        let length = entry.0.len() + entry.1.len();
        if ends(size, length, first) {
            shards.push(Shard { key: between(&last, first), ..Shard::default() });
            size = 0;
        }
        size += length;
        last.clone_from(first);
        if let Some(shard) = shards.last_mut() {
            shard.entries.push(entry);
        }
        words.push(of_entry);
    }
    place(&mut shards, words);
    shards
}

/// Whether a shard of this size ends before a word whose entry is so long.
fn ends(size: usize, length: usize, word: &str) -> bool {
    let (least, most) = SIZES;
    let may = || Digest::of_bytes(word.as_bytes()).byte().is_multiple_of(ONE_OF);
    size == usize::MAX || size > 0 && size + length > most || size >= least && may()
}

/// The shortest beginning of a word that comes after the word before it.
fn between(before: &str, word: &str) -> String {
    let ends = word.char_indices().map(|(at, it)| at + it.len_utf8());
    let beginnings = ends.map(|end| &word[..end]);
    let mut after = beginnings.filter(|it| order(before, it).is_lt());
    after.next().unwrap_or(word).to_owned()
}

/// Notes in each shard the words whose group is in another one.
fn place(shards: &mut [Shard], groups: Vec<Vec<String>>) {
    for words in groups {
        let Some((first, others)) = words.split_first() else { continue };
        let home = shard_of(shards, first);
        for word in others {
            let shard = shard_of(shards, word);
            if shard != home {
                let heads = shards[shard].elsewhere.entry(word.clone()).or_default();
                heads.insert(first.clone());
            }
        }
    }
}

/// The shard that a word is in.
fn shard_of(shards: &[Shard], word: &str) -> usize {
    shards.partition_point(|it| order(&it.key, word).is_le()).saturating_sub(1)
}

/// The content of each shard.
pub(super) fn json_of(shards: &[Shard]) -> Vec<String> {
    shards.par_iter().map(|it| json(&(&it.entries, &it.elsewhere))).collect()
}
