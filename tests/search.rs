//! The index of the search, read as a browser reads it.

use std::collections::{BTreeMap, BTreeSet};

use diptych::build::{Cache, build};
use diptych::output::{Content, Output};
use diptych::path::Route;
use diptych::project::Project;
use diptych::search::word;
use proptest::prelude::*;
use serde_json::Value;

/// The index of a site.
struct Index {
    output: Output,
    front: Value,
}

impl Index {
    fn of(project: &Project) -> Self {
        Self::read(build(project, &mut Cache::default()).value)
    }

    fn read(output: Output) -> Self {
        let front = file(&output, "index.js");
        Self { output, front }
    }

    /// The notes with a word, or a beginning of one, by their addresses.
    fn find(&self, word: &str) -> BTreeSet<String> {
        let mut parts = BTreeSet::new();
        let (groups, elsewhere) = self.shard(word);
        let mut heads: BTreeSet<String> = BTreeSet::new();
        for (form, of_form) in elsewhere {
            if form == word {
                heads.extend(texts(&of_form));
            }
        }
        let away: Vec<_> = heads.iter().map(|it| (it, self.shard(it).0)).collect();
        for [words, places] in groups {
            if words.split(' ').any(|it| it == word) {
                parts.extend(numbers(&places));
            }
        }
        for (head, groups) in away {
            let group = groups.iter().find(|it| it[0].split(' ').next() == Some(head));
            parts.extend(numbers(&group.expect("the group of a head")[1]));
        }
        parts.into_iter().map(|it| self.line(self.note(it))[1].clone()).collect()
    }

    fn shard(&self, word: &str) -> (Vec<[String; 2]>, BTreeMap<String, Value>) {
        let keys = texts(&self.front["keys"]);
        let after = keys
            .iter()
            .position(|it| it.encode_utf16().cmp(word.encode_utf16()).is_gt())
            .unwrap_or(keys.len());
        let name = &texts(&self.front["shards"])[after.saturating_sub(1)];
        let shard = file(&self.output, &format!("{name}.js"));
        let groups = shard[0].as_array().expect("groups").iter();
        let text = |it: &Value| it.as_str().expect("a text").to_owned();
        let groups = groups.map(|it| [text(&it[0]), text(&it[1])]).collect();
        let elsewhere = shard[1].as_object().expect("a map").clone();
        (groups, elsewhere.into_iter().collect())
    }

    fn note(&self, mut part: u32) -> u32 {
        let rest = numbers(self.front["rest"].as_str().expect("a text"));
        while rest.contains(&part) {
            part -= 1;
        }
        part
    }

    /// Title, address and file of a note.
    fn line(&self, part: u32) -> Vec<String> {
        let (list, line) = (part as usize / 32, part as usize % 32);
        let name = &texts(&self.front["lists"])[list];
        texts(&file(&self.output, &format!("{name}.js"))[line])
    }

    fn files(&self) -> BTreeSet<&Route> {
        self.output
            .keys()
            .filter(|it| it.as_str().starts_with("assets/search/"))
            .collect()
    }
}

