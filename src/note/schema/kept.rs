//! The fields of conventions that other tools know.

/// Fields of a convention that is read as it stands: they are kept whole, and not looked
/// into here.
pub const KEPT: &[&str] = &[
    // terms
    "terms",
    "glossary",
    // model and dataset cards of Hugging Face
    "model_index",
    "eval_results",
    "license",
    "license_name",
    "license_link",
    "language",
    "library_name",
    "base_model",
    "base_model_relation",
    "pipeline_tag",
    "new_version",
    "co2_eq_emissions",
    "inference",
    "widget",
    "thumbnail",
    "annotations_creators",
    "language_creators",
    "multilinguality",
    "size_categories",
    "source_datasets",
    "task_categories",
    "task_ids",
    "dataset_info",
    "configs",
    "pretty_name",
    "paperswithcode_id",
    "train_eval_index",
    // enhancement proposals of Kubernetes
    "kep_number",
    "owning_sig",
    "participating_sigs",
    "milestone",
    "latest_milestone",
    "feature_gates",
    "disable_supported",
    "prr_approvers",
    "editor",
    // other site generators
    "layout",
    "permalink",
    "template",
    "categories",
    "keywords",
    "lang",
    "nav",
];

/// The names that a place among siblings goes by.
pub(super) const ORDER: &[&str] = &["order", "weight", "nav_order", "sidebar_position"];
