//! What an entry has in common with others: its terms, the entries that it names, those that name it, its words.

use super::words::{self, Word};
use crate::model::{Entry, Library};
use rayon::prelude::*;
use std::{collections::HashMap, sync::Arc};

/// How much the terms and the pages that two entries share count, and how much their words.
const REFERENCES: f64 = 1.0;
const WORDS: f64 = 1.0;

/// What the rarity of a term or a page comes to at least, from 0 (all have it) to 1 (one has it): in a library about
/// one subject that subject still brings its pages together.
const LEAST_RARITY: f64 = 0.3;

/// What an entry of few features lacks: without it, two that share the only thing that they have would be the same.
const FEW: f64 = 2.0;

/// How many of its terms and pages stand for an entry: an organisation may be named by thousands.
const KEPT: usize = 64;

/// Something that entries can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Feature {
    /// A term: its taxonomy, and its place there.
    Term(usize, usize),
    /// It names this entry.
    Names(usize),
    /// This entry names it.
    NamedBy(usize),
    /// A word of its text.
    Word(Word),
}

/// Features or words, each with its weight.
type Weighed<T> = Vec<(T, f64)>;

/// The features of every entry, as directions in space: the more alike two entries are, the nearer to 1 is the
/// product of theirs.
pub(super) struct Features {
    /// By entry: features by number, in their order, each with its weight.
    of: Vec<Vec<(u32, f64)>>,
    /// By feature: the entries that have it, and their weights.
    holders: Vec<Vec<(u32, f64)>>,
}

impl Features {
    /// The features of the entries that `counts` says yes to, the others have none. Of a feature that more than
    /// `common` entries have, only the newest lead to each other.
    pub(super) fn new(library: &Library, counts: &[bool], common: usize) -> Self {
        let references = references(library, counts);
        let words = telling_words(library, counts, common);
        let total = counts.iter().filter(|counts| **counts).count().max(2) as f64;
        let mut spread: HashMap<Feature, usize> = HashMap::new();
        for (feature, _) in references.iter().flatten() {
            *spread.entry(*feature).or_default() += 1;
        }
        let rarity = |feature: &Feature| {
            let holders = spread.get(feature).copied().unwrap_or(1) as f64;
            ((total / holders).ln() / total.ln()).max(LEAST_RARITY)
        };
        let weighed = |(references, words): (Weighed<Feature>, Weighed<Word>)| {
            // One that nobody else has can't be shared, and one that all have sets nobody apart.
            let shared = references.into_iter().filter(|(feature, _)| spread.get(feature).is_some_and(|n| *n > 1));
            let weighed = shared.map(|(feature, weight)| (feature, weight * rarity(&feature)));
            let mut weighed: Vec<_> = weighed.collect();
            weighed.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            weighed.truncate(KEPT);
            let mut own = scaled(weighed, REFERENCES);
            own.extend(scaled(words.into_iter().map(|(word, weight)| (Feature::Word(word), weight)).collect(), WORDS));
            own
        };
        let weighed: Vec<Weighed<Feature>> = references.into_par_iter().zip(words).map(weighed).collect();
        numbered(weighed, library, common)
    }

    /// How alike two entries are.
    pub(super) fn product(&self, one: usize, other: usize) -> f64 {
        let features = |entry: usize| self.of.get(entry).map(Vec::as_slice).unwrap_or_default();
        let (mut left, mut right) = (features(one), features(other));
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
    pub(super) fn sharing(&self, entry: usize, mut found: impl FnMut(usize, f64)) {
        for (feature, own) in self.of.get(entry).into_iter().flatten() {
            for (other, its) in self.holders.get(*feature as usize).into_iter().flatten() {
                found(*other as usize, own * its);
            }
        }
    }
}

/// The terms and pages that each entry shares with others, with their weights.
fn references(library: &Library, counts: &[bool]) -> Vec<Weighed<Feature>> {
    let mut references: Vec<Weighed<Feature>> = vec![Vec::new(); library.entries.len()];
    let mut add = |entry: usize, feature, weight: f64| {
        if let (Some(own), Some(true)) = (references.get_mut(entry), counts.get(entry)) {
            own.extend((weight > 0.0).then_some((feature, weight)));
        }
    };
    for (place, taxonomy) in library.taxonomies.iter().enumerate() {
        for (index, term) in taxonomy.terms.iter().enumerate() {
            term.entries.iter().for_each(|entry| add(*entry, Feature::Term(place, index), taxonomy.declaration.weight));
        }
    }
    for (named, names) in library.backlinks.iter().enumerate() {
        for naming in names {
            add(*naming, Feature::Names(named), 1.0);
            add(named, Feature::NamedBy(*naming), 1.0);
        }
    }
    references
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
    found.par_iter().map(|own| words::telling(own, &spread, texts, common)).collect()
}

/// The same features with weights whose squares come to nearly `square`; to less where there are few of them.
fn scaled(mut features: Weighed<Feature>, square: f64) -> Weighed<Feature> {
    let length = (FEW + features.iter().map(|(_, weight)| weight * weight).sum::<f64>()).sqrt();
    for (_, weight) in &mut features {
        *weight *= square.sqrt() / length;
    }
    features
}

/// Features by number instead of by name: numbers are quick to look up and to compare.
fn numbered(weighed: Vec<Weighed<Feature>>, library: &Library, common: usize) -> Features {
    let mut numbers: HashMap<Feature, u32> = HashMap::new();
    let mut holders: Vec<Vec<(u32, f64)>> = Vec::new();
    let mut of = Vec::with_capacity(weighed.len());
    for (entry, features) in (0u32..).zip(weighed) {
        let mut own = Vec::with_capacity(features.len());
        for (feature, weight) in features {
            let next = holders.len() as u32;
            let number = *numbers.entry(feature).or_insert(next);
            if number == next {
                holders.push(Vec::new());
            }
            if let Some(holders) = holders.get_mut(number as usize) {
                holders.push((entry, weight));
            }
            own.push((number, weight));
        }
        own.sort_unstable_by_key(|(number, _)| *number);
        of.push(own);
    }
    let newest = |entry: &u32| library.entries.get(*entry as usize).and_then(|entry| entry.newest());
    holders.par_iter_mut().filter(|holders| holders.len() > common).for_each(|holders| {
        holders.sort_by_cached_key(|(entry, _)| (std::cmp::Reverse(newest(entry)), *entry));
        holders.truncate(common);
    });
    Features { of, holders }
}
