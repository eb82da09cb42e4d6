//! What each note is made from: its text, and what lies beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::memo::{Digest, Memo};
use crate::note::comparison::file;
use crate::note::{Source, head};
use crate::path::FilePath;
use crate::project::{Project, Text};
use crate::rubric::answer::may_answer;

/// What the texts of the last build name, by their notes.
pub(super) type Names = Memo<FilePath, Named>;

/// What a text names, which is not looked for again while the text is the same.
#[derive(Debug)]
pub(super) struct Named {
    /// The data files, be they there or not.
    data: Vec<FilePath>,
    /// Whether it may answer rubrics.
    answers: bool,
}

/// A note, what stands for all that it is made from, and that.
pub(super) type Input<'a> = (FilePath, Digest, (Source<'a>, Digest));

/// What each note of a project is made from, in the order of their names. `setting`
/// stands for what all notes are read by, `rubrics` for the rubrics.
pub(super) fn of<'a>(
    project: &'a Project,
    names: &mut Names,
    setting: Digest,
    rubrics: Digest,
) -> Vec<Input<'a>> {
    let texts = project.notes().map(|(path, text)| (path.clone(), text.digest, text));
    names.refresh(texts.collect(), |path, text| Named {
        data: data(path, &text.text),
        answers: may_answer(&text.text),
    });
    let folders = folders_of_data(project);
    let named = project.notes().zip(names.iter());
    let inputs = named.map(|((path, text), (_, named))| {
        let is_beside = folders.contains(folder(path));
        let sidecar = is_beside.then(|| sidecar(project, path)).flatten();
        let answers = sidecar.is_some() || named.answers;
        let digest_of = |it: &FilePath| project.texts.get(it).map(|it| it.digest);
        let beside = sidecar.map(|(path, _)| digest_of(path));
        let there = |it: &&FilePath| project.files.contains_key(*it);
        let data: BTreeMap<FilePath, Option<Text>> = named
            .data
            .iter()
            .filter(there)
            .map(|it| (it.clone(), project.texts.get(it).cloned()))
            .collect();
        let seen: Vec<Option<Digest>> = data.keys().map(digest_of).collect();
        let rubrics = answers.then_some(rubrics);
        let digest = Digest::of(&(path, text.digest, (beside, &seen, rubrics), setting));
        let source = Source { path, text, sidecar, data };
        (path.clone(), digest, (source, digest))
    });
    inputs.collect()
}

/// The data files that a text names.
fn data(note: &FilePath, text: &str) -> Vec<FilePath> {
    let names = file::data_names(text).into_iter();
    names.filter_map(|it| file::resolve(note, it)).collect()
}

/// The folders in which a note may have its metadata beside it.
fn folders_of_data(project: &Project) -> BTreeSet<&str> {
    project.texts.keys().filter(|it| head::may_be_sidecar(it)).map(folder).collect()
}

fn folder(path: &FilePath) -> &str {
    path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file beside a note that holds its metadata.
fn sidecar<'a>(
    project: &'a Project,
    note: &FilePath,
) -> Option<(&'a FilePath, &'a Arc<str>)> {
    head::sidecars(note).into_iter().find_map(|it| {
        let (path, text) = project.texts.get_key_value(&it)?;
        Some((path, &text.text))
    })
}
