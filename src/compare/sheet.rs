//! A sheet: rows of fields in CSV or TSV, each field with its place.

use super::number::Number;
use super::reading::Given;

/// The rows of a sheet, the header among them.
///
/// Commas part the fields, or semicolons where the first line has no comma, or tabs.
pub fn read(text: &str) -> Vec<Vec<Given>> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter(text)).build();
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), Vec::new());
    let (mut at, mut from) = (0, 0);
    let mut buffer = [0; 4096];
    loop {
        let (result, read, written) =
            reader.read_field(&text.as_bytes()[at..], &mut buffer);
        at += read;
        field.extend_from_slice(&buffer[..written]);
        match result {
            // The empty input that comes next says that the text has ended.
            csv_core::ReadFieldResult::InputEmpty
            | csv_core::ReadFieldResult::OutputFull => {}
            csv_core::ReadFieldResult::Field { record_end } => {
                let text_of =
                    String::from_utf8_lossy(&std::mem::take(&mut field)).into_owned();
                row.push(Given::new(text_of, place(text, from, at)));
                from = at;
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            csv_core::ReadFieldResult::End => break,
        }
    }
    rows
}

/// The quote with which the last field of a sheet begins, if nothing closes it.
pub fn open_quote(text: &str, last: &[Given]) -> Option<std::ops::Range<usize>> {
    let from = last.last()?.range.start;
    // A quote within a field is written twice, so that closed ones are even.
    let field = text.get(from..)?;
    let open = field.starts_with('"') && field.matches('"').count() % 2 == 1;
    open.then_some(from..from + 1)
}

fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    let first = [b'\t', b',', b';'].into_iter().find(|it| header.as_bytes().contains(it));
    first.unwrap_or(b',')
}

/// The bytes of a field without what parts it from others.
fn place(text: &str, from: usize, to: usize) -> std::ops::Range<usize> {
    let raw = text[from..to].trim_end_matches([',', ';', '\t', '\r', '\n']);
    // The line feed of the last record's end stands before its field.
    let start = from + raw.len() - raw.trim_start_matches(['\r', '\n']).len();
    start..from + raw.len()
}

/// A sheet that is written line by line, fields parted by commas, as RFC 4180 has it.
///
/// Spreadsheets run a field that begins with `=`, `+`, `-` or `@` as a formula. Such a
/// field, unless it is a number, is written with a `'` before it, which spreadsheets
/// take for "this is text"; [`plain`] takes it off again.
#[derive(Default)]
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// Writes the fields that a line begins or goes on with.
    pub fn fields<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        for field in fields {
            self.field(field);
            self.text.push(',');
        }
    }

    /// Writes fields that are the same in many lines, as [`part`] gives them.
    pub fn part(&mut self, part: &str) {
        self.text.push_str(part);
    }

    /// Writes a line of fields, or those that a line ends with.
    pub fn line<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        let start = self.text.len();
        for (at, field) in fields.into_iter().enumerate() {
            self.text.push_str(if at > 0 { "," } else { "" });
            self.field(field);
        }
        // A line without anything on it would be none.
        self.text.push_str(if self.text.len() == start { "\"\"\n" } else { "\n" });
    }

    fn field(&mut self, field: &str) {
        // Most fields of a line of a comparison are empty.
        if field.is_empty() {
            return;
        }
        let is_text = is_formula(field) && Number::parse(field).is_none();
        let mark = if is_text { "'" } else { "" };
        if field.bytes().any(|it| matches!(it, b',' | b'"' | b'\n' | b'\r')) {
            self.text.extend(["\"", mark, &field.replace('"', "\"\""), "\""]);
        } else {
            self.text.push_str(mark);
            self.text.push_str(field);
        }
    }

    /// What was written.
    pub fn text(self) -> String {
        self.text
    }
}

/// Fields in the form in which they stand within a line.
pub fn part<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let mut sheet = Sheet::default();
    sheet.fields(fields);
    sheet.text()
}

/// The text of a sheet.
pub fn write<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let mut sheet = Sheet::default();
    for row in rows {
        sheet.line(row);
    }
    sheet.text()
}

fn is_formula(field: &str) -> bool {
    let first = field.bytes().find(|it| *it != b'\'');
    matches!(first, Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

/// A field as its author wrote it.
pub fn plain(field: &str) -> &str {
    field.strip_prefix('\'').filter(|it| is_formula(it)).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_field_has_its_place() {
        let text = "metric,side\r\n\"a \"\"b\"\"\", c\n\nd\n";
        let rows = read(text);
        let shown: Vec<Vec<(&str, &str)>> = rows
            .iter()
            .map(|row| {
                row.iter().map(|it| (it.text.as_str(), &text[it.range.clone()])).collect()
            })
            .collect();
        assert_eq!(
            shown,
            [
                vec![("metric", "metric"), ("side", "side")],
                vec![("a \"b\"", "\"a \"\"b\"\"\""), (" c", " c")],
                vec![("d", "d")],
            ]
        );
    }

    #[test]
    fn tabs_and_semicolons_part_fields_too() {
        assert_eq!(read("a\tb,c\n1\t2,3")[1].len(), 2);
        assert_eq!(read("a;b\n1;2,5")[1][1].text, "2,5");
    }

    #[test]
    fn a_field_that_spreadsheets_would_run_is_made_text() {
        let text = write([vec!["=cmd()", "-5", "-a", "@x", "'=b", "it's", "1"]]);
        assert_eq!(text, "'=cmd(),-5,'-a,'@x,''=b,it's,1\n");
        let back: Vec<_> =
            read(&text)[0].iter().map(|it| plain(&it.text).to_owned()).collect();
        assert_eq!(back, ["=cmd()", "-5", "-a", "@x", "'=b", "it's", "1"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(
            fields in proptest::collection::vec("\\PC{0,8}|[=+@',\";\n\r\t-]{0,4}", 2..5),
        ) {
            let head = vec!["a"; fields.len()];
            let text = write([head, fields.iter().map(String::as_str).collect()]);
            let rows = read(&text);
            let back: Vec<&str> = rows[1].iter().map(|it| plain(&it.text)).collect();
            prop_assert_eq!(back, fields);
        }

        #[test]
        fn every_place_is_within_the_text(text in "[a,;\"\n\r\tä]{0,30}") {
            for field in read(&text).concat() {
                prop_assert!(text.get(field.range).is_some());
            }
        }
    }
}
