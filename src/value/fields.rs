//! The fields of a map, read one by one, with all that is wrong with them.

use std::ops::Range;

use jiff::civil::Date;

use super::complaint::{bad_date, not_a_choice, unknown, wrong};
use super::{Data, Key, Value, date};
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;

/// The fields of a map. Each is asked for by its name; what nobody asked for is
/// told at the end ([`Fields::rest`]), with the known name that was meant.
///
/// `review-by` and `review_by` are the same name. A value of the wrong type is told
/// and counts as absent, and so does null.
#[derive(Debug)]
pub struct Fields<'a> {
    file: &'a FilePath,
    range: Range<usize>,
    entries: &'a [(Key, Value)],
    taken: Vec<bool>,
    known: Vec<&'static str>,
    told: Vec<Diagnostic>,
}

/// A type with a word for each of its values.
pub trait Choice: Copy + 'static {
    /// The words, each with its value.
    const WORDS: &'static [(&'static str, Self)];
}

impl<'a> Fields<'a> {
    /// The fields of a value of a file; none of null. What is no map is told.
    pub fn new(file: &'a FilePath, value: &'a Value) -> Self {
        let entries = value.entries();
        let taken = vec![false; entries.len()];
        let mut fields = Self {
            file,
            range: value.range.clone(),
            entries,
            taken,
            known: Vec::new(),
            told: Vec::new(),
        };
        if !matches!(value.data, Data::Map(_) | Data::Null) {
            fields.told.push(wrong(file, value, "a table"));
        }
        fields
    }

    /// The value of a field, whatever it is; null counts as absent.
    pub fn get(&mut self, name: &'static str) -> Option<&'a Value> {
        self.entry(name).map(|(_, value)| value)
    }

    /// The key and value of a field.
    pub fn entry(&mut self, name: &'static str) -> Option<(&'a Key, &'a Value)> {
        self.known.push(name);
        let at = self.entries.iter().position(|(key, _)| same(&key.text, name))?;
        self.taken[at] = true;
        let (key, value) = &self.entries[at];
        (value.data != Data::Null).then_some((key, value))
    }

    /// Text; a number or a truth value is taken as it is written.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.get(name)?;
        match value.text() {
            Some(text) => Some(text.to_owned()),
            None => self.told_wrong(value, "text"),
        }
    }

    /// Text and nothing else, where a number or a truth value is a slip.
    pub fn string(&mut self, name: &'static str) -> Option<String> {
        let value = self.get(name)?;
        match &value.data {
            Data::Text(text) => Some(text.clone()),
            _ => self.told_wrong(value, "text"),
        }
    }

    /// The value of a field that is text, a number or a truth value.
    pub fn scalar(&mut self, name: &'static str) -> Option<&'a Value> {
        let value = self.get(name)?;
        match value.text() {
            Some(_) => Some(value),
            None => self.told_wrong(value, "text or a number"),
        }
    }

    /// Text that must be there; its absence is told at the table.
    pub fn required(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name);
        if !self.entries.iter().any(|(key, _)| same(&key.text, name)) {
            let span = Span::new(self.file, self.range.clone());
            let message = format!("the field `{name}` is missing here");
            self.told.push(Diagnostic::new(Rule::BadValue, span, message));
        }
        text
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        let texts = self.spanned_texts(name)?;
        Some(texts.into_iter().map(|(text, _)| text).collect())
    }

    /// A list of texts, each with the value that holds it.
    pub fn spanned_texts(
        &mut self,
        name: &'static str,
    ) -> Option<Vec<(String, &'a Value)>> {
        let value = self.get(name)?;
        let items = match &value.data {
            Data::List(items) => items.as_slice(),
            Data::Map(_) => return self.told_wrong(value, "a list of texts"),
            _ => std::slice::from_ref(value),
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.text() {
                Some(text) => texts.push((text.to_owned(), item)),
                None => self.told.push(wrong(self.file, item, "text")),
            }
        }
        Some(texts)
    }

