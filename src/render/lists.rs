//! Which entries stand in which list, and in what order: worked out once, for the plan and for every page.

use super::order::sort;
use crate::{
    config::Config,
    model::{Entry, Facet, Kind, Library, Order, Read, Value, facets},
};
use rayon::prelude::*;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

/// The entries of every list, in its order: indexes in the library.
///
/// The lists are in the main language. They name the entries of that language, and those that have no twin in it.
#[derive(Debug, Default)]
pub struct Lists {
    /// By kind, in the theme's order.
    kinds: Vec<Vec<usize>>,
    /// The same entries in the other order that the kind's listing has, where it has one.
    others: Vec<Option<(Order, Vec<usize>)>>,
    /// By kind: what its listing can be narrowed down by.
    facets: Vec<Vec<Facet>>,
    /// By taxonomy and term, in the library's order.
    terms: Vec<Vec<Vec<usize>>>,
    /// By taxonomy: how many terms have entries.
    in_use: Vec<usize>,
    /// By taxonomy: true where terms without entries have a page too.
    empty: Vec<bool>,
    /// Every entry that lists name.
    listed: Vec<bool>,
    /// The entries that introduce the listing of a kind, by the kind's place.
    intros: HashMap<usize, usize>,
    series: Series,
}

/// By the place of a kind, a language and what a series goes by: the entries of the series as that language shows them.
type Series = BTreeMap<(usize, String, String), Vec<usize>>;

impl Lists {
    /// The lists of a library.
    pub fn new(library: &Library, config: &Config) -> Self {
        let listed: Vec<bool> = library.entries.iter().map(|entry| is_listed(library, config, entry)).collect();
        let is_listed = |index: &usize| listed.get(*index).copied().unwrap_or_default();
        let places: HashMap<&str, usize> =
            library.theme.kinds.iter().enumerate().map(|(place, kind)| (kind.name.as_str(), place)).collect();
        let mut kinds: Vec<Vec<usize>> = vec![Vec::new(); library.theme.kinds.len()];
        for (index, entry) in library.entries.iter().enumerate().filter(|(index, _)| is_listed(index)) {
            let place = places.get(entry.kind.name.as_str()).copied();
            if let Some(kind) = place.and_then(|place| kinds.get_mut(place)) {
                kind.push(index);
            }
        }
        let themes = &library.theme.kinds;
        kinds.par_iter_mut().zip(themes).for_each(|(entries, kind)| sort(entries, library, kind.sort));
        let others = kinds.par_iter().zip(themes).map(|(entries, kind)| other_order(entries, library, kind)).collect();
        let of_term = |entries: &Vec<usize>| entries.iter().copied().filter(is_listed).collect();
        let terms = library
            .taxonomies
            .iter()
            .map(|taxonomy| taxonomy.terms.iter().map(|term| of_term(&term.entries)).collect());
        let terms: Vec<Vec<Vec<usize>>> = terms.collect();
        let used = |terms: &Vec<Vec<usize>>| terms.iter().filter(|entries| !entries.is_empty()).count();
        let in_use = terms.iter().map(used).collect();
        let facets = facets_in_order(&kinds, library);
        let empty = library.taxonomies.iter().map(|taxonomy| taxonomy.declaration.empty).collect();
        Self {
            intros: intros(library),
            series: series(&kinds, library),
            kinds,
            others,
            facets,
            terms,
            in_use,
            empty,
            listed,
        }
    }

