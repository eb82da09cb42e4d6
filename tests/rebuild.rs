//! Incremental equals clean, and costs what the design says that it costs.

use std::sync::Arc;

use diptych::build::{Cache, Runs, build};
use diptych::diag::Checked;
use diptych::history::Life;
use diptych::memo::{Digest, Hashed};
use diptych::output::{Content, Keep, Output};
use diptych::path::{FilePath, Route};
use diptych::project::Project;
use proptest::prelude::*;

/// A dozen notes, with faults.
const SITE: &str = r"
-- content/index.md --
# Notes
Welcome. See [attention](attention.md) and [the rules](design/rules.md#first-rule).
-- content/attention.md --
# Attention
It is quadratic. See [[memory]].
## Price
Each token looks at each.
-- content/cost.md --
# Cost
The [price](attention.md#price) is high. [Gone](gone.md).
-- content/memory.md --
# Memory
![[attention#Price]]
-- content/design/index.md --
# Design
The part about design.
-- content/design/rules.md --
# Rules
## First rule
Keep it simple. See [[Memory]] and [[nothing]].
## First rule
Again.
-- content/design/serving.md --
---
status: acepted
depends_on: [rules]
---
# Serving
As [the rules](rules.md) say. ![plot](plot.png)
-- content/design/plot.png --
-- content/systems/eta.md --
# Arrival times
| Metric | Research | Production |
|---|---|---|
| Latency | 10 ms | 12 ms |
-- content/systems/search.md --
# Search
A first paragraph.

See [[eta|arrival times]] and <script>x</script>.
-- content/systems/fraud.md --
# Fraud
A first paragraph.

Nothing here links. Unknown <tag>.
-- content/systems/old.md --
---
aliases: [older]
---
# Old
Linked by [nobody](../nowhere.md#x).
-- content/glossary.md --
# Glossary
Words[^1].

[^1]: A note.
-- themes/diptych/parts/around.html --
{% if page.after %}<p>{{ page.after.label }}</p>{% endif %}
{% for it in page.backlinks %}<p>{{ it.label }}</p>{% endfor %}
";

/// Builds the site, edits it, builds it again: the second build must not differ from a
/// clean one, and must have run only so often: [parsed notes, bodies, pages].
#[track_caller]
fn check_edit(edit: impl FnOnce(&mut Project), runs: [usize; 3]) {
    check_edit_of(SITE, edit, runs);
}

/// The same for a site of its own.
#[track_caller]
fn check_edit_of(site: &str, edit: impl FnOnce(&mut Project), runs: [usize; 3]) {
    let mut project = Project::from_fixture(site);
    project.today = Some("2026-03-01".parse().expect("a day"));
    let mut cache = Cache::default();
    let first = build(&project, &mut cache);
    edit(&mut project);

    let mut loaded = reloaded(&cache, &project, &first.value);
    let again: Checked<Output> = build(&project, &mut cache);
    let clean = build(&project, &mut Cache::default());
    assert_eq!(again.diagnostics, clean.diagnostics);
    assert_eq!(again.value, clean.value);
    let Runs { notes, bodies, pages, searched } = cache.runs();
    assert_eq!([notes, bodies, pages], runs, "[notes, bodies, pages]");

    // A cache that was saved and loaded costs the same, but for texts, which it leaves
    // out.
    let after_all: Checked<Output> = build(&project, &mut loaded);
    assert_eq!(after_all, clean);
    let Runs { notes: read, pages: made, searched: found, .. } = loaded.runs();
    assert_eq!([read, made, found], [notes, pages, searched], "loaded");
}

/// The cache as another run of the program has it, which finds the files of the site.
fn reloaded(cache: &Cache, project: &Project, site: &Output) -> Cache {
    let find = |route: &Route, digest: Digest| {
        site.get(route).filter(|it| it.digest() == Some(digest)).cloned()
    };
    let mut loaded = Cache::sinking(Arc::new(Keep));
    assert!(loaded.load(&cache.save(), project, &find), "it is whole");
    loaded
}

/// A note that more notes link to than its page shows.
fn hub() -> String {
    let linkers = (0..9).map(|at| format!("-- content/n{at}.md --\n# N{at}\n[[hub]]\n"));
    let rest =
        "-- content/hub.md --\n# Hub\nA hub.\n-- content/new.md --\n# New\nText.\n";
    linkers.collect::<String>() + rest
}

#[test]
fn a_note_of_many_links_leads_to_a_list_of_all_of_them() {
    let site = build(&Project::from_fixture(&hub()), &mut Cache::default()).value;
    let page = |route: &str| match &site[&Route::new(route)] {
        Content::Text(text) => text.to_string(),
        other => panic!("{route} is no text but {other:?}"),
    };
    assert!(
        page("hub/index.html").contains("<a href=\"../notes/to/hub/index.html\">1 more")
    );
    let list = page("notes/to/hub/index.html");
    assert!((0..9).all(|at| list.contains(&format!("n{at}/index.html"))));
    assert!(!list.contains("<a href=\"../../../new/index.html\">New</a></th>"));
    assert!(!site.contains_key(&Route::new("notes/to/new/index.html")));
}

#[test]
fn one_more_links_to_a_note_of_many_links_so_their_list_did() {
    // The note, what it links to, and the list.
    let edit =
        |it: &mut Project| it.insert("content/new.md", "# New\nText.\n\n[[hub]]\n");
    check_edit_of(&hub(), edit, [1, 1, 3]);
}

/// Notes that use terms, with days that will be past.
const UPKEEP: &str = r"
-- book.toml --
[glossary]
link = true
-- content/index.md --
# Notes
Welcome.
-- content/glossary.md --
---
kind: glossary
terms: [Drift, Gate]
---
# Terms
## Drift
Inputs change.
## Gate
A limit.
-- content/a.md --
# A
A drift.
-- content/b.md --
---
review_by: 2026-03-01
---
# B
A gate, and a drift.
-- content/c.md --
# C
Neither of them.
";

/// A file whose last change was on a day.
fn life(day: &str) -> Arc<Life> {
    let updated = day.parse().expect("a day");
    Arc::new(Life { updated, by: "Ann".to_owned(), authors: Vec::new(), begun: None })
}

#[test]
fn a_commit_costs_the_pages_whose_date_it_changes() {
    let edit = |it: &mut Project| {
        let mut history = (*it.history).clone();
        history.files.insert("content/a.md".into(), life("2026-02-02"));
        it.history = Hashed::new(history);
    };
    check_edit_of(UPKEEP, edit, [0, 0, 1]);
}

#[test]
fn a_day_that_is_past_costs_the_page_that_says_so() {
    let edit = |it: &mut Project| it.today = Some("2026-03-02".parse().expect("a day"));
    // The note, and the page of reviews.
    check_edit_of(UPKEEP, edit, [0, 0, 2]);
}

#[test]
fn a_day_on_which_nothing_is_past_costs_the_page_of_reviews() {
    let edit = |it: &mut Project| it.today = Some("2026-02-27".parse().expect("a day"));
    check_edit_of(UPKEEP, edit, [0, 0, 1]);
}

#[test]
fn a_definition_costs_the_pages_that_show_it() {
    let edit = |it: &mut Project| {
        replace(it, "content/glossary.md", "A limit.", "A limit to meet.");
    };
    // The glossary, the one note that uses the term, and the page of all terms.
    check_edit_of(UPKEEP, edit, [1, 2, 3]);
}

#[test]
fn a_term_that_is_new_costs_the_pages_that_use_it() {
    let edit = |it: &mut Project| {
        replace(it, "content/glossary.md", "Gate]", "Gate, Neither]");
        replace(it, "content/glossary.md", "A limit.\n", "A limit.\n## Neither\nNone.\n");
    };
    check_edit_of(UPKEEP, edit, [1, 2, 3]);
}

/// Replaces a piece of a file.
fn replace(project: &mut Project, path: &str, from: &str, to: &str) {
    let path = FilePath::from(path);
    let text = project.text(&path).expect("a file of the site").to_string();
    assert!(text.contains(from), "{path} holds no {from}");
    project.insert(path, &text.replacen(from, to, 1));
}

#[test]
fn the_site_has_faults_and_they_are_told_again() {
    let project = Project::from_fixture(SITE);
    let mut cache = Cache::default();
    let first = build(&project, &mut cache);
    assert!(first.diagnostics.len() >= 6, "{:#?}", first.diagnostics);
    assert_eq!(build(&project, &mut cache).diagnostics, first.diagnostics);
}

#[test]
fn words_in_a_paragraph_cost_their_own_page() {
    let edit = |it: &mut Project| {
        replace(it, "content/systems/fraud.md", "Nothing here", "Nothing at all here");
    };
    check_edit(edit, [1, 1, 1]);
}

/// A site two of whose notes show a data file each, one of them outside of the notes.
fn with_data() -> Project {
    let mut project = Project::from_fixture(SITE);
    let csv = "metric,Research,Production\n\"p99 (ms, lower)\",95,180\n";
    project.insert("content/systems/speed.csv", csv);
    project.insert("data/size.csv", &csv.replace("p99 (ms", "size (MB"));
    let link = "# Speed\n\n[Speed](speed.csv \"compare\")\n";
    project.insert("content/systems/speed.md", link);
    let region = "# Size\n\n<!-- compare src=/data/size.csv -->\n<!-- /compare -->\n";
    project.insert("content/systems/size.md", region);
    project
}

#[test]
fn a_value_of_a_data_file_costs_the_notes_that_show_it() {
    for (file, page) in [
        ("content/systems/speed.csv", "systems/speed/index.html"),
        ("data/size.csv", "systems/size/index.html"),
    ] {
        let mut project = with_data();
        let mut cache = Cache::default();
        let before = build(&project, &mut cache).value;
        replace(&mut project, file, "180", "171");
        let again = build(&project, &mut cache);
        let clean = build(&project, &mut Cache::default());
        assert_eq!(again.diagnostics, clean.diagnostics);
        assert_eq!(again.value, clean.value);
        let Runs { notes, bodies, pages, .. } = cache.runs();
        assert_eq!([notes, bodies, pages], [1, 1, 1], "[notes, bodies, pages]");
        let route = diptych::path::Route::new(page);
        assert_ne!(again.value[&route], before[&route], "{page} shows the old value");
    }
}

#[test]
fn a_data_file_that_no_note_shows_costs_nothing() {
    let mut project = with_data();
    project.insert("content/systems/other.csv", "a,b\n1,2\n");
    let mut cache = Cache::default();
    build(&project, &mut cache);
    replace(&mut project, "content/systems/other.csv", "1", "3");
    build(&project, &mut cache);
    let Runs { notes, bodies, pages, .. } = cache.runs();
    assert_eq!([notes, bodies, pages], [0, 0, 0]);
}

#[test]
fn words_of_the_first_paragraph_cost_the_section_too_which_shows_them() {
    let edit = |it: &mut Project| {
        replace(it, "content/systems/fraud.md", "A first", "The first");
    };
    check_edit(edit, [1, 1, 2]);
}

#[test]
fn words_that_are_embedded_cost_the_pages_that_embed_them() {
    let edit = |it: &mut Project| {
        replace(it, "content/attention.md", "Each token", "Every token");
    };
    check_edit(edit, [1, 2, 2]);
}

#[test]
fn a_heading_that_others_link_to_costs_their_pages() {
    let edit = |it: &mut Project| {
        replace(it, "content/attention.md", "## Price", "## Prices");
    };
    // The note, the one that links to the heading, the one that embeds it.
    check_edit(edit, [1, 3, 3]);
}

#[test]
fn a_link_added_costs_its_note_and_its_target() {
    let edit = |it: &mut Project| {
        let link = "See [arrival times](eta.md). Unknown";
        replace(it, "content/systems/fraud.md", "Unknown", link);
    };
    check_edit(edit, [1, 1, 2]);
}

#[test]
fn a_link_taken_away_costs_its_note_and_its_target() {
    let edit = |it: &mut Project| {
        replace(it, "content/systems/search.md", "[[eta|arrival times]]", "it");
    };
    check_edit(edit, [1, 1, 2]);
}

#[test]
fn a_title_costs_those_that_show_it() {
    let edit = |it: &mut Project| {
        replace(it, "content/systems/eta.md", "# Arrival times", "# Times of arrival");
    };
    // The note; its section's page and its three siblings show it in their navigation,
    // the note before it at its end, the list of all notes in a row. The link to it has words of its own.
    check_edit(edit, [1, 1, 7]);
}

#[test]
fn a_title_costs_those_that_link_to_it_by_its_name() {
    let edit = |it: &mut Project| {
        replace(it, "content/memory.md", "# Memory", "# Memories");
    };
    // Two notes show the title in their texts; at the root all show it in navigation.
    check_edit(edit, [1, 3, 15]);
}

#[test]
fn a_template_costs_all_pages_and_no_text() {
    let edit = |it: &mut Project| {
        it.insert("themes/diptych/parts/around.html", "<p>around</p>");
    };
    check_edit(edit, [0, 0, 16]);
}

#[test]
fn the_title_of_a_kind_costs_the_pages_of_its_notes() {
    let edit = |it: &mut Project| {
        it.insert("kinds/design.toml", "title = 'Blueprint'\n");
    };
    check_edit(edit, [0, 0, 2]);
}

#[test]
fn a_field_of_a_kind_costs_the_reading_of_all_notes() {
    let edit = |it: &mut Project| {
        it.insert("kinds/design.toml", "[fields]\nbudget = 'number'\n");
    };
    check_edit(edit, [12, 12, 12]);
}

#[test]
fn a_touch_costs_nothing() {
    let edit = |it: &mut Project| {
        let text = it.text(&"content/attention.md".into()).expect("it").to_string();
        it.insert("content/attention.md", &text);
        let stamp = it.files.get_mut(&FilePath::from("content/cost.md")).expect("it");
        stamp.modified += 1;
    };
    check_edit(edit, [0, 0, 0]);
}

#[test]
fn a_fault_mended_is_told_no_more() {
    let mut project = Project::from_fixture(SITE);
    let mut cache = Cache::default();
    let before = build(&project, &mut cache).diagnostics;
    project.insert("content/gone.md", "# Found\n");
    let after = build(&project, &mut cache).diagnostics;
    let dead = |it: &Vec<_>| {
        it.iter()
            .filter(|it: &&diptych::diag::Diagnostic| it.rule.id() == "dead-link")
            .count()
    };
    assert_eq!((dead(&before), dead(&after)), (2, 1));
    assert_eq!(after, build(&project, &mut Cache::default()).diagnostics);
}

#[test]
fn a_note_that_is_gone_leaves_nothing_behind() {
    check_edit(|it| it.remove(&"content/systems/fraud.md".into()), [0, 0, 6]);
}

/// Notes of which each overview has something to show.
const SYSTEM: &str = r"
-- content/index.md --
# Notes
-- content/eta/design.md --
---
kind: design
system: eta
components: [algorithm, lifecycle-logic/monitor]
status: proposed
created: 2026-01-05
owners: [ann]
metrics: [{ id: mae, unit: min, gate: 4 }]
ml_fit: { learn: 'yes', existing-data: 'no', approach: zero-shot }
tags: [ranking]
review_by: 2026-02-01
---
# Design
A first paragraph.

## Risks
It may be late.

| Metric | Research | Production | Target |
|---|---|---|---|
| Latency (ms, lower) | 10 | 12 | 11 |
-- content/eta/first.md --
---
kind: decision
system: eta
status: superseded
decided: 2026-02-03
deciders: [bo]
options: [people, rule]
chosen: people
---
# First
A first paragraph.

## Options

### People

- Good, because they know.
-- content/eta/second.md --
---
kind: decision
system: eta
status: accepted
decided: 2026-03-04
supersedes: first
options: [people, rule]
chosen: rule
---
# Second
A first paragraph.

More of it.
-- content/other/words.md --
---
kind: glossary
terms: [{ term: Drift, definition: The inputs change. }]
---
# Terms
A first paragraph.

More of it.
-- content/other/plain.md --
# Plain
A first paragraph.

More of it.
";

/// Every view of [`SYSTEM`].
const VIEWS: [&str; 15] = [
    "compare/",
    "compare/eta/",
    "decision-log/",
    "notes/",
    "options/",
    "overview/",
    "overview/eta/",
    "reviews/",
    "rubrics/",
    "rubrics/when-to-use-ml/",
    "search/",
    "tags/",
    "tags/ranking/",
    "terms/",
    "timeline/",
];

/// Edits the site of systems; gives the overviews that came out otherwise than before.
/// Every page that was made must have changed, so no view is made in vain.
#[track_caller]
fn overviews_changed(edit: impl FnOnce(&mut Project)) -> Vec<String> {
    let mut project = Project::from_fixture(SYSTEM);
    project.today = Some("2026-03-01".parse().expect("a day"));
    let mut cache = Cache::default();
    let before = build(&project, &mut cache).value;
    for view in VIEWS {
        assert!(before.keys().any(|it| it.address() == view), "there is {view}");
    }
    edit(&mut project);
    let after = build(&project, &mut cache);
    assert_eq!(after.value, build(&project, &mut Cache::default()).value);
    let pages = |it: &&diptych::path::Route| it.as_str().ends_with(".html");
    let changed = after.value.keys().filter(pages);
    let changed: Vec<String> = changed
        .filter(|it| before.get(*it) != after.value.get(*it))
        .map(|it| it.address().to_owned())
        .collect();
    assert_eq!(cache.runs().pages, changed.len(), "{changed:?}");
    let is_own =
        |it: &String| it.is_empty() || it.starts_with("eta/") || it.starts_with("other/");
    changed.into_iter().filter(|it| !is_own(it)).collect()
}

#[test]
fn an_edit_of_a_text_makes_no_overview_anew() {
    for (path, from) in [
        ("content/eta/design.md", "It may be late"),
        ("content/eta/second.md", "More of it"),
        ("content/other/words.md", "More of it"),
        ("content/other/plain.md", "More of it"),
    ] {
        let changed = overviews_changed(|it| replace(it, path, from, "Something else"));
        assert_eq!(changed, Vec::<String>::new(), "{path}");
    }
}

#[test]
fn an_edit_of_a_status_makes_those_anew_that_show_it_and_no_other() {
    let edit = |path, from, to| overviews_changed(|it| replace(it, path, from, to));
    let design = edit("content/eta/design.md", "proposed", "accepted");
    let shown = [
        "notes/",
        "overview/eta/",
        "overview/",
        "reviews/",
        "rubrics/",
        "rubrics/when-to-use-ml/",
        "tags/ranking/",
        "timeline/",
    ];
    assert_eq!(design, shown);
    let decision = edit("content/eta/second.md", "accepted", "implemented");
    let shown =
        ["decision-log/", "notes/", "options/", "overview/eta/", "reviews/", "timeline/"];
    assert_eq!(decision, shown);
}

#[test]
fn an_answer_makes_the_pages_of_its_rubric_anew() {
    let changed = overviews_changed(|it| {
        replace(it, "content/eta/design.md", "learn: 'yes'", "learn: unknown");
    });
    assert_eq!(changed, ["overview/eta/", "rubrics/", "rubrics/when-to-use-ml/"]);
}

#[test]
fn a_rubric_of_the_site_costs_the_notes_and_pages_that_show_it() {
    let rubric = "id = 'when-to-use-ml'\nlevel = [{ id = 'yes', points = 1 }]\n\
                  section = [{ id = 's', item = [{ id = 'learn', text = 'Learn?' }] }]\n";
    let changed = overviews_changed(|it| it.insert("rubrics/own.toml", rubric));
    assert_eq!(changed, ["overview/eta/", "rubrics/", "rubrics/when-to-use-ml/"]);
}

/// An edit of some note: what is put in, and where.
#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, usize, &'static str),
    Cut(usize, usize, usize),
    Remove(usize),
    Create(&'static str, &'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let pieces = prop::sample::select(vec![
        "\n\n# Title\n\n",
        "\n## Price\n",
        " [a](attention.md#price) ",
        " [[memory]] ",
        "![[rules#First rule]]",
        "![[cost]]",
        "<b>",
        "`",
        "```\n",
        "\n---\n",
        "[^1]",
        "\n[^1]: x\n",
        "|a|b|\n|-|-|\n|1|\n",
        "==",
        "%%",
        " ^id\n\n",
        "é",
        "\n> [!note] x\n",
        "---\ntitle: New\nid: rules\n---\n",
        "[x](gone.md)",
        "{#id}",
        "\r\n",
    ]);
    let paths = prop::sample::select(vec![
        "content/new.md",
        "content/design/new.md",
        "content/gone.md",
        "content/SUMMARY.md",
        "content/systems/README.md",
        "book.toml",
        "kinds/design.toml",
        "content/memory/index.md",
    ]);
    prop_oneof![
        (0..40usize, 0..2000usize, pieces.clone())
            .prop_map(|(a, b, c)| Edit::Insert(a, b, c)),
        (0..40usize, 0..2000usize, 0..40usize).prop_map(|(a, b, c)| Edit::Cut(a, b, c)),
        (0..40usize).prop_map(Edit::Remove),
        (paths, pieces).prop_map(|(a, b)| Edit::Create(a, b)),
    ]
}

fn apply(project: &mut Project, edit: &Edit) {
    let paths: Vec<FilePath> = project.texts.keys().cloned().collect();
    let nth = |index: usize| paths[index % paths.len()].clone();
    let boundary =
        |text: &str, at: usize| text.floor_char_boundary(at % (text.len() + 1));
    match edit {
        Edit::Insert(index, at, piece) => {
            let mut text = project.texts[&nth(*index)].text.to_string();
            text.insert_str(boundary(&text, *at), piece);
            project.insert(nth(*index), &text);
        }
        Edit::Cut(index, at, len) => {
            let mut text = project.texts[&nth(*index)].text.to_string();
            let start = boundary(&text, *at);
            let end = text.floor_char_boundary((start + len).min(text.len()));
            text.replace_range(start..end.max(start), "");
            project.insert(nth(*index), &text);
        }
        Edit::Remove(index) => project.remove(&nth(*index)),
        Edit::Create(path, text) => project.insert(*path, text),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_edits_incremental_equals_clean(edits in prop::collection::vec(edit(), 1..6)) {
        let mut project = Project::from_fixture(SITE);
        let mut cache = Cache::default();
        let mut last = build(&project, &mut cache).value;
        for edit in &edits {
            apply(&mut project, edit);
            let mut loaded = reloaded(&cache, &project, &last);
            let again = build(&project, &mut cache);
            let clean = build(&project, &mut Cache::default());
            prop_assert_eq!(&again.diagnostics, &clean.diagnostics);
            prop_assert_eq!(&again.value, &clean.value);
            prop_assert_eq!(&build(&project, &mut loaded), &clean);
            last = again.value;
        }
    }
}
