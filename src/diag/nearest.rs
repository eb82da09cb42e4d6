//! The candidate that a mistyped word most likely meant.

/// The candidate nearest to a word, if any is near enough to be meant.
///
/// Distance is Damerau-Levenshtein's (optimal string alignment), not minding case;
/// near enough is a third of the word's length, and at least 1 but for the shortest.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    let limit = (letters / 3).max(usize::from(letters > 2));
    candidates
        .into_iter()
        .filter(|it| it.len().abs_diff(word.len()) <= 4 * limit)
        .map(|it| (strsim::osa_distance(&word, &it.to_lowercase()), it))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_has_a_candidate_and_another_word_has_none() {
        let known = ["title", "status", "implemented"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("imlpemented", known), Some("implemented"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("0", ["b"]), None);
    }
}
