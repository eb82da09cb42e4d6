//! Addresses that stand bare in the text, by GFM's rules (GFM 6.9), and ids of notes
//! that the site has a pattern for.

use std::ops::Range;

use regex::Regex;

/// An address found in a run of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare {
    /// Its bytes in the run.
    pub(super) range: Range<usize>,
    /// The address that it stands for.
    pub(super) address: String,
    /// The note that it stands for, where it is an id and no address.
    pub(super) note: Option<String>,
    /// Whether it ends only where white space does, even beyond the run.
    pub(super) extends: bool,
}

/// The addresses and ids in a part of a run, in order, none within another.
pub(super) fn find(
    text: &str,
    part: Range<usize>,
    mentions: &[(Regex, String)],
) -> Vec<Bare> {
    let (text, from) = (&text[..part.end], part.start);
    let has = |it: &str| text[from..].contains(it);
    let mut found = Vec::new();
    if has("://") || has("www.") || has("WWW.") {
        urls(text, from, &mut found);
    }
    if has("@") {
        emails(text, from, &mut found);
    }
    for (pattern, note) in mentions {
        ids(text, from, pattern, note, &mut found);
    }
    found.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    let mut end = 0;
    found.retain(|it| {
        let free = it.range.start >= end;
        if free {
            end = it.range.end;
        }
        free
    });
    found
}

/// The ids of notes that a pattern of the site finds.
fn ids(text: &str, from: usize, pattern: &Regex, note: &str, found: &mut Vec<Bare>) {
    let mut at = from;
    while let Some(captures) = pattern.captures_at(text, at) {
        let whole = captures.get_match();
        let mut name = String::new();
        captures.expand(note, &mut name);
        let range = whole.range();
        at = text.ceil_char_boundary(range.end.max(range.start + 1).min(text.len()));
        if !range.is_empty() {
            let address = String::new();
            found.push(Bare { range, address, note: Some(name), extends: false });
        } else if at == text.len() {
            break;
        }
    }
}

