//! What templates get is documented: `src/theme/variables.toml`, which `diptych theme list`
//! shows, and the page of the manual are made from the types that templates get.
//!
//! `UPDATE_EXPECT=1 cargo test --test theme` writes both.

#![expect(clippy::disallowed_methods, reason = "the sources are read from the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use diptych::build::{Cache, build};
use diptych::output::Content;
use diptych::path::Route;
use diptych::project::Project;
use diptych::theme::reference;
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, Expr, Fields, GenericArgument, Ident, Item, Lit, LitStr, Meta,
    PathArguments, Token, Type, UseTree,
};

/// A type by the module that defines it.
type Name = (String, String);

/// The types of the program, and what each module calls the types of others.
#[derive(Default)]
struct Types {
    items: BTreeMap<Name, Item>,
    /// The words of the enumerations that `words!` defines.
    words: BTreeMap<Name, Vec<String>>,
    imports: BTreeMap<Name, Name>,
}

/// A value that a template gets.
struct Variable {
    name: String,
    kind: String,
    doc: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl Types {
    fn read() -> Self {
        let mut types = Self::default();
        let src = root().join("src");
        let mut folders = vec![src.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") {
                    types.file(&src, &path);
                }
            }
        }
        types
    }

    fn file(&mut self, src: &Path, path: &Path) {
        let below = path.strip_prefix(src).expect("a source").with_extension("");
        let module = below.to_str().expect("UTF-8").replace(['/', '\\'], "::");
        let text = fs::read_to_string(path).expect("a source");
        for item in syn::parse_file(&text).expect("Rust").items {
            match &item {
                Item::Struct(it) => {
                    self.items.insert((module.clone(), it.ident.to_string()), item);
                }
                Item::Enum(it) => {
                    self.items.insert((module.clone(), it.ident.to_string()), item);
                }
                Item::Use(it) => self.import(&module, &it.tree, Vec::new()),
                Item::Macro(it) if it.mac.path.is_ident("words") => {
                    let parsed = words.parse2(it.mac.tokens.clone());
                    let (name, words) = parsed.expect("an enumeration of words");
                    self.words.insert((module.clone(), name), words);
                }
                _ => {}
            }
        }
    }

    fn import(&mut self, module: &str, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(it) => {
                path.push(it.ident.to_string());
                self.import(module, &it.tree, path);
            }
            UseTree::Group(it) => {
                for tree in &it.items {
                    self.import(module, tree, path.clone());
                }
            }
            UseTree::Name(it) => self.imported(module, it.ident.to_string(), None, &path),
            UseTree::Rename(it) => {
                let known = it.rename.to_string();
                self.imported(module, it.ident.to_string(), Some(known), &path);
            }
            UseTree::Glob(_) => {}
        }
    }

    fn imported(
        &mut self,
        module: &str,
        name: String,
        known: Option<String>,
        path: &[String],
    ) {
        let mut whole: Vec<String> = Vec::new();
        for (at, part) in path.iter().enumerate() {
            match part.as_str() {
                "crate" => {}
                "self" => whole.extend(module.split("::").map(str::to_owned)),
                "super" => {
                    if at == 0 {
                        whole.extend(module.split("::").map(str::to_owned));
                    }
                    whole.pop();
                }
                part => whole.push(part.to_owned()),
            }
        }
        let known = known.unwrap_or_else(|| name.clone());
        self.imports.insert((module.to_owned(), known), (whole.join("::"), name));
    }

    /// The type that a module means by a name.
    fn find(&self, module: &str, name: &str) -> Option<Name> {
        let here = (module.to_owned(), name.to_owned());
        if self.items.contains_key(&here) || self.words.contains_key(&here) {
            return Some(here);
        }
        let (there, name) = self.imports.get(&here)?;
        // A module below this one may be named without the way to it.
        let below = format!("{module}::{there}");
        self.find(&below, name).or_else(|| self.find(there, name))
    }
}

