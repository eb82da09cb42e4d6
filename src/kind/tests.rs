//! What the kinds are, and what is told of a project's own.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};

use super::form::{Form, Table};
use super::*;
use crate::project::Text;

/// A project that holds these files alone.
fn project(files: &[(&str, &str)]) -> Project {
    let mut project = Project::default();
    for (path, text) in files {
        project.texts.insert(FilePath::from(*path), Text::new(*text));
    }
    project
}

#[track_caller]
fn check_told(files: &[(&str, &str)], wanted: &Expect) {
    let read = Kinds::of(&project(files));
    let text = |it: &FilePath| files.iter().find(|(path, _)| *path == it.as_str());
    let lines: String = read
        .diagnostics
        .iter()
        .map(|it| {
            let place =
                text(&it.span.file).map_or("", |(_, text)| &text[it.span.range.clone()]);
            let hints = it.hints.join("; ");
            format!(
                "{} {} {place:?}: {} | {hints}\n",
                it.span.file,
                it.rule.id(),
                it.message
            )
        })
        .collect();
    wanted.assert_eq(&lines);
}

#[test]
fn nothing_is_wrong_with_the_built_in_kinds() {
    let mut told = Vec::new();
    for (name, text) in BUILT_IN {
        let file = FilePath::from(format!("kinds/{name}.toml").as_str());
        let kind = of_file(&file, text, &mut BTreeMap::new(), &mut told);
        let kind = kind.expect("it is a kind");
        assert!(!kind.icon.is_empty() && !kind.folders.is_empty(), "{name}");
        assert!(kind.fields.iter().all(|it| !it.description.is_empty()), "{name}");
        assert!(kind.sections.iter().all(|it| !it.prompt.is_empty()), "{name}");
    }
    assert_eq!(told, []);
    assert_eq!(Kinds::built_in().iter().count(), BUILT_IN.len());
    assert!(Kinds::built_in().common.len() > 30);
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/kinds");
    #[expect(clippy::disallowed_methods, reason = "the test compares with the disk")]
    let files = std::fs::read_dir(root).expect("the folder").flatten();
    let files: BTreeSet<String> =
        files.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    let known = BUILT_IN.iter().map(|(name, _)| format!("{name}.toml")).collect();
    assert_eq!(files, known);
}

#[test]
fn a_heading_is_known_by_its_words() {
    let kinds = Kinds::built_in();
    let design = kinds.get("Design").expect("case does not matter");
    let called = |heading: &str| {
        let found = design.sections.iter().find(|it| it.is_called(heading));
        found.map_or("", |it| &it.name)
    };
    assert_eq!(called("Rationale & Alternatives"), "alternatives");
    assert_eq!(called("2.1 Goals and non-goals:"), "goals");
    assert_eq!(called("TL;DR"), "summary");
    assert_eq!(called("The data stack of others"), "");
}

#[test]
fn the_innermost_folder_names_the_kind() {
    let kinds = Kinds::built_in();
    let of = |path: &str| {
        let kind = kinds.of_folder(&path.into(), &"content".into());
        kind.map_or("", |it| &it.name)
    };
    assert_eq!(of("content/ADR/0001-x.md"), "decision");
    assert_eq!(of("content/design/decisions/x.md"), "decision");
    assert_eq!(of("content/decisions/2026/x.md"), "decision");
    assert_eq!(of("content/decisions/index.md"), "");
    assert_eq!(of("content/my-decisions/x.md"), "");
    assert_eq!(of("decisions/x.md"), "");
}

#[test]
fn a_project_changes_a_kind_key_by_key_and_adds_another() {
    let changed = "title = 'ADR'\n[fields]\nconsulted = false\n\
                   ticket = { required = true }\nbudget = 'number'\n\
                   options = { type = 'list', items = 'text' }\n\
                   [sections]\nconfirmation = false\n";
    let added = "folders = ['contracts', 'docs/contracts']\n\
                 [fields.sla]\ntype = 'choice'\nchoices = ['gold', 'tin']\n";
    let files = [("kinds/decision.toml", changed), ("kinds/data-contract.toml", added)];
    let read = Kinds::of(&project(&files));
    assert_eq!(read.diagnostics, []);
    let decision = read.value.get("decision").expect("it is there");
    assert_eq!(decision.title, "ADR");
    assert!(decision.field("consulted").is_none());
    let ticket = decision.field("ticket").expect("it is there");
    assert!(ticket.required && ticket.form == Form::Text);
    assert_eq!(decision.field("budget").expect("it is new").form, Form::Number);
    let options = &decision.field("options").expect("it is there").form;
    assert_eq!(*options, Form::List(Box::new(Form::Text)));
    assert!(decision.sections.iter().all(|it| it.name != "confirmation"));
    let contract = read.value.get("data-contract").expect("it is new");
    assert_eq!(contract.title, "Data contract");
    let note = "content/docs/contracts/a.md".into();
    let of_folder = read.value.of_folder(&note, &"content".into());
    assert_eq!(of_folder.map(|it| &*it.name), Some("data-contract"));
    assert_ne!(read.value.digest, Kinds::built_in().digest);
}