    /// `true` or `false`, in capitals too.
    pub fn bool(&mut self, name: &'static str) -> Option<bool> {
        let value = self.get(name)?;
        match value.text() {
            Some(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => self.told_wrong(value, "`true` or `false`"),
        }
    }

    /// An integer.
    pub fn int(&mut self, name: &'static str) -> Option<i64> {
        let value = self.get(name)?;
        match &value.data {
            Data::Number(number) if number.int().is_some() => number.int(),
            _ => self.told_wrong(value, "a whole number"),
        }
    }

    /// A date in ISO form; of another form it is told, and read where it has one
    /// meaning only.
    pub fn date(&mut self, name: &'static str) -> Option<Date> {
        let value = self.get(name)?;
        let Some(text) = value.text() else {
            return self.told_wrong(value, "a date");
        };
        match date::parse(text) {
            Ok(date) => Some(date),
            Err(meant) => {
                let span = Span::new(self.file, value.range.clone());
                self.told.push(bad_date(span, text, meant));
                meant
            }
        }
    }

    /// One of the words of a type.
    pub fn choice<T: Choice>(&mut self, name: &'static str) -> Option<T> {
        let value = self.get(name)?;
        let found = value.text().and_then(|text| {
            T::WORDS.iter().find(|(word, _)| same(text, word)).map(|(_, it)| *it)
        });
        if found.is_none() {
            self.told.push(not_a_choice::<T>(self.file, value));
            self.leave(value);
        }
        found
    }

    /// A table, as fields of its own, whose [`Fields::rest`] is to be asked too.
    pub fn table(&mut self, name: &'static str) -> Option<Fields<'a>> {
        self.get(name).map(|value| Fields::new(self.file, value))
    }

    /// The tables of a list of tables.
    pub fn tables(&mut self, name: &'static str) -> Vec<Fields<'a>> {
        let items = self.list(name).unwrap_or_default();
        items.iter().map(|it| Fields::new(self.file, it)).collect()
    }

    /// The items of a list.
    pub fn list(&mut self, name: &'static str) -> Option<&'a [Value]> {
        let value = self.get(name)?;
        match &value.data {
            Data::List(items) => Some(items),
            _ => self.told_wrong(value, "a list"),
        }
    }

    /// The entries of a table whose keys the author makes up.
    pub fn map(&mut self, name: &'static str) -> Option<&'a [(Key, Value)]> {
        let value = self.get(name)?;
        match &value.data {
            Data::Map(entries) => Some(entries),
            _ => self.told_wrong(value, "a table"),
        }
    }

    /// Tells something about a value.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic);
    }

    /// The place of a value.
    pub fn span(&self, value: &Value) -> Span {
        Span::new(self.file, value.range.clone())
    }

    /// The place of a key.
    pub fn span_of(&self, key: &Key) -> Span {
        Span::new(self.file, key.range.clone())
    }

    /// The file that holds the fields.
    pub fn file(&self) -> &'a FilePath {
        self.file
    }

    /// The fields of a value of the same file.
    pub fn inner<'b>(&self, value: &'b Value) -> Fields<'b>
    where
        'a: 'b,
    {
        Fields::new(self.file, value)
    }

    /// Whether a field is there and not null.
    pub fn has(&self, name: &str) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|(key, value)| same(&key.text, name) && value.data != Data::Null)
    }

    /// Takes a field without reading it, for what is read elsewhere.
    pub fn skip(&mut self, name: &'static str) {
        self.entry(name);
    }

    /// Knows a name without taking its field.
    pub fn know(&mut self, name: &'static str) {
        self.known.push(name);
    }

    /// The names that were asked for.
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// All entries that were not taken: those that nobody asked for, and those whose
    /// value was of the wrong type. Tells all that was wrong, and none of these.
    pub fn left(self, told: &mut Vec<Diagnostic>) -> Vec<(&'a Key, &'a Value)> {
        told.extend(self.told);
        let entries = self.entries.iter().zip(self.taken);
        entries.filter(|(_, taken)| !taken).map(|((key, it), _)| (key, it)).collect()
    }

