//! What a comparison costs beside the same table without a meaning.
//!
//! `cargo bench --bench comparison [-- ROWS SIDES]` builds a site of one note whose
//! table has 2,000 rows and 8 sides, once as a comparison and once as a plain table, and
//! prints what each costs the processor and how large its page is; then the same with a
//! footnote in each cell. With
//! `-- --corpora DIR` it builds each folder below DIR with comparisons recognised and
//! without, and prints the share of the time that recognition takes; and how far apart
//! two measurements of the same are, for it is no more than that.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads a disk and a clock")]
#![expect(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use diptych::build::{Cache, build};
use diptych::output::{Content, Output};
use diptych::path::{FilePath, Route};
use diptych::project::Project;
use mimalloc::MiMalloc;
use rustix::time::{ClockId, clock_gettime};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Each figure is the least of so many builds.
const RUNS: usize = 15;

fn main() {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|it| it != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--corpora", folder] => corpora(Path::new(folder)),
        [rows, sides] => {
            long(rows.parse().unwrap_or(2000), sides.parse().unwrap_or(8));
        }
        _ => long(2000, 8),
    }
}

/// One long table, and one with a footnote in each cell.
fn long(rows: usize, sides: usize) {
    println!("{rows} rows, {sides} sides");
    beside(&table(rows, sides));
    println!("the same with a note in each cell");
    beside(&noted(rows, sides));
}

/// What a table costs as it stands, and as a comparison.
fn beside(table: &str) {
    let plain = site(&format!("# Long\n\n{table}"));
    let compared = site(&format!("# Long\n\n<!-- compare id=long -->\n{table}"));
    let (plain, compared) = least(&plain, &compared);
    let row = |name: &str, (cost, page): (Duration, usize)| {
        let kilobytes = page / 1000;
        println!("{name:12} {:8.1} ms {kilobytes:8} kB", cost.as_secs_f64() * 1e3);
    };
    row("plain table", plain);
    row("comparison", compared);
    println!("ratio        {:8.2}", compared.0.as_secs_f64() / plain.0.as_secs_f64());
}

fn table(rows: usize, sides: usize) -> String {
    table_of(rows, sides, |row, side| (100 + row * 7 % 89 + side * 13 % 17).to_string())
}

fn noted(rows: usize, sides: usize) -> String {
    let table = table_of(rows, sides, |row, side| format!("{side}[^{row}-{side}]"));
    let cells = (0..rows).flat_map(|row| (0..sides).map(move |side| (row, side)));
    let notes =
        cells.map(|(row, side)| format!("\n[^{row}-{side}]: run {row} of {side}\n"));
    table + &notes.collect::<String>()
}

fn table_of(rows: usize, sides: usize, cell: impl Fn(usize, usize) -> String) -> String {
    let names: String = (0..sides).map(|side| format!(" side {side} |")).collect();
    let rule = "---|".repeat(sides);
    let rows: String = (0..rows)
        .map(|row| {
            let cells: String =
                (0..sides).map(|side| format!(" {} |", cell(row, side))).collect();
            format!("| metric {row} (ms, lower) |{cells}\n")
        })
        .collect();
    format!("| |{names}\n|---|{rule}\n{rows}")
}

fn site(text: &str) -> Project {
    let mut project = Project { src: "content".into(), ..Project::default() };
    project.insert("content/index.md", text);
    project
}

/// The least cost of two builds, which take turns, and the size of their first page.
fn least(a: &Project, b: &Project) -> ((Duration, usize), (Duration, usize)) {
    let (mut first, mut second) = ((Duration::MAX, 0), (Duration::MAX, 0));
    for _ in 0..RUNS {
        first = first.min(once(a));
        second = second.min(once(b));
    }
    (first, second)
}

fn once(project: &Project) -> (Duration, usize) {
    let start = spent();
    let output = build(project, &mut Cache::default()).value;
    (spent().saturating_sub(start), page(&output))
}

fn page(output: &Output) -> usize {
    match output.get(&Route::new("index.html")) {
        Some(Content::Text(text)) => text.get().len(),
        _ => 0,
    }
}

fn spent() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// What recognition costs on real notes: a site without sides to recognise, and without
/// directives, beside the site as it is.
fn corpora(folder: &Path) {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> =
        folders.map(|it| it.path()).filter(|it| it.is_dir()).collect();
    folders.sort();
    let mut all = [Duration::ZERO; 4];
    for folder in folders {
        let on = notes(&folder);
        let mut off = notes(&folder);
        off.insert("book.toml", "[compare]\nsides = []\n");
        let ((with, _), (without, _)) = least(&on, &off);
        let ((once, _), (again, _)) = least(&off, &off);
        let costs = [with, without, once, again];
        all.iter_mut().zip(costs).for_each(|(sum, it)| *sum += it);
        print(&folder.file_name().unwrap_or_default().to_string_lossy(), costs);
    }
    print("all", all);
}

/// What a folder costs with comparisons recognised, without, and without twice more.
fn print(name: &str, costs: [Duration; 4]) {
    let [with, without, once, again] = costs.map(|it| it.as_secs_f64() * 1e3);
    let share = 100.0 * (with - without) / without;
    let noise = 100.0 * (again - once) / once;
    println!(
        "{name:20} {with:8.1} ms, without {without:8.1} ms: {share:+.1} %, the same \
         twice: {noise:+.1} %"
    );
}

/// The Markdown below a folder.
fn notes(folder: &Path) -> Project {
    let mut project = Project { src: "content".into(), ..Project::default() };
    let files = ignore::WalkBuilder::new(folder).build().flatten();
    for file in files.filter(|it| it.path().extension().is_some_and(|it| it == "md")) {
        let (Ok(name), Ok(text)) =
            (file.path().strip_prefix(folder), fs::read_to_string(file.path()))
        else {
            continue;
        };
        let path = FilePath::new(format!("content/{}", name.display()));
        project.insert(path.as_str(), &text);
    }
    project
}
