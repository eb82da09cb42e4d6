//! A language of code: what it is called, and who reads it.

use Reader::{Block, Grammar, Plain, Session};

/// A language that the info string of a fence may name.
#[derive(Debug)]
pub struct Language {
    /// Its name in addresses and attributes: `cpp`.
    pub id: &'static str,
    /// Its name for people: `C++`.
    pub label: &'static str,
    /// Who reads code in it.
    pub reader: Reader,
    /// What else it is called, in lower case.
    aliases: &'static [&'static str],
}

/// Who reads code in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The grammar of this name.
    Grammar(&'static str),
    /// The grammar of this name, but only what stands after a prompt.
    Session(&'static str),
    /// Nobody: it is shown as it is.
    Plain,
    /// A renderer of its own, or whoever meets it on another site.
    Block,
}

/// The language of this name or alias, not minding case; `None` where none is known.
pub fn find(name: &str) -> Option<&'static Language> {
    let name = name.to_lowercase();
    LANGUAGES.iter().find(|it| it.id == name || it.aliases.contains(&&*name))
}

/// Every name and alias, for looking up what a mistyped one meant.
pub fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES
        .iter()
        .flat_map(|it| std::iter::once(it.id).chain(it.aliases.iter().copied()))
}

/// Every language.
pub fn all() -> &'static [Language] {
    LANGUAGES
}

/// One row of the table.
const fn language(
    id: &'static str,
    label: &'static str,
    reader: Reader,
    aliases: &'static [&'static str],
) -> Language {
    Language { id, label, reader, aliases }
}

