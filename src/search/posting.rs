//! Where a word stands: parts of notes, each with how much the word weighs in it.

/// How many weights there are; the first is the least.
pub(super) const LEVELS: u32 = 8;

/// In how many parts a word is looked for. What stands in more of them says little; the
/// parts in which it weighs most are kept, so that no file grows with the site.
pub(super) const MOST: usize = 8192;

/// A part of a note, and the weight of a word in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    /// The word stands in this part with this level, from 0.
    pub(super) fn new(part: u32, level: u8) -> Self {
        Self(part * LEVELS + u32::from(level).min(LEVELS - 1))
    }

    /// The number of the part.
    pub(super) fn part(self) -> u32 {
        self.0 / LEVELS
    }

    /// The weight, from 0.
    pub(super) fn level(self) -> u32 {
        self.0 % LEVELS
    }
}

/// What marks where the parts of a level begin, the least level first.
const MARKS: &[u8] = b"!#$%&()*";

/// The digits of a number to the base of 32; those of the second half are followed by
/// more.
const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Postings, the heaviest first: for each level its mark and the distances between its
/// parts.
pub(super) fn encode(postings: &[Posting]) -> String {
    let mut text = String::with_capacity(postings.len() + 4);
    let mut left = MOST;
    for level in (0..LEVELS).rev() {
        let of_level = postings.iter().filter(|it| it.level() == level).take(left);
        let mut last = None;
        for posting in of_level {
            if last.is_none() {
                text.push(char::from(MARKS[level as usize]));
            }
            number(&mut text, last.map_or(posting.part(), |it| posting.part() - it - 1));
            last = Some(posting.part());
            left -= 1;
        }
    }
    text
}

/// Writes the distances between rising numbers.
pub(super) fn rising(numbers: impl Iterator<Item = u32>) -> String {
    let (mut text, mut last) = (String::new(), None);
    for it in numbers {
        number(&mut text, last.map_or(it, |last| it - last - 1));
        last = Some(it);
    }
    text
}

fn number(text: &mut String, mut value: u32) {
    loop {
        let (digit, rest) = (value % 32, value / 32);
        let follows = if rest > 0 { 32 } else { 0 };
        text.push(char::from(DIGITS[(digit + follows) as usize]));
        if rest == 0 {
            return;
        }
        value = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_come_first() {
        let postings =
            [(0, 7), (1, 0), (2, 0), (40, 7)].map(|(part, it)| Posting::new(part, it));
        assert_eq!(encode(&postings), "*AnB!BA");
        assert_eq!(rising([3, 4, 40].into_iter()), "DAjB");
    }

    #[test]
    fn no_word_has_more_than_so_many() {
        let all: Vec<Posting> = (0..20_000).map(|it| Posting::new(it, 3)).collect();
        assert_eq!(encode(&all).len(), MOST + 1);
    }
}
