//! The source of a comparison, written for an author: a fence in TOML, a GFM table.

use std::fmt::Write;

use super::cell::{self, CellSource};
use super::reading::{Reading, Vocabulary};
use super::{Bound, Cell, Comparison, Kind, Located, Row, Side, State, Tolerance, label};
use crate::diag::{Diagnostic, Rule, Span};

/// The body of a `compare` fence, which reads as the same comparison.
pub fn toml(comparison: &Comparison) -> String {
    let mut text = String::new();
    field(&mut text, "id", &comparison.id);
    field(&mut text, "caption", &comparison.caption);
    field(&mut text, "origin", comparison.origin.as_deref().unwrap_or_default());
    let tolerance = comparison.tolerance.as_ref().map(tolerance);
    field(&mut text, "tolerance", &tolerance.unwrap_or_default());
    fields(&mut text, "comparable_by", &comparison.comparable_by);
    for it in &comparison.sides {
        text.push_str("\n[[side]]\n");
        side(&mut text, it);
    }
    for it in &comparison.rows {
        text.push_str("\n[[row]]\n");
        row(&mut text, it, &comparison.sides);
    }
    for note in comparison.notes.iter() {
        text.push_str("\n[[note]]\n");
        field(&mut text, "label", &note.label);
        field(&mut text, "text", &note.text);
    }
    text
}

/// A tolerance as it is written: `2%`, `5 ms`.
pub(super) fn tolerance(tolerance: &Tolerance) -> String {
    match tolerance.unit.as_deref() {
        None => tolerance.value.to_string(),
        Some("%") => format!("{}%", tolerance.value),
        Some(unit) => super::quantity::with_unit(tolerance.value.as_str(), Some(unit)),
    }
}

/// Text in quotes. TOML escapes as JSON does, and `U+007F` besides.
fn quoted(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.replace('\u{7f}', "\\u007f")
}

fn list(items: &[String]) -> String {
    let items: Vec<_> = items.iter().map(|it| quoted(it)).collect();
    format!("[{}]", items.join(", "))
}

/// A key, in quotes unless it is a plain word.
fn key(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn field(text: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name} = {}", quoted(value));
    }
}

fn fields(text: &mut String, name: &str, values: &[String]) {
    if !values.is_empty() {
        let _ = writeln!(text, "{name} = {}", list(values));
    }
}

fn side(text: &mut String, side: &Side) {
    field(text, "key", &side.key);
    field(text, "label", &side.label);
    field(text, "role", side.role.word());
    if !side.attributes.is_empty() {
        let attributes: Vec<_> = side
            .attributes
            .iter()
            .map(|(name, value)| format!("{} = {}", key(name), quoted(value)))
            .collect();
        let _ = writeln!(text, "attributes = {{ {} }}", attributes.join(", "));
    }
}

fn row(text: &mut String, row: &Row, sides: &[Side]) {
    field(text, "key", &row.key);
    // An empty label would be read as the key.
    let _ = writeln!(text, "label = {}", quoted(&row.label));
    field(text, "group", row.group.as_deref().unwrap_or_default());
    field(text, "kind", row.kind.word());
    field(text, "unit", row.unit.as_deref().unwrap_or_default());
    field(text, "direction", row.direction.map_or("", |it| it.word()));
    let gate = row.gate.as_ref().map(|it| format!("{} {}", it.bound.sign(), it.limit));
    field(text, "gate", &gate.unwrap_or_default());
    field(text, "target", row.target.as_ref().map_or("", |it| it.as_str()));
    fields(text, "scale", &row.scale);
    fields(text, "notes", &row.notes);
    text.push_str("[row.cells]\n");
    for (side, cell) in sides.iter().zip(&row.cells) {
        let _ = writeln!(text, "{} = {}", key(&side.key), cell_source(cell, row));
    }
}

/// One word or text where that reads as the same cell, else a table of its fields.
fn cell_source(cell: &Cell, row: &Row) -> String {
    let shown = cell.shown(None);
    let reads_same = match row.kind {
        Kind::Text => *cell == plain(&shown),
        _ => *cell == read(&shown),
    };
    if !reads_same {
        return cell_fields(cell);
    }
    match &cell.value {
        Some(value) if is_toml_number(&shown) && shown == value.as_str() => shown,
        _ => quoted(&shown),
    }
}

fn plain(text: &str) -> Cell {
    Cell { state: State::Value, text: text.to_owned(), ..Cell::default() }
}

fn read(text: &str) -> Cell {
    let (file, vocabulary) = ("".into(), Vocabulary::default());
    cell::read(&CellSource::plain(text, 0..0), &mut Reading::new(&file, &vocabulary))
}

/// Whether digits are a number of TOML, which holds integers of 64 bits.
fn is_toml_number(text: &str) -> bool {
    text.len() <= 18
}

fn cell_fields(cell: &Cell) -> String {
    let mut parts = vec![format!("state = {}", quoted(cell.state.word()))];
    let mut push = |name: &str, value: Option<String>| {
        parts.extend(value.map(|it| format!("{name} = {it}")));
    };
    let text = |it: &str| Some(quoted(it)).filter(|_| !it.is_empty());
    let digits =
        |it: &Option<super::number::Number>| it.as_ref().map(|it| quoted(it.as_str()));
    push("value", digits(&cell.value));
    push("bound", text(cell.bound.word()).filter(|_| cell.bound != Bound::Exact));
    push("lo", digits(&cell.lo));
    push("hi", digits(&cell.hi));
    push("margin", digits(&cell.margin));
    push("n", cell.n.map(|it| quoted(&it.to_string())));
    push("answer", cell.answer.map(|it| quoted(it.word())));
    push("text", text(&cell.text));
    push("unit", cell.unit.as_deref().and_then(text));
    push("date", cell.date.as_deref().and_then(text));
    push("evidence", Some(list(&cell.evidence)).filter(|_| !cell.evidence.is_empty()));
    push("notes", Some(list(&cell.notes)).filter(|_| !cell.notes.is_empty()));
    format!("{{ {} }}", parts.join(", "))
}

