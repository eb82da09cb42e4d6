//! Tests of the highlighted code as a whole.

use proptest::prelude::*;

use super::*;
use crate::fence;

/// The text of HTML: tags left out, character references resolved.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').expect("a tag ends").1;
    }
    text.push_str(rest);
    let resolve =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    for (reference, character) in resolve {
        text = text.replace(reference, character);
    }
    text.replace("&amp;", "&")
}

/// What a block's `code` element holds.
fn inner(block: &str) -> &str {
    let (_, code) = block.split_once("<code").expect("a block has code");
    let (_, code) = code.split_once('>').expect("a tag ends");
    code.split_once("</code>").expect("the element ends").0
}

/// Asserts that each line closes what it opens, and that no span is empty.
fn assert_balanced(html: &str) {
    for line in html.split('\n') {
        assert_eq!(
            line.matches("<span").count(),
            line.matches("</span>").count(),
            "{line}"
        );
        let mut tokens = line.split("<span class=\"").skip(1);
        assert!(
            !tokens.any(|it| !it.starts_with("line") && it.contains("\"></")),
            "{line}"
        );
    }
}

fn shown(code: &str, info: &str) -> String {
    block(code, &fence::parse(info).fence)
}

#[test]
fn every_grammar_of_the_table_exists() {
    scanner::with(|scanner| {
        for it in language::all() {
            if let Reader::Grammar(name) | Reader::Session(name) = it.reader {
                assert!(scanner.start(name).is_some(), "{}: no grammar `{name}`", it.id);
            }
        }
    });
}

#[test]
fn every_grammar_keeps_the_text() {
    let code = "# a <b> & \"c\" 'd' `e` $f {g} [h]\n\tdef f(x: int) -> str: // ü\n\
                /* <!-- {{ i }} {% j %} --> */ @k #[l] \\begin{m}\n\n<p class=\"n\">&amp;\n\
                key: [1, 2.5e3] # ∇θ\n\"open string\r\nEND";
    for it in language::all() {
        if let Some(html) = highlight(code, it.id) {
            assert_eq!(text(&html), code, "{}", it.id);
            assert_balanced(&html);
        }
    }
}

#[test]
fn tokens_have_classes_and_neighbours_of_a_class_share_a_span() {
    let html = highlight("pub fn f() -> &'static str { \"a\\n\" } // c\n", "rust");
    assert_eq!(
        html.as_deref(),
        Some(
            "<span class=\"k\">pub fn</span> <span class=\"f\">f</span>() -&gt; \
             <span class=\"o\">&amp;</span><span class=\"k\">'static</span> \
             <span class=\"t\">str</span> { <span class=\"s\">\"a</span>\
             <span class=\"e\">\\n</span><span class=\"s\">\"</span> } \
             <span class=\"c\">// c</span>\n"
        )
    );
    let html = highlight("{\"key\": \"value\"}\n", "json").expect("JSON has a grammar");
    assert!(html.contains("<span class=\"g\">\"key\"</span>"), "{html}");
    assert!(html.contains("<span class=\"s\">\"value\"</span>"), "{html}");
}

#[test]
fn what_was_read_before_does_not_show() {
    let code = "x = \"\"\"\nx = 1\n\"\"\"\nx = 1\n";
    let fresh =
        std::thread::spawn(|| highlight(code, "python")).join().expect("no panic");
    highlight("x = 1\n\"\"\"\n", "python");
    assert_eq!(highlight(code, "python"), fresh);
    let html = fresh.expect("Python has a grammar");
    assert_eq!(html.matches("<span class=\"n\">1</span>").count(), 1, "{html}");
}

