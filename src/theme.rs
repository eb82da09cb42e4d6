//! The templates that make pages, and the files that go with them.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::config::{Config, Scripts, TextDirection};
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::html::Html;
use crate::memo::Digest;
use crate::output::Content;
use crate::path::{FilePath, Route};
use crate::project::Project;
use crate::view::View;
use crate::view::comparison::ComparisonView;
use crate::view::scorecard::ScorecardView;

pub mod files;
pub mod reference;
mod sheet;
mod words;

use files::{File, Files, GROUND, built_in, gather};

/// The templates that make pages, and the files that go with them.
pub struct Theme {
    tera: Tera,
    /// What stands for the theme: equal digests, equal pages for equal views.
    pub digest: Digest,
    /// What stands for the templates of blocks and the words that they use.
    pub blocks: Digest,
    /// The words of the interface.
    pub words: BTreeMap<String, String>,
    /// Style sheets and scripts, each under a name that changes with its content.
    pub assets: BTreeMap<Route, Content>,
    /// Where each file lies, by its name.
    places: BTreeMap<String, FilePath>,
}

/// As many bytes as a page seldom has around its text.
const FRAME: usize = 16 * 1024;

/// What is the same on all pages: title of the site, language, words of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Face {
    /// The title of the site.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Its language, as BCP 47 names it.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The absolute address of its root, with a slash at the end; empty if unknown.
    pub base_url: String,
    /// The address of its repository; empty if there is none.
    pub repository: String,
    /// Whether the pages have a search.
    pub search: bool,
    /// The scripts that pages load where they have use for them.
    pub scripts: Scripts,
    /// The words of the interface in its language.
    pub words: BTreeMap<String, String>,
    /// Where each file of the theme is, below the site's root, by its name.
    pub assets: BTreeMap<String, String>,
}

impl Theme {
    /// What stands for all that a theme is loaded from: equal digests, equal themes.
    pub fn seen(project: &Project, config: &Config) -> Digest {
        let themes = FilePath::from("themes");
        let own = project.files.keys().filter(|it| it.below(&themes).is_some());
        let own: Vec<(&FilePath, Option<Digest>)> =
            own.map(|it| (it, project.texts.get(it).map(|it| it.digest))).collect();
        Digest::of(&(own, config))
    }

    /// Loads the theme that a project asks for: its own files over the built-in ones.
    pub fn load(project: &Project, config: &Config) -> Checked<Theme> {
        let mut told = Vec::new();
        let files = gather(project, config, &mut told);
        let mut digests: Vec<(&String, Digest)> = Vec::new();
        for (name, file) in &files {
            digests.push((name, Digest::of_bytes(file.bytes())));
        }
        let digest = Digest::of(&digests);
        let (assets, names) = assets(&files);
        let words = words::of(&files, &config.book.language, &mut told);
        let places =
            files.iter().map(|(name, file)| (name.clone(), file.place(name))).collect();
        let face = face(config, words.clone(), names);
        let digest = Digest::of(&(digest, &face));
        let of_blocks: Vec<_> =
            digests.iter().filter(|(it, _)| it.starts_with("blocks/")).collect();
        let blocks = Digest::of(&(of_blocks, &face.words));
        let tera = Tera::default();
        let mut theme = Theme { tera, digest, blocks, words, assets, places };
        theme.add_templates(&files, &face, &mut told);
        Checked { value: theme, diagnostics: told }
    }

