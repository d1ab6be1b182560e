//! The ways to narrow a listing down: the taxonomies that the entries of a kind use.

use super::Taxonomy;
use std::collections::BTreeMap;

/// A taxonomy by which the listing of a kind can be narrowed down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The taxonomy, by its place in the library.
    pub taxonomy: usize,
    /// The terms that entries of the kind have, in the taxonomy's order: the place of each there, and those entries.
    pub terms: Vec<(usize, Vec<usize>)>,
}

impl Facet {
    /// The entries of the kind that have a term.
    pub fn of_term(&self, term: usize) -> &[usize] {
        let found = self.terms.iter().find(|(place, _)| *place == term);
        found.map(|(_, entries)| entries.as_slice()).unwrap_or_default()
    }
}

/// The facets of each kind, by its place among so many `kinds`, in the order of the taxonomies. `kind_of` gives the
/// kind whose listing names an entry, by the entry's index.
///
/// A facet of which every term covers the whole list narrows nothing down, and is left out.
pub fn facets(kinds: usize, kind_of: &[Option<usize>], taxonomies: &[Taxonomy]) -> Vec<Vec<Facet>> {
    let mut totals = vec![0; kinds];
    for kind in kind_of.iter().flatten() {
        if let Some(total) = totals.get_mut(*kind) {
            *total += 1;
        }
    }
    let mut facets: Vec<Vec<Facet>> = vec![Vec::new(); kinds];
    for (place, taxonomy) in taxonomies.iter().enumerate() {
        let mut by_kind: BTreeMap<usize, Vec<(usize, Vec<usize>)>> = BTreeMap::new();
        for (term, entries) in taxonomy.terms.iter().map(|term| &term.entries).enumerate() {
            for entry in entries {
                let Some(kind) = kind_of.get(*entry).copied().flatten() else { continue };
                let terms = by_kind.entry(kind).or_default();
                match terms.last_mut() {
                    Some((last, entries)) if *last == term => entries.push(*entry),
                    _ => terms.push((term, vec![*entry])),
                }
            }
        }
        for (kind, terms) in by_kind {
            let helps = terms.iter().any(|(_, entries)| totals.get(kind).is_some_and(|total| entries.len() < *total));
            if let Some(facets) = facets.get_mut(kind).filter(|_| helps) {
                facets.push(Facet { taxonomy: place, terms });
            }
        }
    }
    facets
}
