//! The exports of a comparison: JSON that says all of it, CSV with a line for each cell.
//!
//! Each carries the observation status of SDMX beside our own state. Numbers are
//! written with the author's digits.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::number::Number;
use super::{
    Bound, Cell, Comparison, Direction, Gate, Kind, Note, Role, Row, Side, State, record,
    sheet, source,
};

/// What the JSON calls itself; the number changes when its meaning does.
pub const FORMAT: &str = "diptych-comparison/1";

/// The JSON Schema of the JSON, published with each site.
pub const SCHEMA: &str = include_str!("comparison.schema.json");

/// The comparison as JSON, indented.
pub fn json(comparison: &Comparison) -> String {
    let mut text =
        serde_json::to_string_pretty(&JsonComparison::of(comparison)).unwrap_or_default();
    text.push('\n');
    text
}

/// The comparison as JSON, to stand within another document.
pub fn json_value(comparison: &Comparison) -> impl Serialize + '_ {
    JsonComparison::of(comparison)
}

#[derive(Serialize)]
struct JsonComparison<'a> {
    format: &'static str,
    id: &'a str,
    caption: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tolerance: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    comparable_by: &'a [String],
    sides: Vec<JsonSide<'a>>,
    rows: Vec<JsonRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<JsonNote<'a>>,
}

#[derive(Serialize)]
struct JsonSide<'a> {
    key: &'a str,
    label: &'a str,
    role: Role,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    key: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<JsonGate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scale: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    cells: JsonCells<'a>,
}

#[derive(Serialize)]
struct JsonGate {
    bound: Bound,
    limit: Option<Box<RawValue>>,
}

/// The cells of a row under the keys of their sides.
struct JsonCells<'a>(&'a [Side], &'a [Cell]);

impl Serialize for JsonCells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (side, cell) in self.0.iter().zip(self.1) {
            map.serialize_entry(&side.key, &JsonCell::of(cell))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
pub(super) struct JsonCell<'a> {
    state: State,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "is_exact")]
    bound: Bound,
    #[serde(skip_serializing_if = "Option::is_none")]
    lo: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hi: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<super::Answer>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
}

#[derive(Serialize)]
struct JsonNote<'a> {
    label: &'a str,
    text: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_exact(bound: &Bound) -> bool {
    *bound == Bound::Exact
}

/// The digits as a number of JSON.
fn raw(number: Option<&Number>) -> Option<Box<RawValue>> {
    RawValue::from_string(number?.as_str().to_owned()).ok()
}

impl<'a> JsonComparison<'a> {
    fn of(it: &'a Comparison) -> Self {
        let side = |it: &'a Side| JsonSide {
            key: &it.key,
            label: &it.label,
            role: it.role,
            attributes: &it.attributes,
        };
        let note = |it: &'a Note| JsonNote { label: &it.label, text: &it.text };
        Self {
            format: FORMAT,
            id: &it.id,
            caption: &it.caption,
            origin: it.origin.as_deref(),
            tolerance: it.tolerance.as_ref().map(source::tolerance),
            comparable_by: &it.comparable_by,
            sides: it.sides.iter().map(side).collect(),
            rows: it.rows.iter().map(|row| JsonRow::of(row, &it.sides)).collect(),
            notes: it.notes.iter().map(note).collect(),
        }
    }
}

impl<'a> JsonRow<'a> {
    fn of(it: &'a Row, sides: &'a [Side]) -> Self {
        let gate = |it: &Gate| JsonGate { bound: it.bound, limit: raw(Some(&it.limit)) };
        Self {
            key: &it.key,
            label: &it.label,
            group: it.group.as_deref(),
            kind: it.kind,
            unit: it.unit.as_deref(),
            direction: it.direction,
            gate: it.gate.as_ref().map(gate),
            target: raw(it.target.as_ref()),
            scale: &it.scale,
            notes: &it.notes,
            cells: JsonCells(sides, &it.cells),
        }
    }
}

