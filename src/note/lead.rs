//! The beginning of a note's text, which says what it is about where it says so nowhere
//! else.

use std::ops::Range;

use crate::note::emoji;
use crate::note::event::{Element, Event, Text};

/// The first paragraph, as far as 200 characters go.
pub fn of(text: &Text<'_>, header: Option<&Range<usize>>) -> String {
    const LONGEST: usize = 200;
    let mut events = text.events.iter().enumerate();
    let start = events.find(|(_, (event, range))| {
        *event == Event::Open(Element::Paragraph)
            && header.is_none_or(|it| range.start >= it.end || range.end <= it.start)
    });
    let Some((start, _)) = start else { return String::new() };
    let mut words = String::new();
    for (event, _) in &text.events[start + 1..] {
        match event {
            Event::Text(it) | Event::Code(it) | Event::Math(it) => words.push_str(it),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Open(element) if element.is_block() => break,
            _ => {}
        }
        if words.len() > 4 * LONGEST {
            break;
        }
    }
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = emoji::shown(&line);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let cut = line[..end].rfind(' ').unwrap_or(end);
            format!("{}…", line[..cut].trim_end_matches([',', ';', ':', '.']))
        }
        None => line.into_owned(),
    }
}
