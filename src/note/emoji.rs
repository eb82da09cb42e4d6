//! Emoji by their short codes: `:rocket:`.

use std::borrow::Cow;

/// A text with the short codes that GitHub knows replaced by their emoji.
pub fn shown(text: &str) -> Cow<'_, str> {
    let mut parts = text.split(':');
    let Some(first) = parts.next().filter(|it| it.len() < text.len()) else {
        return Cow::Borrowed(text);
    };
    let mut shown = String::with_capacity(text.len());
    shown.push_str(first);
    // Whether the colon before the part is still to be written.
    let mut owed = true;
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let emoji = if parts.peek().is_some() && owed { emoji(part) } else { None };
        if let Some(emoji) = emoji {
            shown.push_str(emoji);
            owed = false;
            continue;
        }
        if owed {
            shown.push(':');
        }
        shown.push_str(part);
        owed = true;
    }
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

fn emoji(code: &str) -> Option<&'static str> {
    let named =
        code.bytes().any(|it| it.is_ascii_alphabetic() || it == b'+' || it == b'-');
    named.then(|| emojis::get_by_shortcode(code)).flatten().map(emojis::Emoji::as_str)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn codes_that_are_known_are_shown_as_emoji() {
        assert_eq!(shown(":rocket: go :+1:"), "🚀 go 👍");
        for text in ["10:30:00", "a::b", "::", "std::vec:", ":nope:", "no"] {
            assert_eq!(shown(text), text);
        }
    }
}
