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

/// What a slip of the pen was meant to be, where there is nothing to choose: another case of letters, or one letter
/// too many, too few, wrong or in another's place, and every name of anything else further off. Figures are no slip:
/// `2027` may well be meant.
pub fn slip<'a, T: Copy + PartialEq>(wanted: &str, known: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let folded = wanted.trim().to_lowercase();
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // What is near, and whether a slip alone lies between.
    let mut near: Vec<(T, bool)> = Vec::new();
    for (name, what) in known {
        let name = name.to_lowercase();
        if name == folded {
            return Some(what);
        }
        if name.len().abs_diff(folded.len()) > 8 {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&folded, &name);
        let is_slip = distance == 1 && folded.chars().count() > 3 && figures(&name) == figures(&folded);
        near.extend((distance <= 2).then_some((what, is_slip)));
    }
    let (meant, _) = *near.iter().find(|(_, is_slip)| *is_slip)?;
    near.iter().all(|(what, _)| *what == meant).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::{nearest, slip};

    #[test]
    fn a_slip_has_one_meaning_or_none() {
        let find = |wanted: &str, known: &[&'static str]| slip(wanted, known.iter().map(|name| (*name, *name)));
        let known = ["title", "summary", "themes", "week-2026", "form", "from"];
        for (wanted, meant) in [
            ("sumary", Some("summary")),
            ("SUMMARY", Some("summary")),
            ("tilte", Some("title")),
            ("theme", Some("themes")),
            ("suumery", None),
            ("week-2027", None),
            ("fom", None),
            ("frm", None),
        ] {
            assert_eq!(find(wanted, &known), meant, "{wanted}");
        }
        assert_eq!(find("formx", &["form", "forma"]), None, "two are as near");
        assert_eq!(slip("mentorin", [("mentoring", 1), ("mentorings", 1)]), Some(1), "two names of one thing");
    }

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
