//! The library as data: every entry that lists may name with every field that its page shows, as JSON, as a table,
//! and the schema that tells both.

mod record;
mod schema;
mod table;

use super::Made;
use crate::{
    model::{Entry, Output},
    render::Renderer,
};
use rayon::prelude::*;
use serde_json::{Map, Value};

/// How many entries a thread makes at a time.
const SHARE: usize = 128;

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let entries = entries(renderer);
    let columns = table::columns(&renderer.library().theme().kinds);
    let workshop = renderer.workshop();
    let made: Vec<_> = entries
        .par_chunks(SHARE)
        .map(|share| {
            let renderer = workshop.renderer();
            let records: Vec<Value> = share.iter().map(|entry| record::record(&renderer, entry)).collect();
            (lines(&records), table::rows(&columns, &records))
        })
        .collect();
    let (lines, rows): (Vec<String>, Vec<Vec<u8>>) = made.into_iter().unzip();
    let outputs = vec![
        Output::bytes("catalogue.json", document(renderer, &entries, &lines.join(",\n"))),
        Output::bytes("catalogue.csv", table::document(&columns, rows)),
        Output::bytes("catalogue.schema.json", schema::schema(renderer)),
    ];
    (outputs, Vec::new())
}

/// The entries in the order of their addresses. A home page and the words above a list are no entries of their own.
fn entries<'a>(renderer: &Renderer<'a>) -> Vec<&'a Entry> {
    let introductions = renderer.lists().introductions();
    let entries = renderer.library().whole().entries.iter().enumerate();
    entries
        .filter(|(index, entry)| entry.state.is_listed() && !entry.id.is_empty() && !introductions.contains(index))
        .map(|(_, entry)| &**entry)
        .collect()
}

/// Records as JSON, one a line.
fn lines(records: &[Value]) -> String {
    records.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n")
}

/// The whole, around the lines of the entries.
fn document(renderer: &Renderer<'_>, entries: &[&Entry], lines: &str) -> String {
    let (config, addresses) = (renderer.config(), renderer.addresses());
    let language = config.language.as_str();
    let kinds = renderer.library().theme().kinds.iter().filter(|kind| entries.iter().any(|e| e.kind.name == kind.name));
    let kinds = kinds.map(|kind| {
        let kind = [
            ("name", kind.name.as_str()),
            ("label", kind.label.get(language)),
            ("plural", kind.plural.get(language)),
            ("description", kind.description.get(language)),
        ];
        Value::from_iter(kind)
    });
    let updated = entries.iter().filter_map(|entry| entry.newest()).max();
    let mut head = Map::new();
    head.insert("$schema".into(), addresses.absolute("/catalogue.schema.json").into());
    head.insert("title".into(), config.title.as_str().into());
    head.insert("description".into(), config.description.as_str().into());
    head.insert("url".into(), addresses.absolute("/").into());
    head.insert("language".into(), language.into());
    head.extend(updated.map(|day| ("updated".into(), day.to_string().into())));
    head.insert("kinds".into(), kinds.collect());
    let mut document = Value::from(head).to_string();
    document.truncate(document.len().saturating_sub(1));
    document + ",\"entries\":[\n" + lines + "\n]}\n"
}
