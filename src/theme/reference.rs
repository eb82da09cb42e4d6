//! What a theme is made of, and what its templates get: the contract with their authors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::files::{Files, GROUND, built_in};

/// The variables of templates, as a test gathers them from the types that templates get.
static VARIABLES: &str = include_str!("variables.toml");

/// A template of the built-in theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name: `parts/nav.html`.
    pub name: String,
    /// What it makes, in a sentence.
    pub doc: String,
    /// The blocks that another template may fill, each with what it holds.
    pub blocks: Vec<(String, String)>,
}

/// Values that templates get under one name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// The templates that get them.
    pub templates: String,
    /// The values.
    pub variables: Vec<Variable>,
}

/// A value that a template gets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Variable {
    /// How a template reaches it; `[]` stands for an item of a list: `page.crumbs[].href`.
    pub name: String,
    /// What it is: `text`, `number`, `list`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it means.
    pub doc: String,
}

/// The templates of the built-in theme, by their names.
pub fn templates() -> Vec<Template> {
    let files: Files<'_> = built_in(GROUND);
    let templates = files.iter().filter(|(name, _)| name.ends_with(".html"));
    templates.map(|(name, file)| template(name, file.text())).collect()
}

/// The other files of the built-in theme, by their names.
pub fn files() -> Vec<String> {
    built_in(GROUND).into_keys().filter(|name| !name.ends_with(".html")).collect()
}

/// The variables of templates, in the order in which a reader meets them.
pub fn variables() -> &'static [Group] {
    static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
        let read: Result<BTreeMap<String, Vec<Group>>, _> = toml::from_str(VARIABLES);
        // A test reads the file, which is a part of the program.
        read.ok().and_then(|mut it| it.remove("group")).unwrap_or_default()
    });
    &GROUPS
}

/// A template says what it makes in the comment with which it begins: a sentence, then a
/// line `block NAME: …` for each block.
fn template(name: &str, text: &str) -> Template {
    let comment = text.strip_prefix("{#-").and_then(|it| it.split_once("-#}"));
    let (mut doc, mut blocks) = (String::new(), Vec::new());
    for line in comment.map_or("", |it| it.0).lines().map(str::trim) {
        let block = line.strip_prefix("block ").and_then(|it| it.split_once(": "));
        match block {
            Some((block, holds)) => blocks.push((block.to_owned(), holds.to_owned())),
            None if doc.is_empty() => line.clone_into(&mut doc),
            None if !line.is_empty() => doc = format!("{doc} {line}"),
            None => {}
        }
    }
    Template { name: name.to_owned(), doc, blocks }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_template_says_what_it_makes_and_what_its_blocks_hold() {
        let files = built_in(GROUND);
        for template in templates() {
            assert!(!template.doc.is_empty(), "{} does not say it", template.name);
            let text = files[&template.name].text();
            let extends = text.contains("{% extends");
            let blocks = text.split("{%").filter_map(|it| {
                it.trim_start_matches('-').trim_start().strip_prefix("block ")
            });
            let there: BTreeSet<&str> = blocks
                .filter_map(|it| it.split(' ').next())
                .filter(|_| !extends)
                .collect();
            let said: BTreeSet<&str> =
                template.blocks.iter().map(|it| it.0.as_str()).collect();
            assert_eq!(there, said, "{}", template.name);
        }
    }

    #[test]
    fn the_variables_can_be_read() {
        assert!(variables().len() > 2);
        let read: Result<BTreeMap<String, Vec<Group>>, _> = toml::from_str(VARIABLES);
        assert!(read.is_ok(), "{read:?}");
    }
}
