//! Values compared with the form that they should have.

use super::form::{Field, Form, Table};
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::value::complaint::{bad_date, unknown, wrong};
use crate::value::fields::same;
use crate::value::{Data, Key, Value, date};

/// How strictly values are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// What is there must be of its form.
    Draft,
    /// What is required must also be there.
    Accepted,
}

/// Tells what of a value is not of its form.
pub fn value(
    file: &FilePath,
    value: &Value,
    form: &Form,
    strictness: Strictness,
    told: &mut Vec<Diagnostic>,
) {
    Check { file, strictness, told }.value(value, form);
}

struct Check<'a> {
    file: &'a FilePath,
    strictness: Strictness,
    told: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn value(&mut self, value: &Value, form: &Form) {
        let fits = match form {
            _ if value.data == Data::Null => true,
            Form::Any => true,
            Form::Text | Form::Note => value.text().is_some(),
            Form::Int => {
                matches!(&value.data, Data::Number(it) if it.int().is_some())
            }
            Form::Number => matches!(value.data, Data::Number(_)),
            Form::Bool => value.text().is_some_and(|it| {
                it.eq_ignore_ascii_case("true") || it.eq_ignore_ascii_case("false")
            }),
            Form::Date => return self.date(value),
            Form::Choice(words) => return self.choice(value, form, words),
            Form::List(item) => return self.list(value, form, item),
            Form::Table(table) => return self.table(value, form, table),
        };
        if !fits {
            self.wrong(value, form);
        }
    }

    fn wrong(&mut self, value: &Value, form: &Form) {
        self.told.push(wrong(self.file, value, &form.phrase()));
    }

    fn date(&mut self, value: &Value) {
        let Some(text) = value.text() else { return self.wrong(value, &Form::Date) };
        if let Err(meant) = date::parse(text) {
            let span = Span::new(self.file, value.range.clone());
            self.told.push(bad_date(span, text, meant));
        }
    }

    fn choice(&mut self, value: &Value, form: &Form, words: &[String]) {
        let text = value.text();
        if text.is_some_and(|it| words.iter().any(|word| same(word, it))) {
            return;
        }
        let told = wrong(self.file, value, &form.phrase());
        let meant = text.and_then(|it| nearest(it, words.iter().map(String::as_str)));
        self.told.push(match meant {
            Some(meant) => told.hint(format!("write `{meant}`")),
            None => told,
        });
    }

    fn list(&mut self, value: &Value, form: &Form, item: &Form) {
        match &value.data {
            Data::List(items) => items.iter().for_each(|it| self.value(it, item)),
            Data::Map(_) if !matches!(item, Form::Table(_) | Form::Any) => {
                self.wrong(value, form);
            }
            _ => self.value(value, item),
        }
    }

    fn table(&mut self, value: &Value, form: &Form, table: &Table) {
        if value.text().is_some()
            && let Some(field) = table.short.as_ref().and_then(|it| table.field(it))
        {
            return self.value(value, &field.form);
        }
        let Data::Map(entries) = &value.data else { return self.wrong(value, form) };
        for (key, value) in entries {
            self.entry(key, value, table);
        }
        for field in table.fields.iter().filter(|it| it.required) {
            if self.strictness == Strictness::Accepted
                && table.get(value, &field.name).is_none()
            {
                self.missing(value, field);
            }
        }
    }

    fn entry(&mut self, key: &Key, value: &Value, table: &Table) {
        match (table.field(&key.text), &table.others) {
            (Some(field), _) => self.value(value, &field.form),
            (None, Some(others)) => self.value(value, others),
            (None, None) => {
                let known: Vec<&str> =
                    table.fields.iter().flat_map(Field::names).collect();
                self.told.push(unknown(self.file, key, &known));
            }
        }
    }

    fn missing(&mut self, table: &Value, field: &Field) {
        let span = Span::new(self.file, table.range.clone());
        let message = format!("`{}` is missing here", field.name);
        let told = Diagnostic::new(Rule::MissingField, span, message);
        self.told.push(told.hint(field.request()));
    }
}
