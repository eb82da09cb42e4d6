//! What is counted in a text.

use super::card::Tasks;
use super::event::{Event, Text};

/// The boxes of task lists.
pub fn tasks(text: &Text<'_>) -> Tasks {
    let boxes = text.events.iter().filter_map(|(event, _)| match event {
        Event::Task(ticked) => Some(*ticked),
        _ => None,
    });
    boxes.fold(Tasks::default(), |it, ticked| Tasks {
        ticked: it.ticked + usize::from(ticked),
        all: it.all + 1,
    })
}

/// How many words are read: those of the text, and those of the code.
pub fn words(text: &Text<'_>) -> usize {
    let count = |it: &str| {
        let is_plain = it.is_ascii();
        if is_plain {
            it.split_ascii_whitespace().count()
        } else {
            it.split_whitespace().count()
        }
    };
    text.events
        .iter()
        .map(|(event, _)| match event {
            Event::Text(it) | Event::Code(it) => count(it),
            Event::Fence { code, .. } => count(code),
            _ => 0,
        })
        .sum()
}
