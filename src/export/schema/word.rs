//! Words as patterns, where case and hyphens do not matter.

/// A pattern for one of these words at the beginning of a text.
pub(super) fn beginning<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(one).collect();
    format!(r"^\s*({})($|[^A-Za-z0-9|/])", words.join("|"))
}

/// A pattern for one of these words alone.
pub(super) fn alone<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(one).collect();
    format!(r"^\s*({})\s*$", words.join("|"))
}

fn one(word: &str) -> String {
    word.chars()
        .map(|it| match it {
            ' ' | '-' | '_' => "[-_ ]".to_owned(),
            it if it.is_ascii_alphabetic() => {
                format!("[{}{it}]", it.to_ascii_uppercase())
            }
            it => it.to_string(),
        })
        .collect()
}
