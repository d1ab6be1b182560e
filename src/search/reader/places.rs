//! The words of a text with their places in it.

use super::super::words;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// What goes from words without a trace.
const APOSTROPHES: [char; 3] = ['\'', '\u{2019}', '\u{2bc}'];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) form: String,
    /// Where the run of signs that it is from starts and ends, in UTF-16 code units.
    pub(super) start: usize,
    pub(super) end: usize,
    /// True where a hyphen alone stands between it and the word before.
    pub(super) joined: bool,
}

/// The words of a text, as `words` of js/words.js gives them.
pub(super) fn placed(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let (mut at, mut units) = (0, 0);
    // Where the last word that was found ends, in bytes.
    let mut last = None;
    while let Some(Range { start, end }) = run(text, at) {
        let of = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        units += length(of(at, start));
        let run = of(start, end);
        let until = units + length(run);
        let mut joined = last.is_some_and(|last| is_hyphen(of(last, start)));
        words::each(run, |form, _| {
            found.push(Word { form: form.to_owned(), start: units, end: until, joined });
            joined = false;
            last = Some(end);
        });
        (at, units) = (end, until);
    }
    found
}

/// The length of a text in UTF-16 code units.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

fn is_hyphen(gap: &str) -> bool {
    matches!(gap.trim_matches(APOSTROPHES), "-" | "\u{2010}")
}

/// The first run of letters and digits from `at` on, with the apostrophes and the commas of thousands within, in bytes.
fn run(text: &str, at: usize) -> Option<Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let start = at + text.get(at..)?.find(belongs)?;
    let mut rest = text.get(start..)?;
    loop {
        rest = rest.trim_start_matches(belongs);
        let after = rest.trim_start_matches(APOSTROPHES);
        if after.len() < rest.len() && after.starts_with(belongs) {
            rest = after;
        } else if let Some(after) = rest.strip_prefix(',').filter(|after| begins_with_thousands(after)) {
            rest = after;
        } else {
            return Some(start..text.len() - rest.len());
        }
    }
}

fn begins_with_thousands(text: &str) -> bool {
    text.chars().take(3).filter(|c| c.is_numeric()).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> Vec<String> {
        let word =
            |Word { form, start, end, joined }| format!("{form} {start} {end}{}", if joined { " -" } else { "" });
        placed(text).into_iter().map(word).collect()
    }

    #[test]
    fn places_count_in_utf_16_and_runs_are_whole() {
        assert_eq!(shown("🙂 Children’s well-being"), ["childrens 3 13", "well 14 18", "being 19 24 -"]);
        assert_eq!(shown("£1,200m ½ a"), ["1200m 1 7", "1 8 9", "2 8 9", "a 10 11"]);
        assert_eq!(
            shown(&format!("{}-being carers'-group", "x".repeat(41))),
            ["being 42 47", "carers 48 54", "group 56 61 -"]
        );
    }

    proptest! {
        #[test]
        fn the_words_are_those_that_are_indexed(text in "[a-cé0-9',’ʼ.\u{301}ŵ½™İ\u{2010} -]{0,24}") {
            let mut indexed = Vec::new();
            words::each(&text, |form, before| indexed.push((form.to_owned(), before.is_some())));
            let asked: Vec<_> = placed(&text).into_iter().map(|word| (word.form, word.joined)).collect();
            prop_assert_eq!(asked, indexed);
        }
    }
}
