//! What could stand at the cursor: names of fields, terms, components, pages, files, headings.

mod fields;
mod pages;

pub(super) use pages::relative;

use super::{
    Desk, Lines, Shelf,
    desk::Here,
    protocol::{At, Range},
    spot::{self, Spot},
    words,
};
use crate::model::Span;
use serde_json::{Value, json};

/// How many pages or files are offered at once: whoever types on sees others.
const MOST: usize = 200;

// What the protocol calls these (`CompletionItemKind`).
const VALUE: u8 = 12;
const OPTION: u8 = 20;
const SNIPPET: u8 = 15;
const REFERENCE: u8 = 18;

/// What is offered.
#[derive(Default)]
struct Offers {
    items: Vec<Value>,
    /// True where not all is offered that there is.
    is_cut: bool,
}

/// What could stand at a place.
pub(super) fn complete(desk: &Desk, at: &At) -> Option<Value> {
    let here = desk.here(at)?;
    let kind = here.shelf.kind(&here.path, spot::named_kind(&here.text))?.clone();
    let lines = Lines::new(&here.text, desk.client.units);
    let mut offers = Offers::default();
    if here.text.trim().is_empty() {
        offers.page(desk, here.shelf, &kind, lines.whole());
    }
    match spot::spot(&here.text, here.offset, &kind, &here.shelf.theme) {
        Spot::Key { among, span, beside, has_colon } => {
            let range = lines.range(span);
            for (place, field) in among.iter().enumerate().filter(|(_, field)| !beside.contains(&field.name)) {
                let indent = lines.position(span.start).character as usize;
                offers.key(desk, here.shelf, field, place, range, has_colon, indent);
            }
        }
        Spot::Value { field, span, others } => offers.values(&here, field, span, &others, &lines),
        Spot::Component(span) => offers.components(here.shelf, &lines, span),
        Spot::Link { span, is_image } => offers.links(&here, span, is_image, &lines),
        Spot::Words => {}
    }
    Some(json!({ "isIncomplete": offers.is_cut, "items": offers.items }))
}

impl Offers {
    fn value(&mut self, id: &str, label: &str, about: Option<String>, kind: u8, place: usize, range: Range) {
        self.items.push(json!({
            "label": id,
            "kind": kind,
            "detail": label,
            "documentation": about.map(markdown),
            "filterText": format!("{id} {label}"),
            "sortText": format!("{place:05}"),
            "textEdit": { "range": range, "newText": id },
        }));
    }

    fn components(&mut self, shelf: &Shelf, lines: &Lines<'_>, span: Span) {
        let (range, language) = (lines.range(span), &shelf.config.language);
        for (place, component) in shelf.theme.components.values().enumerate() {
            let about = words::of_component(shelf, component);
            self.value(&component.name, component.label.get(language), Some(about), SNIPPET, place, range);
        }
    }
}

/// What is written between the start of a span and the cursor.
fn typed<'a>(here: &'a Here<'_>, span: Span) -> &'a str {
    here.text.get(span.start..here.offset).unwrap_or_default()
}

fn markdown(value: String) -> Value {
    json!({ "kind": "markdown", "value": value })
}
