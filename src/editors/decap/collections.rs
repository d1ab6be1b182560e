//! A collection of the editor for each kind.

use super::widgets;
use crate::{
    editors::Rules,
    model::{ChoiceOption, Field, FieldType, Kind},
};
use serde_json::{Value, json};

/// The name under which the editor keeps the text below the front matter.
const BODY: &str = "body";

/// The name that a field called like that goes by in the editor; `pages.js` gives it its own back.
const FRONT_BODY: &str = "front_body";

/// The collections of all kinds that the editor can keep.
pub(super) fn all(rules: &Rules<'_>) -> Value {
    rules.theme.kinds.iter().map(|kind| collection(rules, kind)).collect()
}

fn collection(rules: &Rules<'_>, kind: &Kind) -> Value {
    let folder = kind.folder.as_ref().map_or("content".to_owned(), |folder| format!("content/{folder}"));
    let mut collection = json!({
        "name": kind.name,
        "label": kind.plural.get(rules.language()),
        "label_singular": kind.label.get(rules.language()),
        "description": kind.description.get(rules.language()),
        "folder": folder,
        "create": true,
        "slug": "{{slug}}",
        "extension": "md",
        "format": "yaml-frontmatter",
        // Beside the page, and named there as it lies beside it.
        "media_folder": "",
        "public_folder": "",
        "fields": fields(rules, kind),
    });
    let Some(map) = collection.as_object_mut() else { return collection };
    if has_folders(rules, kind) {
        map.insert("path".to_owned(), json!("{{slug}}/index"));
    }
    if rules.config.languages.len() > 1 {
        map.insert("i18n".to_owned(), json!(true));
    }
    let status = kind.field("status").and_then(|field| match &field.field_type {
        FieldType::Choice(options) => Some(options),
        _ => None,
    });
    if let Some(options) = status {
        let filter = |option: &ChoiceOption| json!({"label": option.label.get(rules.language()), "field": "status", "pattern": option.id});
        map.insert("view_filters".to_owned(), options.iter().map(filter).collect());
    }
    collection
}

/// True where each page of a kind gets a folder, so that its pictures lie beside it and no other page. Pages that
/// others name go without: the editor knows them by the name of their file.
fn has_folders(rules: &Rules<'_>, kind: &Kind) -> bool {
    let Some(folder) = &kind.folder else { return false };
    !rules.theme.kinds.iter().any(|other| names(&other.fields, folder))
}

fn names(fields: &[Field], folder: &str) -> bool {
    fields.iter().any(|field| match &field.field_type {
        FieldType::Reference(to) => to == folder,
        FieldType::Group(fields) => names(fields, folder),
        _ => false,
    })
}

/// The names of what is asked for on a page of a kind, in the order in which people fill it in: what every page must
/// have, what the kind has of its own, the text, and then what every page may have.
pub(super) fn asked<'a>(kind: &'a Kind) -> Vec<&'a str> {
    let (shared, own) = kind.fields.split_at(kind.shared.min(kind.fields.len()));
    let is_asked = |field: &&Field| field.name != "kind";
    let (must, may): (Vec<&Field>, Vec<&Field>) =
        shared.iter().filter(is_asked).partition(|field| field.required || field.name == "summary");
    let name = |field: &'a Field| if field.name == BODY { FRONT_BODY } else { field.name.as_str() };
    must.into_iter().chain(own).map(name).chain([BODY]).chain(may.into_iter().map(name)).collect()
}

fn fields(rules: &Rules<'_>, kind: &Kind) -> Value {
    let widget = |name: &str| match name {
        BODY => Some(text(rules)),
        FRONT_BODY => kind.field(BODY).map(|field| widgets::top(rules, field, FRONT_BODY)),
        name => kind.field(name).map(|field| widgets::top(rules, field, name)),
    };
    asked(kind).into_iter().filter_map(widget).collect()
}

/// The text below the front matter.
fn text(rules: &Rules<'_>) -> Value {
    let text = json!({
        "name": BODY,
        "label": rules.words("web.text", &[]),
        "widget": "markdown",
        "required": false,
        "modes": widgets::MODES,
        "buttons": widgets::buttons(2),
    });
    widgets::translated(rules, text, "true")
}
