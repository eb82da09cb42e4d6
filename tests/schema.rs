//! The schemas that editors check with, against a validator that knows nothing of the
//! program: what the program takes they take, and what it refuses they refuse.
#![expect(clippy::disallowed_methods, reason = "the handbook is read from the disk")]

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use diptych::build::{Cache, build};
use diptych::diag::Rule;
use diptych::export::schema::{self, Described};
use diptych::kind::{BUILT_IN, Kinds};
use diptych::path::FilePath;
use diptych::project::{Project, Text};
use diptych::value::{Format, Value, parse};
use serde_json::Value as Json;

/// A schema, ready to judge.
struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    fn of(described: Described) -> Self {
        let text = schema::json(described, &Kinds::built_in());
        let json: Json = serde_json::from_str(&text).expect("a schema is JSON");
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.add_resource("schema.json", json).expect("a resource");
        let mut schemas = Schemas::new();
        let index = compiler.compile("schema.json", &mut schemas);
        let index = index.unwrap_or_else(|it| panic!("{described:?}: {it:#}"));
        Self { schemas, index }
    }

    fn judge(&self, data: &Value) -> Result<(), String> {
        let json = data.to_json();
        self.schemas.validate(&json, self.index).map_err(|it| format!("{it:#}"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a folder with that ending.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).expect("a folder").flatten().map(|it| it.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                let text = fs::read_to_string(&path).expect("a text");
                found.push((path.display().to_string(), text));
            }
        }
    }
    found.sort();
    found
}

fn data(format: Format, text: &str) -> Value {
    parse(format, text, 0).unwrap_or_else(|it| panic!("{}: {text}", it.message))
}

/// What stands between the `---` lines.
fn front(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---\n")?;
    Some(&rest[..=rest.find("\n---\n")?])
}

#[test]
fn the_handbook_is_as_its_schemas_say() {
    let judge = Judge::of(Described::Note);
    let notes = files("content", "md");
    let mut count = 0;
    for (path, text) in &notes {
        let Some(front) = front(text) else { continue };
        count += 1;
        if let Err(fault) = judge.judge(&data(Format::Yaml, front)) {
            panic!("{path}: {fault}");
        }
    }
    assert!(count > 100, "{count} notes have front matter");
    let book = fs::read_to_string(root().join("book.toml")).expect("book.toml");
    Judge::of(Described::Book).judge(&data(Format::Toml, &book)).expect("book.toml");
    let judge = Judge::of(Described::Kind);
    for (name, text) in BUILT_IN {
        judge
            .judge(&data(Format::Toml, text))
            .unwrap_or_else(|it| panic!("{name}: {it}"));
    }
}

/// A note, and whether the program takes its front matter.
const NOTES: &[(&str, bool)] = &[
    ("kind: decision", true),
    ("kind: Decision\nstatus: In Review", true),
    ("title: 2026\ntags: one\nowners: [ann, 7]", true),
    ("review-by: 2026-05-01\nsee_also: x", true),
    ("review_by: 2026-05-01T10:00:00Z", true),
    ("license: mit\nmodel-index: [{ name: x }]", true),
    ("seeds: three", true),
    ("kind: design\noptions: [a, { id: b, title: B }]\nmetrics: mae", true),
    (
        "kind: decision\nstatus: accepted\ndecided: 2026-05-01\noptions: [a]\nchosen: a",
        true,
    ),
    ("kind: decision\nstatus: accepted\ndraft: true", true),
    ("kind: decision\nchosen:\noptions: ~", true),
    ("kind: experiment\noutcome: supported\nseeds: 3\nresults: { metric: x }", true),
    ("status: Implemented (Swift 5.9)", true),
    ("status: superseded by x", true),
    ("kind: desing", false),
    ("titel: x", false),
    ("status: acepted", false),
    ("status: accepted|rejected", false),
    ("stage: prod", false),
    ("created: 01/02/2026", false),
    ("created: 2026-13-01", false),
    ("order: first", false),
    ("draft: perhaps", false),
    ("owners: { name: x }", false),
    ("kind: decision\nhypothesis: x", false),
    ("kind: experiment\noutcome: suported", false),
    ("kind: experiment\nseeds: [one]", false),
    ("kind: experiment\nhypothesis: [x]", false),
    ("kind: postmortem\nactions: [{ wat: x }]", false),
    ("kind: postmortem\nincident-date: yesterday", false),
    ("kind: decision\nstatus: accepted\ndecided: 2026-05-01\noptions: [a]", false),
    (
        "kind: decision\nstatus: Approved\ndecided: 2026-05-01\noptions: [a]\nchosen:",
        false,
    ),
    ("kind: model\nstatus: implemented\nmodel: { version: 1 }", false),
    ("kind: case\nstatus: accepted\nsources: [{ url: x }]", false),
];

#[test]
fn a_note_is_refused_by_both_or_by_neither() {
    let judge = Judge::of(Described::Note);
    let rules = [
        Rule::BadValue,
        Rule::UnknownField,
        Rule::BadDate,
        Rule::UnknownStatus,
        Rule::UnknownKind,
        Rule::MissingField,
    ];
    for (front, is_taken) in NOTES {
        let note = format!("---\n{front}\n---\n# A\n");
        let mut project = Project::default();
        project.texts.insert(FilePath::from("a.md"), Text::new(note.as_str()));
        project.files.insert(FilePath::from("a.md"), diptych::project::Stamp::default());
        let told = build(&project, &mut Cache::default()).diagnostics;
        let told: Vec<_> = told.iter().filter(|it| rules.contains(&it.rule)).collect();
        assert_eq!(told.is_empty(), *is_taken, "the program, of\n{front}\n{told:?}");
        let judged = judge.judge(&data(Format::Yaml, front));
        assert_eq!(judged.is_ok(), *is_taken, "the schema, of\n{front}\n{judged:?}");
    }
}

