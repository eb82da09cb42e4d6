//! No word of a note is lost: the text of each page against what another renderer makes
//! of the note; every link of a page leads to a file and id that are there; no table
//! becomes a comparison that is not one, and none loses a cell.
//!
//! Runs over the manual and handbook of this repository. For folders of your own:
//! `DIPTYCH_CORPORA=dir cargo test --release --test recall -- --nocapture`

#![expect(clippy::disallowed_methods, reason = "the notes are read from the disk")]
#![expect(clippy::print_stdout, reason = "what is lost is shown")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use diptych::build::{Cache, build};
use diptych::output::{Content, Output};
use diptych::path::{FilePath, Route};
use diptych::project::{Project, Stamp};
use html5gum::{Token, Tokenizer};
use percent_encoding::percent_decode_str;
use regex::Regex;

/// One word of how many may be lost at most: of 2000 (a recall of 99.95 %), and of 1000 of
/// this repository's own notes, whose comparisons show units and states otherwise than
/// they are written.
const ONE_OF: usize = 2000;
const ONE_OF_OWN: usize = 1000;

#[test]
fn no_word_is_lost_and_no_link_is_dead() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut corpora = vec![own];
    if let Some(dir) = std::env::var_os("DIPTYCH_CORPORA") {
        let dirs = fs::read_dir(dir).expect("the corpora").flatten().map(|it| it.path());
        corpora.extend(dirs.filter(|it| it.is_dir()));
    }
    corpora.sort();
    let failed: Vec<String> = corpora.iter().flat_map(|it| check(it)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What is wrong with the site of a folder.
fn check(folder: &Path) -> Vec<String> {
    let src = ["content", "src", "docs"].iter().find(|it| folder.join(it).is_dir());
    let mut project =
        Project { src: src.map_or("", |it| *it).into(), ..Project::default() };
    read(folder, folder, &mut project);
    let output = build(&project, &mut Cache::default()).value;
    let pages: BTreeMap<&Route, Page> = output
        .iter()
        .filter_map(|(route, it)| Some((route, Page::of(&text(it)?))))
        .collect();

    let (mut wanted, mut missed) = (0, 0);
    let mut lost: Vec<String> = Vec::new();
    let mut tables = Tables::default();
    for (path, note) in sources(&project, &output) {
        let markdown = project.text(&path).expect("a note");
        tables.check(&path, markdown, &text(&output[&note]).expect("a page"));
        let (all, missing) = missing(&words(&rendered(markdown)), &pages[&note].words);
        (wanted, missed) = (wanted + all, missed + missing.len());
        if !missing.is_empty() {
            lost.push(format!("    lost of {path}: {}", missing.join(" ")));
        }
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let lost = format!("{missed} words of {wanted} are lost\n{}", lost.join("\n"));
    println!("{name}: {} pages, {} tables, {lost}", pages.len(), tables.count);
    let mut failed = dead_links(&output, &pages);
    failed.append(&mut tables.failed);
    let own = folder.starts_with(env!("CARGO_MANIFEST_DIR"));
    if missed > wanted / if own { ONE_OF_OWN } else { ONE_OF } {
        failed.push(lost);
    }
    failed.iter().map(|it| format!("{name}: {it}")).collect()
}

fn read(root: &Path, folder: &Path, project: &mut Project) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            read(root, &path, project);
            continue;
        }
        let below = path.strip_prefix(root).expect("a path below").to_string_lossy();
        let below = FilePath::new(below.replace('\\', "/"));
        match fs::read_to_string(&path) {
            Ok(text) => project.insert(below, &text),
            Err(_) => {
                project.files.insert(below, Stamp::default());
            }
        }
    }
}

/// Each note and its page, from `notes.json`.
fn sources(project: &Project, output: &Output) -> Vec<(FilePath, Route)> {
    let json = text(&output[&Route::new("notes.json")]).expect("notes.json");
    let notes: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(notes.len(), project.notes().count(), "some notes are not there");
    let field = |note: &serde_json::Value, name: &str| {
        note[name].as_str().unwrap_or("").to_owned()
    };
    notes
        .iter()
        .map(|it| {
            (
                FilePath::new(field(it, "source")),
                Route::page(field(it, "url").trim_end_matches('/')),
            )
        })
        .collect()
}

fn text(content: &Content) -> Option<String> {
    match content {
        Content::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The tables of a folder's notes, and what is wrong with those of the pages.
#[derive(Default)]
struct Tables {
    count: usize,
    failed: Vec<String>,
}

impl Tables {
    /// Counts the tables of a note, their cells and the comparisons among them, in its
    /// Markdown and on its page.
    fn check(&mut self, path: &FilePath, markdown: &str, html: &str) {
        let written = tables(markdown);
        self.count += written.len();
        let sides = |row: &Vec<String>| {
            let side = |it: &&String| ["research", "production"].contains(&it.as_str());
            row.iter().skip(1).filter(side).count() >= 2
        };
        let asked = Regex::new("<!-- compare |```compare|\"compare").expect("a pattern");
        if !asked.is_match(markdown) {
            let meant = written.iter().filter(|it| it.first().is_some_and(sides)).count();
            let found = html.matches("<figure class=\"compare").count();
            if found != meant {
                self.failed.push(format!("{path}: {found} comparisons, not {meant}"));
            }
        }
        let cells = written.iter().flatten().map(Vec::len).sum::<usize>();
        // HTML may have more, and so may a comparison, whose groups are cells too.
        let found = html.matches("<td").count() + html.matches("<th").count()
            - html.matches("<thead").count();
        if found < cells && !asked.is_match(markdown) {
            self.failed.push(format!("{path}: {found} cells of tables, not {cells}"));
        }
    }
}

/// The cells of the tables of a text as they are written: what stands between pipes,
/// be it more than the header has.
fn tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let markdown = plain(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                let row = markdown[range].trim().replace("\\|", "");
                let row = row.trim_start_matches('|').trim_end_matches('|');
                let cells = row.split('|').map(|it| it.trim().to_lowercase());
                tables.last_mut().expect("its table").push(cells.collect());
            }
            _ => {}
        }
    }
    tables
}

