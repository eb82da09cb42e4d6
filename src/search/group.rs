//! Words with one stem, and where they stand.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::facet;
use super::part::Part;
use super::posting::Posting;
use super::stem::Stems;
use super::word;
use crate::note::Note;

/// Words with one stem, and where they stand.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The words as they are looked up, in order.
    pub(super) words: Vec<String>,
    /// Where they stand, by part.
    pub(super) postings: Vec<Posting>,
}

/// The groups of all words of some notes.
pub(super) struct Groups<'a> {
    all: Vec<Group>,
    /// The group of each word.
    of_word: HashMap<&'a str, usize>,
    /// The group of each stem.
    of_stem: HashMap<String, usize>,
    stems: Stems,
}

impl<'a> Groups<'a> {
    /// Reads the notes in order; their parts are numbered through.
    pub(super) fn of(notes: &[(&'a Note, &'a [Part])], stems: Stems) -> Self {
        let mut groups = Self {
            all: Vec::new(),
            of_word: HashMap::new(),
            of_stem: HashMap::new(),
            stems,
        };
        let mut number = 0;
        for (note, parts) in notes {
            for (values, name) in facet::of(&note.card.meta).iter().zip(facet::NAMES) {
                for value in values {
                    let entry = facet::entry(name, value);
                    let group = groups.stem(&entry, entry.clone());
                    groups.add(group, number, 0);
                }
            }
            for part in *parts {
                for (word, level) in part.words() {
                    if let Some(group) = groups.word(word) {
                        groups.add(group, number, level);
                    }
                }
                number += 1;
            }
        }
        groups
    }

    /// The groups in the order of their first words.
    pub(super) fn all(self) -> Vec<Group> {
        let mut groups = self.all;
        for group in &mut groups {
            group.words.sort_by(|a, b| order(a, b));
            group.words.dedup();
        }
        groups.sort_by(|a, b| order(&a.words[0], &b.words[0]));
        groups
    }

    /// The group of a word; a mark by itself has none.
    fn word(&mut self, word: &'a str) -> Option<usize> {
        if let Some(group) = self.of_word.get(word) {
            return Some(*group);
        }
        let folded = word::fold(word);
        if folded.is_empty() {
            return None;
        }
        let stem = word::fold(&self.stems.stem(word));
        let group = self.stem(&stem, folded);
        self.of_word.insert(word, group);
        Some(group)
    }

    /// The group of a stem, into which a word is put.
    fn stem(&mut self, stem: &str, word: String) -> usize {
        let group = self.of_stem.get(stem).copied().unwrap_or_else(|| {
            self.all.push(Group::default());
            self.of_stem.insert(stem.to_owned(), self.all.len() - 1);
            self.all.len() - 1
        });
        let words = &mut self.all[group].words;
        if !words.contains(&word) {
            words.push(word);
        }
        group
    }

    fn add(&mut self, group: usize, part: u32, level: u8) {
        let postings = &mut self.all[group].postings;
        let new = Posting::new(part, level);
        match postings.last_mut() {
            // Several words of a stem in one part: the heaviest counts.
            Some(last) if last.part() == part => *last = new.max(*last),
            _ => postings.push(new),
        }
    }
}

/// The order of words that a browser has: by UTF-16 units.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}
