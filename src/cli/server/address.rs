//! The path of a request: which file of the site it asks for.

use percent_encoding::percent_decode_str;

use crate::path::Route;

/// What a path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// This file of the site.
    File(Route),
    /// A folder, without the slash that the links of its page need: where it is.
    Moved(String),
    /// This script, which keeps a page as its source is.
    Script(&'static str),
    /// The news of each build.
    News,
    /// Nothing.
    Nothing,
}

/// The folder of what only `serve` has. No file of a site begins with a dot like this.
const OWN: &str = ".diptych/";

/// What a path asks for, of a site that has these files and lies below a base path, as
/// GitHub Pages would find it.
pub(super) fn find(path: &str, base: &str, has: &impl Fn(&Route) -> bool) -> Asked {
    let Some(below) = path.strip_prefix(base) else {
        let is_base = path == "/" || path == base.trim_end_matches('/');
        return if is_base { Asked::Moved(base.to_owned()) } else { Asked::Nothing };
    };
    if let Some(name) = below.strip_prefix(OWN) {
        return own(name);
    }
    let Some(name) = decoded(below) else { return Asked::Nothing };
    let file = |name: String| {
        let route = Route::new(name);
        has(&route).then_some(route)
    };
    if name.is_empty() || name.ends_with('/') {
        return file(format!("{name}index.html")).map_or(Asked::Nothing, Asked::File);
    }
    if file(format!("{name}/index.html")).is_some() && file(name.clone()).is_none() {
        return Asked::Moved(format!("{base}{}/", Route::new(name).encoded()));
    }
    let found = file(name.clone()).or_else(|| file(format!("{name}.html")));
    found.map_or(Asked::Nothing, Asked::File)
}

fn own(name: &str) -> Asked {
    match name {
        "live.js" => Asked::Script(include_str!("live.js")),
        "news.js" => Asked::Script(include_str!("news.js")),
        "events" => Asked::News,
        _ => Asked::Nothing,
    }
}

/// A path without percent signs; `None` where a segment holds what no name does.
fn decoded(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        let part = percent_decode_str(part).decode_utf8().ok()?;
        if matches!(&*part, "." | "..") || part.contains(['/', '\\', '\0']) {
            return None;
        }
        parts.push(part);
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SITE: [&str; 7] = [
        "index.html",
        "404.html",
        "a/index.html",
        "b.html",
        "c d/é.png",
        "e",
        "e/index.html",
    ];

    fn has(route: &Route) -> bool {
        SITE.contains(&route.as_str())
    }

    #[test]
    fn a_path_leads_where_github_pages_would() {
        let file = |it: &str| Asked::File(Route::new(it));
        let moved = |it: &str| Asked::Moved(it.to_owned());
        for (path, asked) in [
            ("/x/", file("index.html")),
            ("/x/a/", file("a/index.html")),
            ("/x/a", moved("/x/a/")),
            ("/x/a/index.html", file("a/index.html")),
            ("/x/b", file("b.html")),
            ("/x/b/", Asked::Nothing),
            ("/x/c%20d/%C3%A9.png", file("c d/é.png")),
            ("/x/e", file("e")),
            ("/x/.diptych/live.js", Asked::Script(include_str!("live.js"))),
            ("/x/.diptych/events", Asked::News),
            ("/x/.diptych/other", Asked::Nothing),
            ("/x/a/.diptych/events", Asked::Nothing),
            ("/x", moved("/x/")),
            ("/", moved("/x/")),
            ("/a/", Asked::Nothing),
        ] {
            assert_eq!(find(path, "/x/", &has), asked, "{path}");
        }
    }

    #[test]
    fn no_spelling_of_a_path_leads_out_of_the_site() {
        for path in [
            "/../index.html",
            "/%2e%2e/index.html",
            "/a%2findex.html",
            "/a%5cindex.html",
            "//index.html",
            "//evil.example/a",
            "/a/../b",
            "/b%00",
            "/%ff",
            "/%",
            "/./b",
        ] {
            assert_eq!(find(path, "/", &has), Asked::Nothing, "{path}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_is_in_the_site(path in "(/|%2e|%2f|\\.|a|b|e|index\\.html){0,6}") {
            match find(&format!("/{path}"), "/", &has) {
                Asked::File(route) => prop_assert!(has(&route)),
                Asked::Moved(to) => prop_assert!(to.starts_with('/') && !to.starts_with("//")),
                _ => {}
            }
        }
    }
}
