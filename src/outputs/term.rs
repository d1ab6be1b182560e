//! The page of a term: its entries, or that there are none yet and where to look instead.

use super::{Made, listing::field, page_of};
use crate::{
    model::{FeedOf, ListingOf},
    render::{Card, Crumb, Frame, Part, Record, Renderer, listing},
};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, place: usize, index: usize, number: usize) -> Option<Made> {
    let (library, config) = (renderer.library(), renderer.config());
    let language = config.language.as_str();
    let taxonomy = library.taxonomies().get(place)?;
    let term = taxonomy.terms.get(index)?;
    let base = taxonomy.term_url(&term.id);
    let entries = renderer.lists().of(ListingOf::Term(place, index));
    let part = Part { number, size: config.page_size, total: entries.len() };
    let label = term.labels.get(language);
    let value = renderer.term(place, index, language)?;
    let description = field(&value, "description");
    let summary = description.as_ref().and_then(Value::as_str).unwrap_or_default();
    let of = taxonomy.declaration.label.get(language);
    let title = renderer.tell(language, "term.title", &[("term", label), ("taxonomy", of)]);

    let record: Record = listing(renderer, entries, part, &base, false).set("title", label).set("summary", summary);
    let path = Part::path(&base, number);
    let frame = Frame {
        title: &renderer.part_title(&title, part, language),
        description: summary,
        path: &path,
        crumbs: vec![
            Crumb { label: taxonomy.declaration.plural.get(language).to_owned(), path: Some(taxonomy.url()) },
            Crumb { label: label.to_owned(), path: (number > 1).then(|| base.clone()) },
        ],
        section: &taxonomy.declaration.name,
        noindex: entries.is_empty(),
        card: Card::of_term(renderer, taxonomy, label, language),
        feed: Some(FeedOf::Term(place, index)),
        ..Frame::default()
    };
    let (successors, predecessors) = renderer.succession(place, index, language);
    Some(page_of(renderer, "term.html", language, &frame, None, |context| {
        context.insert_value("taxonomy", renderer.taxonomy(place, language));
        context.insert_value("term", value);
        context.insert_value("successors", Value::from(successors));
        context.insert_value("predecessors", Value::from(predecessors));
        context.insert_value("nearby", Value::from(renderer.nearby(place, index, language)));
        context.insert_value("listing", record.value());
    }))
}
