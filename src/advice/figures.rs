//! How much there is to read, and how hard it is: figures to compare pages with, and no marks.

use super::{
    Adviser,
    block::OPAQUE,
    prose::blocks,
    sentences,
    words::{Token, tokens},
};
use crate::model::{Entry, ReadingAge};
use std::ops::AddAssign;

/// The figures of one page, or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All words: those of headings, tables and pictures too.
    pub words: usize,
    /// The sentences of the running text; an item of a list is one.
    pub sentences: usize,
    /// What a reading age is worked out from, where there is a formula for the language.
    running: Running,
}

/// The running text whose language has a formula for a reading age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Running {
    words: usize,
    sentences: usize,
    syllables: usize,
}

/// Of fewer words than these a reading age says nothing: the formula was worked out on passages of such a length.
const FEWEST: usize = 100;

/// A reader begins at this age.
const YOUNGEST: f64 = 5.0;

impl Figures {
    /// The age in years from which on the text can be read, by Flesch and Kincaid; nothing for a short text, or for a
    /// language without a formula.
    pub fn reading_age(&self) -> Option<u32> {
        let Running { words, sentences, syllables } = self.running;
        if words < FEWEST || sentences == 0 {
            return None;
        }
        let (words, sentences, syllables) = (words as f64, sentences as f64, syllables as f64);
        let grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
        // The first grade is that of children of six, so five years are added.
        Some((grade + 5.0).clamp(YOUNGEST, 99.0).round() as u32)
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.running.words += other.running.words;
        self.running.sentences += other.running.sentences;
        self.running.syllables += other.running.syllables;
    }
}

impl Adviser {
    /// The figures of an entry.
    pub fn figures(&self, entry: &Entry) -> Figures {
        let language = self.language(entry);
        let stops = language.map(|language| language.stops.as_slice()).unwrap_or_default();
        let formula = language.and_then(|language| language.wording.reading_age);
        let mut figures = Figures::default();
        for block in blocks(entry, &self.theme) {
            let sentences = sentences::sentences(&block.words, stops, &[]);
            let words: usize = sentences.iter().map(|sentence| sentence.words).sum();
            figures.words += words;
            if block.label || words == 0 {
                continue;
            }
            figures.sentences += sentences.len();
            if let Some(ReadingAge::FleschKincaid) = formula {
                let syllables: usize = tokens(&block.words).iter().map(|token| syllables(token, &block.words)).sum();
                let running = &mut figures.running;
                running.words += words;
                running.sentences += sentences.len();
                running.syllables += syllables + block.words.matches(OPAQUE).count();
            }
        }
        figures
    }
}

/// The syllables of an English word, as near as its letters tell: groups of vowels, without an `e` at the end that is not
/// spoken.
fn syllables(token: &Token, words: &str) -> usize {
    let word = token.small(words);
    let word = word.strip_suffix("'s").unwrap_or(&word);
    if !word.chars().any(char::is_alphabetic) {
        return 1;
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let (mut groups, mut inside) = (0usize, false);
    for c in word.chars() {
        let vowel = is_vowel(c);
        groups += usize::from(vowel && !inside);
        inside = vowel;
    }
    // Be-ing, stud-y-ing.
    let parts = |(at, _): &(usize, &str)| {
        let before = word.get(..*at).and_then(|before| before.chars().next_back());
        before.is_some_and(|before| is_vowel(before) && before != 'u')
    };
    groups += word.match_indices("ing").filter(parts).count();
    let mut back = word.chars().rev();
    let (last, before, third, fourth) = (back.next(), back.next(), back.next(), back.next());
    // Settled, principles; but called, curled, bowled.
    let is_spoken = third == Some('l') && fourth.is_some_and(|c| !is_vowel(c) && !matches!(c, 'l' | 'r' | 'w'));
    let is_mute = match (third, before, last) {
        (Some(third), Some('l'), Some('e')) => is_vowel(third),
        (_, Some('e'), Some('d' | 's')) if is_spoken => false,
        (_, Some(before), Some('e')) => !is_vowel(before),
        // Passed, but visited; moves, but boxes.
        (Some(third), Some('e'), Some('d')) => !matches!(third, 't' | 'd') && !is_vowel(third),
        (Some(third), Some('e'), Some('s')) => !matches!(third, 's' | 'x' | 'z' | 'h' | 'c' | 'g') && !is_vowel(third),
        _ => false,
    };
    groups.saturating_sub(usize::from(is_mute)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, expected) in [
            ("the", 1),
            ("home", 1),
            ("table", 2),
            ("council", 2),
            ("councillor", 3),
            ("looked", 1),
            ("visited", 3),
            ("moves", 1),
            ("houses", 2),
            ("settled", 2),
            ("principles", 3),
            ("called", 1),
            ("bowled", 1),
            ("being", 2),
            ("studying", 3),
            ("bring", 1),
            ("building", 2),
            ("child's", 1),
            ("opportunity", 5),
            ("2012", 1),
            ("tree", 1),
        ] {
            let token = tokens(word)[0];
            assert_eq!(syllables(&token, word), expected, "{word}");
        }
    }

    #[test]
    fn a_reading_age_is_that_of_the_published_formula() {
        // 0.39 * 120 / 10 + 11.8 * 180 / 120 - 15.59 = 6.79
        let running = Running { words: 120, sentences: 10, syllables: 180 };
        let figures = Figures { running, ..Figures::default() };
        assert_eq!(figures.reading_age(), Some(12));
        let short = Figures { running: Running { words: 99, ..running }, ..figures };
        assert_eq!(short.reading_age(), None);
    }
}
