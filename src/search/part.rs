//! The parts of a note, each a run of sections: their words with their weights, and the
//! text that excerpts are taken from.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::section::{self, Section};
use super::{Made, file, json, word};
use crate::memo::Digest;
use crate::note::Note;
use crate::note::syntax::Dialect;
use crate::output::{Find, Sink};
use crate::path::Route;

/// A part of a note.
#[derive(Debug)]
pub(super) struct Part {
    /// The words in lower case, sorted, with spaces between them.
    words: Box<str>,
    /// How much each weighs.
    levels: Box<[u8]>,
    /// The name of the file that holds its text.
    pub(super) name: String,
    /// That file.
    pub(super) text: Made,
}

/// A part as it is saved: its file by its digest.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct SavedPart {
    words: Box<str>,
    levels: Box<[u8]>,
    name: String,
    text: (Route, Digest),
}

impl Part {
    /// The part as it is saved; `None` where its file is copied.
    pub(super) fn save(&self) -> Option<SavedPart> {
        Some(SavedPart {
            words: self.words.clone(),
            levels: self.levels.clone(),
            name: self.name.clone(),
            text: (self.text.0.clone(), self.text.1.digest()?),
        })
    }

    /// A part that was saved, if its file is found.
    pub(super) fn load(saved: SavedPart, find: &Find<'_>) -> Option<Self> {
        let SavedPart { words, levels, name, text: (route, digest) } = saved;
        let content = find(&route, digest)?;
        Some(Self { words, levels, name, text: (route, content) })
    }

    /// The words in lower case, each with its weight, from 0.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u8)> {
        self.words.split(' ').zip(self.levels.iter().copied())
    }
}

/// The parts of a note.
pub(super) fn of(note: &Note, dialect: &Dialect, sink: &dyn Sink) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Vec<Section> = Vec::new();
    let mut size = 0;
    for section in section::of(note, dialect) {
        if size + section.text.len() > section::LARGEST && !open.is_empty() {
            parts.push(std::mem::take(&mut open));
            size = 0;
        }
        size += section.text.len();
        open.push(section);
    }
    parts.push(open);
    let parts = parts.into_iter().enumerate();
    parts.map(|(index, sections)| part(&sections, note, index, sink)).collect()
}

/// What a word weighs by where it stands.
mod weight {
    pub(super) const TITLE: u32 = 60;
    pub(super) const NAME: u32 = 24;
    pub(super) const HEADING: u32 = 10;
    pub(super) const TEXT: u32 = 2;
    pub(super) const CODE: u32 = 1;
}

/// A part of some sections; the first of a note has its title and names too.
fn part(sections: &[Section], note: &Note, index: usize, sink: &dyn Sink) -> Part {
    let mut found = Found::default();
    if index == 0 {
        let meta = &note.card.meta;
        found.add(&note.card.title, weight::TITLE);
        let names = meta.aliases.iter().chain(&meta.tags).chain(&meta.id);
        for name in names.chain(&meta.system).chain(&meta.kind) {
            found.add(name, weight::NAME);
        }
        found.add(meta.summary.as_deref().unwrap_or_default(), weight::TEXT);
    }
    for section in sections {
        found.add(&section.heading, weight::HEADING);
        let mut at = 0;
        for code in &section.code {
            found.add(&section.text[at..code.start], weight::TEXT);
            found.add(&section.text[code.clone()], weight::CODE);
            at = code.end;
        }
        found.add(&section.text[at..], weight::TEXT);
    }
    let (words, levels) = found.weighed();
    let texts: Vec<[&str; 3]> =
        sections.iter().map(|it| [&*it.id, &*it.heading, it.text.trim()]).collect();
    let (route, name, text) = file(&json(&texts), Some((&note.card.path, index)));
    let content = sink.take(&route, text);
    Part { words, levels, name, text: (route, content) }
}

/// The words of a part while it is read.
#[derive(Default)]
struct Found<'a> {
    weights: HashMap<std::borrow::Cow<'a, str>, u32>,
    count: u32,
}

impl<'a> Found<'a> {
    fn add(&mut self, text: &'a str, weight: u32) {
        word::each(text, |word| {
            *self.weights.entry(word).or_default() += weight;
            self.count += 1;
        });
    }

    /// The words in order, and for each its level.
    fn weighed(self) -> (Box<str>, Box<[u8]>) {
        let count = self.count;
        let mut words: Vec<_> = self.weights.into_iter().collect();
        words.sort_unstable();
        let levels = words.iter().map(|(_, weight)| level(*weight, count)).collect();
        let mut text = String::new();
        for (index, (word, _)) in words.iter().enumerate() {
            if index > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
        (text.into(), levels)
    }
}

/// The level of a word with this weight in a part of so many words: BM25 with a fixed
/// length of the usual part, so that no note's weights depend on another note.
fn level(weight: u32, count: u32) -> u8 {
    const USUAL: f64 = 400.0;
    const SATURATION: f64 = 3.0;
    const BY_LENGTH: f64 = 0.4;
    let frequency = f64::from(weight) / f64::from(weight::TEXT);
    let length = 1.0 - BY_LENGTH + BY_LENGTH * f64::from(count) / USUAL;
    let share = frequency / (frequency + SATURATION * length);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let level = (share * f64::from(super::posting::LEVELS)) as u8;
    level
}
