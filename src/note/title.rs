//! What a note is called.

use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::note::Setting;
use crate::note::event::{Element, Event, Text};
use crate::note::head::Head;
use crate::path::FilePath;

/// The title of a note: what its metadata says, else its heading, else its file's name,
/// which is told.
pub fn of(
    path: &FilePath,
    head: &Head,
    text: &Text<'_>,
    setting: &Setting<'_>,
) -> Checked<String> {
    if let Some(title) = head.meta.title.clone().or_else(|| of_text(text)) {
        return Checked::fine(title);
    }
    let span = Span::new(path, head.body..head.body);
    let message = "this note gives no title, so its file's name is shown";
    let hint = "begin it with a heading of level 1, or write `title` in its front matter";
    let told = Diagnostic::new(Rule::MissingTitle, span, message).hint(hint);
    Checked { value: of_file(path, setting), diagnostics: vec![told] }
}

/// The heading of level 1 with which a text begins, by its index.
pub fn first_heading(text: &Text<'_>) -> Option<usize> {
    let first = text.events.iter().find(|(event, _)| event.is_visible());
    match first {
        Some((Event::Open(Element::Heading(index)), _))
            if text.headings[*index].level == 1 =>
        {
            Some(*index)
        }
        _ => None,
    }
}

/// The heading with which the text begins, or the only one of level 1.
fn of_text(text: &Text<'_>) -> Option<String> {
    let mut tops = text.headings.iter().filter(|it| it.level == 1);
    let only = tops.next().filter(|_| tops.next().is_none());
    let heading = first_heading(text).map(|it| &text.headings[it]).or(only)?;
    Some(heading.text.clone()).filter(|it| !it.is_empty())
}

/// The file's name, or its folder's where it speaks for the folder.
fn of_file(path: &FilePath, setting: &Setting<'_>) -> String {
    let folder = path.folder();
    match (path.is_index(), folder == *setting.src) {
        (true, true) => setting.config.title().to_owned(),
        (true, false) => folder.name().to_owned(),
        _ => path.stem().to_owned(),
    }
}
