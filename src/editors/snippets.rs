//! Snippets for VS Code: a whole page of each kind, and each block that pages may hold.

use super::{Rules, ToolFile, schema::pretty};
use crate::model::{Component, ComponentBody, Field, FieldType, Kind};
use serde_json::{Map, Value, json};

/// Where VS Code looks for snippets of a folder.
const PATH: &str = ".vscode/casebook.code-snippets";

/// How many choices a snippet offers: a longer list is no help beside the cursor.
const OFFERED: usize = 40;

/// The file of all snippets.
pub fn snippets(rules: Rules<'_>) -> ToolFile {
    let language = rules.language();
    let kinds = rules.theme.kinds.iter().map(|kind| {
        let snippet = json!({
            "scope": "markdown",
            "prefix": kind.name,
            "isFileTemplate": true,
            "description": kind.description.get(language),
            "body": page(rules, kind),
        });
        (kind.label.get(language).to_owned(), snippet)
    });
    let blocks = rules.theme.components.values().map(|component| {
        let snippet = json!({
            "scope": "markdown",
            "prefix": component.name,
            "description": component.description.get(language),
            "body": block(rules, component),
        });
        (rules.words("block", &[("label", component.label.get(language))]), snippet)
    });
    let all: Map<String, Value> = kinds.chain(blocks).collect();
    ToolFile { path: PATH.to_owned(), text: pretty(&all.into()) }
}

/// A page: what it must have to fill in, and what it may have as notes, each with an example.
fn page(rules: Rules<'_>, kind: &Kind) -> Vec<String> {
    let mut writer = Writer { rules, stops: 0 };
    let mut lines = vec!["---".to_owned()];
    lines.extend(kind.fields.iter().filter(|field| field.required).flat_map(|field| writer.field(field)));
    let optional: Vec<&Field> = kind.own_first().filter(|field| !field.required && field.name != "kind").collect();
    if !optional.is_empty() {
        lines.push(escaped(&format!("# {}", rules.words("optional", &[]))));
    }
    lines.extend(optional.into_iter().map(|field| {
        let label = field.label.get(rules.language());
        escaped(&format!("# {}: {}  # {label}", field.name, listed(field, sample(field))))
    }));
    lines.extend(["---", "", "$0"].map(str::to_owned));
    lines
}

/// A block of a page.
fn block(rules: Rules<'_>, component: &Component) -> Vec<String> {
    let mut writer = Writer { rules, stops: 0 };
    let mut lines = vec![format!("```{}", component.name)];
    if component.body == ComponentBody::Csv {
        lines.push("$0".to_owned());
    } else {
        lines.extend(needed(&component.fields).into_iter().flat_map(|field| writer.field(field)));
    }
    lines.push("```".to_owned());
    lines
}

struct Writer<'a> {
    rules: Rules<'a>,
    /// How many places there are to fill in so far.
    stops: usize,
}

impl Writer<'_> {
    /// A field to fill in, as lines.
    fn field(&mut self, field: &Field) -> Vec<String> {
        let FieldType::Group(inner) = &field.field_type else {
            let value = self.value(field);
            let value = if field.many { format!("[{value}]") } else { value };
            return vec![format!("{}: {value}", field.name)];
        };
        let lines: Vec<String> = needed(inner).into_iter().flat_map(|field| self.field(field)).collect();
        let indented = lines.into_iter().enumerate().map(|(index, line)| match (field.many, index) {
            (false, _) => format!("  {line}"),
            (true, 0) => format!("  - {line}"),
            (true, _) => format!("    {line}"),
        });
        std::iter::once(format!("{}:", field.name)).chain(indented).collect()
    }

    /// A place to fill in, with what may stand there.
    fn value(&mut self, field: &Field) -> String {
        self.stops += 1;
        let stop = self.stops;
        let options: Vec<&str> = match &field.field_type {
            FieldType::Choice(options) => options.iter().map(|option| option.id.as_str()).collect(),
            FieldType::YesNo => vec!["yes", "no"],
            FieldType::Reference(to) => {
                let register = self.rules.registers.get(to);
                register.into_iter().flat_map(|register| &register.terms).map(|term| term.id.as_str()).collect()
            }
            _ => Vec::new(),
        };
        if (1..=OFFERED).contains(&options.len()) {
            let options: Vec<String> = options.into_iter().map(choice).collect();
            return format!("${{{stop}|{}|}}", options.join(","));
        }
        format!("${{{stop}:{}}}", escaped(&sample(field)))
    }
}

/// The fields that a group must have, else the first.
fn needed(fields: &[Field]) -> Vec<&Field> {
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    if required.is_empty() { fields.first().into_iter().collect() } else { required }
}

/// An example of a field's value as YAML on one line.
fn sample(field: &Field) -> String {
    match &field.field_type {
        FieldType::Group(inner) => {
            let pair = |inner: &Field| format!("{}: {}", inner.name, listed(inner, sample(inner)));
            format!("{{{}}}", needed(inner).into_iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        _ => scalar(field.example.as_deref().unwrap_or_default()),
    }
}

fn listed(field: &Field, value: String) -> String {
    if field.many { format!("[{value}]") } else { value }
}

/// A text as YAML, in quotes where something in it means more than itself.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_alphanumeric() || c == '/')
        && !text.contains([',', '[', ']', '{', '}', '"', '\'', '\n'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':');
    if is_plain { text.to_owned() } else { Value::from(text).to_string() }
}

/// A text in which nothing is a place to fill in.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// A text among choices.
fn choice(text: &str) -> String {
    escaped(text).replace(',', "\\,").replace('|', "\\|")
}
