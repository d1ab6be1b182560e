//! The words that a page is about: those of its title, its summary, its headings and its links.
//!
//! No others: who is like whom is then the same after an edit that changes none of these, so a paragraph mended here
//! changes no other page.

use crate::model::Entry;
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Shorter words say little.
const SHORTEST: usize = 4;

/// Words that begin with the same letters, so many, are one: mentor, mentors, mentoring.
const STEM: usize = 6;

/// How many words of headings count, and how many of links: what a text is about, it says at its beginning.
const MOST_WORDS: usize = 100;

/// How many of its words stand for a page: those that it has most and others least.
const KEPT: usize = 24;

/// A word of the title weighs as much as so many others.
const TITLE: f32 = 2.0;

/// A word, as the hash of its stem: 64 bits, so that two words of a library are never one by accident.
pub(super) type Word = u64;

/// In how many texts each word stands.
pub(super) type Spread = HashMap<Word, u32, BuildHasherDefault<AsItIs>>;

/// A word is a hash already: hashing it once more would take most of the time of counting.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = word;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The words of a page, each once, in their order as numbers, with how much of it they are.
pub(super) fn words(entry: &Entry) -> Vec<(Word, f32)> {
    let headings = entry.texts.iter().flat_map(|text| &text.headings);
    let headings = headings.flat_map(|heading| Stems::of(&heading.text)).take(MOST_WORDS);
    let links = entry.texts.iter().flat_map(|text| &text.links);
    let links = links.flat_map(|link| Stems::of(&link.text)).take(MOST_WORDS);
    let mut found: Vec<(Word, f32)> = Stems::of(&entry.title).map(|word| (word, TITLE)).collect();
    found.extend(Stems::of(&entry.summary).chain(headings).chain(links).map(|word| (word, 1.0)));
    found.sort_unstable_by_key(|word| word.0);
    found.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    found
}

/// The words that tell a page from the others, with their weights: a word of a quarter of all pages tells nothing,
/// nor does one that no other page has.
pub(super) fn telling(words: &[(Word, f32)], spread: &Spread, texts: usize, common: usize) -> Vec<(Word, f32)> {
    let most = (texts / 4).clamp(2, common);
    let weighed = |(word, often): &(Word, f32)| {
        let spread = spread.get(word).copied().filter(|spread| (2..=most).contains(&(*spread as usize)))?;
        Some((*word, (1.0 + often.ln()) * (texts as f32 / spread as f32).ln() / (texts as f32).ln()))
    };
    let mut telling: Vec<(Word, f32)> = words.iter().filter_map(weighed).collect();
    telling.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    telling.truncate(KEPT);
    telling
}

/// The stems of a text, without the addresses of its links.
struct Stems<'a> {
    rest: &'a str,
}

impl<'a> Stems<'a> {
    fn of(text: &'a str) -> Self {
        Self { rest: text }
    }
}

impl Iterator for Stems<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            let start = self.rest.find(|c: char| c.is_alphabetic())?;
            let between = self.rest.get(..start)?;
            let word = self.rest.get(start..)?;
            if between.ends_with("](") {
                self.rest = word.find(')').and_then(|end| word.get(end..)).unwrap_or_default();
                continue;
            }
            let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
            let (word, rest) = word.split_at(end);
            self.rest = rest;
            if word.chars().nth(SHORTEST - 1).is_some() {
                return Some(stem(word));
            }
        }
    }
}

/// FNV-1a (Fowler, Noll and Vo) of the first letters in lower case: the same on every machine.
fn stem(word: &str) -> Word {
    const START: Word = 0xcbf2_9ce4_8422_2325;
    let add = |hash: Word, letter: u64| (hash ^ letter).wrapping_mul(0x0100_0000_01b3);
    match word.as_bytes().get(..STEM.min(word.len())) {
        Some(first) if first.is_ascii() => {
            first.iter().fold(START, |hash, letter| add(hash, u64::from(letter.to_ascii_lowercase())))
        }
        _ => {
            let letters = word.chars().take(STEM).flat_map(char::to_lowercase);
            letters.fold(START, |hash, letter| add(hash, u64::from(letter)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<Word> {
        Stems::of(text).collect()
    }

    #[test]
    fn forms_of_a_word_are_one_and_addresses_are_none() {
        assert_eq!(stems("Mentors, MENTORING"), stems("mentor [mentored](https://example.org/elsewhere) by us"));
        assert_eq!(stems("Tŷ ŵyth-deg eglwysi"), stems("Ŵyth o EGLWYSIG"));
        assert_eq!(stems("a [link](never-closed"), stems("link"));
    }

    #[test]
    fn what_all_texts_have_and_what_one_has_tells_nothing() {
        let spread = Spread::from_iter([(1, 8), (2, 1), (3, 2)]);
        let telling: Vec<Word> =
            telling(&[(1, 5.0), (2, 5.0), (3, 1.0)], &spread, 8, 100).into_iter().map(|(word, _)| word).collect();
        assert_eq!(telling, [3]);
    }
}
