//! The head of a note: all that it says of itself, wherever it says so.

use std::collections::BTreeMap;
use std::ops::Range;

use super::meta::Meta;
use super::schema::{self, Reference, Unknown};
use super::{contract, dialect, front, hub};
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::kind::Kinds;
use crate::path::FilePath;
use crate::value::{self, Data, Fields, Format, Value};

/// What a note says of itself, and where its text begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The metadata: of the front matter, else of the text, else of the side-car.
    pub meta: Meta,
    /// The notes that it names, each with its place, which may be in the side-car.
    pub references: Vec<Reference>,
    /// The data that it is read from, each with its file: the front matter, the side-car.
    pub data: Vec<(FilePath, Value)>,
    /// Where the status is written.
    pub status: Option<Span>,
    /// Where each field has its value, by its name as it is written: `last_updated`.
    pub places: BTreeMap<String, Span>,
    /// The byte of the file where the Markdown begins.
    pub body: usize,
    /// The blocks of the text that hold only metadata ([`dialect::Header::range`]).
    pub header: Option<Range<usize>>,
    /// Front matter that cannot be read, to be shown as it is above the text.
    pub broken: Option<Range<usize>>,
    /// Where the note names its kind, if it does.
    pub kind: Option<Span>,
}

/// Reads the head of a note; `sidecar` is the file beside it that may speak for it.
pub fn read(
    file: &FilePath,
    text: &str,
    sidecar: Option<(&FilePath, &str)>,
    kinds: &Kinds,
) -> Checked<Head> {
    let mut told = Vec::new();
    let front = front::find(file, text).tell(&mut told);
    let mut head = Head { body: front.body, broken: front.broken, ..Head::default() };
    if let Some(data) = &front.data {
        let fields = Fields::new(file, data);
        let (meta, references) = schema::read(fields, kinds, Unknown::Tell, &mut told);
        head.take(meta, references);
        head.take_places(file, data);
    }
    let header = dialect::read(file, text, head.body).tell(&mut told);
    head.header = header.range;
    head.take(header.meta, header.references);
    let place = |(name, range)| (name, Span::new(file, range));
    head.places = header.places.into_iter().map(place).chain(head.places).collect();
    let beside = sidecar
        .and_then(|(file, text)| Some((file, sidecar_data(file, text, &mut told)?)));
    if let Some((file, data)) = &beside {
        let fields = Fields::new(file, data);
        let (meta, references) = schema::read(fields, kinds, Unknown::Leave, &mut told);
        head.take(meta, references);
        head.take_places(file, data);
    }
    if let Some(kind) = hub::kind(&head.meta) {
        head.meta.kind = Some(kind.to_owned());
    }
    // Only now is its status known, wherever it stands.
    let front = front.data.map(|data| (file.clone(), data));
    let beside = beside.map(|(file, data)| (file.clone(), data));
    head.data = front.into_iter().chain(beside).collect();
    head.hold(kinds, &mut told);
    head.status = head.status_place(file, header.status);
    Checked { value: head, diagnostics: told }
}

impl Head {
    /// Where the status stands: in front matter, else in the header, else beside the note.
    fn status_place(&self, file: &FilePath, header: Option<Span>) -> Option<Span> {
        let written = |(file, data): &(FilePath, Value)| status(file, data);
        let front = self.data.iter().filter(|(it, _)| it == file).find_map(written);
        front.or(header).or_else(|| self.data.iter().find_map(written))
    }

    /// Holds the data to the kind that they name.
    fn hold(&mut self, kinds: &Kinds, told: &mut Vec<Diagnostic>) {
        for (file, data) in &self.data {
            self.kind = self.kind.take().or_else(|| contract::named(file, data, kinds));
            contract::fields(file, data, &self.meta, kinds, told);
        }
    }
}

/// Where data say the status.
fn status(file: &FilePath, data: &Value) -> Option<Span> {
    data.get("status").map(|it| Span::new(file, it.range.clone()))
}

impl Head {
    /// Takes what it does not know yet.
    fn take(&mut self, meta: Meta, references: Vec<Reference>) {
        let known = std::mem::take(&mut self.references);
        let new = |it: &Reference| known.iter().all(|mine| mine.relation != it.relation);
        self.references = references.into_iter().filter(new).collect();
        self.references.splice(..0, known);
        self.meta.complete_from(meta);
    }

    /// Takes the notes that fields of its kind name.
    pub(super) fn refer(&mut self, kinds: &Kinds) {
        let kind = self.meta.kind.as_deref().and_then(|it| kinds.get(it));
        let named = kind.map(|it| contract::references(self, it)).unwrap_or_default();
        for related in named.iter().filter_map(Reference::related) {
            if !self.meta.relations.contains(&related) {
                self.meta.relations.push(related);
            }
        }
        self.references.extend(named);
    }

