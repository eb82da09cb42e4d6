//! Metadata in the text of a note, in the ways in which teams have long written it.
//!
//! Five conventions are read in place, none of which asks for front matter: a table of
//! two columns, a list of `Key: value`, lines of `Key: value`, bold keys with lists
//! below them, and sections named for what they say (`## Status`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::meta::Meta;
use super::schema::Reference;
use crate::diag::{Checked, Span};
use crate::path::FilePath;

mod block;
mod bullets;
mod entry;
mod lines;
mod sections;
mod table;

use block::{Block, blocks};
use entry::Entry;

/// What the text of a note says of the note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The metadata.
    pub meta: Meta,
    /// Where each field has its value, by its name as it is written: `last_updated`.
    pub places: BTreeMap<String, Range<usize>>,
    /// The other notes that it names.
    pub references: Vec<Reference>,
    /// Where it says the status.
    pub status: Option<Span>,
    /// The blocks that hold it and nothing else, at the top of the note. To show them
    /// as metadata, render these blocks: their links are not in `meta`.
    pub range: Option<Range<usize>>,
}

/// Reads the header of a note whose text begins at `body`.
pub fn read(file: &FilePath, text: &str, body: usize) -> Checked<Header> {
    let top = blocks(text, body..block::top_end(text, body));
    let (range, mut entries) = header(&top).unwrap_or_default();
    entries.extend(sections::entries(text, body, &entries));
    let mut header = Header::default();
    let mut told = Vec::new();
    for entry in &mut entries {
        // What an entity stands for can be longer than the entity.
        entry.range = text.floor_char_boundary(entry.range.start)
            ..text.ceil_char_boundary(entry.range.end);
        entry::assign(file, entry, &mut header, &mut told);
        let name = entry.key.replace(' ', "_");
        header.places.entry(name).or_insert_with(|| entry.range.clone());
    }
    if is_of_rust(&entries) && header.meta.status.is_none() {
        // A proposal of Rust's is in the tree once it is accepted, and says no status.
        header.meta.status = Some(super::status::Status::Accepted);
    }
    header.range = Some(range).filter(|it| !it.is_empty());
    Checked { value: header, diagnostics: told }
}

/// Whether a header is that of a proposal of Rust's: it names its pull request, or the
/// feature and the day on which it was begun.
fn is_of_rust(entries: &[Entry]) -> bool {
    let has = |key: &str| entries.iter().any(|it| it.key == key);
    has("rfc pr") || has("erfc pr") || has("feature name") && has("start date")
}

