//! Comparisons: their parts from the note, their whole from the theme.

use std::ops::Range;

use super::writer::Writer;
use crate::compare::{Cell, State};
use crate::note::comparison::Placed;
use crate::note::event::Event;
use crate::view::comparison::cell::marks_of;
use crate::view::comparison::{self, Parts};

impl<'t> Writer<'t, '_> {
    /// Writes the comparison that stands at an index; gives the index from which to go on.
    pub(super) fn comparison(&mut self, placed: &'t Placed) -> usize {
        let base = self.body.map_or("", |it| it.base.as_str());
        let mut taken = Taken { writer: self, placed };
        let view = comparison::view(&placed.comparison, base, &mut taken);
        let html = self.made(&view);
        self.table_notes
            .extend(placed.comparison.notes.iter().map(|it| it.label.as_str()));
        self.set(html);
        placed.events.end
    }

    /// The HTML of some events alone, where footnotes are marks of the table around.
    fn part(&mut self, events: Range<usize>) -> String {
        // Most cells of a long table are a word or a number.
        if let [(Event::Text(text), _)] = &self.text.events[events.clone()] {
            let before = self.take();
            self.prose(text);
            return std::mem::replace(&mut self.html, before);
        }
        self.apart(|writer| {
            let mut at = events.start;
            while at < events.end {
                // The marks of notes are the table's own, and stand behind the cell.
                let mark = matches!(writer.text.events[at].0, Event::Footnote(_));
                at = if mark { at + 1 } else { writer.event(at) };
            }
        })
    }

    fn escaped(&mut self, text: &str) -> String {
        let before = self.take();
        self.escape(text);
        std::mem::replace(&mut self.html, before)
    }
}

/// What a comparison takes from the note that it stands in.
struct Taken<'w, 't, 'a> {
    writer: &'w mut Writer<'t, 'a>,
    placed: &'t Placed,
}

impl Taken<'_, '_, '_> {
    /// The events that are written in the note at a byte, unless they are only text.
    fn events(&self, at: Option<usize>) -> Option<Range<usize>> {
        self.placed.cells.get(at?).cloned()
    }

    fn is_plain(&self, events: &Range<usize>) -> bool {
        let events = &self.writer.text.events[events.clone()];
        events
            .iter()
            .all(|(event, _)| matches!(event, Event::Text(_) | Event::Footnote(_)))
    }

    /// What a cell that is not written in the note says: nothing where it has a state
    /// alone, for which the theme has a sign.
    fn shown(&mut self, cell: &Cell) -> String {
        if let Some((number, detail)) = cell.measured(None) {
            let number = self.writer.escaped(&number);
            let detail = self.writer.escaped(&detail);
            return match detail.as_str() {
                "" => number,
                detail => format!("{number} <small>{detail}</small>"),
            };
        }
        let answer = cell.answer.filter(|_| cell.text.is_empty());
        let word = answer.map(|it| self.writer.word(&format!("answer-{}", it.word())));
        self.writer.escaped(word.flatten().unwrap_or(&cell.text))
    }

    /// The value of a cell that is not written in the note, its evidence linked.
    fn data_cell(&mut self, row: usize, side: usize) -> String {
        let of = &self.placed.comparison.rows[row];
        let cell = &of.cells[side];
        let mut html = self.shown(cell);
        if html.is_empty() && !cell.evidence.is_empty() {
            let sign = format!("sign-{}", cell.state.word());
            self.writer.word(&sign).unwrap_or_default().clone_into(&mut html);
        }
        for number in 0..cell.evidence.len() {
            let Some(index) = self.placed.evidence.link((row, side, number)) else {
                continue;
            };
            let addresses = self.writer.body.map_or(&[][..], |it| &it.addresses);
            let Some(address) = addresses.get(index).filter(|it| !it.href.is_empty())
            else {
                continue;
            };
            let href = self.writer.escaped(&address.href);
            html = if number == 0 {
                format!("<a class=\"evidence\" href=\"{href}\">{html}</a>")
            } else {
                format!(
                    "{html} <a class=\"evidence\" href=\"{href}\">[{}]</a>",
                    number + 1
                )
            };
        }
        html
    }
}

