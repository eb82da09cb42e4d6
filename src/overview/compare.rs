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
    /// The pages of the systems that lack something.
    pub gaps: Vec<Link>,
}

/// What a system lacks.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GapPage {
    /// The system.
    pub system: String,
    /// The worst group with what blocks it, in a sentence.
    pub headline: String,
    /// The groups, the worst first.
    pub groups: Vec<Group>,
}

/// A page by its name and its address below the root.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub url: String,
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
    let link = |(route, gap): &(Route, Gap)| Link {
        label: gap.system.clone(),
        url: route.to_string(),
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
            headline: gap.headline(),
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