#[test]
fn a_block_is_a_figure_with_its_title_and_language() {
    assert_eq!(
        shown("a < b\n", "text {title=\"x & y\"}"),
        "<figure class=\"code\" data-lang=\"text\">\n<figcaption>x &amp; y</figcaption>\n\
         <pre tabindex=\"0\"><code class=\"language-text\">a &lt; b\n</code></pre></figure>\n"
    );
    let html = shown("", "a\"b<c");
    assert!(html.contains("data-lang=\"a&quot;b&lt;c\""), "{html}");
    let html = shown("x\n", "C++");
    assert!(
        html.contains("data-lang=\"cpp\" data-label=\"C++\" aria-label=\"C++\""),
        "{html}"
    );
    assert!(html.contains("class=\"language-C++\""), "{html}");
}

#[test]
fn lines_are_numbered_and_highlighted_in_attributes() {
    assert_eq!(
        inner(&shown("a\nb\n", "text lines start=9 hl=2")),
        "<span class=\"line\" data-line=\"9\">a</span>\n\
         <span class=\"line hl\" data-line=\"10\">b</span>\n"
    );
}

#[test]
fn a_diff_in_a_language_reads_both_texts() {
    let code = "@@ -1 +1 @@\n-x = \"\"\"\n+x = 1\n y = 2\n";
    assert_eq!(
        inner(&shown(code, "diff python")),
        "<span class=\"line gh\">@@ -1 +1 @@</span>\n\
         <del class=\"line\">-x <span class=\"o\">=</span> <span class=\"s\">\"\"\"</span></del>\n\
         <ins class=\"line\">+x <span class=\"o\">=</span> <span class=\"n\">1</span></ins>\n\
         <span class=\"line\"> y <span class=\"o\">=</span> <span class=\"n\">2</span></span>\n"
    );
    let html = shown("--- a/x\n+++ b/x\n--- a comment of Lua\n", "diff");
    assert_eq!(html.matches("line gh").count(), 2, "{html}");
    assert_eq!(html.matches("<del").count(), 1, "{html}");
}

#[test]
fn a_session_is_highlighted_after_its_prompts_only() {
    let html = shown("$ echo \"a\" \\\n  for\nfor \"x\"\n", "console");
    assert!(
        html.contains("<span class=\"gp\">$</span> <span class=\"f\">echo</span>"),
        "{html}"
    );
    assert!(html.contains("\nfor \"x\"\n"), "{html}");
    let html = shown(">>> def f():\n...     return 1\n...\n1 def\n", "pycon");
    assert!(
        html.contains("<span class=\"gp\">...</span>     <span class=\"k\">return"),
        "{html}"
    );
    assert!(html.contains("\n1 def\n"), "{html}");
}

#[test]
fn what_is_too_long_is_shown_as_it_is() {
    let long = format!("x = '{}'\n", "a".repeat(LONGEST_LINE));
    assert_eq!(highlight(&long, "python"), Some(long));
    let large = "x = 1\n".repeat(LARGEST_BLOCK / 6 + 1);
    assert_eq!(highlight(&large, "python"), None);
    assert_eq!(text(inner(&shown(&large, "python"))), large);
}

#[test]
fn the_acknowledgements_of_the_grammars_are_shipped() {
    let notice =
        include_str!("../../NOTICE").split_whitespace().collect::<Vec<_>>().join(" ");
    for licence in two_face::acknowledgement::listing().for_syntaxes() {
        let text = licence.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(notice.contains(&text), "NOTICE lacks: {}", &licence.text[..200]);
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(
        code in r#"([a-z0-9 <>&"'`$#@(){}\[\]=:;,./*+\\-]|\n|\PC){0,120}"#,
        language in prop::sample::select(
            vec!["python", "rust", "cpp", "yaml", "bash", "console", "pycon", "markdown",
                 "latex", "html", "text", "qwerty", "diff", "swift", "go", "jinja"]
        ),
        info in prop::sample::select(vec!["", "lines", "hl=2", "diff", "lines hl=1-3 diff"]),
    ) {
        let html = shown(&code, &format!("{language} {info}"));
        prop_assert_eq!(text(inner(&html)), code);
        assert_balanced(inner(&html));
    }
}
