//! The entries most like each entry, by the terms that they share.

use crate::model::Library;
use rayon::prelude::*;
use std::collections::HashMap;

/// How many related entries a page names at most.
const MOST: usize = 5;

/// A term that more entries than this name says little of any two of them, and costs time.
const COMMON: usize = 400;

/// The nearest entries of each: those that share the most and the rarest terms, by an inverted index. Only terms of
/// registers count: themes and councils say what a page is about, an audience or a nation does not.
///
/// The weight of a shared term is its inverse document frequency, ln(N / n); ties go to the newer, then by address.
pub(super) fn related(library: &Library) -> Vec<Vec<usize>> {
    let count = library.entries.len();
    let terms: Vec<&[usize]> = library
        .taxonomies
        .iter()
        .flat_map(|taxonomy| &taxonomy.terms)
        .filter(|term| term.term.is_some())
        .map(|term| term.entries.as_slice())
        .collect();
    let mut terms_of: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (term, entries) in terms.iter().enumerate() {
        for entry in entries.iter() {
            if let Some(own) = terms_of.get_mut(*entry) {
                own.push(term);
            }
        }
    }
    let nearest = |(entry, own): (usize, &Vec<usize>)| {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for shared in own.iter().filter_map(|term| terms.get(*term)).filter(|entries| entries.len() <= COMMON) {
            let weight = (count as f64 / shared.len() as f64).ln() + 0.1;
            for other in shared.iter().filter(|other| **other != entry) {
                *scores.entry(*other).or_default() += weight;
            }
        }
        let language = library.entries.get(entry).map(|entry| &entry.language);
        let mut ranked: Vec<(usize, f64)> = scores
            .into_iter()
            .filter(|(other, _)| library.entries.get(*other).map(|entry| &entry.language) == language)
            .collect();
        let newest = |index: usize| library.entries.get(index).and_then(|entry| entry.newest());
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| newest(b.0).cmp(&newest(a.0))).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(MOST).map(|(other, _)| other).collect()
    };
    terms_of.par_iter().enumerate().map(nearest).collect()
}
