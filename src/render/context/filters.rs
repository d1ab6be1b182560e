//! The panel of ways to narrow a listing down.

use super::Record;
use crate::{
    model::{Facet, Library, Taxonomy, TermOrder},
    render::{Lists, kind_url, locale::Locale},
};
use std::cmp::Reverse;
use tera::Value;

/// A facet shows all its terms where they are no more than these, and else the first, with a link to all of them.
const MOST: usize = 10;
const FIRST: usize = 8;

/// By kind, in the theme's order: `{name, label, plural, url, total, terms: [{id, label, url, count}]}` of each facet.
pub(crate) fn filters(library: &Library, lists: &Lists, locale: &Locale) -> Vec<Value> {
    let of_kind = |(place, kind): (usize, &std::sync::Arc<crate::model::Kind>)| {
        let listing = kind_url(kind).unwrap_or_default();
        let facets = lists.facets(place).iter().filter_map(|facet| filter(library, facet, &listing, locale));
        Value::from(facets.collect::<Vec<_>>())
    };
    library.theme.kinds.iter().enumerate().map(of_kind).collect()
}

fn filter(library: &Library, facet: &Facet, listing: &str, locale: &Locale) -> Option<Value> {
    let taxonomy = library.taxonomies.get(facet.taxonomy)?;
    let declaration = &taxonomy.declaration;
    let language = locale.messages().language();
    let mut shown: Vec<&(usize, Vec<usize>)> = facet.terms.iter().collect();
    if shown.len() > MOST {
        // Years stay in their order; of other terms, those with the most entries are the most use.
        if declaration.sort == TermOrder::Label {
            shown.sort_by_key(|(_, entries)| Reverse(entries.len()));
        }
        shown.truncate(FIRST);
    }
    let terms = shown.iter().filter_map(|(term, entries)| option(taxonomy, *term, entries.len(), listing, locale));
    let record = Record::new()
        .set("name", declaration.name.as_str())
        .set("label", declaration.label.get(language))
        .set("plural", declaration.plural.get(language))
        .set("url", locale.addresses().href(&taxonomy.facet_url(listing)))
        .set("total", facet.terms.len())
        .set("terms", terms.collect::<Vec<_>>());
    Some(record.value())
}

/// `{id, label, url, count}` of a term that narrows a listing down.
pub(crate) fn option(taxonomy: &Taxonomy, term: usize, count: usize, listing: &str, locale: &Locale) -> Option<Value> {
    let term = taxonomy.terms.get(term)?;
    let record = Record::new()
        .set("id", term.id.as_str())
        .set("label", term.labels.get(locale.messages().language()))
        .set("url", locale.addresses().href(&taxonomy.filter_url(listing, &term.id)))
        .set("count", count);
    Some(record.value())
}
