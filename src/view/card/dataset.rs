//! The sections of a dataset card.

use super::Plan;

/// The fields that are shown on it, under the names of this program and of the hub of
/// Hugging Face.
pub(super) const FIELDS: &[&str] = &[
    "dataset",
    "sources",
    "collected",
    "sensitive",
    "annotators",
    "refresh",
    "retention",
    "license",
    "license_name",
    "license_link",
    "language",
    "language_creators",
    "multilinguality",
    "annotations_creators",
    "size_categories",
    "source_datasets",
    "task_categories",
    "task_ids",
    "dataset_info",
    "pretty_name",
];

/// The sections, with the words that headings have for each, and what is asked for in
/// fields.
pub(super) const PLAN: &[Plan] = &[
    Plan {
        key: "motivation",
        words: &["motivation", "dataset summary", "purpose"],
        rows: &[],
    },
    Plan {
        key: "composition",
        words: &["composition", "dataset structure"],
        rows: &[
            ("name", &["dataset.name", "pretty_name"]),
            ("version", &["dataset.version"]),
            ("size", &["dataset.size", "size_categories"]),
            ("splits", &["dataset.splits", "dataset_info.splits"]),
            ("language", &["dataset.language", "language"]),
            ("sensitive", &["sensitive"]),
        ],
    },
    Plan {
        key: "collection",
        words: &["collection", "data collection", "source data"],
        rows: &[
            ("sources", &["sources", "source_datasets"]),
            ("collected", &["collected"]),
        ],
    },
    Plan {
        key: "preprocessing",
        words: &["preprocessing", "labelling", "cleaning", "annotation"],
        rows: &[("annotators", &["annotators", "annotations_creators"])],
    },
    Plan {
        key: "uses",
        words: &["uses", "intended use", "supported tasks"],
        rows: &[("task", &["task_categories", "task_ids"])],
    },
    Plan {
        key: "distribution",
        words: &["distribution", "licen"],
        rows: &[("license", &["dataset.license", "license_name", "license"])],
    },
    Plan {
        key: "maintenance",
        words: &["maintenance"],
        rows: &[("refresh", &["refresh"]), ("retention", &["retention"])],
    },
];
