//! The rules: what each is called and how much it weighs.

use serde::{Deserialize, Serialize};

/// How much a broken rule weighs where `book.toml` says nothing of it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is published.
    Error,
    /// An error in a project with a `book.toml`, a warning in a foreign folder.
    Strict,
    /// Told, and published.
    Warn,
    /// Not told.
    Allow,
}

/// What a diagnostic weighs once the configuration is known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Told, and published.
    Warning,
}

/// Declares the rules: variant, id, level, and what is wrong when it is broken.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident $id:literal $level:ident;)*) => {
        /// What can be wrong. Each rule has a page in `content/rules/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $id)] $variant,)*
        }

        impl Rule {
            /// All rules, in the order of their declaration.
            pub const ALL: &[Rule] = &[$(Rule::$variant,)*];

            /// The name that `book.toml` and messages use: `dead-link`.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$variant => $id,)* }
            }

            /// How much it weighs by default.
            pub fn level(self) -> Level {
                match self { $(Rule::$variant => Level::$level,)* }
            }
        }
    };
}

rules! {
    // Files
    /// A file is not UTF-8.
    NotUtf8 "not-utf8" Error;
    /// A text file holds a NUL byte.
    NulByte "nul-byte" Warn;
    /// A file or folder cannot be read.
    Unreadable "unreadable" Error;
    /// A symbolic link leads out of the project or in a circle.
    Symlink "symlink" Warn;
    /// Two files of the site have one address.
    DuplicateAddress "duplicate-address" Error;
    /// The names of two files differ only in case.
    CaseCollision "case-collision" Warn;

    // Configuration, metadata
    /// `book.toml`, front matter or a data file does not parse.
    BadSyntax "bad-syntax" Strict;
    /// A field has a value of the wrong type or form.
    BadValue "bad-value" Strict;
    /// A field that nothing reads.
    UnknownField "unknown-field" Warn;
    /// A table of mdBook's that has no effect here.
    ForeignTable "foreign-table" Warn;
    /// A date is not `YYYY-MM-DD`.
    BadDate "bad-date" Warn;
    /// A status that the vocabulary does not have.
    UnknownStatus "unknown-status" Warn;
    /// A kind of notes that there is not.
    UnknownKind "unknown-kind" Warn;
    /// Two files give one kind of notes.
    DuplicateKind "duplicate-kind" Strict;
    /// An accepted note lacks a field that its kind asks for.
    MissingField "missing-field" Strict;
    /// An accepted note lacks a section that its kind asks for.
    MissingSection "missing-section" Warn;
    /// An id names no note.
    DanglingRelation "dangling-relation" Strict;
    /// Relations lead from a note back to itself.
    RelationCycle "relation-cycle" Strict;
    /// A note is superseded, and nothing says by which.
    MissingSuccessor "missing-successor" Warn;
    /// Two notes have one id.
    DuplicateId "duplicate-id" Strict;

    /// The day is past by which a note was to be looked through.
    ReviewOverdue "review-overdue" Warn;
    /// What a note concludes is older than its evidence.
    StaleEvidence "stale-evidence" Warn;
    /// A date that is typed is far behind the last change.
    StaleDate "stale-date" Warn;
    /// Boxes are open in a note that is implemented.
    OpenTasks "open-tasks" Warn;

    /// A term that nothing defines.
    UndefinedTerm "undefined-term" Warn;
    /// A term that is defined and never used.
    UnusedTerm "unused-term" Warn;
    /// A term that is defined twice.
    DuplicateTerm "duplicate-term" Warn;

    // Systems and rubrics
    /// A component or a facet that the site does not have.
    UnknownComponent "unknown-component" Warn;
    /// A rubric that the site does not have.
    UnknownRubric "unknown-rubric" Warn;
    /// A question or an answer that a rubric does not have.
    UnknownAnswer "unknown-answer" Warn;
    /// An accepted design that does not know what it rests on.
    UnknownPrerequisite "unknown-prerequisite" Warn;

    // Links
    /// A link leads to a file that does not exist.
    DeadLink "dead-link" Strict;
    /// A link leads to a heading that does not exist.
    DeadAnchor "dead-anchor" Strict;
    /// An image does not exist.
    DeadImage "dead-image" Strict;
    /// A link's heading differs only in case or punctuation.
    AnchorCase "anchor-case" Warn;
    /// A link's path differs from the file's name only in case.
    LinkCase "link-case" Warn;
    /// A link that works on the site and not on GitHub.
    LinkForm "link-form" Warn;
    /// A slip of the pen that looks like a link: `(text)[url]`.
    LinkSlip "link-slip" Warn;
    /// A link leads out of the tree of notes.
    OutsideLink "outside-link" Warn;
    /// A wikilink that resolves to nothing.
    DeadWikilink "dead-wikilink" Warn;
    /// A wikilink that several notes answer to.
    AmbiguousWikilink "ambiguous-wikilink" Warn;
    /// A link whose scheme runs a script.
    UnsafeLink "unsafe-link" Warn;
    /// Notes embed each other in a circle.
    EmbedCycle "embed-cycle" Error;
    /// More is embedded in one page than a page can hold.
    EmbedLimit "embed-limit" Error;
    /// A footnote is referred to and not defined.
    UndefinedFootnote "undefined-footnote" Warn;
    /// A footnote is defined and not referred to.
    UnusedFootnote "unused-footnote" Warn;
    /// A reference definition is given twice: `[a]: …`.
    DuplicateReference "duplicate-reference" Warn;
    /// Two elements of a note have one id.
    DuplicateAnchor "duplicate-anchor" Warn;

    // Text
    /// A note without a title in its text or metadata.
    MissingTitle "missing-title" Allow;
    /// A heading skips a level.
    SkippedHeading "skipped-heading" Warn;
    /// A note with nothing in it.
    EmptyNote "empty-note" Warn;
    /// An HTML element that does not exist.
    UnknownElement "unknown-element" Warn;
    /// HTML that is left out because it may run a script or load a page.
    UnsafeHtml "unsafe-html" Warn;
    /// An image without a text that stands for it.
    MissingAlt "missing-alt" Warn;
    /// A code block without a language.
    FenceLanguage "fence-language" Allow;
    /// A code block in a language that is not known.
    UnknownLanguage "unknown-language" Warn;
    /// An info string with an attribute that is not known.
    BadInfoString "bad-info-string" Warn;
    /// A table row with more cells than its header.
    SurplusCells "surplus-cells" Warn;
    /// A table row with fewer cells than its header.
    ShortRow "short-row" Allow;

    // Comparisons
    /// A `compare` directive that is not understood.
    BadDirective "bad-directive" Warn;
    /// A cell of a comparison is blank or a dash.
    BlankCell "blank-cell" Warn;
    /// A row of numbers without a unit.
    MissingUnit "missing-unit" Warn;
    /// A unit that cannot be converted.
    UnknownUnit "unknown-unit" Warn;
    /// Units of one row that do not convert into each other.
    MixedUnits "mixed-units" Warn;
    /// Numbers of one row with different numbers of decimals.
    MixedDecimals "mixed-decimals" Warn;
    /// A row of numbers that does not say which way is better.
    MissingDirection "missing-direction" Warn;
    /// A gate or target that cannot be judged.
    GateWithoutValue "gate-without-value" Warn;
    /// A row label whose bracket is understood in part.
    RowLabel "row-label" Warn;
    /// A side that the comparison does not have.
    UnknownSide "unknown-side" Warn;
    /// A scale or a word of a scale that is not known.
    UnknownScale "unknown-scale" Warn;
    /// Two rows of a comparison have one name.
    DuplicateRow "duplicate-row" Warn;
    /// Two sides of a comparison have one name.
    DuplicateSide "duplicate-side" Warn;
    /// A comparison of fewer than two sides.
    TooFewSides "too-few-sides" Warn;
    /// A text that may be one number or another.
    AmbiguousNumber "ambiguous-number" Warn;
    /// An interval that is reversed or does not hold its value.
    ReversedInterval "reversed-interval" Warn;
    /// A row of a data file with more or fewer fields than its header.
    RaggedRow "ragged-row" Warn;
    /// Two lines of a data file give one cell.
    DuplicateCell "duplicate-cell" Warn;
    /// A data file that is larger than can be shown.
    DataLimit "data-limit" Strict;
    /// A table that is not what its data file says.
    StaleRegion "stale-region" Warn;
    /// Two notes give different values for one thing.
    ConflictingMeasurement "conflicting-measurement" Warn;

    // Theme
    /// A template that does not parse or cannot be rendered.
    BadTemplate "bad-template" Error;
    /// A theme that does not exist.
    UnknownTheme "unknown-theme" Error;
}
