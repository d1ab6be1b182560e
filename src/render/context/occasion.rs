//! Entries that take place on days: what is on, what comes next, and what other entries were made for it.

use super::{Record, entry::is_named_beside};
use crate::{
    model::{Entry, FieldType, ListingOf, Order, State, Value as Typed},
    render::Renderer,
};
use jiff::civil::Date;
use std::cmp::Reverse;
use tera::Value;

/// How many occasions the home page names.
const SHOWN: usize = 2;

/// How many days ahead of the clock an occasion is still news.
const AHEAD: i32 = 366;

/// An entry of a kind that is sorted by `start`, with its days.
struct Occasion<'a> {
    index: usize,
    entry: &'a Entry,
    first: Date,
    last: Date,
}

impl<'a> Occasion<'a> {
    /// The occasion that an entry is, where its kind is one of occasions.
    fn of(renderer: &Renderer<'a>, index: usize) -> Option<Self> {
        let entry = renderer.library().front(index).filter(|entry| entry.kind.sort == Order::Start)?;
        let first = entry.day("start")?;
        let last = entry.day("end").filter(|last| *last >= first).unwrap_or(first);
        Some(Self { index, entry, first, last })
    }

    /// `{entry, days, state, materials}`: `days` to its first day, 0 or less once it has begun; `state` upcoming, now or
    /// past; `materials` the entries that name it in a field for its kind.
    fn value(&self, renderer: &Renderer<'_>) -> Value {
        let today = renderer.config().now.date();
        let state = match () {
            () if today < self.first => "upcoming",
            () if today <= self.last => "now",
            () => "past",
        };
        Record::new()
            .set("entry", renderer.card(self.index))
            .set("days", days(today, self.first))
            .set("state", state)
            .set("materials", self.materials(renderer))
            .value()
    }

    fn materials(&self, renderer: &Renderer<'_>) -> Vec<Value> {
        let library = renderer.library();
        let named_by = library.backlinks(self.index);
        let is_for_it = |index: &&usize| {
            let names =
                |other: &Entry| is_named_beside(renderer, self.entry, **index) && self.is_named_by(renderer, other);
            library.front(**index).is_some_and(names)
        };
        named_by.iter().filter(is_for_it).map(|index| renderer.card(*index)).collect()
    }

    /// True for an entry that has a field for occasions of this kind and names this one in it; a link in a text
    /// does not make an entry one for the occasion.
    fn is_named_by(&self, renderer: &Renderer<'_>, other: &Entry) -> bool {
        let library = renderer.library();
        let is_this = |value: &Typed| match value {
            Typed::Page(reference) => library.resolve(reference, &self.entry.language) == Some(self.index),
            _ => false,
        };
        other.kind.fields.iter().any(|field| {
            let takes =
                matches!(&field.field_type, FieldType::Reference(to) if Some(to) == self.entry.kind.folder.as_ref());
            takes
                && match other.fields.get(&field.name) {
                    Some(Typed::Many(values)) => values.iter().any(is_this),
                    Some(value) => is_this(value),
                    None => false,
                }
        })
    }
}

/// The days from one to another; below nothing where the other is earlier.
pub(crate) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// What is on by the clock or comes within a year, the nearest first.
pub(crate) fn on_now(renderer: &Renderer<'_>, language: &str) -> Vec<Value> {
    let library = renderer.library();
    let today = renderer.config().now.date();
    let kinds =
        (0..library.theme().kinds.len()).flat_map(|kind| renderer.lists().of(ListingOf::Kind(kind)).iter().copied());
    let occasions = kinds.filter_map(|index| Occasion::of(renderer, twin(renderer, index, language)));
    let is_news = |occasion: &Occasion<'_>| {
        let is_kept = matches!(occasion.entry.state, State::Archived | State::Withdrawn);
        !is_kept && occasion.last >= today && days(today, occasion.first) <= AHEAD
    };
    let mut news: Vec<Occasion<'_>> = occasions.filter(is_news).collect();
    news.sort_by_key(|occasion| (occasion.first.max(today), occasion.last, occasion.index));
    news.iter().take(SHOWN).map(|occasion| occasion.value(renderer)).collect()
}

/// The entry in a language, where it has a twin there.
fn twin(renderer: &Renderer<'_>, index: usize, language: &str) -> usize {
    let library = renderer.library();
    let twins = library.front(index).and_then(|entry| library.twins(&entry.id));
    twins.and_then(|twins| twins.get(language)).copied().unwrap_or(index)
}

/// An entry as an occasion, where it is one.
pub(super) fn occasion(renderer: &Renderer<'_>, index: usize) -> Option<Value> {
    Occasion::of(renderer, index).map(|occasion| occasion.value(renderer))
}

/// The other occasions of an entry's series, the latest first: those of its kind with the same value in the field
/// that tells the series. What was made for an occasion has the series of that.
pub(super) fn series(renderer: &Renderer<'_>, index: usize) -> Option<Vec<Value>> {
    let library = renderer.library();
    let of = library.front(index)?;
    let index =
        [index].into_iter().chain(library.occasions(of)).find(|index| Occasion::of(renderer, *index).is_some())?;
    let entry = library.front(index)?;
    let field = entry.kind.series.as_deref()?;
    let value = entry.fields.get(field)?;
    let kind = library.theme().kinds.iter().position(|kind| kind.name == entry.kind.name)?;
    let others = renderer.lists().in_series(kind, &entry.language, value).iter().filter(|other| **other != index);
    let others = others.filter_map(|other| Occasion::of(renderer, *other));
    let mut others: Vec<_> = others.filter(|occasion| occasion.entry.id != entry.id).collect();
    others.sort_by_key(|occasion| (Reverse(occasion.first), occasion.index));
    let others: Vec<Value> = others.iter().map(|occasion| occasion.value(renderer)).collect();
    (!others.is_empty()).then_some(others)
}
