//! A cell's text: `95 ms`, `~95`, `<100`, `95 ± 3`, `95 [92, 98] (n=120)`, `n/a`, `yes`.
//!
//! The grammar is the same in every way of writing. What it does not know is text, and
//! is kept as it stands; what looks like a number and may be another one is told.

use std::ops::Range;

use super::measure::{self, Measure};
use super::reading::Reading;
use super::{Answer, Cell, State};
use crate::diag::Rule;

/// A cell as it is written, its Markdown taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CellSource {
    /// Its text without markup and without the marks of footnotes.
    pub text: String,
    /// Its place in the file.
    pub range: Range<usize>,
    /// Its links: which bytes of the text, and where they lead.
    pub links: Vec<(Range<usize>, String)>,
    /// The labels of the footnotes that it refers to.
    pub notes: Vec<String>,
    /// Whether all of the text is strong.
    pub strong: bool,
}

impl CellSource {
    /// A cell of a data file, in which links and footnotes are written as in Markdown:
    /// `[95](../exp/e7.md#p99)`, `95[^a]`.
    pub fn plain(source: &str, range: Range<usize>) -> Self {
        let mut cell = Self { range, ..Self::default() };
        let mut rest = source;
        while let Some(at) = rest.find('[') {
            cell.text.push_str(&rest[..at]);
            rest = match split_note(&rest[at..]).or_else(|| split_link(&rest[at..])) {
                Some((Markup::Note(label), behind)) => {
                    cell.notes.push(label.to_owned());
                    behind
                }
                Some((Markup::Link(text, url), behind)) => {
                    let from = cell.text.len();
                    cell.text.push_str(text);
                    cell.links.push((from..cell.text.len(), url.to_owned()));
                    behind
                }
                None => {
                    cell.text.push('[');
                    &rest[at + 1..]
                }
            };
        }
        cell.text.push_str(rest);
        cell
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.links.is_empty() && self.notes.is_empty()
    }
}

enum Markup<'a> {
    Note(&'a str),
    Link(&'a str, &'a str),
}

fn split_note(text: &str) -> Option<(Markup<'_>, &str)> {
    let (label, behind) = text.strip_prefix("[^")?.split_once(']')?;
    let fits = !label.is_empty() && !label.contains([' ', '[']);
    fits.then_some((Markup::Note(label), behind))
}

fn split_link(text: &str) -> Option<(Markup<'_>, &str)> {
    let (shown, behind) = text.strip_prefix('[')?.split_once("](")?;
    let (url, behind) = behind.split_once(')')?;
    let fits = !shown.contains(['[', ']']) && !url.is_empty() && !url.contains(' ');
    fits.then_some((Markup::Link(shown, url), behind))
}

/// Reads a cell.
pub fn read(source: &CellSource, reading: &mut Reading<'_>) -> Cell {
    let mut cell = read_text(source, reading);
    cell.evidence = source.links.iter().map(|(_, url)| url.clone()).collect();
    cell.notes.clone_from(&source.notes);
    cell
}

fn read_text(source: &CellSource, reading: &mut Reading<'_>) -> Cell {
    let text = source.text.trim();
    if is_dash(text) {
        return blank(text, &source.range, reading);
    }
    // No word of the grammar begins with a digit, and most cells of a long table do.
    let is_number = text.starts_with(|it: char| it.is_ascii_digit());
    if !is_number && let Some(cell) = state(text).or_else(|| answer(text)) {
        return cell;
    }
    match measure::parse(text) {
        Ok(Some(measure)) => return measured(measure, text, &source.range, reading),
        Err(fault) => {
            reading.tell(fault.rule, &source.range, fault.message, fault.hint);
            return words(text);
        }
        Ok(None) => {}
    }
    match measure::parse(&without_links(source)) {
        Ok(Some(measure)) => measured(measure, text, &source.range, reading),
        _ => words(text),
    }
}

fn is_dash(text: &str) -> bool {
    matches!(text, "" | "-" | "–" | "—" | "\u{2212}" | "--" | "---")
}

/// An empty cell or a dash, which may mean two things.
fn blank(text: &str, range: &Range<usize>, reading: &mut Reading<'_>) -> Cell {
    let state = match text {
        "" => State::Unknown,
        _ => reading.vocabulary.dash,
    };
    if state == State::Unknown {
        let what = if text.is_empty() { "a blank cell" } else { "a dash" };
        reading.tell(
            Rule::BlankCell,
            range,
            format!("{what} says neither `not measured` nor `n/a`"),
            "write `?` for a value that nobody has measured, `n/a` for one that cannot exist",
        );
    }
    Cell { state, ..Cell::default() }
}

