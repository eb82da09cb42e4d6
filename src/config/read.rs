//! The configuration read from the text of `book.toml`.

use std::collections::BTreeMap;

use super::{
    Autolink, Book, Build, Config, Links, Markdown, Pattern, RawHtml, Rewrite, Search,
    Site, TextDirection, Theme, mdbook, vocabulary,
};
use crate::diag::nearest::nearest;
use crate::diag::rule::{Rule, Severity};
use crate::diag::{Checked, Diagnostic};
use crate::path::FilePath;
use crate::value::complaint::no_toml;
use crate::value::{self, Choice, Fields, Format, Value};

/// Reads the text of `book.toml`, if there is one.
///
/// What it says wrongly is told where it stands, and keeps its default.
pub fn parse(text: Option<&str>, file: &FilePath) -> Checked<Config> {
    let Some(text) = text else { return Checked::fine(Config::default()) };
    let mut told = Vec::new();
    let mut config = Config { configured: true, ..Config::default() };
    match value::parse(Format::Toml, text, 0) {
        Ok(value) => read(&mut config, Fields::new(file, &value), &mut told),
        Err(fault) => told.push(no_toml(file, fault)),
    }
    Checked { value: config, diagnostics: told }
}

fn read(config: &mut Config, mut top: Fields<'_>, told: &mut Vec<Diagnostic>) {
    let mut foreign = Vec::new();
    mdbook::output(config, &mut top, &mut foreign, told);
    if let Some(fields) = top.table("book") {
        config.book = book(fields, &mut foreign, told);
    }
    if let Some(fields) = top.table("build") {
        config.build = build(fields, config.book.src.as_ref(), &mut foreign, told);
    }
    if let Some(fields) = top.table("site") {
        site(&mut config.site, fields, told);
    }
    if let Some(fields) = top.table("theme") {
        theme(&mut config.theme, fields, told);
    }
    if let Some(fields) = top.table("search") {
        search(&mut config.search, fields, told);
    }
    if let Some(fields) = top.table("markdown") {
        markdown(&mut config.markdown, fields, told);
    }
    if let Some(fields) = top.table("links") {
        config.links = links(fields, told);
    }
    vocabulary::words(config, &mut top, told);
    if let Some(value) = top.get("diagnostics") {
        config.levels = levels(&top, value, told);
    }
    mdbook::tell(&mut top, foreign);
    top.rest(told);
}

fn theme(theme: &mut Theme, mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) {
    if let Some(name) = fields.string("name") {
        theme.name = name;
    }
    let scripts = &mut theme.scripts;
    let switches = [
        ("contents", &mut scripts.contents),
        ("copy", &mut scripts.copy),
        ("footnotes", &mut scripts.footnotes),
        ("previews", &mut scripts.previews),
        ("zoom", &mut scripts.zoom),
        ("details", &mut scripts.details),
        ("keys", &mut scripts.keys),
        ("notes", &mut scripts.notes),
        ("compare", &mut scripts.compare),
    ];
    for (name, switch) in switches {
        *switch = fields.bool(name).unwrap_or(*switch);
    }
    fields.rest(told);
}

fn book(
    mut fields: Fields<'_>,
    foreign: &mut Vec<mdbook::Foreign>,
    told: &mut Vec<Diagnostic>,
) -> Book {
    let default = Book::default();
    mdbook::leave(&mut fields, "book", &["multilingual"], foreign);
    let book = Book {
        title: fields.string("title").filter(|it| !it.is_empty()),
        description: fields.string("description").filter(|it| !it.is_empty()),
        authors: fields.texts("authors").unwrap_or_default(),
        language: fields.string("language").unwrap_or(default.language),
        text_direction: fields.choice("text-direction"),
        src: folder(&mut fields, "src"),
    };
    fields.rest(told);
    book
}

fn build(
    mut fields: Fields<'_>,
    src: Option<&FilePath>,
    foreign: &mut Vec<mdbook::Foreign>,
    told: &mut Vec<Diagnostic>,
) -> Build {
    let ours = ["create-missing", "use-default-preprocessors", "extra-watch-dirs"];
    mdbook::leave(&mut fields, "build", &ours, foreign);
    let mut build = Config::default().build;
    if let Some(output) = folder(&mut fields, "build-dir") {
        let root = FilePath::default();
        match output_fault(src.unwrap_or(&root), &output) {
            None => build.output = output,
            Some(fault) => refuse(&mut fields, "build-dir", fault),
        }
    }
    build.drafts = fields.bool("drafts").unwrap_or(build.drafts);
    fields.rest(told);
    build
}

/// Why a site of the notes in `src` cannot be written to `output`, if it cannot.
pub fn output_fault(src: &FilePath, output: &FilePath) -> Option<&'static str> {
    let root = src.as_str().is_empty();
    match () {
        () if output.as_str().is_empty() => {
            Some("the site cannot be written over the project's own root")
        }
        () if src.below(output).is_some() => {
            Some("the site cannot be written over the folder of the notes")
        }
        () if !root && output.below(src).is_some() => {
            Some("the site cannot be written among the notes")
        }
        () => None,
    }
}