/// What the other renderer makes of a note.
fn rendered(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    let on = &mut options.extension;
    (on.strikethrough, on.table, on.autolink) = (true, true, true);
    (on.tasklist, on.footnotes, on.front_matter_delimiter) =
        (true, true, Some("---".to_owned()));
    options.render.r#unsafe = true;
    comrak::markdown_to_html(&plain(markdown), &options)
}

/// A note without what only this program reads: the marks of callouts, ids of headings,
/// targets of wikilinks with words of their own, and comparisons in fences, whose words
/// are not shown as they are written.
fn plain(markdown: &str) -> String {
    let marks = Regex::new(concat!(
        r"(?m)^(?P<quote>[> ]*)\[![^\]]+\][+-]?|\{ *#[^}]*\}[ \t]*$|\[\[[^\]|]*\|",
        r"|^```compare[^`]*^```",
    ));
    let marks = marks.expect("a pattern");
    marks.replace_all(markdown, "$quote").into_owned()
}

/// The words of a page as often as they stand there, its ids, and its links.
#[derive(Default)]
struct Page {
    words: BTreeMap<String, usize>,
    ids: BTreeSet<String>,
    links: Vec<String>,
}

impl Page {
    fn of(html: &str) -> Self {
        let mut page = Self { words: words(html), ..Self::default() };
        for token in Tokenizer::new(html).flatten() {
            let Token::StartTag(tag) = token else { continue };
            for (name, value) in &tag.attributes {
                let value = String::from_utf8_lossy(&value.value).into_owned();
                match &name[..] {
                    b"id" => drop(page.ids.insert(value)),
                    b"href" | b"src" | b"poster" => page.links.push(value),
                    _ => {}
                }
            }
        }
        page
    }
}

/// The words that a reader sees, each with how often it stands there: runs of letters
/// and digits, so that it does not matter where an element ends.
fn words(html: &str) -> BTreeMap<String, usize> {
    const SILENT: &[&[u8]] = &[b"script", b"style", b"title", b"template"];
    let mut text = String::new();
    let mut silent = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                silent |= SILENT.contains(&&tag.name[..]);
                for (name, value) in &tag.attributes {
                    if &name[..] == b"alt" {
                        text.push_str(&format!(
                            " {} ",
                            String::from_utf8_lossy(&value.value)
                        ));
                    }
                }
                text.push_str(if INLINE.contains(&&tag.name[..]) { "" } else { " " });
            }
            Token::EndTag(tag) => {
                silent &= !SILENT.contains(&&tag.name[..]);
                text.push_str(if INLINE.contains(&&tag.name[..]) { "" } else { " " });
            }
            Token::String(it) if !silent => {
                text.push_str(&String::from_utf8_lossy(&it.value));
            }
            _ => {}
        }
    }
    let mut words = BTreeMap::new();
    for word in text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// Elements that do not end a word.
const INLINE: &[&[u8]] = &[
    b"a", b"b", b"code", b"del", b"em", b"i", b"ins", b"mark", b"s", b"span", b"strong",
    b"sub", b"sup", b"u",
];

/// How many words there are, and those that are not found as often as they should be.
fn missing(
    wanted: &BTreeMap<String, usize>,
    found: &BTreeMap<String, usize>,
) -> (usize, Vec<String>) {
    let mut missing = Vec::new();
    for (word, count) in wanted {
        let there = found.get(word).copied().unwrap_or_default();
        missing.extend(std::iter::repeat_n(word.clone(), count.saturating_sub(there)));
    }
    (wanted.values().sum(), missing)
}

/// The links of all pages that lead to no file or id of the site.
fn dead_links(output: &Output, pages: &BTreeMap<&Route, Page>) -> Vec<String> {
    let mut dead = BTreeSet::new();
    for (route, page) in pages {
        if !route.as_str().ends_with(".html") || route.as_str() == "404.html" {
            continue;
        }
        let folder = FilePath::new(route.as_str()).folder();
        for link in
            page.links.iter().filter(|it| diptych::note::link::scheme(it).is_none())
        {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let path = path.split('?').next().unwrap_or_default();
            let decoded =
                |it: &str| percent_decode_str(it).decode_utf8_lossy().into_owned();
            let target = match decoded(path) {
                path if path.is_empty() => Some(FilePath::new(route.as_str())),
                path => folder.join(&path),
            };
            let target = target.map(|it| Route::new(it.as_str()));
            let there = target.as_ref().is_some_and(|it| output.contains_key(it));
            let id = decoded(fragment);
            let has_id = id.is_empty()
                || id == "top"
                || target
                    .and_then(|it| pages.get(&it))
                    .is_none_or(|it| it.ids.contains(&id));
            if !(link.starts_with("//") || (there && has_id)) {
                dead.insert(format!("the link {link} of {route} is dead"));
            }
        }
    }
    dead.into_iter().collect()
}

#[test]
fn what_is_lost_is_seen() {
    let page = words("<p>one <b>tw</b>o</p><p>two</p>");
    assert_eq!(
        missing(&words("<p>one two two three</p>"), &page),
        (4, vec!["three".to_owned()])
    );
}
