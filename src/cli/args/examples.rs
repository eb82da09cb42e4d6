//! Examples of each command, which its help shows.

/// Examples of use.
pub(super) const EXAMPLES: &str = "\
Examples:
  diptych init my-notes                  begin a site
  diptych new decision \"Buy or build\"    begin a note
  diptych build                          publish the notes of this folder to public/
  diptych build --root notes -o site     publish notes/ to site/
  diptych serve --watch                  write, and see it in the browser at once
  diptych check --message-format short   a line for each fault, as editors read it
  diptych check --deny-warnings          for continuous integration

Exit status: 0 fine, 1 errors in the notes, 2 the work could not be done.";

/// Examples of use.
pub(super) const INIT_EXAMPLES: &str = "\
Examples:
  diptych init my-notes
  diptych build --root my-notes

A file that is there is left as it is; a folder that has a book.toml is a site already.";

/// Examples of use.
pub(super) const NEW_EXAMPLES: &str = "\
Examples:
  diptych new design \"Delivery-time prediction\" --system eta --edit
  diptych new decision \"Serve the boosted model\" --system eta --component algorithm
  diptych new runbook \"Latency alarm\" --dir content/systems/eta/ops

Where the notes of its folder are numbered, as in 0001-cache.md, it gets the next number.
No file is ever written over.";

/// Examples of use.
pub(super) const AFFECTED_EXAMPLES: &str = "\
Examples:
  diptych affected origin/main...HEAD    what a branch changes
  diptych affected HEAD                  what is not committed yet
  diptych affected --format markdown origin/main...HEAD | gh pr comment -F -

A note rests on the files and folders that its `code` names, on what it `depends_on`,
on its evidence, and on the data files that it shows.";

/// Examples of use.
pub(super) const BUILD_EXAMPLES: &str = "\
Examples:
  diptych build
  diptych build --root docs --output /srv/www/notes
  diptych build --base-url https://org.github.io/notes/ --deny-warnings
  diptych build --drafts --keep-going     see as much as there is

Where there are errors nothing is published, and the old site stays as it is.";

/// Examples of use.
pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  diptych check
  diptych check --root docs --deny-warnings
  diptych check --message-format json | jq -r .rule | sort | uniq -c";

/// Examples of use.
pub(super) const SERVE_EXAMPLES: &str = "\
Examples:
  diptych serve --watch --open           write, and see it in the browser at once
  diptych serve --poll                   on file systems that tell of no changes
  diptych serve --root docs --port 4000

The site is built to memory; nothing is written. Ctrl-C ends it.";

/// Examples of use.
pub(super) const FMT_EXAMPLES: &str = "\
Examples:
  diptych fmt            rewrite the tables between `<!-- compare src=… -->` and
                         `<!-- /compare -->` that are not what their data files say
  diptych fmt --check    for continuous integration";

/// Examples of use.
pub(super) const EXPORT_EXAMPLES: &str = "\
Examples:
  diptych export comparisons --format csv > comparisons.csv
  diptych export notes | jq '.[] | select(.status == \"accepted\") | .title'
  diptych export graph --format csv
  diptych export schema > schemas/note.json
  diptych export schema --of book > schemas/book.json";

/// Examples of use.
pub(super) const THEME_EXAMPLES: &str = "\
Examples:
  diptych theme list                     templates, blocks, variables, and what they mean
  diptych theme list parts/foot.html     the built-in file, to start from
  diptych theme new ours                 a style sheet over the built-in one
  diptych theme new ours parts/foot.html a template over the built-in one";

/// Examples of use.
pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  diptych completions bash > ~/.local/share/bash-completion/completions/diptych
  diptych completions fish > ~/.config/fish/completions/diptych.fish";