    fn add_templates(
        &mut self,
        files: &Files<'_>,
        face: &Face,
        told: &mut Vec<Diagnostic>,
    ) {
        self.tera.autoescape_on(vec![".html", ".xml"]);
        self.tera.global_context().insert("site", face);
        let mut templates: Vec<(&str, &str)> = Vec::new();
        for (name, file) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            templates.push((name, file.text()));
        }
        let Err(error) = self.tera.add_raw_templates(templates) else { return };
        told.push(self.fault(&error));
        // Pages are still made, with the built-in templates.
        let built_in =
            built_in(GROUND).into_iter().filter(|(name, _)| name.ends_with(".html"));
        let texts: Vec<(String, String)> =
            built_in.map(|(name, file)| (name, file.text().to_owned())).collect();
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".xml"]);
        tera.global_context().insert("site", face);
        if tera.add_raw_templates(texts.iter().map(|(a, b)| (&**a, &**b))).is_ok() {
            self.tera = tera;
        }
    }

    /// Makes a page.
    pub fn page(&self, view: &View, html: &Html) -> Checked<String> {
        let mut context = Context::new();
        context.insert("page", view);
        context.insert_value("heading", Value::safe_string(&html.heading));
        context.insert("uses", &html.uses);
        context.insert_value("text", Value::safe_string(&html.text));
        let mut page = Vec::with_capacity(html.text.len() + FRAME);
        match self.tera.render_to(&view.kind.template(), &context, &mut page) {
            Ok(()) => Checked::fine(String::from_utf8(page).unwrap_or_default()),
            Err(error) => {
                Checked { value: String::new(), diagnostics: vec![self.fault(&error)] }
            }
        }
    }

    /// Makes the HTML of a comparison.
    pub fn comparison(&self, view: &ComparisonView) -> Checked<String> {
        self.block("blocks/compare.html", "comparison", view)
    }

    /// Makes the HTML of the answers to a rubric.
    pub fn scorecard(&self, view: &ScorecardView) -> Checked<String> {
        self.block("blocks/scorecard.html", "scorecard", view)
    }

    fn block(
        &self,
        template: &str,
        name: &str,
        view: &impl Serialize,
    ) -> Checked<String> {
        let mut context = Context::new();
        context.insert(name.to_owned(), view);
        match self.tera.render(template, &context) {
            Ok(html) => Checked::fine(html),
            Err(error) => {
                Checked { value: String::new(), diagnostics: vec![self.fault(&error)] }
            }
        }
    }

    /// What is wrong with a template, at its place in the theme's file.
    fn fault(&self, error: &tera::Error) -> Diagnostic {
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) =
            error.kind()
        else {
            let nowhere = Span::new(&FilePath::from("book.toml"), 0..0);
            return Diagnostic::new(Rule::BadTemplate, nowhere, error.to_string());
        };
        let name = report.filename();
        let unknown = FilePath::new(format!("themes/{GROUND}/{name}"));
        let file = self.places.get(name).unwrap_or(&unknown);
        let span = Span::new(file, report.span().range.clone());
        Diagnostic::new(Rule::BadTemplate, span, report.message())
    }
}

/// The files that pages refer to, and for each the place where it is.
fn assets(files: &Files<'_>) -> (BTreeMap<Route, Content>, BTreeMap<String, String>) {
    let (mut assets, mut names) = (BTreeMap::new(), BTreeMap::new());
    for (name, file) in files {
        let Some(short) = name.strip_prefix("assets/") else { continue };
        let content = published(short, file);
        let digest = content.digest().unwrap_or_else(|| Digest::of_bytes(file.bytes()));
        let digest = digest.short();
        let hashed = match short.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}.{digest}.{extension}"),
            None => format!("assets/{short}.{digest}"),
        };
        names.insert(short.to_owned(), hashed.clone());
        assets.insert(Route::new(hashed), content);
    }
    (assets, names)
}

/// A file as it is published: style sheets without their comments.
fn published(name: &str, file: &File<'_>) -> Content {
    match file.content() {
        Content::Copy(path) => Content::Copy(path),
        _ if name.ends_with(".css") => Content::Text(sheet::lean(file.text()).into()),
        content => content,
    }
}

fn face(
    config: &Config,
    words: BTreeMap<String, String>,
    assets: BTreeMap<String, String>,
) -> Face {
    Face {
        title: config.title().to_owned(),
        description: config.book.description.clone().unwrap_or_default(),
        language: config.book.language.clone(),
        direction: match config.book.direction() {
            TextDirection::Ltr => "ltr".to_owned(),
            TextDirection::Rtl => "rtl".to_owned(),
        },
        base_url: config.site.base_url.clone().unwrap_or_default(),
        repository: config.site.repository.clone().unwrap_or_default(),
        search: config.search.enabled,
        scripts: config.theme.scripts,
        words,
        assets,
    }
}