    /// The entries that nobody asked for. Tells all that was wrong, and none of these.
    pub fn others(self, told: &mut Vec<Diagnostic>) -> Vec<(&'a Key, &'a Value)> {
        let known = self.known.clone();
        let mut others = self.left(told);
        others.retain(|(key, _)| known.iter().all(|it| !same(it, &key.text)));
        others
    }

    /// Tells all that was wrong, and each field that nobody asked for.
    pub fn rest(self, told: &mut Vec<Diagnostic>) {
        let (file, known) = (self.file, self.known.clone());
        let others = self.others(told);
        told.extend(others.iter().map(|(key, _)| unknown(file, key, &known)));
    }

    /// A value of the wrong type is told, and left among those that nobody asked for.
    fn told_wrong<T>(&mut self, value: &Value, expected: &str) -> Option<T> {
        self.told.push(wrong(self.file, value, expected));
        self.leave(value);
        None
    }

    fn leave(&mut self, value: &Value) {
        for (taken, (_, it)) in self.taken.iter_mut().zip(self.entries) {
            *taken &= !std::ptr::eq(it, value);
        }
    }
}

/// Whether two spellings are one name.
pub fn same(a: &str, b: &str) -> bool {
    let plain = |c: u8| if c == b'-' { b'_' } else { c };
    a.len() == b.len() && a.bytes().map(plain).eq(b.bytes().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Format, parse};

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Colour {
        Red,
        Green,
    }

    impl Choice for Colour {
        const WORDS: &'static [(&'static str, Self)] =
            &[("red", Self::Red), ("green", Self::Green)];
    }

    #[test]
    fn fields_are_read_by_name_and_type() {
        let text = "title: 1.10\nowners: ann\nreview-by: 2024-05-01\ncolour: green\n";
        let (file, value) = ("a.md".into(), parse(Format::Yaml, text, 0).unwrap());
        let mut fields = Fields::new(&file, &value);
        assert_eq!(fields.text("title").as_deref(), Some("1.10"));
        assert_eq!(fields.texts("owners"), Some(vec!["ann".to_owned()]));
        assert_eq!(fields.date("review_by").unwrap().to_string(), "2024-05-01");
        assert_eq!(fields.choice("colour"), Some(Colour::Green));
        assert_eq!(fields.int("order"), None);
        let mut told = Vec::new();
        fields.rest(&mut told);
        assert_eq!(told, []);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands_with_what_was_meant() {
        let text = "titel: x\ndraft: maybe\ndate: 2023-14-05\ncolour: gren\n";
        let (file, value) = ("a.md".into(), parse(Format::Yaml, text, 0).unwrap());
        let mut fields = Fields::new(&file, &value);
        assert_eq!(fields.text("title"), None);
        assert_eq!(fields.bool("draft"), None);
        assert_eq!(fields.date("date").unwrap().to_string(), "2023-05-14");
        assert_eq!(fields.choice::<Colour>("colour"), None);
        let mut told = Vec::new();
        fields.rest(&mut told);
        told.sort();
        let lines: Vec<String> = told
            .iter()
            .map(|it| {
                let place = &text[it.span.range.clone()];
                format!(
                    "{} {place}: {} | {}",
                    it.rule.id(),
                    it.message,
                    it.hints.join("; ")
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "unknown-field titel: nothing reads the field `titel` | write `title`",
                "bad-value maybe: `true` or `false` is expected here, not `maybe` | ",
                "bad-date 2023-14-05: `2023-14-05` is not a date of the form YYYY-MM-DD \
                 | write `2023-05-14`",
                "bad-value gren: one of `red`, `green` is expected here, not `gren` \
                 | write `green`",
            ]
        );
    }
}
