//! `CommonMark`: every example of its specification, through the project's own renderer.

use html5gum::{Token, Tokenizer};
use serde::Deserialize;

/// The examples of version 0.31.2; their licence stands beside the file.
const EXAMPLES: &str = include_str!("data/commonmark-0.31.2.json");

/// Examples that cannot pass, and why. There are none.
const EXCEPTIONS: &[(usize, &str)] = &[];

/// Elements between which white space is not shown.
const BLOCKS: &[&str] = &[
    "blockquote",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

#[derive(Deserialize)]
struct Example {
    markdown: String,
    html: String,
    #[serde(rename = "example")]
    number: usize,
    section: String,
}

#[test]
fn every_example_of_the_specification_is_rendered_as_it_says() {
    let examples: Vec<Example> =
        serde_json::from_str(EXAMPLES).expect("the examples are JSON");
    assert_eq!(examples.len(), 652);
    let mut failed = Vec::new();
    for it in &examples {
        let html = diptych::html::commonmark(&it.markdown);
        let expected = EXCEPTIONS.iter().all(|(example, _)| *example != it.number);
        if (normal(&html) == normal(&it.html)) != expected {
            failed.push(format!(
                "{} ({})\n{:?}\nwanted {:?}\n   got {html:?}",
                it.number, it.section, it.markdown, it.html
            ));
        }
    }
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n\n"));
}

#[test]
fn the_comparison_minds_what_a_reader_would_see() {
    assert_eq!(normal("<p>a</p>\n<hr>"), normal("<p>a</p><hr />\n"));
    assert_eq!(normal("<a b='1' c=2>x</a>"), normal("<a c=\"2\" b=\"1\">x</a>"));
    for (a, b) in [
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a</p>", "<div>a</div>"),
        ("<pre>a\n\nb</pre>", "<pre>a\nb</pre>"),
        ("<p><em>a</em> <em>b</em></p>", "<p><em>a</em><em>b</em></p>"),
        ("<a href=\"x\">y</a>", "<a href=\"z\">y</a>"),
    ] {
        assert_ne!(normal(a), normal(b), "{a} and {b}");
    }
}

/// HTML as a list of its tokens: attributes sorted, the form of entities and of empty
/// elements gone, white space beside blocks too, but for that within `pre`.
fn normal(html: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut verbatim = false;
    for token in Tokenizer::new(html).flatten() {
        let (token, name) = match token {
            Token::String(it) => {
                text.push_str(&String::from_utf8_lossy(&it.value));
                continue;
            }
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                (format!("<{name} {:?}>", tag.attributes), name)
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                (format!("</{name}>"), name)
            }
            other => (format!("{other:?}"), String::new()),
        };
        let block = BLOCKS.contains(&&*name);
        close(&mut text, &mut tokens, block, verbatim);
        if name == "pre" {
            verbatim = token.starts_with("<pre");
        }
        tokens.push(token);
    }
    close(&mut text, &mut tokens, true, verbatim);
    tokens
}

/// Ends a text: before a block, and after one.
fn close(
    text: &mut String,
    tokens: &mut Vec<String>,
    before_block: bool,
    verbatim: bool,
) {
    let mut kept = std::mem::take(text);
    if !verbatim {
        let after_block = tokens.last().is_none_or(|it| {
            let name = it.trim_start_matches(['<', '/']).split([' ', '>']).next();
            name.is_some_and(|name| BLOCKS.contains(&name))
        });
        let lead =
            if kept.starts_with(char::is_whitespace) && !after_block { " " } else { "" };
        let tail =
            if kept.ends_with(char::is_whitespace) && !before_block { " " } else { "" };
        let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        kept = match words.as_str() {
            "" if lead.is_empty() || tail.is_empty() => String::new(),
            "" => " ".to_owned(),
            words => format!("{lead}{words}{tail}"),
        };
    }
    if !kept.is_empty() {
        tokens.push(kept);
    }
}
