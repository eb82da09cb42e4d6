//! The rules of the project's style that a machine can check.

#![expect(clippy::disallowed_methods, reason = "the sources are read from the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use diptych::diag::Rule;

/// The most lines of a file before its tests, and of a function.
const FILE: usize = 300;
const FUNCTION: usize = 40;

/// Files that are longer, and may not stay so.
const LONG_FILES: &[&str] = &["site/resolve.rs", "site/tree.rs"];

/// Functions that are longer, and may not stay so.
const LONG_FUNCTIONS: &[&str] = &[
    "cli/publish/guard.rs admit",
    "site/resolve.rs by_name",
    "site/summary.rs read",
    "view/link.rs address",
];

/// Each outside crate that does one job, and the module that alone names it.
const CRATES: &[(&str, &str)] = &[
    ("ahash", "highlight"),
    ("aho_corasick", "glossary"),
    ("ammonia", "html"),
    ("annotate_snippets", "cli"),
    ("anstream", "cli"),
    ("anyhow", "cli"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("cssparser", "theme"),
    ("csv", "compare"),
    ("csv_core", "compare"),
    ("ctrlc", "cli"),
    ("emojis", "note"),
    ("granit_parser", "value"),
    ("headers", "cli"),
    ("html5gum", "note"),
    ("http_body_util", "cli"),
    ("hyper", "cli"),
    ("hyper_util", "cli"),
    ("ignore", "cli"),
    ("include_dir", "theme"),
    ("indicatif", "cli"),
    ("lz4_flex", "output"),
    ("mimalloc", "main"),
    ("mime_guess", "cli"),
    ("notify", "cli"),
    ("open", "cli"),
    ("postcard", "memo"),
    ("pulldown_cmark", "note"),
    ("quick_xml", "export"),
    ("rustix", "cli"),
    ("snowball_stemmers_rs", "search"),
    ("strsim", "diag"),
    ("syntect", "highlight"),
    ("tempfile", "cli"),
    ("tera", "theme"),
    ("tokio", "cli"),
    ("tokio_io_timeout", "cli"),
    ("two_face", "highlight"),
    ("unicode_normalization", "search"),
    ("unicode_segmentation", "note"),
    ("xxhash_rust", "memo"),
];

/// Crates that any module may name: they are the language that modules speak.
const EVERYWHERE: &[&str] = &[
    "jiff",
    "percent_encoding",
    "pulldown_cmark_escape",
    "rayon",
    "regex",
    "regex_syntax",
    "serde",
    "serde_json",
    "toml",
];

/// A file of the program.
struct Source {
    /// `note/link.rs`
    name: String,
    text: String,
}

impl Source {
    /// The module of `lib.rs` that the file belongs to.
    fn module(&self) -> &str {
        self.name.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The file without its tests.
    fn code(&self) -> &str {
        let tests = self.text.find("#[cfg(test)]\nmod ");
        &self.text[..tests.unwrap_or(self.text.len())]
    }

    /// The lines of code, without comments.
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.code().lines().filter(|it| !it.trim_start().starts_with("//"))
    }

    fn is_tests(&self) -> bool {
        self.name.ends_with("tests.rs") || self.name.contains("/tests/")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for path in folder.read_dir().expect("a folder").flatten().map(|it| it.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                sources.push(source(&path));
            }
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

fn source(path: &Path) -> Source {
    let name = path.strip_prefix(root().join("src")).expect("a source");
    Source {
        name: name.to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(path).expect("a source"),
    }
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn files_are_short() {
    let mut found = Vec::new();
    for it in sources().iter().filter(|it| !it.is_tests()) {
        let lines = it.code().lines().count();
        if (lines > FILE) != LONG_FILES.contains(&&*it.name) {
            found.push(format!("{}: {lines}", it.name));
        }
    }
    assert_none("files of more than 300 lines, or that are no longer so long", &found);
}

#[test]
fn functions_are_short() {
    let mut found = Vec::new();
    for it in sources() {
        for (name, lines) in functions(it.code()) {
            let name = format!("{} {name}", it.name);
            if (lines > FUNCTION) != LONG_FUNCTIONS.contains(&&*name) && !it.is_tests() {
                found.push(format!("{name}: {lines}"));
            }
        }
    }
    assert_none("functions of more than 40 lines", &found);
}

/// The functions of a file and how many lines each has, as rustfmt lays them out.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let words: Vec<&str> = trimmed.split(' ').collect();
        let before = words.iter().position(|it| *it == "fn");
        let is_item =
            |it: &&str| it.starts_with("pub") || ["const", "async"].contains(it);
        let Some(at) = before.filter(|at| words[..*at].iter().all(is_item)) else {
            continue;
        };
        let name = words[at + 1].split(['(', '<']).next().unwrap_or_default();
        let end = format!("{}}}", &line[..line.len() - trimmed.len()]);
        let length = lines[start..].iter().position(|it| **it == end);
        let one_line = trimmed.ends_with('}') || trimmed.ends_with(';');
        let length = if one_line { 1 } else { length.map_or(1, |it| it + 1) };
        found.push((name.to_owned(), length));
    }
    found
}

#[test]
fn the_length_of_functions_is_seen() {
    let text = "pub fn a() {\n    x\n}\nimpl A {\n    fn b(\n        c: u8,\n    ) -> u8 {\n        c\n    }\n    fn d() {}\n}\n";
    let seen: Vec<(String, usize)> = functions(text);
    assert_eq!(seen, [("a".to_owned(), 3), ("b".to_owned(), 5), ("d".to_owned(), 1)]);
}

#[test]
fn a_module_uses_only_those_listed_above_it() {
    let library = read("src/lib.rs");
    let order: Vec<&str> = library
        .lines()
        .filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let place = |module: &str| order.iter().position(|it| *it == module);
    let mut found = Vec::new();
    for it in sources().iter().filter(|it| !matches!(&*it.name, "lib.rs" | "main.rs")) {
        let own =
            place(it.module()).unwrap_or_else(|| panic!("{} is in no list", it.name));
        for line in it.lines() {
            for used in line.split("crate::").skip(1) {
                let end = used.find(|it: char| !it.is_alphanumeric() && it != '_');
                let used = &used[..end.unwrap_or(used.len())];
                if place(used).is_some_and(|it| it > own) {
                    found.push(format!("{} uses {used}", it.name));
                }
            }
        }
    }
    assert_none("modules that use one listed below them in lib.rs", &found);
}

#[test]
fn each_outside_crate_is_named_in_one_module_only() {
    let jobs: BTreeMap<&str, &str> = CRATES.iter().copied().collect();
    let sources = sources();
    let mut found = Vec::new();
    for name in dependencies() {
        let path = format!("{name}::");
        let names = |line: &str| {
            line.match_indices(&path).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                before.is_none_or(|it| !it.is_alphanumeric() && it != '_' && it != ':')
            })
        };
        let users: BTreeSet<&str> = sources
            .iter()
            .filter(|it| {
                it.lines().any(|it| names(it) || it.contains(&format!("use {name};")))
            })
            .map(Source::module)
            .collect();
        match jobs.get(&*name) {
            _ if EVERYWHERE.contains(&&*name) => {}
            None => found.push(format!("{name} is in no list here; used in {users:?}")),
            Some(module) if users != BTreeSet::from([*module]) => {
                found.push(format!("{name} is {module}'s, and named in {users:?}"));
            }
            Some(_) => {}
        }
    }
    assert_none("outside crates", &found);
}

