//! A collection of the editor for each kind.

use super::{Source, widgets};
use crate::model::{ChoiceOption, Field, FieldType, Kind};
use serde_json::{Value, json};

/// The key under which the editor keeps the text below the front matter.
const BODY: &str = "body";

/// The collections of all kinds that the editor can keep.
pub(super) fn all(source: &Source<'_>) -> Value {
    source.theme.kinds.iter().filter(|kind| is_kept(kind)).map(|kind| collection(source, kind)).collect()
}

/// False for a kind with a field of the name that the editor needs for the text: it would lose the one for the other.
fn is_kept(kind: &Kind) -> bool {
    kind.field(BODY).is_none()
}

fn collection(source: &Source<'_>, kind: &Kind) -> Value {
    let folder = kind.folder.as_ref().map_or("content".to_owned(), |folder| format!("content/{folder}"));
    let mut collection = json!({
        "name": kind.name,
        "label": source.label(&kind.plural),
        "label_singular": source.label(&kind.label),
        "description": source.label(&kind.description),
        "folder": folder,
        "create": true,
        "slug": "{{slug}}",
        "extension": "md",
        "format": "yaml-frontmatter",
        // Beside the page, and named there as it lies beside it.
        "media_folder": "",
        "public_folder": "",
        "fields": fields(source, kind),
    });
    let Some(map) = collection.as_object_mut() else { return collection };
    if has_folders(source, kind) {
        map.insert("path".to_owned(), json!("{{slug}}/index"));
    }
    if source.config.languages.len() > 1 {
        map.insert("i18n".to_owned(), json!(true));
    }
    let status = kind.field("status").and_then(|field| match &field.field_type {
        FieldType::Choice(options) => Some(options),
        _ => None,
    });
    if let Some(options) = status {
        let filter = |option: &ChoiceOption| json!({"label": source.label(&option.label), "field": "status", "pattern": option.id});
        map.insert("view_filters".to_owned(), options.iter().map(filter).collect());
    }
    collection
}

/// True where each page of a kind gets a folder, so that its pictures lie beside it and no other page. Pages that
/// others name go without: the editor knows them by the name of their file.
fn has_folders(source: &Source<'_>, kind: &Kind) -> bool {
    let Some(folder) = &kind.folder else { return false };
    !source.theme.kinds.iter().any(|other| names(&other.fields, folder))
}

fn names(fields: &[Field], folder: &str) -> bool {
    fields.iter().any(|field| match &field.field_type {
        FieldType::Reference(to) => to == folder,
        FieldType::Group(fields) => names(fields, folder),
        _ => false,
    })
}

/// The fields in the order in which people fill them in: what every page must have, what the kind has of its own, the
/// text, and then what every page may have.
fn fields(source: &Source<'_>, kind: &Kind) -> Value {
    let (shared, own) = kind.fields.split_at(kind.shared.min(kind.fields.len()));
    let is_asked = |field: &&Field| field.name != "kind";
    let (must, may): (Vec<&Field>, Vec<&Field>) =
        shared.iter().filter(is_asked).partition(|field| field.required || field.name == "summary");
    let text = json!({
        "name": BODY,
        "label": source.word("editor.text"),
        "widget": "markdown",
        "required": false,
        "modes": widgets::MODES,
        "buttons": widgets::buttons(2),
    });
    let widget = |field: &&Field| widgets::top(source, field);
    let first: Vec<&Field> = must.into_iter().chain(own).collect();
    let mut all: Vec<Value> = first.iter().map(widget).collect();
    all.push(widgets::translated(source, text, "true"));
    all.extend(may.iter().map(widget));
    Value::Array(all)
}
