//! The files for other programs of the last build: those of each note, and of all.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::claims::Claims;
use crate::diag::Checked;
use crate::export::{self, comparison};
use crate::memo::{Digest, Memo};
use crate::note::Note;
use crate::output::{self, Batch, Digests, Files, Find, Output, Sink};
use crate::overview::Ground;
use crate::path::{FilePath, Route};

/// The files for other programs of the last build.
#[derive(Default)]
pub(super) struct Exports {
    of_notes: Memo<FilePath, Output>,
    of_all: Option<Batch>,
    /// All of them together, once they have been made.
    last: Option<Batch>,
}

/// What they are made from.
pub(super) struct Source<'a> {
    /// The notes.
    pub(super) notes: &'a Memo<FilePath, Checked<Note>>,
    /// The site, with what days are judged by.
    pub(super) ground: &'a Ground<'a>,
    /// The words of the interface.
    pub(super) words: &'a BTreeMap<String, String>,
}

/// The same as it is saved: files by their digests.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedExports {
    of_notes: Vec<(FilePath, Digest, Digests)>,
    of_all: Option<(Digest, Digests)>,
}

impl Exports {
    /// Makes the files of the notes whose cards have changed, and those of all notes, if
    /// what all of them are made from has; the digest stands for that. Where the site has
    /// a page or a file of the author's, none is made.
    pub(super) fn refresh(
        &mut self,
        source: &Source<'_>,
        digest: Digest,
        claims: &Claims,
        sink: &dyn Sink,
    ) -> Output {
        if let Some(last) = self.last.as_ref().filter(|it| it.seen == digest) {
            return last.files.clone();
        }
        let is_free = |route: &Route| claims.is_free(route);
        let authors = Digest::of(&claims.files.keys().collect::<Vec<_>>());
        let cards = source.notes.iter().filter_map(|(path, note)| {
            let card = &note.value.card;
            let is_shown = !card.comparisons.is_empty()
                && source.ground.site.cards.contains_key(path);
            let seen = Digest::of(&(note.value.face, authors));
            is_shown.then(|| (path.clone(), seen, card))
        });
        self.of_notes.refresh(cards.collect(), |_, card| {
            let mut files = Files::new(sink, &is_free);
            comparison::of_note(card, &mut files);
            files.done()
        });
        let all = || {
            let mut files = Files::new(sink, &is_free);
            export::all(source.ground, source.words, &mut files);
            Batch { seen: digest, files: files.done() }
        };
        let kept = self.of_all.take().filter(|it| it.seen == digest);
        let of_all = kept.unwrap_or_else(all);
        let of_all = self.of_all.insert(of_all).files.iter();
        let files = of_all.chain(self.of_notes.iter().flat_map(|(_, files)| &**files));
        let files: Output =
            files.map(|(route, it)| (route.clone(), it.clone())).collect();
        self.last = Some(Batch { seen: digest, files: files.clone() });
        files
    }

    /// Forgets files, so that they are made anew.
    pub(super) fn forget(&mut self, routes: &BTreeSet<Route>) {
        self.of_notes.retain(|_, files| output::is_without(files, routes));
        self.of_all = self.of_all.take().filter(|it| it.is_without(routes));
        self.last = None;
    }

    /// The files as they are saved.
    pub(super) fn save(&self) -> SavedExports {
        let of_notes = self.of_notes.slots();
        SavedExports {
            of_notes: of_notes
                .map(|(path, seen, it)| (path.clone(), seen, output::digests(it)))
                .collect(),
            of_all: self.of_all.as_ref().and_then(Batch::save),
        }
    }

    /// The files that were saved, as far as they are found.
    pub(super) fn load(saved: SavedExports, find: &Find<'_>) -> Self {
        let of_notes = saved.of_notes.into_iter().filter_map(|(path, seen, files)| {
            Some((path, seen, output::found(files, find)?))
        });
        let of_notes = Memo::of(of_notes);
        let of_all = saved.of_all.and_then(|it| Batch::load(it, find));
        Self { of_notes, of_all, last: None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::build::{Cache, build};
    use crate::compare::export::{json, random};
    use crate::compare::{Cell, Comparison, source};
    use crate::config;
    use crate::diag::{Diagnostic, Rule, Severity};
    use crate::output::{Content, Output};
    use crate::path::{FilePath, Route};
    use crate::project::Project;

    /// A site whose notes hold a comparison each in its way, and what is wrong with it.
    fn built(it: &Comparison) -> (Output, Vec<Diagnostic>) {
        let (json, toml) = (json::text(it), source::toml(it));
        let mut project = Project { src: "content".into(), ..Project::default() };
        project.insert("book.toml", "");
        project.insert("content/a.md", &format!("# A\n\n```compare\n{json}```\n"));
        project.insert("content/b.md", &format!("# B\n\n```compare\n{toml}```\n"));
        let id = &it.id;
        let link = format!("# C\n\n[{id}](data.json \"compare id={id}\")\n");
        project.insert("content/c.md", &link);
        project.insert("content/data.json", &json);
        let built = build(&project, &mut Cache::default());
        let book = FilePath::from("book.toml");
        let config = config::parse(project.text(&book).map(|it| &**it), &book).value;
        let mut told = built.diagnostics;
        told.retain(|it| config.severity(it.rule) == Some(Severity::Error));
        (built.value, told)
    }

    fn text(output: &Output, route: &str) -> String {
        match output.get(&Route::new(route)) {
            Some(Content::Text(text)) => text.to_string(),
            other => panic!("`{route}` is {other:?}"),
        }
    }

    /// The words of a page, as a browser gets them from its HTML.
    fn words(html: &str) -> String {
        const NAMES: &[(&str, &str)] = &[
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&amp;", "&"),
        ];
        NAMES.iter().fold(html.to_owned(), |it, (name, sign)| it.replace(name, sign))
    }

    /// What a reader must see of a cell: its number or its words.
    fn seen(cell: &Cell) -> String {
        let measured = cell.measured(None);
        measured.map_or_else(|| cell.text.clone(), |(number, _)| number)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_export_in_a_fence_or_a_file_is_exported_the_same(
            it in random::comparison(),
        ) {
            let (output, told) = built(&it);
            let evidence = [Rule::DeadLink, Rule::DeadAnchor, Rule::OutsideLink];
            let wrong: Vec<_> =
                told.iter().filter(|it| !evidence.contains(&it.rule)).collect();
            prop_assert!(wrong.is_empty(), "{:?}", wrong);
            // The words of a link are a caption, whatever the file says.
            let linked = Comparison { caption: it.id.clone(), ..it.clone() };
            for (note, it) in [("a", &it), ("b", &it), ("c", &linked)] {
                let exported = text(&output, &format!("{note}/{}.json", it.id));
                prop_assert_eq!(exported, json::text(it), "{}", note);
                let page = words(&text(&output, &format!("{note}/index.html")));
                for cell in it.rows.iter().flat_map(|row| &row.cells) {
                    let seen = seen(cell);
                    prop_assert!(page.contains(&seen), "{:?} in {}", seen, note);
                }
            }
        }
    }
}
