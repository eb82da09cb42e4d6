//! Where the file of a page can be seen and edited.

use crate::config::Config;
use crate::path::{FilePath, encode_segment};

/// Where a file of the project can be seen; `None` if no repository is configured.
pub fn seen(config: &Config, path: &FilePath) -> Option<String> {
    address(config, path, "blob")
}

/// Where a file of the project can be edited; `None` if no repository is configured.
pub fn edited(config: &Config, path: &FilePath) -> Option<String> {
    address(config, path, "edit")
}

/// GitHub, GitLab, Gitea and Codeberg know `HEAD` as the default branch.
fn address(config: &Config, path: &FilePath, action: &str) -> Option<String> {
    let repository = config.site.repository.as_deref()?.trim_end_matches('/');
    let parts: Vec<String> =
        path.as_str().split('/').map(|it| encode_segment(it).collect()).collect();
    Some(format!("{repository}/{action}/HEAD/{}", parts.join("/")))
}
