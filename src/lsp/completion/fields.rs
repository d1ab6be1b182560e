//! Fields, and what could stand in them.

use super::{OPTION, Offers, SNIPPET, VALUE, markdown};
use crate::{
    front_matter,
    lsp::{Desk, Lines, Shelf, desk::Here, protocol::Range, words},
    model::{Field, FieldType, Kind, Span},
};
use serde_json::json;

/// What the protocol calls the name of a field (`CompletionItemKind`).
const FIELD: u8 = 5;

impl Offers {
    /// A whole page to fill in, where there is nothing yet.
    pub(super) fn page(&mut self, desk: &Desk, shelf: &Shelf, kind: &Kind, range: Range) {
        let label = kind.label.get(&shelf.config.language);
        let mut text = "---\n".to_owned();
        let first = ["title", "summary", "status"];
        let wanted = |field: &&Field| field.required || first.contains(&field.name.as_str());
        let names = front_matter::order(&kind.fields);
        for (place, field) in names.iter().filter_map(|name| kind.field(name)).filter(wanted).enumerate() {
            let (line, _) = started(field, desk.client.snippets, 0);
            let value = match &field.field_type {
                _ if field.name == "status" => "draft".to_owned(),
                _ if !desk.client.snippets || line.contains("$0") => String::new(),
                _ => format!("${{{}}}", place + 1),
            };
            text += &format!("{}{value}\n", line.replace("$0", &format!("${{{}}}", place + 1)));
        }
        text += if desk.client.snippets { "---\n\n$0\n" } else { "---\n\n" };
        self.items.push(json!({
            "label": format!("New page: {label}"),
            "kind": SNIPPET,
            "detail": kind.description.get(&shelf.config.language),
            "filterText": "---",
            "insertTextFormat": if desk.client.snippets { 2 } else { 1 },
            "textEdit": { "range": range, "newText": text },
        }));
    }

    #[allow(clippy::too_many_arguments, reason = "one place in the text, taken apart")]
    pub(super) fn key(
        &mut self,
        desk: &Desk,
        shelf: &Shelf,
        field: &Field,
        place: usize,
        range: Range,
        has_colon: bool,
        indent: usize,
    ) {
        let language = &shelf.config.language;
        let (text, is_snippet) = match has_colon {
            true => (field.name.clone(), false),
            false => started(field, desk.client.snippets, indent),
        };
        let required = if field.required { ", required" } else { "" };
        self.items.push(json!({
            "label": field.name,
            "kind": FIELD,
            "detail": format!("{}{required}", field.label.get(language)),
            "documentation": markdown(words::of_field(shelf, field)),
            "sortText": format!("{}{place:03}", u8::from(!field.required)),
            "insertTextFormat": if is_snippet { 2 } else { 1 },
            "textEdit": { "range": range, "newText": text },
        }));
    }

    pub(super) fn values(&mut self, here: &Here<'_>, field: &Field, span: Span, others: &[String], lines: &Lines<'_>) {
        let shelf = here.shelf;
        let (range, language) = (lines.range(span), &shelf.config.language);
        let is_other = |id: &str| others.iter().any(|other| other == id);
        match &field.field_type {
            FieldType::Choice(options) => {
                for (place, option) in options.iter().enumerate().filter(|(_, option)| !is_other(&option.id)) {
                    self.value(&option.id, option.label.get(language), None, OPTION, place, range);
                }
            }
            FieldType::YesNo => {
                for (place, word) in ["yes", "no"].into_iter().enumerate() {
                    self.value(word, "", None, VALUE, place, range);
                }
            }
            FieldType::Date { .. } => {
                let today = shelf.config.now.date().to_string();
                self.value(&today, "today", None, VALUE, 0, range);
            }
            FieldType::Reference(to) => match shelf.registers.get(to) {
                Some(register) => {
                    let terms = register.terms.iter().enumerate().filter(|(_, term)| !is_other(&term.id));
                    for (place, term) in terms {
                        let about = words::of_term(shelf, term);
                        self.value(&term.id, term.labels.get(language), Some(about), OPTION, place, range);
                    }
                }
                None => self.pages_of_field(here, to, others, span, range),
            },
            FieldType::Image | FieldType::File => {
                self.files(here, span, range, matches!(field.field_type, FieldType::Image));
            }
            _ if field.name == "kind" => {
                for (place, kind) in shelf.theme.kinds.iter().enumerate() {
                    let about = kind.description.get(language).to_owned();
                    self.value(&kind.name, kind.label.get(language), Some(about), OPTION, place, range);
                }
            }
            _ => {}
        }
    }
}

/// The field with what follows its name, and whether that has places to fill in.
fn started(field: &Field, snippets: bool, indent: usize) -> (String, bool) {
    let name = &field.name;
    let inner = " ".repeat(indent + 2);
    let is_list = field.many && matches!(field.field_type, FieldType::Choice(_) | FieldType::Reference(_));
    match &field.field_type {
        _ if is_list && snippets => (format!("{name}: [$0]"), true),
        FieldType::Group(_) if field.many => (format!("{name}:\n{inner}- "), false),
        FieldType::Group(_) => (format!("{name}:\n{inner}"), false),
        FieldType::Markdown if !field.many => (format!("{name}: |\n{inner}"), false),
        _ if field.many => (format!("{name}:\n{inner}- "), false),
        _ => (format!("{name}: "), false),
    }
}
