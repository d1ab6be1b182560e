//! What the editor has to know of the kinds to write their pages: `kinds.js`.

use super::collections;
use crate::{
    editors::Rules,
    front_matter,
    model::{Field, FieldType},
};
use serde_json::{Value, json};

/// The fields of each kind in the order of front matter, with its name, and those of the fields in the order in which
/// they are asked for, by which the editor tells the kinds apart.
pub(super) fn kinds(rules: &Rules<'_>) -> String {
    let kinds = rules.theme.kinds.iter();
    let kinds: Value = kinds
        .map(|kind| {
            let order = front_matter::order(&kind.fields);
            let fields = order.into_iter().filter_map(|name| kind.field(name)).map(field);
            json!({"name": kind.name, "asked": collections::asked(kind), "fields": fields.collect::<Vec<_>>()})
        })
        .collect();
    let languages = json!(rules.config.languages);
    format!(
        "// The fields of each kind, and the languages of the library, the main one first. Made by Casebook.\n\
         export const kinds = {kinds};\nexport const languages = {languages};\n"
    )
}

fn field(of: &Field) -> Value {
    match &of.field_type {
        FieldType::Group(fields) => {
            json!({"name": of.name, "type": of.field_type.name(), "fields": fields.iter().map(field).collect::<Vec<_>>()})
        }
        _ => json!({"name": of.name, "type": of.field_type.name()}),
    }
}
