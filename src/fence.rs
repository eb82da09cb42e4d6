//! A fence: what the info string of a code block says of it.
//!
//! The first word is the language; attributes follow, in braces or not:
//!
//! ```text
//! python {title="train.py" lines hl=3-5,8 start=10}
//! diff rust
//! ```
//!
//! What other tools write is understood too: `rust,ignore` (rustdoc),
//! `powershell (file.ps1)`, `python {1,3}` (Docusaurus, Gatsby),
//! `{.python .numberLines}` (Pandoc), `rust=10` (`HackMD`).

use std::ops::{Range, RangeInclusive};

use crate::diag::nearest::nearest;
use crate::language::{self, Reader};

mod words;

use words::{Word, words};

/// What an info string says of a code block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fence {
    /// The language as it is written, without a dot before it.
    pub language: Option<String>,
    /// The title, most often the name of a file.
    pub title: Option<String>,
    /// Whether lines are numbered.
    pub lines: bool,
    /// The number of the first line.
    pub start: u32,
    /// The highlighted lines; the first line of the block is 1, whatever `start` says.
    pub highlighted: Vec<RangeInclusive<u32>>,
    /// Whether lines are marked as added or deleted by their first column.
    pub diff: bool,
    /// The other attributes, which a block with a renderer of its own may know.
    pub others: Vec<(String, String)>,
}

/// What came of reading an info string. Places are bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// What it says.
    pub fence: Fence,
    /// Where the language stands.
    pub language: Range<usize>,
    /// What of it nothing understands.
    pub faults: Vec<Fault>,
}

/// A part of an info string that nothing understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub range: Range<usize>,
    /// One lowercase phrase.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Default for Fence {
    fn default() -> Self {
        Self {
            language: None,
            title: None,
            lines: false,
            start: 1,
            highlighted: Vec::new(),
            diff: false,
            others: Vec::new(),
        }
    }
}

/// Reads the info string of a fence.
pub fn parse(info: &str) -> Info {
    let mut read = Info { fence: Fence::default(), language: 0..0, faults: Vec::new() };
    for word in words(info) {
        read.word(&word);
    }
    let Fence { language, diff, .. } = &mut read.fence;
    if language.as_deref().is_some_and(is_diff) {
        *diff = true;
    }
    read
}

/// The attributes by the names that this and other tools have for them.
const TITLE: &[&str] = &["title", "filename", "file", "name", "caption"];
const LINES: &[&str] = &[
    "lines",
    "linenos",
    "linenums",
    "line-numbers",
    "linenumbers",
    "numberlines",
    "number-lines",
    "showlinenumbers",
    "numbered",
];
const START: &[&str] =
    &["start", "startfrom", "start-from", "startline", "firstline", "linenostart"];
const HIGHLIGHTED: &[&str] =
    &["hl", "hl_lines", "hl-lines", "highlight", "highlights", "mark", "emphasize-lines"];

/// What rustdoc and mdBook say of an example; it changes nothing here.
const SILENT: &[&str] = &[
    "ignore",
    "should_panic",
    "no_run",
    "compile_fail",
    "test_harness",
    "standalone_crate",
    "standalone",
    "custom",
    "editable",
    "noplayground",
    "noplaypen",
    "playground",
    "mdbook-runnable",
    "hidelines",
];

impl Info {
    /// Takes a word in.
    fn word(&mut self, word: &Word<'_>) {
        let key = word.key.to_lowercase();
        let is = |names: &[&str]| names.contains(&&*key);
        match word.value {
            _ if self.is_language(word) => self.name(word),
            Some(title) if is(TITLE) => self.fence.title = Some(title.to_owned()),
            Some(value) if is(START) => self.number_from(value, word),
            Some(value) if is(HIGHLIGHTED) => self.highlight(value, word),
            Some(value) if is(LINES) => self.fence.lines = !is_no(value),
            None if is(LINES) => self.fence.lines = true,
            Some(value) if key == "diff" => self.fence.diff = !is_no(value),
            None if is_diff(&key) => self.fence.diff = true,
            None if key.starts_with('(') => {
                let title = word.key[1..].trim_end_matches(')');
                self.fence.title = Some(title.to_owned());
            }
            None if key.starts_with(|it: char| it.is_ascii_digit()) => {
                self.highlight(word.key, word);
            }
            _ if is_silent(&key) => {}
            _ => self.unknown(word),
        }
    }

