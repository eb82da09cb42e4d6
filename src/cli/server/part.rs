//! The part of a file that a request asks for.

use std::ops::{Bound, Range};

use headers::{ETag, HeaderMapExt, IfRange};
use hyper::HeaderMap;

/// How much of a file is asked for.
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Range(Range<u64>),
    /// What lies behind the end.
    Beyond,
}

impl Part {
    /// The part that a request asks for, if it is one of what the tag stands for.
    /// Several are answered with the whole.
    pub(super) fn asked(head: &HeaderMap, tag: &ETag, len: u64) -> Self {
        let is_other = |it: IfRange| it.is_modified(Some(tag), None);
        let Some(range) = head.typed_get::<headers::Range>() else { return Self::Whole };
        if head.typed_get::<IfRange>().is_some_and(is_other) {
            return Self::Whole;
        }
        let mut ranges = range.satisfiable_ranges(len);
        let Some((start, end)) = ranges.next() else { return Self::Beyond };
        if ranges.next().is_some() {
            return Self::Whole;
        }
        let start = match start {
            Bound::Included(start) => start,
            Bound::Excluded(start) => start.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match end {
            Bound::Included(end) => end.saturating_add(1),
            Bound::Excluded(end) => end,
            Bound::Unbounded => len,
        };
        let end = end.min(len);
        if start < end { Self::Range(start..end) } else { Self::Beyond }
    }
}
