//! Writes the index: one small JSON file with what there is to find.

use crate::model::{Entry, FieldType, Library, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the format. The reader refuses any other.
const VERSION: u32 = 1;

/// The file. Labels that many entries share stand once; an entry gives their places.
#[derive(Serialize)]
struct Index<'a> {
    version: u32,
    kinds: Vec<&'a str>,
    terms: Vec<String>,
    entries: Vec<Found<'a>>,
}

/// An entry: address, title, summary, kind, terms, and the date of its last change.
#[derive(Serialize)]
struct Found<'a>(String, &'a str, &'a str, usize, Vec<usize>, Option<String>);

/// The index of a library. `href` turns a site path into an address on the host.
///
/// Entries that lists do not name, as those that are withdrawn, are not in it.
pub fn index(library: &Library, href: impl Fn(&str) -> String) -> Vec<u8> {
    let listed = library.entries.iter().filter(|entry| entry.state.is_listed() && !entry.id.is_empty());
    let mut kinds = Table::default();
    let mut terms = Table::default();
    let mut entries = Vec::with_capacity(library.entries.len());
    for entry in listed {
        let date = entry.newest().map(|date| date.to_string());
        let kind = kinds.place(entry.kind.label.get(&entry.language));
        let labels = labels(entry, library).into_iter().map(|label| terms.place(label)).collect();
        entries.push(Found(href(&entry.url), &entry.title, &entry.summary, kind, labels, date));
    }
    let index = Index { version: VERSION, kinds: kinds.labels, terms: terms.labels, entries };
    serde_json::to_vec(&index).unwrap_or_default()
}

/// Labels by their places, in the order in which they were first named.
#[derive(Default)]
struct Table<L> {
    labels: Vec<L>,
    places: BTreeMap<L, usize>,
}

impl<L: Clone + Ord> Table<L> {
    fn place(&mut self, label: L) -> usize {
        let next = self.labels.len();
        let place = *self.places.entry(label.clone()).or_insert(next);
        if place == next {
            self.labels.push(label);
        }
        place
    }
}

/// The labels of the terms that an entry's facets name, each once.
fn labels(entry: &Entry, library: &Library) -> Vec<String> {
    let mut labels = Vec::new();
    let facets = entry.kind.fields.iter().filter(|field| field.facet.is_some());
    for (field, value) in facets.filter_map(|field| Some((field, entry.fields.get(&field.name)?))) {
        let values = match value {
            Value::Many(values) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        let of = |value: &Value| match (value, &field.field_type) {
            (Value::Term(register, index), _) => {
                let term = library.register(register)?.terms.get(*index)?;
                Some(term.labels.get(&entry.language).to_owned())
            }
            (Value::Choice(option), FieldType::Choice(options)) => {
                options.get(*option).map(|option| option.label.get(&entry.language).to_owned())
            }
            (other, _) => other.year().map(|year| year.to_string()),
        };
        for label in values.iter().filter_map(of) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels
}
