//! What could stand at the cursor: names of fields, terms, components, pages, files, headings.

use super::{
    Desk, Lines, Shelf,
    desk::Here,
    mentions::Page,
    protocol::{At, Range},
    spot::{self, Spot},
    words,
};
use crate::{
    front_matter,
    model::{Entry, Field, FieldType, Kind, Span, State},
};
use serde_json::{Value, json};

/// How many pages or files are offered at once: whoever types on sees others.
const MOST: usize = 200;

// What the protocol calls these (`CompletionItemKind`).
const FIELD: u8 = 5;
const VALUE: u8 = 12;
const OPTION: u8 = 20;
const SNIPPET: u8 = 15;
const FILE: u8 = 17;
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
    /// A whole page to fill in, where there is nothing yet.
    fn page(&mut self, desk: &Desk, shelf: &Shelf, kind: &Kind, range: Range) {
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
    fn key(
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

    fn values(&mut self, here: &Here<'_>, field: &Field, span: Span, others: &[String], lines: &Lines<'_>) {
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

    /// Pages, as a field names them: by their name in a folder, or by their path.
    fn pages_of_field(&mut self, here: &Here<'_>, to: &str, others: &[String], span: Span, range: Range) {
        let folder = here.shelf.theme.kind_of_folder(to).map(|_| format!("{to}/"));
        let written = |entry: &Entry| match &folder {
            Some(folder) => entry.id.strip_prefix(folder.as_str()).map(str::to_owned),
            None => entry.path().strip_prefix("content").map(str::to_owned),
        };
        let main = |entry: &&Entry| entry.language == here.shelf.config.language;
        let pages = here.shelf.entries.iter().map(|entry| &**entry).filter(main);
        let pages = pages.filter_map(|entry| Some((written(entry)?, entry)));
        let pages = pages.filter(|(text, entry)| !others.contains(text) && entry.path() != here.path);
        self.pages(here, pages.collect(), typed(here, span), range);
    }

    /// Pages or files and headings that a link may lead to.
    fn links(&mut self, here: &Here<'_>, span: Span, is_image: bool, lines: &Lines<'_>) {
        let written = typed(here, span);
        if let Some((path, _)) = written.split_once('#') {
            let start = Span::new(span.start + path.len() + 1, span.end);
            return self.anchors(here, path, lines.range(start));
        }
        let range = lines.range(span);
        if !is_image {
            let pages = here.shelf.entries.iter().filter(|entry| entry.path() != here.path);
            let pages = pages.map(|entry| (relative(&here.path, entry.path(), written), &**entry));
            self.pages(here, pages.collect(), written, range);
        }
        self.files(here, span, range, is_image);
    }

    fn pages(&mut self, here: &Here<'_>, pages: Vec<(String, &Entry)>, written: &str, range: Range) {
        let wanted = written.trim_start_matches(['.', '/']).to_lowercase();
        let fits = |text: &str, entry: &Entry| {
            wanted.is_empty() || text.to_lowercase().contains(&wanted) || entry.title.to_lowercase().contains(&wanted)
        };
        let mut found = pages.into_iter().filter(|(text, entry)| fits(text, entry));
        for (text, entry) in found.by_ref().take(MOST) {
            let about = words::of_entry(here.shelf, entry);
            let near = usize::from(folder(entry.path()) != folder(&here.path));
            self.items.push(json!({
                "label": entry.title,
                "labelDetails": { "description": text },
                "kind": REFERENCE,
                "detail": format!("{}{}", entry.kind.label.get(&here.shelf.config.language), state(entry)),
                "documentation": markdown(about),
                "filterText": format!("{written} {text} {}", entry.title),
                "sortText": format!("{near}{}", entry.title.to_lowercase()),
                "textEdit": { "range": range, "newText": text },
            }));
        }
        self.is_cut |= found.next().is_some() || !wanted.is_empty();
    }

    fn files(&mut self, here: &Here<'_>, span: Span, range: Range, is_image: bool) {
        let written = typed(here, span);
        let wanted = written.trim_start_matches(['.', '/']).to_lowercase();
        let is_picture = |path: &str| {
            let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
            ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"].contains(&ending.as_str())
        };
        let files = here.shelf.assets.iter().filter(|asset| !is_image || is_picture(&asset.path));
        let mut files = files.filter(|asset| wanted.is_empty() || asset.path.to_lowercase().contains(&wanted));
        for asset in files.by_ref().take(MOST) {
            let text = relative(&here.path, &asset.path, written);
            let near = usize::from(folder(&asset.path) != folder(&here.path)) + 2;
            self.items.push(json!({
                "label": text,
                "kind": FILE,
                "detail": words::of_file(asset),
                "filterText": format!("{written} {text}"),
                "sortText": format!("{near}{text}"),
                "textEdit": { "range": range, "newText": text },
            }));
        }
        self.is_cut |= files.next().is_some();
    }

    /// The headings of a page, this one as it is now.
    fn anchors(&mut self, here: &Here<'_>, path: &str, range: Range) {
        let own = || Page::read(here.shelf, &here.path, &here.text).map(|page| page.texts);
        let other = || match here.shelf.linked(&here.path, path) {
            Some(super::Found::Entry(index, _)) => here.shelf.entries.get(index).map(|entry| entry.texts.clone()),
            _ => None,
        };
        let texts = if path.is_empty() { own() } else { other() }.unwrap_or_default();
        let headings = texts.iter().flat_map(|text| &text.headings);
        for (place, heading) in headings.enumerate() {
            self.value(&heading.id, &heading.text, None, REFERENCE, place, range);
        }
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

/// The words for a page that is not simply there to read.
fn state(entry: &Entry) -> String {
    match entry.state {
        State::Current | State::ReviewDue => String::new(),
        state => format!(", {}", state.name()),
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as a page names it: from `content/` where that is how it was begun, else from its own folder.
pub(super) fn relative(from: &str, to: &str, begun: &str) -> String {
    let inside = to.strip_prefix("content").unwrap_or(to);
    if begun.starts_with('/') {
        return inside.to_owned();
    }
    let own: Vec<&str> = folder(from).split('/').collect();
    let other: Vec<&str> = to.split('/').collect();
    let most = own.len().min(other.len().saturating_sub(1));
    let same = own.iter().zip(&other).take(most).take_while(|(own, other)| own == other).count();
    let up = std::iter::repeat_n("..", own.len() - same);
    up.chain(other.into_iter().skip(same)).collect::<Vec<_>>().join("/")
}