impl Taken<'_, '_, '_> {
    /// Adds a cell of a long table: its value or the sign of its state, and its notes.
    fn add_value(&mut self, html: &mut String, row: usize, side: usize) {
        let comparison = &self.placed.comparison;
        let cell = &comparison.rows[row].cells[side];
        let mut shown = self.cell(row, side);
        if cell.state == State::Value {
            // A sort needs the number where the cell shows more.
            match cell.value.as_ref().filter(|it| it.as_str() != shown) {
                Some(value) => html.extend(["<td data-value=\"", value.as_str(), "\">"]),
                None => html.push_str("<td>"),
            }
        } else {
            let state = cell.state.word();
            let tag = format!("<td class=\"is-{state}\" data-state=\"{state}\">");
            html.push_str(&tag);
            if shown.is_empty() {
                let mut word = |kind: &str| {
                    let word = self.writer.word(&format!("{kind}-{state}"));
                    self.writer.escaped(word.unwrap_or_default())
                };
                let (words, sign) = (word("state"), word("sign"));
                shown = format!("<abbr title=\"{words}\">{sign}</abbr>");
            }
        }
        html.push_str(&shown);
        for mark in marks_of(comparison, &cell.notes) {
            let id = self.writer.escaped(&comparison.id);
            let note = format!("<sup><a href=\"#{id}-note-{mark}\">{mark}</a></sup>");
            html.push_str(&note);
        }
    }
}

impl Parts for Taken<'_, '_, '_> {
    fn corner(&mut self) -> String {
        let first = self.placed.places.sides.first().map(|it| it.start);
        let events = self.placed.cells.before(first.unwrap_or(0)).cloned();
        events.map_or_else(String::new, |it| self.writer.part(it))
    }

    fn side(&mut self, side: usize) -> String {
        let events = self.events(self.placed.places.sides.get(side).map(|it| it.start));
        match events.filter(|it| !self.is_plain(it)) {
            Some(events) => self.writer.part(events),
            None => self.writer.escaped(&self.placed.comparison.sides[side].label),
        }
    }

    fn label(&mut self, row: usize) -> String {
        let events =
            self.events(self.placed.places.rows.get(row).map(|it| it.label.start));
        match events.filter(|it| !self.is_plain(it)) {
            Some(events) => self.writer.part(events),
            None => self.writer.escaped(&self.placed.comparison.rows[row].label),
        }
    }

    fn cell(&mut self, row: usize, side: usize) -> String {
        let places = self.placed.places.rows.get(row);
        let at = places.and_then(|it| Some(it.cells.get(side)?.start));
        match self.events(at) {
            Some(events) => self.writer.part(events),
            None => self.data_cell(row, side),
        }
    }

    fn values(&mut self, row: usize) -> String {
        let mut html = String::new();
        for side in 0..self.placed.comparison.rows[row].cells.len() {
            self.add_value(&mut html, row, side);
        }
        html
    }

    fn note(&mut self, label: &str) -> String {
        // The notes of a comparison that is data are its own, whatever the page calls so.
        let is_data = self.placed.cells.is_empty();
        let texts = self.writer.text.footnotes.get(label).filter(|_| !is_data);
        if let Some(events) = texts.and_then(|it| it.first()).cloned() {
            let html = self.writer.part(events.start + 1..events.end - 1);
            html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
        } else {
            let note = self.placed.comparison.notes.get(label);
            let text = note.map_or_else(String::new, |it| it.text.clone());
            self.writer.escaped(&text)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::build::{Cache, build};
    use crate::output::Content;
    use crate::path::Route;
    use crate::project::Project;

    /// The page of a note that holds nothing but a table.
    fn page(header: &str, rows: usize) -> String {
        let rows: String = (0..rows).map(|it| format!("| r{it} | 1 | 2 |\n")).collect();
        let note = format!("# A\n\n{header}\n|---|---|---|\n{rows}");
        let mut project = Project::default();
        project.insert("index.md", &note);
        let built = build(&project, &mut Cache::default());
        match built.value.get(&Route::new("index.html")) {
            Some(Content::Text(text)) => text.to_string(),
            other => panic!("the page is {other:?}"),
        }
    }

    #[test]
    fn a_page_loads_the_style_and_script_of_comparisons_if_it_holds_one_however_long() {
        for (header, rows, wanted) in [
            ("| | Research | Production |", 2, true),
            ("| | Research | Production |", 500, true),
            ("| | Left | Right |", 500, false),
        ] {
            let page = page(header, rows);
            assert_eq!(page.contains("is-long"), wanted && rows > 2);
            let mut files = page.split('"').filter(|it| it.contains("assets/compare."));
            let files = (files.next().is_some(), files.next().is_some());
            assert_eq!(files, (wanted, wanted), "{header} {rows}");
        }
    }
}
