//! What the answers to a rubric come to. All arithmetic of rubrics is here.

use serde::Serialize;

use super::answer::Sheet;
use super::{Item, Points, Scoring, Section};

/// What the answers to a rubric come to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Score {
    /// Each section.
    pub sections: Vec<SectionScore>,
    /// The lowest sum, where that is the score.
    pub total: Option<Points>,
    /// The most that the score can be.
    pub most: Option<Points>,
    /// The highest rung that holds, by its index, where there are rungs.
    pub rung: Option<usize>,
    /// What such a score is called; empty if nothing says it.
    pub band: String,
    /// How many questions are answered with *unknown*, or not at all.
    pub unknown: usize,
    /// The questions of which each, answered in full, may raise the score: those of the
    /// lowest sections, or of the next rung.
    pub next: Vec<String>,
}

/// What the answers to a section come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct SectionScore {
    /// What it is called.
    pub label: String,
    /// Whether a full answer speaks against what is assessed.
    pub stops: bool,
    /// The points of all answers.
    pub sum: Points,
    /// How many questions it has.
    pub of: usize,
    /// How many answers are full.
    pub full: usize,
    /// How many earn something, and not all.
    pub part: usize,
    /// How many earn nothing.
    pub none: usize,
    /// How many of these have something that stands in.
    pub bridged: usize,
    /// How many are answered with *unknown*, or not at all.
    pub unknown: usize,
    /// Whether no section has a lower sum, where the lowest is the score.
    pub lowest: bool,
}

/// What an answer is to the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// All that can be earned.
    Full,
    /// Something.
    Part,
    /// Nothing.
    None,
    /// It is not known, or not said.
    Unknown,
}

/// What an answer says of what is assessed: `good`, `part`, `bad`, `bridged`, `unknown`.
/// Of a section that stops a full answer is the bad one.
pub fn tone(grade: Grade, stops: bool, bridged: bool) -> &'static str {
    match (grade, stops) {
        (Grade::Unknown, _) => "unknown",
        _ if bridged => "bridged",
        (Grade::Part, _) => "part",
        (Grade::Full, false) | (Grade::None, true) => "good",
        (Grade::None, false) | (Grade::Full, true) => "bad",
    }
}

/// What the answers of a sheet come to.
pub fn score(sheet: &Sheet) -> Score {
    let rubric = &sheet.rubric;
    let mut sections: Vec<SectionScore> =
        rubric.sections.iter().map(|it| section(sheet, it)).collect();
    let unknown = sections.iter().map(|it| it.unknown).sum();
    let mut score = Score {
        total: None,
        most: None,
        rung: None,
        band: String::new(),
        next: Vec::new(),
        unknown,
        sections: Vec::new(),
    };
    match rubric.scoring {
        Scoring::Tally => {}
        Scoring::Minimum => minimum(sheet, &mut sections, &mut score),
        Scoring::Ladder => ladder(sheet, &sections, &mut score),
    }
    Score { sections, ..score }
}

/// What an answer to a question is to the score.
pub fn grade(sheet: &Sheet, item: &Item) -> Grade {
    let Some(level) = sheet.level(&item.id).filter(|it| !it.unknown) else {
        return Grade::Unknown;
    };
    match level.points {
        Points(0) => Grade::None,
        points if points == sheet.rubric.full() => Grade::Full,
        _ => Grade::Part,
    }
}

fn section(sheet: &Sheet, section: &Section) -> SectionScore {
    let count = |grade: Grade| {
        section.items.iter().filter(|it| self::grade(sheet, it) == grade).count()
    };
    let earned = |item: &Item| sheet.level(&item.id).map(|it| it.points);
    SectionScore {
        label: section.label.clone(),
        stops: section.stops,
        sum: section.items.iter().filter_map(earned).sum(),
        of: section.items.len(),
        full: count(Grade::Full),
        part: count(Grade::Part),
        none: count(Grade::None),
        bridged: section.items.iter().filter(|it| sheet.bridge(&it.id).is_some()).count(),
        unknown: count(Grade::Unknown),
        lowest: false,
    }
}

