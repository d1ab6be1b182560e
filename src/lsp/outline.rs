//! The headings of a page, and the pages of the library by their titles.

use super::{
    Desk, Lines, Shelf,
    mentions::Page,
    protocol::{Query, Range, Whole},
};
use crate::model::{Entry, Span};
use serde_json::{Value, json};

/// How many pages are named at once.
const MOST: usize = 200;

// What the protocol calls these (`SymbolKind`).
const FILE: u8 = 1;
const STRING: u8 = 15;
const KEY: u8 = 20;

/// A heading with what lies below it.
struct Node {
    name: String,
    level: u8,
    span: Span,
    own: Span,
    kind: u8,
    inside: Vec<Node>,
}

/// The outline of a page: its fields that are Markdown, and the headings in them and in the body.
pub(super) fn outline(desk: &Desk, whole: &Whole) -> Option<Value> {
    let (path, text) = desk.file(&whole.text_document)?;
    let shelf = desk.shelf.as_deref()?;
    let page = Page::read(shelf, &path, &text)?;
    let lines = Lines::new(&text, desk.client.units);
    let mut roots: Vec<Node> = Vec::new();
    for part in &page.texts {
        let places = part.headings.iter().map(|heading| (page.place(part, heading.span), heading));
        let mut open: Vec<Node> = Vec::new();
        if let Some((name, span)) = page.field_of(part, shelf) {
            open.push(Node { name, level: 0, span, own: span, kind: KEY, inside: Vec::new() });
        }
        let end = open.first().map_or(text.len(), |field| field.span.end);
        for (span, heading) in places {
            close(&mut open, &mut roots, heading.level, span.start);
            let (name, level) = (heading.text.clone(), heading.level);
            open.push(Node {
                name,
                level,
                span: Span::new(span.start, end.max(span.end)),
                own: span,
                kind: STRING,
                inside: Vec::new(),
            });
        }
        close(&mut open, &mut roots, 0, end);
        close(&mut open, &mut roots, 0, end);
    }
    Some(roots.iter().map(|node| symbol(node, &lines)).collect())
}

/// Closes the headings of this level and below; 0 closes all.
fn close(open: &mut Vec<Node>, roots: &mut Vec<Node>, level: u8, end: usize) {
    while open.last().is_some_and(|node| level == 0 || node.level >= level) {
        let Some(mut node) = open.pop() else { return };
        node.span.end = end.max(node.own.end);
        match open.last_mut() {
            Some(above) => above.inside.push(node),
            None => roots.push(node),
        }
    }
}

fn symbol(node: &Node, lines: &Lines<'_>) -> Value {
    let name = if node.name.is_empty() { "…" } else { &node.name };
    json!({
        "name": name,
        "kind": node.kind,
        "range": lines.range(node.span),
        "selectionRange": lines.range(node.own),
        "children": node.inside.iter().map(|node| symbol(node, lines)).collect::<Vec<_>>(),
    })
}

/// The pages whose titles have all of these words.
pub(super) fn pages(desk: &Desk, query: &Query) -> Option<Value> {
    let shelf: &Shelf = desk.shelf.as_deref()?;
    let wanted = query.query.to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let fits = |entry: &&std::sync::Arc<Entry>| {
        let title = entry.title.to_lowercase();
        words.iter().all(|word| title.contains(word) || entry.path().contains(word))
    };
    let symbol = |entry: &std::sync::Arc<Entry>| {
        let location = json!({ "uri": desk.uri(entry.path())?, "range": Range::default() });
        let kind = entry.kind.label.get(&shelf.config.language);
        Some(json!({ "name": entry.title, "kind": FILE, "location": location, "containerName": kind }))
    };
    Some(shelf.entries.iter().filter(fits).take(MOST).filter_map(symbol).collect())
}
