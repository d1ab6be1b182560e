//! The parts nearest to each part by their words: cosine of tf-idf vectors (Salton and Buckley, "Term-weighting
//! approaches in automatic text retrieval", 1988).
//!
//! Who is near is looked up by the words that tell a part from others, never by comparing all with all, and words
//! that very many have lead nowhere: the time grows with the number of parts, not with its square.

use super::{
    collection::{Counts, Term, Weight},
    touched::Touched,
};
use rayon::prelude::*;
use std::cmp::Ordering;

/// How many neighbours a part has.
const NEIGHBOURS: usize = 5;

/// By how many of its words a part is looked up: those that weigh most.
const TELLING: usize = 24;

/// How many of the most promising parts are compared by all of their words.
const COMPARED: usize = 24;

/// Parts with less than this share of the best one's promise are passed over.
const PROMISING: f32 = 0.3;

/// Words that more parts have are not looked up.
const COMMON: usize = 256;

/// Logarithms of so many whole numbers are taken once.
const LOGARITHMS: u16 = 256;

/// The neighbours of a part with their shares, which add up to 1.
pub(super) type Neighbours = Vec<(u32, f32)>;

/// The neighbours of each part. `idf` is by term; `spread` says how many parts have each.
pub(super) fn neighbours(parts: &[Counts], spread: &[u32], idf: &[f32], terms: usize) -> Vec<Neighbours> {
    let logarithms: Vec<f32> = (0..LOGARITHMS).map(|often| f32::from(often).ln()).collect();
    // What more than half of all parts have makes no two of them alike.
    let most = COMMON.max(parts.len() / 2) as u32;
    let worth = |(idf, spread): (&f32, &u32)| if *spread > most { 0.0 } else { *idf };
    let idf: Vec<f32> = idf.iter().zip(spread).map(worth).collect();
    let vectors: Vec<Vec<(Term, f32)>> = parts.par_iter().map(|part| vector(part, &idf, &logarithms)).collect();
    let telling: Vec<Vec<(Term, f32)>> = vectors.par_iter().map(|vector| telling(vector, spread)).collect();
    let mut having: Vec<Vec<(u32, f32)>> = vec![Vec::new(); terms];
    for (part, telling) in telling.iter().enumerate() {
        for (term, weight) in telling {
            if let Some(having) = having.get_mut(*term as usize) {
                having.push((part as u32, *weight));
            }
        }
    }
    let finder = Finder { vectors: &vectors, having: &having };
    let scratch =
        || Scratch { scores: vec![0.0; parts.len()], touched: Touched::default(), direction: vec![0.0; terms] };
    telling
        .par_iter()
        .enumerate()
        .map_init(scratch, |scratch, (part, telling)| finder.near(part, telling, scratch))
        .collect()
}

/// What one thread keeps from part to part; all numbers are 0 between two.
struct Scratch {
    /// By part.
    scores: Vec<f32>,
    /// The parts whose scores are not 0.
    touched: Touched,
    /// By term: the vector of the part at hand.
    direction: Vec<f32>,
}

struct Finder<'a> {
    vectors: &'a [Vec<(Term, f32)>],
    /// By term: the parts that are looked up by it.
    having: &'a [Vec<(u32, f32)>],
}

impl Finder<'_> {
    fn near(&self, part: usize, telling: &[(Term, f32)], scratch: &mut Scratch) -> Neighbours {
        for (term, weight) in telling {
            let having = self.having.get(*term as usize).map(Vec::as_slice).unwrap_or_default();
            scratch.touched.expect(having.len());
            for (other, others) in having {
                if let Some(score) = scratch.scores.get_mut(*other as usize) {
                    scratch.touched.note(*other, *score == 0.0);
                    *score += weight * others;
                }
            }
        }
        let found = best(part, scratch);
        self.nearest(part, found, &mut scratch.direction)
    }

    /// The nearest of some parts, compared by all of their words.
    fn nearest(&self, part: usize, mut found: Vec<(u32, f32)>, direction: &mut [f32]) -> Neighbours {
        let vector = |part: usize| self.vectors.get(part).into_iter().flatten();
        for (term, weight) in vector(part) {
            if let Some(place) = direction.get_mut(*term as usize) {
                *place = *weight;
            }
        }
        for (other, cosine) in &mut found {
            *cosine = product(self.vectors.get(*other as usize).map(Vec::as_slice).unwrap_or_default(), direction);
        }
        for (term, _) in vector(part) {
            if let Some(place) = direction.get_mut(*term as usize) {
                *place = 0.0;
            }
        }
        found.sort_unstable_by(by_weight);
        found.truncate(NEIGHBOURS);
        let sum: f32 = found.iter().map(|(_, weight)| weight).sum();
        found.into_iter().map(|(part, weight)| (part, weight / sum)).collect()
    }
}