/// The lowest sum is the score; sections without questions have none.
fn minimum(sheet: &Sheet, sections: &mut [SectionScore], score: &mut Score) {
    let rubric = &sheet.rubric;
    let asked = || rubric.sections.iter().filter(|it| !it.items.is_empty());
    let Some(total) = sections.iter().filter(|it| it.of > 0).map(|it| it.sum).min()
    else {
        return;
    };
    for section in sections.iter_mut().filter(|it| it.of > 0) {
        section.lowest = section.sum == total;
    }
    let most = |it: &Section| it.items.iter().map(|_| rubric.full()).sum::<Points>();
    score.total = Some(total);
    score.most = asked().map(most).min();
    let holds = |it: &&super::Band| it.up_to.is_none_or(|limit| total <= limit);
    score.band =
        rubric.bands.iter().find(holds).map_or_else(String::new, |it| it.label.clone());
    let lowest = rubric.sections.iter().zip(&*sections).filter(|(_, it)| it.lowest);
    score.next = lowest.flat_map(|(section, _)| missing(sheet, section)).collect();
}

/// The highest rung of which all holds, and all of those below it. A rung that asks
/// nothing holds.
fn ladder(sheet: &Sheet, sections: &[SectionScore], score: &mut Score) {
    let held = sections.iter().take_while(|it| it.full == it.of).count();
    score.rung = held.checked_sub(1);
    let rubric = &sheet.rubric;
    score.band = score.rung.map_or_else(String::new, |it| sections[it].label.clone());
    score.next = rubric.sections.get(held).map_or_else(Vec::new, |it| missing(sheet, it));
}

