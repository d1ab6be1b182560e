//! What the catalogue looks like, as JSON Schema 2020-12, made from the kinds.
//!
//! A field that its kind requires is not required here: the library may tolerate that it is missing, and a
//! reference to a page that is hidden until its day is left out.

use crate::{
    model::{Field, FieldType, Kind, State},
    render::{Renderer, is_shown},
};
use serde_json::{Map, Value, json};

/// The states that an entry of the catalogue can be in. Drafts are in that of a preview.
const STATES: [State; 4] = [State::Current, State::ReviewDue, State::Archived, State::Draft];

/// The bytes of the schema.
pub(super) fn schema(renderer: &Renderer<'_>) -> Vec<u8> {
    let config = renderer.config();
    let maker = Maker { renderer, language: &config.language };
    let kinds = &renderer.library().theme().kinds;
    let of_kind = |kind: &Kind| (format!("kind.{}", kind.name), maker.kind(kind));
    let mut definitions: Map<String, Value> = kinds.iter().map(|kind| of_kind(kind)).collect();
    definitions.insert("term".into(), term());
    definitions.insert("entry".into(), reference());
    definitions.insert("file".into(), file());
    let any_of: Vec<Value> =
        kinds.iter().map(|kind| json!({ "$ref": format!("#/$defs/kind.{}", kind.name) })).collect();
    let named = json!({ "type": "string" });
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": renderer.addresses().absolute("/catalogue.schema.json"),
        "title": config.title,
        "description": config.description,
        "type": "object",
        "required": ["title", "url", "language", "kinds", "entries"],
        "properties": {
            "$schema": { "type": "string", "format": "uri" },
            "title": named,
            "description": named,
            "url": { "type": "string", "format": "uri" },
            "language": named,
            "updated": { "type": "string", "format": "date" },
            "kinds": {
                "type": "array",
                "items": object(&["name", "label", "plural", "description"], json!({
                    "name": named, "label": named, "plural": named, "description": named,
                })),
            },
            "entries": { "type": "array", "items": { "oneOf": any_of } },
        },
        "additionalProperties": false,
        "$defs": definitions,
    });
    serde_json::to_vec(&document).unwrap_or_default()
}

struct Maker<'a> {
    renderer: &'a Renderer<'a>,
    language: &'a str,
}

impl Maker<'_> {
    /// An entry of a kind.
    fn kind(&self, kind: &Kind) -> Value {
        let languages = self.renderer.library().whole().entries.iter().map(|entry| entry.language.as_str());
        let languages: std::collections::BTreeSet<&str> = languages.collect();
        let properties = json!({
            "id": { "type": "string" },
            "url": { "type": "string", "format": "uri" },
            "kind": { "const": kind.name },
            "language": { "enum": languages },
            "state": { "enum": STATES.map(State::name) },
            "title": { "type": "string" },
            "summary": { "type": "string" },
            "fields": self.group(kind.fields.iter().filter(|field| is_shown(field))),
        });
        let names = ["id", "url", "kind", "language", "state", "title", "summary", "fields"];
        let entry = with(object(&names, properties), "title", kind.label.get(self.language));
        with(entry, "description", kind.description.get(self.language))
    }

    fn group<'f>(&self, fields: impl Iterator<Item = &'f Field>) -> Value {
        let properties: Map<String, Value> = fields.map(|field| (field.name.clone(), self.field(field))).collect();
        object(&[], properties.into())
    }

    fn field(&self, field: &Field) -> Value {
        let one = self.value(&field.field_type);
        let schema = if field.many { json!({ "type": "array", "minItems": 1, "items": one }) } else { one };
        with(schema, "title", field.label.get(self.language))
    }

    fn value(&self, field_type: &FieldType) -> Value {
        match field_type {
            FieldType::Text { .. } => json!({ "type": "string" }),
            FieldType::Markdown => json!({ "type": "string", "contentMediaType": "text/plain" }),
            FieldType::Date { partial: false } => json!({ "type": "string", "format": "date" }),
            FieldType::Date { partial: true } => {
                json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
            }
            FieldType::DateTime => json!({ "type": "string", "format": "date-time" }),
            FieldType::Number { .. } => json!({ "type": "number" }),
            FieldType::YesNo => json!({ "type": "boolean" }),
            FieldType::Choice(options) => {
                let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
                object(&["id", "label"], json!({ "id": { "enum": ids }, "label": { "type": "string" } }))
            }
            FieldType::Reference(to) if self.renderer.library().registers().contains_key(to) => {
                json!({ "$ref": "#/$defs/term" })
            }
            FieldType::Reference(_) => json!({ "$ref": "#/$defs/entry" }),
            FieldType::Url => json!({ "type": "string", "format": "iri" }),
            FieldType::Email => json!({ "type": "string", "format": "idn-email" }),
            FieldType::Image | FieldType::File => json!({ "$ref": "#/$defs/file" }),
            FieldType::Group(fields) => self.group(fields.iter()),
        }
    }
}

/// A term of a register.
fn term() -> Value {
    object(&["id", "label"], json!({ "id": { "type": "string" }, "label": { "type": "string" } }))
}

/// Another entry.
fn reference() -> Value {
    let properties = json!({
        "id": { "type": "string" },
        "label": { "type": "string" },
        "url": { "type": "string", "format": "uri" },
    });
    object(&["id", "label", "url"], properties)
}

fn file() -> Value {
    let properties = json!({ "url": { "type": "string", "format": "uri" }, "name": { "type": "string" } });
    object(&["url", "name"], properties)
}

/// An object of these properties and no others.
/// The schema with an annotation.
fn with(mut schema: Value, name: &str, text: &str) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert(name.to_owned(), text.into());
    }
    schema
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}
