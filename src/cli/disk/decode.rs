//! The text that the bytes of a file stand for.

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Digest;
use crate::path::FilePath;
use crate::project::Text;

/// Reads bytes as UTF-8, whatever they are.
///
/// A byte order mark is left out, bytes that are not UTF-8 and NUL become `U+FFFD`. So
/// places in the text are places in the file only where there are none of them; line
/// and column are right in any case.
pub(super) fn decode(path: &FilePath, bytes: &[u8]) -> Checked<Text> {
    let digest = Digest::of_bytes(bytes);
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let Checked { value, diagnostics } = match std::str::from_utf8(body) {
        Ok(text) if !text.contains('\0') => Checked::fine(text.into()),
        _ => {
            let mended = Mended::of(body);
            let faults = mended.faults(path, bytes);
            Checked { value: mended.text.into(), diagnostics: faults }
        }
    };
    Checked { value: Text { text: value, digest }, diagnostics }
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What stands for each byte that has no place in a text.
const SIGN: &str = "\u{fffd}";

/// A text with signs in it, and where the first of them are.
#[derive(Default)]
struct Mended {
    text: String,
    /// The first sequence that is not UTF-8: its byte, and its sign in the text.
    invalid: Option<(usize, usize)>,
    /// How many there are.
    count: usize,
    /// The sign of the first NUL.
    nul: Option<usize>,
}

impl Mended {
    fn of(bytes: &[u8]) -> Self {
        let mut mended = Self::default();
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            mended.take(chunk.valid());
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                mended.invalid.get_or_insert((at, mended.text.len()));
                mended.count += 1;
                mended.text.push_str(SIGN);
                at += chunk.invalid().len();
            }
        }
        mended
    }

    fn take(&mut self, text: &str) {
        for part in text.split_inclusive('\0') {
            let plain = part.strip_suffix('\0');
            self.text.push_str(plain.unwrap_or(part));
            if plain.is_some() {
                self.nul.get_or_insert(self.text.len());
                self.text.push_str(SIGN);
            }
        }
    }

    fn faults(&self, path: &FilePath, bytes: &[u8]) -> Vec<Diagnostic> {
        let span = |at: usize| Span::new(path, at..at + SIGN.len());
        // A byte order mark counts in the file, and not in the text.
        let mark = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let invalid = self.invalid.map(|(byte, at)| {
            let byte = byte + mark;
            let others = match self.count - 1 {
                0 => String::new(),
                1 => ", nor is another".to_owned(),
                others => format!(", nor are {others} others"),
            };
            let message = format!("byte {byte} of `{path}` is not UTF-8{others}");
            let hint = match bytes {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                    "it is UTF-16: save the file as UTF-8"
                }
                _ => "save the file as UTF-8",
            };
            Diagnostic::new(Rule::NotUtf8, span(at), message).hint(hint)
        });
        let nul = self.nul.map(|at| {
            let message = format!("a NUL byte in `{path}`");
            Diagnostic::new(Rule::NulByte, span(at), message)
                .hint(format!("take it out; it is shown as `{SIGN}`"))
        });
        invalid.into_iter().chain(nul).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8]) -> Checked<Text> {
        decode(&"a.md".into(), bytes)
    }

    #[test]
    fn what_is_not_utf8_is_replaced_and_named_by_its_byte() {
        let Checked { value, diagnostics } = decoded(b"\xef\xbb\xbfna\xefve \xff\xfe.");
        assert_eq!(&*value.text, "na\u{fffd}ve \u{fffd}\u{fffd}.");
        assert_eq!(
            diagnostics[0].message,
            "byte 5 of `a.md` is not UTF-8, nor are 2 others"
        );
        assert_eq!(&value.text[diagnostics[0].span.range.clone()], "\u{fffd}");
    }

    #[test]
    fn utf16_is_called_by_its_name() {
        let told = decoded(b"\xff\xfe#\0 \0A\0").diagnostics;
        let rules: Vec<Rule> = told.iter().map(|it| it.rule).collect();
        assert_eq!(rules, [Rule::NotUtf8, Rule::NulByte]);
        assert_eq!(told[0].hints, ["it is UTF-16: save the file as UTF-8"]);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let Checked { value, diagnostics } = decoded("\u{feff}# A\r\n".as_bytes());
        assert_eq!(&*value.text, "# A\r\n");
        assert_eq!(diagnostics, []);
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_text_and_faults_in_it(bytes: Vec<u8>) {
            let Checked { value, diagnostics } = decoded(&bytes);
            for fault in diagnostics {
                prop_assert_eq!(&value.text[fault.span.range], "\u{fffd}");
            }
        }
    }
}
