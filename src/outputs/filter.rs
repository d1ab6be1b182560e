//! A listing narrowed down to one term.

use super::{Made, listing::Words, page_of};
use crate::{
    model::ListingOf,
    render::{Crumb, Frame, Part, Record, Renderer},
};

pub(super) fn make(renderer: &Renderer<'_>, kind: usize, place: usize, index: usize, number: usize) -> Option<Made> {
    let words = Words::of(renderer, kind)?;
    let language = words.language;
    let taxonomy = renderer.library().taxonomies().get(place)?;
    let term = taxonomy.terms.get(index)?;
    let entries = renderer.lists().of(ListingOf::Filter(kind, place, index));
    let part = Part { number, size: words.kind.listing_size(renderer.config().page_size), total: entries.len() };
    let base = taxonomy.filter_url(&words.base, &term.id);
    let facet_url = taxonomy.facet_url(&words.base);
    let (label, of) = (term.labels.get(language), taxonomy.declaration.label.get(language));
    let told = |key: &str| {
        let arguments = [("title", words.title), ("term", label), ("taxonomy", of), ("summary", words.summary)];
        renderer.tell(language, key, &arguments)
    };
    let record = words
        .listing(renderer, entries, part, &base, words.kind.sort)
        .set("title", told("filter.heading"))
        .set("summary", "");
    let chosen = Record::new()
        .set("taxonomy", taxonomy.declaration.name.as_str())
        .set("taxonomy_label", of)
        .set("id", term.id.as_str())
        .set("label", label)
        .set_some("page", renderer.term(place, index, language).and_then(|term| super::listing::field(&term, "url")))
        .set("url", renderer.addresses().href(&base))
        .set("count", entries.len())
        .set("clear", renderer.addresses().href(&words.base))
        .set("total", renderer.lists().of(ListingOf::Kind(kind)).len());
    let filters = Record::new().set("facets", renderer.filters(kind)).set("chosen", chosen.value());
    let path = Part::path(&base, number);
    let (title, description) = (told("filter.title"), told("filter.description"));
    let frame = Frame {
        title: &renderer.part_title(&title, part, language),
        description: &description,
        path: &path,
        crumbs: vec![
            words.crumb(),
            Crumb { label: taxonomy.declaration.plural.get(language).to_owned(), path: Some(facet_url) },
            Crumb { label: label.to_owned(), path: (number > 1).then(|| base.clone()) },
        ],
        section: words.section(),
        card: words.card(),
        ..Frame::default()
    };
    Some(page_of(renderer, "listing.html", language, &frame, None, |context| {
        context.insert_value("listing", record.value());
        context.insert_value("filters", filters.value());
    }))
}
