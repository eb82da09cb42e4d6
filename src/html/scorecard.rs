//! The answers of a note to rubrics, shown where its text asks for them or below it.

use super::writer::Writer;
use crate::note::assessment::Placed;
use crate::view::scorecard::{self, EvidenceView};

impl Writer<'_, '_> {
    /// Writes the answers that are shown in place of the comment at an index.
    pub(super) fn scorecard_at(&mut self, at: usize) {
        let Some(body) = self.body else { return };
        let placed = body.note.value.assessments.iter();
        if let Some(placed) = placed.clone().find(|it| it.event == Some(at)) {
            self.scorecard(placed);
        }
    }

    /// Writes the answers that no comment asks for.
    pub(super) fn scorecards(&mut self) {
        let Some(body) = self.body else { return };
        for placed in body.note.value.assessments.iter().filter(|it| it.event.is_none()) {
            self.scorecard(placed);
        }
    }

    fn scorecard(&mut self, placed: &Placed) {
        let (Some(body), Some(dress)) = (self.body, self.dress()) else { return };
        let evidence = |item: &str, number: usize| {
            let link = *placed.evidence.get(&(item.to_owned(), number))?;
            let address = body.addresses.get(link)?;
            let written = &body.note.value.links[link].written;
            let known = !address.href.is_empty() && !address.label.is_empty();
            let label = if known { address.label.to_string() } else { written.clone() };
            Some(EvidenceView { label, href: address.href.clone() })
        };
        let view = scorecard::view(&placed.sheet, self.owns_ids(), evidence);
        let html = (dress.scorecard)(&view).tell(&mut self.told);
        self.set(html);
    }
}
