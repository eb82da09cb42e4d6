//! The handbook uses all that the program has, and its numbers are those of its scripts.

#![expect(clippy::disallowed_methods, reason = "the handbook is read from the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use diptych::build::{Cache, site};
use diptych::config;
use diptych::export::comparison;
use diptych::note::card::Card;
use diptych::path::FilePath;
use diptych::project::Project;
use diptych::site::Site;

/// The notes that belong to the handbook, and not to the manual.
const HANDBOOK: &[&str] = &["cases", "decisions", "foundations", "systems"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Puts the text files below a folder into a project.
fn take(project: &mut Project, folder: &str) {
    for entry in root().join(folder).read_dir().expect("a folder").flatten() {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            take(project, &name);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            project.insert(name.as_str(), &text);
        }
    }
}

fn project() -> Project {
    let mut project = Project { src: "content".into(), ..Project::default() };
    take(&mut project, "content");
    for folder in ["kinds", "rubrics"].into_iter().filter(|it| root().join(it).is_dir()) {
        take(&mut project, folder);
    }
    let book = fs::read_to_string(root().join("book.toml")).expect("book.toml");
    project.insert("book.toml", &book);
    project
}

fn handbook(site: &Site) -> impl Iterator<Item = &Arc<Card>> {
    site.cards.values().filter(|card| {
        let folder = card.path.as_str().split('/').nth(1).unwrap_or_default();
        HANDBOOK.contains(&folder)
    })
}

#[track_caller]
fn check_all<'a>(wanted: impl IntoIterator<Item = &'a str>, used: &BTreeSet<&str>) {
    let missing: Vec<&str> = wanted.into_iter().filter(|it| !used.contains(it)).collect();
    assert!(missing.is_empty(), "nothing in the handbook uses {missing:?}");
}

#[test]
fn the_handbook_uses_every_kind_relation_and_component() {
    let project = project();
    let site = site(&project, &mut Cache::default()).value;
    let kinds = handbook(&site).filter_map(|it| it.meta.kind.as_deref()).collect();
    check_all(
        [
            "design",
            "decision",
            "model",
            "dataset",
            "experiment",
            "runbook",
            "postmortem",
            "glossary",
            "case",
            "reference",
        ],
        &kinds,
    );

    let ties = handbook(&site).filter_map(|it| site.ties.get(&it.path)).flatten();
    let ties: BTreeSet<&str> = ties.map(|(tie, _)| tie.key()).collect();
    check_all(
        [
            "supersedes",
            "superseded-by",
            "amends",
            "amended-by",
            "depends-on",
            "required-by",
            "implements",
            "implemented-by",
            "evidence-for",
            "evidence",
            "related",
        ],
        &ties,
    );

    let book = FilePath::from("book.toml");
    let config = config::parse(project.text(&book).map(|it| &**it), &book).value;
    let wanted: Vec<String> = config
        .system
        .components
        .iter()
        .flat_map(|it| match it.facets.as_slice() {
            [] => vec![it.id.clone()],
            facets => facets.iter().map(|facet| format!("{}/{facet}", it.id)).collect(),
        })
        .collect();
    let used = handbook(&site).flat_map(|it| it.meta.components.iter());
    check_all(wanted.iter().map(String::as_str), &used.map(String::as_str).collect());
}

#[test]
fn the_handbook_uses_every_state_of_a_cell_and_every_way_of_writing() {
    let project = project();
    let site = site(&project, &mut Cache::default()).value;
    let table = comparison::csv(&site);
    let of_handbook =
        |line: &&str| HANDBOOK.iter().any(|it| line.contains(&format!("{it}/")));
    let states: BTreeSet<&str> =
        table.lines().filter(of_handbook).flat_map(|it| it.split(',')).collect();
    check_all(
        [
            "value",
            "estimated",
            "not-measured",
            "not-applicable",
            "pending",
            "withheld",
            "unknown",
        ],
        &states,
    );

    let texts = handbook(&site).filter_map(|it| project.text(&it.path));
    let texts: String = texts.map(|it| &**it).collect();
    for way in [
        "\n<!-- compare id=",
        "\n<!-- compare id=eta-builds src=",
        "\n<!-- /compare -->",
        "\n```compare",
        "\n<!-- compare from=results",
        ".csv \"compare ",
        "| Research | Production |",
        // What else Markdown is written with here.
        "\n```mermaid\n",
        "\n```diff\n",
        "\n```json {title=",
        "\n$$",
        "\n- [x] ",
        "\n> [!note] ",
        "\n> [!warning]- ",
        "\n: ",
        "\n![[",
        " [[",
        "[^nn]: ",
        " ==",
        "\n%% ",
        "\n<!-- rubric -->",
        "\n<!-- rubric when-to-use-ml -->",
        "](#",
        "\n[rules]: ",
    ] {
        assert!(texts.contains(way), "nothing in the handbook is written {way:?}");
    }
}

#[test]
fn invented_numbers_say_so_on_every_page_of_the_running_example() {
    let project = project();
    let site = site(&project, &mut Cache::default()).value;
    let eta = handbook(&site).filter(|it| it.meta.system.as_deref() == Some("eta"));
    let silent: Vec<&str> = eta
        .filter(|it| it.meta.data_origin.as_deref() != Some("synthetic"))
        .map(|it| it.path.as_str())
        .collect();
    assert!(
        silent.is_empty(),
        "these do not say that their numbers are invented: {silent:?}"
    );
}

#[test]
fn a_reference_or_case_names_its_sources() {
    let project = project();
    let site = site(&project, &mut Cache::default()).value;
    let silent: Vec<&str> = handbook(&site)
        .filter(|it| matches!(it.meta.kind.as_deref(), Some("reference" | "case")))
        .filter(|it| !it.path.is_index() && it.meta.system.is_none())
        .filter(|it| {
            !project.text(&it.path).is_some_and(|text| text.contains("https://"))
        })
        .map(|it| it.path.as_str())
        .collect();
    assert!(silent.is_empty(), "these name no source: {silent:?}");
}

#[test]
#[ignore = "half a minute of Python; `tests/run` runs it"]
fn the_numbers_of_the_handbook_are_those_of_its_scripts() {
    let script = root().join("scripts/eta_numbers.py");
    let run = Command::new("python3").arg(script).arg("--check").output();
    let run = run.expect("python3 is there");
    let stale = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "these are not what the script writes: {stale}");
}
