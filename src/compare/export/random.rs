//! Random comparisons, and one that has every field, for the tests.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::directive::Directive;
use super::super::number::Number;
use super::super::reading::Vocabulary;
use super::super::{
    Answer, Bound, Cell, Comparison, Direction, Gate, Located, Note, Row, Side, State,
    data, label,
};
use super::json;
use crate::diag::{Diagnostic, Rule};

/// What a data file of this name and text is read as.
pub(crate) fn read(name: &str, text: &str) -> (Located, Vec<Diagnostic>) {
    let (file, vocabulary) = (name.into(), Vocabulary::default());
    let checked = data::read(&file, text, &Directive::default(), &vocabulary);
    (checked.value, checked.diagnostics)
}

fn number() -> impl Strategy<Value = Number> {
    "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,5})?(e-?[1-9])?"
        .prop_map(|it| Number::parse(&it).unwrap())
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,12}|[a-z=|\"'#\\[\\]{}\n\t<>&`\\\\-]{1,8}|n/a|95 ms|~5|yes|[a-z]{1,5}"
}

fn unit() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(select(vec!["ms", "s", "%", "MB", "$/1k requests", "widgets"]))
        .prop_map(|it| it.map(str::to_owned))
}

prop_compose! {
    fn measured()(
        state in select(vec![State::Value, State::Estimated, State::Pending]),
        value in number(),
        bound in select(Bound::ALL),
        ends in proptest::option::of((number(), number())),
        n in proptest::option::of(any::<u64>()),
        unit in unit(),
        text in proptest::option::weighted(0.2, text()),
    ) -> Cell {
        let (lo, hi) = match ends {
            Some((a, b)) if a.value() <= b.value() => (Some(a), Some(b)),
            Some((a, b)) => (Some(b), Some(a)),
            None => (None, None),
        };
        let text = text.unwrap_or_default();
        Cell { state, value: Some(value), bound, lo, hi, n, unit, text, ..Cell::default() }
    }
}

fn other() -> impl Strategy<Value = Cell> {
    let of = |state: State, text: String| Cell { state, text, ..Cell::default() };
    prop_oneof![
        text().prop_map(move |it| of(State::Value, it)),
        text().prop_map(move |it| of(State::Estimated, it)),
        (select(&State::ALL[2..]), proptest::option::of(text()))
            .prop_map(move |(state, it)| of(state, it.unwrap_or_default())),
        select(Answer::ALL).prop_map(|it| Cell {
            state: State::Value,
            answer: Some(it),
            ..Cell::default()
        }),
    ]
}

prop_compose! {
    fn cell()(
        cell in prop_oneof![measured(), other()],
        date in proptest::option::of(select(vec!["2026-11-22", "2020-02-29"])),
        evidence in proptest::collection::vec("[a-z./#]{1,9}", 0..3),
        notes in proptest::collection::vec(select(vec!["a", "ü"]), 0..2),
    ) -> Cell {
        let notes = notes.into_iter().map(str::to_owned).collect();
        Cell { date: date.map(str::to_owned), evidence, notes, ..cell }
    }
}

prop_compose! {
    fn row()(
        label in text(),
        group in proptest::option::of(text()),
        unit in unit(),
        direction in proptest::option::of(select(Direction::ALL)),
        gate in proptest::option::of((select(&Bound::ALL[1..]), number())),
        target in proptest::option::of(number()),
        scale in proptest::option::weighted(0.2, Just(vec!["bad".to_owned(), "good".to_owned()])),
        cells in proptest::collection::vec(cell(), 3),
    ) -> Row {
        let gate = gate.map(|(bound, limit)| Gate { bound, limit });
        let scale = scale.unwrap_or_default();
        let key = label::key(&label);
        Row { key, label, group, unit, direction, gate, target, scale, cells, ..Row::default() }
    }
}

prop_compose! {
    /// A comparison with all that one may have.
    pub(crate) fn comparison()(
        id in "[a-z]{1,5}",
        caption in text(),
        labels in proptest::collection::vec(text(), 3),
        rows in proptest::collection::vec(row(), 0..5),
        attribute in proptest::option::of(text()),
        tolerance in proptest::option::of(select(vec!["2%", "5 ms", "0.10"])),
    ) -> Comparison {
        let mut sides: Vec<Side> = labels.iter().map(|it| Side::named(it)).collect();
        // A key twice would be no JSON that can be read.
        for at in 0..sides.len() {
            let key = sides[at].key.clone();
            if key.is_empty() || sides[..at].iter().any(|it| it.key == key) {
                sides[at].key = format!("side-{}", at + 1);
            }
        }
        sides[1].attributes.extend(attribute.map(|it| ("dataset".to_owned(), it)));
        let comparison = Comparison {
            id, caption, sides, rows,
            notes: vec![Note { label: "ü".into(), text: "a \"note\"".into() }].into(),
            comparable_by: vec!["dataset".into()],
            origin: Some("synthetic".into()),
            ..Comparison::default()
        };
        // What is read is whole: its keys are unique, its units where they belong.
        let text = json::text(&comparison);
        let text = match tolerance {
            Some(it) => text.replacen("\"sides\"", &format!("\"tolerance\": \"{it}\", \"sides\""), 1),
            None => text,
        };
        let (read, told) = read("a.json", &text);
        assert!(told.iter().all(|it| it.rule != Rule::BadSyntax), "{text}");
        read.comparison
    }
}

/// A comparison in which every field is used.
pub(crate) const FULL: &str = "\
id = 'latency'
caption = 'Two builds'
origin = 'synthetic'
tolerance = '2%'
comparable_by = ['dataset']
[[side]]
label = 'Research'
dataset = 'v3'
[[side]]
label = 'Production'
dataset = 'v3'
[[row]]
label = 'p99 latency (ms, lower, gate 120)'
group = 'Speed'
notes = ['a']
cells.Research = { value = '95 ± 3 (n=120)', date = '2026-11-22', evidence = 'e7.md', note = 'cold' }
cells.Production = '<0.18 s'
[[row]]
label = 'coverage (%, target 90)'
cells = { Research = 'n/a', Production = '[88, 91]' }
[[row]]
label = 'quality (scale bad<good)'
cells = { Research = 'bad', Production = 'good' }
[[row]]
label = 'audited'
cells = { Research = 'no', Production = 'yes, by an outsider' }
[[note]]
label = 'a'
text = 'as served'
";