fn urls(text: &str, from: usize, found: &mut Vec<Bare>) {
    let mut at = from;
    while let Some(start) = next_url(text, at) {
        let end = start + reach(&text[start..]);
        let url = &text[start..end];
        if is_valid(url) {
            let (range, address) = (start..end, address(url));
            found.push(Bare { range, address, note: None, extends: true });
            at = end;
        } else {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// Where the next address may begin: `http://`, `https://`, `ftp://` or `www.` at the
/// start of a word or behind one of `*_~(`.
fn next_url(text: &str, from: usize) -> Option<usize> {
    let starts = ["http://", "https://", "ftp://", "www."];
    text[from..]
        .char_indices()
        .map(|(at, _)| from + at)
        .filter(|at| {
            let rest = &text.as_bytes()[*at..];
            matches!(rest[0], b'h' | b'H' | b'f' | b'F' | b'w' | b'W')
                && starts.iter().any(|it| {
                    rest.get(..it.len())
                        .is_some_and(|head| head.eq_ignore_ascii_case(it.as_bytes()))
                })
        })
        .find(|at| {
            let before = text[..*at].chars().next_back();
            before.is_none_or(|it| it.is_whitespace() || "*_~([{\"'“‘«:;,|>".contains(it))
        })
}

/// How far an address reaches: to white space or `<`, without the punctuation that
/// ends the sentence around it. Zero where that is farther than any address goes.
pub(super) fn reach(text: &str) -> usize {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    let end = match near.find(|it: char| it.is_whitespace() || it == '<') {
        Some(end) => end,
        None if near.len() == text.len() => near.len(),
        None => return 0,
    };
    let mut url = &near[..end];
    let mut surplus = url.matches(')').count().saturating_sub(url.matches('(').count());
    loop {
        let trimmed = url.trim_end_matches(|it| "?!.,:*_~'\"”’»".contains(it));
        let trimmed = match trimmed.strip_suffix([')', ']', '}', ';']) {
            Some(rest) if trimmed.ends_with(')') && surplus > 0 => {
                surplus -= 1;
                rest
            }
            Some(rest) if trimmed.ends_with(';') => without_entity(rest),
            Some(rest) if trimmed.ends_with(']') && !trimmed.contains('[') => rest,
            Some(rest) if trimmed.ends_with('}') && !trimmed.contains('{') => rest,
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            return url.len();
        }
        url = trimmed;
    }
}

/// The longest address that is looked for, in bytes.
const LONGEST: usize = 2048;

/// What ends in `&name` (of an entity reference) without it.
fn without_entity(text: &str) -> &str {
    match text.rfind('&') {
        Some(at) if text[at + 1..].bytes().all(|it| it.is_ascii_alphanumeric()) => {
            &text[..at]
        }
        _ => text,
    }
}

/// The address that the text of a bare link stands for.
pub(super) fn address(url: &str) -> String {
    if url.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("www.")) {
        format!("http://{url}")
    } else {
        url.to_owned()
    }
}

/// Whether the domain is one: segments of letters, digits, `-` and `_`, a dot between
/// two, no underscore in the last two.
fn is_valid(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let domain = host.split_once(':').map_or(host, |(domain, _)| domain);
    let parts: Vec<&str> = domain.split('.').collect();
    let is_part =
        |it: &&str| it.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_');
    let local = domain == "localhost" && url.contains("://");
    !domain.is_empty()
        && (parts.len() > 1 || local)
        && parts.iter().all(|it| is_part(it) && (!it.is_empty() || local))
        && parts.iter().rev().take(2).all(|it| !it.contains('_'))
}

fn emails(text: &str, from: usize, found: &mut Vec<Bare>) {
    for (at, _) in text[from..].match_indices('@') {
        let at = from + at;
        let is_local = |it: char| it.is_ascii_alphanumeric() || ".-_+".contains(it);
        let start = text[from..at].rfind(|it| !is_local(it)).map_or(from, |it| {
            let it = from + it;
            it + text[it..].chars().next().map_or(1, char::len_utf8)
        });
        let is_domain = |it: char| it.is_ascii_alphanumeric() || ".-_".contains(it);
        let rest = &text[at + 1..];
        let domain = &rest[..rest.find(|it| !is_domain(it)).unwrap_or(rest.len())];
        let domain = domain.trim_end_matches('.');
        let sound = domain.contains('.')
            && !domain.contains("..")
            && !domain.starts_with('.')
            && !domain.ends_with(['-', '_']);
        if start < at && sound {
            let range = start..at + 1 + domain.len();
            let address = format!("mailto:{}", &text[range.clone()]);
            found.push(Bare { range, address, note: None, extends: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        find(text, 0..text.len(), &[]).into_iter().map(|it| it.address).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        assert_eq!(addresses("see https://a.org/b_(c)), and"), ["https://a.org/b_(c)"]);
        assert_eq!(
            addresses("www.a.org/x?y=1&copy; (http://b.org)."),
            ["http://www.a.org/x?y=1", "http://b.org"]
        );
        assert_eq!(
            addresses("http://localhost:8000/ é http://a_b.c"),
            ["http://localhost:8000/"]
        );
        assert_eq!(addresses("mail me@a.org. or x@y"), ["mailto:me@a.org"]);
        assert!(addresses("https://, http:// www. xhttp://a.b").is_empty());
    }

    #[test]
    fn ids_are_found_by_the_sites_patterns() {
        let pattern = (Regex::new(r"RFC (\d+)").expect("a pattern"), "rfc-$1".to_owned());
        let found = find("see RFC 12, not RFCs", 0..20, &[pattern]);
        assert_eq!(found[0].note.as_deref(), Some("rfc-12"));
        assert_eq!(found.len(), 1);
    }
}