/// The languages by what they are for, the common ones first in each group.
///
/// A language without a grammar of its own borrows one that is close enough: CUDA
/// that of C++, Starlark and Triton that of Python, MLIR that of LLVM.
#[rustfmt::skip]
static LANGUAGES: &[Language] = &[
    // Programs
    language("python", "Python", Grammar("Python"), &["py", "python2", "python3", "py2", "py3", "pyi", "ipython", "ipython3", "cython", "pyx", "sage"]),
    language("triton", "Triton", Grammar("Python"), &[]),
    language("starlark", "Starlark", Grammar("Python"), &["bazel", "bzl", "skylark", "buck"]),
    language("mojo", "Mojo", Grammar("Python"), &[]),
    language("rust", "Rust", Grammar("Rust"), &["rs"]),
    language("c", "C", Grammar("C"), &["h"]),
    language("cpp", "C++", Grammar("C++"), &["c++", "cc", "cxx", "hpp", "hxx", "hh", "h++"]),
    language("cuda", "CUDA", Grammar("C++"), &["cu", "cuh", "cuda-c", "cuda-cpp", "cuda-c++"]),
    language("hip", "HIP", Grammar("C++"), &[]),
    language("opencl", "OpenCL", Grammar("C"), &["opencl-c"]),
    language("metal", "Metal", Grammar("C++"), &["msl"]),
    language("objc", "Objective-C", Grammar("Objective-C"), &["objective-c", "objectivec", "obj-c", "m"]),
    language("objcpp", "Objective-C++", Grammar("Objective-C++"), &["objective-c++", "objectivec++", "obj-c++", "objc++", "mm"]),
    language("go", "Go", Grammar("Go"), &["golang"]),
    language("java", "Java", Grammar("Java"), &[]),
    language("kotlin", "Kotlin", Grammar("Kotlin"), &["kt", "kts"]),
    language("scala", "Scala", Grammar("Scala"), &["sbt", "sc"]),
    language("groovy", "Groovy", Grammar("Groovy"), &["gradle", "jenkinsfile", "gvy"]),
    language("swift", "Swift", Grammar("Swift"), &["swiftinterface"]),
    language("csharp", "C#", Grammar("C#"), &["cs", "c#", "c-sharp", "csx"]),
    language("fsharp", "F#", Grammar("F#"), &["fs", "f#", "fsx", "fsi"]),
    language("javascript", "JavaScript", Grammar("JavaScript (Babel)"), &["js", "jsx", "mjs", "cjs", "node", "ecmascript"]),
    language("typescript", "TypeScript", Grammar("TypeScript"), &["ts", "mts", "cts"]),
    language("tsx", "TSX", Grammar("TypeScriptReact"), &["typescriptreact"]),
    language("coffeescript", "CoffeeScript", Grammar("CoffeeScript"), &["coffee"]),
    language("ruby", "Ruby", Grammar("Ruby"), &["rb", "rake", "gemfile"]),
    language("php", "PHP", Grammar("PHP"), &[]),
    language("perl", "Perl", Grammar("Perl"), &["pl", "pm"]),
    language("lua", "Lua", Grammar("Lua"), &["luau"]),
    language("julia", "Julia", Grammar("Julia"), &["jl"]),
    language("r", "R", Grammar("R"), &["rscript", "splus"]),
    language("matlab", "MATLAB", Grammar("MATLAB"), &["octave"]),
    language("fortran", "Fortran", Grammar("Fortran (Modern)"), &["f90", "f95", "f03", "f08"]),
    language("fortran77", "Fortran 77", Grammar("Fortran (Fixed Form)"), &["f77", "fortran-fixed"]),
    language("haskell", "Haskell", Grammar("Haskell"), &["hs"]),
    language("ocaml", "OCaml", Grammar("OCaml"), &["ml", "mli"]),
    language("sml", "Standard ML", Grammar("SML"), &["standardml"]),
    language("elm", "Elm", Grammar("Elm"), &[]),
    language("purescript", "PureScript", Grammar("PureScript"), &["purs"]),
    language("idris", "Idris", Grammar("Idris"), &["idris2", "idr"]),
    language("lean", "Lean", Grammar("Lean 4"), &["lean4"]),
    language("elixir", "Elixir", Grammar("Elixir"), &["ex", "exs"]),
    language("erlang", "Erlang", Grammar("Erlang"), &["erl", "hrl"]),
    language("clojure", "Clojure", Grammar("Clojure"), &["clj", "cljs", "cljc", "edn"]),
    language("lisp", "Lisp", Grammar("Lisp"), &["common-lisp", "commonlisp", "cl", "elisp", "emacs-lisp", "el"]),
    language("scheme", "Scheme", Grammar("Lisp"), &["scm", "guile"]),
    language("racket", "Racket", Grammar("Racket"), &["rkt"]),
    language("dart", "Dart", Grammar("Dart"), &[]),
    language("d", "D", Grammar("D"), &["dlang"]),
    language("nim", "Nim", Grammar("Nim"), &[]),
    language("zig", "Zig", Grammar("Zig"), &["zon"]),
    language("odin", "Odin", Grammar("Odin"), &[]),
    language("crystal", "Crystal", Grammar("Crystal"), &["cr"]),
    language("ada", "Ada", Grammar("Ada"), &["adb", "ads"]),
    language("pascal", "Pascal", Grammar("Pascal"), &["pas", "delphi"]),
    language("gdscript", "GDScript", Grammar("GDScript (Godot Engine)"), &["gd"]),
    language("actionscript", "ActionScript", Grammar("ActionScript"), &["as"]),
    language("applescript", "AppleScript", Grammar("AppleScript"), &["osascript"]),
    language("livescript", "LiveScript", Grammar("LiveScript"), &["ls"]),
    language("solidity", "Solidity", Grammar("Solidity"), &["sol"]),
    language("vyper", "Vyper", Grammar("Vyper"), &["vy"]),
    language("tcl", "Tcl", Grammar("Tcl"), &[]),
    language("awk", "AWK", Grammar("AWK"), &["gawk"]),
    language("jq", "jq", Grammar("JQ"), &[]),
    language("vim", "Vim script", Grammar("VimL"), &["viml", "vimscript"]),
    language("qml", "QML", Grammar("QML"), &[]),
    language("gnuplot", "gnuplot", Grammar("gnuplot"), &[]),
    language("robot", "Robot Framework", Grammar("Robot Framework"), &["robotframework"]),
    language("puppet", "Puppet", Grammar("Puppet"), &["pp"]),
    language("nsis", "NSIS", Grammar("NSIS"), &[]),
    // Shells and what is seen in them
    language("bash", "Bash", Grammar("Bourne Again Shell (bash)"), &["sh", "zsh", "ksh", "ash", "dash", "shell", "shellscript", "shell-script"]),
    language("console", "Console", Session("Bourne Again Shell (bash)"), &["shell-session", "shellsession", "sh-session", "bash-session", "zsh-session", "terminal"]),
    language("fish", "Fish", Grammar("Fish"), &[]),
    language("powershell", "PowerShell", Grammar("PowerShell"), &["ps1", "pwsh", "ps"]),
    language("batch", "Batch", Grammar("Batch File"), &["bat", "cmd", "dosbatch"]),
    language("pycon", "Python session", Session("Python"), &["python-repl", "python-console", "doctest", "python-session"]),
    language("rconsole", "R session", Grammar("R Console"), &["r-console"]),
    // Shaders, hardware, assembly, intermediate forms
    language("glsl", "GLSL", Grammar("GLSL"), &["vert", "frag", "comp"]),
    language("hlsl", "HLSL", Grammar("GLSL"), &["slang"]),
    language("wgsl", "WGSL", Grammar("WGSL"), &[]),
    language("verilog", "Verilog", Grammar("Verilog"), &["v"]),
    language("systemverilog", "SystemVerilog", Grammar("SystemVerilog"), &["sv", "svh"]),
    language("vhdl", "VHDL", Grammar("VHDL"), &["vhd"]),
    language("asm", "Assembly", Grammar("x86_64 Assembly"), &["assembly", "nasm", "x86asm", "x86", "x86_64", "sass-gpu"]),
    language("armasm", "ARM assembly", Grammar("ARM Assembly"), &["arm", "aarch64", "arm64"]),
    language("llvm", "LLVM IR", Grammar("LLVM"), &["ll", "llvm-ir"]),
    language("mlir", "MLIR", Grammar("LLVM"), &["stablehlo", "hlo"]),
    // Data and configuration
    language("json", "JSON", Grammar("JSON"), &["ipynb", "geojson"]),
    language("jsonc", "JSON with comments", Grammar("JSON"), &[]),
    language("json5", "JSON5", Grammar("JSON"), &["hjson"]),
    language("jsonl", "JSON Lines", Grammar("JSON"), &["ndjson", "jsonlines"]),
    language("jsonnet", "Jsonnet", Grammar("jsonnet"), &["libsonnet"]),
    language("yaml", "YAML", Grammar("YAML"), &["yml"]),
    language("toml", "TOML", Grammar("TOML"), &["cargo"]),
    language("ini", "INI", Grammar("INI"), &["cfg", "conf", "editorconfig", "desktop"]),
    language("dotenv", "Environment", Grammar("DotENV"), &["env"]),
    language("properties", "Properties", Grammar("Java Properties"), &[]),
    language("xml", "XML", Grammar("XML"), &["svg", "xsd", "xslt", "rss", "plist", "mathml"]),
    language("proto", "Protocol Buffers", Grammar("Protocol Buffer"), &["protobuf", "proto3", "proto2"]),
    language("textproto", "Protocol Buffers text", Grammar("Protocol Buffer (TEXT)"), &["prototxt", "pbtxt", "txtpb"]),
    language("graphql", "GraphQL", Grammar("GraphQL"), &["gql"]),
    language("varlink", "Varlink", Grammar("varlink"), &[]),
    language("sql", "SQL", Grammar("SQL"), &["mysql", "postgresql", "postgres", "pgsql", "psql", "plsql", "sqlite", "bigquery", "duckdb", "ddl", "dml", "hiveql", "sparksql", "kql"]),
    language("tsv", "TSV", Grammar("Tab Separated Values"), &[]),
    language("requirements", "Requirements", Grammar("Requirements.txt"), &["pip", "requirements.txt"]),
    language("gomod", "Go module", Grammar("Gomod"), &["go.mod", "go-mod"]),
    language("gosum", "Go checksums", Grammar("Gosum"), &["go.sum"]),
    // Building and running
    language("dockerfile", "Dockerfile", Grammar("Dockerfile (with bash)"), &["docker", "containerfile"]),
    language("hcl", "HCL", Grammar("Terraform"), &["nomad", "packer"]),
    language("terraform", "Terraform", Grammar("Terraform"), &["tf", "tfvars", "opentofu"]),
    language("make", "Makefile", Grammar("Makefile"), &["makefile", "mk", "gnumake"]),
    language("cmake", "CMake", Grammar("CMake"), &["cmakelists.txt"]),
    language("ninja", "Ninja", Grammar("Ninja"), &[]),
    language("nix", "Nix", Grammar("Nix"), &[]),
    language("cabal", "Cabal", Grammar("Cabal"), &[]),
    language("rego", "Rego", Grammar("Rego"), &["opa"]),
    language("salt", "Salt state", Grammar("Salt State (SLS)"), &["sls"]),
    language("nginx", "nginx", Grammar("nginx"), &["nginxconf"]),
    language("apache", "Apache", Grammar("Apache Conf"), &["apacheconf", "htaccess"]),
    language("crontab", "crontab", Grammar("Crontab"), &["cron"]),
    language("ssh-config", "SSH configuration", Grammar("SSH Config"), &["sshconfig"]),
    language("hosts", "hosts", Grammar("Hosts File"), &[]),
    language("fstab", "fstab", Grammar("fstab"), &[]),
    language("gitconfig", "Git configuration", Grammar("Git Config"), &["git-config"]),
    language("gitignore", "gitignore", Grammar("Git Ignore"), &["dockerignore", "ignore-list"]),
    language("gitattributes", "gitattributes", Grammar("Git Attributes"), &[]),
    language("git-commit", "Git commit", Grammar("Git Commit"), &["gitcommit", "commit"]),
    language("git-rebase", "Git rebase", Grammar("Git Rebase Todo"), &["gitrebase"]),
    language("git-log", "Git log", Grammar("Git Log"), &["gitlog"]),
    // Documents
    language("markdown", "Markdown", Grammar("Markdown"), &["md", "mkd", "mdx", "gfm", "commonmark"]),
    language("html", "HTML", Grammar("HTML"), &["htm", "xhtml"]),
    language("css", "CSS", Grammar("CSS"), &[]),
    language("scss", "SCSS", Grammar("SCSS"), &[]),
    language("sass", "Sass", Grammar("Sass"), &[]),
    language("less", "Less", Grammar("Less"), &[]),
    language("stylus", "Stylus", Grammar("Stylus"), &["styl"]),
    language("vue", "Vue", Grammar("Vue Component"), &[]),
    language("svelte", "Svelte", Grammar("Svelte"), &["astro"]),
    language("jinja", "Jinja", Grammar("HTML (Jinja2)"), &["jinja2", "j2", "tera", "django", "nunjucks", "html+jinja", "htmldjango"]),
    language("handlebars", "Handlebars", Grammar("HTML"), &["hbs", "mustache"]),
    language("twig", "Twig", Grammar("HTML (Twig)"), &["liquid"]),
    language("erb", "ERB", Grammar("HTML (Rails)"), &["rhtml"]),
    language("eex", "EEx", Grammar("HTML (EEx)"), &["heex", "leex"]),
    language("jsp", "JSP", Grammar("Java Server Page (JSP)"), &[]),
    language("haml", "Haml", Grammar("Ruby Haml"), &[]),
    language("slim", "Slim", Grammar("Ruby Slim"), &[]),
    language("cfml", "CFML", Grammar("CFML"), &["cfm"]),
    language("latex", "LaTeX", Grammar("LaTeX"), &["tex", "ltx"]),
    language("bibtex", "BibTeX", Grammar("BibTeX"), &["bib", "biblatex"]),
    language("typst", "Typst", Grammar("Typst"), &["typ"]),
    language("rst", "reStructuredText", Grammar("reStructuredText"), &["restructuredtext", "rest"]),
    language("asciidoc", "AsciiDoc", Grammar("AsciiDoc (Asciidoctor)"), &["adoc"]),
    language("org", "Org", Grammar("orgmode"), &["orgmode", "org-mode"]),
    language("textile", "Textile", Grammar("Textile"), &[]),
    language("mediawiki", "MediaWiki", Grammar("MediaWiki"), &["wiki", "wikitext"]),
    language("troff", "troff", Grammar("Groff/troff"), &["groff", "roff"]),
    language("man", "Manual page", Grammar("Manpage"), &["manpage"]),
    language("email", "E-mail", Grammar("Email"), &["eml"]),
    // What programs say
    language("diff", "Diff", Grammar("Diff"), &["patch", "udiff"]),
    language("http", "HTTP", Grammar("HTTP Request and Response"), &["https"]),
    language("log", "Log", Grammar("log"), &["logs"]),
    language("syslog", "syslog", Grammar("syslog"), &[]),
    language("strace", "strace", Grammar("Strace"), &[]),
    language("help", "Help", Grammar("Command Help"), &["cmd-help", "usage"]),
    language("regex", "Regular expression", Grammar("Regular Expression"), &["regexp", "re"]),
    // Nothing to highlight
    language("text", "Text", Plain, &["plain", "plaintext", "txt", "none", "nohighlight", "no-highlight", "raw", "ascii", "asciiart", "ascii-art", "output", "tree"]),
    language("ebnf", "Grammar", Plain, &["bnf", "abnf", "peg", "grammar", "antlr", "lalrpop"]),
    // What has a renderer of its own, here or elsewhere
    language("compare", "Comparison", Block, &[]),
    language("mermaid", "Mermaid", Block, &[]),
    language("math", "Math", Block, &["katex"]),
    language("chart", "Chart", Block, &["vega", "vega-lite", "vegalite", "plotly"]),
    language("csv", "CSV", Block, &[]),
    language("dot", "Graphviz", Grammar("Graphviz (DOT)"), &["graphviz", "gv"]),
    language("plantuml", "PlantUML", Block, &["puml", "uml"]),
    language("d2", "D2", Block, &[]),
    language("ditaa", "ditaa", Block, &["svgbob", "aafigure"]),
    language("query", "Query", Block, &["dataview"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_means_one_language_and_is_lower_case() {
        let mut seen = BTreeSet::new();
        for name in names() {
            assert_eq!(name, name.to_lowercase());
            assert!(seen.insert(name), "`{name}` is in the table twice");
        }
    }

    #[test]
    fn the_languages_that_notes_use_are_known_by_all_their_names() {
        let alike = [
            ("go", "golang"),
            ("yaml", "yml"),
            ("cpp", "c++"),
            ("rust", "rs"),
            ("bash", "sh shell zsh Bash"),
            ("console", "shell-session"),
            ("objc", "objective-c"),
            ("proto", "protobuf"),
            ("python", "py python3 ipython Python"),
            ("csharp", "cs c# C#"),
            ("terraform", "tf"),
            ("cuda", "cu"),
            ("starlark", "bazel"),
            ("jinja", "jinja2"),
            ("dockerfile", "containerfile Dockerfile"),
            ("julia", "jl"),
            ("kotlin", "kt"),
            ("latex", "tex"),
            ("text", "plain txt none"),
            ("typescript", "ts"),
        ];
        for (id, names) in alike {
            for name in names.split(' ').chain([id]) {
                assert_eq!(find(name).map(|it| it.id), Some(id), "`{name}`");
            }
        }
        let single = "swift toml json jsonc json5 diff sql hcl r triton mermaid math \
                      chart csv pycon ini graphql makefile";
        assert!(single.split_whitespace().all(|it| find(it).is_some()));
        assert!(find("qwerty").is_none());
        assert!(find("").is_none());
    }
}