    /// Whether a word names the language: the first word does, and the one after
    /// `diff`, and Pandoc's name of a class.
    fn is_language(&self, word: &Word<'_>) -> bool {
        let key = word.key.to_lowercase();
        let attribute = [TITLE, LINES, START, HIGHLIGHTED, SILENT]
            .iter()
            .any(|it| it.contains(&&*key));
        let odd = word.key.starts_with(['(', '#']) || word.key.is_empty();
        match self.fence.language.as_deref() {
            _ if attribute || odd => false,
            None => !word.key.starts_with(|it: char| it.is_ascii_digit()),
            Some(it) if is_diff(it) => {
                word.value.is_none() && !is_silent(&key) && !is_diff(&key)
            }
            // `mlir {.mlir}` says it twice.
            Some(it) => word.value.is_none() && it.eq_ignore_ascii_case(&key),
        }
    }

    /// Takes the language, and what may be glued to it.
    fn name(&mut self, word: &Word<'_>) {
        let mut name = word.key;
        if self.fence.language.as_deref().is_some_and(is_diff) {
            self.fence.diff = true;
        }
        if let Some(rest) = name.strip_prefix("diff-").or(name.strip_prefix("diff_")) {
            self.fence.diff = true;
            name = rest;
        }
        let glued = word.key.len() - name.len();
        // `python:train.py` names a file.
        if let Some((language, title)) = name.split_once(':')
            && !language.is_empty()
            && !title.is_empty()
        {
            self.fence.title = Some(title.to_owned());
            name = language;
        }
        let start = word.range.start + glued;
        self.language = start..start + name.len();
        self.fence.language = Some(name.to_owned());
        // `rust=10` numbers the lines.
        match word.value {
            Some("" | "+") => self.fence.lines = true,
            Some(value) => self.number_from(value, word),
            None => {}
        }
    }

    fn number_from(&mut self, value: &str, word: &Word<'_>) {
        match value.parse() {
            Ok(start) => (self.fence.start, self.fence.lines) = (start, true),
            Err(_) => self.fault(
                word,
                format!("`{value}` is not the number of a line"),
                Some("write it as `start=10`".to_owned()),
            ),
        }
    }

    fn highlight(&mut self, value: &str, word: &Word<'_>) {
        let parts = value.split([',', ' ', '[', ']']).filter(|it| !it.is_empty());
        for part in parts {
            match line_range(part) {
                Some(range) => self.fence.highlighted.push(range),
                None => self.fault(
                    word,
                    format!("`{part}` names no lines"),
                    Some("write them as `hl=3-5,8`; the first line is 1".to_owned()),
                ),
            }
        }
    }

    /// Keeps what is unknown. In a block that has a renderer of its own, that one
    /// judges; elsewhere it is a fault.
    fn unknown(&mut self, word: &Word<'_>) {
        let value = word.value.unwrap_or_default().to_owned();
        self.fence.others.push((word.key.to_owned(), value));
        let language = self.fence.language.as_deref().and_then(language::find);
        if language.is_some_and(|it| it.reader == Reader::Block) {
            return;
        }
        let known = ["title", "lines", "start", "hl", "diff"];
        let hint = match nearest(word.key, known) {
            Some(near) => format!("write `{near}`"),
            None => "use `title`, `lines`, `start`, `hl` or `diff`, or leave it out"
                .to_owned(),
        };
        self.fault(
            word,
            format!("nothing reads `{}` of a code block", word.key),
            Some(hint),
        );
    }

    fn fault(&mut self, word: &Word<'_>, message: String, hint: Option<String>) {
        self.faults.push(Fault { range: word.range.clone(), message, hint });
    }
}

/// Whether a word names a diff of no particular language.
pub(crate) fn is_diff(word: &str) -> bool {
    ["diff", "patch", "udiff"].iter().any(|it| it.eq_ignore_ascii_case(word))
}

fn is_no(value: &str) -> bool {
    ["false", "no", "off", "0", "none"].iter().any(|it| it.eq_ignore_ascii_case(value))
}

/// Whether a word is rustdoc's: a name of the list, an edition, a target to
/// ignore, the number of an error.
fn is_silent(key: &str) -> bool {
    let digits = |it: &str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    SILENT.contains(&key)
        || key.starts_with("ignore-")
        || key.strip_prefix("edition").is_some_and(digits)
        || key.strip_prefix('e').is_some_and(digits)
}