/// A state word, alone or with a reason: `n/a`, `not measured: no licence`.
fn state(text: &str) -> Option<Cell> {
    if let Some(state) = State::from_cell(text) {
        return Some(Cell { state, ..Cell::default() });
    }
    let state = State::from_cell(split_reason(text)?)?;
    Some(Cell { state, text: text.to_owned(), ..Cell::default() })
}

/// An answer, alone or with a reason: `yes`, `✓`, `partly (only in batch mode)`.
fn answer(text: &str) -> Option<Cell> {
    let answer = Answer::from_cell(text).or_else(|| {
        let head = split_reason(text).filter(|head| head.chars().count() > 1)?;
        Answer::from_cell(head)
    })?;
    let text = if text == answer.word() { "" } else { text };
    Some(Cell {
        state: State::Value,
        answer: Some(answer),
        text: text.to_owned(),
        ..Cell::default()
    })
}

/// The words before a reason.
fn split_reason(text: &str) -> Option<&str> {
    Some(text[..text.find(['(', ':', ',', ';'])?].trim_end())
}

fn measured(
    measure: Measure,
    text: &str,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) -> Cell {
    for fault in measure.faults {
        reading.tell(fault.rule, range, fault.message, fault.hint);
    }
    let mut cell = measure.cell;
    if measure.remark {
        text.clone_into(&mut cell.text);
    }
    cell
}

fn words(text: &str) -> Cell {
    Cell { state: State::Value, text: text.to_owned(), ..Cell::default() }
}

/// The text without what links to evidence beside the value: `95 ([e7](e7.md))`.
fn without_links(source: &CellSource) -> String {
    let mut text = String::new();
    let mut from = 0;
    for (range, _) in &source.links {
        text.push_str(source.text.get(from..range.start).unwrap_or_default());
        from = range.end.max(from);
    }
    text.push_str(source.text.get(from..).unwrap_or_default());
    text.replace("()", "").trim().trim_end_matches(',').to_owned()
}

impl Cell {
    /// The cell in the words of the grammar; `unit` is that of a number without one.
    pub fn shown(&self, unit: Option<&str>) -> String {
        if !self.text.is_empty() {
            return self.text.clone();
        }
        if !self.state.has_value() {
            return self.state.written().to_owned();
        }
        if let Some(answer) = self.answer {
            return answer.word().to_owned();
        }
        measure::shown(self, self.unit.as_deref().or(unit))
    }