#[test]
fn what_is_wrong_in_a_kind_is_told_at_its_place() {
    let text = "title = 3\nicon = '<script>'\nfolder = 'x'\nfolders = ['../up', 'fine']\n\
                [fields]\na = 'txt'\nb = { description = 'x' }\nc = { type = 'choice' }\n\
                d = { type = 'text', choices = ['x'] }\ne = 3\n\
                f = { type = 'table', short = 'z', fields = { y = 'date' } }\n\
                [sections.one]\nsynonims = ['x']\n";
    check_told(
        &[("kinds/new.toml", text)],
        &expect![[r#"
        kinds/new.toml bad-value "'txt'": one of `text`, `date`, `int`, `number`, `bool`, `choice`, `note`, `list`, `table`, `any` is expected here, not `txt` | write `text`
        kinds/new.toml bad-value "{ description = 'x' }": the field `type` is missing here | add one of `text`, `date`, `int`, `number`, `bool`, `choice`, `note`, `list`, `table`, `any`
        kinds/new.toml bad-value "{ type = 'choice' }": a choice needs the words to choose from | add them: `choices = ["low", "high"]`
        kinds/new.toml unknown-field "choices": nothing reads the field `choices` | 
        kinds/new.toml bad-value "3": one of `text`, `date`, `int`, `number`, `bool`, `choice`, `note`, `list`, `table`, `any` is expected here, not `3` | 
        kinds/new.toml bad-value "'z'": there is no field `z` here | name the field that a text in place of the table gives
        kinds/new.toml bad-value "[sections.one]": the field `title` is missing here | 
        kinds/new.toml unknown-field "synonims": nothing reads the field `synonims` | write `synonyms`
        kinds/new.toml bad-value "3": text is expected here, not `3` | 
        kinds/new.toml bad-value "'<script>'": this is no path of a drawing | write what the attribute `d` of an SVG path of 24 by 24 holds: `icon = "M4 4h16v16H4z"`
        kinds/new.toml bad-value "'../up'": `../up` is no folder among the notes | write its path below the folder of the notes: `decisions`
        kinds/new.toml unknown-field "folder": nothing reads the field `folder` | write `folders`
    "#]],
    );
}

#[test]
fn two_kinds_with_one_name_a_name_that_is_none_and_no_toml() {
    check_told(
        &[
            ("kinds/a.toml", "name = 'memo'\n"),
            ("kinds/b.toml", "title = 'Memo'\nname = 'memo'\n"),
            ("kinds/c d.toml", "title = 'C'\n"),
            ("kinds/e.toml", "name = 'E e'\n"),
            ("kinds/f.toml", "title = \n"),
            ("kinds/sub/design.toml", "title = 3\n"),
            ("kinds/readme.md", "title = 3\n"),
        ],
        &expect![[r#"
            kinds/b.toml duplicate-kind "'memo'": `kinds/a.toml` gives the kind `memo` too | give one of them another `name`; the first counts
            kinds/c d.toml bad-value "": `c d` is no name of a kind | write lower-case letters, digits and hyphens: `name = "data-contract"`
            kinds/e.toml bad-value "'E e'": `E e` is no name of a kind | write lower-case letters, digits and hyphens: `name = "data-contract"`
            kinds/f.toml bad-syntax "": this is not TOML: string values must be quoted, expected literal string | mend the syntax; until then the file changes no kind and adds none
        "#]],
    );
}

#[test]
fn a_text_in_place_of_a_table_is_its_main_field() {
    let table = |kind: &str, field: &str| -> Table {
        let kinds = Kinds::built_in();
        let field = kinds.get(kind).and_then(|it| it.field(field)).expect("it is there");
        match &field.form {
            Form::Table(table) => table.clone(),
            Form::List(item) => match &**item {
                Form::Table(table) => table.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let options = table("design", "options");
    let data = value::parse(Format::Yaml, "[a, { id: b, title: B }]", 0).expect("YAML");
    let ids: Vec<_> = Form::items(&data)
        .iter()
        .map(|it| options.get(it, "id").and_then(Value::text))
        .collect();
    assert_eq!(ids, [Some("a"), Some("b")]);
    assert_eq!(options.get(&data.items()[0], "title"), None);
    let model = table("model", "model");
    let text = Value::from("ranker");
    assert_eq!(model.get(&text, "name").and_then(Value::text), Some("ranker"));
}
