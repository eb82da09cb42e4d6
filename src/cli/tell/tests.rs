use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::diag::{Rule, Span};
use crate::path::FilePath;

fn config() -> Config {
    Config { configured: true, ..Config::default() }
}

fn told(
    project: &Project,
    diagnostics: &[Diagnostic],
    form: Form,
    volume: Volume,
) -> String {
    let config = config();
    let report = Report::of(project, diagnostics, &config);
    let voice = Voice { form, volume, color: anstream::ColorChoice::Never };
    let mut out = anstream::StripStream::new(Vec::new());
    report.write(voice, &mut out).expect("a vector takes all");
    String::from_utf8(out.into_inner()).expect("it is text")
}

#[track_caller]
fn check(text: &str, diagnostics: &[Diagnostic], form: Form, expected: &Expect) {
    let mut project = Project::default();
    project.insert("a.md", text);
    expected.assert_eq(&told(&project, diagnostics, form, Volume::Normal));
}

/// A diagnostic whose span is the first place of a word.
fn fault(rule: Rule, text: &str, word: &str) -> Diagnostic {
    let start = text.find(word).expect("the word is there");
    let span = Span::new(&"a.md".into(), start..start + word.len());
    Diagnostic::new(rule, span, format!("`{word}` does not exist"))
}

const TEXT: &str = "# Größen\n\nSee [é](gone.md), and\n[more](lost.md).\n";

fn faults() -> Vec<Diagnostic> {
    let dead = fault(Rule::DeadLink, TEXT, "gone.md").hint("there is `gon.md`");
    let also = fault(Rule::DeadLink, TEXT, "# Größen").span;
    let skipped =
        fault(Rule::SkippedHeading, TEXT, "and\n[more]").also(also, "from here");
    let image = Span::new(&"b.png".into(), 3..9);
    let allowed = fault(Rule::MissingTitle, TEXT, "See");
    let image = Diagnostic::new(Rule::CaseCollision, image, "`b.png` and `B.png`");
    vec![image, skipped, dead, allowed]
}

