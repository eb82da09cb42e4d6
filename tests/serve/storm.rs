//! Whatever authors, their editors and their version control do to files: what is
//! served is what a build would publish.
//!
//! `DIPTYCH_STORM=STEPS,SEED cargo test --test serve storm` makes another storm.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use snapbox::cmd::cargo_bin;
use tempfile::TempDir;

use super::{Serving, write};

/// How many steps are taken, and the seed of their chance.
const STORM: (u64, u64) = (1000, 7);

/// How many steps are taken between two looks at the whole site.
const STRETCH: u64 = 60;

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % count
    }

    fn folder(&mut self) -> String {
        let depth = 1 + self.below(3);
        let parts: Vec<String> =
            (0..depth).map(|_| format!("d{}", self.below(3))).collect();
        format!("content/{}", parts.join("/"))
    }

    fn note(&mut self) -> String {
        format!("{}/n{}.md", self.folder(), self.below(4))
    }

    fn text(&mut self) -> String {
        let (title, number) = (self.below(5), self.below(1000));
        let to = self.note();
        let side = self.below(4);
        format!(
            "# Title {title}\n\nWords {number}, a [link](/{to}), [[n{title}]] and \
             ![](figure.png).\n\n<!-- compare src=s{side}.csv -->\n<!-- /compare -->\n"
        )
    }
}

/// A project that a storm goes over, and what is served of it meanwhile.
struct Sea {
    project: TempDir,
    /// Where clean builds go.
    clean: TempDir,
    /// Where folders come from and go to.
    aside: TempDir,
    serving: Serving,
    /// All addresses that the site ever had.
    ever: BTreeSet<String>,
    dice: Dice,
}

#[test]
fn after_any_storm_the_served_site_is_a_clean_build() {
    let asked = std::env::var("DIPTYCH_STORM").ok();
    let asked = asked.as_deref().and_then(|it| it.split_once(','));
    let (steps, seed) = asked.map_or(STORM, |(steps, seed)| {
        (steps.parse().expect("a number"), seed.parse().expect("a number"))
    });
    storm("--watch", steps, seed);
}

#[test]
fn so_it_is_where_the_file_system_tells_of_no_changes() {
    storm("--poll", 2 * STRETCH, 11);
}

fn storm(how: &str, steps: u64, seed: u64) {
    let project = super::folder(&[("content/index.md", "# Notes\n"), ("book.toml", "")]);
    let folder = || tempfile::tempdir().expect("a folder");
    let serving = Serving::watching(project.path(), how);
    let (clean, aside) = (folder(), folder());
    let (ever, dice) = (BTreeSet::new(), Dice(seed));
    let mut sea = Sea { project, clean, aside, serving, ever, dice };
    for number in 1..=steps {
        // Many steps cannot be done, for what they need is not there.
        let _ = sea.step();
        if sea.dice.below(4) == 0 {
            thread::sleep(Duration::from_micros(sea.dice.below(9000)));
        }
        if number % STRETCH == 0 || number == steps {
            sea.settle(&format!("seed {seed}, after step {number}"));
        }
    }
    assert!(sea.ever.len() > 100, "{} addresses", sea.ever.len());
}

impl Sea {
    fn root(&self) -> &Path {
        self.project.path()
    }

    fn step(&mut self) -> io::Result<()> {
        let note = self.project.path().join(self.dice.note());
        let folder = self.project.path().join(self.dice.folder());
        let to_note = self.project.path().join(self.dice.note());
        let to_folder = self.project.path().join(self.dice.folder());
        let text = self.dice.text();
        match self.dice.below(24) {
            0..4 => write(&note, &text),
            4 => replace(&note, &text),
            5 => save_like_vim(&note, &text),
            // Twice within a moment, and by halves.
            6 => {
                fs::write(&note, &text)?;
                fs::write(&note, text.to_uppercase())
            }
            7 => save_by_halves(&note, &text),
            8 => fs::remove_file(note),
            9 => fs::rename(note, to_note),
            10 => fs::rename(folder, to_folder),
            11 => fs::remove_dir_all(folder),
            12 => fill(&folder, &mut self.dice),
            13 => fs::write(folder.join("figure.png"), text),
            14 => fs::write(
                folder.join("s1.csv"),
                format!("metric,A,B\nx,{},2\n", text.len()),
            ),
            15 => self.configure(),
            16 => self.ignore(),
            17 => self.switch_branch(),
            18 => self.take_content_away(),
            19 => self.move_in(&folder),
            20 => self.move_out(&folder),
            21 => set_clock_back(&note, &text),
            22 => self.link(),
            _ => self.change_theme(),
        }
    }

    fn configure(&mut self) -> io::Result<()> {
        let title = self.dice.below(9);
        fs::write(self.root().join("book.toml"), format!("[book]\ntitle = \"{title}\"\n"))
    }

    fn ignore(&mut self) -> io::Result<()> {
        let rules = self.root().join("content/.gitignore");
        match self.dice.below(2) {
            0 => fs::write(rules, "n1.md\n"),
            _ => fs::remove_file(rules),
        }
    }

    /// As `git checkout` does it: many files, deleted and written.
    fn switch_branch(&mut self) -> io::Result<()> {
        (0..40).try_for_each(|_| {
            let path = self.project.path().join(self.dice.note());
            let text = self.dice.text();
            match self.dice.below(3) {
                // Those that are not there are of neither branch.
                0 => fs::remove_file(path).or(Ok(())),
                _ => write(&path, &text),
            }
        })
    }

