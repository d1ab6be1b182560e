//! An entry in a list.

use super::{Record, value::facets};
use crate::{
    model::Entry,
    render::{dates, locale::Locale},
};
use tera::Value;

/// What lists show of an entry.
///
/// `{id, title, summary, url, kind, state, year, published, updated, start, end, confirmed}`, and the terms of each taxonomy, without
/// `count`, under the taxonomy's name.
pub(crate) fn card(entry: &Entry, locale: &Locale) -> Value {
    let facets = facets(entry, locale);
    let messages = locale.messages();
    let mut card = Record::new()
        .set("id", entry.id.as_str())
        .set("title", entry.title.as_str())
        .set("summary", entry.summary.as_str())
        .set("url", locale.addresses().href(&entry.url))
        .set("lang", entry.language.as_str())
        .set_some("kind", locale.kind(&entry.kind.name))
        .set("state", entry.state.name())
        .set_some("year", entry.year())
        .set_some("published", entry.published.map(|day| dates::day(day, messages)))
        .set_some("updated", entry.updated.map(|day| dates::day(day, messages)))
        .set_some("start", entry.day("start").map(|day| dates::day(day, messages)))
        .set_some("end", entry.day("end").map(|day| dates::day(day, messages)))
        .set_some("confirmed", entry.says("confirmed"));
    for (place, name) in locale.taxonomy_names().iter().enumerate() {
        let own: Vec<Value> =
            facets.iter().filter(|named| named.taxonomy == place).map(|named| named.value.clone()).collect();
        card.insert_new(name.clone(), Value::from(own));
    }
    card.value()
}