/// The questions of a section that are not answered in full.
fn missing(sheet: &Sheet, section: &Section) -> Vec<String> {
    let open = section.items.iter().filter(|it| grade(sheet, it) != Grade::Full);
    open.map(|it| it.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::Rubrics;
    use super::super::answer::Answer;
    use super::*;
    use crate::kind::Kinds;
    use crate::project::Project;

    /// A sheet with an answer for each question that has one, in the rubric's order.
    fn sheet(rubric: &str, levels: &[&str]) -> Sheet {
        let rubrics = Rubrics::load(&Project::default(), &Kinds::built_in()).value;
        let rubric: Arc<super::super::Rubric> = rubrics.named(rubric).unwrap().clone();
        let mut answers = BTreeMap::new();
        for (item, level) in rubric.items().zip(levels) {
            let Some(level) = rubric.levels.iter().position(|it| it.id == *level) else {
                continue;
            };
            answers.insert(item.id.clone(), Answer { level, ..Answer::default() });
        }
        Sheet { rubric, answers, approach: None }
    }

    /// A sheet of the ML Test Score with so many tests of each section automated, and so
    /// many done by hand.
    fn tested(sections: [(usize, usize); 4]) -> Score {
        let levels: Vec<&str> = sections
            .iter()
            .flat_map(|(automated, manual)| {
                let level = |at: usize| match at {
                    at if at < *automated => "automated",
                    at if at < automated + manual => "manual",
                    _ => "none",
                };
                (0..7).map(level).collect::<Vec<_>>()
            })
            .collect();
        score(&sheet("ml-test-score-2017", &levels))
    }

    /// The bands of table V of the paper of 2017, and its rule: half a point by hand, one
    /// if automated, the minimum of the sections.
    #[test]
    fn the_score_of_2017_is_the_minimum_of_its_sections() {
        for (sections, total, band) in [
            ([(0, 0), (0, 0), (0, 0), (0, 0)], "0.0", 0),
            ([(7, 0), (7, 0), (7, 0), (0, 0)], "0.0", 0),
            ([(7, 0), (7, 0), (7, 0), (0, 1)], "0.5", 1),
            ([(1, 0), (1, 0), (1, 0), (1, 0)], "1.0", 1),
            ([(1, 1), (7, 0), (7, 0), (7, 0)], "1.5", 2),
            ([(0, 4), (0, 4), (0, 4), (0, 4)], "2.0", 2),
            ([(2, 4), (3, 2), (3, 3), (1, 4)], "3.0", 3),
            ([(0, 7), (0, 7), (0, 7), (0, 7)], "3.5", 4),
            ([(5, 0), (5, 0), (5, 0), (5, 0)], "5.0", 4),
            ([(5, 1), (7, 0), (7, 0), (7, 0)], "5.5", 5),
            ([(7, 0), (7, 0), (7, 0), (7, 0)], "7.0", 5),
        ] {
            let score = tested(sections);
            assert_eq!(score.total.unwrap().to_string(), total, "{sections:?}");
            assert_eq!(score.most, Some(Points(700)));
            let rubrics = Rubrics::load(&Project::default(), &Kinds::built_in()).value;
            let rubric = rubrics.named("ml-test-score-2017").unwrap();
            assert_eq!(rubric.bands.len(), 6);
            assert_eq!(score.band, rubric.bands[band].label, "{sections:?}");
        }
    }

    #[test]
    fn what_is_fit_for_ml_is_a_sentence_of_counts() {
        let levels = [
            "yes", "yes", "no", "yes", "partly", // prerequisites
            "yes", "partly", "no", "yes", // strengths
            "no", "yes", "unknown", // stop rules
        ];
        let mut sheet = sheet("when-to-use-ml", &levels);
        let counts = |score: &Score| -> Vec<[usize; 5]> {
            let of =
                |it: &SectionScore| [it.full, it.part, it.none, it.bridged, it.unknown];
            score.sections.iter().map(of).collect()
        };
        let all = score(&sheet);
        assert_eq!(counts(&all), [[3, 1, 1, 0, 0], [2, 1, 1, 0, 0], [1, 0, 1, 0, 1]]);
        assert_eq!((all.total, all.rung, all.unknown), (None, None, 1));
        for bridge in ["zero-shot", "transfer", "human-served"] {
            sheet.approach = Some(bridge.to_owned());
            assert_eq!(counts(&score(&sheet))[0], [3, 1, 1, 1, 0]);
        }
        sheet.approach = Some("trained".to_owned());
        assert_eq!(counts(&score(&sheet))[0], [3, 1, 1, 0, 0]);
    }

    #[test]
    fn a_rung_holds_if_all_of_it_does_and_all_below() {
        let rung = |levels: &[&str]| score(&sheet("mlops-google", levels)).rung;
        assert_eq!(rung(&[]), Some(0));
        let of: Vec<usize> = {
            let sheet = sheet("mlops-google", &[]);
            sheet.rubric.sections.iter().map(|it| it.items.len()).collect()
        };
        assert_eq!(of[0], 0);
        assert_eq!(rung(&vec!["yes"; of[1]]), Some(1));
        assert_eq!(rung(&vec!["yes"; of[1] - 1]), Some(0));
        assert_eq!(rung(&vec!["yes"; of[1] + of[2]]), Some(2));
        let mut gap = vec!["yes"; of[1] + of[2]];
        gap[0] = "partly";
        assert_eq!(rung(&gap), Some(0), "what is above a gap does not count");
    }

    proptest! {
        #[test]
        fn a_better_answer_never_lowers_the_score(
            levels in prop::collection::vec(0..4usize, 28),
            at in 0..28usize,
        ) {
            let words = ["", "none", "manual", "automated"];
            let named: Vec<&str> = levels.iter().map(|it| words[*it]).collect();
            let before = score(&sheet("ml-test-score-2017", &named));
            let mut better = named.clone();
            better[at] = words[(levels[at] + 1).min(3)];
            let after = score(&sheet("ml-test-score-2017", &better));
            prop_assert!(after.total >= before.total);
            prop_assert!(after.unknown <= before.unknown);
        }

        #[test]
        fn the_score_is_no_more_than_any_section_and_all_questions_are_counted(
            levels in prop::collection::vec(0..4usize, 0..30),
        ) {
            let words = ["", "none", "manual", "automated"];
            let named: Vec<&str> = levels.iter().map(|it| words[*it]).collect();
            let score = score(&sheet("ml-test-score-2017", &named));
            let total = score.total.unwrap();
            prop_assert!(score.sections.iter().all(|it| total <= it.sum));
            prop_assert!(score.sections.iter().any(|it| total == it.sum && it.lowest));
            for it in &score.sections {
                prop_assert_eq!(it.full + it.part + it.none + it.unknown, it.of);
                prop_assert_eq!(it.sum, Points(u32::try_from(it.full * 100 + it.part * 50).unwrap()));
            }
            // Answering all that is said to come next raises what stands in the way.
            prop_assert_eq!(score.next.is_empty(), Some(total) == score.most);
        }
    }
}
