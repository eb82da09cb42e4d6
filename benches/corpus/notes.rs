//! Generated notes: as long, as linked and as varied as those of real collections.
//!
//! The note of a number is always the same, whatever the size of its collection but
//! for whom it links to.

use std::fmt::Write;
use std::sync::LazyLock;

/// How many notes lie in a folder.
const FOLDER: usize = 100;

/// A generated collection of notes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Notes {
    /// How many there are.
    pub count: usize,
}

impl Notes {
    /// The path of a note, without its extension.
    pub(crate) fn path(number: usize) -> String {
        let (folder, note) = (number / FOLDER, Dice::new(number).name());
        format!("area-{folder:04}/{number:06}-{}", note.replace('_', "-"))
    }

    /// The title of a note.
    pub(crate) fn title(number: usize) -> String {
        let mut dice = Dice::new(number);
        let name = dice.name().replace('_', " ");
        format!("{number}: {name} for {}", dice.phrase(3))
    }

    /// What stands before the Markdown of a note.
    pub(crate) fn front_matter(number: usize) -> String {
        let mut dice = Dice::new(number ^ (1 << 40));
        let status = dice.pick(&["draft", "proposed", "accepted", "deprecated"]);
        let (owner, tag, other) = (dice.pick(WORDS), dice.pick(WORDS), dice.pick(WORDS));
        let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
        format!(
            "---\ntitle: \"{}\"\nstatus: {status}\nowners: [{owner}]\n\
             created: 2026-{month:02}-{day:02}\ntags: [{tag}, {other}]\n---\n",
            Self::title(number)
        )
    }

    /// The Markdown of a note, about 6 KB.
    pub(crate) fn markdown(self, number: usize) -> String {
        let mut dice = Dice::new(number ^ (1 << 41));
        let mut text = format!("# {}\n\n", Self::title(number));
        dice.paragraph(&mut text, 4);
        let heading = |name: &str, text: &mut String| {
            let _ = write!(text, "## {name}\n\n");
        };
        heading("Context", &mut text);
        self.link(number, 1 + dice.below(9), "#context", &mut dice, &mut text);
        dice.paragraph(&mut text, 3);
        heading("What research reports", &mut text);
        dice.paragraph(&mut text, 2);
        dice.list(&mut text);
        dice.fence(&mut text);
        heading("What production needs", &mut text);
        self.link(number, dice.below(self.count), "", &mut dice, &mut text);
        dice.paragraph(&mut text, 4);
        heading("Comparison", &mut text);
        dice.table(&mut text);
        text.push_str("### Caveats\n\n");
        dice.paragraph(&mut text, 5);
        dice.fence(&mut text);
        heading("Decision", &mut text);
        self.link(number, FOLDER + dice.below(FOLDER), "", &mut dice, &mut text);
        let _ = write!(text, "{}[^1]\n\n[^1]: {}\n", dice.sentence(), dice.sentence());
        text
    }

    /// A sentence with a link to the note that is so far behind this one.
    fn link(
        self,
        from: usize,
        ahead: usize,
        fragment: &str,
        dice: &mut Dice,
        text: &mut String,
    ) {
        let to = (from + ahead) % self.count;
        let (before, after) = (dice.phrase(4), dice.phrase(5));
        let (title, path) = (Self::title(to), Self::path(to));
        let _ = writeln!(
            text,
            "As {before}, see [{title}](../{path}.md{fragment}) on {after}."
        );
    }
}

