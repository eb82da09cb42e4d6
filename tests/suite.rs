//! The specification: each fence of `tests/suite/*.md` is a file of a project, or what
//! must come of it.
//!
//! A fence whose title is a path is a file; one without a title is `content/index.md`.
//! What must come of the files before it stands in a fence titled `public/…`, or in
//! plain `html` for `public/index.html`; what is told of them in one of the language
//! `told`. A fence titled `today` is the day of the build, and one titled `history` what
//! version control knows: `FILE DAY AUTHOR, AUTHOR`, or `below FOLDER` for where in its repository the project lies. An example ends where a file follows an expectation. An example without
//! `told` tells nothing.
//!
//! `UPDATE_EXPECT=1 cargo test --test suite` writes what came into the chapters.

#![expect(clippy::disallowed_methods, reason = "the chapters are read from the disk")]

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use diptych::build::{Cache, build};
use diptych::config;
use diptych::diag::Diagnostic;
use diptych::fence;
use diptych::history::{Extent, History, Life};
use diptych::memo::Hashed;
use diptych::output::Content;
use diptych::path::{FilePath, Route};
use diptych::project::Project;

/// Pages that hold a note's text and nothing of the theme.
const TEMPLATES: &[(&str, &str)] =
    &[("page", "{{ heading }}{{ text }}"), ("section", "{% include \"page.html\" %}")];

/// A fence of a chapter.
struct Fence<'a> {
    language: String,
    title: String,
    text: &'a str,
    /// Where its text stands in the chapter.
    range: Range<usize>,
    /// Where it begins and ends with its marks.
    whole: Range<usize>,
    heading: &'a str,
}

impl Fence<'_> {
    /// The file of the site that the fence shows.
    fn output(&self) -> Option<&str> {
        match (self.language.as_str(), self.title.as_str()) {
            ("html", "") => Some("index.html"),
            (_, title) => title.strip_prefix("public/"),
        }
    }

    fn is_told(&self) -> bool {
        self.language == "told"
    }

    fn is_input(&self) -> bool {
        self.output().is_none() && !self.is_told()
    }

    fn path(&self) -> &str {
        if self.title.is_empty() { "content/index.md" } else { &self.title }
    }
}

#[test]
fn the_program_does_what_the_specification_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failed = Vec::new();
    let mut chapters: Vec<_> =
        folder.read_dir().expect("the folder").flatten().map(|it| it.path()).collect();
    chapters.sort();
    for path in chapters.iter().filter(|it| it.extension().is_some_and(|it| it == "md")) {
        let chapter = fs::read_to_string(path).expect("a chapter");
        let mended = check(&path.display().to_string(), &chapter, &mut failed);
        if update && mended != chapter {
            fs::write(path, mended).expect("a chapter written");
        }
    }
    let wrong = if update { 0 } else { failed.len() };
    assert_eq!(wrong, 0, "{wrong} expectations failed\n\n{}", failed.join("\n"));
}