impl<'a> JsonCell<'a> {
    pub(super) fn of(it: &'a Cell) -> Self {
        Self {
            state: it.state,
            status: it.state.sdmx(),
            value: raw(it.value.as_ref()),
            bound: it.bound,
            lo: raw(it.lo.as_ref()),
            hi: raw(it.hi.as_ref()),
            margin: raw(it.margin.as_ref()),
            n: it.n,
            answer: it.answer,
            text: &it.text,
            unit: it.unit.as_deref(),
            date: it.date.as_deref(),
            evidence: &it.evidence,
            notes: &it.notes,
        }
    }
}

/// The comparison as CSV: a header, then a line for each cell.
pub fn csv(comparison: &Comparison) -> String {
    let lines: Vec<Vec<String>> = comparison
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().zip(&comparison.sides).map(move |it| (row, it)))
        .map(|(row, (cell, side))| line(comparison, row, side, cell))
        .collect();
    let lines = lines.iter().map(|line| line.iter().map(String::as_str).collect());
    sheet::write(std::iter::once(record::FIELDS.to_vec()).chain(lines))
}

/// The fields of one cell in the order of [`record::FIELDS`].
pub(super) fn line(
    comparison: &Comparison,
    row: &Row,
    side: &Side,
    cell: &Cell,
) -> Vec<String> {
    let number =
        |it: &Option<Number>| it.as_ref().map(ToString::to_string).unwrap_or_default();
    let unit = cell.unit.as_ref().or(row.unit.as_ref());
    let notes = cell.notes.iter().filter_map(|it| comparison.note(it));
    let notes: Vec<&str> = notes.map(|it| it.text.as_str()).collect();
    let gate = row.gate.as_ref().map(|it| format!("{} {}", it.bound.sign(), it.limit));
    vec![
        row.label.clone(),
        unit.cloned().unwrap_or_default(),
        row.direction.map_or(String::new(), |it| it.word().to_owned()),
        side.label.clone(),
        value(cell),
        number(&cell.lo),
        number(&cell.hi),
        cell.n.map_or(String::new(), |it| it.to_string()),
        cell.state.word().to_owned(),
        cell.evidence.join(" "),
        notes.join(" / "),
        cell.date.clone().unwrap_or_default(),
        row.group.clone().unwrap_or_default(),
        gate.unwrap_or_default(),
        number(&row.target),
        row.scale.join("<"),
        number(&cell.margin),
        cell.state.sdmx().to_owned(),
    ]
}

