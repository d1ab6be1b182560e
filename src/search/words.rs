//! What a word is: one rule for the pages that are indexed and the questions that are asked. `reader.js` has the same.
//!
//! Words are runs of letters and digits, without case and accents (compatibility decomposition, Unicode Standard
//! Annex 15). Apostrophes go without a trace, commas between thousands too, and hyphens part words.

use std::borrow::Cow;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Longer words are none: nobody asks for them, and each would take its place in the index.
pub(super) const LONGEST: usize = 40;

/// Calls `see` with each word of a text, and whether a hyphen alone stands between it and the word before.
pub(super) fn each(text: &str, mut see: impl FnMut(&str, bool)) {
    let folded = folded(text);
    let mut rest: &str = &folded;
    let mut hyphened = false;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric()) {
        let (between, from) = rest.split_at(start);
        hyphened &= is_hyphen(between);
        let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        if word.chars().nth(LONGEST).is_none() {
            see(word, hyphened);
            hyphened = true;
        } else {
            hyphened = false;
        }
        rest = after;
    }
}

/// The words of a text.
#[cfg(test)]
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, |word, _| words.push(word.to_owned()));
    words
}

fn is_hyphen(between: &str) -> bool {
    matches!(between, "-" | "\u{2010}")
}

/// A text without case, accents, apostrophes and the commas of thousands.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let folds = |byte: u8| !byte.is_ascii() || byte.is_ascii_uppercase() || byte == b'\'' || byte == b',';
    if !text.bytes().any(folds) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '\'' | '\u{2019}' | '\u{2bc}' => {}
            ',' if parts_thousands(text.as_bytes(), at) => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => decompose_compatible(c, |part| {
                out.extend(
                    part.to_lowercase().filter(|c| !is_combining_mark(*c)).map(|c| if c == 'ς' { 'σ' } else { c }),
                );
            }),
        }
    }
    Cow::Owned(out)
}

/// True for the comma in `1,200`.
fn parts_thousands(text: &[u8], comma: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    comma > 0 && digit(comma - 1) && (1..=3).all(|next| digit(comma + next)) && !digit(comma + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_signs_make_no_difference() {
        assert_eq!(words("The Tŷ’s ŵyth CHILDREN'S ﬁgures"), ["the", "tys", "wyth", "childrens", "figures"]);
        assert_eq!(words("£1,200 and 12,5 or 1,2345; 18+"), ["1200", "and", "12", "5", "or", "1", "2345", "18"]);
        assert_eq!(words("İstanbul ΟΔΟΣ 🎉 <img>"), ["istanbul", "οδοσ", "img"]);
        assert_eq!(words(&"x".repeat(41)), [""; 0]);
    }

    #[test]
    fn a_hyphen_alone_joins() {
        let mut seen = Vec::new();
        each("Well-being, part - time self\u{2010}made", |word, joined| seen.push((word.to_owned(), joined)));
        let joined: Vec<_> = seen.iter().filter(|(_, joined)| *joined).map(|(word, _)| word.as_str()).collect();
        assert_eq!(joined, ["being", "made"]);
    }
}
