//! What highlighting costs, beside syntect's own HTML.
//!
//! `cargo bench --bench highlight -- DIR` takes the code blocks of all Markdown
//! below a folder (`content` by default), and prints for each way of highlighting
//! them the time on one core and the size of the HTML as a multiple of the code's.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads a disk and a clock")]
#![expect(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::time::Instant;

use diptych::fence::{self, Fence};
use diptych::highlight;
use diptych::language::{self, Reader};
use mimalloc::MiMalloc;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{ParseState, SyntaxReference, SyntaxSet};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    let folder = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    let blocks = blocks(&folder.unwrap_or_else(|| "content".to_owned()));
    let grammars = two_face::syntax::extra_newlines();
    let code: usize = blocks.iter().map(|it| it.1.len()).sum();
    println!("{} blocks, {:.2} MB of code", blocks.len(), megabytes(code));

    // Each regex is compiled at its first use, so what runs first pays for it.
    measure("syntect, parsed, regexes compiled", code, || parse_all(&grammars, &blocks));
    measure("syntect, parsed only", code, || parse_all(&grammars, &blocks));
    measure("syntect, ClassedHTMLGenerator", code, || generate_all(&grammars, &blocks));
    // A thread has a scanner of its own, which remembers nothing at first.
    let fresh = || std::thread::scope(|it| it.spawn(|| block_all(&blocks)).join());
    measure("here, regexes compiled", code, || fresh().unwrap_or_default());
    measure("here, nothing remembered", code, || fresh().unwrap_or_default());
    block_all(&blocks);
    measure("here, all remembered", code, || block_all(&blocks));
}

/// Runs a way of highlighting, which tells how many bytes it made.
fn measure(name: &str, code: usize, run: impl FnOnce() -> usize) {
    let start = Instant::now();
    let made = run();
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let ratio = megabytes(made) / megabytes(code);
    println!("{name:32} {milliseconds:8.0} ms  {ratio:5.2} x");
}

#[expect(clippy::cast_precision_loss, reason = "it is printed with two digits")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The code blocks of a folder whose language has a grammar.
fn blocks(folder: &str) -> Vec<(Fence, String)> {
    let mut blocks = Vec::new();
    let files = ignore::WalkBuilder::new(folder).sort_by_file_path(Ord::cmp).build();
    for file in files.flatten() {
        if file.path().extension().is_some_and(|it| it == "md")
            && let Ok(text) = std::fs::read_to_string(file.path())
        {
            collect(&text, &mut blocks);
        }
    }
    blocks
}

fn collect(text: &str, blocks: &mut Vec<(Fence, String)>) {
    let mut open: Option<(Fence, String)> = None;
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some((fence::parse(&info).fence, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                blocks.extend(open.take().filter(|it| grammar(&it.0).is_some()));
            }
            _ => {}
        }
    }
}

fn grammar(fence: &Fence) -> Option<&'static str> {
    match language::find(fence.language.as_deref()?)?.reader {
        Reader::Grammar(name) | Reader::Session(name) => Some(name),
        Reader::Plain | Reader::Block => None,
    }
}

fn syntax<'a>(grammars: &'a SyntaxSet, fence: &Fence) -> &'a SyntaxReference {
    grammar(fence)
        .and_then(|name| grammars.find_syntax_by_name(name))
        .unwrap_or_else(|| grammars.find_syntax_plain_text())
}

fn parse_all(grammars: &SyntaxSet, blocks: &[(Fence, String)]) -> usize {
    for (fence, code) in blocks {
        let mut state = ParseState::new(syntax(grammars, fence));
        for line in code.split_inclusive('\n') {
            std::hint::black_box(state.parse_line(line, grammars).ok());
        }
    }
    0
}

fn generate_all(grammars: &SyntaxSet, blocks: &[(Fence, String)]) -> usize {
    let html = blocks.iter().map(|(fence, code)| {
        let syntax = syntax(grammars, fence);
        let style = ClassStyle::Spaced;
        let mut made =
            ClassedHTMLGenerator::new_with_class_style(syntax, grammars, style);
        for line in code.split_inclusive('\n') {
            made.parse_html_for_line_which_includes_newline(line).ok();
        }
        made.finalize().len()
    });
    html.sum()
}

fn block_all(blocks: &[(Fence, String)]) -> usize {
    blocks.iter().map(|(fence, code)| highlight::block(code, fence).len()).sum()
}