/// `3`, `3-5` or `3..5`, counted from 1.
fn line_range(text: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) =
        text.split_once("..").or(text.split_once('-')).unwrap_or((text, text));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (1 <= first && first <= last).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The language, title, start if lines are numbered, highlighted lines, diff.
    fn brief(info: &str) -> String {
        let Info { fence, faults, .. } = parse(info);
        let mut told = vec![fence.language.unwrap_or_else(|| "-".to_owned())];
        told.extend(fence.title.map(|it| format!("title:{it}")));
        if fence.lines {
            told.push(format!("lines:{}", fence.start));
        }
        told.extend(
            fence.highlighted.iter().map(|it| format!("{}-{}", it.start(), it.end())),
        );
        if fence.diff {
            told.push("diff".to_owned());
        }
        told.extend(faults.iter().map(|it| format!("?{}", &info[it.range.clone()])));
        told.join(" ")
    }

    #[test]
    fn an_info_string_is_read_in_every_form_that_is_used() {
        for (info, expected) in [
            ("", "-"),
            ("rust", "rust"),
            (
                r#"python {title="a b.py" lines hl=3-5,8 start=10}"#,
                "python title:a b.py lines:10 3-5 8-8",
            ),
            (
                r#"python title="a b.py" lines hl=3-5,8"#,
                "python title:a b.py lines:1 3-5 8-8",
            ),
            ("rust,ignore", "rust"),
            ("rust,edition2021,compile_fail,E0308", "rust"),
            ("python,hidelines=!!!", "python"),
            ("powershell (file.ps1)", "powershell title:file.ps1"),
            (r#"python title="x.py" {1,3}"#, "python title:x.py 1-1 3-3"),
            ("js {1,3-5}", "js 1-1 3-5"),
            ("{.python .numberLines}", "python lines:1"),
            ("{.python .numberLines startFrom=\"100\"}", "python lines:100"),
            ("mlir {.mlir}", "mlir"),
            (".rs", "rs"),
            ("diff", "diff diff"),
            ("diff rust", "rust diff"),
            ("diff-rust", "rust diff"),
            ("rust diff", "rust diff"),
            ("rust,diff", "rust diff"),
            ("patch lines", "patch lines:1 diff"),
            ("rust=", "rust lines:1"),
            ("rust=10", "rust lines:10"),
            ("rust:src/main.rs", "rust title:src/main.rs"),
            ("c++", "c++"),
            ("{title=\"no language\"}", "- title:no language"),
            ("hl=2", "- 2-2"),
            ("python hl_lines=\"2 3\"", "python 2-2 3-3"),
            ("python linenos=false", "python"),
        ] {
            assert_eq!(brief(info), expected, "`{info}`");
        }
    }

    #[test]
    fn what_nothing_understands_is_told_and_kept() {
        assert_eq!(brief("rust titel=x wide"), "rust ?titel=x ?wide");
        assert_eq!(
            brief("rust hl=5-3,0,x start=a"),
            "rust ?hl=5-3,0 ?hl=5-3,0 ?x ?start=a"
        );
        let info = parse("rust titel=x");
        assert_eq!(info.faults[0].hint.as_deref(), Some("write `title`"));
        assert_eq!(info.fence.others, [("titel".to_owned(), "x".to_owned())]);
    }

    #[test]
    fn a_block_with_a_renderer_judges_its_attributes_itself() {
        let info = parse("compare id=latency baseline=research");
        assert_eq!(info.faults, []);
        assert_eq!(info.fence.others.len(), 2);
    }

    #[test]
    fn the_place_of_the_language_is_where_it_is_written() {
        for (info, language) in
            [("  .rs", "rs"), ("diff-go x", "go"), ("{.py}", "py"), ("diff c", "c")]
        {
            let read = parse(info);
            assert_eq!(&info[read.language], language);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_an_info_string(info in r#"([a-z0-9="'{}()\[\],.: #+é-]|\PC){0,40}"#) {
            let read = parse(&info);
            prop_assert_eq!(
                info.get(read.language.clone()),
                Some(read.fence.language.as_deref().unwrap_or_default())
            );
            for fault in &read.faults {
                prop_assert!(info.get(fault.range.clone()).is_some_and(|it| !it.is_empty()));
            }
        }

        #[test]
        fn every_word_is_read_or_kept(words in prop::collection::vec("[f-z]{9,12}", 1..5)) {
            let read = parse(&words.join(" "));
            let mut found = vec![read.fence.language.unwrap_or_default()];
            found.extend(read.fence.others.into_iter().map(|it| it.0));
            prop_assert_eq!(found, words);
        }
    }
}
