//! The page of an entry.

use super::{Made, Shared, download, page_of};
use crate::{
    model::{Entry, Output, State},
    render::{Card, Crumb, Frame, Renderer, kind_url, page},
};

pub(super) fn make(renderer: &Renderer<'_>, shared: &Shared, index: usize) -> Made {
    let Some(entry) = renderer.library().entry(index) else { return Made::default() };
    let (offers, warnings) = download::downloads(renderer, shared, index);
    let offered = download::offers(renderer, &entry.language, &offers);
    let Some((value, faults)) = page(renderer, index, offered) else { return Made::default() };
    let frame = Frame {
        title: &entry.title,
        description: &entry.summary,
        path: &entry.url,
        crumbs: crumbs(renderer, entry),
        section: entry.kind.folder.as_deref().unwrap_or(&entry.id),
        entry: Some(index),
        noindex: !is_indexed(entry),
        card: Card::of_entry(renderer, entry),
        ..Frame::default()
    };
    let fill = |context: &mut tera::Context| context.insert_value("page", value);
    let (outputs, mut diagnostics) =
        page_of(renderer, &entry.kind.template, &entry.language, &frame, Some(entry.path()), fill);
    diagnostics.extend(faults.into_iter().chain(warnings));
    let is_page = |output: &Output| output.path.ends_with(".html");
    let told = |output: Output| {
        if is_page(&output) { download::measured(renderer, &entry.language, output, &offers) } else { output }
    };
    let outputs = outputs.into_iter().map(told).chain(offers.iter().map(download::Offer::output)).collect();
    (outputs, diagnostics)
}

/// True for an entry that search engines may name.
pub(super) fn is_indexed(entry: &Entry) -> bool {
    entry.state.is_published() && entry.state != State::Withdrawn
}

/// The listing of the entry's kind, where it has one, and the entry.
fn crumbs(renderer: &Renderer<'_>, entry: &Entry) -> Vec<Crumb> {
    let library = renderer.library();
    let place = library.theme().kinds.iter().position(|kind| kind.name == entry.kind.name);
    let has_listing = place.is_some_and(|place| renderer.lists().has_listing(library, place));
    let listing = kind_url(&entry.kind).filter(|_| has_listing);
    let listing =
        listing.map(|path| Crumb { label: entry.kind.plural.get(&entry.language).to_owned(), path: Some(path) });
    listing.into_iter().chain([Crumb { label: entry.title.clone(), path: None }]).collect()
}