/// A folder of the project.
fn folder(fields: &mut Fields<'_>, name: &'static str) -> Option<FilePath> {
    let text = fields.text(name)?.replace('\\', "/");
    let absolute = text.starts_with('/') || text.split('/').any(|it| it.ends_with(':'));
    let folder = FilePath::default().join(&text).filter(|_| !absolute);
    if folder.is_none() {
        refuse(fields, name, "the folder lies outside of the project");
    }
    folder
}

fn refuse(fields: &mut Fields<'_>, name: &'static str, fault: &str) {
    if let Some(value) = fields.get(name) {
        let span = fields.span(value);
        let told = Diagnostic::new(Rule::BadValue, span, fault);
        fields.tell(told.hint(format!("name another folder in `{name}`")));
    }
}

fn site(site: &mut Site, mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) {
    if let Some(text) = fields.string("base-url").filter(|it| !it.is_empty()) {
        match base_url(&text) {
            Ok(url) => site.base_url = Some(url),
            Err(fault) => {
                let value = fields.get("base-url").expect("it has just been read");
                let told = Diagnostic::new(Rule::BadValue, fields.span(value), fault);
                let hint =
                    "write the address of the site's root: `https://org.github.io/repo/`";
                fields.tell(told.hint(hint));
            }
        }
    }
    let repository = fields.string("repository").filter(|it| !it.is_empty());
    site.repository = repository.or(site.repository.take());
    site.cname = fields.string("cname").or(site.cname.take());
    fields.rest(told);
}

/// The address of a site's root, with a slash at its end, or why it is none.
pub fn base_url(text: &str) -> Result<String, &'static str> {
    let rest = ["https://", "http://"].iter().find_map(|it| text.strip_prefix(it));
    let Some(rest) = rest else {
        return Err("the address of a site begins with `https://` or `http://`");
    };
    if rest.is_empty() || rest.starts_with(['/', ':']) {
        return Err("the address names no host");
    }
    if text.contains(['?', '#', '<', '>', '"', '\\'])
        || text.contains(char::is_whitespace)
    {
        return Err("the address of a root holds no `?`, `#`, quote, bracket or space");
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

fn search(search: &mut Search, mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) {
    search.enabled = fields.bool("enabled").unwrap_or(search.enabled);
    search.mark = fields.bool("mark").unwrap_or(search.mark);
    fields.rest(told);
}

fn markdown(markdown: &mut Markdown, mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) {
    let mut set = |name, to: &mut bool| *to = fields.bool(name).unwrap_or(*to);
    set("smart-punctuation", &mut markdown.smart_punctuation);
    set("math", &mut markdown.math);
    set("wikilinks", &mut markdown.wikilinks);
    set("hard-breaks", &mut markdown.hard_breaks);
    markdown.raw_html = fields.choice("raw-html").unwrap_or(markdown.raw_html);
    fields.rest(told);
}

fn links(mut fields: Fields<'_>, told: &mut Vec<Diagnostic>) -> Links {
    let mut links = Links::default();
    for mut entry in fields.tables("autolink") {
        let (pattern, note) = (pattern(&mut entry, "pattern"), entry.string("note"));
        if let (Some(pattern), Some(note)) = (pattern, note) {
            links.autolink.push(Autolink { pattern, note });
        }
        entry.rest(told);
    }
    for mut entry in fields.tables("rewrite") {
        let (from, to) = (pattern(&mut entry, "from"), entry.string("to"));
        if let (Some(from), Some(to)) = (from, to) {
            links.rewrite.push(Rewrite { from, to });
        }
        entry.rest(told);
    }
    fields.rest(told);
    links
}

fn pattern(fields: &mut Fields<'_>, name: &'static str) -> Option<Pattern> {
    let value = fields.get(name)?;
    match Pattern::new(value.text()?) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let message = format!("this is no regular expression: {error}");
            fields.tell(Diagnostic::new(Rule::BadValue, fields.span(value), message));
            None
        }
    }
}

fn levels(
    top: &Fields<'_>,
    value: &Value,
    told: &mut Vec<Diagnostic>,
) -> BTreeMap<Rule, Option<Severity>> {
    let mut levels = BTreeMap::new();
    let mut fields = top.inner(value);
    for rule in Rule::ALL {
        if let Some(Weight(level)) = fields.choice(rule.id()) {
            levels.insert(*rule, level);
        }
    }
    for (key, _) in fields.others(told) {
        let message = format!("there is no rule `{}`", key.text);
        let span = top.span_of(key);
        let unknown = Diagnostic::new(Rule::UnknownField, span, message);
        let meant = nearest(&key.text, Rule::ALL.iter().map(|it| it.id()));
        told.push(match meant {
            Some(meant) => unknown.hint(format!("write `{meant}`")),
            None => unknown,
        });
    }
    levels
}

/// What a rule weighs, as `[diagnostics]` says it.
#[derive(Clone, Copy)]
struct Weight(Option<Severity>);

impl Choice for Weight {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("error", Self(Some(Severity::Error))),
        ("warn", Self(Some(Severity::Warning))),
        ("allow", Self(None)),
    ];
}

impl Choice for TextDirection {
    const WORDS: &'static [(&'static str, Self)] =
        &[("ltr", Self::Ltr), ("rtl", Self::Rtl)];
}

impl Choice for RawHtml {
    const WORDS: &'static [(&'static str, Self)] =
        &[("safe", Self::Safe), ("allow", Self::Allow), ("escape", Self::Escape)];
}