    /// A number in a unit, and apart from it how sure it is: `95 ms`, and `[92, 98] n=120`.
    /// Nothing for what is no number, or has words of its own.
    pub fn measured(&self, unit: Option<&str>) -> Option<(String, String)> {
        if !self.text.is_empty() || self.value.is_none() || !self.state.has_value() {
            return None;
        }
        let number = Cell { lo: None, hi: None, margin: None, n: None, ..self.clone() };
        Some((number.shown(unit), measure::detail(self)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Bound;
    use super::super::reading::Vocabulary;
    use super::*;

    /// The cell that a text is, and the rules that it breaks.
    fn cell(text: &str) -> (Cell, Vec<Rule>) {
        let (file, vocabulary) = ("a.md".into(), Vocabulary::default());
        let mut reading = Reading::new(&file, &vocabulary);
        let cell = read(&CellSource::plain(text, 0..text.len()), &mut reading);
        (cell, reading.told.iter().map(|it| it.rule).collect())
    }

    fn fine(text: &str) -> Cell {
        let (cell, told) = cell(text);
        assert_eq!(told, [], "{text}");
        cell
    }

    fn digits(number: Option<&super::super::number::Number>) -> &str {
        number.map_or("", |it| it.as_str())
    }

    #[test]
    fn the_examples_of_the_grammar_are_read() {
        assert_eq!(digits(fine("95").value.as_ref()), "95");
        assert_eq!(fine("95 ms").unit.as_deref(), Some("ms"));
        assert_eq!(fine("~95").state, State::Estimated);
        assert_eq!(fine("<100").bound, Bound::Below);
        assert_eq!(fine(">=5").bound, Bound::AtLeast);
        let interval = fine("95 ± 3");
        assert_eq!(digits(interval.lo.as_ref()), "92");
        assert_eq!(digits(interval.hi.as_ref()), "98");
        let interval = fine("95 [92, 98]");
        assert_eq!(digits(interval.lo.as_ref()), "92");
        assert_eq!(interval.margin, None);
        assert_eq!(fine("95 (n=120)").n, Some(120));
        assert_eq!(fine("[95](../exp/e7.md#p99)").evidence, ["../exp/e7.md#p99"]);
        assert_eq!(fine("95[^a]").notes, ["a"]);
        assert_eq!(fine("partly").answer, Some(Answer::Partly));
        assert_eq!(fine("state-of-the-art").text, "state-of-the-art");
    }

    #[test]
    fn what_a_cell_says_beyond_the_grammar_is_kept() {
        assert_eq!(fine("Yes").text, "Yes");
        assert_eq!(fine("yes, in batch mode").answer, Some(Answer::Yes));
        assert_eq!(fine("yes, in batch mode").text, "yes, in batch mode");
        assert_eq!(fine("not measured: no licence").state, State::NotMeasured);
        assert_eq!(fine("95 (cold cache)").text, "95 (cold cache)");
        assert_eq!(digits(fine("95 (cold cache)").value.as_ref()), "95");
        assert_eq!(fine("95 ms ([e7](e7.md))").unit.as_deref(), Some("ms"));
    }

    #[test]
    fn money_rates_and_percentages_are_measures() {
        assert_eq!(fine("$0.05").unit.as_deref(), Some("$"));
        assert_eq!(fine("$0.05/1k requests").unit.as_deref(), Some("$/1k requests"));
        assert_eq!(fine("120/s").unit.as_deref(), Some("/s"));
        assert_eq!(fine("99.9%").unit.as_deref(), Some("%"));
        assert_eq!(fine("95 ± 3 ms (n=120)").unit.as_deref(), Some("ms"));
        assert_eq!(fine("3 widgets").unit.as_deref(), Some("widgets"));
    }

    #[test]
    fn prose_that_begins_with_a_number_is_prose() {
        for text in [
            "10 of 16",
            "2016-11-22",
            "v3",
            "1/2",
            "3.1.4",
            "2 weeks of work",
            "1,000 requests were lost that day",
            "95, 96 and 97",
            "1st",
        ] {
            assert_eq!(fine(text).value, None, "{text}");
            assert_eq!(fine(text).text, text);
        }
    }

    #[test]
    fn doubtful_numbers_are_told_and_kept_as_text() {
        for text in [
            "1e400",
            "١٢٣",
            "1,234.5",
            "1.234,5",
            "95¹",
            "95 ± 1,5",
            "95 ms ± 3 %",
            "95 ± -3",
            "95 (n=1,200)",
            "NaN",
        ] {
            let (cell, told) = cell(text);
            assert_eq!(told, [Rule::AmbiguousNumber], "{text}");
            assert_eq!((cell.value, cell.text.as_str()), (None, text));
        }
    }

    #[test]
    fn a_reversed_interval_is_told_and_not_kept() {
        let (cell, told) = cell("95 [98, 92]");
        assert_eq!(told, [Rule::ReversedInterval]);
        assert_eq!((cell.lo, cell.hi), (None, None));
        assert_eq!(cell.text, "95 [98, 92]");
    }

    #[test]
    fn a_blank_cell_or_a_dash_is_unknown_and_told() {
        for text in ["", "-", "—"] {
            let (cell, told) = cell(text);
            assert_eq!(cell.state, State::Unknown);
            assert_eq!(told, [Rule::BlankCell], "{text}");
        }
    }

    #[test]
    fn a_site_may_say_what_a_dash_means() {
        let file = "a.md".into();
        let vocabulary =
            Vocabulary { dash: State::NotApplicable, ..Vocabulary::default() };
        let mut reading = Reading::new(&file, &vocabulary);
        let cell = read(&CellSource::plain("-", 0..1), &mut reading);
        assert_eq!((cell.state, reading.told.len()), (State::NotApplicable, 0));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            cell(&text);
        }

        #[test]
        fn no_numeric_text_makes_it_panic(text in "[-~<>$±0-9.,e \\[\\]()n=m%/^]{0,16}") {
            cell(&text);
        }

        #[test]
        fn what_is_shown_is_read_as_the_same(
            value in "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,3})?",
            margin in proptest::option::of("[0-9](\\.[1-9])?"),
            n in proptest::option::of(1_u64..1_000_000),
            unit in proptest::sample::select(vec!["", "ms", "%", "$", "$/1k requests", "/s"]),
            sign in proptest::sample::select(vec!["", "~", "<", "~>="]),
        ) {
            let margin = margin.map_or(String::new(), |it| format!(" ± {it}"));
            let n = n.map_or(String::new(), |it| format!(" (n={it})"));
            let text = match unit {
                "$" => format!("{sign}${value}{margin}{n}"),
                _ => format!("{sign}{value}{margin} {unit}{n}"),
            };
            let (once, told) = cell(&text);
            prop_assert!(told.is_empty() && once.value.is_some(), "{} {:?}", text, once);
            let (again, _) = cell(&once.shown(None));
            prop_assert_eq!(again, once);
        }
    }
}
