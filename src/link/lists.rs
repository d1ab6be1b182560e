//! The addresses of the lists that no file makes.

use super::is_visible;
use crate::{
    config::Config,
    model::{Entry, FeedOf, Kind, Taxonomy, TaxonomyTerm, Theme, facets},
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// The library as data.
const CATALOGUE: [&str; 3] = ["/catalogue.json", "/catalogue.csv", "/catalogue.schema.json"];

/// The web editor.
const EDITOR: &str = "/admin/";

/// The addresses of listings in each of their orders, of their filters, of indexes and of terms, of feeds, of
/// the catalogue, and of the web editor.
pub(super) fn addresses(
    entries: &[Arc<Entry>],
    theme: &Theme,
    taxonomies: &[Taxonomy],
    config: &Config,
) -> HashSet<String> {
    let mut addresses: HashSet<String> = theme.kinds.iter().filter_map(|kind| kind.url()).collect();
    for taxonomy in taxonomies.iter().filter(|taxonomy| !taxonomy.terms.is_empty()) {
        addresses.insert(taxonomy.url());
        addresses.extend(taxonomy.terms.iter().map(|term| taxonomy.term_url(&term.id)));
    }
    let kind_of = listed(entries, theme, config);
    let facets = facets(theme.kinds.len(), &kind_of, taxonomies);
    for (place, (kind, facets)) in theme.kinds.iter().zip(facets).enumerate() {
        let Some(base) = kind.url() else { continue };
        let own = entries.iter().zip(&kind_of).filter(|(_, kind)| **kind == Some(place)).map(|(entry, _)| &**entry);
        addresses.extend(kind.other_order(own).map(|order| format!("{base}{}/", order.segment())));
        for facet in facets {
            let Some(taxonomy) = taxonomies.get(facet.taxonomy) else { continue };
            addresses.insert(taxonomy.facet_url(&base));
            let terms = facet.terms.iter().filter_map(|(term, _)| taxonomy.terms.get(*term));
            addresses.extend(terms.map(|term| taxonomy.filter_url(&base, &term.id)));
        }
    }
    addresses.extend(feeds(entries, &kind_of, theme, taxonomies));
    addresses.extend(CATALOGUE.map(str::to_owned));
    addresses.extend(config.editor.is_some().then(|| EDITOR.to_owned()));
    addresses
}

/// The addresses of feeds: beside each list that names an entry with a date, and asks for a feed.
fn feeds(entries: &[Arc<Entry>], kind_of: &[Option<usize>], theme: &Theme, taxonomies: &[Taxonomy]) -> Vec<String> {
    let kind_of_dated = |index: usize| {
        let dated = entries.get(index).filter(|entry| entry.newest().is_some());
        dated.and_then(|_| kind_of.get(index).copied().flatten())
    };
    let kinds: BTreeSet<usize> = (0..entries.len()).filter_map(kind_of_dated).collect();
    let kinds = kinds.iter().filter_map(|place| theme.kinds.get(*place));
    let mut lists: Vec<String> = kinds.filter_map(|kind| kind.url()).collect();
    lists.extend((!lists.is_empty()).then(|| "/".to_owned()));
    for taxonomy in taxonomies.iter().filter(|taxonomy| taxonomy.declaration.feeds) {
        let is_followed = |term: &&TaxonomyTerm| term.entries.iter().any(|index| kind_of_dated(*index).is_some());
        lists.extend(taxonomy.terms.iter().filter(is_followed).map(|term| taxonomy.term_url(&term.id)));
    }
    lists.iter().flat_map(|list| [FeedOf::ATOM, FeedOf::JSON].map(|file| format!("{list}{file}"))).collect()
}

/// The place of the kind whose listing names each entry. One that has a twin in the main language is not named.
fn listed(entries: &[Arc<Entry>], theme: &Theme, config: &Config) -> Vec<Option<usize>> {
    let shown = |entry: &&Arc<Entry>| is_visible(entry, config) && entry.state.is_listed();
    let main = entries.iter().filter(shown).filter(|entry| entry.language == config.language);
    let main: HashSet<&str> = main.map(|entry| entry.id.as_str()).collect();
    let places = |(place, kind): (usize, &Arc<Kind>)| (kind.name.clone(), place);
    let places: HashMap<String, usize> = theme.kinds.iter().enumerate().map(places).collect();
    let place = |entry: &Arc<Entry>| {
        let named = shown(&entry) && (entry.language == config.language || !main.contains(entry.id.as_str()));
        places.get(&entry.kind.name).copied().filter(|_| named)
    };
    entries.iter().map(place).collect()
}
