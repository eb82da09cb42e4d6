//! The configuration: what `book.toml` says, and the defaults of what it does not.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::Serialize;

use crate::diag::rule::{Level, Rule, Severity};
use crate::path::FilePath;

mod default;
mod direction;
mod glossary;
mod history;
mod mdbook;
mod pattern;
mod read;
mod system;
mod vocabulary;

pub use direction::TextDirection;
pub use glossary::Glossary;
pub use history::History;
pub use pattern::Pattern;
pub use read::{base_url, output_fault, parse};
pub use system::{Component, System};

/// What `book.toml` says; every option has a default.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// Whether there is a `book.toml`: a foreign folder is judged less strictly.
    pub configured: bool,
    /// `[book]`.
    pub book: Book,
    /// `[build]`.
    pub build: Build,
    /// `[site]`.
    pub site: Site,
    /// `[theme]`.
    pub theme: Theme,
    /// `[search]`.
    pub search: Search,
    /// `[markdown]`.
    pub markdown: Markdown,
    /// `[links]`.
    pub links: Links,
    /// `[compare]`.
    pub compare: Compare,
    /// `[system]`.
    pub system: System,
    /// `[glossary]`.
    pub glossary: Glossary,
    /// `[history]`.
    pub history: History,
    /// `[diagnostics]`: what each rule weighs here, where that is said.
    pub levels: BTreeMap<Rule, Option<Severity>>,
}

/// What the site is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Book {
    /// Its title.
    pub title: Option<String>,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// Who writes it.
    pub authors: Vec<String>,
    /// The language of its notes, as BCP 47 names it.
    pub language: String,
    /// Which way its text runs, where that is said; else its language says it.
    pub text_direction: Option<TextDirection>,
    /// The folder of the notes; where none is said, the first of `content`, `src`,
    /// `docs` and the root that holds Markdown.
    pub src: Option<FilePath>,
}

/// How the site is built.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Build {
    /// The folder that the site is written to.
    pub output: FilePath,
    /// Whether drafts are published.
    pub drafts: bool,
}

/// Where the site and its sources are on the web.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Site {
    /// The address of its root, with a slash at the end.
    pub base_url: Option<String>,
    /// The path of its root where only that is known (mdBook's `site-url`).
    pub path: Option<String>,
    /// The repository of its sources.
    pub repository: Option<String>,
    /// Where in the repository the project lies, as version control knows it.
    pub folder: FilePath,
    /// The domain that GitHub Pages serves it on.
    pub cname: Option<String>,
    /// Addresses that lead to others, as they are written.
    pub redirects: BTreeMap<String, String>,
}

/// How the site looks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Theme {
    /// A folder of `themes/`, whose files go over those of the built-in theme.
    pub name: String,
    /// The scripts that pages load.
    pub scripts: Scripts,
}

/// The scripts that pages load where they have use for them; no page needs one to be
/// read.
#[expect(clippy::struct_excessive_bools, reason = "each is a script, loaded or not")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Scripts {
    /// The contents of a page follow the scroll.
    pub contents: bool,
    /// A button on code that copies it.
    pub copy: bool,
    /// Footnotes are shown beside the numbers that refer to them.
    pub footnotes: bool,
    /// What a link leads to is shown beside it.
    pub previews: bool,
    /// Images can be shown larger.
    pub zoom: bool,
    /// What is folded opens when a link leads inside.
    pub details: bool,
    /// Keys to get about with, and a list of them on `?`.
    pub keys: bool,
    /// Lists of notes can be sorted and filtered.
    pub notes: bool,
    /// Comparisons can be sorted by a column.
    pub compare: bool,
}

/// What the search on the pages does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Search {
    /// Whether there is one.
    pub enabled: bool,
    /// Whether the words that were looked for are marked on the page that is opened.
    pub mark: bool,
}

/// How Markdown is read.
#[expect(clippy::struct_excessive_bools, reason = "each is an extension, on or off")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Markdown {
    /// Whether straight quotes, `--` and `...` become typographic.
    pub smart_punctuation: bool,
    /// Whether `$…$` is math.
    pub math: bool,
    /// Whether `[[…]]` is a link.
    pub wikilinks: bool,
    /// Whether each line break in a paragraph is one on the page.
    pub hard_breaks: bool,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
}

/// What becomes of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// What cannot run a script or load a page is kept.
    Safe,
    /// All of it is kept.
    Allow,
    /// All of it is shown as text.
    Escape,
}

/// Links that are not written as such.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Links {
    /// Ids in prose that become links.
    pub autolink: Vec<Autolink>,
    /// Addresses that are written in another way than they are reached.
    pub rewrite: Vec<Rewrite>,
}

