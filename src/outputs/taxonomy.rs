//! The index of a taxonomy: its terms in use, and apart from them those that have a page without entries.

use super::{Made, listing::field, page_of};
use crate::{
    model::{Index, TermOrder},
    render::{Crumb, Frame, Renderer, branches, folded, grouped, letter},
};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, place: usize) -> Made {
    let language = renderer.config().language.as_str();
    let Some(taxonomy) = renderer.library().taxonomies().get(place) else { return Made::default() };
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
    let has_entries = |(_, term): &(&str, Value)| field(term, "count").and_then(|count| count.as_i64()) != Some(0);
    let (terms, others): (Vec<_>, Vec<_>) = terms.into_iter().partition(has_entries);
    let lettered =
        |terms: &[(&str, Value)]| grouped(terms.iter().map(|(label, term)| (letter(label), term.clone())), "terms");
    let (groups, tree) = match declaration.index {
        Index::Letters => (lettered(&terms), Vec::new()),
        Index::List => (Vec::new(), branches(renderer, place, &terms, language)),
    };
    page_of(renderer, "taxonomy.html", language, &frame, None, |context| {
        context.insert_value("taxonomy", renderer.taxonomy(place, language));
        context.insert_value("terms", Value::from(terms.into_iter().map(|(_, term)| term).collect::<Vec<_>>()));
        context.insert_value("groups", Value::from(groups));
        context.insert_value("tree", Value::from(tree));
        context.insert_value("others_total", Value::from(others.len()));
        context.insert_value("others", Value::from(lettered(&others)));
    })
}
