//! What each page has of each facet, and the orders of pages: columns, for readers who filter, count or sort.

use super::{
    super::format::{FileName, compressed, write},
    page::Page,
};
use crate::{model::Library, render};
use serde_json::{Value, json};
use std::{cmp::Reverse, collections::BTreeSet};

/// The name of the facet that every page has one value of.
const KIND: &str = "kind";

/// The facets by name and label, in the order in which readers see them.
pub(super) fn facets(library: &Library, language: &str, kind: &str) -> Vec<Value> {
    let taxonomies = library.taxonomies.iter().map(|taxonomy| &taxonomy.declaration);
    let of_taxonomies =
        taxonomies.map(|declared| json!({ "name": declared.name, "label": declared.label.get(language) }));
    [json!({ "name": KIND, "label": kind })].into_iter().chain(of_taxonomies).collect()
}

/// The files.
pub(super) fn columns(
    pages: &[Page<'_>],
    library: &Library,
    language: &str,
    href: &(dyn Fn(&str) -> String + Sync),
) -> Vec<(FileName, Vec<u8>)> {
    let mut values = vec![kinds(library, language, href)];
    let mut columns = vec![column(pages, |page| kind_place(page, library).into_iter().collect())];
    for (place, taxonomy) in library.taxonomies.iter().enumerate() {
        let value = |term: &crate::model::TaxonomyTerm| {
            json!([term.id, term.labels.get(language), href(&taxonomy.term_url(&term.id))])
        };
        values.push(taxonomy.terms.iter().map(value).collect());
        columns.push(column(pages, |page| page.terms.get(place).cloned().unwrap_or_default()));
    }
    let head = Value::from(values).to_string();
    let mut out = Vec::new();
    write(&mut out, head.len() as u32);
    out.extend_from_slice(head.as_bytes());
    out.extend(columns.into_iter().flatten());
    vec![
        (FileName::Facets, compressed(&out, 9)),
        (FileName::Newest, order(pages, |page| (Reverse(page.entry.newest()), render::folded(&page.entry.title)))),
        (FileName::Titles, order(pages, |page| render::folded(&page.entry.title))),
    ]
}

/// The kinds as values: id, label and the address of its list.
fn kinds(library: &Library, language: &str, href: &(dyn Fn(&str) -> String + Sync)) -> Vec<Value> {
    let kind = |kind: &std::sync::Arc<crate::model::Kind>| {
        json!([kind.name, kind.plural.get(language), kind.url().map(|url| href(&url))])
    };
    library.theme.kinds.iter().map(kind).collect()
}

/// The place of a page's kind in the theme.
pub(super) fn kind_place(page: &Page<'_>, library: &Library) -> Option<usize> {
    library.theme.kinds.iter().position(|kind| kind.name == page.entry.kind.name)
}

/// A column: how many values each page has; the first of each, as the step from that of the page before; the others,
/// each as the step from the one before. Neighbours have like values, so most of these numbers are small.
fn column(pages: &[Page<'_>], values: impl Fn(&Page<'_>) -> Vec<usize>) -> Vec<u8> {
    let own: Vec<BTreeSet<usize>> = pages.iter().map(|page| values(page).into_iter().collect()).collect();
    let mut out = Vec::new();
    own.iter().for_each(|set| write(&mut out, set.len() as u32));
    let mut before = 0;
    for first in own.iter().filter_map(BTreeSet::first) {
        let step = *first as i64 - before;
        // Steps back are odd numbers, steps forward even ones.
        write(&mut out, ((step << 1) ^ (step >> 63)) as u32);
        before = *first as i64;
    }
    for set in &own {
        for (value, next) in set.iter().zip(set.iter().skip(1)) {
            write(&mut out, (next - value) as u32);
        }
    }
    out
}

/// The place of each page in an order.
fn order<K: Ord>(pages: &[Page<'_>], key: impl Fn(&Page<'_>) -> K) -> Vec<u8> {
    let mut sorted: Vec<usize> = (0..pages.len()).collect();
    sorted.sort_by_cached_key(|page| pages.get(*page).map(&key));
    let mut rank = vec![0_u32; pages.len()];
    for (place, page) in sorted.into_iter().enumerate() {
        if let Some(rank) = rank.get_mut(page) {
            *rank = place as u32;
        }
    }
    let mut out = Vec::new();
    rank.into_iter().for_each(|place| write(&mut out, place));
    compressed(&out, 9)
}