/// The comparison as a GFM table, with its notes as footnotes below.
pub fn gfm(comparison: &Comparison) -> String {
    let sides = &comparison.sides;
    let mut text = String::from("|  |");
    for side in sides {
        let _ = write!(text, " {} |", escaped(&side.label));
    }
    let _ = writeln!(text, "\n|{}", "---|".repeat(sides.len() + 1));
    let mut group = None;
    for row in &comparison.rows {
        if row.group.is_some() && row.group.as_ref() != group {
            let name = row.group.as_deref().unwrap_or_default();
            let _ =
                writeln!(text, "| **{}** |{}", escaped(name), "  |".repeat(sides.len()));
            group = row.group.as_ref();
        }
        let name =
            format!("{}{}", escaped(&label::written(row)), marks(comparison, &row.notes));
        let cells = row.cells.iter().map(|cell| gfm_cell(comparison, cell));
        let _ = writeln!(text, "| {name} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
    for note in comparison.notes.iter() {
        let label = note_label(comparison, &note.label);
        let line = note.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(text, "\n[^{label}]: {line}\n");
    }
    text
}

/// The value as a link to its first evidence, the others behind it.
fn gfm_cell(comparison: &Comparison, cell: &Cell) -> String {
    let shown = if cell.text.is_empty() {
        cell.shown(None).replace('<', "\\<")
    } else {
        escaped(&cell.text)
    };
    let mut text = match cell.evidence.first() {
        Some(url) => format!("[{shown}]({})", escaped_url(url)),
        None => shown,
    };
    for (at, url) in cell.evidence.iter().enumerate().skip(1) {
        let _ = write!(text, " ([{}]({}))", at + 1, escaped_url(url));
    }
    text.push_str(&marks(comparison, &cell.notes));
    text
}

fn marks(comparison: &Comparison, notes: &[String]) -> String {
    let known = notes.iter().filter(|it| comparison.notes.get(it).is_some());
    known
        .fold(String::new(), |marks, it| marks + "[^" + &note_label(comparison, it) + "]")
}

/// A footnote's label is one of the whole note's, not of the table's alone.
fn note_label(comparison: &Comparison, label: &str) -> String {
    match comparison.id.as_str() {
        "" => label.to_owned(),
        id => format!("{id}-{label}"),
    }
}

/// Text that Markdown shows as it is, on one line of a table.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.trim().chars() {
        match it {
            '\n' => escaped.push_str("<br>"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '$' | '&' => {
                escaped.extend(['\\', it]);
            }
            '\r' => {}
            other => escaped.push(other),
        }
    }
    // Two of these mark a text or make a comment of it.
    escaped.replace("==", "\\=\\=").replace("%%", "\\%\\%")
}

fn escaped_url(url: &str) -> String {
    url.replace(' ', "%20").replace('|', "%7C").replace(')', "%29").replace('(', "%28")
}

/// Tells that the text between the two comments is not the table of its data file.
pub fn stale(region: &str, span: Span, located: &Located) -> Option<Diagnostic> {
    let lines = |text: &str| -> Vec<String> {
        text.trim().lines().map(|it| it.trim_end().to_owned()).collect()
    };
    let current = lines(&gfm(&located.comparison)) == lines(region);
    let source = &located.places.file;
    (!current).then(|| {
        let message = format!("this table is not what `{source}` says");
        Diagnostic::new(Rule::StaleRegion, span, message).hint("run `diptych fmt`")
    })
}

#[cfg(test)]
mod tests {
    use super::super::export::random::read;
    use super::*;

    #[test]
    fn a_fence_is_as_an_author_would_write_it() {
        let csv =
            "metric,Research,Production\np99 (ms, lower),95 ± 3,180\nData,static,n/a\n";
        let (it, _) = read("a.csv", csv.replace("(ms, lower)", "(ms; lower)").as_str());
        assert_eq!(
            toml(&it.comparison),
            "\
\n[[side]]
key = \"research\"
label = \"Research\"
role = \"baseline\"

[[side]]
key = \"production\"
label = \"Production\"
role = \"candidate\"

[[row]]
key = \"p99\"
label = \"p99\"
kind = \"number\"
unit = \"ms\"
direction = \"lower\"
[row.cells]
research = \"95 ± 3\"
production = 180

[[row]]
key = \"data\"
label = \"Data\"
kind = \"text\"
[row.cells]
research = \"static\"
production = { state = \"not-applicable\" }
"
        );
    }

    #[test]
    fn a_table_shows_on_github_what_the_data_says() {
        let csv = "\
group,metric,side,value,unit,direction,note,evidence
Speed,p99,Research,95,ms,lower,cold cache,e7.md
Speed,p99,Production,<100,ms,lower,,
,Data,Research,a|b <test>,,,,
,Data,Production,?,,,,
";
        let (mut it, _) = read("a.csv", csv);
        it.comparison.id = "latency".to_owned();
        let table = "\
|  | Research | Production |
|---|---|---|
| **Speed** |  |  |
| p99 (ms, lower) | [95](e7.md)[^latency-a] | \\<100 |
| Data | a\\|b \\<test> | not measured |

[^latency-a]: cold cache
";
        assert_eq!(gfm(&it.comparison), table);
        let span = || Span::new(&"a.md".into(), 0..1);
        assert_eq!(stale(table, span(), &it), None);
        let told = stale(&table.replace("95", "96"), span(), &it).unwrap();
        assert_eq!(told.rule, Rule::StaleRegion);
    }
}