/// What a cell says, its unit, interval and state left to the other fields.
fn value(cell: &Cell) -> String {
    if !cell.text.is_empty() {
        return cell.text.clone();
    }
    match (&cell.value, cell.answer) {
        (Some(value), _) => format!("{}{value}", cell.bound.sign()),
        (None, Some(answer)) => answer.word().to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::directive::Directive;
    use super::super::reading::Vocabulary;
    use super::super::{Answer, Located, data};
    use super::*;
    use crate::diag::Diagnostic;

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
        proptest::option::of(select(vec![
            "ms",
            "s",
            "%",
            "MB",
            "$/1k requests",
            "widgets",
        ]))
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
            let key = super::super::label::key(&label);
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
            sides[1].attributes.extend(attribute.map(|it| ("dataset".to_owned(), it)));
            let comparison = Comparison {
                id, caption, sides, rows,
                notes: vec![Note { label: "ü".into(), text: "a \"note\"".into() }],
                comparable_by: vec!["dataset".into()],
                origin: Some("synthetic".into()),
                ..Comparison::default()
            };
            // What is read is whole: its keys are unique, its units where they belong.
            let text = json(&comparison);
            let text = match tolerance {
                Some(it) => text.replacen("\"sides\"", &format!("\"tolerance\": \"{it}\", \"sides\""), 1),
                None => text,
            };
            read("a.json", &text).0.comparison
        }
    }

    proptest! {
        #[test]
        fn json_fence_and_json_again_are_the_same(it in comparison()) {
            let once = json(&it);
            let (read_json, _) = read("a.json", &once);
            prop_assert_eq!(&read_json.comparison, &it);
            let fence = source::toml(&it);
            let (read_toml, told) = read("a.toml", &fence);
            prop_assert!(told.iter().all(|it| it.rule != crate::diag::Rule::BadSyntax), "{}", fence);
            prop_assert_eq!(&read_toml.comparison, &it, "{}", fence);
            prop_assert_eq!(json(&read_toml.comparison), once);
        }
    }

    const FULL: &str = "\
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

    #[test]
    fn csv_has_a_line_for_each_cell_and_reads_back() {
        let (it, _) = read("a.toml", FULL);
        let csv = csv(&it.comparison);
        let mut lines = csv.lines();
        assert_eq!(lines.next().unwrap(), record::FIELDS.join(","));
        assert_eq!(
            lines.next().unwrap(),
            "p99 latency,ms,lower,Research,95,92,98,120,value,e7.md,cold,2026-11-22,Speed,<= 120,,,3,A"
        );
        assert_eq!(csv.lines().count(), 9);
        let (back, told) = read("a.csv", &csv);
        assert_eq!(told, []);
        let cells = |it: &Located| -> Vec<Vec<Option<Number>>> {
            let rows = it.comparison.rows.iter();
            rows.map(|row| row.cells.iter().map(|it| it.value.clone()).collect())
                .collect()
        };
        assert_eq!(cells(&back), cells(&it));
        assert_eq!(back.comparison.rows[0].gate, it.comparison.rows[0].gate);
    }

    #[test]
    fn numbers_of_the_json_are_the_author_s_digits() {
        let (it, _) = read("a.csv", "metric,Research,Production\na (ms),0.10,1e-5\n");
        let json = json(&it.comparison);
        assert!(
            json.contains("\"value\": 0.10") && json.contains("\"value\": 1e-5"),
            "{json}"
        );
    }

    /// All names of fields in a value, each with the names above it.
    fn names(value: &serde_json::Value, at: &str, names: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    let keyed = at.ends_with("/cells") || at.ends_with("/attributes");
                    let path =
                        if keyed { format!("{at}/*") } else { format!("{at}/{name}") };
                    self::names(value, &path, names);
                    names.push(path);
                }
            }
            serde_json::Value::Array(items) => {
                for item in items {
                    self::names(item, at, names);
                }
            }
            _ => {}
        }
    }

    /// All names of fields that a schema knows.
    fn schema_names(schema: &serde_json::Value, at: &str, names: &mut Vec<String>) {
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{at}/{name}");
            schema_names(inner, &path, names);
            names.push(path);
        }
        let keyed = schema.get("additionalProperties").filter(|it| it.is_object());
        if let Some(inner) = keyed {
            schema_names(inner, &format!("{at}/*"), names);
            names.push(format!("{at}/*"));
        }
        if let Some(items) = schema.get("items") {
            schema_names(items, at, names);
        }
    }

    #[test]
    fn the_schema_knows_each_field_and_no_other() {
        let (it, _) = read("a.toml", FULL);
        let (mut own, mut known) = (Vec::new(), Vec::new());
        names(&serde_json::from_str(&json(&it.comparison)).unwrap(), "", &mut own);
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        schema_names(&schema, "", &mut known);
        own.sort();
        own.dedup();
        known.sort();
        assert_eq!(own, known);
    }

    #[test]
    fn the_schema_knows_each_word() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let row = &schema["properties"]["rows"]["items"]["properties"];
        let cell = &row["cells"]["additionalProperties"]["properties"];
        let words = |it: &serde_json::Value| -> Vec<String> {
            serde_json::from_value(it["enum"].clone()).unwrap()
        };
        assert_eq!(
            words(&cell["state"]),
            State::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&cell["status"]),
            State::ALL.iter().map(|it| it.sdmx()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&row["kind"]),
            Kind::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&row["direction"]),
            Direction::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&schema["properties"]["sides"]["items"]["properties"]["role"]),
            Role::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&cell["answer"]),
            Answer::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&cell["bound"]),
            Bound::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(schema["properties"]["format"]["const"], FORMAT);
    }
}
