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
    let folder = config.site.folder.as_str().split('/').filter(|it| !it.is_empty());
    let parts = folder.chain(path.as_str().split('/'));
    let parts: Vec<String> = parts.map(|it| encode_segment(it).collect()).collect();
    Some(format!("{repository}/{action}/HEAD/{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_seen_where_it_lies_in_its_repository() {
        let mut config = Config::default();
        let path = FilePath::from("content/a b.md");
        assert_eq!(seen(&config, &path), None);
        config.site.repository = Some("https://x.org/r/".to_owned());
        let address = "https://x.org/r/blob/HEAD/content/a%20b.md";
        assert_eq!(seen(&config, &path).as_deref(), Some(address));
        config.site.folder = "docs/notes".into();
        let address = "https://x.org/r/edit/HEAD/docs/notes/content/a%20b.md";
        assert_eq!(edited(&config, &path).as_deref(), Some(address));
    }
}
