//! The sentence around each link, for the notes that it leads to.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::note::emoji;
use crate::note::event::{Element, Event, Text};

/// The longest sentence that is shown, in characters; of a longer one the part around
/// the link.
const LONGEST: usize = 240;

/// For each link of a text the sentence around it, as plain text.
pub fn around_links(text: &Text<'_>) -> Vec<String> {
    let mut sentences = vec![String::new(); text.links.len()];
    let mut block = Block::default();
    for (event, _) in &text.events {
        match event {
            Event::Open(Element::Link(index) | Element::Image(index)) => {
                block.open(Some(*index));
            }
            Event::Embed(index) => {
                block.links.push((*index, block.text.len()..block.text.len()));
            }
            Event::Open(element) if element.is_block() => {
                block.flush(&mut sentences);
                block.open.clear();
            }
            Event::Open(_) => block.open(None),
            Event::Close => match block.open.pop() {
                Some(Some((index, start))) => {
                    block.links.push((index, start..block.text.len()));
                }
                Some(None) => {}
                None => block.flush(&mut sentences),
            },
            Event::Text(it) | Event::Code(it) | Event::Math(it) => {
                block.text.push_str(it);
            }
            Event::SoftBreak | Event::HardBreak => block.text.push(' '),
            Event::Tag(tag) => tag.attributes.iter().for_each(|(_, value)| {
                if let crate::note::raw::Value::Link(index) = value {
                    block.links.push((*index, block.text.len()..block.text.len()));
                }
            }),
            _ => {}
        }
    }
    block.flush(&mut sentences);
    sentences
}

/// The text of one block, and where its links stand in it.
#[derive(Default)]
struct Block {
    text: String,
    links: Vec<(usize, Range<usize>)>,
    open: Vec<Option<(usize, usize)>>,
}

impl Block {
    fn open(&mut self, link: Option<usize>) {
        self.open.push(link.map(|index| (index, self.text.len())));
    }

    fn flush(&mut self, sentences: &mut [String]) {
        if !self.links.is_empty() {
            let bounds = self.bounds();
            for (index, range) in self.links.drain(..) {
                let next = bounds.partition_point(|it| *it <= range.start);
                let start = next.checked_sub(1).map_or(0, |it| bounds[it]);
                let last = bounds.partition_point(|it| *it < range.end).max(next);
                let end = bounds.get(last).copied().unwrap_or(self.text.len());
                // No more than can be shown, however long the sentence is.
                let near = |at: usize| self.text.floor_char_boundary(at);
                let start = start.max(near(range.start.saturating_sub(4 * LONGEST)));
                let end = end.min(near(range.start + 4 * LONGEST)).max(start);
                sentences[index] = trimmed(&self.text[start..end], range.start - start);
            }
        }
        self.text.clear();
    }

    /// Where sentences begin, as far as the first one behind the last link.
    fn bounds(&self) -> Vec<usize> {
        let reach = self.links.iter().map(|(_, range)| range.end).max();
        let mut bounds = Vec::new();
        for (at, _) in self.text.split_sentence_bound_indices() {
            bounds.push(at);
            if Some(at) > reach {
                break;
            }
        }
        bounds
    }
}

/// A sentence in one line, cut around a byte of it if it is too long.
fn trimmed(sentence: &str, at: usize) -> String {
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = line.chars().count();
    if count <= LONGEST {
        return emoji::shown(&line).into_owned();
    }
    let at =
        sentence[..at].split_whitespace().map(|it| it.chars().count() + 1).sum::<usize>();
    let start = at.saturating_sub(LONGEST / 2).min(count - LONGEST);
    let part: String = line.chars().skip(start).take(LONGEST).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start + LONGEST < count { "…" } else { "" };
    format!("{before}{}{after}", part.trim())
}