/// Ids in prose that become links: `RFC 2119`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Autolink {
    /// What such an id looks like.
    pub pattern: Pattern,
    /// The id of the note that is meant, with `$1` for what the pattern caught.
    pub note: String,
}

/// Link targets to replace before they are resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rewrite {
    /// What such a target looks like.
    pub from: Pattern,
    /// What it becomes, with `$1` for what the pattern caught.
    pub to: String,
}

/// What comparisons mean here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Compare {
    /// Header words that make a table a comparison.
    pub sides: Vec<String>,
    /// Ordinal scales, each from its lowest word to its highest.
    pub scales: BTreeMap<String, Vec<String>>,
    /// The metrics that rows may name.
    pub metrics: Vec<Metric>,
    /// What a dash or an empty cell means.
    pub dash: Dash,
}

/// A metric that comparison rows may name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Metric {
    /// Its id.
    pub id: String,
    /// What it is called; its id where nothing is said.
    pub label: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Which way it is better.
    pub direction: Option<Direction>,
    /// What must hold for it: `<= 200`.
    pub gate: Option<Limit>,
}

/// A limit as it is written, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// The text.
    pub text: String,
    /// Its place in `book.toml`.
    pub range: Range<usize>,
}

impl Hash for Limit {
    /// A limit that has only moved in its file changes nothing.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Which way a number is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Lower is better.
    Lower,
    /// Higher is better.
    Higher,
    /// Near a target is better.
    Target,
    /// Neither is better.
    None,
}

/// What a dash or an empty cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Nobody said.
    Unknown,
    /// It was not measured.
    NotMeasured,
    /// There is nothing to measure.
    NotApplicable,
}