/// The name and the words of an enumeration: `Role { Baseline "baseline", … }`.
fn words(input: ParseStream<'_>) -> syn::Result<(String, Vec<String>)> {
    Attribute::parse_outer(input)?;
    let name: Ident = input.parse()?;
    let (body, mut words) = {
        let body;
        syn::braced!(body in input);
        (body, Vec::new())
    };
    while !body.is_empty() {
        Attribute::parse_outer(&body)?;
        body.parse::<Ident>()?;
        words.push(body.parse::<LitStr>()?.value());
        body.parse::<Option<Token![,]>>()?;
    }
    Ok((name.to_string(), words))
}

/// What stands in a type: itself, or the argument of what is around it.
fn argument(arguments: &PathArguments, at: usize) -> Option<&Type> {
    let PathArguments::AngleBracketed(it) = arguments else { return None };
    match it.args.iter().nth(at)? {
        GenericArgument::Type(it) => Some(it),
        _ => None,
    }
}

/// Gathers the variables below a name.
struct Gatherer<'a> {
    types: &'a Types,
    found: Vec<Variable>,
    /// The types that are being looked into, and by which name they are reached.
    open: Vec<(Name, String)>,
}

impl Gatherer<'_> {
    /// What a type is to a template. Fields below it are added under `name`.
    fn kind(&mut self, module: &str, of: &Type, name: &str) -> String {
        let of = match of {
            Type::Reference(it) => return self.kind(module, &it.elem, name),
            Type::Slice(it) => {
                return format!("list of {}", self.kind(module, &it.elem, name));
            }
            Type::Tuple(it) => {
                let kinds: Vec<String> =
                    it.elems.iter().map(|it| self.kind(module, it, name)).collect();
                return format!("list of {}", kinds.join(" and "));
            }
            Type::Path(it) => it.path.segments.last().expect("a path has a segment"),
            _ => panic!("{name}: no template gets such a type"),
        };
        let inner = |at| argument(&of.arguments, at).unwrap_or_else(|| panic!("{name}"));
        match of.ident.to_string().as_str() {
            "String" | "str" | "Cow" | "Date" => "text".to_owned(),
            "bool" => "true or false".to_owned(),
            "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64"
            | "f64" => "number".to_owned(),
            "Arc" | "Box" | "Hashed" => self.kind(module, inner(0), name),
            "Option" => format!("{}, or nothing", self.kind(module, inner(0), name)),
            "Vec" => {
                let inner = self.kind(module, inner(0), &format!("{name}[]"));
                format!("list of {inner}")
            }
            "BTreeMap" => {
                let inner = self.kind(module, inner(1), &format!("{name}[…]"));
                format!("map of {inner}")
            }
            known => self.defined(module, known, name),
        }
    }

    fn defined(&mut self, module: &str, known: &str, name: &str) -> String {
        let types = self.types;
        let found = types
            .find(module, known)
            .unwrap_or_else(|| panic!("{name}: there is no type {known} in {module}"));
        if let Some((_, first)) = self.open.iter().find(|(open, _)| *open == found) {
            return format!("the fields of `{first}`");
        }
        if let Some(words) = types.words.get(&found) {
            return words.join(" ");
        }
        let name = name.to_owned();
        match &types.items[&found] {
            Item::Struct(it) if matches!(it.fields, Fields::Named(_)) => {
                self.open.push((found.clone(), name.clone()));
                for field in &it.fields {
                    self.field(&found.0, field, &name);
                }
                self.open.pop();
                "fields".to_owned()
            }
            Item::Enum(it) => {
                let rename = serde_value(&it.attrs, "rename_all");
                let words: Vec<String> = it
                    .variants
                    .iter()
                    .filter(|it| it.fields.is_empty())
                    .map(|it| renamed(&it.ident.to_string(), rename.as_deref()))
                    .collect();
                let whole = words.len() == it.variants.len() && rename.is_some();
                if whole { words.join(" ") } else { "text".to_owned() }
            }
            // A name of its own around a text.
            _ => "text".to_owned(),
        }
    }

    fn field(&mut self, module: &str, field: &syn::Field, name: &str) {
        if serde_word(&field.attrs, "skip") {
            return;
        }
        let own = field.ident.as_ref().expect("a named field").to_string();
        let own = serde_value(&field.attrs, "rename").unwrap_or(own);
        let name = if serde_word(&field.attrs, "flatten") {
            name.to_owned()
        } else {
            format!("{name}.{own}")
        };
        self.add(module, &field.ty, &field.attrs, name);
    }

    fn add(&mut self, module: &str, of: &Type, attrs: &[Attribute], name: String) {
        let doc = doc(attrs);
        assert!(!doc.is_empty(), "{name} has no documentation");
        let at = self.found.len();
        let kind = self.kind(module, of, &name);
        self.found.insert(at, Variable { name, kind, doc });
    }
}

