//! What each page is worth for a question.

use super::{
    Index,
    dictionary::{List, Term},
};
use std::{collections::BTreeMap, rc::Rc};

/// What pages are worth.
pub(super) struct Scored {
    /// By page; 0 for those that have none of the words.
    pub(super) scores: Vec<f64>,
    /// By part, where some pages have several.
    pub(super) of_parts: Vec<f64>,
    /// How many pages were found at least, where not all were looked at.
    pub(super) least: usize,
}

/// How much a term tells that so many of all parts have (BM25). Logarithms differ in their last digits from machine to
/// machine, so these go: what is equal in one reader is in all.
pub(super) fn idf(all: usize, having: usize) -> f64 {
    let (all, having) = (all as f64, having as f64);
    f64::from((1.0 + (all - having + 0.5) / (having + 0.5)).ln() as f32)
}

impl Index<'_> {
    /// What each page scores for terms and how often each group of them was asked for. Of a page's parts, and of the
    /// terms that a clause may mean, the best counts. With `all`, every page scores alike.
    pub(super) fn scored<'t>(
        &self,
        clauses: impl Iterator<Item = (&'t [Rc<Term>], u32)>,
        exact: bool,
        all: bool,
    ) -> Result<Scored, String> {
        let mut scores = vec![0.0; self.root.pages];
        let mut lent = vec![0.0; self.root.pages];
        let has_longer = self.root.has_longer();
        let mut of_parts = vec![0.0; if has_longer { self.root.parts } else { 0 }];
        let mut least = 0;
        for (terms, times) in clauses {
            let having = self.having_any(terms);
            let weight = f64::from(times).sqrt() * idf(self.root.parts, having);
            let lists: Vec<&List> =
                terms.iter().map(|term| self.postings(term, exact)).collect::<Result<_, String>>()?;
            if let ([term], [list], false) = (terms, lists.as_slice(), has_longer) {
                least = having.max(least);
                add(&mut scores, list, weight);
                add(&mut lent, &term.lent, weight);
                continue;
            }
            let own = self.best_of(lists.iter().copied());
            let others = self.best_of(terms.iter().map(|term| &term.lent));
            let give = |sums: &mut Vec<f64>, page: usize, level: u8| {
                if let Some(sum) = sums.get_mut(page) {
                    *sum += weight * f64::from(level);
                }
            };
            own.iter().for_each(|(page, level)| give(&mut scores, *page, *level));
            let others = others.iter().filter(|(page, _)| !own.contains_key(page));
            others.for_each(|(page, level)| give(&mut lent, *page, *level));
            lists.iter().for_each(|list| add(&mut of_parts, list, weight));
        }
        if all {
            scores.fill(1.0);
        }
        for (score, lent) in scores.iter_mut().zip(lent).filter(|(score, _)| **score != 0.0) {
            *score += lent;
        }
        Ok(Scored { scores, of_parts, least: if exact { 0 } else { least } })
    }

    /// In how many parts one of the terms stands, at most.
    pub(super) fn having_any(&self, terms: &[Rc<Term>]) -> usize {
        terms.iter().map(|term| term.count).sum::<usize>().min(self.root.parts)
    }

    /// The best level of each page in some lists of postings.
    pub(super) fn best_of<'t>(&self, lists: impl Iterator<Item = &'t List>) -> BTreeMap<usize, u8> {
        let mut best = BTreeMap::new();
        for (part, level) in lists.flat_map(List::postings) {
            if let Some(page) = self.root.page(part) {
                let known = best.entry(page).or_insert(0);
                *known = level.max(*known);
            }
        }
        best
    }
}

fn add(sums: &mut [f64], list: &List, weight: f64) {
    for (part, level) in list.postings() {
        if let Some(sum) = sums.get_mut(part) {
            *sum += weight * f64::from(level);
        }
    }
}
