//! A scanner: reads code line by line, and remembers what it has read.
//!
//! The HTML of a line depends on the line and on the state of the grammar before
//! it, on nothing else. Code repeats itself (closing brackets, imports, empty
//! lines, the same example in ten notes), so each state keeps the lines that were
//! seen in it: such a line costs one look-up instead of hundreds of regexes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use ahash::RandomState;
use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ClearAmount, ParseState, Scope, ScopeStackOp, SyntaxSet};

use super::class::{self, Class};

/// A line of more bytes than this is shown as it is.
///
/// Some grammars (INI, `SystemVerilog`, Typst) take time that grows with the cube of
/// the length of a hostile line: a second at this length, a minute at four times it.
/// Of the 60,000 lines of code in four collections of design notes none is as long.
pub const LONGEST_LINE: usize = 1000;

/// How many bytes a scanner remembers before it starts anew.
const MEMORY: usize = 8 * 1024 * 1024;

/// What a line and a state take beside their text, about.
const LINE: usize = 128;
const STATE: usize = 1024;

/// The grammars. What a grammar needs is unpacked at its first use.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

thread_local! {
    // A cache: it changes the speed and nothing else.
    static SCANNER: RefCell<Scanner> = RefCell::default();
}

/// Lends the scanner of this thread, which first forgets if it remembers too much.
pub(super) fn with<R>(job: impl FnOnce(&mut Scanner) -> R) -> R {
    SCANNER.with_borrow_mut(|scanner| {
        if scanner.bytes > MEMORY {
            *scanner = Scanner::default();
        }
        job(scanner)
    })
}

/// What has been read, by the state in which it was.
#[derive(Default)]
pub(super) struct Scanner {
    states: Vec<State>,
    starts: HashMap<&'static str, At, RandomState>,
    /// The states by their scopes, to find one that is equal.
    known: HashMap<Scopes, Vec<At>, RandomState>,
    classes: HashMap<Scope, Option<Class>, RandomState>,
    /// About how much memory all of it takes.
    bytes: usize,
}

/// The number of a state; valid until the scanner forgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At(usize);

/// The state of a grammar between two lines, and the lines seen in it.
struct State {
    parser: ParseState,
    scopes: Scopes,
    seen: HashMap<Box<str>, (Box<str>, At), RandomState>,
}

impl Scanner {
    /// The state before the first line; `None` without such a grammar.
    pub(super) fn start(&mut self, grammar: &'static str) -> Option<At> {
        if let Some(at) = self.starts.get(grammar) {
            return Some(*at);
        }
        let parser = ParseState::new(GRAMMARS.find_syntax_by_name(grammar)?);
        let at = self.keep(parser, Scopes::default());
        self.starts.insert(grammar, at);
        Some(at)
    }

    /// Adds the HTML of a line (which has no line break) and gives the state after it.
    pub(super) fn line(&mut self, at: At, line: &str, html: &mut String) -> At {
        if line.len() > LONGEST_LINE {
            escape(line, html);
            return at;
        }
        if let Some((known, next)) = self.states[at.0].seen.get(line) {
            html.push_str(known);
            return *next;
        }
        let start = html.len();
        let next = self.read(at, line, html);
        let made = &html[start..];
        self.bytes += LINE + line.len() + made.len();
        self.states[at.0].seen.insert(line.into(), (made.into(), next));
        next
    }

    /// Reads a line that is new in this state.
    fn read(&mut self, at: At, line: &str, html: &mut String) -> At {
        let state = &self.states[at.0];
        let (mut parser, mut scopes) = (state.parser.clone(), state.scopes.clone());
        let ended = format!("{line}\n");
        let Ok(ops) = parser.parse_line(&ended, &GRAMMARS) else {
            escape(line, html);
            return at;
        };
        let mut run = Run { line, class: "", range: 0..0 };
        for (place, op) in ops {
            run.extend(place.min(line.len()), scopes.class(), html);
            scopes.apply(&op, |scope| {
                *self.classes.entry(scope).or_insert_with(|| class::of_scope(scope))
            });
        }
        run.extend(line.len(), scopes.class(), html);
        run.write(html);
        self.keep(parser, scopes)
    }

    /// The number of a state, which is that of an equal one where there is one.
    fn keep(&mut self, parser: ParseState, scopes: Scopes) -> At {
        let alike = self.known.entry(scopes.clone()).or_default();
        if let Some(at) = alike.iter().find(|at| self.states[at.0].parser == parser) {
            return *at;
        }
        let at = At(self.states.len());
        alike.push(at);
        self.bytes += STATE;
        self.states.push(State { parser, scopes, seen: HashMap::default() });
        at
    }
}

/// The open scopes, of which only the classes matter here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Scopes {
    open: Vec<Level>,
    /// What grammars have set aside for a while.
    cleared: Vec<Vec<Level>>,
}

/// An open scope: the class that it gives, and that of text directly in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Level {
    own: Option<Class>,
    shown: Class,
}

impl Scopes {
    /// The class of text that stands here.
    fn class(&self) -> Class {
        self.open.last().map_or("", |it| it.shown)
    }

    fn apply(&mut self, op: &ScopeStackOp, class: impl FnOnce(Scope) -> Option<Class>) {
        match op {
            ScopeStackOp::Push(scope) => self.push(class(*scope)),
            ScopeStackOp::Pop(count) => {
                self.open.truncate(self.open.len().saturating_sub(*count));
            }
            ScopeStackOp::Clear(amount) => {
                let kept = match amount {
                    ClearAmount::TopN(count) => self.open.len().saturating_sub(*count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.open.split_off(kept));
            }
            ScopeStackOp::Restore => {
                for level in self.cleared.pop().unwrap_or_default() {
                    self.push(level.own);
                }
            }
            ScopeStackOp::Noop => {}
        }
    }

    fn push(&mut self, own: Option<Class>) {
        let shown = match own {
            // A key that is written as a string is first of all a key.
            Some("s") if self.class() == "g" => "g",
            Some(own) => own,
            None => self.class(),
        };
        self.open.push(Level { own, shown });
    }
}

/// A piece of a line that is of one class.
struct Run<'a> {
    line: &'a str,
    class: Class,
    range: std::ops::Range<usize>,
}

impl Run<'_> {
    /// Takes the text up to `end`; writes what was there before if that is of
    /// another class. Blanks between two pieces of a class belong to it too.
    fn extend(&mut self, end: usize, class: Class, html: &mut String) {
        let text = self.line.get(self.range.end..end).unwrap_or_default();
        if text.is_empty() {
            return;
        }
        let blank = text.bytes().all(|it| it == b' ' || it == b'\t');
        if blank || class == self.class {
            self.range.end = end;
        } else {
            self.write(html);
            self.class = class;
            self.range = self.range.end..end;
        }
    }

    /// Writes the piece, blanks at its end outside of the span.
    fn write(&self, html: &mut String) {
        let text = &self.line[self.range.clone()];
        let inner = text.trim_end_matches([' ', '\t']);
        if self.class.is_empty() || inner.is_empty() {
            return escape(text, html);
        }
        html.push_str("<span class=\"");
        html.push_str(self.class);
        html.push_str("\">");
        escape(inner, html);
        html.push_str("</span>");
        html.push_str(&text[inner.len()..]);
    }
}

/// Adds text to HTML.
pub(super) fn escape(text: &str, html: &mut String) {
    escape_html_body_text(html, text).expect("a String takes every text");
}
