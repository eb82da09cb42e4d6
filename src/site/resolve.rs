//! Where a link of a note leads.

use crate::diag::Rule;
use crate::diag::nearest::nearest;
use crate::note::card::Card;
use crate::note::link::{Form, Target, scheme};
use crate::path::{FilePath, Route};
use crate::site::Site;
use crate::site::anchor::{self, Anchor};

/// Where a link leads, and what is wrong with how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Where it leads; `None` if it is dead.
    pub destination: Option<Destination>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A note, and the id in it.
    Note {
        /// The note's file.
        path: FilePath,
        /// The id; empty for the whole.
        fragment: String,
    },
    /// The list of a folder's notes.
    Section(Route),
    /// A file that is copied to the site, with query and fragment.
    File {
        /// The file.
        path: FilePath,
        /// What follows it in the address: `#page=2`.
        suffix: String,
    },
    /// A file of the project that is no part of the site.
    Outside(FilePath),
    /// Another site.
    Web(String),
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that it breaks.
    pub rule: Rule,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub hint: Option<String>,
}

impl Fault {
    fn new(rule: Rule, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn hint_if(self, hint: Option<String>) -> Self {
        Self { hint: hint.or(self.hint.clone()), ..self }
    }
}

impl Resolved {
    fn to(destination: Destination) -> Self {
        Self { destination: Some(destination), faults: Vec::new() }
    }

    fn dead(fault: Fault) -> Self {
        Self { destination: None, faults: vec![fault] }
    }

    fn but(mut self, fault: Fault) -> Self {
        self.faults.insert(0, fault);
        self
    }
}

impl Site {
    /// Where a link of a note leads.
    pub fn resolve(&self, from: &Card, target: &Target, form: Form) -> Resolved {
        match target {
            Target::Web(address) => Resolved::to(Destination::Web(address.clone())),
            Target::Unsafe(address) => Resolved::dead(unsafe_link(address)),
            Target::Path { path, query, fragment } => {
                self.resolve_path(from, path, query, fragment, form)
            }
            Target::Wiki { name, fragment } => {
                self.resolve_wiki(from, name, fragment, form)
            }
        }
    }

    fn resolve_path(
        &self,
        from: &Card,
        path: &str,
        query: &str,
        fragment: &str,
        form: Form,
    ) -> Resolved {
        if path.is_empty() {
            return Self::in_note(from, fragment);
        }
        let candidates = self.places(from, path);
        if candidates.is_empty() {
            let message =
                format!("`{path}` leads out of the project, where nothing is looked up");
            return Resolved::dead(Fault::new(Rule::OutsideLink, message));
        }
        let suffix = match fragment {
            "" => query.to_owned(),
            fragment => format!("{query}#{}", encoded_fragment(fragment)),
        };
        candidates
            .iter()
            .find_map(|it| self.exactly(it, fragment, &suffix))
            .or_else(|| candidates.iter().find_map(|it| self.like(it, fragment, &suffix)))
            .or_else(|| candidates.iter().find_map(|it| self.in_other_form(it, fragment)))
            .unwrap_or_else(|| Resolved::dead(self.dead_path(path, &candidates[0], form)))
    }

    /// The files that a path may mean: relative to the note, or to the project's root
    /// and then the notes' folder.
    fn places(&self, from: &Card, path: &str) -> Vec<FilePath> {
        let places = match path.strip_prefix('/') {
            Some(path) => vec![FilePath::default().join(path), self.src.join(path)],
            None => vec![from.path.folder().join(path)],
        };
        let mut places: Vec<FilePath> = places.into_iter().flatten().collect();
        places.dedup();
        places
    }

    fn exactly(&self, path: &FilePath, fragment: &str, suffix: &str) -> Option<Resolved> {
        if let Some(card) = self.cards.get(path) {
            return Some(Self::in_note(card, fragment));
        }
        if self.names.has(path) {
            let inside = path.below(&self.src).is_some() && !path.is_markdown();
            return Some(Resolved::to(if inside {
                Destination::File { path: path.clone(), suffix: suffix.to_owned() }
            } else {
                Destination::Outside(path.clone())
            }));
        }
        if !self.names.has_folder(path) {
            return None;
        }
        Some(match self.tree.folder(path) {
            Some(folder) => {
                match folder.note.as_ref().and_then(|it| self.cards.get(it)) {
                    Some(card) => Self::in_note(card, fragment),
                    None => Resolved::to(Destination::Section(folder.route.clone())),
                }
            }
            None => Resolved::to(Destination::Outside(path.clone())),
        })
    }

    /// The file whose path differs only in case.
    fn like(&self, path: &FilePath, fragment: &str, suffix: &str) -> Option<Resolved> {
        let like = self.names.like(path).first()?;
        let found = self.exactly(like, fragment, suffix)?;
        Some(
            found.but(
                Fault::new(Rule::LinkCase, "the file's name differs in case")
                    .hint(format!("write `{}`", like.name())),
            ),
        )
    }

