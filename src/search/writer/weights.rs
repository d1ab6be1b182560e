//! What a term is worth in each part of a page, as a number of four bits.
//!
//! It is BM25's saturated frequency (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), the
//! frequency being a weighted sum over fields of which only the text is set against its length (BM25F). To it comes a share of what the term is worth in the parts nearest by
//! their words: a text among others on the same matter is more likely about it (Kurland and Lee, "Corpus structure,
//! language models, and ad hoc information retrieval", 2004). Scores are sums over terms, so the share can be added
//! here, once, and no reader needs to know who is near. Where the part has the term not at all, a large enough share
//! is *lent*: it moves a page up that is found by another word, and finds none by itself.

use super::{
    collection::{Counts, Term, Weight},
    near::{Neighbours, neighbours},
};
use rayon::prelude::*;

const K1: f32 = 2.0;
const B: f32 = 0.75;

/// How much of what neighbours have is added.
const SHARE: f32 = 0.8;

/// Less is not lent.
const LEAST_LENT: f32 = 0.5;

/// What the greatest level stands for.
const GREATEST: f32 = 3.9;

/// The greatest level; the least is 1.
pub(super) const LEVELS: u8 = 15;

/// A part that has a term, and the level of its worth there.
pub(super) type Posting = (u32, u8);

/// Where a term stands, in the order of parts.
#[derive(Clone, Default)]
pub(super) struct Postings {
    /// The parts that have it.
    pub(super) own: Vec<Posting>,
    /// Parts that have it not, beside parts that have.
    pub(super) lent: Vec<Posting>,
}

/// The postings of every term.
pub(super) fn postings(parts: Vec<Counts>, terms: usize) -> Vec<Postings> {
    let mut spread = vec![0_u32; terms];
    for (term, _) in parts.iter().flat_map(|part| &part.terms) {
        if let Some(spread) = spread.get_mut(*term as usize) {
            *spread += 1;
        }
    }
    let idf: Vec<f32> = spread.iter().map(|spread| idf(parts.len(), *spread as usize)).collect();
    let near = neighbours(&parts, &spread, &idf, terms);
    let parts = saturated(parts);
    let weighed: Vec<Weighed> = parts
        .par_iter()
        .zip(&near)
        .map_init(|| (vec![0.0; terms], Vec::new()), |scratch, (part, near)| weigh(part, near, &parts, scratch))
        .collect();
    drop(parts);
    let mut postings: Vec<Postings> =
        spread.iter().map(|spread| Postings { own: Vec::with_capacity(*spread as usize), lent: Vec::new() }).collect();
    for (part, Weighed { own, lent }) in weighed.into_iter().enumerate() {
        for (term, level) in own {
            if let Some(postings) = postings.get_mut(term as usize) {
                postings.own.push((part as u32, level));
            }
        }
        for (term, level) in lent {
            if let Some(postings) = postings.get_mut(term as usize) {
                postings.lent.push((part as u32, level));
            }
        }
    }
    postings
}

/// How much a term tells that so many of all parts have.
fn idf(parts: usize, having: usize) -> f32 {
    let (parts, having) = (parts as f32, having as f32);
    (1.0 + (parts - having + 0.5) / (having + 0.5)).ln()
}

/// What a part has of its terms.
type Worths = Vec<(Term, f32)>;

/// Turns frequencies into what they are worth in texts of such lengths.
fn saturated(parts: Vec<Counts>) -> Vec<Worths> {
    let mean = parts.iter().map(|part| part.length).sum::<f32>() / parts.len().max(1) as f32;
    let worths = |Counts { terms, length }: Counts| {
        let long = 1.0 - B + B * length / mean.max(1.0);
        let worth = |Weight { name, text }: Weight| {
            let often = f32::from(name) + f32::from(text) / long;
            often * (K1 + 1.0) / (often + K1)
        };
        terms.into_iter().map(|(term, weight)| (term, worth(weight))).collect()
    };
    parts.into_par_iter().map(worths).collect()
}

/// The levels of a part's own terms and of those that it is lent.
struct Weighed {
    own: Vec<(Term, u8)>,
    lent: Vec<(Term, u8)>,
}

/// `scratch` holds a number for each term, all 0 between two calls, and which of them were touched.
fn weigh(part: &Worths, near: &Neighbours, parts: &[Worths], scratch: &mut (Vec<f32>, Vec<Term>)) -> Weighed {
    let (shares, touched) = scratch;
    for (neighbour, share) in near {
        for (term, worth) in parts.get(*neighbour as usize).into_iter().flatten() {
            if let Some(sum) = shares.get_mut(*term as usize) {
                if *sum == 0.0 {
                    touched.push(*term);
                }
                *sum += SHARE * share * worth;
            }
        }
    }
    let mut take = |term: Term| shares.get_mut(term as usize).map(std::mem::take).unwrap_or_default();
    let own = part.iter().map(|(term, worth)| (*term, level(worth + take(*term)))).collect();
    let rest = touched.drain(..).map(|term| (term, take(term)));
    let lent = rest.filter(|(_, worth)| *worth >= LEAST_LENT).map(|(term, worth)| (term, level(worth))).collect();
    Weighed { own, lent }
}

fn level(worth: f32) -> u8 {
    (worth / GREATEST * f32::from(LEVELS)).round().clamp(1.0, f32::from(LEVELS)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_lend_and_what_is_there_weighs_more() {
        let weight = |(term, text): &(u32, u16)| (*term, Weight { name: 0, text: *text });
        let part = |terms: &[(u32, u16)]| Counts { terms: terms.iter().map(weight).collect(), length: 10.0 };
        let about = |rest: &[(u32, u16)]| part(&[&[(0, 4), (1, 4), (2, 4)], rest].concat());
        let parts = vec![about(&[(3, 6)]), about(&[]), part(&[(4, 1)]), part(&[(4, 1), (5, 1)])];
        let postings = postings(parts, 6);
        let of = |term: usize| &postings[term];
        assert_eq!(of(3).own.iter().map(|(part, _)| *part).collect::<Vec<_>>(), [0]);
        assert_eq!(of(3).lent.iter().map(|(part, _)| *part).collect::<Vec<_>>(), [1]);
        assert!(of(3).lent[0].1 < of(3).own[0].1);
        assert!(of(5).own[0].1 < of(0).own[0].1, "once is worth less than four times");
        assert!(postings.iter().flat_map(|term| &term.own).all(|(_, level)| (1..=LEVELS).contains(level)));
    }
}
