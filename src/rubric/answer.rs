//! The answers that a note gives to a rubric.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{FIELDS, Level, Rubric, Rubrics};
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::value::fields::same;
use crate::value::{Data, Fields, Key, Value};

/// The answers that a note gives to a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sheet {
    /// What is asked.
    pub rubric: Arc<Rubric>,
    /// The answers, by question.
    pub answers: BTreeMap<String, Answer>,
    /// How what is assessed is approached: `zero-shot`. It may stand in for a *no*.
    pub approach: Option<String>,
}

/// An answer to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answer {
    /// Which of the rubric's answers it is.
    pub level: usize,
    /// Why; empty if nothing says it.
    pub why: String,
    /// A number that says how much; empty if there is none.
    pub value: String,
    /// The addresses of what shows that it is so.
    pub evidence: Vec<String>,
}

/// A sheet, and where in its file it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The sheet.
    pub sheet: Sheet,
    /// The key of the metadata that holds it.
    pub place: Range<usize>,
    /// The level of each answer.
    pub levels: BTreeMap<String, Range<usize>>,
    /// The evidence of all answers: the question, its number there, the bytes.
    pub evidence: Vec<(String, usize, Range<usize>)>,
}

impl Sheet {
    /// What a question is answered with.
    pub fn level(&self, item: &str) -> Option<&Level> {
        self.rubric.levels.get(self.answers.get(item)?.level)
    }

    /// What stands in for a *no* to a question.
    pub fn bridge(&self, item: &str) -> Option<&str> {
        let approach = self.approach.as_deref()?;
        let level = self.level(item).filter(|it| !it.unknown)?;
        let mut bridges = self.rubric.bridges.iter().filter(|it| it.item == item);
        let known = bridges.any(|it| it.by.iter().any(|it| same(it, approach)));
        (level.points < self.rubric.full() && known).then_some(approach)
    }
}

/// The sheets that metadata hold, in the order of their rubrics' ids.
///
/// Answers stand below `rubric.ID`, as tables or with points between the names, and
/// those to [`FIELDS`] in a field of their own.
pub fn read(
    rubrics: &Rubrics,
    file: &FilePath,
    data: &Value,
    told: &mut Vec<Diagnostic>,
) -> Vec<Filled> {
    let approach = data.get("approach").and_then(Value::text).map(str::to_owned);
    let mut reader = Reader { rubrics, file, told, approach, filled: BTreeMap::new() };
    for (key, value) in data.entries() {
        if same(&key.text, "rubric") {
            reader.rubrics(value);
        } else if let Some(names) = key.text.strip_prefix("rubric.") {
            reader.dotted(key, names, value);
        } else if let Some((_, id)) = FIELDS.iter().find(|(it, _)| same(it, &key.text)) {
            reader.rubric(&Key { text: (*id).to_owned(), ..key.clone() }, value);
        }
    }
    reader.filled.into_values().collect()
}

/// Whether a text may hold answers in its metadata; never not where it does.
pub fn may_answer(text: &str) -> bool {
    let fields = FIELDS.iter().map(|(field, _)| field.replace('_', "-"));
    text.contains("rubric")
        || fields
            .into_iter()
            .any(|it| text.contains(&it) || text.contains(&it.replace('-', "_")))
}

/// Whether a key of the metadata holds answers.
pub fn is_answer(key: &str) -> bool {
    key.starts_with("rubric.") || FIELDS.iter().any(|(field, _)| same(field, key))
}

struct Reader<'a> {
    rubrics: &'a Rubrics,
    file: &'a FilePath,
    told: &'a mut Vec<Diagnostic>,
    approach: Option<String>,
    filled: BTreeMap<String, Filled>,
}

