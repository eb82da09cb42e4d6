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
    let mut kept = Vec::with_capacity(events.len());
    // Where in `kept` a comment may have begun, and how deep.
    let mut open: Option<(usize, usize)> = None;
    let mut depth = 0usize;
    for (event, range) in events {
        let ends = matches!(event, md::Event::End(_));
        depth = if ends { depth.saturating_sub(1) } else { depth };
        if open.is_some_and(|it| depth < it.1) {
            open = None;
        }
        let text = source[range.clone()].trim();
        let lone = text.matches("%%").count() == 1;
        match &event {
            md::Event::Start(md::Tag::Paragraph)
                if lone && open.is_none() && text.starts_with("%%") =>
            {
                open = Some((kept.len(), depth));
            }
            md::Event::End(md::TagEnd::Paragraph) if lone && text.ends_with("%%") => {
                match open.filter(|it| it.1 == depth && kept.len() > it.0) {
                    Some((start, _)) if !is_start(&kept, start, &range) => {
                        kept.truncate(start);
                        open = None;
                        continue;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        depth += usize::from(matches!(event, md::Event::Start(_)));
        kept.push((event, range));
    }
    kept
}

/// Whether the paragraph of this range is the one with which the comment begins.
fn is_start(kept: &[Sourced<'_>], start: usize, range: &std::ops::Range<usize>) -> bool {
    kept[start].1 == *range
}
