//! The catalogue as a table.

use crate::{
    model::{Field, FieldType, Kind},
    outputs::spreadsheet::{self, guarded},
    render::is_shown,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The columns of every entry.
const OWN: [&str; 7] = ["id", "url", "kind", "language", "state", "title", "summary"];

/// The key of a record under which the values of the fields are.
const FIELDS: &str = "fields";

/// What stands between the values of a list, as in the registers of the library.
const BETWEEN: &str = "|";

/// A column: its heading, and the way to its cell through a record.
#[derive(Debug)]
pub(super) struct Column<'a> {
    name: String,
    path: Vec<String>,
    /// The kinds whose field it is: one name may be a reference here and a group there. `None` for every entry's.
    kinds: Option<BTreeSet<&'a str>>,
}

/// The columns of every entry, then those of the fields of all kinds. A field whose name is taken by a column of
/// every entry stands under `fields.`.
pub(super) fn columns(kinds: &[Arc<Kind>]) -> Vec<Column<'_>> {
    let own = OWN.map(|name| Column { name: name.to_owned(), path: vec![name.to_owned()], kinds: None });
    let mut columns = Vec::from(own);
    for kind in kinds {
        for path in kind.fields.iter().filter(|field| is_shown(field)).flat_map(paths) {
            let name = path.join(".");
            let name = if OWN.contains(&name.as_str()) { format!("fields.{name}") } else { name };
            match columns.iter_mut().find(|column| column.name == name) {
                Some(known) => {
                    known.kinds.get_or_insert_default().insert(&kind.name);
                }
                None => {
                    let path = std::iter::once(FIELDS.to_owned()).chain(path).collect();
                    columns.push(Column { name, path, kinds: Some(BTreeSet::from([kind.name.as_str()])) });
                }
            }
        }
    }
    columns
}

/// The ways to the cells of a field: one to each part that fits a cell of its own.
fn paths(field: &Field) -> Vec<Vec<String>> {
    let parts = |parts: &[&str]| parts.iter().map(|part| vec![field.name.clone(), (*part).to_owned()]).collect();
    match &field.field_type {
        FieldType::Choice(_) | FieldType::Reference(_) => parts(&["id", "label"]),
        FieldType::Image | FieldType::File => parts(&["url"]),
        FieldType::Group(inner) if !field.many => {
            let inner = inner.iter().flat_map(paths);
            inner.map(|path| std::iter::once(field.name.clone()).chain(path).collect()).collect()
        }
        _ => vec![vec![field.name.clone()]],
    }
}

/// The rows of some records.
pub(super) fn rows(columns: &[Column<'_>], records: &[Value]) -> Vec<u8> {
    let mut rows = Vec::with_capacity(records.len() * 1024);
    let mut known: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for record in records {
        let kind = record.get("kind").and_then(Value::as_str).unwrap_or_default();
        let own = known.entry(kind).or_insert_with(|| columns.iter().map(|column| column.is_of(kind)).collect());
        let fields = record.get(FIELDS).unwrap_or(&Value::Null);
        let cell = |(column, is_own): (&Column<'_>, &bool)| match column.path.split_first() {
            _ if !*is_own => String::new(),
            Some((first, rest)) if first == FIELDS => cell(fields, rest),
            _ => cell(record, &column.path),
        };
        spreadsheet::push_row(&mut rows, columns.iter().zip(own.iter()).map(cell));
    }
    rows
}

/// The whole table, of its rows.
pub(super) fn document(columns: &[Column<'_>], rows: Vec<Vec<u8>>) -> Vec<u8> {
    spreadsheet::document(spreadsheet::row(columns.iter().map(|column| &column.name)), rows)
}

impl Column<'_> {
    fn is_of(&self, kind: &str) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(kind))
    }
}

/// The cell at the end of a path.
fn cell(record: &Value, path: &[String]) -> String {
    let Some((name, rest)) = path.split_first() else { return shown(record) };
    match (record.get(name), rest) {
        (None, _) => String::new(),
        (Some(Value::Array(items)), [part]) => {
            let parts: Vec<String> = items.iter().filter_map(|item| item.get(part)).map(bare).collect();
            guarded(parts.join(BETWEEN))
        }
        (Some(value), rest) => cell(value, rest),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => guarded(text.clone()),
        // Lists of texts and of groups stand as JSON: anything may be in a text.
        other => bare(other),
    }
}

fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(record: &Value, path: &str) -> String {
        cell(record, &path.split('.').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_cell_holds_one_value_or_many() {
        let record = json!({"a": {"b": [{"id": "x"}, {"id": "y"}], "c": ["one", "two"], "d": 3, "e": true}});
        assert_eq!(at(&record, "a.b.id"), "x|y");
        assert_eq!(at(&record, "a.c"), r#"["one","two"]"#);
        assert_eq!([at(&record, "a.d"), at(&record, "a.e"), at(&record, "a.f.g")], ["3", "true", ""]);
    }

    #[test]
    fn no_text_is_a_formula_and_a_negative_number_is_a_number() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", "＝1"] {
            assert_eq!(at(&json!({ "a": text }), "a"), format!("'{text}"));
        }
        assert_eq!(at(&json!({ "a": [{"label": "=1"}, {"label": "b"}] }), "a.label"), "'=1|b");
        assert_eq!(at(&json!({ "a": -14 }), "a"), "-14");
    }
}
