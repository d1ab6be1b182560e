//! Which entries stand in which list, and in what order: worked out once, for the plan and for every page.

use crate::{
    config::Config,
    model::{Entry, Kind, Library, Order},
};
use rayon::prelude::*;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// The entries of every list, in its order: indexes in the library.
///
/// The lists are in the main language. They name the entries of that language, and those that have no twin in it.
#[derive(Debug, Default)]
pub struct Lists {
    /// By kind, in the theme's order.
    kinds: Vec<Vec<usize>>,
    /// By taxonomy and term, in the library's order.
    terms: Vec<Vec<Vec<usize>>>,
    /// Every entry that lists name.
    listed: Vec<bool>,
    /// The entries that introduce the listing of a kind, by the kind's place.
    intros: HashMap<usize, usize>,
}

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
        let sort = |(entries, kind): (&mut Vec<usize>, _)| sorted(entries, library, kind);
        kinds.par_iter_mut().zip(&library.theme.kinds).for_each(|(entries, kind)| sort((entries, kind)));
        let of_term = |entries: &Vec<usize>| entries.iter().copied().filter(is_listed).collect();
        let terms = library
            .taxonomies
            .iter()
            .map(|taxonomy| taxonomy.terms.iter().map(|term| of_term(&term.entries)).collect());
        let terms = terms.collect();
        Self { intros: intros(library), kinds, terms, listed }
    }

    /// The entries of a kind.
    pub fn of_kind(&self, kind: usize) -> &[usize] {
        self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries of a term.
    pub fn of_term(&self, taxonomy: usize, term: usize) -> &[usize] {
        self.terms.get(taxonomy).and_then(|terms| terms.get(term)).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many entries a term has; one without any has no page.
    pub fn term_count(&self, taxonomy: usize, term: usize) -> usize {
        self.of_term(taxonomy, term).len()
    }

    /// True where a term has a page.
    pub fn has_page(&self, taxonomy: usize, term: usize) -> bool {
        self.term_count(taxonomy, term) > 0
    }

    /// How many terms of a taxonomy have a page; a taxonomy without any has no index.
    pub fn terms_in_use(&self, taxonomy: usize) -> usize {
        self.terms.get(taxonomy).map_or(0, |terms| terms.iter().filter(|entries| !entries.is_empty()).count())
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
        let has_folder = library.theme.kinds.get(kind).is_some_and(|kind| kind.folder.is_some());
        has_folder && (!self.of_kind(kind).is_empty() || self.intros.contains_key(&kind))
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
    let folder = kind.folder.as_deref()?;
    Some(folder.split('/').fold("/".to_owned(), |url, part| url + &crate::markdown::slug(part) + "/"))
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

fn intros(library: &Library) -> HashMap<usize, usize> {
    let kinds = library.theme.kinds.iter().enumerate();
    let urls: HashMap<String, usize> = kinds.filter_map(|(place, kind)| Some((kind_url(kind)?, place))).collect();
    let entries = library.entries.iter().enumerate();
    entries.filter_map(|(index, entry)| Some((*urls.get(&entry.url)?, index))).collect()
}

fn sorted(entries: &mut [usize], library: &Library, kind: &Kind) {
    let entry = |index: &usize| library.entries.get(*index);
    let title = |index: &usize| entry(index).map(|entry| (folded(&entry.title), entry.url.as_str()));
    match kind.sort {
        Order::Newest => {
            entries.sort_by_cached_key(|index| (Reverse(entry(index).and_then(Entry::newest)), title(index)))
        }
        Order::Title => entries.sort_by_cached_key(title),
        Order::Start => entries
            .sort_by_cached_key(|index| (Reverse(entry(index).and_then(|entry| entry.day("start"))), title(index))),
    }
}

/// A title as an index sorts it: without case and accents, from its first letter or digit on.
pub fn folded(title: &str) -> String {
    let plain = deunicode::deunicode(title).to_lowercase();
    plain.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}

/// The heading of an index that a title stands under: its letter, or `0-9`.
pub fn letter(title: &str) -> String {
    match folded(title).chars().next() {
        Some(first) if first.is_ascii_alphabetic() => first.to_ascii_uppercase().to_string(),
        _ => "0-9".to_owned(),
    }
}
