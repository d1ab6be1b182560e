//! All the ways to narrow a listing down by one taxonomy.

use super::{Made, listing::Words, page_of};
use crate::{
    model::{Index, Labels, ListingOf},
    render::{Crumb, Frame, Record, Renderer, grouped, letter, option},
};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, kind: usize, place: usize) -> Made {
    made(renderer, kind, place).unwrap_or_default()
}

fn made(renderer: &Renderer<'_>, kind: usize, place: usize) -> Option<Made> {
    let words = Words::of(renderer, kind)?;
    let language = words.language;
    let taxonomy = renderer.library().taxonomies().get(place)?;
    let facet = renderer.lists().facets(kind).iter().find(|facet| facet.taxonomy == place)?;
    let labels = |labels: &'_ Labels| labels.get(language).to_owned();
    let plural = labels(&taxonomy.declaration.plural);
    let locale = renderer.locale(language);
    let terms: Vec<(String, Value)> = facet
        .terms
        .iter()
        .filter_map(|(term, entries)| {
            let label = labels(&taxonomy.terms.get(*term)?.labels);
            Some((label, option(taxonomy, *term, entries.len(), &words.base, locale)?))
        })
        .collect();
    let groups = match taxonomy.declaration.index {
        Index::Letters => grouped(terms.iter().map(|(label, term)| (letter(label), term.clone())), "terms"),
        Index::List => Vec::new(),
    };
    let title = renderer.tell(language, "filter.facet_title", &[("title", words.title), ("taxonomy", &plural)]);
    let path = taxonomy.facet_url(&words.base);
    let frame = Frame {
        title: &title,
        path: &path,
        crumbs: vec![words.crumb(), Crumb { label: plural, path: None }],
        section: words.section(),
        ..Frame::default()
    };
    let of = Record::new()
        .set("title", words.title)
        .set("url", renderer.addresses().href(&words.base))
        .set("total", renderer.lists().of(ListingOf::Kind(kind)).len());
    Some(page_of(renderer, "taxonomy.html", language, &frame, None, |context| {
        context.insert_value("taxonomy", renderer.taxonomy(place, language));
        context.insert_value("narrowed", of.value());
        context.insert_value("terms", Value::from(terms.into_iter().map(|(_, term)| term).collect::<Vec<_>>()));
        context.insert_value("groups", Value::from(groups));
        context.insert_value("tree", Value::from(Vec::<Value>::new()));
        context.insert_value("others", Value::from(Vec::<Value>::new()));
    }))
}
