//! Bad input: whatever a note holds, the build ends, and its diagnostics have a place.
//!
//! `cargo test --release --test hard -- --ignored` tries the full sizes, and that time
//! grows as the notes do.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what is measured is shown"
)]

use std::time::{Duration, Instant};

use diptych::build::{Cache, build};
use diptych::diag::{Checked, Diagnostic};
use diptych::output::{Content, Output};
use diptych::path::Route;
use diptych::project::Project;
use proptest::prelude::*;

/// A kind of note that is hard on a parser, for a size.
type Kind = (&'static str, fn(usize) -> String);

/// The kinds of note, each with as many of what makes it hard as it is asked for.
const KINDS: &[Kind] = &[
    ("paragraphs", |n| "Some words of a paragraph, as they come.\n\n".repeat(n)),
    ("one paragraph", |n| "words as they come ".repeat(n)),
    ("one word", |n| "word".repeat(n)),
    ("rows", |n| format!("| a | b |\n|---|---|\n{}", "| 1 | *2* |\n".repeat(n))),
    ("surplus cells", |n| format!("| a |\n|---|\n| 1 {}", "| [2](x.md) ".repeat(n))),
    ("columns", |n| format!("|{}\n|{}\n", " a |".repeat(n), "---|".repeat(n))),
    ("headings", |n| each(n, |it| format!("## Heading {}\n\n", it % 100))),
    ("same headings", |n| "## A\n".repeat(n)),
    ("quotes", |n| format!("{} deep\n", ">".repeat(n))),
    ("quotes and percents", |n| format!("{}%% deep\n", "> ".repeat(n))),
    ("callouts", |n| each(n, |it| format!("{} [!note] x\n", ">".repeat(1 + it % 40)))),
    ("lists", |n| each(n.min(2000), |it| format!("{}- x\n", " ".repeat(it)))),
    ("items", |n| "- [x] item ^id\n".repeat(n)),
    ("list marks", |n| format!("{}x\n", "* ".repeat(n))),
    ("brackets", |n| format!("{}x{}\n", "[".repeat(n), "]".repeat(n))),
    ("open brackets", |n| "[".repeat(n)),
    ("open wikilinks", |n| "[[".repeat(n)),
    ("open embeds", |n| "![[".repeat(n)),
    ("wikilinks", |n| "[[a|b]] ".repeat(n)),
    ("wikilinks with markup", |n| "[[a|*b*]] ".repeat(n)),
    ("half wikilinks", |n| "[[a|*b* ".repeat(n)),
    ("embeds", |n| "![[index]]\n\n".repeat(n)),
    ("images in images", |n| format!("{}x{}\n", "![".repeat(n), "](y)".repeat(n))),
    ("links", |n| "[a](gone.md#b) ".repeat(n)),
    ("references", |n| format!("{}\n\n[a]: b.md\n", "[a] ".repeat(n))),
    ("definitions", |n| each(n, |it| format!("[{it}]: x.md\n"))),
    ("same definitions", |n| "[a]: x.md\n".repeat(n)),
    ("emphasis", |n| format!("{}x{}\n", "*a ".repeat(n), "*".repeat(n))),
    ("stars", |n| "*".repeat(n)),
    ("marks", |n| "==a ".repeat(n)),
    ("closed marks", |n| "==a== ".repeat(n)),
    ("comments", |n| "%%a ".repeat(n)),
    ("comment blocks", |n| "%%\n\na\n\n".repeat(n)),
    ("backticks", |n| (0..n.min(3000)).map(|it| "`".repeat(it % 300) + " ").collect()),
    ("dollars", |n| "$a ".repeat(n)),
    ("carets", |n| "a ^b ".repeat(n)),
    ("schemes", |n| "http://(".repeat(n)),
    ("addresses", |n| "https://a.org/b_c_(d) ".repeat(n)),
    ("one address", |n| format!("https://a.org/{}", "b_c_".repeat(n))),
    ("www", |n| "www.".repeat(n)),
    ("at signs", |n| "a@".repeat(n)),
    ("mails", |n| "a@b.c ".repeat(n)),
    ("colons", |n| ":a".repeat(n)),
    ("footnotes", |n| each(n, |it| format!("x[^{it}]\n\n[^{it}]: y\n\n"))),
    ("one footnote", |n| format!("{}\n\n[^a]: y\n", "x[^a] ".repeat(n))),
    ("undefined footnotes", |n| "x[^a] ".repeat(n)),
    ("half footnotes", |n| "[^".repeat(n)),
    ("nested footnotes", |n| {
        each(n, |it| format!("[^{it}]: x[^{}]\n\n", it + 1)) + "[^0]"
    }),
    ("slips", |n| "(a)[b.md] ".repeat(n)),
    ("half slips", |n| ")[".repeat(n)),
    ("tags", |n| "<b>x".repeat(n)),
    ("unknown tags", |n| "<test> ".repeat(n)),
    ("half tags", |n| "<a ".repeat(n)),
    ("blocks of HTML", |n| "<div>\n\n".repeat(n)),
    ("attributes", |n| format!("<p {}>x</p>", "a=b ".repeat(n))),
    ("ids", |n| "<a id=x></a>".repeat(n)),
    ("half comments", |n| "<!-- ".repeat(n)),
    ("declarations", |n| "<! ".repeat(n)),
    ("processing", |n| "<? ".repeat(n)),
    ("entities", |n| "&amp;".repeat(n)),
    ("escapes", |n| "\\*".repeat(n)),
    ("breaks", |n| "a\\\n".repeat(n)),
    ("fences", |n| "```rust\nfn\n```\n".repeat(n)),
    ("one fence", |n| format!("```rust\n{}```\n", "fn f() {}\n".repeat(n))),
    ("info string", |n| format!("```rust {}\nx\n```\n", "a=b ".repeat(n))),
    ("terms", |n| "a\n: b\n\n".repeat(n)),
    ("rules", |n| "---\n".repeat(n)),
    ("front matter", |n| format!("---\ntags: [{}]\n---\n", "a, ".repeat(n))),
    ("nested front matter", |n| format!("---\na: {}\n---\n", "[".repeat(n))),
    ("comparison", |n| {
        format!(
            "| | Research | Production |\n|-|-|-|\n{}",
            "| a | 1 ms | 2 ms |\n".repeat(n)
        )
    }),
    ("directives", |n| "<!-- compare id=x -->\n\n".repeat(n)),
    ("line ends", |n| "a\r\nb\rc\n".repeat(n)),
    ("NUL", |n| "\0".repeat(n)),
    ("emoji", |n| "👩‍👩‍👧 ".repeat(n)),
    ("marks of letters", |n| format!("a{}", "\u{301}".repeat(n))),
    ("directions", |n| "\u{202e}a\u{2066}".repeat(n)),
];

/// The kinds in which one thing stands in another.
const NESTED: &[&str] = &[
    "quotes",
    "callouts",
    "lists",
    "list marks",
    "brackets",
    "open brackets",
    "images in images",
    "emphasis",
    "nested footnotes",
    "tags",
    "blocks of HTML",
    "nested front matter",
];

/// A text made of one piece for each number.
fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect::<Vec<_>>().concat()
}

