//! What is told of notes together: ids, values, terms, and days that are past.

use std::sync::Arc;

use super::Cache;
use crate::diag::Diagnostic;
use crate::freshness::{self, Clock};
use crate::glossary::Glossary;
use crate::rubric::Rubrics;
use crate::site::aggregate;
use crate::site::{Site, asked, cycle, twin};

/// The terms of a site, and which notes name them; made anew when the site changes.
pub(super) fn glossary(site: &Site, cache: &mut Cache) -> Arc<Glossary> {
    let glossary = cache.glossary.refresh(site.digest, || Glossary::of(site));
    glossary.find_uses(&cache.notes, &mut cache.uses);
    glossary
}

/// Tells what is wrong with notes that stand together.
pub(super) fn tell(
    site: &Site,
    glossary: &Glossary,
    rubrics: &Rubrics,
    clock: Clock<'_>,
    cache: &mut Cache,
    told: &mut Vec<Diagnostic>,
) {
    let disputes = cache.disputes.refresh(site.digest, || aggregate::disputes(site));
    aggregate::tell(&disputes, &cache.notes, told);
    twin::tell(site, told);
    cycle::tell(site, &cache.notes, told);
    asked::tell(site, &cache.notes, rubrics, told);
    freshness::tell(&cache.notes, site, clock, told);
    glossary.tell(&cache.notes, site, &cache.uses, told);
}
