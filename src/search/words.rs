//! What a word is: one rule for the pages that are indexed and the questions that are asked. `js/words.js` has the same.
//!
//! Words are runs of letters and digits, without case and accents (compatibility decomposition, Unicode Standard
//! Annex 15). Apostrophes go without a trace, commas between thousands too, and hyphens part words.

use std::{borrow::Cow, ops::Range};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Longer words are none: nobody asks for them, and each would take its place in the index.
pub(super) const LONGEST: usize = 40;

/// Calls `see` with each word of a text, and the word before where a hyphen alone stands between the two.
pub(super) fn each(text: &str, mut see: impl FnMut(&str, Option<&str>)) {
    let folded = folded(text);
    let mut before: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(start) = boundary(&folded, at, true) {
        let end = boundary(&folded, start, false).unwrap_or(folded.len());
        let of = |range: Range<usize>| folded.get(range).unwrap_or_default();
        let word = of(start..end);
        let fits = word.len() <= LONGEST || word.chars().nth(LONGEST).is_none();
        if fits {
            let joins = |before: &Range<usize>| matches!(of(before.end..start), "-" | "\u{2010}");
            see(word, before.filter(joins).map(of));
        }
        before = fits.then_some(start..end);
        at = end;
    }
}

/// The first place from `at` on where a letter or digit stands, or anything else.
fn boundary(text: &str, mut at: usize, of_word: bool) -> Option<usize> {
    while let Some(byte) = text.as_bytes().get(at) {
        // Nearly all text is ASCII, which is told by a byte.
        let (belongs, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next())?;
            (c.is_alphanumeric(), c.len_utf8())
        };
        if belongs == of_word {
            return Some(at);
        }
        at += length;
    }
    None
}

/// The words of a text.
#[cfg(test)]
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, |word, _| words.push(word.to_owned()));
    words
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
            // A sign that stands for letters, as that of a trade mark, is no part of a word.
            c if !c.is_alphanumeric() && !is_combining_mark(c) => out.push(c),
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
        assert_eq!(words("Casebook™ ½"), ["casebook", "1", "2"]);
        assert_eq!(words("İstanbul ΟΔΟΣ 🎉 <img>"), ["istanbul", "οδοσ", "img"]);
        assert_eq!(words(&"x".repeat(41)), [""; 0]);
    }

    #[test]
    fn a_hyphen_alone_joins() {
        let mut seen: Vec<String> = Vec::new();
        each("Well-being, part - time self\u{2010}made", |word, before| {
            seen.extend(before.map(|before| format!("{before} {word}")));
        });
        assert_eq!(seen, ["well being", "self made"]);
    }
}
