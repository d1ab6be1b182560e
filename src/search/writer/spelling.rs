//! The forms of words for whoever misspells one.
//!
//! A word with one fault is right in its first half or in its second. So the forms are there in order, for words that
//! begin alike, and in order from their ends, for words that end alike: a few thousand in a file, no other index, and
//! the first letter may be the wrong one.

use super::{
    super::format::{CONCEPT, FileName, compressed, order, write, write_words},
    collection::{Term, Vocabulary},
    weights::Postings,
};
use rayon::prelude::*;

/// Shorter words are too like each other.
const SHORTEST: usize = 4;

/// How many forms a file has.
const FORMS: usize = 1_500;

/// The files, and the first form of each: in order, and in order from their ends.
pub(super) struct Spelling {
    pub(super) files: Vec<(FileName, Vec<u8>)>,
    pub(super) starts: Vec<String>,
    pub(super) ends: Vec<String>,
}

pub(super) fn spelling(vocabulary: &Vocabulary, postings: &Postings) -> Spelling {
    let often = |term: &Term| postings.own.of(*term).len();
    let forms = vocabulary.forms.iter().zip(&vocabulary.term_of);
    let worth = |form: &str| {
        !form.starts_with(CONCEPT) && form.chars().nth(SHORTEST - 1).is_some() && form.chars().all(char::is_alphabetic)
    };
    let known = forms.filter(|(form, _)| worth(form)).map(|(form, term)| (form.to_string(), often(term)));
    let known: Vec<(String, usize)> = known.collect();
    let backward = |(form, often): &(String, usize)| (form.chars().rev().collect::<String>(), *often);
    let mut backwards: Vec<(String, usize)> = known.par_iter().map(backward).collect();
    backwards.par_sort_unstable_by(|(a, _), (b, _)| order(a, b));
    let mut files = Vec::new();
    let starts = blocks(&known, FileName::Starts, &mut files);
    let ends = blocks(&backwards, FileName::Ends, &mut files);
    Spelling { files, starts, ends }
}

fn blocks(known: &[(String, usize)], file: fn(usize) -> FileName, files: &mut Vec<(FileName, Vec<u8>)>) -> Vec<String> {
    let block = |(place, block): (usize, &[(String, usize)])| {
        let mut out = Vec::new();
        write(&mut out, block.len() as u32);
        write_words(&mut out, block.iter().map(|(form, _)| form.as_bytes()));
        // How often a form stands, as the number of its binary digits: enough to tell a common word from a rare one.
        out.extend(block.iter().map(|(_, often)| (usize::BITS - often.leading_zeros()) as u8));
        (file(place), compressed(&out, 9))
    };
    files.par_extend(known.par_chunks(FORMS).enumerate().map(block));
    known.chunks(FORMS).filter_map(|block| block.first()).map(|(form, _)| form.clone()).collect()
}
