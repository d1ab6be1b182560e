//! Values to the front matter of a page, in one style: what `new` and every import write, and what `fmt` keeps to.
//!
//! The style is that of people who write such files by hand: facts above, lists of groups below them, long texts last,
//! each in the order of the kind; short lists in square brackets, texts of several lines as blocks, and quotation marks
//! only where YAML would take a text for something else.

mod format;
mod node;
mod order;
mod scalar;
mod write;

#[cfg(test)]
mod tests;

pub use format::{Left, format};

use crate::model::{Field, Kind};
use node::Node;
use serde_yaml::Mapping;

/// The text of a page: its front matter, and its body below.
pub fn page(kind: &Kind, fields: &Mapping, body: &str) -> String {
    page_with_notes(kind, fields, &[], body)
}

/// The text of a page whose front matter ends with notes for whoever edits it, which no reader sees.
pub fn page_with_notes(kind: &Kind, fields: &Mapping, notes: &[String], body: &str) -> String {
    let mut text = format!("---\n{}", yaml(&kind.fields, fields));
    for line in notes.iter().flat_map(|note| note.lines()) {
        text.push_str(format!("# {}", scalar::without_controls(line)).trim_end());
        text.push('\n');
    }
    text.push_str("---\n");
    let body = body.trim_matches(['\n', '\r']);
    if !body.trim().is_empty() {
        text.extend(["\n", &alone(body.trim_end()), "\n"]);
    }
    text
}

/// A body that nobody takes for a second front matter: a fourth hyphen in its first line `---` changes nothing for
/// Markdown, where that line is a rule or marks the one above as a heading.
fn alone(body: &str) -> String {
    const FENCE: &str = "---";
    let lines = body.lines().take_while(|line| !line.trim().is_empty());
    let is_front = lines.clone().next().is_some_and(|first| first.trim_end() == FENCE || first.contains(':'));
    let fence = lines.clone().position(|line| line.trim_end() == FENCE).filter(|_| is_front);
    match fence {
        Some(fence) => {
            let longer = |(at, line)| if at == fence { "----" } else { line };
            body.lines().enumerate().map(longer).collect::<Vec<_>>().join("\n")
        }
        None => body.to_owned(),
    }
}

/// The names of fields in the order in which they are written.
pub fn order(fields: &[Field]) -> Vec<&str> {
    let mut names: Vec<&String> = fields.iter().map(|field| &field.name).collect();
    order::sort(fields, &mut names, |name| name);
    names.into_iter().map(String::as_str).collect()
}

/// The YAML of values of these fields, one after the other; what belongs to none of them stands last.
pub fn yaml(fields: &[Field], values: &Mapping) -> String {
    let mut entries: Vec<(String, Node)> = Vec::new();
    for (key, value) in values {
        entries.push((node::name(key), Node::of(value)));
    }
    order::sort(fields, &mut entries, |(key, _)| key);
    entries.iter().map(|(key, node)| write::entry(key, node, fields.iter().find(|field| field.name == *key))).collect()
}