fn project(text: &str) -> Project {
    let mut project = Project { src: "content".into(), ..Project::default() };
    project.insert("content/index.md", text);
    project
}

fn built(text: &str) -> Checked<Output> {
    build(&project(text), &mut Cache::default())
}

/// How long it takes to publish a note.
fn time(text: &str) -> Duration {
    let project = project(text);
    #[expect(clippy::disallowed_methods, reason = "what is measured is the time")]
    let start = Instant::now();
    build(&project, &mut Cache::default());
    start.elapsed()
}

/// The first diagnostic whose place is not one of its file.
fn misplaced<'a>(project: &Project, told: &'a [Diagnostic]) -> Option<&'a Diagnostic> {
    told.iter().find(|it| {
        let spans = std::iter::once(&it.span).chain(it.also.iter().map(|it| &it.0));
        let mut texts = spans.map(|span| {
            project
                .text(&span.file)
                .is_some_and(|it| it.get(span.range.clone()).is_some())
        });
        texts.any(|found| !found)
    })
}

#[test]
fn every_kind_of_note_is_published() {
    for (kind, text) in KINDS {
        for text in
            [text(1), text(300), format!("> {}", text(30)), format!("- {}", text(3))]
        {
            let project = project(&text);
            let built = build(&project, &mut Cache::default());
            let page = built.value.get(&Route::page(""));
            assert!(
                matches!(page, Some(Content::Text(page)) if page.get().contains("</html>")),
                "{kind}"
            );
            let misplaced = misplaced(&project, &built.diagnostics);
            assert!(misplaced.is_none(), "{kind}: {misplaced:?}");
        }
    }
}