    fn take_content_away(&self) -> io::Result<()> {
        let (content, aside) = (self.root().join("content"), self.root().join(".aside"));
        fs::rename(&content, &aside)?;
        fs::rename(aside, content)
    }

    fn move_in(&mut self, folder: &Path) -> io::Result<()> {
        let made = self.aside.path().join("in");
        fill(&made.join("d0"), &mut self.dice)?;
        fs::rename(&made, folder).or_else(|_| fs::remove_dir_all(made))
    }

    fn move_out(&mut self, folder: &Path) -> io::Result<()> {
        let out = self.aside.path().join("out");
        fs::rename(folder, &out)?;
        // What goes on there is no business of the site's.
        write(&out.join("n0.md"), "# Elsewhere\n")?;
        fs::remove_dir_all(out)
    }

    /// A symbolic link comes, or goes again.
    fn link(&mut self) -> io::Result<()> {
        let link = self.root().join("content/linked.md");
        fs::remove_file(&link)
            .or_else(|_| std::os::unix::fs::symlink(self.dice.note(), link))
    }

    /// A part of the theme is changed, broken or gone.
    fn change_theme(&mut self) -> io::Result<()> {
        let part = self.root().join("themes/diptych/parts/foot.html");
        match self.dice.below(4) {
            0 => fs::remove_dir_all(self.root().join("themes")),
            1 => write(&part, "{{ nothing.there"),
            it => write(&part, &format!("<footer>{it}</footer>")),
        }
    }

    /// Waits until what is served is what a build would publish, byte for byte.
    fn settle(&mut self, when: &str) {
        let theme = self.root().join("themes/diptych/parts/foot.html");
        if fs::read_to_string(&theme).is_ok_and(|it| it.starts_with("{{")) {
            // With a broken theme the last good site stays.
            fs::remove_file(theme).expect("it is there");
        }
        let output = self.clean.path().join("site");
        let status = Command::new(cargo_bin!("diptych"))
            .args(["build", "--keep-going", "--quiet", "--root"])
            .arg(self.root())
            .arg("--output")
            .arg(&output)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("it runs");
        if status.code() == Some(2) {
            // There are no notes at all, and the last site stays.
            return;
        }
        let files = published(&output);
        self.ever.extend(files.iter().cloned());
        let start = Instant::now();
        while let Some(difference) = self.difference(&output, &files) {
            assert!(start.elapsed() < Duration::from_secs(10), "{when}: {difference}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Something that is not served as it was published.
    fn difference(&self, output: &Path, files: &BTreeSet<String>) -> Option<String> {
        self.ever.iter().find_map(|path| {
            let answer = self.serving.get(&format!("/{path}"));
            let is_same = if files.contains(path) {
                let wanted = fs::read(output.join(path)).expect("it was published");
                answer.status == 200 && without_script(answer.body) == wanted
            } else {
                answer.status == 404
            };
            (!is_same).then(|| format!("{path} ({})", answer.status))
        })
    }
}

/// A page as it is published: what `serve` adds to it is taken out.
fn without_script(page: Vec<u8>) -> Vec<u8> {
    const SCRIPT: &str = "<script defer src=\"/.diptych/live.js\"></script>";
    String::from_utf8(page).map_or_else(std::string::FromUtf8Error::into_bytes, |text| {
        text.replacen(SCRIPT, "", 1).into_bytes()
    })
}

/// The files of a published site, but for its marker.
fn published(output: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(output.join(&folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path != Path::new(".diptych") {
                files.insert(path.to_str().expect("UTF-8").to_owned());
            }
        }
    }
    files
}

/// Saves to another file that takes the place of the old one.
fn replace(note: &Path, text: &str) -> io::Result<()> {
    let temporary = note.with_file_name(".n.md.tmp");
    fs::write(&temporary, text)?;
    fs::rename(temporary, note)
}

/// Saves as vim does it, with a swap file, a probe and a backup.
fn save_like_vim(note: &Path, text: &str) -> io::Result<()> {
    let swap = note.with_file_name(".n.md.swp");
    let probe = note.with_file_name("4913");
    fs::write(&swap, "swap")?;
    fs::write(&probe, "")?;
    fs::remove_file(probe)?;
    let backup = note.with_extension("md~");
    fs::rename(note, &backup)?;
    fs::write(note, text)?;
    fs::remove_file(backup)?;
    fs::remove_file(swap)
}

/// The first half is there for a while, and alone.
fn save_by_halves(note: &Path, text: &str) -> io::Result<()> {
    let (first, second) = text.split_at(text.len() / 2);
    let mut file = File::create(note)?;
    file.write_all(first.as_bytes())?;
    thread::sleep(Duration::from_millis(8));
    file.write_all(second.as_bytes())
}

/// Saves as if it were long ago, or not yet.
fn set_clock_back(note: &Path, text: &str) -> io::Result<()> {
    const HOUR: Duration = Duration::from_hours(1);
    fs::write(note, text)?;
    let now = SystemTime::now();
    let time = if text.len().is_multiple_of(2) { now - HOUR } else { now + HOUR };
    File::open(note)?.set_modified(time)
}

fn fill(folder: &Path, dice: &mut Dice) -> io::Result<()> {
    (0..4).try_for_each(|it| write(&folder.join(format!("n{it}.md")), &dice.text()))
}
