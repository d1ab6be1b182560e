//! A part of a list: the entries of a kind, or those of a term.

use super::{Made, page_of};
use crate::{
    model::{ListingOf, Order},
    render::{Crumb, Frame, Part, Record, Renderer, kind_url, listing, page},
};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, of: &ListingOf, number: usize) -> Made {
    match of {
        ListingOf::Kind(kind) => of_kind(renderer, *kind, number).unwrap_or_default(),
        ListingOf::Term(taxonomy, term) => of_term(renderer, *taxonomy, *term, number).unwrap_or_default(),
    }
}

fn of_kind(renderer: &Renderer<'_>, place: usize, number: usize) -> Option<Made> {
    let (library, config) = (renderer.library(), renderer.config());
    let language = config.language.as_str();
    let kind = library.theme.kinds.get(place)?;
    let base = kind_url(kind)?;
    let entries = renderer.lists().of_kind(place);
    let part = Part { number, size: kind.listing_size(config.page_size), total: entries.len() };
    let intro_index = renderer.lists().intro(place);
    let intro = intro_index.and_then(|intro| library.entries.get(intro));
    let title = intro.map_or_else(|| kind.plural.get(language), |intro| &intro.title);
    let summary = intro.map_or_else(|| kind.description.get(language), |intro| &intro.summary);
    // The words that introduce the list stand on its first part.
    let (introduction, faults) = intro_index.filter(|_| number == 1).and_then(|intro| page(renderer, intro)).unzip();

    let record = listing(renderer, entries, part, &base, kind.sort == Order::Title)
        .set("title", title)
        .set("summary", summary)
        .set_some("intro", introduction.as_ref().and_then(|page| field(page, "body")))
        .set_some("kind", renderer.kind(&kind.name, language));
    let path = Part::path(&base, number);
    let frame = Frame {
        title: &renderer.part_title(title, part, language),
        description: summary,
        path: &path,
        crumbs: vec![Crumb { label: title.to_owned(), path: (number > 1).then(|| base.clone()) }],
        section: kind.folder.as_deref().unwrap_or_default(),
        entry: intro_index.filter(|_| number == 1),
        ..Frame::default()
    };
    let source = intro.map(|intro| intro.path());
    let (outputs, mut diagnostics) = page_of(renderer, "listing.html", language, &frame, source, |context| {
        context.insert_value("listing", record.value());
    });
    diagnostics.extend(faults.into_iter().flatten());
    Some((outputs, diagnostics))
}

fn of_term(renderer: &Renderer<'_>, place: usize, index: usize, number: usize) -> Option<Made> {
    let (library, config) = (renderer.library(), renderer.config());
    let language = config.language.as_str();
    let taxonomy = library.taxonomies.get(place)?;
    let term = taxonomy.terms.get(index)?;
    let base = taxonomy.term_url(&term.id);
    let entries = renderer.lists().of_term(place, index);
    let part = Part { number, size: config.page_size, total: entries.len() };
    let title = term.labels.get(language);
    let value = renderer.term(place, index, language)?;
    let description = field(&value, "description");
    let summary = description.as_ref().and_then(Value::as_str).unwrap_or_default();

    let record: Record = listing(renderer, entries, part, &base, false).set("title", title).set("summary", summary);
    let path = Part::path(&base, number);
    let label = taxonomy.declaration.plural.get(language).to_owned();
    let frame = Frame {
        title: &renderer.part_title(title, part, language),
        description: summary,
        path: &path,
        crumbs: vec![
            Crumb { label, path: Some(taxonomy.url()) },
            Crumb { label: title.to_owned(), path: (number > 1).then(|| base.clone()) },
        ],
        section: &taxonomy.declaration.name,
        ..Frame::default()
    };
    Some(page_of(renderer, "term.html", language, &frame, None, |context| {
        context.insert_value("taxonomy", renderer.taxonomy(place, language));
        context.insert_value("term", value);
        context.insert_value("listing", record.value());
    }))
}

/// What a map holds under a key.
fn field(map: &Value, key: &'static str) -> Option<Value> {
    map.as_map()?.get(&tera::value::Key::Str(key)).cloned()
}
