//! The JSON of a comparison, which says all that is known of it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{Error, SerializeMap, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::super::number::Number;
use super::super::{
    Answer, Bound, Cell, Comparison, Direction, Gate, Kind, Note, Role, Row, Side, State,
    source,
};
use super::FORMAT;

/// The comparison as JSON, indented, with a line for each cell.
pub fn text(comparison: &Comparison) -> String {
    let mut text =
        serde_json::to_string_pretty(&JsonComparison::of(comparison)).unwrap_or_default();
    text.push('\n');
    text
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
    gate: Option<JsonGate<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scale: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    cells: JsonCells<'a>,
}

#[derive(Serialize)]
struct JsonGate<'a> {
    bound: Bound,
    limit: Option<&'a RawValue>,
}

/// The cells of a row under the keys of their sides, each on one line.
struct JsonCells<'a>(&'a [Side], &'a [Cell]);

impl Serialize for JsonCells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (side, cell) in self.0.iter().zip(self.1) {
            let line = to_raw_value(&JsonCell::of(cell)).map_err(S::Error::custom)?;
            map.serialize_entry(&side.key, &line)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
pub(in crate::compare) struct JsonCell<'a> {
    state: State,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "is_exact")]
    bound: Bound,
    #[serde(skip_serializing_if = "Option::is_none")]
    lo: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hi: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compare) unit: Option<&'a str>,
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
fn raw(number: Option<&Number>) -> Option<&RawValue> {
    serde_json::from_str(number?.as_str()).ok()
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
        let gate =
            |it: &'a Gate| JsonGate { bound: it.bound, limit: raw(Some(&it.limit)) };
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
    pub(in crate::compare) fn of(it: &'a Cell) -> Self {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::random::{comparison, read};
    use super::*;

    proptest! {
        #[test]
        fn json_fence_and_json_again_are_the_same(it in comparison()) {
            let once = text(&it);
            let (read_json, _) = read("a.json", &once);
            prop_assert_eq!(&read_json.comparison, &it);
            let fence = source::toml(&it);
            let (read_toml, told) = read("a.toml", &fence);
            prop_assert!(told.iter().all(|it| it.rule != crate::diag::Rule::BadSyntax), "{}", fence);
            prop_assert_eq!(&read_toml.comparison, &it, "{}", fence);
            prop_assert_eq!(text(&read_toml.comparison), once);
        }
    }

    #[test]
    fn numbers_of_the_json_are_the_author_s_digits() {
        let (it, _) = read("a.csv", "metric,Research,Production\na (ms),0.10,1e-5\n");
        let json = text(&it.comparison);
        assert!(
            json.contains("\"value\":0.10") && json.contains("\"value\":1e-5"),
            "{json}"
        );
    }
}
