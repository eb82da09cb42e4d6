//! The floor: what no program that makes these pages can save.
//!
//! `cargo bench --bench floor -- DIR OUT` reads the Markdown below a folder, makes HTML
//! of it with pulldown-cmark, highlights its fences, writes a page for each note, and
//! does nothing else. It prints what each step costs on one core, and beside them what
//! it costs syntect to parse the same fences when nothing is remembered.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads a disk and a clock")]
#![expect(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diptych::fence;
use diptych::highlight;
use diptych::language::{self, Reader};
use mimalloc::MiMalloc;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use rustix::time::{ClockId, clock_gettime};
use syntect::parsing::ParseState;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> io::Result<()> {
    let mut words = std::env::args().skip(1).filter(|it| !it.starts_with('-'));
    let (Some(from), Some(to)) = (words.next(), words.next()) else {
        return Err(io::Error::other("give a folder of Markdown, and one for the pages"));
    };
    let (notes, reading) = measure("read", || read(Path::new(&from)));
    let (pages, markdown) = measure("Markdown to HTML", || {
        notes.iter().map(|(_, text)| page(text)).collect::<Vec<_>>()
    });
    let (code, _) = measure("find the fences", || {
        notes.iter().flat_map(|(_, text)| fences(text)).collect::<Vec<_>>()
    });
    let (blocks, highlighting) = measure("highlight", || {
        code.iter().map(|(info, code)| block(info, code)).collect::<Vec<_>>()
    });
    let (written, writing) =
        measure("write", || write(Path::new(&to), Path::new(&from), &notes, &pages));
    written?;
    let floor = reading + markdown + highlighting + writing;
    println!("{:20} {:8.3} s", "the floor", floor.as_secs_f64());
    let (_, parsing) = measure("syntect alone", || parse(&code));
    let least = (markdown + parsing).as_secs_f64();
    println!("{:20} {least:8.3} s", "Markdown and syntect");
    let made: usize = blocks.iter().map(String::len).sum();
    println!("{} notes, {} fences, {made} bytes of code HTML", notes.len(), code.len());
    Ok(())
}

/// Runs a step and prints the time that it took the processor.
fn measure<T>(name: &str, step: impl FnOnce() -> T) -> (T, Duration) {
    let start = spent();
    let made = step();
    let cost = spent().saturating_sub(start);
    println!("{name:20} {:8.3} s", cost.as_secs_f64());
    (made, cost)
}

fn spent() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

fn read(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = ignore::WalkBuilder::new(folder).build().flatten();
    let notes = files.filter(|it| it.path().extension().is_some_and(|it| it == "md"));
    notes
        .filter_map(|it| {
            Some((it.path().to_owned(), fs::read_to_string(it.path()).ok()?))
        })
        .collect()
}

fn page(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(text, options()));
    html
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

fn fences(text: &str) -> Vec<(String, String)> {
    let mut fences = Vec::new();
    let mut open: Option<(String, String)> = None;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some((info.to_string(), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}

fn block(info: &str, code: &str) -> String {
    highlight::block(code, &fence::parse(info).fence)
}

/// What is the least that syntect does for highlighting: no HTML, no scopes.
fn parse(code: &[(String, String)]) -> usize {
    let grammars = two_face::syntax::extra_newlines();
    let mut ops = 0;
    for (info, code) in code {
        let language = fence::parse(info).fence.language;
        let reader = language.as_deref().and_then(language::find).map(|it| it.reader);
        let Some(Reader::Grammar(name) | Reader::Session(name)) = reader else {
            continue;
        };
        let Some(syntax) = grammars.find_syntax_by_name(name) else { continue };
        let mut state = ParseState::new(syntax);
        for line in
            code.split_inclusive('\n').filter(|it| it.len() <= highlight::LONGEST_LINE)
        {
            ops += state.parse_line(line, &grammars).map_or(0, |it| it.len());
        }
    }
    ops
}

/// Writes each page where Diptych would: `a/b.md` as `a/b/index.html`.
fn write(
    to: &Path,
    from: &Path,
    notes: &[(PathBuf, String)],
    pages: &[String],
) -> io::Result<()> {
    for ((path, _), page) in notes.iter().zip(pages) {
        let folder = to.join(path.strip_prefix(from).unwrap_or(path)).with_extension("");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), page)?;
    }
    Ok(())
}
