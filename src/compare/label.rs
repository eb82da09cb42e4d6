//! A label: `p99 latency (ms, lower)`, `coverage (%, target 90)`, `Research (ms)`.
//!
//! The bracket behind a row's name says what its numbers are. It is read as that only
//! when all of it is understood: `GNMT (2016 launch)` is a name with a bracket.

use std::ops::Range;

use super::gate;
use super::number::Number;
use super::reading::Reading;
use super::unit::Unit;
use super::{Direction, Gate, Kind, Row};
use crate::diag::Rule;

/// What the name of a row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The name for the reader.
    pub text: String,
    /// The unit.
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// What a value must reach.
    pub gate: Option<Gate>,
    /// What a value should reach.
    pub target: Option<Number>,
    /// The scale of its words: a name, or the words.
    pub scale: Option<String>,
}

impl Label {
    /// The row of this name, without cells.
    pub fn into_row(self, reading: &mut Reading<'_>, range: &Range<usize>) -> Row {
        let scale = self.scale.map(|it| scale(&it, reading, range)).unwrap_or_default();
        let kind = if scale.is_empty() { Kind::Text } else { Kind::Ordinal };
        Row {
            key: key(&self.text),
            label: self.text,
            kind,
            unit: self.unit,
            direction: self.direction,
            gate: self.gate,
            target: self.target,
            scale,
            ..Row::default()
        }
    }
}

/// The key of a name: lower case, words joined by `-`.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for part in text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
        if !key.is_empty() {
            key.push('-');
        }
        key.extend(part.chars().flat_map(char::to_lowercase));
    }
    key
}

/// The words of a scale that is named or written out: `quality`, `poor<average<good`.
pub fn scale(text: &str, reading: &mut Reading<'_>, range: &Range<usize>) -> Vec<String> {
    if text.contains('<') {
        return super::reading::scale(text);
    }
    if let Some(scale) = reading.vocabulary.scales.get(text) {
        return scale.clone();
    }
    let known = reading.vocabulary.scales.keys().map(String::as_str);
    let hint = match crate::diag::nearest::nearest(text, known) {
        Some(near) => format!("write `{near}`"),
        None => {
            "name it in `[compare] scales`, or write it out: `poor<average<good`".into()
        }
    };
    reading.tell(Rule::UnknownScale, range, format!("there is no scale `{text}`"), hint);
    Vec::new()
}

/// The name of a side and the unit behind it: `Research (ms)`.
pub fn side(text: &str) -> (&str, Option<&str>) {
    match split_bracket(text.trim()) {
        Some((name, unit)) if Unit::parse(unit).is_some() => (name, Some(unit.trim())),
        _ => (text.trim(), None),
    }
}

/// Reads the name of a row.
pub fn read(text: &str, range: &Range<usize>, reading: &mut Reading<'_>) -> Label {
    if text.trim().is_empty() {
        let hint = "name what the row measures or describes, as in `p99 (ms, lower)`";
        reading.tell(Rule::RowLabel, range, "this row has no name", hint);
    }
    let (text, mut direction) = split_arrow(text.trim());
    let (text, mut items) = match split_bracket(text) {
        Some((name, inside)) => match items(inside) {
            Bracket::Understood(items) => (name, items),
            Bracket::Name => (text, Vec::new()),
            Bracket::Doubtful(item) => {
                tell_doubtful(item, range, reading);
                (text, Vec::new())
            }
        },
        None => (text, Vec::new()),
    };
    let (text, arrow) = split_arrow(text);
    direction = direction.or(arrow);
    let mut label = Label { text: text.to_owned(), direction, ..Label::default() };
    // A gate needs the direction and the unit, wherever in the bracket they stand.
    items.sort_by_key(|item| matches!(item, Item::Gate(_) | Item::Target(_)));
    for item in items {
        apply(item, &mut label, range, reading);
    }
    label
}

fn tell_doubtful(item: &str, range: &Range<usize>, reading: &mut Reading<'_>) {
    reading.tell(
        Rule::RowLabel,
        range,
        format!("`{item}` in the bracket behind the name is not understood"),
        "write unit, direction, gate and target, as in `(ms, lower, gate 120)`",
    );
}

