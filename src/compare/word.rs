//! The words of the model: states, directions, kinds, roles, answers, bounds.

use serde::{Deserialize, Serialize};

/// Declares an enum each of whose variants has one word in data and exports.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
            Deserialize,
        )]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The word that data and exports use.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The one with a word, not minding case.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word().eq_ignore_ascii_case(word))
            }
        }
    };
}

words! {
    /// Whether a cell has a value, and why not.
    State {
        /// Measured, counted or described.
        Value "value",
        /// Judged, not measured.
        Estimated "estimated",
        /// It exists, and nobody has measured it.
        NotMeasured "not-measured",
        /// It cannot exist.
        NotApplicable "not-applicable",
        /// It is being measured.
        Pending "pending",
        /// It is known, and not told.
        Withheld "withheld",
        /// The author has not said which of these it is.
        #[default]
        Unknown "unknown",
    }
}

impl State {
    /// Whether the cell's value may be computed with.
    pub fn has_value(self) -> bool {
        matches!(self, State::Value | State::Estimated)
    }

    /// The observation status of SDMX (code list `CL_OBS_STATUS`): normal, estimated,
    /// exists but not collected, cannot exist, provisional, suppressed; `O` is a
    /// missing value.
    pub fn sdmx(self) -> &'static str {
        match self {
            State::Value => "A",
            State::Estimated => "E",
            State::NotMeasured => "L",
            State::NotApplicable => "M",
            State::Pending => "P",
            State::Withheld => "Q",
            State::Unknown => "O",
        }
    }

    /// What the cell grammar writes for a state that has no value.
    pub fn written(self) -> &'static str {
        match self {
            State::NotApplicable => "n/a",
            State::NotMeasured => "not measured",
            State::Pending => "tbd",
            other => other.word(),
        }
    }

    /// The state that a cell's words name: `n/a`, `?`, `tbd`.
    pub fn from_cell(text: &str) -> Option<Self> {
        Some(match text.to_lowercase().as_str() {
            "n/a" | "n.a." | "not applicable" | "does not apply" => State::NotApplicable,
            "?" | "not measured" | "unmeasured" => State::NotMeasured,
            "tbd" | "t.b.d." | "pending" => State::Pending,
            "withheld" | "confidential" | "redacted" => State::Withheld,
            other => State::from_word(other).filter(|it| !it.has_value())?,
        })
    }
}

words! {
    /// Which way of a row is better.
    Direction {
        /// Less is better.
        Lower "lower",
        /// More is better.
        Higher "higher",
        /// Near the target is better.
        Target "target",
        /// Neither is.
        #[default]
        None "none",
    }
}

impl Direction {
    /// The direction that the words of a row label name: `lower is better`, `↓`.
    pub fn from_label(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        Some(match text.strip_suffix(" is better").unwrap_or(&text) {
            "lower" | "less" | "smaller" | "↓" => Direction::Lower,
            "higher" | "more" | "larger" | "↑" => Direction::Higher,
            "none" | "neutral" | "no direction" => Direction::None,
            _ => return None,
        })
    }
}

words! {
    /// What the cells of a row hold.
    Kind {
        /// Words.
        #[default]
        Text "text",
        /// Numbers.
        Number "number",
        /// Words of a scale.
        Ordinal "ordinal",
        /// Yes, no and partly.
        Bool "bool",
    }
}

words! {
    /// What a side is there for.
    Role {
        /// The others are compared with it.
        Baseline "baseline",
        /// It is compared with the baseline.
        #[default]
        Candidate "candidate",
        /// It says what the others should reach.
        Target "target",
        /// It is shown beside them and not judged.
        Reference "reference",
    }
}

words! {
    /// An answer, from no to yes.
    Answer {
        /// No.
        #[default]
        No "no",
        /// In part.
        Partly "partly",
        /// Yes.
        Yes "yes",
    }
}

impl Answer {
    /// The answer that a cell's words or signs give: `yes`, `✗`, `partial`.
    pub fn from_cell(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('\u{fe0f}').to_lowercase();
        Some(match text.as_str() {
            "yes" | "y" | "true" | "✓" | "✔" | "✅" | "☑" | ":heavy_check_mark:"
            | ":white_check_mark:" => Answer::Yes,
            "no" | "n" | "false" | "✗" | "✘" | "❌" | "✖" | ":x:" => Answer::No,
            "partly" | "partial" | "partially" | "in part" => Answer::Partly,
            _ => return None,
        })
    }
}

words! {
    /// How a number bounds a value.
    Bound {
        /// The value is the number.
        #[default]
        Exact "=",
        /// The value is less.
        Below "<",
        /// The value is not more.
        AtMost "<=",
        /// The value is more.
        Above ">",
        /// The value is not less.
        AtLeast ">=",
    }
}

impl Bound {
    /// Splits a text that begins with `<`, `<=`, `≤`, `>`, `>=` or `≥`.
    pub fn split(text: &str) -> (Self, &str) {
        const SIGNS: [(&str, Bound); 6] = [
            ("<=", Bound::AtMost),
            ("≤", Bound::AtMost),
            (">=", Bound::AtLeast),
            ("≥", Bound::AtLeast),
            ("<", Bound::Below),
            (">", Bound::Above),
        ];
        SIGNS
            .iter()
            .find_map(|(sign, bound)| {
                Some((*bound, text.strip_prefix(sign)?.trim_start()))
            })
            .unwrap_or((Bound::Exact, text))
    }

    /// The sign before a number; nothing for the number itself.
    pub fn sign(self) -> &'static str {
        match self {
            Bound::Exact => "",
            other => other.word(),
        }
    }

    /// Its name, by which a theme has words for it: `at-most`.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::Below => "below",
            Bound::AtMost => "at-most",
            Bound::Above => "above",
            Bound::AtLeast => "at-least",
        }
    }

    /// Whether a value lies on this side of a limit.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Bound::Exact => (value - limit).abs() <= f64::EPSILON * limit.abs(),
            Bound::Below => value < limit,
            Bound::AtMost => value <= limit,
            Bound::Above => value > limit,
            Bound::AtLeast => value >= limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_words_of_the_cell_grammar_are_known() {
        for (text, state) in [
            ("n/a", State::NotApplicable),
            ("?", State::NotMeasured),
            ("Not measured", State::NotMeasured),
            ("TBD", State::Pending),
            ("withheld", State::Withheld),
        ] {
            assert_eq!(State::from_cell(text), Some(state), "{text}");
        }
        assert_eq!(State::from_cell("value"), None);
    }

    #[test]
    fn what_a_state_is_written_as_is_read_as_that_state() {
        for state in State::ALL.iter().filter(|it| !it.has_value()) {
            assert_eq!(State::from_cell(state.written()), Some(*state));
        }
    }

    #[test]
    fn check_marks_and_words_answer() {
        for text in ["yes", "✔️", "✅", ":heavy_check_mark:"] {
            assert_eq!(Answer::from_cell(text), Some(Answer::Yes), "{text}");
        }
        assert_eq!(Answer::from_cell("Partial"), Some(Answer::Partly));
        assert_eq!(Answer::from_cell("x"), None);
    }
}
