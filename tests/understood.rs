//! How much of what notes say of themselves, in the conventions of their own projects, is
//! understood: statuses, owners, dates, relations, links.
//!
//! The notes of this repository have front matter, so a small project in each convention
//! stands here. For folders of your own:
//! `DIPTYCH_CORPORA=dir cargo test --release --test understood -- --nocapture`

#![expect(clippy::disallowed_methods, reason = "the notes are read from the disk")]
#![expect(clippy::print_stdout, reason = "what is understood is shown")]

use std::fs;
use std::path::Path;

use diptych::build::{Cache, build, site};
use diptych::diag::Rule;
use diptych::note::card::Card;
use diptych::path::FilePath;
use diptych::project::Project;

/// How many notes say what.
#[derive(Debug, Default, PartialEq, Eq)]
struct Understood {
    notes: usize,
    status: usize,
    owners: usize,
    date: usize,
    links: usize,
    relations: usize,
    /// Relations that name no note.
    dangling: usize,
    /// Statuses and dates that nobody understands.
    told: usize,
}

impl Understood {
    fn of(project: &Project, is_meant: impl Fn(&FilePath) -> bool) -> Self {
        let mut cache = Cache::default();
        let site = site(project, &mut cache).value;
        let cards: Vec<&Card> =
            site.cards.values().map(|it| &**it).filter(|it| is_meant(&it.path)).collect();
        let count =
            |has: &dyn Fn(&Card) -> bool| cards.iter().filter(|it| has(it)).count();
        let diagnostics = build(project, &mut cache).diagnostics;
        let told = |rules: &[Rule]| {
            let ours = diagnostics.iter().filter(|it| is_meant(&it.span.file));
            ours.filter(|it| rules.contains(&it.rule)).count()
        };
        let has_date = |it: &Card| {
            let meta = &it.meta;
            let days = [&meta.created, &meta.reviewed, &meta.decided];
            days.into_iter().flatten().any(|it| it.date.is_some())
        };
        Self {
            notes: cards.len(),
            status: count(&|it| it.meta.status.is_some()),
            owners: count(&|it| !it.meta.owners.is_empty()),
            date: count(&has_date),
            links: count(&|it| !it.meta.links.is_empty()),
            relations: cards.iter().map(|it| it.meta.relations.len()).sum(),
            dangling: told(&[Rule::DanglingRelation]),
            told: told(&[Rule::UnknownStatus, Rule::BadDate]),
        }
    }
}

#[test]
fn each_convention_is_understood_as_it_stands() {
    let project = Project::from_fixture(
        "-- content/table.md --\n# A\n\n| Status | Accepted |\n:--|:--\n| **Author(s)** | Ann |\n\
         | **Updated** | 2019-01-02 |\n| **RFC #** | [1](https://x.org/1) |\n\nText.\n\
         -- content/0001-bullets.md --\n- Feature Name: bullets\n- Start Date: 2014-03-11\n\
         - RFC PR: [rust-lang/rfcs#1](https://x.org/1)\n- Rust Issue: N/A\n\n# Summary\n\nText.\n\
         -- content/swift.md --\n# S\n\n* Proposal: [SE-0001](swift.md)\n* Authors: [Ann](https://x.org/a)\n\
         * Status: **Implemented (Swift 3.0)**\n* Previous Proposal: [SE-0000](table.md)\n\nText.\n\
         -- content/kep/README.md --\n# K\n\nText.\n\
         -- content/kep/kep.yaml --\ntitle: K\nauthors: ['@ann']\nstatus: implementable\n\
         creation-date: 2020-01-02\nreplaces: [n/a]\n\
         -- content/nygard.md --\n# 1. N\n\nDate: 2020-04-08\n\n## Status\n\nAccepted\n\n\
         ## Context\n\nText.\n",
    );
    let understood = Understood::of(&project, |_| true);
    let expected = Understood {
        notes: 5,
        status: 5,
        owners: 3,
        date: 4,
        links: 2,
        relations: 1,
        ..Understood::default()
    };
    assert_eq!(understood, expected);
}

/// Reads the notes and side-cars below a folder.
fn read(root: &Path, folder: &Path, project: &mut Project) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read(root, &path, project);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("a file below the root");
            project.insert(name.to_string_lossy().as_ref(), &text);
        }
    }
}

/// What of the known corpora must be understood at least: `name, folder, status, owners,
/// date` of the notes below the folder whose names begin with a digit. Measured on
/// tensorflow/community 1855301 and rust-lang/rfcs 354518a8.
const FLOORS: &[(&str, &str, [usize; 3])] = &[
    ("tensorflow-rfcs", "rfcs/", [119, 121, 120]),
    ("rust-rfcs", "text/", [638, 0, 636]),
];

#[test]
fn what_corpora_say_of_themselves_is_counted() {
    let Some(dir) = std::env::var_os("DIPTYCH_CORPORA") else { return };
    let mut folders: Vec<_> =
        fs::read_dir(dir).expect("the corpora").flatten().map(|it| it.path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|it| it.is_dir()) {
        let mut project = Project::default();
        read(folder, folder, &mut project);
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let floor = FLOORS.iter().find(|it| it.0 == name);
        let understood = Understood::of(&project, |path| {
            floor.is_none_or(|(_, below, _)| path.as_str().contains(below))
        });
        println!("{name}: {understood:?}");
        if let Some((_, _, [status, owners, date])) = floor {
            assert!(understood.status >= *status, "{name}: {status} give a status");
            assert!(understood.owners >= *owners, "{name}: {owners} name their owners");
            assert!(understood.date >= *date, "{name}: {date} give a date");
        }
    }
}
