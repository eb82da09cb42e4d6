//! The defaults: the configuration of a folder without `book.toml`.

use std::collections::BTreeMap;

use super::{
    Book, Build, Compare, Component, Config, Dash, Glossary, History, Links, Markdown,
    RawHtml, Scripts, Search, Site, System, Theme,
};
use crate::path::FilePath;

impl Default for Config {
    fn default() -> Self {
        Self {
            configured: false,
            book: Book::default(),
            build: Build { output: FilePath::from("public"), drafts: false },
            site: Site::default(),
            theme: Theme { name: "diptych".to_owned(), scripts: Scripts::default() },
            search: Search { enabled: true, mark: true },
            markdown: Markdown::default(),
            links: Links::default(),
            compare: Compare::default(),
            system: System::default(),
            glossary: Glossary::default(),
            history: History::default(),
            levels: BTreeMap::new(),
        }
    }
}

impl Default for Book {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            authors: Vec::new(),
            language: "en".to_owned(),
            text_direction: None,
            src: None,
        }
    }
}

impl Default for Markdown {
    /// What GitHub shows, and wikilinks.
    fn default() -> Self {
        Self {
            smart_punctuation: false,
            math: true,
            wikilinks: true,
            hard_breaks: false,
            raw_html: RawHtml::Safe,
        }
    }
}

impl Default for Compare {
    fn default() -> Self {
        Self {
            sides: vec!["Research".to_owned(), "Production".to_owned()],
            scales: BTreeMap::new(),
            metrics: Vec::new(),
            dash: Dash::Unknown,
        }
    }
}

impl Default for System {
    /// The six components of a machine-learning system.
    fn default() -> Self {
        let component = |id: &str, label: &str, facets: &[&str]| Component {
            id: id.to_owned(),
            label: label.to_owned(),
            facets: facets.iter().map(|&it| it.to_owned()).collect(),
        };
        Self {
            components: vec![
                component("business-requirements", "Business requirements", &[]),
                component("interface", "Interface", &["users", "developers"]),
                component("data-stack", "Data stack", &[]),
                component("algorithm", "Algorithm", &[]),
                component(
                    "lifecycle-logic",
                    "Lifecycle logic",
                    &["develop", "monitor", "update"],
                ),
                component("infrastructure", "Infrastructure", &[]),
            ],
            parts: Vec::new(),
        }
    }
}

impl Default for Scripts {
    fn default() -> Self {
        let all = true;
        Self {
            contents: all,
            copy: all,
            footnotes: all,
            previews: all,
            zoom: all,
            details: all,
            keys: all,
            notes: all,
            compare: all,
        }
    }
}
