//! A note that was saved, and is whole again.

use std::sync::Arc;

use super::Note;

impl Note {
    /// Gives a note that was saved what was not: its text, and what its card holds of
    /// the note itself.
    pub fn complete(&mut self, text: &Arc<str>) {
        self.text = text.clone();
        let comparisons = self.comparisons.iter().map(|it| it.comparison.clone());
        let sheets = self.assessments.iter().map(|it| it.sheet.clone());
        let card = Arc::make_mut(&mut self.card);
        card.comparisons = comparisons.collect();
        card.sheets = sheets.collect();
    }
}