/// The first paragraph of a documentation.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|it| match &it.meta {
        Meta::NameValue(it) if it.path.is_ident("doc") => match &it.value {
            Expr::Lit(it) => match &it.lit {
                Lit::Str(it) => Some(it.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> = lines.take_while(|it| !it.is_empty()).collect();
    lines.join(" ").replace("[`", "`").replace("`]", "`")
}

/// What serde is told in an attribute, as text.
fn serde_text(attrs: &[Attribute]) -> String {
    let told = attrs.iter().filter(|it| it.path().is_ident("serde"));
    told.filter_map(|it| Some(it.meta.require_list().ok()?.tokens.to_string())).collect()
}

fn serde_word(attrs: &[Attribute], word: &str) -> bool {
    serde_text(attrs).split(',').any(|it| it.trim() == word)
}

fn serde_value(attrs: &[Attribute], key: &str) -> Option<String> {
    serde_text(attrs).split(',').find_map(|it| {
        let (found, value) = it.split_once('=')?;
        (found.trim() == key).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// A variant as serde writes it.
fn renamed(variant: &str, rule: Option<&str>) -> String {
    let between = match rule {
        Some("kebab-case") => "-",
        Some("snake_case") => "_",
        _ => "",
    };
    let mut name = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push_str(between);
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// Variables under a heading: which templates get them, and from which types.
fn groups(types: &Types) -> Vec<(String, Vec<Variable>)> {
    let gather = |roots: &[(&str, &str, &str)]| {
        let mut gatherer = Gatherer { types, found: Vec::new(), open: Vec::new() };
        for (module, known, name) in roots {
            gatherer.defined(module, known, name);
        }
        gatherer.found
    };
    let html = |name: &str, doc: &str| Variable {
        name: name.to_owned(),
        kind: "HTML".to_owned(),
        doc: doc.to_owned(),
    };
    let mut text = vec![
        html(
            "heading",
            "The heading with which the text begins; empty if there is none.",
        ),
        html("text", "The rest of the text."),
    ];
    text.extend(gather(&[("html", "Uses", "uses")]));
    let mut groups = vec![
        ("every template".to_owned(), gather(&[("theme", "Face", "site")])),
        ("every page".to_owned(), gather(&[("view", "View", "page")])),
        ("the text of every page; empty where it is made from no note".to_owned(), text),
        (
            "blocks/compare.html".to_owned(),
            gather(&[("view::comparison", "ComparisonView", "comparison")]),
        ),
    ];
    let content = ("overview".to_owned(), "Content".to_owned());
    let Item::Enum(content) = &types.items[&content] else {
        panic!("overviews have a content")
    };
    for variant in &content.variants {
        let of = &variant.fields.iter().next().expect("what it shows").ty;
        let mut gatherer = Gatherer { types, found: Vec::new(), open: Vec::new() };
        gatherer.kind("overview", of, "page.overview");
        let template = renamed(&variant.ident.to_string(), Some("kebab-case"));
        groups.push((format!("{template}.html"), gatherer.found));
    }
    // The page of the search shows nothing of its own.
    groups.retain(|(_, variables)| !variables.is_empty());
    groups
}

fn as_toml(groups: &[(String, Vec<Variable>)]) -> String {
    let quoted = |text: &str| format!("{text:?}");
    let mut toml = String::from(
        "# What templates get. `UPDATE_EXPECT=1 cargo test --test theme` writes this file.\n",
    );
    for (templates, variables) in groups {
        toml.push_str(&format!("\n[[group]]\ntemplates = {}\n", quoted(templates)));
        toml.push_str("variables = [\n");
        for Variable { name, kind, doc } in variables {
            toml.push_str(&format!(
                "  {{ name = {}, type = {}, doc = {} }},\n",
                quoted(name),
                quoted(kind),
                quoted(doc)
            ));
        }
        toml.push_str("]\n");
    }
    toml
}

const PAGE: &str = "\
---
summary: Every template of the built-in theme, its blocks, and what it gets.
---

# Templates and their variables

This page is made from the program. `diptych theme list` shows the same in a terminal, and
`diptych theme list parts/foot.html` a built-in file as it is. How to make a theme says
[Themes](themes.md).

";

fn as_page(groups: &[(String, Vec<Variable>)]) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut page = PAGE.to_owned();
    page.push_str(
        "## Templates\n\n| Template | What it makes | Blocks |\n|---|---|---|\n",
    );
    for template in reference::templates() {
        let blocks: Vec<String> =
            template.blocks.iter().map(|(name, it)| format!("`{name}`: {it}")).collect();
        page.push_str(&format!(
            "| `{}` | {} | {} |\n",
            template.name,
            cell(&template.doc),
            cell(&blocks.join("; "))
        ));
    }
    for (templates, variables) in groups {
        page.push_str(&format!("\n## Variables of {templates}\n\n"));
        page.push_str("| Variable | Type | Meaning |\n|---|---|---|\n");
        for Variable { name, kind, doc } in variables {
            page.push_str(&format!("| `{name}` | {} | {} |\n", cell(kind), cell(doc)));
        }
    }
    page
}

/// Holds a file against what it should be, or writes it.
fn check(path: &str, expected: &str) {
    let path = root().join(path);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, expected).expect("it can be written");
        return;
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{} is not what the program says; UPDATE_EXPECT=1 writes it",
        path.display()
    );
}

#[test]
fn every_variable_of_a_template_is_documented() {
    let groups = groups(&Types::read());
    check("src/theme/variables.toml", &as_toml(&groups));
    check("content/guide/theme-variables.md", &as_page(&groups));
}

/// A site with a note, a section, a comparison with its matrix and gap.
const SITE: &str = "
-- content/index.md --
# Home
Read [on](a.md).
## One
## Two
## Three
-- content/a.md --
---
system: eta
status: accepted
---
# A
| | Research | Production |
|---|---|---|
| p99 (ms, lower, gate 100) | 95 | 180 |
-- content/deep/b.md --
# B
";

#[test]
fn every_built_in_theme_makes_every_page_without_a_fault() {
    for name in diptych::theme::files::built_in_names() {
        let mut project = Project::from_fixture(SITE);
        project.insert("book.toml", &format!("[theme]\nname = \"{name}\"\n"));
        let built = build(&project, &mut Cache::default());
        assert_eq!(built.diagnostics, [], "{name}");
        for page in ["index.html", "a/index.html", "deep/index.html", "404.html"] {
            let Some(Content::Text(text)) = built.value.get(&Route::new(page)) else {
                panic!("{name} makes no {page}")
            };
            assert!(text.get().contains("</html>"), "{name}: {page}");
            assert_eq!(text.get().contains("paper."), name == "paper", "{name}: {page}");
        }
    }
}