    /// The note that other generators find by this path: `note.html`, `note`, an alias.
    fn in_other_form(&self, path: &FilePath, fragment: &str) -> Option<Resolved> {
        let text = path.as_str();
        let base = text.strip_suffix(".html").or_else(|| text.strip_suffix(".htm"));
        let base = base.unwrap_or(text);
        let below = FilePath::new(path.below(&self.src).unwrap_or(text));
        let card = [
            format!("{base}.md"),
            format!("{base}/index.md"),
            format!("{base}/README.md"),
        ]
        .into_iter()
        .chain(base.strip_suffix("index").map(|it| format!("{it}README.md")))
        .find_map(|it| self.cards.get(&FilePath::new(it)))
        .or_else(|| {
            let known = |it: &FilePath| self.names.known_as(it.as_str()).first();
            known(path).or_else(|| known(&below)).and_then(|it| self.cards.get(it))
        })?;
        let hint = format!("the note's file is `{}`", card.path);
        let fault =
            Fault::new(Rule::LinkForm, "this works on the site, and not on GitHub");
        Some(Self::in_note(card, fragment).but(fault.hint(hint)))
    }

    fn in_note(card: &Card, fragment: &str) -> Resolved {
        let note = |fragment: String| {
            Resolved::to(Destination::Note { path: card.path.clone(), fragment })
        };
        if fragment.is_empty() {
            return note(String::new());
        }
        match anchor::of_fragment(card, fragment) {
            Anchor::Exact(id) => note(id),
            Anchor::Like(id) => {
                let message = format!("the heading's id is `#{id}`");
                let hint = format!("write `#{id}`: browsers mind the difference");
                note(id).but(Fault::new(Rule::AnchorCase, message).hint(hint))
            }
            Anchor::Dead(near) => note(String::new()).but(dead_anchor(fragment, near)),
        }
    }

    fn dead_path(&self, path: &str, place: &FilePath, form: Form) -> Fault {
        let (rule, what) = match form {
            Form::Image => (Rule::DeadImage, "this file does not exist"),
            _ if place.is_markdown() => (Rule::DeadLink, "this note does not exist"),
            _ => (Rule::DeadLink, "this file does not exist"),
        };
        Fault::new(rule, what).hint_if(self.meant(path, place))
    }

    /// What a dead path most likely meant.
    fn meant(&self, path: &str, place: &FilePath) -> Option<String> {
        let host = path.split('/').next().unwrap_or_default();
        let looks_like_host = host.matches('.').count() >= 1
            && ["com", "org", "io", "net", "dev", "rs", "ai", "edu"]
                .iter()
                .any(|it| host.rsplit('.').next() == Some(it))
            && (path.contains('/') || host.matches('.').count() > 1);
        if looks_like_host {
            return Some(format!("for another site write `https://{path}`"));
        }
        let name = if place.is_markdown() { place.stem() } else { place.name() };
        let moved = self.names.named(name).iter().chain(self.names.known_as(name)).next();
        if let Some(file) = moved {
            return Some(format!("there is a file of that name: `{file}`"));
        }
        let folder = place.folder();
        let beside = self.names.within(&folder).map(FilePath::name);
        if let Some(near) = nearest(place.name(), beside) {
            return Some(format!("there is `{near}` in `{}`", folder_name(&folder)));
        }
        None
    }

    fn resolve_wiki(
        &self,
        from: &Card,
        name: &str,
        chain: &[String],
        form: Form,
    ) -> Resolved {
        if name.is_empty() {
            return Self::in_headings(from, chain);
        }
        let found = self.by_name(from, name);
        match found.as_slice() {
            [] => Resolved::dead(self.dead_wiki(name, form)),
            [path] => self.wiki_to(path, chain),
            [first, ..] => {
                let all: Vec<String> = found.iter().map(|it| format!("`{it}`")).collect();
                let fault = Fault::new(
                    Rule::AmbiguousWikilink,
                    format!("`{name}` may mean {}", all.join(" or ")),
                );
                self.wiki_to(first, chain)
                    .but(fault.hint("write the path instead of the name"))
            }
        }
    }

    fn wiki_to(&self, path: &FilePath, chain: &[String]) -> Resolved {
        match self.cards.get(path) {
            Some(card) => Self::in_headings(card, chain),
            // A note that is no part of the site: a draft.
            None if path.is_markdown() => {
                Resolved::to(Destination::Outside(path.clone()))
            }
            None => {
                let suffix =
                    chain.first().map_or_else(String::new, |it| format!("#{it}"));
                Resolved::to(Destination::File { path: path.clone(), suffix })
            }
        }
    }

