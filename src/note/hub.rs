//! Cards of the hub of Hugging Face, which are read as they stand.

use super::meta::Meta;
use crate::value::fields::same;

/// Fields that only the card of a model has.
/// (<https://github.com/huggingface/hub-docs/blob/main/modelcard.md>)
const MODEL: &[&str] = &["model_index", "base_model", "library_name", "pipeline_tag"];

/// Fields that only the card of a dataset has.
/// (<https://github.com/huggingface/hub-docs/blob/main/datasetcard.md>)
const DATASET: &[&str] = &[
    "dataset_info",
    "task_categories",
    "size_categories",
    "annotations_creators",
    "source_datasets",
];

/// The kind of a note that gives none, where its fields are those of a card.
pub fn kind(meta: &Meta) -> Option<&'static str> {
    of_fields(meta).filter(|_| meta.kind.is_none())
}

/// Whether a note is such a card, whatever kind it names. It calls datasets and models
/// by their names on the hub.
pub fn is_card(meta: &Meta) -> bool {
    of_fields(meta).is_some()
}

fn of_fields(meta: &Meta) -> Option<&'static str> {
    let has = |names: &[&str]| {
        meta.extra.iter().any(|(key, _)| names.iter().any(|it| same(it, key)))
    };
    if has(MODEL) { Some("model") } else { has(DATASET).then_some("dataset") }
}
