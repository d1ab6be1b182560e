//! Which feeds there are, where they stand and what they hold: the same for the plan, the feeds and the links to them.

use super::{Lists, Renderer, context::Record, kind_url};
use crate::model::{FeedOf, Library, ListingOf, Order};
use std::{borrow::Cow, cmp::Reverse};
use tera::Value;

/// The most entries of a feed: more than a reader who looks once a week will miss, and few enough to hold their
/// whole text.
const SIZE: usize = 20;

/// Every feed of a library. One that would be empty is none, as Atom asks for the date of its newest entry.
pub(crate) fn feeds(library: &Library, lists: &Lists) -> Vec<FeedOf> {
    let kinds = (0..library.theme.kinds.len()).map(FeedOf::Kind);
    let taxonomies = library.taxonomies.iter().enumerate();
    let terms = taxonomies.flat_map(|(place, taxonomy)| (0..taxonomy.terms.len()).map(move |t| FeedOf::Term(place, t)));
    let all = std::iter::once(FeedOf::Library).chain(kinds).chain(terms);
    all.filter(|of| exists(library, lists, *of)).collect()
}

fn exists(library: &Library, lists: &Lists, of: FeedOf) -> bool {
    let is_dated = |index: &usize| date(library, *index).is_some();
    match of {
        FeedOf::Library => (0..library.theme.kinds.len()).any(|kind| exists(library, lists, FeedOf::Kind(kind))),
        FeedOf::Kind(place) => {
            let has_listing = library.theme.kinds.get(place).is_some_and(|kind| kind.folder.is_some());
            has_listing && lists.of_kind(place).iter().any(is_dated)
        }
        FeedOf::Term(place, term) => {
            let has_feeds = library.taxonomies.get(place).is_some_and(|taxonomy| taxonomy.declaration.feeds);
            has_feeds && lists.of_term(place, term).iter().any(is_dated)
        }
    }
}

/// The entries of a feed, newest first: those that lists name and that have a date.
pub(crate) fn entries(renderer: &Renderer<'_>, of: FeedOf) -> Vec<usize> {
    let library = &renderer.workshop().library;
    let first = |list: ListingOf| {
        let entries = renderer.lists().of(list);
        let dated = entries.iter().copied().filter(|index| date(library, *index).is_some());
        dated.take(SIZE).collect()
    };
    match of {
        FeedOf::Library => renderer.lists().whole().newest(library, SIZE),
        FeedOf::Term(place, term) => first(ListingOf::Term(place, term)),
        FeedOf::Kind(place) => match library.theme.kinds.get(place) {
            Some(kind) if kind.sort != Order::Newest => newest(library, renderer.lists().whole().of_kind(place)),
            _ => first(ListingOf::Kind(place)),
        },
    }
}

/// The newest of entries that are in another order.
fn newest(library: &Library, entries: &[usize]) -> Vec<usize> {
    let mut dated: Vec<_> = entries.iter().filter_map(|index| Some((date(library, *index)?, *index))).collect();
    dated.sort_by_key(|(date, _)| Reverse(*date));
    dated.into_iter().take(SIZE).map(|(_, index)| index).collect()
}

fn date(library: &Library, index: usize) -> Option<jiff::civil::Date> {
    library.entries.get(index).and_then(|entry| entry.newest())
}

/// The site path of the list that a feed follows: `/themes/mentoring/`. The feed lies beside it.
fn list_path(library: &Library, of: FeedOf) -> Option<String> {
    match of {
        FeedOf::Library => Some("/".to_owned()),
        FeedOf::Kind(place) => kind_url(library.theme.kinds.get(place)?),
        FeedOf::Term(place, term) => {
            let taxonomy = library.taxonomies.get(place)?;
            Some(taxonomy.term_url(&taxonomy.terms.get(term)?.id))
        }
    }
}

/// The site path of the list that a feed of this site follows.
pub(crate) fn base(renderer: &Renderer<'_>, of: FeedOf) -> Option<String> {
    list_path(&renderer.workshop().library, of)
}

/// What a feed is called, in the main language.
pub(crate) fn title(renderer: &Renderer<'_>, of: FeedOf) -> String {
    let (library, config) = (&renderer.workshop().library, renderer.config());
    let language = config.language.as_str();
    let list = match of {
        FeedOf::Library => None,
        FeedOf::Kind(place) => library.theme.kinds.get(place).map(|kind| kind.plural.get(language)),
        FeedOf::Term(place, term) => {
            let taxonomy = library.taxonomies.get(place);
            taxonomy.and_then(|taxonomy| taxonomy.terms.get(term)).map(|term| term.labels.get(language))
        }
    };
    let Some(list) = list else { return config.title.clone() };
    let arguments = [("title", Cow::from(list)), ("site", Cow::from(config.title.as_str()))];
    let told = renderer.locale(language).messages().fill("document.title", None, &arguments);
    told.unwrap_or_else(|| list.to_owned())
}

/// `{title, atom, json, atom_url, json_url}` of a feed, the first two as whole addresses; nothing where there is no
/// such feed.
pub(crate) fn link(renderer: &Renderer<'_>, of: FeedOf) -> Option<Value> {
    let workshop = renderer.workshop();
    let base = list_path(&workshop.library, of).filter(|_| exists(&workshop.library, &workshop.shared.lists, of))?;
    let (atom, json) = (format!("{base}{}", FeedOf::ATOM), format!("{base}{}", FeedOf::JSON));
    let addresses = renderer.addresses();
    let record = Record::new().set("title", title(renderer, of));
    let record = record.set("atom", addresses.absolute(&atom)).set("json", addresses.absolute(&json));
    Some(record.set("atom_url", addresses.href(&atom)).set("json_url", addresses.href(&json)).value())
}
