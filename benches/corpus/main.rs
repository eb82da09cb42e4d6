//! Writes a generated collection of notes, for Diptych and for what it is measured
//! against.
//!
//! `cargo bench --bench corpus -- COUNT DIR` makes `DIR/diptych`, `DIR/hugo` and
//! `DIR/mdbook`: the same notes, each with what its program needs around them.

#![expect(clippy::disallowed_methods, reason = "a benchmark writes to a disk")]

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

mod notes;

use notes::Notes;

fn main() -> io::Result<()> {
    let mut words = std::env::args().skip(1).filter(|it| !it.starts_with('-'));
    let (Some(Ok(count)), Some(folder)) =
        (words.next().map(|it| it.parse()), words.next())
    else {
        return Err(io::Error::other("give a number of notes, and a folder"));
    };
    let (notes, folder) = (Notes { count }, Path::new(&folder));
    write_all(&folder.join("diptych/content"), notes, true)?;
    fs::write(folder.join("diptych/book.toml"), "[book]\ntitle = \"Generated\"\n")?;
    write_all(&folder.join("hugo/content"), notes, true)?;
    for (path, text) in HUGO {
        write(&folder.join("hugo").join(path), text)?;
    }
    // mdBook has no front matter: it would show it.
    write_all(&folder.join("mdbook/src"), notes, false)?;
    fs::write(folder.join("mdbook/src/SUMMARY.md"), summary(notes))?;
    fs::write(folder.join("mdbook/book.toml"), "[book]\ntitle = \"Generated\"\n")
}

fn write_all(folder: &Path, notes: Notes, front_matter: bool) -> io::Result<()> {
    for number in 0..notes.count {
        let head = if front_matter { Notes::front_matter(number) } else { String::new() };
        let path = folder.join(Notes::path(number)).with_extension("md");
        write(&path, &(head + &notes.markdown(number)))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

fn summary(notes: Notes) -> String {
    let mut text = "# Summary\n\n".to_owned();
    for number in 0..notes.count {
        // The first of a folder stands above the others, as a chapter would.
        let indent = if number % 100 == 0 { "" } else { "  " };
        let (title, path) = (Notes::title(number), Notes::path(number));
        let _ = writeln!(text, "{indent}- [{title}]({path}.md)");
    }
    text
}

/// The least that makes Hugo a site of notes: no theme, no search, no list on a page
/// but that of its folder. Highlighting is by classes, as Diptych's is.
const HUGO: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "title = \"Generated\"\nbaseURL = \"/\"\n\
         disableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n\
         [markup.highlight]\nnoClasses = false\n",
    ),
    (
        "layouts/_default/baseof.html",
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <title>{{ .Title }}</title></head>\n\
         <body>{{ block \"main\" . }}{{ end }}</body></html>\n",
    ),
    (
        "layouts/_default/single.html",
        "{{ define \"main\" }}<nav><a href=\"{{ .Parent.RelPermalink }}\">\
         {{ .Parent.Title }}</a></nav>\n<main>{{ .Content }}</main>\n\
         <aside>{{ .TableOfContents }}</aside>\n\
         {{ with .PrevInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\n\
         {{ with .NextInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\n\
         {{ end }}\n",
    ),
    (
        "layouts/_default/list.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}\
         <li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n",
    ),
];
