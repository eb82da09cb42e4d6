//! TEMP
use crate::path::FilePath;
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RawHtml {
    Safe,
    Allow,
    Escape,
}
#[derive(Clone, Debug, Hash)]
pub struct Config {
    pub markdown: Markdown,
    pub links: Links,
    pub book: Book,
    pub site: SiteC,
    pub theme: ThemeC,
    pub build: BuildC,
    pub redirects: std::collections::BTreeMap<String, String>,
}
#[derive(Clone, Debug, Hash)]
pub struct BuildC {
    pub drafts: bool,
}
#[derive(Clone, Debug, Hash)]
pub struct Book {
    pub title: String,
    pub description: String,
    pub language: String,
}
impl Book {
    pub fn direction(&self) -> &str {
        "ltr"
    }
}
#[derive(Clone, Debug, Hash)]
pub struct SiteC {
    pub cname: String,
    pub base_url: String,
    pub repository: String,
}
#[derive(Clone, Debug, Hash)]
pub struct ThemeC {
    pub name: String,
    pub place: std::ops::Range<usize>,
}
#[derive(Clone, Debug, Hash)]
pub struct Markdown {
    pub wikilinks: bool,
    pub math: bool,
    pub smart_punctuation: bool,
    pub raw_html: RawHtml,
    pub hard_breaks: bool,
}
#[derive(Clone, Debug, Hash)]
pub struct Links {
    pub autolink: Vec<(String, String)>,
    pub rewrite: Vec<(String, String)>,
}
impl Config {
    pub fn source_url(&self, _p: &FilePath) -> Option<String> {
        None
    }
    pub fn edit_url(&self, _p: &FilePath) -> Option<String> {
        None
    }
    pub fn base_path(&self) -> String {
        "/".into()
    }
}

pub fn parse(_t: Option<&str>, _p: &FilePath) -> crate::diag::Checked<Config> {
    crate::diag::Checked::fine(Config {
        markdown: Markdown {
            wikilinks: true,
            math: true,
            smart_punctuation: false,
            raw_html: RawHtml::Safe,
            hard_breaks: false,
        },
        links: Links { autolink: vec![], rewrite: vec![] },
        book: Book {
            title: "Notes".into(),
            description: String::new(),
            language: "en".into(),
        },
        site: SiteC {
            cname: String::new(),
            base_url: String::new(),
            repository: String::new(),
        },
        theme: ThemeC { name: "diptych".into(), place: 0..0 },
        build: BuildC { drafts: false },
        redirects: Default::default(),
    })
}