/// Checks each example of a chapter; gives the chapter as it would be right.
fn check(name: &str, chapter: &str, failed: &mut Vec<String>) -> String {
    let fences = fences(chapter);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let starts = (0..fences.len())
        .filter(|at| fences[*at].is_input() && (*at == 0 || !fences[at - 1].is_input()));
    let starts: Vec<usize> = starts.chain([fences.len()]).collect();
    for bounds in starts.windows(2) {
        let example = &fences[bounds[0]..bounds[1]];
        let project = project(example);
        let built = build(&project, &mut Cache::default());
        for fence in example.iter().filter(|it| !it.is_input() && !it.is_told()) {
            let got = shown(built.value.get(&Route::new(fence.output().unwrap_or(""))));
            edits.push((fence.range.clone(), got));
        }
        let told = told(&project, &built.diagnostics);
        match example.iter().find(|it| it.is_told()) {
            Some(fence) => edits.push((fence.range.clone(), told)),
            None if told.is_empty() => {}
            None => {
                let end = example[example.len() - 1].whole.end;
                edits.push((end..end, format!("\n```told\n{told}```\n")));
            }
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut mended = chapter.to_owned();
    for (range, got) in edits.into_iter().rev() {
        let wanted = &chapter[range.clone()];
        if wanted != got {
            let line = chapter[..range.start].matches('\n').count() + 1;
            let near = fences.iter().rfind(|it| it.whole.start < range.start);
            let heading = near.map_or("", |it| it.heading);
            failed.push(format!(
                "{name}:{line} {heading}\n--- wanted\n{wanted}+++ got\n{got}"
            ));
            mended.replace_range(range, &got);
        }
    }
    failed.sort();
    mended
}

/// The fences of a chapter that stand at the beginning of a line.
fn fences(chapter: &str) -> Vec<Fence<'_>> {
    let mut found = Vec::new();
    let mut heading = "";
    let mut open: Option<(usize, &str, &str, usize)> = None;
    let mut at = 0;
    for line in chapter.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            Some((from, fence, info, text)) if line.trim_end() == fence => {
                let info = fence::parse(info).fence;
                found.push(Fence {
                    language: info.language.unwrap_or_default(),
                    title: info.title.unwrap_or_default(),
                    text: &chapter[text..start],
                    range: text..start,
                    whole: from..end,
                    heading,
                });
                open = None;
            }
            None if marks.len() >= 3 => {
                open = Some((start, marks, line[marks.len()..].trim(), end));
            }
            None if line.starts_with('#') => heading = line.trim(),
            _ => {}
        }
    }
    found
}

fn project(example: &[Fence<'_>]) -> Project {
    let mut project = Project { src: "content".into(), ..Project::default() };
    for (page, template) in TEMPLATES {
        project.insert(format!("themes/diptych/{page}.html").as_str(), template);
    }
    for fence in example.iter().filter(|it| it.is_input()) {
        // What cannot be seen in a chapter is written as its name in Unicode.
        let text = fence.text.replace("␀", "\0").replace("␍", "\r").replace("␉", "\t");
        match fence.title.as_str() {
            "today" => project.today = Some(text.trim().parse().expect("a day")),
            "history" => project.history = Hashed::new(history(&text)),
            _ => project.insert(fence.path(), &text),
        }
    }
    project
}

fn history(text: &str) -> History {
    let life = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().expect("file, day and authors");
        let (path, updated) = (FilePath::from(part()), part().parse().expect("a day"));
        let authors: Vec<String> = part().split(", ").map(str::to_owned).collect();
        let life = Life { updated, by: authors[0].clone(), authors, begun: None };
        (path, Arc::new(life))
    };
    let folder = text.lines().find_map(|it| it.strip_prefix("below "));
    let lives = text.lines().filter(|it| !it.starts_with("below "));
    History {
        files: lives.map(life).collect(),
        extent: Extent::Whole,
        folder: FilePath::from(folder.unwrap_or_default()),
    }
}

fn shown(content: Option<&Content>) -> String {
    let text = match content {
        Some(Content::Text(text)) => text.to_string(),
        Some(Content::Copy(path)) => format!("(a copy of `{path}`)"),
        Some(other) => format!("{other:?}"),
        None => "(there is no such file)".to_owned(),
    };
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}

/// The diagnostics in short form: `FILE:LINE:COLUMN rule: message; hint`, with the text
/// at which each stands.
fn told(project: &Project, diagnostics: &[Diagnostic]) -> String {
    let book = FilePath::from("book.toml");
    let config = config::parse(project.text(&book).map(|it| &**it), &book).value;
    let shown = diagnostics.iter().filter(|it| config.severity(it.rule).is_some());
    shown.map(|it| line(project, it)).collect()
}

fn line(project: &Project, it: &Diagnostic) -> String {
    let text = project.text(&it.span.file).map_or("", |it| &**it);
    let before = &text[..it.span.range.start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let at = text[it.span.range.clone()].lines().next().unwrap_or("").trim();
    let at = if at.is_empty() { String::new() } else { format!(" at `{at}`") };
    let hints: Vec<String> = it.hints.iter().map(|it| format!("; {it}")).collect();
    let hints = hints.concat();
    let (file, rule, message) = (&it.span.file, it.rule.id(), &it.message);
    format!("{file}:{line}:{column} {rule}{at}: {message}{hints}\n")
}
