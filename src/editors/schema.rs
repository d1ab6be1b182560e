//! The front matter of each kind as JSON Schema 2020-12: what `check` takes of it, for tools that are not ours.
//!
//! It is no stricter than `check` where a page could do without a value: a key with nothing behind it is as good as
//! none, and one value may stand for a list of one.

use super::{Rules, ToolFile};
use crate::model::{Field, FieldType, Kind, Register};
use serde_json::{Map, Value, json};

/// Where schemas lie unless somebody says otherwise.
pub const FOLDER: &str = ".vscode/schemas";

/// What marks a file as made by the command, so that it may make it again.
pub const COMMAND: &str = "casebook schema";

/// A text that is more than blanks.
const FILLED: &str = "\\S";
/// Year, month and day.
const DAY: &str = "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$";
/// The same, or a month, or a year.
const PARTIAL_DAY: &str = "^\\s*[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\\s*$";
/// A day and a time of day, with an offset or without.
const MOMENT: &str =
    "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?\\s*$";

/// A schema for each kind, as files of one folder.
pub fn schemas(rules: Rules<'_>) -> Vec<ToolFile> {
    let kinds = rules.theme.kinds.iter();
    kinds.map(|kind| ToolFile { path: file(kind), text: pretty(&of_kind(rules, kind)) }).collect()
}

/// The name of the file of a kind's schema.
pub(super) fn file(kind: &Kind) -> String {
    format!("{}.schema.json", kind.name)
}

/// JSON as people read it, with a line's end.
pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn of_kind(rules: Rules<'_>, kind: &Kind) -> Value {
    let language = rules.language();
    let mut maker = Maker { rules, definitions: Map::new() };
    let mut properties = maker.properties(&kind.fields, "");
    if let Some(named) = properties.get_mut("kind") {
        *named = with(json!({ "const": kind.name }), "description", named.get("description").cloned());
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": rules.words("made_by", &[("command", COMMAND)]),
        "title": kind.label.get(language),
        "description": kind.description.get(language),
        "type": "object",
    });
    put(&mut schema, "properties", properties.into());
    closed(&mut schema, &kind.fields);
    if !maker.definitions.is_empty() {
        put(&mut schema, "$defs", maker.definitions.into());
    }
    schema
}

struct Maker<'a> {
    rules: Rules<'a>,
    /// What several places share: registers and groups, by name.
    definitions: Map<String, Value>,
}

