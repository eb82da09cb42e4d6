//! The form of a field: what its value may be.

use super::relation::Relation;
use crate::value::fields::same;
use crate::value::{Data, Value};

/// A field of a kind's notes, or of a table in one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Other names that it goes by.
    pub also: Vec<String>,
    /// What it says, in a phrase.
    pub description: String,
    /// Whether an accepted note must have it.
    pub required: bool,
    /// What its value may be.
    pub form: Form,
    /// What the notes are to this one that its value names, if that is a relation.
    pub relation: Option<Relation>,
    /// A value as `new` shows it, in YAML.
    pub example: Option<String>,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Anything.
    Any,
    /// A text, which may look like a number.
    Text,
    /// A day in ISO form.
    Date,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// One of these words.
    Choice(Vec<String>),
    /// The id of a note.
    Note,
    /// A list of values of one form; a single value is a list of one.
    List(Box<Form>),
    /// A table.
    Table(Table),
}

/// A value with fields of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Table {
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that a text in place of the table gives.
    pub short: Option<String>,
    /// What the fields may be whose names the author makes up; `None` where there are
    /// no such fields.
    pub others: Option<Box<Form>>,
}

impl Field {
    /// Whether it goes by a name; `review-by` and `review_by` are one.
    pub fn is_called(&self, name: &str) -> bool {
        same(&self.name, name) || self.also.iter().any(|it| same(it, name))
    }

    /// What to do where it is missing, for a hint.
    pub fn request(&self) -> String {
        let mut letters = self.description.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        let about: String = first.chain(letters).collect();
        match about.as_str() {
            "" => format!("add it: `{}: …`", self.name),
            about => format!("add `{}`: {about}", self.name),
        }
    }

    /// All names that it goes by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.name].into_iter().chain(&self.also).map(String::as_str)
    }
}

impl Form {
    /// The values of a list; a single value is a list of one, null one of none.
    pub fn items(value: &Value) -> &[Value] {
        match &value.data {
            Data::List(items) => items,
            Data::Null => &[],
            _ => std::slice::from_ref(value),
        }
    }

    /// Whether its values are ids of notes.
    pub fn is_of_notes(&self) -> bool {
        match self {
            Self::Note => true,
            Self::List(item) => item.is_of_notes(),
            _ => false,
        }
    }

    /// What it is, for a message: `a date`.
    pub fn phrase(&self) -> String {
        match self {
            Self::Any => "a value".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::Int => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Choice(words) => {
                let words: Vec<String> =
                    words.iter().map(|it| format!("`{it}`")).collect();
                format!("one of {}", words.join(", "))
            }
            Self::Note => "the id of a note".to_owned(),
            Self::List(item) => match &**item {
                Self::Table(_) => "a list of tables".to_owned(),
                Self::Text | Self::Note => "a list of texts".to_owned(),
                _ => "a list".to_owned(),
            },
            Self::Table(_) => "a table".to_owned(),
        }
    }
}

impl Table {
    /// The value of a field of such a table; a text in its place is that of
    /// [`Table::short`].
    pub fn get<'v>(&self, value: &'v Value, name: &str) -> Option<&'v Value> {
        if value.text().is_some() {
            let short = self.short.as_ref().is_some_and(|it| same(it, name));
            return short.then_some(value);
        }
        let field = self.field(name);
        let called = |key: &str| match field {
            Some(field) => field.is_called(key),
            None => same(key, name),
        };
        let found = value.entries().iter().find(|(key, _)| called(&key.text));
        found.map(|(_, value)| value).filter(|it| it.data != Data::Null)
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|it| it.is_called(name))
    }
}
