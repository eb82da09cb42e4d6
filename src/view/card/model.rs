//! The sections of a model card.

use super::Plan;

/// The fields that are shown on it, under the names of this program, of the hub of
/// Hugging Face and of the Model Card Toolkit.
pub(super) const FIELDS: &[&str] = &[
    "model",
    "intended_use",
    "out_of_scope",
    "datasets",
    "results",
    "risks",
    "co2",
    "co2_eq_emissions",
    "limitations",
    "factors",
    "license",
    "license_name",
    "license_link",
    "language",
    "library_name",
    "base_model",
    "base_model_relation",
    "pipeline_tag",
    "new_version",
    "model_index",
    "eval_results",
    "metrics",
];

/// The sections, with the words that headings have for each, and what is asked for in
/// fields.
pub(super) const PLAN: &[Plan] = &[
    Plan {
        key: "details",
        words: &["model details", "details", "model description"],
        rows: &[
            ("name", &["model.name", "model_name", "model_index.name"]),
            ("version", &["model.version", "new_version"]),
            ("base", &["model.base", "base_model"]),
            ("license", &["model.license", "license_name", "license"]),
            ("architecture", &["model.architecture"]),
            ("library", &["model.library", "library_name"]),
            ("language", &["model.language", "language"]),
            ("task", &["model.task", "pipeline_tag"]),
        ],
    },
    Plan {
        key: "intended-use",
        words: &["intended use", "uses", "use cases"],
        rows: &[("intended", &["intended_use"]), ("out-of-scope", &["out_of_scope"])],
    },
    Plan {
        key: "factors",
        words: &["factors", "groups", "slices"],
        rows: &[("factors", &["factors"])],
    },
    Plan { key: "metrics", words: &["metrics"], rows: &[("metrics", &["metrics"])] },
    Plan {
        key: "evaluation-data",
        words: &["evaluation data", "testing data", "test data"],
        rows: &[],
    },
    Plan {
        key: "training-data",
        words: &["training data", "training details"],
        rows: &[("datasets", &["datasets"])],
    },
    Plan {
        key: "results",
        words: &["quantitative analyses", "results", "evaluation"],
        rows: &[],
    },
    Plan {
        key: "ethics",
        words: &["ethical considerations", "ethics", "bias"],
        rows: &[
            ("risks", &["risks"]),
            ("emissions", &["co2", "co2_eq_emissions.emissions", "co2_eq_emissions"]),
        ],
    },
    Plan {
        key: "caveats",
        words: &["caveats", "limitations"],
        rows: &[("limits", &["limitations"])],
    },
];
