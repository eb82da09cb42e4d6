//! The pages of the comparisons of all notes: the matrix, and the gap of each system.

use std::sync::Arc;

use serde::Serialize;

use super::{Content, Ground, Overview, Title};
use crate::compare::gap::{self, Gap, Group};
use crate::compare::matrix::{self, Matrix};
use crate::compare::reading::Vocabulary;
use crate::memo::Hashed;
use crate::note::slug::slug;
use crate::path::Route;
use crate::site::aggregate::entries;

/// The metrics of the site against its systems.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixPage {
    /// The matrix.
    pub matrix: Arc<Matrix>,
    /// The pages of the systems of which something is asked.
    pub gaps: Vec<GapLink>,
}

/// What a system lacks.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GapPage {
    /// The system.
    pub system: String,
    /// The groups, the worst first.
    pub groups: Vec<Group>,
}

impl GapPage {
    /// The worst group: its name, how many of its rows are met, and how many asked for.
    pub(super) fn worst(&self) -> Option<(String, usize, usize)> {
        let worst = self.groups.first().filter(|it| it.asked > 0)?;
        Some((worst.name.clone(), worst.met, worst.asked))
    }
}

/// The page of a system's gap, and what stands at its head.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GapLink {
    /// The system.
    pub system: String,
    /// The address of the page, below the root.
    pub url: String,
    /// The worst group: its name, how many of its rows are met, and how many asked for;
    /// none where nothing that is asked for applies.
    pub worst: Option<(String, usize, usize)>,
}

/// The pages; none where there is nothing to show.
pub(super) fn pages(ground: &Ground<'_>) -> Vec<(Route, Overview)> {
    let entries = entries(ground.site, |card| card.route.as_str());
    let matrix = matrix::matrix(&entries, &Vocabulary::of(&ground.config.compare));
    let gaps: Vec<(Route, Gap)> =
        gap::gaps(&entries).into_iter().map(|it| (gap_route(&it.system), it)).collect();
    if matrix.rows.is_empty() && gaps.is_empty() {
        return Vec::new();
    }
    let link = |(route, gap): &(Route, Gap)| GapLink {
        system: gap.system.clone(),
        url: route.to_string(),
        worst: gap.worst().map(|it| (it.name.clone(), it.met, it.asked)),
    };
    let above = Route::page("compare");
    let content =
        MatrixPage { matrix: Arc::new(matrix), gaps: gaps.iter().map(link).collect() };
    let matrix = Overview {
        title: Title::Word("comparisons"),
        above: None,
        listed: true,
        content: Hashed::new(Content::Matrix(content)),
    };
    let gap = |gap: Gap| Overview {
        title: Title::Name(gap.system.clone()),
        above: Some(above.clone()),
        listed: false,
        content: Hashed::new(Content::Gap(GapPage {
            system: gap.system,
            groups: gap.groups,
        })),
    };
    let gaps = gaps.into_iter().map(|(route, it)| (route, gap(it)));
    gaps.chain([(above.clone(), matrix)]).collect()
}

/// The page of a system's gap.
pub fn gap_route(system: &str) -> Route {
    Route::page(&format!("compare/{}", slug(system)))
}
