//! The command `new`: begins a note of a kind.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::args::{Editor, New};
use super::author;
use super::place::Place;
use super::stop::Stop;
use super::voice::Voice;
use super::{End, disk};
use crate::build::{Cache, site};
use crate::config::System;
use crate::diag::nearest::nearest;
use crate::kind::start::{self, Start};
use crate::kind::{Kind, Kinds};
use crate::path::FilePath;
use crate::project::Project;
use crate::site::Site;

mod name;

/// Writes a new note, where no file is yet.
pub(super) fn run(asked: &New, voice: Voice) -> anyhow::Result<End> {
    let place = Place::find(&asked.root, None)?;
    let mut project = disk::read(&place)?;
    project.asked.drafts = true;
    let kinds = Kinds::of(&project).value;
    let kind = kind(&kinds, &asked.kind)?;
    for component in &asked.components {
        demand_component(&place.config.system, component)?;
    }
    let title = asked.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = name::id(asked.id.as_deref().unwrap_or(&title)).ok_or_else(|| {
        Stop::because(
            format!("`{title}` has no letter for a file's name"),
            "give the note another title, or a name with `--id NAME`",
        )
    })?;
    let site = site(&project, &mut Cache::default()).value;
    demand_free(&site, &id)?;
    let folder = folder(&site, &project, kind, asked)?;
    let file = name::file(&site, &folder, &id);
    let start = Start {
        id,
        title,
        created: author::today(),
        owners: author::name(&place.root).into_iter().collect(),
        system: asked.system.clone(),
        components: asked.components.clone(),
    };
    let path = place.root.join(file.as_str());
    create(&path, &start::text(kind, &start), &file)?;
    voice.say(format_args!("wrote {file}"));
    if asked.editor == Editor::Opened {
        edit(&path)?;
    }
    Ok(End::Fine)
}

fn kind<'a>(kinds: &'a Kinds, name: &str) -> anyhow::Result<&'a Kind> {
    kinds.get(name).ok_or_else(|| {
        let names: Vec<&str> = kinds.iter().map(|it| &*it.name).collect();
        let hint = kinds.nearest(name).map_or_else(
            || format!("write one of {}", names.join(", ")),
            |it| format!("write `{it}`"),
        );
        Stop::because(format!("there is no kind `{name}`"), hint)
    })
}

/// Stops where a component is not one of the site's, or has no such facet.
fn demand_component(system: &System, named: &str) -> anyhow::Result<()> {
    let known = system.components.iter().flat_map(|it| {
        let facets = it.facets.iter().map(|facet| format!("{}/{facet}", it.id));
        std::iter::once(it.id.clone()).chain(facets)
    });
    let known: Vec<String> = known.collect();
    if known.iter().any(|it| it == named) {
        return Ok(());
    }
    let hint = nearest(named, known.iter().map(String::as_str)).map_or_else(
        || format!("write one of {}", known.join(", ")),
        |it| format!("write `{it}`"),
    );
    Err(Stop::because(format!("there is no component `{named}`"), hint))
}

/// Stops where another note has the id: links by it would lead there.
fn demand_free(site: &Site, id: &str) -> anyhow::Result<()> {
    let taken = site.cards.values().map(|it| &**it).find(|card| {
        card.meta.id.as_deref() == Some(id)
            || card.meta.id.is_none() && !card.path.is_index() && card.path.stem() == id
    });
    match taken {
        None => Ok(()),
        Some(card) => Err(Stop::because(
            format!("`{}` has the id `{id}`; nothing was written", card.path),
            "give the note another title, or another name with `--id NAME`",
        )),
    }
}

/// The folder of the new note: the one that is asked for, else that of the notes of its
/// kind about the same system, else the kind's own, in the system's.
fn folder(
    site: &Site,
    project: &Project,
    kind: &Kind,
    asked: &New,
) -> anyhow::Result<FilePath> {
    let src = &project.src;
    if let Some(dir) = &asked.dir {
        return named_folder(src, dir);
    }
    let alike = |it: &&crate::note::card::Card| it.meta.system == asked.system;
    let same_kind =
        site.cards.values().map(|it| &**it).filter(|it| {
            it.meta.kind.as_deref() == Some(&*kind.name) && !it.path.is_index()
        });
    if let Some(folder) = name::commonest(same_kind.filter(alike)) {
        return Ok(folder);
    }
    let own = kind.folders.first().map_or("", String::as_str);
    let inner = match &asked.system {
        None => own.to_owned(),
        Some(system) => {
            let home = name::home(
                site.cards.values().map(|it| &**it).filter(alike),
                src,
                system,
            )
            .unwrap_or_else(|| {
                format!("systems/{}", name::id(system).unwrap_or_default())
            });
            format!("{home}/{own}")
        }
    };
    named_folder(src, &inner)
}

/// A folder below that of the notes, by its path from there or from the root.
fn named_folder(src: &FilePath, dir: &str) -> anyhow::Result<FilePath> {
    let dir = dir.replace('\\', "/");
    let inside = FilePath::default().join(&dir).filter(|_| !dir.starts_with('/'));
    let Some(inside) = inside else {
        return Err(Stop::because(
            format!("`{dir}` lies outside of the project"),
            "name a folder of the notes with `--dir DIR`",
        ));
    };
    if inside.below(src).is_some() {
        return Ok(inside);
    }
    src.join(inside.as_str()).with_context(|| format!("`{dir}` is no folder"))
}

/// Writes a file that does not exist.
#[expect(clippy::disallowed_methods, reason = "this is the boundary")]
pub(super) fn create(path: &Path, text: &str, name: &FilePath) -> anyhow::Result<()> {
    let cannot = || format!("cannot write `{name}`");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(cannot)?;
    }
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match file {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Stop::because(
                format!("there is a file `{name}`; nothing was written"),
                "give the note another title, or another name with `--id NAME`",
            ));
        }
        Err(error) => return Err(error).with_context(cannot),
    };
    file.write_all(text.as_bytes()).with_context(cannot)
}

/// Opens a file in the author's editor, and waits until it is closed.
fn edit(path: &Path) -> anyhow::Result<()> {
    let Some(editor) = author::editor() else {
        return Err(Stop::because(
            "the note is written, but no editor is named",
            "name one in `VISUAL` or `EDITOR`: `export EDITOR=nano`",
        ));
    };
    // An editor may come with arguments of its own: `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status =
        Command::new(program).args(words).arg(path).status().with_context(|| {
            format!("the note is written, but `{editor}` does not start")
        })?;
    anyhow::ensure!(
        status.success(),
        "the note is written, but `{editor}` ended with {status}"
    );
    Ok(())
}
