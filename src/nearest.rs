//! "Did you mean …?"

/// The one of `known` that `wanted` was most likely meant to be, if any is near.
///
/// Near is a Damerau-Levenshtein distance of at most a third of the length, and at least 1; a known word
/// that `wanted` starts with, or the other way round, is near as well.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = wanted.trim().to_lowercase();
    let limit = (folded.chars().count() / 3).max(1);
    let distance = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        let begins = folded.len() > 3
            && candidate.len() > 3
            && (candidate.starts_with(&folded) || folded.starts_with(&candidate));
        let distance = strsim::damerau_levenshtein(&folded, &candidate);
        ((distance <= limit && distance < folded.chars().count()) || begins).then_some((distance, candidate))
    };
    known
        .into_iter()
        .filter_map(|candidate| Some((distance(candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_none() {
        let known = ["title", "summary", "themes", "councils"];
        assert_eq!(nearest("sumary", known), Some("summary"));
        assert_eq!(nearest("Theme", known), Some("themes"));
        assert_eq!(nearest("council", known), Some("councils"));
        assert_eq!(nearest("postcode", known), None);
        assert_eq!(nearest("b", ["a", "c"]), None);
    }
}
