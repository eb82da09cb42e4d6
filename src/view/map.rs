//! The local map of a note: the notes that link to it on one side, those that it links
//! to on the other, and where each stands in the drawing.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::note::card::Card;
use crate::path::FilePath;
use crate::site::tie::Tie;
use crate::view::Reference;
use crate::view::link::Lookup;

/// The local map of a note. All lengths are in units of the drawing, which is [`WIDTH`]
/// of them wide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Map {
    /// How wide the drawing is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// How far below its top the note itself is.
    pub middle: u32,
    /// The notes that link here.
    pub from: Wing,
    /// The notes that the note links to.
    pub to: Wing,
}

/// One side of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Wing {
    /// The notes that are drawn.
    pub neighbours: Vec<Neighbour>,
    /// How many more there are.
    pub more: usize,
    /// Where their names end or begin, from the left.
    pub x: u32,
    /// How far below the top it is said how many more there are.
    pub y: u32,
}

/// A note in the map.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Neighbour {
    /// Its title.
    pub label: String,
    /// Where it is, seen from the page.
    pub href: String,
    /// What the note of the page says it is to it: `supersedes`; empty if nothing.
    pub tie: &'static str,
    /// The title in lines that the drawing has room for.
    pub lines: Vec<String>,
    /// How far below the top the first line stands.
    pub y: u32,
    /// The line between it and the note, as the path of an SVG.
    pub edge: String,
}

/// How many notes of a side are drawn, so that no page grows with the site.
const SIDE: usize = 4;
/// How wide the drawing is.
const WIDTH: u32 = 640;
/// How much of the width the names of each side have.
const COLUMN: u32 = 236;
/// How high a line of a name is.
const LINE: u32 = 17;
/// How far apart two names are.
const GAP: u32 = 10;
/// How high the titles of the sides are.
const HEAD: u32 = 30;
/// The most lines of a name.
const LINES: usize = 4;
/// What a line has room for, in hundredths of the size of the type, which is 13 units.
const ROOM: u32 = COLUMN * 100 / 13;

/// The map of a note; none where fewer than two notes are around it.
pub fn of(lookup: &Lookup<'_>, card: &Card) -> Option<Map> {
    let site = lookup.site;
    let ties = || site.ties.get(&card.path).into_iter().flatten();
    let outward = ties().filter(|(tie, _)| tie.leads_out());
    let inward = ties().filter(|(tie, _)| !tie.leads_out());
    let links = site.links.get(&card.path).into_iter().flatten();
    let backlinks = site.backlinks.get(&card.path).into_iter().flatten();
    let from = wing(lookup, card, inward, backlinks.map(|it| &it.from));
    let to = wing(lookup, card, outward, links);
    (from.0.len() + to.0.len() > 1).then(|| draw(from, to))
}

/// The notes of one side, and how many more there are than are drawn.
type Side = (Vec<(Reference, &'static str)>, usize);

/// Those to which the note has a tie, then those of the links, each once.
fn wing<'a>(
    lookup: &Lookup<'_>,
    card: &Card,
    ties: impl Iterator<Item = &'a (Tie, FilePath)>,
    links: impl Iterator<Item = &'a FilePath>,
) -> Side {
    let mut seen: BTreeSet<&FilePath> = BTreeSet::new();
    let tied = ties.map(|(tie, path)| (path, tie.key()));
    let all = tied.chain(links.map(|path| (path, "")));
    let mut notes = Vec::new();
    for (path, tie) in all {
        let Some(other) = lookup.site.card(path).filter(|_| seen.insert(path)) else {
            continue;
        };
        if notes.len() < SIDE {
            let href = card.route.href_to(&other.route);
            notes.push((Reference { label: other.title.clone(), href }, tie));
        }
    }
    let more = seen.len() - notes.len();
    (notes, more)
}

/// Gives each note its place.
fn draw(from: Side, to: Side) -> Map {
    let [left, right] =
        [from, to].map(|(notes, more)| (notes.into_iter().map(broken).collect(), more));
    let inner = high(&left).max(high(&right));
    let middle = HEAD + (inner - GAP) / 2;
    Map {
        width: WIDTH,
        height: HEAD + inner + GAP,
        middle,
        from: place(left, inner, COLUMN, |at| {
            format!("M{} {at}C280 {at} 280 {middle} 310 {middle}", COLUMN + 8)
        }),
        to: place(right, inner, WIDTH - COLUMN, |at| {
            let end = WIDTH - COLUMN - 14;
            format!("M330 {middle}C360 {middle} 360 {at} {end} {at}")
        }),
    }
}

/// A side whose names have their lines.
type Broken = (Vec<Neighbour>, usize);

fn broken((note, tie): (Reference, &'static str)) -> Neighbour {
    let lines = lines(&note.label);
    let Reference { label, href } = note;
    Neighbour { label, href, tie, lines, y: 0, edge: String::new() }
}

/// How high a note is: its lines, and one for its tie.
fn height(note: &Neighbour) -> u32 {
    let lines = note.lines.len() + usize::from(!note.tie.is_empty());
    LINE * u32::try_from(lines).unwrap_or(0)
}

fn high((notes, more): &Broken) -> u32 {
    let rest = if *more > 0 { LINE + GAP } else { 0 };
    notes.iter().map(|it| height(it) + GAP).sum::<u32>() + rest
}

fn place(side: Broken, inner: u32, x: u32, edge: impl Fn(u32) -> String) -> Wing {
    let mut top = HEAD + (inner - high(&side)) / 2;
    let (mut neighbours, more) = side;
    for note in &mut neighbours {
        note.y = top + LINE - 4;
        note.edge = edge(top + height(note) / 2);
        top += height(note) + GAP;
    }
    Wing { neighbours, more, x, y: top + LINE - 4 }
}

/// A name in lines, none of them wider than a column. What is longer than the most
/// lines ends in `…`; the list beside the drawing has all of it.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in label.split_whitespace().flat_map(pieces) {
        let needed = breadth(word);
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last].push_str(word);
            used = needed;
        } else if used + breadth(" ") + needed <= ROOM {
            lines[last].push(' ');
            lines[last].push_str(word);
            used += breadth(" ") + needed;
        } else {
            lines.push(word.to_owned());
            used = needed;
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    lines
}

