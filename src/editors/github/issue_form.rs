//! The form of a kind, as GitHub's form schema has it.
//!
//! GitHub puts each answer under its label as a heading of the third rank, `_No response_` where there is none, and
//! choices as their labels with commas between. So no choice with a comma in it stands among several, but as a box to
//! tick of its own.

use crate::{
    editors::{
        Rules,
        form::{Question, help, joined, options, questions, sample},
    },
    model::{FieldType, Kind},
};
use serde_json::{Map, Value, json};

/// How many options a list to choose from has: from a longer one nobody chooses, so the name is written instead.
const CHOICES: usize = 100;
/// How many boxes there are to tick: more are a list to choose from.
const BOXES: usize = 12;
/// From how many characters on a text has several lines to be written in.
const LONG: usize = 100;

/// The form as data.
pub(super) fn form(rules: Rules<'_>, kind: &Kind) -> Value {
    let language = rules.language();
    let label = kind.label.get(language);
    let mut body = vec![
        json!({ "type": "markdown", "attributes": { "value": rules.words("introduction", &[]) } }),
        json!({
            "type": "dropdown",
            "id": "casebook-kind",
            "attributes": {
                "label": rules.words("kind", &[]),
                "description": rules.words("kind_help", &[]),
                "options": [label],
                "default": 0,
            },
            "validations": { "required": true },
        }),
    ];
    body.extend(questions(rules, kind).iter().map(|question| element(rules, question)));
    body.push(json!({
        "type": "textarea",
        "id": "casebook-text",
        "attributes": { "label": rules.words("text", &[]), "description": rules.words("text_help", &[]) },
    }));
    json!({
        "name": label,
        "description": or(kind.description.get(language), label),
        "title": format!("{label}: "),
        "body": body,
    })
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.trim().is_empty() { other } else { text }
}

fn element(rules: Rules<'_>, question: &Question<'_>) -> Value {
    let field = question.field;
    let mut help = help(rules, field);
    let labels = options(rules, field).map(|options| options.into_iter().map(|(_, label)| label).collect::<Vec<_>>());
    let labels = labels.filter(|labels| !labels.is_empty());
    let mut attributes = Map::from_iter([("label".to_owned(), Value::from(question.heading.as_str()))]);
    let mut placeholder = field.example.clone();
    let shape = match labels {
        Some(labels) if field.many && labels.len() <= BOXES && !question.is_required() => {
            let boxes: Value = labels.iter().map(|label| json!({ "label": label })).collect();
            attributes.insert("options".into(), boxes);
            "checkboxes"
        }
        Some(labels) if labels.len() <= CHOICES && !(field.many && labels.iter().any(|label| label.contains(','))) => {
            if field.many {
                attributes.insert("multiple".into(), true.into());
            }
            attributes.insert("options".into(), labels.into());
            "dropdown"
        }
        _ if field.many => {
            let FieldType::Group(inner) = &field.field_type else {
                help = joined(&help, &rules.words("one_a_line", &[]));
                placeholder = None;
                return finished(question, "textarea", attributes, help, placeholder);
            };
            help = joined(&help, &rules.words("group_help", &[]));
            placeholder = Some(sample(rules, inner));
            "textarea"
        }
        _ => match &field.field_type {
            FieldType::Markdown => "textarea",
            FieldType::Text { max_length: Some(length) } if *length >= LONG => "textarea",
            FieldType::Group(inner) => {
                placeholder = Some(sample(rules, inner));
                "textarea"
            }
            _ => "input",
        },
    };
    finished(question, shape, attributes, help, placeholder)
}

fn finished(
    question: &Question<'_>,
    shape: &str,
    mut attributes: Map<String, Value>,
    help: String,
    placeholder: Option<String>,
) -> Value {
    if !help.trim().is_empty() {
        attributes.insert("description".into(), help.into());
    }
    let written = matches!(shape, "input" | "textarea");
    if let Some(placeholder) = placeholder.filter(|text| written && !text.trim().is_empty()) {
        attributes.insert("placeholder".into(), placeholder.into());
    }
    let mut element = json!({ "type": shape, "id": question.id(), "attributes": attributes });
    if let (Some(element), true) = (element.as_object_mut(), question.is_required()) {
        element.insert("validations".into(), json!({ "required": true }));
    }
    element
}
