//! What an entry has in common with others: its terms, the entries that it names, those that name it, its words.

use super::words::{self, Word};
use crate::model::{Entry, Library};
use rayon::prelude::*;
use std::{cmp::Reverse, sync::Arc};

/// How much the terms and the pages that two entries share count, and how much their words.
const REFERENCES: f32 = 1.0;
const WORDS: f32 = 0.7;

/// What the rarity of a term or a page comes to at least, from 0 (all have it) to 1 (one has it): in a library about
/// one subject that subject still brings its pages together.
const LEAST_RARITY: f32 = 0.3;

/// What an entry of few features lacks: without it, two that share the only thing that they have would be the same.
const FEW: f32 = 1.0;

/// How many of its terms and pages stand for an entry: an organisation may be named by thousands.
const KEPT: usize = 64;

/// Something that entries can share, as a number: first every term, then that one names an entry, then that an entry
/// names one, then the words. Numbers are quick to look up and to compare.
type Feature = u32;

/// Features or words, each with its weight.
type Weighed<T> = Vec<(T, f32)>;

/// The features of every entry, as directions in space: the more alike two entries are, the nearer to 1 is the
/// product of theirs.
pub(super) struct Features {
    /// By entry: features in their order, each with its weight.
    of: Rows,
    /// By feature: the entries that have it, and their weights.
    holders: Rows,
}

/// Lists of numbers with weights, one behind the other: a library of 100,000 pages has millions.
struct Rows {
    /// Where each list starts, and where the last one ends.
    starts: Vec<usize>,
    /// How much of each counts.
    lengths: Vec<u32>,
    cells: Vec<(u32, f32)>,
}

impl Rows {
    fn of(lists: &[Weighed<u32>]) -> Self {
        let mut starts = Vec::with_capacity(lists.len());
        let mut cells = Vec::with_capacity(lists.iter().map(Vec::len).sum());
        for list in lists {
            starts.push(cells.len());
            cells.extend_from_slice(list);
        }
        let lengths = lists.iter().map(|list| list.len() as u32).collect();
        Self { starts, lengths, cells }
    }

    /// The same the other way round: `count` lists, of the rows that have each number.
    fn turned(&self, count: usize) -> Self {
        let mut lengths = vec![0u32; count];
        for (number, _) in &self.cells {
            if let Some(length) = lengths.get_mut(*number as usize) {
                *length += 1;
            }
        }
        let mut starts = Vec::with_capacity(count);
        let mut end = 0;
        for length in &lengths {
            starts.push(end);
            end += *length as usize;
        }
        let mut ends = starts.clone();
        let mut cells = vec![(0, 0.0); self.cells.len()];
        for row in 0..self.starts.len() {
            for (number, weight) in self.row(row) {
                if let Some(end) = ends.get_mut(*number as usize)
                    && let Some(cell) = cells.get_mut(*end)
                {
                    *cell = (row as u32, *weight);
                    *end += 1;
                }
            }
        }
        Self { starts, lengths, cells }
    }

    fn row(&self, index: usize) -> &[(u32, f32)] {
        let (start, length) = (self.starts.get(index).copied(), self.lengths.get(index).copied());
        let range = start.zip(length).and_then(|(start, length)| self.cells.get(start..start + length as usize));
        range.unwrap_or_default()
    }

    /// Leaves the first so many of a longer list, by an order of the numbers in it.
    fn cut(&mut self, most: usize, rank: &[u32]) {
        for (start, length) in self.starts.iter().zip(&mut self.lengths).filter(|(_, length)| **length as usize > most)
        {
            if let Some(cells) = self.cells.get_mut(*start..start + *length as usize) {
                cells.select_nth_unstable_by_key(most, |(entry, _)| rank.get(*entry as usize).copied());
                *length = most as u32;
            }
        }
    }
}

impl Features {
    /// The features of the entries that `counts` says yes to, the others have none. Of a feature that more than
    /// `common` entries have, only the newest lead to each other.
    pub(super) fn new(library: &Library, counts: &[bool], common: usize, common_words: usize) -> Self {
        let (references, known) = references(library, counts);
        let words = telling_words(library, counts, common_words);
        let total = counts.iter().filter(|counts| **counts).count().max(2) as f32;
        let mut spread = vec![0u32; known];
        for (feature, _) in references.iter().flatten() {
            if let Some(spread) = spread.get_mut(*feature as usize) {
                *spread += 1;
            }
        }
        let weighed = |(references, words): (Weighed<Feature>, Weighed<Word>)| {
            let rarity = |(feature, weight): (Feature, f32)| {
                // One that nobody else has can't be shared, and one that all have sets nobody apart.
                let holders = spread.get(feature as usize).copied().filter(|holders| *holders > 1)?;
                Some((feature, weight * ((total / holders as f32).ln() / total.ln()).max(LEAST_RARITY)))
            };
            let mut weighed: Weighed<Feature> = references.into_iter().filter_map(rarity).collect();
            weighed.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            weighed.truncate(KEPT);
            scale(&mut weighed, REFERENCES);
            weighed.sort_unstable_by_key(|(feature, _)| *feature);
            let mut words = words;
            scale(&mut words, WORDS);
            (weighed, words)
        };
        let weighed: Vec<_> = references.into_par_iter().zip(words).map(weighed).collect();
        numbered(weighed, known, library, common)
    }

