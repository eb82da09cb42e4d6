//! A session: commands after a prompt, and what the program answered.

use super::scanner::{At, Scanner, escape};

/// A session, between two of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// The state of the grammar before a command.
    start: At,
    /// Its state after the last line of a command that may go on.
    goes_on: Option<At>,
    /// Whether the lines after the first have dots before them, as Python's have.
    dots: bool,
    /// Whether any line has a prompt; without one, every line is a command.
    prompts: bool,
}

impl Session {
    /// A session before its first line.
    pub(super) fn new(start: At, code: &str) -> Self {
        let prompts = code.lines().any(|line| prompt(line).is_some());
        Self { start, goes_on: (!prompts).then_some(start), dots: false, prompts }
    }

    /// Adds the HTML of the next line.
    pub(super) fn line(&mut self, scanner: &mut Scanner, line: &str, html: &mut String) {
        let start = prompt(line).map(|len| (self.start, len));
        let command = match self.goes_on {
            _ if start.is_some() => start,
            Some(at) => continuation(line, self.dots).map(|len| (at, len)),
            None => None,
        };
        let Some((at, len)) = command else {
            self.goes_on = None;
            return escape(line, html);
        };
        let (prompt, command) = line.split_at(len);
        write_prompt(prompt, html);
        let next = scanner.line(at, command, html);
        self.dots = prompt.starts_with(['.', '>']) && prompt.len() >= 3;
        let goes_on = self.dots || command.ends_with('\\') || !self.prompts;
        self.goes_on = goes_on.then_some(next);
    }
}

/// Writes a prompt, the blanks after it outside of its span.
fn write_prompt(prompt: &str, html: &mut String) {
    let sign = prompt.trim_end();
    if !sign.is_empty() {
        html.push_str("<span class=\"gp\">");
        escape(sign, html);
        html.push_str("</span>");
    }
    html.push_str(&prompt[sign.len()..]);
}

/// The length of the prompt at the beginning of a line, if there is one: `$ `,
/// `(env) user@host:~$ `, `[user@host dir]# `, `PS C:\> `, `>>> `.
fn prompt(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if matches!(text, "$" | ">>>") {
        return Some(line.len());
    }
    if text.starts_with(">>> ") {
        return Some(indent + 4);
    }
    if text.starts_with("PS ") {
        return text.find("> ").map(|it| indent + it + 2);
    }
    let sign = text.find(['$', '%', '#'])?;
    let before = text[..sign].trim_end();
    let who = match before.strip_prefix('(').and_then(|it| it.split_once(')')) {
        Some((_, rest)) => rest.trim_start(),
        None => before,
    };
    // A line that begins with `#` is a comment, unless it says whose prompt it is.
    let bare = who.is_empty() && !text[sign..].starts_with('#');
    let host = who.len() <= 80 && who.contains('@') && !who.starts_with('@');
    let spaced = text[sign + 1..].starts_with(' ');
    (spaced && (bare || host)).then_some(indent + sign + 2)
}

/// The length of what a program puts before the next line of a command; `None` for
/// its answer. Python writes dots before each, a shell nothing or `> `.
fn continuation(line: &str, dots: bool) -> Option<usize> {
    match dots {
        true if line.starts_with("... ") => Some(4),
        true => (line == "...").then_some(3),
        false if line.starts_with("> ") => Some(2),
        false => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::prompt;

    #[test]
    fn a_prompt_is_told_from_output() {
        for (line, length) in [
            ("$ ls", 2),
            ("  $ ls", 4),
            ("% make", 2),
            ("(venv) $ pip", 9),
            ("me@host:~/a b$ ls", 15),
            ("[root@host ~]# ls", 15),
            ("PS C:\\> dir", 8),
            (">>> 1", 4),
            (">>>", 3),
        ] {
            assert_eq!(prompt(line), Some(length), "`{line}`");
        }
        for line in
            ["", "total 3", "# comment", "cost: $ 3", "100 % done", "a $b", "$5 and"]
        {
            assert_eq!(prompt(line), None, "`{line}`");
        }
    }
}