/// The product of two vectors, of which one has a number for each term. Sums of their own for every few terms do not
/// wait for each other.
fn product(vector: &[(Term, f32)], direction: &[f32]) -> f32 {
    let one = |(term, weight): &(Term, f32)| direction.get(*term as usize).map_or(0.0, |own| own * weight);
    let mut sums = [0.0; 4];
    let fours = vector.chunks_exact(sums.len());
    let rest: f32 = fours.remainder().iter().map(one).sum();
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, term)| *sum += one(term));
    }
    sums.iter().sum::<f32>() + rest
}

/// The direction of a part: its words by what they tell, as a vector of length 1.
fn vector(part: &Counts, idf: &[f32], logarithms: &[f32]) -> Vec<(Term, f32)> {
    let weigh = |(term, Weight { name, text }): &(Term, Weight)| {
        let often = name.saturating_add(*text);
        let logarithm = logarithms.get(usize::from(often)).copied().unwrap_or_else(|| f32::from(often).ln());
        (*term, (1.0 + logarithm) * idf.get(*term as usize).copied().unwrap_or_default())
    };
    let mut vector: Vec<(Term, f32)> = part.terms.iter().map(weigh).filter(|(_, weight)| *weight > 0.0).collect();
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    vector
}

/// The words by which a part is looked up.
fn telling(vector: &[(Term, f32)], spread: &[u32]) -> Vec<(Term, f32)> {
    let leads = |term: Term| spread.get(term as usize).is_some_and(|spread| (2..=COMMON).contains(&(*spread as usize)));
    let mut telling: Vec<(Term, f32)> = vector.iter().filter(|(term, _)| leads(*term)).copied().collect();
    greatest(&mut telling, TELLING);
    telling
}

/// Leaves the greatest, in no order.
fn greatest(weighed: &mut Vec<(u32, f32)>, most: usize) {
    if weighed.len() > most {
        weighed.select_nth_unstable_by(most, by_weight);
        weighed.truncate(most);
    }
}

fn by_weight(a: &(u32, f32), b: &(u32, f32)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// The most promising of what was touched but the part itself. Most of it shares one word that says little, and is
/// passed over at once.
fn best(part: usize, Scratch { scores, touched, .. }: &mut Scratch) -> Vec<(u32, f32)> {
    if let Some(own) = scores.get_mut(part) {
        *own = 0.0;
    }
    // Numbers that are not negative are in the order of their bits, which are compared sooner.
    let bits = |part: &u32| scores.get(*part as usize).copied().unwrap_or_default().to_bits();
    let least = f32::from_bits(touched.all().iter().map(bits).fold(0, u32::max)) * PROMISING;
    let mut found = Vec::new();
    for other in touched.all() {
        let score = scores.get_mut(*other as usize).map(std::mem::take).unwrap_or_default();
        if score >= least && *other as usize != part {
            found.push((*other, score));
        }
    }
    touched.clear();
    greatest(&mut found, COMPARED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shares_rare_words_is_near() {
        let part = |terms: &[u32]| Counts {
            terms: terms.iter().map(|term| (*term, Weight { name: 0, text: 1 })).collect(),
            length: 3.0,
        };
        let parts = [part(&[0, 1, 3]), part(&[0, 1, 3]), part(&[0, 2, 3]), part(&[0])];
        let found = neighbours(&parts, &[4, 2, 1, 3], &[0.1, 1.0, 2.0, 0.5], 4);
        assert_eq!(
            found[0].iter().map(|(part, _)| *part).collect::<Vec<_>>(),
            [1],
            "the others share only what says little"
        );
        assert!(found.iter().all(|near| (near.iter().map(|(_, share)| share).sum::<f32>() - 1.0).abs() < 1e-6));
        assert!(found[3].len() == 3, "{:?}", found[3]);
    }
}
