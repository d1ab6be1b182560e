//! The parts nearest to each part by their words: cosine of tf-idf vectors (Salton and Buckley, "Term-weighting
//! approaches in automatic text retrieval", 1988).
//!
//! Who is near is looked up by the words that tell a part from others, never by comparing all with all, and words
//! that very many have lead nowhere: the time grows with the number of parts, not with its square.

use super::collection::{Counts, Term};
use rayon::prelude::*;
use std::cmp::Ordering;

/// How many neighbours a part has.
const NEIGHBOURS: usize = 5;

/// By how many of its words a part is looked up: those that weigh most.
const TELLING: usize = 32;

/// How many of the most promising parts are compared by all of their words.
const COMPARED: usize = 24;

/// Words that more parts have are not looked up.
const COMMON: usize = 512;

/// The neighbours of a part with their shares, which add up to 1.
pub(super) type Neighbours = Vec<(u32, f32)>;

/// The neighbours of each part. `idf` is by term; `spread` says how many parts have each.
pub(super) fn neighbours(parts: &[Counts], spread: &[u32], idf: &[f32], terms: usize) -> Vec<Neighbours> {
    let vectors: Vec<Vec<(Term, f32)>> = parts.par_iter().map(|part| vector(part, idf)).collect();
    let telling: Vec<Vec<(Term, f32)>> = vectors.par_iter().map(|vector| telling(vector, spread)).collect();
    let mut having: Vec<Vec<(u32, f32)>> = vec![Vec::new(); terms];
    for (part, telling) in telling.iter().enumerate() {
        for (term, weight) in telling {
            if let Some(having) = having.get_mut(*term as usize) {
                having.push((part as u32, *weight));
            }
        }
    }
    let scratch = || (vec![0.0; parts.len()], Vec::new());
    let near = |(scores, touched): &mut (Vec<f32>, Vec<u32>), (part, telling): (usize, &Vec<(Term, f32)>)| {
        for (term, weight) in telling {
            for (other, others) in having.get(*term as usize).into_iter().flatten() {
                if let Some(score) = scores.get_mut(*other as usize).filter(|_| *other as usize != part) {
                    if *score == 0.0 {
                        touched.push(*other);
                    }
                    *score += weight * others;
                }
            }
        }
        nearest(best(scores, touched), vectors.get(part), &vectors)
    };
    telling.par_iter().enumerate().map_init(scratch, near).collect()
}

/// The direction of a part: its words by what they tell, as a vector of length 1.
fn vector(part: &Counts, idf: &[f32]) -> Vec<(Term, f32)> {
    let weigh = |(term, count): &(Term, f32)| {
        (*term, (1.0 + count.ln()) * idf.get(*term as usize).copied().unwrap_or_default())
    };
    let mut vector: Vec<(Term, f32)> = part.terms.iter().map(weigh).collect();
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

/// The most promising of what was touched. Scores are 0 again afterwards.
fn best(scores: &mut [f32], touched: &mut Vec<u32>) -> Vec<(u32, f32)> {
    let take = |part: u32| (part, scores.get_mut(part as usize).map(std::mem::take).unwrap_or_default());
    let mut found = touched.drain(..).map(take).collect();
    greatest(&mut found, COMPARED);
    found
}

/// The nearest of some parts, compared by all of their words.
fn nearest(found: Vec<(u32, f32)>, own: Option<&Vec<(Term, f32)>>, vectors: &[Vec<(Term, f32)>]) -> Neighbours {
    let cosine = |(part, _): (u32, f32)| Some((part, product(own?, vectors.get(part as usize)?)));
    let mut found: Vec<(u32, f32)> = found.into_iter().filter_map(cosine).collect();
    found.sort_unstable_by(by_weight);
    found.truncate(NEIGHBOURS);
    let sum: f32 = found.iter().map(|(_, weight)| weight).sum();
    found.into_iter().map(|(part, weight)| (part, weight / sum)).collect()
}

/// The inner product of two vectors whose terms are in order.
fn product(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some((term, weight)), Some((other, others))) = (a.peek(), b.peek()) {
        match term.cmp(other) {
            Ordering::Less => drop(a.next()),
            Ordering::Greater => drop(b.next()),
            Ordering::Equal => {
                sum += weight * others;
                a.next();
                b.next();
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shares_rare_words_is_near() {
        let part = |terms: &[u32]| Counts { terms: terms.iter().map(|term| (*term, 1.0)).collect(), length: 3.0 };
        let parts = [part(&[0, 1, 3]), part(&[0, 1, 3]), part(&[0, 2, 3]), part(&[0])];
        let found = neighbours(&parts, &[4, 2, 1, 3], &[0.1, 1.0, 2.0, 0.5], 4);
        assert_eq!(found[0].iter().map(|(part, _)| *part).collect::<Vec<_>>(), [1, 3, 2]);
        let shares: f32 = found[0].iter().map(|(_, share)| share).sum();
        assert!((shares - 1.0).abs() < 1e-6 && found[0][0].1 > 0.5, "{:?}", found[0]);
    }
}