    /// The entries of a kind.
    pub fn of_kind(&self, kind: usize) -> &[usize] {
        self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries of a kind in the other order of its listing, and that order.
    pub fn in_other_order(&self, kind: usize) -> Option<(Order, &[usize])> {
        self.others.get(kind)?.as_ref().map(|(order, entries)| (*order, entries.as_slice()))
    }

    /// The entries of the series of a kind that goes by this name, each in the language where it has a twin there.
    pub fn in_series(&self, kind: usize, language: &str, name: &str) -> &[usize] {
        let series = self.series.get(&(kind, language.to_owned(), name.to_owned()));
        series.map(Vec::as_slice).unwrap_or_default()
    }

    /// The series that hold other entries than before, or the same in another order.
    pub fn changed_series(&self, before: &Self) -> Vec<Read> {
        let keys = self.series.keys().chain(before.series.keys());
        let changed = keys.filter(|key| self.series.get(*key) != before.series.get(*key));
        changed.map(|(kind, language, value)| Read::series(*kind, language, value)).collect()
    }

    /// What the listing of a kind can be narrowed down by.
    pub fn facets(&self, kind: usize) -> &[Facet] {
        self.facets.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries of a kind that have a term, in the order of the kind's listing.
    pub fn filtered(&self, kind: usize, taxonomy: usize, term: usize) -> &[usize] {
        let facet = self.facets(kind).iter().find(|facet| facet.taxonomy == taxonomy);
        facet.map(|facet| facet.of_term(term)).unwrap_or_default()
    }

    /// The entries of a term.
    pub fn of_term(&self, taxonomy: usize, term: usize) -> &[usize] {
        self.terms.get(taxonomy).and_then(|terms| terms.get(term)).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many entries a term has.
    pub fn term_count(&self, taxonomy: usize, term: usize) -> usize {
        self.of_term(taxonomy, term).len()
    }

    /// True where a term has a page: it has entries, or its taxonomy has pages for those without and is in use.
    pub fn has_page(&self, taxonomy: usize, term: usize) -> bool {
        let empty = || self.empty.get(taxonomy).copied().unwrap_or_default() && self.terms_in_use(taxonomy) > 0;
        self.term_count(taxonomy, term) > 0 || empty()
    }

    /// How many terms of a taxonomy have entries; a taxonomy without any has no index.
    pub fn terms_in_use(&self, taxonomy: usize) -> usize {
        self.in_use.get(taxonomy).copied().unwrap_or_default()
    }

    /// The entry whose words introduce the listing of a kind.
    pub fn intro(&self, kind: usize) -> Option<usize> {
        self.intros.get(&kind).copied()
    }

    /// The entries that are part of a listing and have no page of their own.
    pub fn introductions(&self) -> HashSet<usize> {
        self.intros.values().copied().collect()
    }

    /// True where lists name the entry.
    pub fn is_listed(&self, entry: usize) -> bool {
        self.listed.get(entry).copied().unwrap_or_default()
    }

    /// True where the kind has a listing: something to list, or words to introduce it.
    pub fn has_listing(&self, library: &Library, kind: usize) -> bool {
        has_folder(library, kind) && (!self.of_kind(kind).is_empty() || self.intros.contains_key(&kind))
    }

    /// The newest entries of all kinds that have a listing.
    pub fn newest(&self, library: &Library, count: usize) -> Vec<usize> {
        let kinds = library.theme.kinds.iter().zip(&self.kinds).filter(|(kind, _)| kind.folder.is_some());
        let dated = |index: &usize| library.entries.get(*index).and_then(|entry| Some((entry.newest()?, *index)));
        let mut dated: Vec<_> = kinds.flat_map(|(_, entries)| entries.iter().filter_map(dated)).collect();
        dated.sort_unstable_by_key(|(date, index)| (Reverse(*date), *index));
        dated.into_iter().take(count).map(|(_, index)| index).collect()
    }
}

/// The address of a kind's listing, where the kind has a folder: `/topics/`.
pub fn kind_url(kind: &Kind) -> Option<String> {
    kind.url()
}

fn is_listed(library: &Library, config: &Config, entry: &Entry) -> bool {
    let stands_for_its_twins = || {
        let twins = library.by_id.get(&entry.id);
        let first = twins.and_then(|twins| {
            if twins.contains_key(&config.language) { Some(&config.language) } else { twins.keys().next() }
        });
        first.is_none_or(|first| *first == entry.language)
    };
    entry.state.is_listed() && (entry.language == config.language || stands_for_its_twins())
}

fn other_order(entries: &[usize], library: &Library, kind: &Kind) -> Option<(Order, Vec<usize>)> {
    let found = entries.iter().filter_map(|index| library.entries.get(*index).map(|entry| &**entry));
    let order = kind.other_order(found).filter(|_| kind.folder.is_some())?;
    let mut entries = entries.to_vec();
    sort(&mut entries, library, order);
    Some((order, entries))
}

/// The facets of each kind, their entries in the order of its listing.
fn facets_in_order(kinds: &[Vec<usize>], library: &Library) -> Vec<Vec<Facet>> {
    let mut kind_of = vec![None; library.entries.len()];
    let mut rank = vec![0; library.entries.len()];
    for (place, kind) in kinds.iter().enumerate().filter(|(place, _)| has_folder(library, *place)) {
        for (at, entry) in kind.iter().enumerate() {
            if let (Some(kind), Some(rank)) = (kind_of.get_mut(*entry), rank.get_mut(*entry)) {
                (*kind, *rank) = (Some(place), at);
            }
        }
    }
    let mut facets = facets(kinds.len(), &kind_of, &library.taxonomies);
    for (_, entries) in facets.iter_mut().flatten().flat_map(|facet| &mut facet.terms) {
        entries.sort_unstable_by_key(|entry| rank.get(*entry));
    }
    facets
}

/// The series of every kind that has some. Looked up, not searched for: each page of a series asks for all of it.
fn series(kinds: &[Vec<usize>], library: &Library) -> Series {
    let languages: HashSet<&str> = library.entries.iter().map(|entry| entry.language.as_str()).collect();
    let mut series = Series::new();
    for (place, (entries, kind)) in kinds.iter().zip(&library.theme.kinds).enumerate() {
        let Some(field) = kind.series.as_deref() else { continue };
        for (entry, language) in
            entries.iter().flat_map(|entry| languages.iter().map(move |language| (*entry, *language)))
        {
            let twins = library.entries.get(entry).and_then(|entry| library.by_id.get(&entry.id));
            let shown = twins.and_then(|twins| twins.get(language)).copied().unwrap_or(entry);
            if let Some(value) = library.entries.get(shown).and_then(|entry| entry.fields.get(field)) {
                series.entry((place, language.to_owned(), name(value))).or_default().push(shown);
            }
        }
    }
    series
}

/// A value as what a series goes by: different values have different names.
pub(super) fn name(value: &Value) -> String {
    format!("{value:?}")
}

fn has_folder(library: &Library, kind: usize) -> bool {
    library.theme.kinds.get(kind).is_some_and(|kind| kind.folder.is_some())
}

fn intros(library: &Library) -> HashMap<usize, usize> {
    let kinds = library.theme.kinds.iter().enumerate();
    let urls: HashMap<String, usize> = kinds.filter_map(|(place, kind)| Some((kind_url(kind)?, place))).collect();
    let entries = library.entries.iter().enumerate();
    entries.filter_map(|(index, entry)| Some((*urls.get(&entry.url)?, index))).collect()
}