impl Reader<'_> {
    fn rubrics(&mut self, value: &Value) {
        if !matches!(value.data, Data::Map(_) | Data::Null) {
            let span = Span::new(self.file, value.range.clone());
            let message =
                format!("a table of rubrics is expected here, not {}", value.kind());
            self.told.push(
                Diagnostic::new(Rule::BadValue, span, message).hint(
                    "write `rubric: { ml-test-score-2017: { data-1: automated } }`",
                ),
            );
        }
        for (key, value) in value.entries() {
            if key.text.contains('.') {
                self.dotted(key, &key.text, value);
            } else {
                self.rubric(key, value);
            }
        }
    }

    /// `ml-test-score.data-1`
    fn dotted(&mut self, key: &Key, names: &str, value: &Value) {
        let named = |text: &str| Key { text: text.to_owned(), range: key.range.clone() };
        match names.split_once('.') {
            None => self.rubric(&named(names), value),
            Some((rubric, item)) => {
                let entries = vec![(named(item), value.clone())];
                let data = Data::Map(entries);
                self.rubric(&named(rubric), &Value { range: value.range.clone(), data });
            }
        }
    }

    fn rubric(&mut self, key: &Key, answers: &Value) {
        let Some(rubric) = self.rubrics.named(&key.text).cloned() else {
            let span = Span::new(self.file, key.range.clone());
            let message = format!("there is no rubric `{}`", key.text);
            let told = Diagnostic::new(Rule::UnknownRubric, span, message);
            let meant = nearest(&key.text, self.rubrics.names());
            self.told.push(told.hint(match meant {
                Some(meant) => format!("write `{meant}`"),
                None => format!("write a file `rubrics/{}.toml`", key.text),
            }));
            return;
        };
        if !matches!(answers.data, Data::Map(_) | Data::Null) {
            let span = Span::new(self.file, answers.range.clone());
            let message =
                format!("a table of answers is expected here, not {}", answers.kind());
            self.told.push(Diagnostic::new(Rule::BadValue, span, message));
        }
        let filled = self.filled.entry(rubric.id.clone()).or_insert_with(|| Filled {
            sheet: Sheet {
                rubric: rubric.clone(),
                answers: BTreeMap::new(),
                approach: self.approach.clone().filter(|_| !rubric.bridges.is_empty()),
            },
            place: key.range.clone(),
            levels: BTreeMap::new(),
            evidence: Vec::new(),
        });
        for (key, value) in answers.entries() {
            answer(filled, self.file, key, value, self.told);
        }
    }
}

/// Reads one entry of a sheet: an answer, or the approach.
fn answer(
    filled: &mut Filled,
    file: &FilePath,
    key: &Key,
    value: &Value,
    told: &mut Vec<Diagnostic>,
) {
    let rubric = filled.sheet.rubric.clone();
    if !rubric.bridges.is_empty() && same(&key.text, "approach") {
        filled.sheet.approach = value.text().map(str::to_owned);
        return;
    }
    let Some(item) = rubric.items().find(|it| same(&it.id, &key.text)) else {
        told.push(unasked(file, key, &rubric));
        return;
    };
    // `data-1: automated` is short for `data-1: { level: automated }`.
    if value.text().is_some() {
        if let Some(level) = level(&rubric, file, value, told) {
            filled.put(&item.id, value, Answer { level, ..Answer::default() });
        }
        return;
    }
    let (found, given, evidence) = fields(file, value, told);
    let Some(given) = given else {
        let message = format!("`{}` has no answer", key.text);
        let span = Span::new(file, key.range.clone());
        let hint = format!("give it a `level`: {}", words(&rubric));
        told.push(Diagnostic::new(Rule::UnknownAnswer, span, message).hint(hint));
        return;
    };
    if let Some(level) = level(&rubric, file, given, told) {
        let places = evidence.into_iter().enumerate();
        filled.evidence.extend(places.map(|(at, it)| (item.id.clone(), at, it)));
        filled.put(&item.id, given, Answer { level, ..found });
    }
}

/// The fields of an answer: all but its level, what the level is, and the places of its
/// evidence.
fn fields<'v>(
    file: &'v FilePath,
    value: &'v Value,
    told: &mut Vec<Diagnostic>,
) -> (Answer, Option<&'v Value>, Vec<Range<usize>>) {
    let mut fields = Fields::new(file, value);
    fields.know("level");
    let given = fields.get("answer").or_else(|| fields.get("level"));
    let evidence = fields.spanned_texts("evidence").unwrap_or_default();
    let found = Answer {
        why: fields.text("why").or_else(|| fields.text("note")).unwrap_or_default(),
        value: fields.text("value").unwrap_or_default(),
        evidence: evidence.iter().map(|(it, _)| it.clone()).collect(),
        level: 0,
    };
    fields.rest(told);
    (found, given, evidence.into_iter().map(|(_, it)| it.range.clone()).collect())
}

/// A question that the rubric does not ask.
fn unasked(file: &FilePath, key: &Key, rubric: &Rubric) -> Diagnostic {
    let message = format!("{} asks nothing called `{}`", rubric.title, key.text);
    let approach = (!rubric.bridges.is_empty()).then_some("approach");
    let names = rubric.items().map(|it| &*it.id).chain(approach);
    let span = Span::new(file, key.range.clone());
    let told = Diagnostic::new(Rule::UnknownAnswer, span, message);
    match nearest(&key.text, names) {
        Some(meant) => told.hint(format!("write `{meant}`")),
        None => told,
    }
}

