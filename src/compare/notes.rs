//! The notes of a comparison, found by their labels and by what they say.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::letters;

/// A remark that cells refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// How cells call it.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// The notes of a comparison in their order, with an index of them: a table may have one
/// in each of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Note>", into = "Vec<Note>")]
pub struct Notes {
    list: Vec<Note>,
    labels: BTreeMap<String, usize>,
    texts: BTreeMap<String, usize>,
}

impl Notes {
    /// Adds a note. The first of a label or text is the one that is found by it.
    pub fn push(&mut self, note: Note) {
        let at = self.list.len();
        self.labels.entry(note.label.clone()).or_insert(at);
        self.texts.entry(note.text.clone()).or_insert(at);
        self.list.push(note);
    }

    /// The note with a label.
    pub fn get(&self, label: &str) -> Option<&Note> {
        Some(&self.list[*self.labels.get(label)?])
    }

    /// The letters by which a table marks the note with a label.
    pub fn mark(&self, label: &str) -> Option<String> {
        self.labels.get(label).map(|at| letters(*at))
    }

    /// The label of a note with this text, which is added where there is none.
    pub fn label_of(&mut self, text: &str) -> String {
        if let Some(at) = self.texts.get(text) {
            return self.list[*at].label.clone();
        }
        // As many labels as there are notes, and one more: one of them is free.
        let mut labels = (self.list.len()..=2 * self.list.len()).map(letters);
        let free = labels.find(|label| !self.labels.contains_key(label));
        let label = free.unwrap_or_default();
        self.push(Note { label: label.clone(), text: text.to_owned() });
        label
    }
}

impl Deref for Notes {
    type Target = [Note];

    fn deref(&self) -> &[Note] {
        &self.list
    }
}

impl FromIterator<Note> for Notes {
    fn from_iter<T: IntoIterator<Item = Note>>(notes: T) -> Self {
        let mut all = Self::default();
        notes.into_iter().for_each(|it| all.push(it));
        all
    }
}

impl From<Vec<Note>> for Notes {
    fn from(notes: Vec<Note>) -> Self {
        notes.into_iter().collect()
    }
}

impl From<Notes> for Vec<Note> {
    fn from(notes: Notes) -> Self {
        notes.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(label: &str, text: &str) -> Note {
        Note { label: label.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_text_is_one_note_whose_label_no_other_has() {
        let mut notes: Notes = vec![note("b", "cold cache")].into();
        assert_eq!(notes.label_of("cold cache"), "b");
        assert_eq!(notes.label_of("warm cache"), "c");
        assert_eq!(notes.label_of("warm cache"), "c");
        assert_eq!(notes.label_of("no cache"), "d");
        assert_eq!(notes.get("c"), Some(&note("c", "warm cache")));
        assert_eq!(notes.mark("c").as_deref(), Some("b"));
        assert_eq!((notes.get("a"), notes.mark("a")), (None, None));
    }

    #[test]
    fn of_two_notes_with_one_label_the_first_is_found() {
        let notes: Notes = vec![note("a", "one"), note("a", "two")].into();
        assert_eq!((notes.len(), &*notes.get("a").unwrap().text), (2, "one"));
    }
}