#[test]
fn people_see_the_source_underlined() {
    check(
        TEXT,
        &faults(),
        Form::Human,
        &expect![[r"
            error[dead-link]: `gone.md` does not exist
             --> a.md:3:9
              |
            3 | See [é](gone.md), and
              |         ^^^^^^^
              |
              = help: there is `gon.md`

            warning[skipped-heading]: `and [more]` does not exist
             --> a.md:3:19
              |
            3 |   See [é](gone.md), and
              |  ___________________^
            4 | | [more](lost.md).
              | |______^
              |
             ::: a.md:1:1
              |
            1 |   # Größen
              |   -------- from here

            warning[case-collision]: `b.png` and `B.png`
            --> b.png

        "]],
    );
}

#[test]
fn editors_get_a_line_each() {
    check(
        TEXT,
        &faults(),
        Form::Short,
        &expect![[r"
            a.md:3:9: error[dead-link] `gone.md` does not exist
            a.md:3:19: warning[skipped-heading] `and [more]` does not exist
            b.png: warning[case-collision] `b.png` and `B.png`
        "]],
    );
}

#[test]
fn programs_get_every_field() {
    check(
        TEXT,
        &faults(),
        Form::Json,
        &expect![[r#"
        {"severity":"error","rule":"dead-link","file":"a.md","line":3,"column":9,"end":{"line":3,"column":16},"message":"`gone.md` does not exist","hints":["there is `gon.md`"],"also":[],"url":"https://diptych-docs.github.io/diptych/rules/dead-link/"}
        {"severity":"warning","rule":"skipped-heading","file":"a.md","line":3,"column":19,"end":{"line":4,"column":7},"message":"`and\n[more]` does not exist","hints":[],"also":[{"file":"a.md","line":1,"column":1,"end":{"line":1,"column":9},"message":"from here"}],"url":"https://diptych-docs.github.io/diptych/rules/skipped-heading/"}
        {"severity":"warning","rule":"case-collision","file":"b.png","line":null,"column":null,"end":null,"message":"`b.png` and `B.png`","hints":[],"also":[],"url":"https://diptych-docs.github.io/diptych/rules/case-collision/"}
    "#]],
    );
}

#[test]
fn a_long_line_is_cut_and_its_column_is_not() {
    let text = format!("{}[a](gone.md){}", "é".repeat(2_000), "x".repeat(2_000));
    check(
        &text,
        &[fault(Rule::DeadLink, &text, "gone.md")],
        Form::Human,
        &expect![[r"
            error[dead-link]: `gone.md` does not exist
             --> a.md:1:2005
              |
             ::: 
            1 | ...ééééééééééééééééééééééééééééééééééééééééééééééééééééééééé[a](gone.md)xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
              |                                                                 ^^^^^^^

        "]],
    );
}

#[test]
fn a_tall_span_shows_where_it_begins() {
    let text = "first\n".repeat(20);
    let span = Span::new(&"a.md".into(), 0..text.len());
    let fault = Diagnostic::new(Rule::BadSyntax, span, "this never closes");
    check(
        &text,
        &[fault],
        Form::Human,
        &expect![[r"
        error[bad-syntax]: this never closes
         --> a.md:1:1
          |
        1 | first
          | ^^^^^

    "]],
    );
}

#[test]
fn what_a_terminal_would_obey_is_not_written() {
    let text = "\x1b[2J\x07";
    let fault = fault(Rule::DeadLink, text, "\x1b[2J");
    let mut project = Project::default();
    project.insert("a.md", text);
    for form in [Form::Human, Form::Short, Form::Json] {
        let told = told(&project, std::slice::from_ref(&fault), form, Volume::Normal);
        assert!(!told.contains(['\x1b', '\x07']), "{told:?}");
    }
}

#[test]
fn a_hundred_of_one_rule_are_counted_and_with_verbose_shown() {
    let text = "word ".repeat(100);
    let fault = |at: usize| {
        let span = Span::new(&"a.md".into(), at * 5..at * 5 + 4);
        Diagnostic::new(Rule::DeadLink, span, "no such word")
    };
    let faults: Vec<Diagnostic> = (0..100).map(fault).collect();
    let mut project = Project::default();
    project.insert("a.md", &text);
    let count = |form, volume| {
        let told = told(&project, &faults, form, volume);
        (told.matches("no such word").count(), told.contains("and 50 more errors"))
    };
    assert_eq!(count(Form::Human, Volume::Normal), (50, true));
    assert_eq!(count(Form::Human, Volume::Verbose), (100, false));
    assert_eq!(count(Form::Short, Volume::Normal), (100, false));
    assert_eq!(count(Form::Json, Volume::Normal), (100, false));
}

#[test]
fn the_quiet_hear_errors_alone() {
    let mut project = Project::default();
    project.insert("a.md", TEXT);
    let told = told(&project, &faults(), Form::Short, Volume::Quiet);
    assert_eq!(told, "a.md:3:9: error[dead-link] `gone.md` does not exist\n");
}

#[test]
fn a_tally_counts_what_is_told() {
    let project = Project::default();
    let diagnostics = faults();
    let tally = Report::of(&project, &diagnostics, &config()).tally();
    assert_eq!(tally.to_string(), "1 error, 2 warnings in 2 files");
    let none = Report::of(&project, &[], &config()).tally();
    assert_eq!(none.to_string(), "no errors, no warnings");
}

proptest! {
    #[test]
    fn any_span_of_any_text_can_be_told(
        text in "([a-zé日 \t]|\r\n|\n|\u{0}|\u{200d}|🦀|\u{1b}){0,40}",
        spans in proptest::collection::vec((0_usize..90, 0_usize..90), 1..4),
    ) {
        let mut project = Project::default();
        project.insert("a.md", &text);
        let file = FilePath::from("a.md");
        #[expect(clippy::reversed_empty_ranges, reason = "even those")]
        let turned = 9..3;
        let span = |(start, len): &(usize, usize)| Span::new(&file, *start..start + len);
        let mut fault = Diagnostic::new(Rule::DeadLink, span(&spans[0]), "dead");
        for other in &spans {
            fault = fault.also(span(other), "other");
        }
        let turned = Diagnostic::new(Rule::DeadLink, Span::new(&file, turned), "turned");
        for form in [Form::Human, Form::Short, Form::Json] {
            told(&project, &[fault.clone(), turned.clone()], form, Volume::Verbose);
        }
    }

    #[test]
    fn a_place_is_where_an_editor_has_it(text in "[aé🦀\n]{0,30}", offset in 0_usize..60) {
        let mut project = Project::default();
        project.insert("a.md", &text);
        let sources = Sources::of(&project, project.texts.keys());
        let lines = sources.lines(&"a.md".into()).expect("it is a text");
        // Asked before, so that counting goes on from somewhere.
        lines.place(offset / 2);
        let place = lines.place(offset);
        let before = &text[..text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        prop_assert_eq!(place, Place { line, column });
    }
}