/// The blocks of the header, and what they say. It stands at the top, or below a title
/// and one other block: a licence in a comment, a sentence.
fn header(top: &[Block]) -> Option<(Range<usize>, Vec<Entry>)> {
    (0..top.len().min(3)).find_map(|at| {
        let rest = &top[at..];
        table::entries(rest)
            .or_else(|| bullets::entries(rest))
            .or_else(|| lines::entries(rest))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &Expect) {
        let read = read(&"a.md".into(), text, 0);
        let (meta, mut lines) = (&read.value.meta, Vec::new());
        let mut say = |name: &str, value: String| {
            if !value.is_empty() {
                lines.push(format!("{name}: {value}\n"));
            }
        };
        let day = |it: &Option<super::super::meta::Day>| {
            it.as_ref().map(|it| format!("{:?}", it.date)).unwrap_or_default()
        };
        say("id", meta.id.clone().unwrap_or_default());
        say("title", meta.title.clone().unwrap_or_default());
        say("status", meta.status.map_or("", |it| it.name()).to_owned());
        say("status_raw", meta.status_raw.clone().unwrap_or_default());
        say("status_note", meta.status_note.clone().unwrap_or_default());
        say("owners", meta.owners.join(" | "));
        say("reviewers", meta.reviewers.join(" | "));
        say("created", day(&meta.created));
        say("reviewed", day(&meta.reviewed));
        for link in &meta.links {
            say("link", format!("{} {}", link.name, link.target));
        }
        for (relation, id) in &meta.relations {
            say(relation.name(), id.clone());
        }
        for (key, value) in &meta.extra {
            say("extra", format!("{key} = {}", value.to_json()));
        }
        if let Some(range) = &read.value.range {
            say("range", format!("{range:?} of {}", text.len()));
        }
        for it in &read.diagnostics {
            say("told", format!("{} at {:?}", it.message, &text[it.span.range.clone()]));
        }
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn a_table_under_the_title_is_a_header() {
        check(
            "# Kernels\n\n| Status | Accepted |\n:--- | :---\n| **Author(s)** | Ann Li (a@x.org, X), Bo<br>Cy |\n\
             | | and Di |\n| **Sponsor** | [Ed](https://x.org/ed) |\n| **Updated** | 2018-06-04 |\n\
             | **RFC #** | [NNN](https://x.org/pull/1) |\n| **Obsoletes** | N/A |\n| **Mood** | *fine* |\n\ntext\n",
            &expect![[r#"
                status: accepted
                status_raw: Accepted
                owners: Ann Li (a@x.org, X) | Bo | Cy | Di
                reviewers: Ed
                reviewed: Some(2018-06-04)
                link: pr https://x.org/pull/1
                extra: Obsoletes = "N/A"
                extra: Mood = "fine"
                range: 11..267 of 274
            "#]],
        );
    }

    #[test]
    fn bullets_at_the_top_are_a_header() {
        check(
            "- Feature Name: `box_syntax`\n- Start Date: 23-07-2014\n\
             - RFC PR: [rust-lang/rfcs#3](https://x.org/pull/3)\n- Rust Issue: https://x.org/4\n\n# Summary\n",
            &expect![[r#"
                title: box_syntax
                status: accepted
                created: Some(2014-07-23)
                link: pr https://x.org/pull/3
                link: tracking https://x.org/4
                range: 0..134 of 146
                told: `23-07-2014` is not a date of the form YYYY-MM-DD at "23-07-2014"
            "#]],
        );
        check(
            "# Property wrappers\n\n* Proposal: [SE-0258](0258-property-wrappers.md)\n\
             * Authors: [Doug](https://x.org/d), [Joe](https://x.org/j)\n* Review Manager: [John](https://x.org)\n\
             * Status: **Implemented (Swift 5.1)**\n* Previous Proposal: [SE-0030](0030-x.md)\n\
             * Decision Notes: [Rationale](https://x.org/r)\n\n## Introduction\n",
            &expect![[r"
                id: SE-0258
                status: implemented
                status_raw: Implemented (Swift 5.1)
                status_note: Swift 5.1
                owners: Doug | Joe
                reviewers: John
                link: decision https://x.org/r
                supersedes: 0030-x.md
                range: 21..295 of 313
            "]],
        );
    }

    #[test]
    fn decision_records_say_it_in_lines_and_sections() {
        check(
            "# 7. Use Kafka\n\nDate: 2020-04-08\n\n## Status\n\n\
             Superseded by [ADR-0009](0009-x.md)\n\n## Context\n\nText.\n",
            &expect![[r"
                status: superseded
                status_raw: Superseded by ADR-0009
                status_note: by ADR-0009
                created: Some(2020-04-08)
                superseded_by: 0009-x.md
                range: 16..32 of 100
            "]],
        );
        check(
            "# Use X\n\n* Status: accepted\n* Deciders: Ann, Bo\n* Date: 2020-01-01\n\n## Context\n",
            &expect![[r#"
                status: accepted
                status_raw: accepted
                created: Some(2020-01-01)
                extra: Deciders = "Ann, Bo"
                range: 9..66 of 79
            "#]],
        );
        check(
            "# RFC\n\n**Authors:**\n* @ann\n* @bo\n\n## **Summary**\n",
            &expect![[r"
                owners: @ann | @bo
                range: 7..32 of 49
            "]],
        );
        check(
            "## Author(s)\n\n- @ann\n- @bo\n\n## Abstract\n",
            &expect![[r"
            owners: @ann | @bo
        "]],
        );
    }

    #[test]
    fn what_is_wrong_is_told_at_its_value() {
        check(
            "- Status: imlpemented\n- Date: 2023-14-05\n",
            &expect![[r#"
                status_raw: imlpemented
                created: Some(2023-05-14)
                range: 0..40 of 41
                told: `imlpemented` is no status that is known at "imlpemented"
                told: `2023-14-05` is not a date of the form YYYY-MM-DD at "2023-14-05"
            "#]],
        );
    }

    #[test]
    fn prose_is_no_header() {
        for text in [
            "# A\n\n- First: do this\n- Then: do that\n",
            "# A\n\nNote: this is prose.\n",
            "# A\n\n| Metric | Value |\n|---|---|\n| p99 | 3 |\n",
            "## Status\n\nWe have not begun to work on it, and it is long.\n",
            "# A\n\n- Status and more\n- Authors\n",
            "# A\n\nReview: we looked at it for long.\n",
            "# A\n\n```python\n# Status\naccepted = True\n```\n",
            "",
        ] {
            check(text, &expect![[""]]);
        }
    }

    proptest! {
        #[test]
        fn every_place_is_in_the_text(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "# A\n", "\n", "- ", "* ", "Status", "Date", ": ", "| ", "|--|--|\n",
                    "``é``", "&eacute;", "é", "**", "[x](", ")", "<br>", "(", "2023-14-05",
                    "Author(s)", "## Status\n", "> ", "\r\n", "superseded by ",
                ]),
                0..24,
            ),
        ) {
            let text = parts.concat();
            let read = read(&"a.md".into(), &text, 0);
            let told = read.diagnostics.iter().map(|it| &it.span);
            for span in told.chain(read.value.references.iter().map(|it| &it.span)) {
                prop_assert!(text.get(span.range.clone()).is_some(), "{:?}", span);
            }
            if let Some(range) = read.value.range {
                prop_assert!(text.get(range.clone()).is_some(), "{:?}", range);
            }
        }
    }
}
