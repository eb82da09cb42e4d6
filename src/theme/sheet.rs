//! A style sheet as it is published: without comments and indents.

use cssparser::{ParseError, Parser, Token};

/// How deep blocks are looked into; what lies deeper stays as it is.
const DEEPEST: usize = 32;

/// A style sheet that means the same without its comments and indents. Comments that
/// begin with `!`, as licences do, stay.
pub(super) fn lean(css: &str) -> String {
    let mut lean = String::with_capacity(css.len());
    block(&mut Parser::new(css), &mut lean, 0);
    lean
}

/// What stands in a block, or in the sheet.
fn block(parser: &mut Parser<'_>, lean: &mut String, depth: usize) {
    let mut is_skipped = false;
    loop {
        let start = parser.position();
        let token = parser.next_including_whitespace_and_comments().cloned();
        let written = parser.slice_from(start);
        // The parser passes over a block that was not looked into, with what follows it.
        if is_skipped || token.is_err() {
            lean.push_str(written);
        }
        let Ok(token) = token else { return };
        if !std::mem::take(&mut is_skipped) {
            add(&token, written, lean);
        }
        let Some(end) = end(&token) else { continue };
        is_skipped = depth == DEEPEST;
        if !is_skipped {
            let _: Result<(), ParseError<()>> = parser.parse_nested_block(|parser| {
                block(parser, lean, depth + 1);
                Ok(())
            });
            lean.push(end);
        }
    }
}

/// Adds a token, as far as it means something.
fn add(token: &Token<'_>, written: &str, lean: &mut String) {
    let ends = lean.is_empty() || lean.ends_with([' ', '\n']);
    match token {
        Token::WhiteSpace(_) if ends => {}
        Token::WhiteSpace(it) => lean.push(if it.contains('\n') { '\n' } else { ' ' }),
        Token::Comment(it) if it.starts_with('!') => lean.push_str(written),
        Token::Comment(_) if ends => {}
        // It parts what stands around it.
        Token::Comment(_) => lean.push_str("/**/"),
        _ => lean.push_str(written),
    }
}

/// What ends the block that a token begins.
fn end(token: &Token<'_>) -> Option<char> {
    match token {
        Token::Function(_) | Token::ParenthesisBlock => Some(')'),
        Token::SquareBracketBlock => Some(']'),
        Token::CurlyBracketBlock => Some('}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn comments_and_indents_are_left_out() {
        let css = "/* a */\n@layer x {\n  /* b */\n  a:hover > .b {\n    \
            width: calc(1px + 2px); /* c */\n    color: red;\n  }\n}\n";
        let meant =
            "@layer x {\na:hover > .b {\nwidth: calc(1px + 2px); color: red;\n}\n}\n";
        assert_eq!(lean(css), meant);
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        let css = "a::before{content:\"/* x */  y\"}b{background:url(a/*b)}";
        assert_eq!(lean(css), css);
        assert_eq!(lean("/*! MIT */a/**/b{}"), "/*! MIT */a/**/b{}");
    }

    #[test]
    fn a_sheet_that_ends_too_soon_or_is_deep_is_read() {
        assert_eq!(lean("a { b: c("), "a { b: c()}");
        let deep = format!("{}a /* b */ c", "{".repeat(20_000));
        assert!(lean(&deep).starts_with(&deep), "nothing is lost");
    }

    /// Pieces of which none leaves a comment or a string open.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            ".b",
            "1px",
            ":",
            ";",
            ",",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            " ",
            "  ",
            "\n",
            "\t",
            "/* c */",
            "/*! d */",
            "/**/",
            "\" /* */ \"",
            "url(x)",
            "calc(",
            "-",
            "@media",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_lean_stays_as_it_is(css in pieces()) {
            let once = lean(&css);
            prop_assert_eq!(lean(&once), once);
        }
    }
}