impl Config {
    /// What a broken rule weighs; `None` where it is not told.
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        if let Some(level) = self.levels.get(&rule) {
            return *level;
        }
        match rule.level() {
            Level::Error => Some(Severity::Error),
            Level::Strict if self.configured => Some(Severity::Error),
            Level::Strict | Level::Warn => Some(Severity::Warning),
            Level::Allow => None,
        }
    }

    /// The title of the site.
    pub fn title(&self) -> &str {
        self.book.title.as_deref().unwrap_or("Notes")
    }

    /// The path under which a server shows the site: `/` or `/repo/`.
    pub fn base_path(&self) -> &str {
        let url = self.site.base_url.as_deref().and_then(|it| it.split_once("://"));
        match url {
            Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => self.site.path.as_deref().unwrap_or("/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn config(text: &str) -> Config {
        let read = parse(Some(text), &"book.toml".into());
        assert_eq!(read.diagnostics, []);
        read.value
    }

    #[track_caller]
    fn check_told(text: &str, expect: &Expect) {
        let mut read = parse(Some(text), &"book.toml".into());
        read.diagnostics.sort();
        let lines = read.diagnostics.iter().map(|it| {
            let place = text[it.span.range.clone()].lines().next().unwrap_or_default();
            let said =
                [std::slice::from_ref(&it.message), &it.hints].concat().join(" | ");
            format!("{} {place}: {said}\n", it.rule.id())
        });
        expect.assert_eq(&lines.collect::<String>());
        let levels = BTreeMap::new();
        assert_eq!(
            Config { levels, ..read.value },
            Config { configured: true, ..Config::default() },
            "what is wrong keeps its default"
        );
    }

    #[test]
    fn a_folder_without_configuration_is_judged_less_strictly() {
        let foreign = parse(None, &"book.toml".into()).value;
        assert_eq!(foreign, Config::default());
        assert_eq!(foreign.severity(Rule::DeadLink), Some(Severity::Warning));
        assert_eq!(config("").severity(Rule::DeadLink), Some(Severity::Error));
        let weighed =
            config("[diagnostics]\ndead-link = \"allow\"\nempty-note = 'error'");
        assert_eq!(weighed.severity(Rule::DeadLink), None);
        assert_eq!(weighed.severity(Rule::EmptyNote), Some(Severity::Error));
    }

    #[test]
    fn every_key_of_the_manual_is_read() {
        let config = config(
            r#"
[book]
title = "Notes"
description = "About"
authors = ["Ann", "Bo"]
language = "he-IL"
src = "content"
[build]
build-dir = "out"
drafts = true
[site]
base-url = "https://org.github.io/repo"
repository = "https://github.com/org/repo"
[theme]
name = "plain"
[markdown]
smart-punctuation = true
math = false
wikilinks = false
hard-breaks = true
raw-html = "escape"
[links]
autolink = [{ pattern = 'RFC (\d+)', note = "rfc-$1" }]
rewrite = [{ from = "^/old/", to = "/" }]
[compare]
sides = ["A", "B", "C"]
scales = { effort = "low<high", quality = ["poor", "good"] }
metrics = [{ id = "p99", unit = "ms", direction = "lower", gate = "<= 200" }]
dash = "not-applicable"
[system]
components = ["data", { id = "life-cycle", facets = ["monitor"] }]
"#,
        );
        assert_eq!(config.base_path(), "/repo/");
        assert_eq!(config.book.direction(), TextDirection::Rtl);
        assert_eq!(config.build.output.as_str(), "out");
        assert_eq!(config.book.src.as_ref().map(FilePath::as_str), Some("content"));
        assert!(config.links.autolink[0].pattern.regex().is_match("RFC 2119"));
        assert_eq!(config.compare.scales["effort"], ["low", "high"]);
        assert_eq!(config.compare.metrics[0].direction, Some(Direction::Lower));
        assert_eq!(config.compare.metrics[0].label, "p99");
        assert_eq!(config.compare.dash, Dash::NotApplicable);
        assert_eq!(config.system.components[1].label, "Life cycle");
        assert_eq!(config.markdown.raw_html, RawHtml::Escape);
    }

    #[test]
    fn an_mdbook_is_a_project() {
        let text = "[book]\ntitle = 'B'\nmultilingual = false\nsrc = 'src'\n\
            [rust]\nedition = '2021'\n[build]\ncreate-missing = false\n\
            [output.html]\nsite-url = '/book/'\ngit-repository-url = 'https://x.org'\n\
            smart-punctuation = true\nadditional-css = ['a.css']\n\
            [output.html.redirect]\n'/a.html' = 'b.html'\n\
            [output.html.search]\nlimit-results = 3\n[preprocessor.mermaid]\n";
        let read = parse(Some(text), &"book.toml".into());
        assert_eq!(read.value.base_path(), "/book/");
        assert_eq!(read.value.site.repository.as_deref(), Some("https://x.org"));
        assert_eq!(read.value.site.redirects["/a.html"], "b.html");
        assert!(read.value.markdown.smart_punctuation);
        let told: Vec<&str> = read.diagnostics.iter().map(|it| &*it.message).collect();
        assert_eq!(
            told,
            ["this has no effect here: `book.multilingual`, `rust`, \
              `build.create-missing`, `output.html.additional-css`, \
              `output.html.search`, `preprocessor.mermaid`"]
        );
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        check_told(
            r#"
[bok]
[book]
title = ["x"]
src = "../elsewhere"
[build]
build-dir = "."
drafts = "yes"
[site]
base-url = "org.github.io"
[markdown]
raw-html = "save"
[links]
autolink = [{ pattern = "(", note = "x" }]
[compare]
scales = { one = ["x"] }
metrics = [{ unit = "ms" }]
[diagnostics]
dead-lnik = "error"
dead-link = "fatal"
"#,
            &expect![[r#"
                unknown-field bok: nothing reads the field `bok` | write `book`
                bad-value ["x"]: text is expected here, not a list
                bad-value "../elsewhere": the folder lies outside of the project | name another folder in `src`
                bad-value ".": the site cannot be written over the project's own root | name another folder in `build-dir`
                bad-value "yes": `true` or `false` is expected here, not `yes`
                bad-value "org.github.io": the address of a site begins with `https://` or `http://` | write the address of the site's root: `https://org.github.io/repo/`
                bad-value "save": one of `safe`, `allow`, `escape` is expected here, not `save` | write `safe`
                bad-value "(": this is no regular expression: unclosed group
                bad-value ["x"]: the scale `one` has fewer than two words | write them from the lowest: `["poor", "good"]`
                bad-value { unit = "ms" }: the field `id` is missing here
                unknown-field dead-lnik: there is no rule `dead-lnik` | write `dead-link`
                bad-value "fatal": one of `error`, `warn`, `allow` is expected here, not `fatal`
            "#]],
        );
    }

    #[test]
    fn a_text_that_is_no_toml_is_told_at_its_place() {
        check_told(
            "[book\ntitle = 1\n",
            &expect![[r"
            bad-syntax : this is not TOML: unclosed table, expected `]`
        "]],
        );
    }

    #[test]
    fn the_site_is_never_written_over_its_sources() {
        let fault = |src: &str, output: &str| output_fault(&src.into(), &output.into());
        assert!(fault("content", "").is_some());
        assert!(fault("content", "content").is_some());
        assert!(fault("content", "content/public").is_some());
        assert!(fault("docs/content", "docs").is_some());
        assert!(fault("content", "public").is_none());
        assert!(fault("", "public").is_none());
    }

    #[test]
    fn a_base_url_is_one_of_the_web() {
        assert_eq!(base_url("http://x.org/a/").as_deref(), Ok("http://x.org/a/"));
        for bad in ["x.org", "https://", "https:///a", "ftp://x.org", "https://x.org/?a"]
        {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }
}
