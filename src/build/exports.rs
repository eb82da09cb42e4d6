//! What the site says of itself to other programs, kept from build to build.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::export;
use crate::memo::Digest;
use crate::output::Output;
use crate::site::Site;

/// What the site says of itself to other programs; made anew when the site changes.
pub(super) fn exported(
    site: &Site,
    config: &Config,
    words: &BTreeMap<String, String>,
    last: &mut Option<(Digest, Output)>,
) -> Output {
    let digest = Digest::of(&(site.digest, config, words));
    match last {
        Some((seen, output)) if *seen == digest => output.clone(),
        _ => {
            let output = export::all(site, config, words);
            *last = Some((digest, output.clone()));
            output
        }
    }
}
