//! The terms of a site, and where notes use them.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diag::nearest::nearest;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::{Digest, Memo};
use crate::note::Note;
use crate::note::card::Card;
use crate::note::status::Status;
use crate::note::term::{self, Term};
use crate::path::{FilePath, Route};
use crate::site::Site;

pub mod finder;

use finder::Finder;

/// The terms of a site.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The terms, in the order of the notes that define them.
    pub entries: Vec<Entry>,
    /// The entry of each name, in lower case.
    names: BTreeMap<String, usize>,
    finder: Finder,
    /// What stands for the names: equal digests, equal uses in equal texts.
    pub digest: Digest,
}

/// A term, and where it is defined.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The note that defines it.
    pub path: FilePath,
    /// That note's page.
    pub route: Route,
    /// The term.
    pub term: Term,
}

/// For each note the terms that its file names, by their entries.
pub type Uses = Memo<FilePath, Vec<usize>>;

impl Glossary {
    /// The terms that the notes of a site define; of two with one name the first.
    pub fn of(site: &Site) -> Self {
        let entries: Vec<Entry> = site
            .cards
            .values()
            .flat_map(|card| card.terms.iter().map(move |term| (card, term)))
            .map(|(card, term)| Entry {
                path: card.path.clone(),
                route: card.route.clone(),
                term: term.clone(),
            })
            .collect();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut given: Vec<(&str, usize)> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            for name in entry.names() {
                names.entry(name.to_lowercase()).or_insert_with(|| {
                    given.push((name, index));
                    index
                });
            }
        }
        let (finder, digest) = (Finder::of(&given), Digest::of(&given));
        Self { entries, names, finder, digest }
    }

    /// The entry of a name.
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.names.get(&name.to_lowercase()).map(|it| &self.entries[*it])
    }

    /// The names that lead to an entry: those that no entry before it has.
    pub fn names_of(&self, entry: usize) -> impl Iterator<Item = &str> {
        let names = self.entries[entry].names();
        names.filter(move |it| self.names.get(&it.to_lowercase()) == Some(&entry))
    }

    /// Looks which terms each note names, where note or names have changed.
    pub fn find_uses(&self, notes: &Memo<FilePath, Checked<Note>>, uses: &mut Uses) {
        let inputs = notes.iter().filter(|_| !self.entries.is_empty());
        let inputs = inputs.map(|(path, note)| {
            let digest = Digest::of(&(note.value.digest, self.digest));
            (path.clone(), digest, note.value.text.clone())
        });
        uses.refresh(inputs.collect(), |_, text| {
            // A line break is a blank, as it is for a reader.
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let found: BTreeSet<usize> =
                self.finder.find(&line).into_iter().map(|(_, entry)| entry).collect();
            found.into_iter().collect()
        });
    }

    /// Tells of terms that nothing defines, that are defined twice, or never used.
    pub fn tell(
        &self,
        notes: &Memo<FilePath, Checked<Note>>,
        site: &Site,
        uses: &Uses,
        told: &mut Vec<Diagnostic>,
    ) {
        let mut used: BTreeSet<usize> = BTreeSet::new();
        for (card, note) in site.notes(notes) {
            let others = |it: &&usize| self.entries[**it].path != card.path;
            let named = uses.get(&card.path).into_iter().flat_map(|it| it.iter());
            used.extend(named.filter(others));
            if card.terms.is_empty() {
                used.extend(self.asked(note, told));
            } else {
                used.extend(self.related(note, site, told));
            }
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let Some(note) = notes.get(&entry.path).map(|it| &it.value) else { continue };
            told.extend(self.faults(index, entry, note, used.contains(&index)));
        }
    }

    /// The terms that a note says it uses; tells of those that nothing defines.
    fn asked(&self, note: &Note, told: &mut Vec<Diagnostic>) -> Vec<usize> {
        let asked = term::field(&note.card.meta, "terms").map(term::texts);
        let mut found = Vec::new();
        for name in asked.unwrap_or_default() {
            match self.names.get(&name.to_lowercase()) {
                Some(index) => found.push(*index),
                None => told.push(self.undefined(note, "terms", &name, None)),
            }
        }
        found
    }

    /// The terms that those of a glossary refer to; tells of what is neither a term nor
    /// a note.
    fn related(
        &self,
        note: &Note,
        site: &Site,
        told: &mut Vec<Diagnostic>,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for name in note.card.terms.iter().flat_map(|it| &it.see) {
            match self.names.get(&name.to_lowercase()) {
                Some(index) => found.push(*index),
                None if site.named(&note.card, name).is_some() => {}
                None => {
                    let field =
                        if note.places.contains_key("terms") { "terms" } else { "see" };
                    let meant = site.meant_by(name);
                    told.push(self.undefined(note, field, name, meant));
                }
            }
        }
        found
    }

    /// Tells of a name that nothing defines; `note_meant` is a hint at the note that may
    /// be meant, where one could be.
    fn undefined(
        &self,
        note: &Note,
        field: &str,
        name: &str,
        note_meant: Option<String>,
    ) -> Diagnostic {
        let message = format!("no glossary defines `{name}`");
        let told =
            Diagnostic::new(Rule::UndefinedTerm, place(note, field, name), message);
        let names = self.entries.iter().flat_map(Entry::names);
        let meant = nearest(name, names).map(|it| format!("did you mean `{it}`?"));
        let advice = || "define it in a note with `kind: glossary`".to_owned();
        told.hint(meant.or(note_meant).unwrap_or_else(advice))
    }

    /// The names of an entry that another one, which comes before it, has too.
    fn defined_before<'a>(
        &'a self,
        entry: &'a Entry,
    ) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        entry.names().filter_map(|name| {
            let other = &self.entries[*self.names.get(&name.to_lowercase())?];
            (!std::ptr::eq(other, entry)).then_some((name, other))
        })
    }

    /// What is wrong with an entry.
    fn faults(
        &self,
        index: usize,
        entry: &Entry,
        note: &Note,
        is_used: bool,
    ) -> Vec<Diagnostic> {
        let field = if note.places.contains_key("terms") { "terms" } else { "term" };
        let name = &entry.term.name;
        let fault = |rule, message: String| {
            Diagnostic::new(rule, place(note, field, name), message)
        };
        let mut told = Vec::new();
        // A draft has been begun, and its text is still to come.
        let is_draft = note.card.meta.status == Some(Status::Draft);
        if entry.term.definition.is_empty() && !is_draft {
            let message = format!("nothing says what `{name}` means");
            told.push(fault(Rule::UndefinedTerm, message).hint(format!(
                "write a heading `{name}` with a paragraph below it, or give it a `definition`"
            )));
        }
        for (name, other) in self.defined_before(entry) {
            told.push(
                fault(Rule::DuplicateTerm, format!("`{name}` is defined twice"))
                    .hint("give each term names of its own")
                    .also(Span::new(&other.path, 0..0), "the first definition"),
            );
        }
        let is_reached = self.names_of(index).next().is_some();
        if !is_used && is_reached && !is_draft {
            let message = format!("no note uses the term `{name}`");
            told.push(
                fault(Rule::UnusedTerm, message)
                    .hint("use it, give it the alias that notes use, or take it out"),
            );
        }
        told
    }
}

/// Where a field of a note says a name; the whole field where it says it otherwise.
fn place(note: &Note, field: &str, name: &str) -> Span {
    let whole = note.place(field);
    if whole.file != note.card.path {
        return whole;
    }
    let said = note.text.get(whole.range.clone()).and_then(|it| it.find(name));
    match said.map(|at| whole.range.start + at) {
        Some(start) => Span::new(&whole.file, start..start + name.len()),
        None => whole,
    }
}

impl Entry {
    /// What the term is called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.term.aliases.iter().map(String::as_str);
        std::iter::once(self.term.name.as_str()).chain(aliases)
    }
}

/// Whether the terms that a note uses become links: as it says itself, else as the site
/// does. A glossary is full of its own terms.
pub fn is_linked(config: &Config, card: &Card) -> bool {
    match term::field(&card.meta, "glossary").and_then(crate::value::Value::text) {
        Some(said) => said == "true",
        None => config.glossary.link && card.terms.is_empty(),
    }
}
