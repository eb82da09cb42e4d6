//! `%%` comments that reach over several blocks.

use pulldown_cmark as md;

use super::{Dialect, Sourced};

/// The events without those between a paragraph that begins with a lone `%%` and the
/// next one beside it that ends with a lone `%%`.
pub(super) fn without_block_comments<'a>(
    events: Vec<Sourced<'a>>,
    source: &str,
    dialect: &Dialect,
) -> Vec<Sourced<'a>> {
    if !dialect.extensions || !source.contains("%%") {
        return events;
    }
    let mut kept: Vec<Sourced<'a>> = Vec::with_capacity(events.len());
    // Where in `kept` a comment may have begun, and how deep.
    let mut open: Option<(usize, usize)> = None;
    let mut depth = 0usize;
    for (event, range) in events {
        if matches!(event, md::Event::End(_)) {
            depth = depth.saturating_sub(1);
        }
        open = open.filter(|it| it.1 <= depth);
        match &event {
            md::Event::Start(md::Tag::Paragraph) if open.is_none() => {
                let begins = lone(source, &range).is_some_and(|it| it.starts_with("%%"));
                open = begins.then_some((kept.len(), depth));
            }
            md::Event::End(md::TagEnd::Paragraph) => {
                let ends = lone(source, &range).is_some_and(|it| it.ends_with("%%"));
                let begun = open.filter(|it| ends && it.1 == depth && kept.len() > it.0);
                if let Some((start, _)) = begun.filter(|it| kept[it.0].1 != range) {
                    kept.truncate(start);
                    open = None;
                    continue;
                }
            }
            _ => {}
        }
        depth += usize::from(matches!(event, md::Event::Start(_)));
        kept.push((event, range));
    }
    kept
}

/// The text of a paragraph with one `%%`, whose partner stands in another one.
fn lone<'a>(source: &'a str, range: &std::ops::Range<usize>) -> Option<&'a str> {
    let text = source[range.clone()].trim();
    (text.matches("%%").count() == 1).then_some(text)
}