fn texts(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What a file of the index hands over.
fn file(output: &Output, name: &str) -> Value {
    let route = Route::new(format!("assets/search/{name}"));
    let Some(Content::Text(text)) = output.get(&route) else { panic!("no {route}") };
    let text = text.get();
    let json = text
        .trim_end()
        .strip_prefix("document.currentScript.found(")
        .and_then(|it| it.strip_suffix(')'));
    serde_json::from_str(json.expect("a call")).expect("JSON")
}

/// The numbers of postings, level by level.
fn numbers(text: &str) -> Vec<u32> {
    const DIGITS: &str =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut found = Vec::new();
    for level in text.split(|it| "!#$%&()*".contains(it)) {
        let (mut next, mut value, mut shift) = (0, 0, 0);
        for letter in level.chars() {
            let digit =
                u32::try_from(DIGITS.find(letter).expect("a digit")).expect("small");
            value += (digit % 32) << shift;
            shift += 5;
            if digit < 32 {
                found.push(next + value);
                (next, value, shift) = (next + value + 1, 0, 0);
            }
        }
    }
    found
}

fn site(notes: &[(&str, &str)]) -> Project {
    let mut project = Project { src: "content".into(), ..Project::default() };
    for (name, text) in notes {
        project.insert(format!("content/{name}.md").as_str(), text);
    }
    project
}

#[track_caller]
fn check_found(project: &Project, word: &str, expected: &[&str]) {
    let found = Index::of(project).find(word);
    let expected: BTreeSet<String> =
        expected.iter().map(|it| format!("{it}/index.html")).collect();
    assert_eq!(found, expected, "{word}");
}

#[test]
fn a_word_finds_the_notes_of_all_its_forms() {
    let notes =
        [("a", "# A\nCaching is hard."), ("b", "# B\nTwo caches."), ("c", "# C\n")];
    check_found(&site(&notes), "cache", &[]);
    check_found(&site(&notes), "caches", &["a", "b"]);
    check_found(&site(&notes), "caching", &["a", "b"]);
}

#[test]
fn the_language_of_the_book_chooses_the_stemmer() {
    let notes = [("a", "# A\nDie Häuser."), ("b", "# B\nIn den Häusern.")];
    let mut project = site(&notes);
    check_found(&project, "hauser", &["a"]);
    project.insert("book.toml", "[book]\nlanguage = \"de-AT\"\n");
    check_found(&project, "hauser", &["a", "b"]);
    project.insert("book.toml", "[book]\nlanguage = \"tlh\"\n");
    check_found(&project, "hauser", &["a"]);
}

#[test]
fn every_place_of_a_note_is_searched() {
    let text = "---\ntags: [kv cache]\nsystem: eta\nstatus: accepted\n---\n# The title\n\
        Text with **bo**ld, `code_span`, [linked](https://example.com), $x^2$[^n].\n\n\
        ```python\ndef fenced(): pass\n```\n\n| head |\n|---|\n| cell |\n\n\
        > quoted\n\n## A heading\n<b>raw</b>html\n\n[^n]: footnote\n";
    let project = site(&[("a", text), ("b", "# B\n")]);
    let words = "title text bold code span linked python fenced head cell quoted heading \
        rawhtml footnote kv cache eta status:accepted system:eta";
    // The language of a fence is not its text.
    for word in words.split_whitespace().filter(|it| *it != "python") {
        let found = Index::of(&project).find(word);
        assert!(found.contains("a/index.html"), "{word}");
    }
}

#[test]
fn drafts_and_notes_that_say_so_are_left_out() {
    let project = site(&[
        ("a", "# A\nquokka\n"),
        ("b", "---\ndraft: true\n---\n# B\nquokka\n"),
        ("c", "---\nsearch: false\n---\n# C\nquokka\n"),
    ]);
    check_found(&project, "quokka", &["a"]);
}

#[test]
fn without_a_search_there_is_nothing_of_it() {
    let mut project = site(&[("a", "# A\n")]);
    assert!(page(&Index::of(&project).output).contains("search-button"));
    project.insert("book.toml", "[search]\nenabled = false\n");
    let output = build(&project, &mut Cache::default()).value;
    assert!(!page(&output).contains("search-"));
    let of_search = |it: &&Route| {
        it.as_str().starts_with("assets/search/") || it.as_str().starts_with("search/")
    };
    assert_eq!(output.keys().find(of_search), None);
}

fn page(output: &Output) -> String {
    match &output[&Route::new("a/index.html")] {
        Content::Text(text) => text.to_string(),
        _ => panic!("a page is a text"),
    }
}

#[test]
fn long_notes_are_parts_that_lead_to_one_page() {
    let section =
        |name: usize| format!("## Part {name}\n{}\n\n", "lorem ipsum ".repeat(600));
    let text: String = (0..6).map(section).chain(["quokka\n".to_owned()]).collect();
    let project = site(&[("a", &format!("# A\n{text}")), ("b", "# B\nwombat\n")]);
    check_found(&project, "quokka", &["a"]);
    check_found(&project, "wombat", &["b"]);
}

/// A site of some notes with a vocabulary of a few thousand words.
fn large() -> Project {
    let mut project = site(&[]);
    for note in 0..200_u64 {
        let words = (0..200).map(|it| {
            let chance = (note * 200 + it).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            format!("w{:x}", chance % 4096)
        });
        let text = format!("# Note {note}\n{}\n", words.collect::<Vec<_>>().join(" "));
        project.insert(format!("content/n{note}.md").as_str(), &text);
    }
    project
}

#[test]
fn an_edit_reads_one_note_and_changes_few_files() {
    let mut project = large();
    let mut cache = Cache::default();
    let before = Index::read(build(&project, &mut cache).value);
    assert_eq!(cache.runs().searched, 200);

    project.insert("content/n7.md", "# Note 7\nw1 and nothing else\n");
    let after = Index::read(build(&project, &mut cache).value);
    assert_eq!(cache.runs().searched, 1);
    assert_eq!(after.output, Index::of(&project).output);
    assert!(after.find("nothing").contains("n7/index.html"));

    project.insert("content/n7.md", "# Note 7\nw1 and something else\n");
    let again = Index::read(build(&project, &mut cache).value);
    let new = again.files().difference(&after.files()).count();
    // The text, its list, and the shards of two words.
    assert!(new <= 4, "{new} of {} files are new", again.files().len());
    assert!(before.files().len() > 210, "{} files", before.files().len());

    build(&project, &mut cache);
    assert_eq!(cache.runs().searched, 0);
}

#[test]
fn no_shard_is_large() {
    let index = Index::of(&large());
    for name in texts(&index.front["shards"]) {
        let Content::Text(text) =
            &index.output[&Route::new(format!("assets/search/{name}.js"))]
        else {
            panic!("a shard is a text")
        };
        let size = text.get().len();
        assert!(size < 40 * 1024, "{size} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_word_of_a_note_finds_it(
        texts in proptest::collection::vec("([a-zA-Z]{1,9}|[0-9]{1,4}|[а-яё]{1,8}|[äöüßéñ]{2,5}|[一-鿿]{1,4}|[ก-๎]{1,5}|[가-힣]{1,3}|[ _.'#*`|-]){0,40}", 1..5),
        language in prop::sample::select(vec!["en", "de", "fr", "ar", "ru", "tlh"]),
    ) {
        let mut project = site(&[]);
        project.insert("book.toml", &format!("[book]\nlanguage = \"{language}\"\n"));
        for (at, text) in texts.iter().enumerate() {
            // A fence holds its text as it is, whatever stands in it.
            project.insert(format!("content/n{at}.md").as_str(), &format!("~~~\n{text}\n~~~\n"));
        }
        let index = Index::of(&project);
        for (at, text) in texts.iter().enumerate() {
            let mut words = BTreeSet::new();
            word::each(text, |it| { words.insert(word::fold(&it)); });
            for word in words.iter().filter(|it| !it.is_empty()) {
                let found = index.find(word);
                prop_assert!(found.contains(&format!("n{at}/index.html")), "{word} of {text:?}");
            }
        }
    }
}
