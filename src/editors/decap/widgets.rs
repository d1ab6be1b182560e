//! What people fill a field in with, by its type.

use crate::{
    editors::Rules,
    model::{Field, FieldType},
};
use serde_json::{Value, json};

/// How a text can be written. What the first does not know, such as a footnote, it would write otherwise, so nobody
/// gets there by accident who opens a page of long standing.
pub(super) const MODES: [&str; 2] = ["rich_text", "raw"];

/// An example that is longer than so many letters says that a line is not enough.
const LINE: usize = 60;

/// A group of so many fields is on show from the start.
const FEW: usize = 4;

/// Where a field stands.
#[derive(Clone, Copy)]
struct Place {
    /// True where it has to be filled in whenever what it stands in is there.
    binding: bool,
    /// True within a list, whose items each language has for itself.
    listed: bool,
}

/// The widget of a field of a kind, which goes by a name in the editor.
pub(super) fn top(rules: &Rules<'_>, field: &Field, name: &str) -> Value {
    let mut widget = widget(rules, field, Place { binding: true, listed: false });
    put(&mut widget, "name", json!(name));
    if let (FieldType::Choice(options), "status") = (&field.field_type, field.name.as_str())
        && options.iter().any(|option| option.id == DRAFT)
    {
        put(&mut widget, "default", json!(DRAFT));
    }
    widget
}

/// What a page is that nobody has read yet.
const DRAFT: &str = "draft";