#[test]
fn nesting_takes_no_stack() {
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let deep = || {
        for (kind, text) in KINDS.iter().filter(|it| NESTED.contains(&it.0)) {
            eprintln!("{kind}");
            built(&text(10_000));
        }
    };
    small.spawn(deep).expect("a thread").join().expect("no overflow");
}

#[test]
#[ignore = "takes minutes where nothing is optimised"]
fn time_grows_as_notes_do() {
    let mut slow = Vec::new();
    for (kind, text) in KINDS {
        let mut size = 2_000;
        // As large as it must be for the time to be measured.
        while size < 64_000 && time(&text(size)) < Duration::from_millis(20) {
            size *= 2;
        }
        let least =
            |size: usize| (0..3).map(|_| time(&text(size))).min().unwrap_or_default();
        let (one, four) = (least(size), least(4 * size));
        println!("{kind}: {size} in {one:?}, four times as many in {four:?}");
        if four > 9 * one + Duration::from_millis(100) {
            slow.push(format!(
                "{kind}: {size} in {one:?}, four times as many in {four:?}"
            ));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
#[ignore = "takes minutes where nothing is optimised"]
fn the_largest_notes_are_published() {
    for (kind, text) in KINDS {
        let time = time(&text(100_000));
        println!("{kind}: {time:?}");
        assert!(time < Duration::from_secs(20), "{kind}: {time:?}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let text = "---\ntitle: T\n---\n# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> [!note] x\n> y\n\n```rust\nfn\n```\n";
    let page = |text: &str| built(text).value.remove(&Route::page(""));
    let plain = page(text);
    assert_eq!(page(&text.replace('\n', "\r\n")), plain);
}

#[test]
fn a_note_with_nothing_in_it_is_told() {
    for text in ["", "\n\n", "---\ntitle: x\n---\n"] {
        let told = built(text).diagnostics;
        assert!(told.iter().any(|it| it.rule.id() == "empty-note"), "{text:?}: {told:?}");
    }
}

/// Pieces of Markdown, and of what comes near it.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "b c",
        "é",
        "👩‍👧",
        "日本",
        "\u{301}",
        "\0",
        "\u{feff}",
        "\t",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\\",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "```",
        "```rust\n",
        "$",
        "$$",
        "==",
        "%%",
        "[",
        "]",
        "[[",
        "]]",
        "![",
        "![[",
        "](",
        ")",
        "(",
        "[^",
        "[^1]",
        "[^1]: ",
        "[a]: b\n",
        "|",
        "|-|-|\n",
        "||",
        "\\|",
        "# ",
        "## ",
        "{#id}",
        "> ",
        "> [!note]- ",
        ">",
        "- ",
        "1. ",
        "- [x] ",
        "---\n",
        "===\n",
        "+++\n",
        ": ",
        "^id",
        " ^",
        "<",
        ">",
        "<b>",
        "</b>",
        "<div>",
        "<a href=\"",
        "\"",
        "'",
        "<!--",
        "-->",
        "<!-- compare -->",
        "<img src=x>",
        "<script>",
        "<test>",
        "&amp;",
        "&",
        ";",
        "http://",
        "https://a.org/",
        "www.",
        "@",
        "a@b.c",
        ".",
        ",",
        "!",
        ":smile:",
        ":",
        "    ",
        "\\\n",
        "  \n",
        "javascript:",
        "%20",
        "#",
        "../",
        "a.md",
        "index",
        "#a",
        "|300",
        "| | Research | Production |\n|-|-|-|\n| x | 1 ms | 2 |\n",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(11),
        ..ProptestConfig::default()
    })]

    #[test]
    fn anything_is_published_and_every_fault_has_a_place(a in markdown(), b in markdown()) {
        let mut project = project(&a);
        project.insert("content/a.md", &b);
        let first = build(&project, &mut Cache::default());
        prop_assert!(misplaced(&project, &first.diagnostics).is_none(),
            "{:?}", misplaced(&project, &first.diagnostics));
        let second = build(&project, &mut Cache::default());
        prop_assert_eq!(first.diagnostics, second.diagnostics);
        prop_assert_eq!(first.value, second.value);
    }
}