/// A word in pieces, none of them wider than a column.
fn pieces(word: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, char) in word.char_indices() {
        if used + width(char) > ROOM - width('…') && width(char) > 0 {
            pieces.push(&word[start..at]);
            (start, used) = (at, 0);
        }
        used += width(char);
    }
    pieces.push(&word[start..]);
    pieces
}

fn breadth(text: &str) -> u32 {
    text.chars().map(width).sum()
}

/// How wide a character is, in hundredths of the size of the type: never less than in
/// the widest of the common sans serif faces, so that no name is cut off.
fn width(char: char) -> u32 {
    match char {
        // What is set over or joins other characters.
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        ' ' | 'i' | 'j' | 'l' | '|' | '\'' | '.' | ',' | ':' | ';' | '!' => 35,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '"' => 46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 101,
        'A'..='Z' => 80,
        '\u{21}'..='\u{7E}' => 65,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' => {
            105
        }
        '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FFEF}' | '\u{1F000}'.. => 140,
        _ => 80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn note(label: &str, tie: &'static str) -> (Reference, &'static str) {
        (Reference { label: label.to_owned(), href: format!("{label}/") }, tie)
    }

    #[test]
    fn the_shorter_side_stands_in_the_middle_of_the_longer_one() {
        let from = vec![note("One", ""), note("Two", "required-by"), note("Three", "")];
        let map = draw((from, 0), (vec![note("Four", "")], 0));
        let ys = |wing: &Wing| wing.neighbours.iter().map(|it| it.y).collect::<Vec<_>>();
        assert_eq!(ys(&map.from), [43, 70, 114]);
        assert_eq!(ys(&map.to), [78]);
        assert_eq!((map.height, map.middle), (138, 74));
        assert_eq!(map.to.neighbours[0].edge, "M330 74C360 74 360 73 390 73");
    }

    #[test]
    fn what_is_not_drawn_has_a_line_of_its_own() {
        let alone = draw((vec![note("One", "")], 0), Side::default());
        let more = draw((vec![note("One", "")], 3), Side::default());
        assert_eq!(more.height - alone.height, LINE + GAP);
    }

    #[test]
    fn a_long_name_has_lines_and_a_longer_one_an_end() {
        assert_eq!(lines("Short"), ["Short"]);
        assert_eq!(
            lines("Delivery-time prediction: the design of it"),
            ["Delivery-time prediction: the", "design of it"]
        );
        assert_eq!(lines(&"word ".repeat(60)).len(), LINES);
        assert!(lines(&"word ".repeat(60))[LINES - 1].ends_with('…'));
        assert!(lines(&"x".repeat(60)).len() > 1);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_column(label in ".{0,200}") {
            for line in lines(&label) {
                prop_assert!(breadth(&line) <= ROOM + width('…'), "{line}");
            }
        }
    }
}