/// One item of the bracket.
#[derive(Clone, Copy)]
enum Item<'a> {
    Unit(&'a str),
    Direction(Direction),
    Gate(&'a str),
    Target(&'a str),
    Scale(&'a str),
}

/// What the bracket behind a name is.
enum Bracket<'a> {
    /// What the numbers are.
    Understood(Vec<Item<'a>>),
    /// A part of the name.
    Name,
    /// Some of it is understood, and this is not.
    Doubtful(&'a str),
}

fn split_bracket(text: &str) -> Option<(&str, &str)> {
    let (name, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
    // The space tells `latency (s)` from `f(x)`.
    let fits = name.ends_with(char::is_whitespace) && !name.trim().is_empty();
    (fits && !inside.trim().is_empty()).then_some((name.trim(), inside))
}

fn split_arrow(text: &str) -> (&str, Option<Direction>) {
    let Some(name) = text.strip_suffix(['↓', '↑']) else { return (text, None) };
    (name.trim_end(), Direction::from_label(&text[name.len()..]))
}

fn items(inside: &str) -> Bracket<'_> {
    let (mut items, mut others) = (Vec::new(), Vec::new());
    for text in inside.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()) {
        let (text, arrow) = split_arrow(text);
        items.extend(arrow.map(Item::Direction));
        match item(text) {
            Some(item) => items.push(item),
            None if text.is_empty() => {}
            None => others.push(text),
        }
    }
    let has_unit = items.iter().any(|item| matches!(item, Item::Unit(_)));
    match others.as_slice() {
        [] => Bracket::Understood(items),
        _ if items.iter().all(|item| matches!(item, Item::Unit(_))) => Bracket::Name,
        // Beside a direction or a gate, one other word is a unit of the author's own.
        [word] if !has_unit && !word.contains(|it: char| it.is_ascii_digit()) => {
            items.push(Item::Unit(word));
            Bracket::Understood(items)
        }
        [word, ..] => Bracket::Doubtful(word),
    }
}

fn item(text: &str) -> Option<Item<'_>> {
    let behind = |word: &str| {
        let behind = text.strip_prefix(word)?;
        let ends =
            behind.is_empty() || behind.starts_with([' ', ':', '=', '<', '>', '≤', '≥']);
        ends.then(|| behind.trim_start_matches([' ', ':', '=']).trim())
    };
    (behind("gate").map(Item::Gate))
        .or_else(|| behind("target").map(Item::Target))
        .or_else(|| behind("scale").map(Item::Scale))
        .or_else(|| Direction::from_label(text).map(Item::Direction))
        .or_else(|| Unit::parse(text).map(|_| Item::Unit(text)))
}

fn apply(
    item: Item<'_>,
    label: &mut Label,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) {
    match item {
        Item::Unit(unit) => label.unit = Some(unit.to_owned()),
        Item::Direction(direction) => label.direction = Some(direction),
        Item::Scale(scale) => label.scale = Some(scale.to_owned()),
        Item::Gate(text) => {
            let unit = &mut label.unit;
            label.gate = gate::gate(text, unit, label.direction, range, reading);
        }
        Item::Target(text) => {
            let given = gate::limit(text, &mut label.unit, range, reading);
            label.target = given.map(|(_, limit)| limit);
            label.direction = label.direction.or(Some(Direction::Target));
        }
    }
}

/// The name of a row with its bracket, in the words of the grammar.
pub fn written(row: &Row) -> String {
    let mut items = Vec::new();
    items.extend(row.unit.clone());
    items.extend(
        row.direction.filter(|it| *it != Direction::Target).map(|it| it.word().into()),
    );
    items.extend(
        row.gate.as_ref().map(|it| format!("gate {} {}", it.bound.sign(), it.limit)),
    );
    items.extend(row.target.as_ref().map(|it| format!("target {it}")));
    if !row.scale.is_empty() {
        items.push(format!("scale {}", row.scale.join("<")));
    }
    if items.is_empty() {
        row.label.clone()
    } else {
        format!("{} ({})", row.label, items.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Bound;
    use super::super::reading::Vocabulary;
    use super::*;

    fn label(text: &str) -> (Label, Vec<Rule>) {
        let (file, vocabulary) = ("a.md".into(), Vocabulary::default());
        let mut reading = Reading::new(&file, &vocabulary);
        let label = read(text, &(0..text.len()), &mut reading);
        (label, reading.told.iter().map(|it| it.rule).collect())
    }

    fn fine(text: &str) -> Label {
        let (label, told) = label(text);
        assert_eq!(told, [], "{text}");
        label
    }

    #[test]
    fn the_examples_of_the_grammar_are_read() {
        let p99 = fine("p99 latency (ms, lower)");
        assert_eq!((p99.text.as_str(), p99.unit.as_deref()), ("p99 latency", Some("ms")));
        assert_eq!(p99.direction, Some(Direction::Lower));
        assert_eq!(fine("BLEU (higher)").direction, Some(Direction::Higher));
        let coverage = fine("coverage (%, target 90)");
        assert_eq!(coverage.direction, Some(Direction::Target));
        assert_eq!(coverage.target, Number::parse("90"));
        let gate = fine("p99 latency (ms, lower, gate 120)").gate.unwrap();
        assert_eq!((gate.bound, gate.limit.as_str()), (Bound::AtMost, "120"));
    }

    #[test]
    fn arrows_are_directions() {
        for text in ["p99 ↓", "p99 (ms ↓)", "p99 (ms) ↓", "p99 ↓ (ms)", "p99 (↓)"]
        {
            let label = fine(text);
            assert_eq!(label.direction, Some(Direction::Lower), "{text}");
            assert_eq!(label.text, "p99");
        }
    }

    #[test]
    fn a_bracket_that_is_not_understood_is_part_of_the_name() {
        for text in ["GNMT (2016 launch)", "Latency (p50, p99)", "f(x)", "()", "(ms)"] {
            assert_eq!(fine(text).text, text);
        }
    }

    #[test]
    fn a_unit_of_the_author_s_own_is_kept_beside_what_is_known() {
        assert_eq!(fine("load (widgets, lower)").unit.as_deref(), Some("widgets"));
    }

    #[test]
    fn a_gate_says_what_it_bounds() {
        assert_eq!(fine("MAE (min, gate <= 4)").gate.unwrap().bound, Bound::AtMost);
        assert_eq!(fine("MAE (gate 4 min, lower)").unit.as_deref(), Some("min"));
        assert_eq!(label("MAE (min, gate)").1, [Rule::GateWithoutValue]);
        assert_eq!(label("MAE (min, gate 4)").1, [Rule::GateWithoutValue]);
        assert_eq!(label("MAE (min, lower, gate 4 s)").1, [Rule::MixedUnits]);
        assert_eq!(label("MAE (ms, lower, gate 1,200)").1, [Rule::RowLabel]);
    }

    #[test]
    fn the_name_of_a_side_may_have_a_unit() {
        assert_eq!(side("Research (ms)"), ("Research", Some("ms")));
        assert_eq!(side("GNMT (2016)"), ("GNMT (2016)", None));
    }

    #[test]
    fn a_key_is_made_of_the_words() {
        assert_eq!(key("p99 latency"), "p99-latency");
        assert_eq!(key("  Größe (μ)! "), "größe-μ");
        assert_eq!(key("…"), "");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            label(&text);
        }

        #[test]
        fn what_is_written_is_read_as_the_same(
            name in "[a-z][a-z0-9 ]{0,8}[a-z]",
            unit in proptest::option::of(proptest::sample::select(vec!["ms", "$/1k requests", "%"])),
            direction in proptest::option::of(proptest::sample::select(
                vec![Direction::Lower, Direction::Higher, Direction::None])),
            limit in proptest::option::of("[1-9][0-9]{0,3}"),
        ) {
            let gate = limit.and_then(|it| Some(Gate {
                bound: Bound::AtMost, limit: Number::parse(&it)?,
            }));
            let row = Row {
                label: name, unit: unit.map(str::to_owned), direction, gate, ..Row::default()
            };
            let (label, told) = label(&written(&row));
            prop_assert_eq!(told, []);
            prop_assert_eq!((label.text, label.unit), (row.label, row.unit));
            prop_assert_eq!((label.direction, label.gate), (row.direction, row.gate));
        }
    }
}