/// The crates that the program is built from, as they are named in it.
fn dependencies() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| inside) {
            names.push(name.replace('-', "_"));
        }
    }
    assert!(names.len() > 20, "{names:?}");
    names
}

#[test]
fn each_module_says_first_what_it_is() {
    let told = |it: &Source| it.text.starts_with("//! ") || it.is_tests();
    let silent = sources().into_iter().filter(|it| !told(it));
    assert_none("files without `//!`", &silent.map(|it| it.name).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_to_be_done() {
    let marks = ["todo!", "unimplemented!", "TODO", "FIXME", "#[allow(", "#![allow("];
    let mut found = Vec::new();
    for it in sources() {
        for (number, line) in it.text.lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                found.push(format!("{}:{}: {mark}", it.name, number + 1));
            }
        }
    }
    assert_none("marks of unfinished work, and lints that are silenced for good", &found);
}

#[test]
fn no_module_is_named_for_nothing() {
    let bad =
        ["util", "utils", "common", "helper", "helpers", "manager", "misc", "context"];
    let stem = |it: &Source| {
        let name = it.name.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".rs").to_owned()
    };
    let found = sources().into_iter().filter(|it| bad.contains(&&*stem(it)));
    assert_none(
        "modules whose name says nothing",
        &found.map(|it| it.name).collect::<Vec<_>>(),
    );
}

#[test]
fn each_rule_has_a_page_and_is_told_somewhere() {
    let folder = root().join("content/rules");
    let pages: BTreeSet<String> = folder
        .read_dir()
        .expect("content/rules")
        .flatten()
        .filter_map(|it| Some(it.path().file_stem()?.to_string_lossy().into_owned()))
        .filter(|it| it != "index")
        .collect();
    let rules: BTreeSet<String> = Rule::ALL.iter().map(|it| it.id().to_owned()).collect();
    let lacking = rules.symmetric_difference(&pages).cloned().collect::<Vec<_>>();
    assert_none(
        "rules without a page in content/rules, and pages without a rule",
        &lacking,
    );

    let sources = sources();
    let told = |rule: &&Rule| {
        let name = format!("Rule::{rule:?}");
        sources
            .iter()
            .filter(|it| it.name != "diag/rule.rs")
            .any(|it| it.code().contains(&name))
    };
    let silent: Vec<String> =
        Rule::ALL.iter().filter(|it| !told(it)).map(|it| it.id().to_owned()).collect();
    assert_none("rules that nothing tells", &silent);
}

#[test]
fn the_changelog_has_a_place_for_what_comes() {
    let changelog = read("CHANGELOG.md");
    assert!(changelog.contains("\n## [Unreleased]\n"), "no Unreleased section");
}

#[test]
fn the_oldest_compiler_is_named_alike_everywhere() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|it| it.strip_prefix("rust-version = \"")?.strip_suffix('"'))
        .expect("a rust-version");
    for file in ["README.md", "CONTRIBUTING.md", ".github/workflows/test.yml"] {
        assert!(read(file).contains(version), "{file} does not name Rust {version}");
    }
}

#[test]
fn every_language_of_a_theme_has_the_same_words() {
    let folder = root().join("themes/diptych/words");
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in folder.read_dir().expect("the words").flatten().map(|it| it.path()) {
        let text = fs::read_to_string(&path).expect("a list of words");
        let keys: BTreeMap<String, String> = toml::from_str(&text).expect("words");
        // What a kind of notes is called in English, its own file says.
        let shared = keys.into_keys().filter(|it| !it.starts_with("kind-"));
        words.insert(path.display().to_string(), shared.collect());
    }
    assert!(words.len() > 1, "no translation in {}", folder.display());
    let all: BTreeSet<&String> = words.values().flatten().collect();
    for (name, keys) in &words {
        let missing: Vec<_> = all.iter().filter(|it| !keys.contains(**it)).collect();
        assert!(missing.is_empty(), "{name} lacks {missing:?}");
    }
}
