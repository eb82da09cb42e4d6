//! Front matter: data at the very top of a note, fenced off from its text.

use std::ops::Range;

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::value::{self, Data, Format, Value};

/// What stands at the top of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The data; `None` where there is no front matter, or none that can be read.
    pub data: Option<Value>,
    /// Where the note's text begins.
    pub body: usize,
    /// The text between the fences, where it is meant as data and is none: it is to be
    /// shown as it is, so that nothing is lost.
    pub broken: Option<Range<usize>>,
}

/// Finds the front matter of a note: YAML between `---`, TOML between `+++`.
///
/// The opening line is the first of the file. A `---` there can also be a rule, so it
/// opens front matter only if it is closed, by `---` or `...`, and what stands between
/// is a map, or is nothing, or at least begins like one (`key:`) and then is told. All
/// else is text. An opening line that is never closed is text as well, and told where
/// what follows begins like data.
pub fn find(file: &FilePath, text: &str) -> Checked<Front> {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let none = Front { body: bom, ..Front::default() };
    let first = text[bom..].split_inclusive('\n').next().unwrap_or_default();
    let format = match first.trim_end() {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return Checked::fine(none),
    };
    let start = bom + first.len();
    let Some(close) = closing_line(&text[start..], format) else {
        let opened = begins_like(format, &text[start..]);
        let fence = bom..bom + first.trim_end().len();
        let diagnostics = opened.then(|| unclosed(file, fence)).into_iter().collect();
        return Checked { value: none, diagnostics };
    };
    let inner = start..start + close.start;
    let body = start + close.end;
    let source = &text[inner.clone()];
    let fault = match value::parse(format, source, start) {
        Ok(data) if is_front_matter(&data, format, source) => {
            return Checked::fine(Front { data: Some(data), body, broken: None });
        }
        Ok(data) => value::Fault {
            message: format!("a table of fields is expected, not {}", data.kind()),
            range: data.range,
        },
        Err(fault) => fault,
    };
    if !begins_like(format, source) {
        return Checked::fine(none);
    }
    let message = format!("the front matter is not {}: {}", format.name(), fault.message);
    let told = Diagnostic::new(Rule::BadSyntax, Span::new(file, fault.range), message)
        .hint("mend the syntax; until then it is shown as text, and says nothing");
    let front = Front { data: None, body, broken: Some(inner) };
    Checked { value: front, diagnostics: vec![told] }
}

/// The line that closes front matter, with its end of line.
fn closing_line(text: &str, format: Format) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match (format, line.trim_end()) {
            (Format::Toml, "+++") | (Format::Yaml, "---" | "...") => {
                return Some(at..end);
            }
            _ => at = end,
        }
    }
    None
}

/// A heading between two rules is a comment in YAML, and a sentence with a colon is a
/// map: so what is empty must be blank, and what is a map must begin with a plain key.
fn is_front_matter(data: &Value, format: Format, source: &str) -> bool {
    match data.data {
        Data::Map(_) => begins_like(format, source),
        Data::Null => source.trim().is_empty(),
        _ => false,
    }
}

/// Whether the first line that says something begins like a field.
fn begins_like(format: Format, text: &str) -> bool {
    let lines = text.lines().map(str::trim_end);
    let Some(line) = lines.into_iter().find(|it| !it.is_empty() && !it.starts_with('#'))
    else {
        return false;
    };
    let separator = if format == Format::Toml { '=' } else { ':' };
    let Some((key, rest)) = line.split_once(separator) else {
        return format == Format::Toml && line.starts_with('[');
    };
    let word = |it: char| it.is_alphanumeric() || "_-.\"'".contains(it);
    let key = if format == Format::Toml { key.trim_end() } else { key };
    let apart = format == Format::Toml || rest.is_empty() || rest.starts_with(' ');
    !key.is_empty() && key.chars().all(word) && apart
}

fn unclosed(file: &FilePath, fence: Range<usize>) -> Diagnostic {
    let message = "the front matter is never closed, so it is shown as text";
    Diagnostic::new(Rule::BadSyntax, Span::new(file, fence), message)
        .hint("repeat this line below its last field")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The title, the text, and what is told with the text it stands at.
    #[track_caller]
    fn check(text: &str, title: Option<&str>, body: &str, told: Option<(&str, &str)>) {
        let found = find(&"a.md".into(), text);
        let data = found.value.data.as_ref();
        let read = data.and_then(|it| it.get("title")).and_then(Value::text);
        assert_eq!(read, title);
        assert_eq!(&text[found.value.body..], body);
        let place = |it: &Diagnostic| text[it.span.range.clone()].to_owned();
        let first = found.diagnostics.first();
        let first = first.map(|it| (it.message.clone(), place(it)));
        let told = told.map(|(message, at)| (message.to_owned(), at.to_owned()));
        assert_eq!(first, told);
    }

    #[test]
    fn both_formats_are_found_at_the_top() {
        check("---\ntitle: A\n---\n# B\n", Some("A"), "# B\n", None);
        check("\u{feff}---\r\ntitle: A\r\n...\r\nB", Some("A"), "B", None);
        check("+++\ntitle = 'A'\n+++\n", Some("A"), "", None);
        check("---\n---\ntext", None, "text", None);
    }

    #[test]
    fn a_rule_at_the_top_is_text() {
        for text in [
            "---\n\n# Title\n\nSome prose.\n\n---\nmore",
            "---\n# Title\n---\nmore",
            "---\nprose that ends\n",
            "---\nsee http://x.org: it\n---\n",
            "----\ntitle: A\n---\n",
            "text\n---\ntitle: A\n---\n",
            "+++\nprose\n+++\n",
            "---",
            "",
        ] {
            check(text, None, text, None);
        }
    }

    #[test]
    fn what_is_meant_as_data_is_told_and_kept() {
        let message = "the front matter is not YAML: unclosed bracket '['";
        check("---\ntags: [a\n---\ntext", None, "text", Some((message, "[")));
        let found = find(&"a.md".into(), "---\ntags: [a\n---\ntext");
        assert_eq!(found.value.broken, Some(4..13));
        let text = "---\ntitle: A\n\ntext\n";
        let message = "the front matter is never closed, so it is shown as text";
        check(text, None, text, Some((message, "---")));
    }

    proptest! {
        #[test]
        fn no_text_is_lost(text in "(---|\\+\\+\\+)?\n?[-a:=#\\[ \n+.]{0,40}") {
            let front = find(&"a.md".into(), &text).value;
            let kept = front.data.is_some() || front.broken.is_some();
            prop_assert!(kept || front.body == 0);
        }
    }
}