/// A `book.toml`, and whether the program takes it.
const BOOKS: &[(&str, bool)] = &[
    ("[book]\ntitle = 'x'\nauthors = ['a']\n[output.html]\ntheme = 'x'\n", true),
    ("[diagnostics]\ndead-link = 'warn'\n", true),
    (
        "[compare]\nscales = { effort = ['low', 'high'] }\nmetrics = [{ id = 'x' }]\n",
        true,
    ),
    ("[system]\ncomponents = ['a', { id = 'b', facets = ['c'] }]\n", true),
    ("[links]\nautolink = [{ pattern = 'RFC (\\d+)', note = 'rfc-$1' }]\n", true),
    ("[bok]\n", false),
    ("[book]\ntitel = 'x'\n", false),
    ("[book]\ntitle = 3\n", false),
    ("[build]\ndrafts = 'yes'\n", false),
    ("[markdown]\nraw-html = 'save'\n", false),
    ("[diagnostics]\ndead-lnik = 'warn'\n", false),
    ("[diagnostics]\ndead-link = 'fatal'\n", false),
    ("[compare]\nmetrics = [{ unit = 'ms' }]\n", false),
];

#[test]
fn a_configuration_is_refused_by_both_or_by_neither() {
    let judge = Judge::of(Described::Book);
    for (text, is_taken) in BOOKS {
        let told = diptych::config::parse(Some(text), &"book.toml".into()).diagnostics;
        let told: Vec<_> =
            told.into_iter().filter(|it| it.rule != Rule::ForeignTable).collect();
        assert_eq!(told.is_empty(), *is_taken, "the program, of\n{text}\n{told:?}");
        let judged = judge.judge(&data(Format::Toml, text));
        assert_eq!(judged.is_ok(), *is_taken, "the schema, of\n{text}\n{judged:?}");
    }
}

#[test]
fn every_key_of_a_configuration_is_in_its_schema() {
    let text = schema::json(Described::Book, &Kinds::built_in());
    let mut readers = files("src/config", "rs");
    readers
        .retain(|(path, _)| path.ends_with("read.rs") || path.ends_with("vocabulary.rs"));
    assert_eq!(readers.len(), 2);
    let calls = ["string", "text", "texts", "bool", "int", "choice", "table", "tables"];
    let calls = calls.iter().chain(&["map", "list", "get", "required"]);
    let mut count = 0;
    for call in calls {
        let begin = format!(".{call}(\"");
        for (_, reader) in &readers {
            for rest in reader.split(&begin).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(text.contains(&format!("\"{key}\"")), "`{key}` is in no schema");
                count += 1;
            }
        }
    }
    assert!(count > 25, "{count} keys were found");
}

/// A kind's file, and whether the program takes it.
const FILES: &[(&str, bool)] = &[
    ("title = 'X'\n[fields]\na = 'text'\nb = false\n", true),
    ("[fields.a]\ntype = 'list'\nitems = { type = 'choice', choices = ['x'] }\n", true),
    ("[sections.a]\ntitle = 'A'\nsynonyms = 'B'\n", true),
    ("folder = 'x'\n", false),
    ("icon = '<script>'\n", false),
    ("[fields]\na = 'mony'\n", false),
    ("[fields.a]\ntype = 'text'\nchoices = ['x']\n", false),
    ("[fields.a]\ntype = 'table'\nfields = { b = 3 }\n", false),
    ("[sections.a]\ntitle = 'A'\nsynonims = 'B'\n", false),
];

#[test]
fn a_kind_is_refused_by_both_or_by_neither() {
    let judge = Judge::of(Described::Kind);
    for (text, is_taken) in FILES {
        let mut project = Project::default();
        project.texts.insert(FilePath::from("kinds/new.toml"), Text::new(*text));
        let told = Kinds::of(&project).diagnostics;
        assert_eq!(told.is_empty(), *is_taken, "the program, of\n{text}\n{told:?}");
        let judged = judge.judge(&data(Format::Toml, text));
        assert_eq!(judged.is_ok(), *is_taken, "the schema, of\n{text}\n{judged:?}");
    }
}

#[test]
fn a_comparison_as_data_is_as_its_schema_says() {
    let judge = Judge::of(Described::Comparison);
    let text = "id = 'x'\nbaseline = 'Old'\n[[row]]\nlabel = 'p99 (ms, lower)'\n\
                cells = { Old = 3, New = { value = 2, n = 40 } }\n";
    judge.judge(&data(Format::Toml, text)).expect("it is one");
    let exported = r#"[{"metric": "p99", "side": "Old", "value": 3}]"#;
    judge.judge(&data(Format::Json, exported)).expect("it is one");
    for text in ["rwo = []\n", "[[row]]\nlabl = 'x'\n", "caption = ['x']\n"] {
        judge.judge(&data(Format::Toml, text)).expect_err(text);
    }
}

#[test]
fn the_schemas_of_the_repository_are_those_that_the_program_writes() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for (name, described) in [
        ("note", Described::Note),
        ("book", Described::Book),
        ("kind", Described::Kind),
        ("comparison", Described::Comparison),
    ] {
        let path: &Path = &root().join(format!("schemas/{name}.json"));
        let text = schema::json(described, &Kinds::built_in());
        if update {
            fs::write(path, &text).expect("it is written");
        }
        let kept = fs::read_to_string(path).expect("UPDATE_EXPECT=1 writes it");
        assert!(kept == text, "schemas/{name}.json: run the test with UPDATE_EXPECT=1");
    }
}