fn put(widget: &mut Value, key: &str, value: Value) {
    if let Some(map) = widget.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

/// A widget with what becomes of it in the other languages, where there are any: `true` is written anew, `duplicate`
/// is the same.
pub(super) fn translated(rules: &Rules<'_>, mut widget: Value, how: &str) -> Value {
    if rules.config.languages.len() > 1 {
        put(&mut widget, "i18n", if how == "true" { json!(true) } else { json!(how) });
    }
    widget
}

fn widget(rules: &Rules<'_>, field: &Field, place: Place) -> Value {
    let mut base = json!({
        "name": field.name,
        "label": field.label.get(rules.language()),
        "required": field.required && place.binding,
    });
    let help = field.help.get(rules.language());
    if !help.is_empty() {
        put(&mut base, "hint", json!(help));
    }
    let how = match field.field_type {
        _ if place.listed || is_list(rules, field) => "true",
        FieldType::Text { .. } | FieldType::Markdown | FieldType::Group(_) => "true",
        _ => "duplicate",
    };
    let special = match (&field.field_type, field.many) {
        (FieldType::Group(fields), many) => group(rules, field, fields, many, place),
        (_, true) => {
            let label = field.label.get(rules.language());
            let mut item = json!({"name": "item", "label": label, "required": true});
            merge(&mut item, single(rules, field));
            json!({"widget": "list", "collapsed": false, "field": item})
        }
        (_, false) => single(rules, field),
    };
    merge(&mut base, chosen(rules, field).unwrap_or(special));
    translated(rules, base, how)
}

/// True for a field whose items are added one by one.
fn is_list(rules: &Rules<'_>, field: &Field) -> bool {
    field.many && chosen(rules, field).is_none()
}

fn merge(widget: &mut Value, more: Value) {
    if let Value::Object(more) = more {
        more.into_iter().for_each(|(key, value)| put(widget, &key, value));
    }
}

/// Options to choose from: those of the kind, the terms of a register, or the pages of another kind.
fn chosen(rules: &Rules<'_>, field: &Field) -> Option<Value> {
    let option = |id: &str, label: &str| json!({"label": label, "value": id});
    let options: Vec<Value> = match &field.field_type {
        FieldType::Choice(options) => {
            options.iter().map(|one| option(&one.id, one.label.get(rules.language()))).collect()
        }
        FieldType::Reference(to) => {
            if let Some(register) = rules.registers.get(to) {
                let terms = register.terms.iter();
                terms.map(|term| option(&term.id, term.labels.get(rules.language()))).collect()
            } else {
                return pages(rules, field, to);
            }
        }
        _ => return None,
    };
    let mut widget = json!({"widget": "select", "options": options});
    if field.many {
        put(&mut widget, "multiple", json!(true));
        if field.required {
            put(&mut widget, "min", json!(1));
        }
    }
    Some(widget)
}

/// The pages of the kind whose folder a field names; `None` where it may name a page of any kind.
fn pages(rules: &Rules<'_>, field: &Field, folder: &str) -> Option<Value> {
    let kind = rules.theme.kind_of_folder(folder)?;
    let mut widget = json!({
        "widget": "relation",
        "collection": kind.name,
        "search_fields": ["title"],
        "display_fields": ["title"],
        "value_field": "{{slug}}",
    });
    if field.many {
        put(&mut widget, "multiple", json!(true));
    }
    Some(widget)
}

fn group(rules: &Rules<'_>, field: &Field, fields: &[Field], many: bool, place: Place) -> Value {
    // The editor asks for what a group must have even where nobody wants the group.
    let binding = place.binding && (many || field.required);
    let inner = Place { binding, listed: place.listed || many };
    let inside: Vec<Value> = fields.iter().map(|field| widget(rules, field, inner)).collect();
    if !many {
        return json!({"widget": "object", "collapsed": fields.len() > FEW, "fields": inside});
    }
    let mut list = json!({"widget": "list", "collapsed": true, "fields": inside});
    let telling = fields.iter().find(|field| !field.many && matches!(field.field_type, FieldType::Text { .. }));
    if let Some(telling) = telling {
        put(&mut list, "summary", json!(format!("{{{{fields.{}}}}}", telling.name)));
    }
    list
}

/// The widget of one value.
fn single(rules: &Rules<'_>, field: &Field) -> Value {
    match &field.field_type {
        FieldType::Text { max_length } => {
            let long = field.example.as_ref().is_some_and(|example| example.chars().count() > LINE);
            let mut widget = json!({"widget": if is_long(field, *max_length) || long { "text" } else { "string" }});
            if let Some(most) = max_length {
                let message = rules.words("form.too_long", &[("most", &most.to_string())]);
                put(&mut widget, "pattern", json!([format!("^[\\s\\S]{{0,{most}}}$"), message]));
            }
            widget
        }
        FieldType::Markdown => json!({"widget": "markdown", "modes": MODES, "buttons": buttons(3)}),
        FieldType::Date { partial: true } => {
            json!({"widget": "string", "pattern": [r"^\d{4}(-\d{2}(-\d{2})?)?$", rules.words("form.partial_date", &[])]})
        }
        FieldType::Date { partial: false } => {
            json!({"widget": "datetime", "format": DATE, "date_format": DATE, "time_format": false})
        }
        FieldType::DateTime => json!({
            "widget": "datetime",
            "format": "YYYY-MM-DDTHH:mm",
            "date_format": DATE,
            "time_format": "HH:mm",
        }),
        FieldType::Number { min, max } => {
            let mut widget = json!({"widget": "number", "value_type": "float"});
            for (key, bound) in [("min", min), ("max", max)] {
                if let Some(bound) = bound {
                    put(&mut widget, key, number(*bound));
                }
            }
            widget
        }
        // Neither yes nor no is an answer too, which a switch would not take.
        FieldType::YesNo => {
            let option = |id: &str| json!({"label": rules.words(id, &[]), "value": id});
            json!({"widget": "select", "options": [option("yes"), option("no")]})
        }
        FieldType::Url => {
            json!({"widget": "string", "pattern": [r"^https?://\S+$", rules.words("form.url", &[])]})
        }
        FieldType::Email => {
            json!({"widget": "string", "pattern": [r"^\S+@\S+\.\S+$", rules.words("form.email", &[])]})
        }
        FieldType::Image => json!({"widget": "image", "choose_url": false}),
        FieldType::File => json!({"widget": "file", "choose_url": false}),
        // A page of any kind, by its file.
        FieldType::Reference(_) => {
            json!({"widget": "string", "pattern": [r"^\S+\.md$", rules.words("form.page", &[])]})
        }
        FieldType::Choice(_) | FieldType::Group(_) => json!({"widget": "string"}),
    }
}

/// A date as Casebook reads it.
const DATE: &str = "YYYY-MM-DD";

/// A whole number without the point that it has in a kind.
fn number(bound: f64) -> Value {
    if bound.fract() == 0.0 && bound.abs() < 1e15 { json!(bound as i64) } else { json!(bound) }
}

/// True for a text that takes more than a line, or whose lines matter, such as one to be posted somewhere.
fn is_long(field: &Field, max_length: Option<usize>) -> bool {
    field.name == "text" || max_length.is_some_and(|most| most > 2 * LINE)
}

/// The buttons above a text whose headings begin at a level.
pub(super) fn buttons(level: usize) -> Vec<&'static str> {
    let headings = ["heading-one", "heading-two", "heading-three", "heading-four"];
    let headings = headings.into_iter().skip(level.saturating_sub(1));
    let first = ["bold", "italic", "link"];
    first.into_iter().chain(headings).chain(["quote", "bulleted-list", "numbered-list"]).collect()
}
