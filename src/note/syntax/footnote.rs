//! Footnotes: where the text of each stands, and what is wrong with them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::inline::near;
use super::{Reader, cow};
use crate::diag::Rule;
use crate::note::event::{Element, Event};
use crate::note::run::Run;

impl<'a> Reader<'a, '_> {
    /// Notes where each footnote's text stands, and tells what is wrong with them.
    pub(super) fn footnotes(&mut self) {
        let mut open: Vec<(usize, Option<Cow<'a, str>>)> = Vec::new();
        let mut used = BTreeSet::new();
        for (at, (event, _)) in self.text.events.iter().enumerate() {
            match event {
                Event::Open(Element::Footnote(label)) => {
                    open.push((at, Some(label.clone())));
                }
                Event::Open(_) => open.push((at, None)),
                Event::Close => {
                    if let Some((start, Some(label))) = open.pop() {
                        let texts = self.text.footnotes.entry(label).or_default();
                        texts.push(start..at + 1);
                    }
                }
                Event::Footnote(label) => {
                    used.insert(label.clone());
                }
                _ => {}
            }
        }
        self.tell_footnotes(&used);
    }

    /// Tells of `[^label]` in a text where no footnote of this label is defined.
    pub(super) fn undefined_footnote(&mut self, run: &Run, range: Range<usize>) {
        let text = near(&run.text[range.clone()]);
        let Some(close) = text.find(']') else { return };
        let label = &text[2..close];
        if label.is_empty() || label.contains([' ', '[', '^']) {
            return;
        }
        let place = run.source(range.start..range.start + close + 1);
        self.tell(
            Rule::UndefinedFootnote,
            place,
            format!("no footnote `[^{label}]` is defined"),
        )
        .hints
        .push(format!("define it on a line of its own: `[^{label}]: …`"));
    }

    fn tell_footnotes(&mut self, used: &BTreeSet<Cow<'a, str>>) {
        let place = |events: &Range<usize>| self.text.events[events.start].1.clone();
        let (mut unused, mut again) = (Vec::new(), Vec::new());
        for (label, texts) in &self.text.footnotes {
            if !used.contains(label) {
                unused.extend(texts.first().map(|it| (label.to_string(), place(it))));
            }
            again.extend(texts.iter().skip(1).map(|it| (label.to_string(), place(it))));
        }
        for (label, range) in unused {
            let message = format!("nothing refers to the footnote `[^{label}]`");
            let hint = "refer to it in the text, or take it away".to_owned();
            self.tell(Rule::UnusedFootnote, range, message).hints.push(hint);
        }
        for (label, range) in again {
            let message = format!("the footnote `[^{label}]` is defined already");
            let hint = "give it a label of its own; both texts are shown".to_owned();
            self.tell(Rule::DuplicateReference, range, message).hints.push(hint);
        }
    }
}

/// A footnote's label, in which case does not count.
pub(super) fn label(label: CowStr<'_>) -> Cow<'_, str> {
    if label.chars().any(char::is_uppercase) {
        Cow::Owned(label.to_lowercase())
    } else {
        cow(label)
    }
}
