//! The index of a taxonomy: its terms in use.

use super::{Made, page_of};
use crate::{
    model::{Index, TermOrder},
    render::{Crumb, Frame, Renderer, folded, grouped, letter},
};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, place: usize) -> Made {
    let language = renderer.config().language.as_str();
    let Some(taxonomy) = renderer.library().taxonomies.get(place) else { return Made::default() };
    let declaration = &taxonomy.declaration;
    let title = declaration.plural.get(language);
    let path = taxonomy.url();
    let frame = Frame {
        title,
        path: &path,
        crumbs: vec![Crumb { label: title.to_owned(), path: None }],
        section: &declaration.name,
        ..Frame::default()
    };
    let mut terms = renderer.terms(place, language);
    if declaration.sort == TermOrder::Label {
        terms.sort_by_cached_key(|(label, _)| folded(label));
    }
    let groups = match declaration.index {
        Index::Letters => grouped(terms.iter().map(|(label, term)| (letter(label), term.clone())), "terms"),
        Index::List => Vec::new(),
    };
    page_of(renderer, "taxonomy.html", language, &frame, None, |context| {
        context.insert_value("taxonomy", renderer.taxonomy(place, language));
        context.insert_value("terms", Value::from(terms.into_iter().map(|(_, term)| term).collect::<Vec<_>>()));
        context.insert_value("groups", Value::from(groups));
    })
}