    /// Takes the places of fields that have none yet.
    fn take_places(&mut self, file: &FilePath, data: &Value) {
        for (key, value) in data.entries() {
            let name = key.text.to_lowercase().replace('-', "_");
            let place = || Span::new(file, value.range.clone());
            self.places.entry(name).or_insert_with(place);
        }
    }
}

/// The files that may hold a note's metadata, the first there is before the others:
/// `kep.yaml` for the page of a folder, else data of the same stem.
pub fn sidecars(note: &FilePath) -> Vec<FilePath> {
    let beside = |name: String| note.folder().join(&name);
    let kep = note.is_index().then(|| beside("kep.yaml".to_owned()));
    let same = SIDECARS.map(|it| beside(format!("{}.{it}", note.stem())));
    kep.into_iter().chain(same).flatten().collect()
}

/// Whether a file may hold the metadata of a note, by its name.
pub fn may_be_sidecar(file: &FilePath) -> bool {
    SIDECARS.contains(&file.extension())
}

/// What the names of files end with that may hold the metadata of a note.
const SIDECARS: [&str; 3] = ["yaml", "yml", "toml"];

/// The data of a side-car. Beside a note there may also be data that it shows, so a
/// file of its stem must say what only metadata says: a title, a status, its authors.
fn sidecar_data(
    file: &FilePath,
    text: &str,
    told: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let format = Format::of_extension(file.extension())?;
    let certain = file.name() == "kep.yaml";
    match value::parse(format, text, 0) {
        Ok(data) => {
            let names = ["title", "status", "authors", "owners", "id", "kind"];
            let meant = names.iter().any(|name| data.get(name).is_some());
            (matches!(data.data, Data::Map(_)) && (certain || meant)).then_some(data)
        }
        Err(fault) => {
            let message = format!("this is not {}: {}", format.name(), fault.message);
            let span = Span::new(file, fault.range);
            told.extend(certain.then(|| Diagnostic::new(Rule::BadSyntax, span, message)));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::relation::Relation;
    use crate::note::status::{Stage, Status};

    #[test]
    fn front_matter_goes_before_the_text_and_the_text_before_the_side_car() {
        let text = "---\nstatus: draft\nresults: [{metric: bleu, value: 1.10}]\nmood: x\n---\n\
                    # A\n\n- Status: accepted\n- Author: Ann\n\nText\n";
        let car = "authors: [Bo]\nstage: beta\nreplaces: [/keps/one, n/a]\nowning-sig: sig-x\n\
                   creation-date: 2023-14-05\n";
        let kep = FilePath::from("a/kep.yaml");
        let head =
            read(&"a/README.md".into(), text, Some((&kep, car)), &Kinds::built_in());
        let meta = &head.value.meta;
        assert_eq!(meta.status, Some(Status::Draft));
        assert_eq!(meta.owners, ["Ann"]);
        assert_eq!(meta.stage, Some(Stage::Pilot));
        assert_eq!(meta.relations, [(Relation::Supersedes, "/keps/one".to_owned())]);
        assert_eq!(head.value.references[0].span.file, kep);
        assert_eq!(meta.created.as_ref().unwrap().raw, "2023-14-05");
        let extra: Vec<String> = meta
            .extra
            .iter()
            .map(|(key, it)| format!("{key} {}", it.to_json()))
            .collect();
        assert_eq!(
            extra,
            [
                r#"results [{"metric":"bleu","value":1.1}]"#,
                r#"mood "x""#,
                r#"stage "beta""#,
                r#"owning-sig "sig-x""#
            ]
        );
        let told: Vec<&str> = head.diagnostics.iter().map(|it| it.rule.id()).collect();
        assert_eq!(told, ["unknown-field", "bad-date"]);
        assert_eq!(
            &text[head.value.header.unwrap()],
            "- Status: accepted\n- Author: Ann"
        );
    }

    #[test]
    fn data_beside_a_note_is_no_side_car() {
        let (note, data) = (FilePath::from("a/latency.md"), "p99: 3\n");
        assert_eq!(sidecars(&note)[0].as_str(), "a/latency.yaml");
        let head =
            read(&note, "# A\n", Some((&sidecars(&note)[0], data)), &Kinds::built_in());
        assert_eq!(head, Checked::fine(Head::default()));
    }

    #[test]
    fn a_value_of_the_wrong_type_is_told_and_kept() {
        let head = read(
            &"a.md".into(),
            "---\ntitle: [a]\nstatus: {x: 1}\n---\n",
            None,
            &Kinds::built_in(),
        );
        let extra: Vec<&str> = head.value.meta.extra.iter().map(|it| &*it.0).collect();
        assert_eq!(extra, ["title", "status"]);
        assert!(head.diagnostics.iter().all(|it| it.rule == Rule::BadValue));
        assert_eq!(head.diagnostics.len(), 2);
    }
}
