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
    touched::Touched,
};
use rayon::prelude::*;
use std::ops::Range;

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

/// A part that has a term, and the level of its worth there, which is the lowest four bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    pub(super) fn new(part: u32, level: u8) -> Self {
        Self(part << 4 | u32::from(level))
    }

    pub(super) fn part(self) -> u32 {
        self.0 >> 4
    }

    pub(super) fn level(self) -> u8 {
        (self.0 & 15) as u8
    }
}

/// Where each term stands, in the order of parts.
pub(super) struct Postings {
    /// The parts that have it.
    pub(super) own: Lists,
    /// Parts that have it not, beside parts that have.
    pub(super) lent: Lists,
}

/// Postings by term.
pub(super) struct Lists {
    /// How many terms a run of them has.
    run: usize,
    /// By run: where the list of each term ends, and the lists.
    of: Vec<(Vec<u32>, Vec<Posting>)>,
}

impl Lists {
    /// The postings of a term.
    pub(super) fn of(&self, term: Term) -> &[Posting] {
        let (run, place) = (term as usize / self.run, term as usize % self.run);
        let Some((ends, postings)) = self.of.get(run) else { return &[] };
        let end = |place: usize| ends.get(place).map(|end| *end as usize);
        let start = place.checked_sub(1).and_then(end).unwrap_or_default();
        postings.get(start..end(place).unwrap_or_default()).unwrap_or_default()
    }

    /// Turns levels by part into postings by term. `of` gives those of a part that are of some terms, in any order.
    fn new<L: Iterator<Item = (Term, u8)>>(
        terms: usize,
        parts: usize,
        of: impl Fn(usize, &Range<Term>) -> L + Sync,
    ) -> Self {
        let run = terms.div_ceil(rayon::current_num_threads() * RUNS_A_THREAD).max(1);
        let list = |first: usize| {
            let terms = first as Term..terms.min(first + run) as Term;
            let place = |term: Term| (term - terms.start) as usize;
            // Two places on, so that filling the lists moves each start to where the next list begins.
            let mut starts = vec![0_u32; terms.len() + 2];
            for (term, _) in (0..parts).flat_map(|part| of(part, &terms)) {
                if let Some(count) = starts.get_mut(place(term) + 2) {
                    *count += 1;
                }
            }
            let mut sum = 0;
            for start in &mut starts {
                sum += *start;
                *start = sum;
            }
            let mut postings = vec![Posting::default(); sum as usize];
            for part in 0..parts {
                for (term, level) in of(part, &terms) {
                    let Some(next) = starts.get_mut(place(term) + 1) else { continue };
                    if let Some(posting) = postings.get_mut(*next as usize) {
                        *posting = Posting::new(part as u32, level);
                    }
                    *next += 1;
                }
            }
            starts.remove(0);
            (starts, postings)
        };
        Self { run, of: (0..terms).into_par_iter().step_by(run).map(list).collect() }
    }
}

/// Each run of terms is filled by one thread; with several a thread, none waits long for another.
const RUNS_A_THREAD: usize = 4;

/// The postings of every term.
pub(super) fn postings(parts: Vec<Counts>, terms: usize) -> Postings {
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
        .map_init(|| Shares::new(terms), |shares, (part, near)| weigh(part, near, &parts, shares))
        .collect();
    let own = Lists::new(terms, parts.len(), |part, terms| {
        let worths = parts.get(part).map(Vec::as_slice).unwrap_or_default();
        let levels = weighed.get(part).map(|weighed| weighed.own.as_slice()).unwrap_or_default();
        let place = |of: Term| worths.partition_point(|(term, _)| *term < of);
        let range = place(terms.start)..place(terms.end);
        let (worths, levels) = (worths.get(range.clone()), levels.get(range));
        worths.unwrap_or_default().iter().zip(levels.unwrap_or_default()).map(|((term, _), level)| (*term, *level))
    });
    let lent = Lists::new(terms, parts.len(), |part, terms| {
        let lent = weighed.get(part).map(|weighed| weighed.lent.as_slice()).unwrap_or_default();
        let terms = terms.clone();
        lent.iter().copied().filter(move |(term, _)| terms.contains(term))
    });
    Postings { own, lent }
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

/// The levels of a part's own terms, in their order, and of those that it is lent.
struct Weighed {
    own: Vec<u8>,
    lent: Vec<(Term, u8)>,
}

/// What the neighbours of a part have; all numbers are 0 between two parts.
struct Shares {
    /// By term.
    of: Vec<f32>,
    /// The terms whose numbers are not 0.
    touched: Touched,
}

impl Shares {
    fn new(terms: usize) -> Self {
        Self { of: vec![0.0; terms], touched: Touched::default() }
    }

    fn take(&mut self, term: Term) -> f32 {
        self.of.get_mut(term as usize).map(std::mem::take).unwrap_or_default()
    }
}

fn weigh(part: &Worths, near: &Neighbours, parts: &[Worths], shares: &mut Shares) -> Weighed {
    for (neighbour, share) in near {
        let theirs = parts.get(*neighbour as usize).map(Vec::as_slice).unwrap_or_default();
        shares.touched.expect(theirs.len());
        for (term, worth) in theirs {
            if let Some(sum) = shares.of.get_mut(*term as usize) {
                shares.touched.note(*term, *sum == 0.0);
                *sum += SHARE * share * worth;
            }
        }
    }
    let own = part.iter().map(|(term, worth)| level(worth + shares.take(*term))).collect();
    let mut lent = Vec::new();
    for place in 0..shares.touched.len() {
        let term = shares.touched.at(place);
        let worth = shares.take(term);
        if worth >= LEAST_LENT {
            lent.push((term, level(worth)));
        }
    }
    shares.touched.clear();
    lent.shrink_to_fit();
    Weighed { own, lent }
}

fn level(worth: f32) -> u8 {
    (worth / GREATEST * f32::from(LEVELS) + 0.5).clamp(1.0, f32::from(LEVELS)) as u8
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
        let parts = |list: &[Posting]| list.iter().map(|posting| posting.part()).collect::<Vec<_>>();
        let level = |term: Term| postings.own.of(term)[0].level();
        assert_eq!(parts(postings.own.of(3)), [0]);
        assert_eq!(parts(postings.lent.of(3)), [1]);
        assert_eq!(parts(postings.own.of(4)), [2, 3]);
        assert!(postings.lent.of(3)[0].level() < level(3));
        assert!(level(5) < level(0), "once is worth less than four times");
        assert!((0..6).flat_map(|term| postings.own.of(term)).all(|posting| (1..=LEVELS).contains(&posting.level())));
        assert_eq!(postings.own.of(6), []);
    }

    #[test]
    fn lists_are_the_same_for_any_number_of_runs() {
        let rows = [vec![(0, 1), (4, 2)], vec![], vec![(0, 3), (1, 4), (2, 5), (3, 6), (4, 7)]];
        let lists = Lists::new(5, rows.len(), |part, terms| {
            let terms = terms.clone();
            rows[part].iter().copied().filter(move |(term, _)| terms.contains(term))
        });
        for term in 0..5 {
            let has = |(part, row): (usize, &Vec<(Term, u8)>)| {
                row.iter().find(|(own, _)| *own == term).map(|(_, level)| Posting::new(part as u32, *level))
            };
            assert_eq!(lists.of(term), rows.iter().enumerate().filter_map(has).collect::<Vec<_>>());
        }
    }
}