impl Maker<'_> {
    fn properties(&mut self, fields: &[Field], above: &str) -> Map<String, Value> {
        fields.iter().map(|field| (field.name.clone(), self.field(field, above))).collect()
    }

    /// A field: one value or a list, or nothing where it may be missing.
    fn field(&mut self, field: &Field, above: &str) -> Value {
        let language = self.rules.language();
        let one = self.one(field, above);
        let mut schema = match (field.many, field.required) {
            (true, required) => {
                let least = usize::from(required);
                let list = json!({ "type": "array", "items": one, "minItems": least });
                let mut forms = vec![list, one];
                forms.extend((!required).then(|| json!({ "type": "null" })));
                json!({ "anyOf": forms })
            }
            (false, true) => one,
            (false, false) => or_nothing(one),
        };
        for (key, text) in [("title", field.label.get(language)), ("description", field.help.get(language))] {
            if !text.is_empty() {
                put(&mut schema, key, text.into());
            }
        }
        let example = field.example.as_deref().filter(|_| !matches!(field.field_type, FieldType::Group(_)));
        if let Some(example) = example {
            let example = typed_example(&field.field_type, example);
            put(&mut schema, "examples", json!([if field.many { json!([example]) } else { example }]));
        }
        schema
    }

    /// One value of a field.
    fn one(&mut self, field: &Field, above: &str) -> Value {
        match &field.field_type {
            FieldType::Text { max_length } => {
                let text = self.said(plain(FILLED, field.required), "filled");
                with(text, "maxLength", max_length.map(Value::from))
            }
            FieldType::Markdown => self.said(plain(FILLED, field.required), "filled"),
            FieldType::Date { partial: false } => self.said(json!({ "type": "string", "pattern": DAY }), "day"),
            // A year alone is a number to YAML.
            FieldType::Date { partial: true } => {
                let types = ["string", "integer"];
                let date = json!({ "type": types, "pattern": PARTIAL_DAY, "minimum": 1000, "maximum": 9999 });
                self.said(date, "partial_date")
            }
            FieldType::DateTime => self.said(json!({ "type": "string", "pattern": MOMENT }), "moment"),
            FieldType::Number { min, max } => {
                let least = with(json!({ "type": "number" }), "minimum", min.map(number));
                with(least, "maximum", max.map(number))
            }
            FieldType::YesNo => json!({ "enum": ["yes", "no", "Yes", "No", true, false] }),
            FieldType::Choice(options) => {
                let language = self.rules.language();
                let options = options.iter().map(|option| (option.id.as_str(), option.label.get(language)));
                one_of(options.collect())
            }
            FieldType::Reference(to) => match self.rules.registers.get(to) {
                Some(register) if !register.terms.is_empty() => self.term(to, register),
                _ => self.said(plain("^[^\\s,](.*\\S)?$", true), "named"),
            },
            FieldType::Url => self.said(json!({ "type": "string", "pattern": "^\\s*https?://\\S+\\s*$" }), "url"),
            FieldType::Email => {
                self.said(json!({ "type": "string", "pattern": "^\\s*[^@\\s]+@\\S*[.]\\S*\\s*$" }), "email")
            }
            FieldType::Image | FieldType::File => self.said(plain(FILLED, true), "filled"),
            FieldType::Group(fields) => self.group(fields, &format!("{above}{}", field.name)),
        }
    }

    /// A value with what to say where its pattern does not hold: a word of the YAML and JSON servers of editors, which
    /// otherwise quote the pattern.
    fn said(&self, schema: Value, rule: &str) -> Value {
        let is_held = schema.get("pattern").is_some();
        with(schema, "patternErrorMessage", is_held.then(|| self.rules.words(&format!("form.{rule}"), &[]).into()))
    }

    /// A term of a register, which several fields may name.
    fn term(&mut self, name: &str, register: &Register) -> Value {
        let language = self.rules.language();
        let terms = register.terms.iter().map(|term| (term.id.as_str(), term.labels.get(language)));
        self.shared(&format!("term {name}"), |_| one_of(terms.collect()))
    }

    fn group(&mut self, fields: &[Field], path: &str) -> Value {
        self.shared(&format!("group {path}"), |maker| {
            let properties = maker.properties(fields, &format!("{path}."));
            let mut group = json!({ "type": "object", "properties": properties });
            closed(&mut group, fields);
            group
        })
    }

    /// A reference to a definition, which is made where there is none yet.
    fn shared(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        let name: String =
            name.chars().map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect();
        if !self.definitions.contains_key(&name) {
            let made = make(self);
            self.definitions.insert(name.clone(), made);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// A plain value: YAML takes `93` for a number and `true` for something else, and Casebook takes them as written.
fn plain(pattern: &str, filled: bool) -> Value {
    let text = json!({ "type": ["string", "number", "boolean"] });
    with(text, "pattern", filled.then(|| pattern.into()))
}

/// One of these ids, with a label each.
fn one_of(options: Vec<(&str, &str)>) -> Value {
    let mut ids: Vec<Value> = options.iter().map(|(id, _)| Value::from(*id)).collect();
    let mut labels: Vec<&str> = options.iter().map(|(_, label)| *label).collect();
    // What YAML takes for a number.
    for (id, label) in &options {
        if let Ok(number) = id.parse::<i64>()
            && number.to_string() == *id
        {
            ids.push(number.into());
            labels.push(label);
        }
    }
    json!({ "enum": ids, "enumDescriptions": labels })
}

/// The schema, or no value.
fn or_nothing(mut one: Value) -> Value {
    let nothing = Value::from("null");
    if let Some(Value::Array(ids)) = one.get_mut("enum") {
        ids.push(Value::Null);
        if let Some(Value::Array(labels)) = one.get_mut("enumDescriptions") {
            labels.push("".into());
        }
        return one;
    }
    match one.get_mut("type") {
        Some(Value::Array(types)) => types.push(nothing),
        Some(single) => *single = json!([single.clone(), nothing]),
        None => return json!({ "anyOf": [one, { "type": "null" }] }),
    }
    // An empty text is no value either.
    if let Some(Value::String(pattern)) = one.get_mut("pattern") {
        *pattern = format!("^\\s*$|{pattern}");
    }
    one
}

/// Says that an object has these fields alone, which of them it must have, and which picture needs words.
fn closed(schema: &mut Value, fields: &[Field]) {
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
    if !required.is_empty() {
        put(schema, "required", json!(required));
    }
    let described: Map<String, Value> = fields.iter().filter_map(|field| described(field, fields)).collect();
    if !described.is_empty() {
        put(schema, "dependentRequired", described.into());
    }
    put(schema, "additionalProperties", false.into());
}

/// A picture, and the field beside it that has words for those who can't see it.
fn described(field: &Field, fields: &[Field]) -> Option<(String, Value)> {
    let own = format!("{}_alt", field.name);
    let alt = fields.iter().find(|other| other.name == own || other.name == "alt")?;
    (matches!(field.field_type, FieldType::Image) && !alt.required).then(|| (field.name.clone(), json!([alt.name])))
}

fn typed_example(field_type: &FieldType, example: &str) -> Value {
    match field_type {
        FieldType::Number { .. } => example.parse().map_or_else(|_| example.into(), number),
        _ => example.into(),
    }
}

/// A bound as people write it: 120, not 120.0.
fn number(value: f64) -> Value {
    let whole = value as i64;
    if whole as f64 == value { whole.into() } else { value.into() }
}

fn with(mut schema: Value, key: &str, value: Option<Value>) -> Value {
    if let Some(value) = value {
        put(&mut schema, key, value);
    }
    schema
}

fn put(schema: &mut Value, key: &str, value: Value) {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_for_the_id_that_it_is_written_as_and_for_no_other() {
        let schema = one_of(vec![("1", "A"), ("02", "B"), ("x", "C")]);
        assert_eq!(schema, json!({ "enum": ["1", "02", "x", 1], "enumDescriptions": ["A", "B", "C", "A"] }));
    }

    #[test]
    fn a_picture_alone_asks_for_words_and_only_where_they_are_not_asked_for_anyway() {
        let field =
            |name: &str, field_type, required| Field { name: name.into(), field_type, required, ..Field::default() };
        for (field_type, required, expected) in [
            (FieldType::Image, false, Some(("view".to_owned(), json!(["view_alt"])))),
            (FieldType::Image, true, None),
            (FieldType::File, false, None),
        ] {
            let fields = [field("view", field_type, false), field("view_alt", FieldType::Url, required)];
            assert_eq!(described(&fields[0], &fields), expected, "{fields:?}");
        }
    }
}