    /// The files that a wikilink may mean: by path, else in the same folder, else by
    /// name, else by alias or id. One, if the name is not ambiguous.
    fn by_name(&self, from: &Card, name: &str) -> Vec<FilePath> {
        let name = name.trim_start_matches("./").trim_matches('/');
        let plain = name.strip_suffix(".md").unwrap_or(name);
        let folder = from.path.folder();
        let roots = [&self.src, &folder, &FilePath::default()];
        let by_path = roots.iter().filter_map(|it| it.join(plain)).find_map(|path| {
            let forms =
                [format!("{path}.md"), format!("{path}.markdown"), path.to_string()];
            let file = forms.into_iter().map(FilePath::new).find_map(|it| {
                let like = self.names.like(&it).first()?;
                (like.below(&self.src).is_some()).then(|| like.clone())
            });
            file.or_else(|| self.tree.folder(&path)?.note.clone())
        });
        let exact = |it: &&FilePath| name.contains('/') || it.folder() == folder;
        if let Some(path) = by_path.as_ref().filter(exact) {
            return vec![path.clone()];
        }
        let last = plain.rsplit('/').next().unwrap_or(plain);
        let suffix = format!("/{}", plain.to_lowercase());
        let fits = |path: &&FilePath| {
            let path = path.as_str().to_lowercase();
            let bare = path.strip_suffix(".md").unwrap_or(&path);
            !plain.contains('/')
                || bare.ends_with(&suffix)
                || bare.strip_suffix("/index").is_some_and(|it| it.ends_with(&suffix))
        };
        let named: Vec<&FilePath> = self.names.named(last).iter().filter(fits).collect();
        let notes: Vec<FilePath> = named
            .iter()
            .filter(|it| self.cards.contains_key(**it))
            .map(|it| (*it).clone())
            .collect();
        let here: Vec<FilePath> =
            notes.iter().filter(|it| it.folder() == folder).cloned().collect();
        match (here.len(), notes.len(), by_path) {
            (1, ..) => here,
            (_, 1, _) => notes,
            (_, 0, _) if !named.is_empty() => {
                named.into_iter().take(1).cloned().collect()
            }
            (_, 0, _) => self.names.known_as(plain).to_vec(),
            (.., Some(path)) => vec![path],
            _ => notes,
        }
    }

    fn in_headings(card: &Card, chain: &[String]) -> Resolved {
        let note = |fragment: String| {
            Resolved::to(Destination::Note { path: card.path.clone(), fragment })
        };
        if chain.is_empty() {
            return note(String::new());
        }
        match anchor::of_headings(card, chain) {
            Anchor::Exact(id) | Anchor::Like(id) => note(id),
            Anchor::Dead(near) => {
                note(String::new()).but(dead_anchor(&chain.join("#"), near))
            }
        }
    }

    /// A hint at the note whose name is nearest to one that no note has.
    pub fn meant_by(&self, name: &str) -> Option<String> {
        nearest(name, self.names.candidates()).map(|it| format!("did you mean `{it}`?"))
    }

    fn dead_wiki(&self, name: &str, form: Form) -> Fault {
        let what = match form {
            Form::Mention => format!("no note answers to the id `{name}`"),
            Form::Image => format!("no file is called `{name}`"),
            _ => format!("no note is called `{name}`; it stays the text that it is"),
        };
        let rule = if form == Form::Image { Rule::DeadImage } else { Rule::DeadWikilink };
        Fault::new(rule, what).hint_if(self.meant_by(name))
    }
}

fn unsafe_link(address: &str) -> Fault {
    let scheme = scheme(address).unwrap_or_default();
    let message = format!("a link with `{scheme}:` may run a script, so it is left out");
    Fault::new(Rule::UnsafeLink, message).hint("link to a page with `https:`")
}

fn dead_anchor(fragment: &str, near: Option<String>) -> Fault {
    let slip = if fragment.starts_with('#') {
        Some("one `#` is enough".to_owned())
    } else if fragment.starts_with("heading=") || fragment.starts_with("bookmark=") {
        Some("this is left over from Google Docs; link to the heading's words".to_owned())
    } else {
        near.map(|it| format!("it has `#{it}`")).or_else(|| {
            Some(format!("leave `#{fragment}` out to link to the whole note"))
        })
    };
    Fault::new(Rule::DeadAnchor, format!("the note has no `#{fragment}`")).hint_if(slip)
}

fn folder_name(folder: &FilePath) -> &str {
    if folder.as_str().is_empty() { "." } else { folder.as_str() }
}

/// A fragment, percent-encoded where an address may not hold it (RFC 3986, 3.5).
pub fn encoded_fragment(fragment: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const FRAGMENT: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'`')
        .add(b'%')
        .add(b'\\')
        .add(b'^')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(fragment, FRAGMENT).to_string()
}