impl Filled {
    fn put(&mut self, item: &str, at: &Value, answer: Answer) {
        self.levels.insert(item.to_owned(), at.range.clone());
        self.sheet.answers.insert(item.to_owned(), answer);
    }
}

/// The level that a word names. `true` is a *yes* that YAML or TOML has read as such.
fn level(
    rubric: &Rubric,
    file: &FilePath,
    value: &Value,
    told: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let text = value.text().unwrap_or_default().trim();
    let word = match value.data {
        Data::Bool(true) => "yes",
        Data::Bool(false) => "no",
        _ => text,
    };
    let found = rubric.levels.iter().position(|it| {
        same(&it.id, word) || it.id.eq_ignore_ascii_case(word) || it.label == word
    });
    if found.is_none() {
        let span = Span::new(file, value.range.clone());
        let ids = rubric.levels.iter().map(|it| &*it.id);
        let message = format!("`{text}` is no answer to {}", rubric.title);
        let hint = match nearest(text, ids) {
            Some(meant) => format!("write `{meant}`"),
            None => format!("write one of {}", words(rubric)),
        };
        told.push(Diagnostic::new(Rule::UnknownAnswer, span, message).hint(hint));
    }
    found
}

fn words(rubric: &Rubric) -> String {
    let words: Vec<&str> = rubric.levels.iter().map(|it| &*it.id).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kinds;
    use crate::project::Project;
    use crate::value::{Format, parse};

    fn filled(yaml: &str) -> (Vec<Filled>, Vec<String>) {
        let rubrics = Rubrics::load(&Project::default(), &Kinds::built_in()).value;
        let data = parse(Format::Yaml, yaml, 0).unwrap();
        let mut told = Vec::new();
        let filled = read(&rubrics, &"a.md".into(), &data, &mut told);
        let told = told
            .iter()
            .map(|it| {
                format!(
                    "{} {}: {}",
                    it.rule.id(),
                    &yaml[it.span.range.clone()],
                    it.message
                )
            })
            .collect();
        (filled, told)
    }

    #[test]
    fn each_way_of_writing_answers_means_the_same() {
        let ways = [
            "rubric:\n  ml-test-score-2017:\n    data-1: { level: automated, evidence: a.md }\n",
            "rubric:\n  ml-test-score:\n    data-1:\n      answer: automated\n      evidence: [a.md]\n",
            "rubric.ml-test-score.data-1: { level: automated, evidence: a.md }\n",
            "rubric:\n  ml_test_score.data_1: { level: Automated, evidence: a.md }\n",
        ];
        let sheets: Vec<Sheet> = ways
            .iter()
            .map(|it| {
                let (mut filled, told) = filled(it);
                assert_eq!(told, Vec::<String>::new(), "{it}");
                filled.remove(0).sheet
            })
            .collect();
        assert!(sheets.iter().all(|it| *it == sheets[0]), "{sheets:#?}");
        assert_eq!(sheets[0].answers["data-1"].evidence, ["a.md"]);
        assert_eq!(sheets[0].level("data-1").unwrap().label, "Automated");
        let (short, _) = filled("rubric.ml-test-score.data-1: automated\n");
        assert_eq!(short[0].sheet.answers["data-1"].level, 2);
    }

    #[test]
    fn whether_ml_fits_has_a_field_of_its_own() {
        let (filled, told) = filled(
            "ml_fit:\n  approach: zero-shot\n  existing-data: no\n  learn: { answer: yes, why: x }\n",
        );
        assert_eq!(told, Vec::<String>::new());
        let sheet = &filled[0].sheet;
        assert_eq!(sheet.rubric.id, "when-to-use-ml");
        assert_eq!(sheet.bridge("existing-data"), Some("zero-shot"));
        assert_eq!(sheet.bridge("learn"), None, "it needs none");
        assert_eq!(sheet.answers["learn"].why, "x");
    }

    #[test]
    fn what_is_not_known_is_told_where_it_stands() {
        let (_, told) = filled(
            "rubric:\n  ml-tst-score-2017: {}\n  ml-test-score-2017:\n    date-1: none\n    \
             data-2: manuel\n    data-3: { evidence: a.md }\n    data-4: { level: none, wy: x }\n",
        );
        assert_eq!(
            told,
            [
                "unknown-rubric ml-tst-score-2017: there is no rubric `ml-tst-score-2017`",
                "unknown-answer date-1: ML Test Score asks nothing called `date-1`",
                "unknown-answer manuel: `manuel` is no answer to ML Test Score",
                "unknown-answer data-3: `data-3` has no answer",
                "unknown-field wy: nothing reads the field `wy`",
            ]
        );
        let (_, told) = filled("rubric: yes\n");
        assert_eq!(told.len(), 1);
    }
}