    /// How alike two entries are.
    pub(super) fn product(&self, one: usize, other: usize) -> f32 {
        let (mut left, mut right) = (self.of.row(one), self.of.row(other));
        let mut product = 0.0;
        while let ([(a, own), rest @ ..], [(b, its), others @ ..]) = (left, right) {
            if a <= b {
                left = rest;
            }
            if b <= a {
                right = others;
            }
            if a == b {
                product += own * its;
            }
        }
        product
    }

    /// Calls `found` with each entry that shares a feature with this one, once a feature, and what that comes to.
    pub(super) fn sharing(&self, entry: usize, mut found: impl FnMut(u32, f32)) {
        for (feature, own) in self.of.row(entry) {
            for (other, its) in self.holders.row(*feature as usize) {
                found(*other, own * its);
            }
        }
    }
}

/// The terms and pages that each entry shares with others, with their weights; and how many of these there are.
fn references(library: &Library, counts: &[bool]) -> (Vec<Weighed<Feature>>, usize) {
    let mut references: Vec<Weighed<Feature>> = vec![Vec::new(); library.entries.len()];
    let mut add = |entry: usize, feature: usize, weight: f32| {
        if let (Some(own), Some(true)) = (references.get_mut(entry), counts.get(entry)) {
            own.extend((weight > 0.0).then_some((feature as u32, weight)));
        }
    };
    let mut first = 0;
    for taxonomy in library.taxonomies.iter() {
        let weight = taxonomy.declaration.weight as f32;
        for (term, feature) in taxonomy.terms.iter().zip(first..) {
            term.entries.iter().for_each(|entry| add(*entry, feature, weight));
        }
        first += taxonomy.terms.len();
    }
    let entries = library.entries.len();
    for (named, names) in library.backlinks.iter().enumerate() {
        for naming in names {
            add(*naming, first + named, 1.0);
            add(named, first + entries + naming, 1.0);
        }
    }
    (references, first + 2 * entries)
}

/// The words that tell each entry from the others.
fn telling_words(library: &Library, counts: &[bool], common: usize) -> Vec<Weighed<Word>> {
    let of = |(entry, counts): (&Arc<Entry>, &bool)| if *counts { words::words(entry) } else { Vec::new() };
    let found: Vec<Weighed<Word>> = library.entries.par_iter().zip(counts).map(of).collect();
    let mut spread = words::Spread::default();
    for (word, _) in found.iter().flatten() {
        *spread.entry(*word).or_default() += 1;
    }
    let texts = counts.iter().filter(|counts| **counts).count();
    found.into_par_iter().map(|own| words::telling(&own, &spread, texts, common)).collect()
}

/// Makes the squares of the weights come to nearly `square`; to less where there are few of them.
fn scale<T>(features: &mut Weighed<T>, square: f32) {
    let length = (FEW + features.iter().map(|(_, weight)| weight * weight).sum::<f32>()).sqrt();
    for (_, weight) in features {
        *weight *= square.sqrt() / length;
    }
}

/// Both ways of looking at the features, words by number as well: from `known` on.
fn numbered(
    weighed: Vec<(Weighed<Feature>, Weighed<Word>)>,
    known: usize,
    library: &Library,
    common: usize,
) -> Features {
    let mut numbers = words::Spread::default();
    let number = |(own, words): (Weighed<Feature>, Weighed<Word>)| {
        let mut own = own;
        let first = own.len();
        for (word, weight) in words {
            let next = (known + numbers.len()) as u32;
            own.push((*numbers.entry(word).or_insert(next), weight));
        }
        if let Some(words) = own.get_mut(first..) {
            words.sort_unstable_by_key(|(feature, _)| *feature);
        }
        own
    };
    let of: Vec<Weighed<Feature>> = weighed.into_iter().map(number).collect();
    let of = Rows::of(&of);
    let mut holders = of.turned(known + numbers.len());
    holders.cut(common, &by_age(library));
    Features { of, holders }
}

/// By entry: how many are newer.
fn by_age(library: &Library) -> Vec<u32> {
    let mut sorted: Vec<_> =
        library.entries.iter().zip(0u32..).map(|(entry, index)| (Reverse(entry.newest()), index)).collect();
    sorted.sort_unstable();
    let mut rank = vec![0; sorted.len()];
    for ((_, index), newer) in sorted.into_iter().zip(0..) {
        if let Some(slot) = rank.get_mut(index as usize) {
            *slot = newer;
        }
    }
    rank
}