/// Chance that is the same every time (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default() % count.max(1)
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn phrase(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| self.pick(WORDS)).collect();
        words.join(" ")
    }

    fn sentence(&mut self) -> String {
        let words = 7 + self.below(9);
        let phrase = self.phrase(words);
        let (word, number) = (self.pick(WORDS), self.below(1000));
        match self.below(6) {
            0 => format!("The {phrase} is **{word}** at {number} ms."),
            1 => format!("With `{word}={number}` the {phrase}."),
            2 => format!("A {phrase}, *{word}*, {number} times."),
            _ => format!("Then {phrase} and {word}."),
        }
    }

    fn paragraph(&mut self, text: &mut String, sentences: usize) {
        for _ in 0..sentences {
            let _ = writeln!(text, "{}", self.sentence());
        }
        text.push('\n');
    }

    fn list(&mut self, text: &mut String) {
        for _ in 0..4 {
            let _ = writeln!(text, "- {}", self.sentence());
        }
        text.push('\n');
    }

    fn table(&mut self, text: &mut String) {
        text.push_str("| Metric | Research | Production |\n|---|---:|---:|\n");
        for _ in 0..6 {
            let name = self.phrase(2);
            let (left, right) = (self.below(1000), self.below(1000));
            let _ = writeln!(text, "| {name} (ms; lower) | {left} | {right} |");
        }
        text.push('\n');
    }

    /// Twenty lines of code.
    fn fence(&mut self, text: &mut String) {
        let (language, pieces) = &CODE[self.below(CODE.len())];
        let mut code = String::new();
        let mut lines = 0;
        while lines < 20 {
            if lines > 0 {
                code.push('\n');
                lines += 1;
            }
            for line in self.pick(pieces).lines().take(20 - lines) {
                self.fill(line, &mut code);
                code.push('\n');
                lines += 1;
            }
        }
        let _ = write!(text, "```{language}\n{code}```\n\n");
    }

    /// Puts words and numbers in the places that a line leaves for them.
    fn fill(&mut self, line: &str, code: &mut String) {
        let mut pieces = line.split('~');
        code.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (place, rest) = piece.split_at(1);
            let _ = match place {
                "n" => write!(code, "{}", self.name()),
                "T" => write!(code, "{}", self.type_name()),
                "i" => write!(code, "{}", 1 + self.below(9999)),
                "f" => write!(code, "{}.{}", self.below(100), 1 + self.below(999)),
                _ => write!(code, "{}", self.phrase(5)),
            };
            code.push_str(rest);
        }
    }

    /// A name as code has it: `batch`, `latency_budget`.
    fn name(&mut self) -> String {
        match self.below(3) {
            0 => self.pick(WORDS).to_owned(),
            _ => format!("{}_{}", self.pick(WORDS), self.pick(WORDS)),
        }
    }

    fn type_name(&mut self) -> String {
        let words = [self.pick(WORDS), self.pick(WORDS)];
        let capital = |it: &str| it[..1].to_uppercase() + &it[1..];
        words.map(capital).concat()
    }
}

/// The code that fences are made of: pieces by language.
static CODE: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let languages = include_str!("code.txt").split("=== ").skip(1);
    let parted = languages.filter_map(|it| it.split_once('\n'));
    parted.map(|(name, code)| (name, code.trim_end().split("\n\n").collect())).collect()
});

const WORDS: &[&str] = &[
    "adapter",
    "attention",
    "batch",
    "baseline",
    "beam",
    "bias",
    "budget",
    "cache",
    "calibration",
    "canary",
    "checkpoint",
    "chunk",
    "cluster",
    "cohort",
    "context",
    "corpus",
    "cost",
    "dataset",
    "decoder",
    "deployment",
    "drift",
    "embedding",
    "encoder",
    "epoch",
    "evaluation",
    "expert",
    "feature",
    "feedback",
    "filter",
    "gateway",
    "gradient",
    "guardrail",
    "head",
    "heuristic",
    "index",
    "inference",
    "kernel",
    "label",
    "latency",
    "layer",
    "loss",
    "margin",
    "mask",
    "memory",
    "metric",
    "model",
    "monitor",
    "node",
    "offset",
    "optimizer",
    "page",
    "partition",
    "pipeline",
    "policy",
    "pool",
    "precision",
    "prefix",
    "prompt",
    "quantile",
    "query",
    "queue",
    "ranker",
    "rate",
    "recall",
    "region",
    "registry",
    "replica",
    "request",
    "retrieval",
    "reward",
    "rollout",
    "sample",
    "scheduler",
    "schema",
    "score",
    "segment",
    "sequence",
    "shard",
    "signal",
    "slice",
    "snapshot",
    "source",
    "stage",
    "store",
    "stream",
    "student",
    "target",
    "teacher",
    "tensor",
    "threshold",
    "throughput",
    "token",
    "trainer",
    "transform",
    "trigger",
    "tuner",
    "upstream",
    "vector",
    "version",
    "vocabulary",
    "warmup",
    "weight",
    "window",
    "worker",
];
