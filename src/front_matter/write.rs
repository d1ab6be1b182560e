//! Keys with their values, line by line.

use super::{
    node::Node,
    order,
    scalar::{self, Place},
};
use crate::model::{Field, FieldType, PartialDate};

/// How long a line with a list in square brackets may get, in characters.
const WIDEST: usize = 120;

/// A key and its value on lines of their own.
pub(super) fn entry(key: &str, node: &Node, field: Option<&Field>) -> String {
    let mut text = String::new();
    pair(key, node, field, 0, &mut text);
    text
}

/// Writes a key at so many blanks, and its value. What stands before the key on its line is there already.
fn pair(key: &str, node: &Node, field: Option<&Field>, indent: usize, text: &mut String) {
    text.push_str(&scalar::text(key, Place::Brackets));
    text.push(':');
    value(node, field, indent, text);
}

/// Writes a value behind a key that stands at so many blanks.
fn value(node: &Node, field: Option<&Field>, indent: usize, text: &mut String) {
    match node {
        Node::Nothing => text.push('\n'),
        Node::List(items) => match in_brackets(items, field).filter(|list| fits(text, list)) {
            Some(list) => text.extend([" ", &list, "\n"]),
            None => {
                text.push('\n');
                for item in items {
                    blanks(indent + 2, text);
                    text.push('-');
                    listed(item, field, indent + 2, text);
                }
            }
        },
        Node::Group(entries) if entries.is_empty() => text.push_str(" {}\n"),
        Node::Group(entries) => {
            text.push('\n');
            group(entries, field, indent + 2, true, text);
        }
        single => text.extend([" ", &plain(single, field, Place::Block(indent + 2)), "\n"]),
    }
}

/// Writes an item behind its hyphen, which stands at so many blanks.
fn listed(item: &Node, field: Option<&Field>, indent: usize, text: &mut String) {
    match item {
        Node::Group(entries) if !entries.is_empty() => {
            text.push(' ');
            group(entries, field, indent + 2, false, text);
        }
        other => value(other, field, indent, text),
    }
}

fn group(entries: &[(String, Node)], field: Option<&Field>, indent: usize, mut on_new_line: bool, text: &mut String) {
    let fields = match field.map(|field| &field.field_type) {
        Some(FieldType::Group(fields)) => fields.as_slice(),
        _ => &[],
    };
    for (key, node) in order::within(fields, entries) {
        if on_new_line {
            blanks(indent, text);
        }
        on_new_line = true;
        pair(key, node, fields.iter().find(|field| field.name == *key), indent, text);
    }
}

/// A list on one line, where what it holds is short by nature.
fn in_brackets(items: &[Node], field: Option<&Field>) -> Option<String> {
    if items.is_empty() {
        return Some("[]".to_owned());
    }
    let is_short = field.is_none_or(|field| {
        !matches!(
            field.field_type,
            FieldType::Text { .. }
                | FieldType::Markdown
                | FieldType::Group(_)
                | FieldType::Url
                | FieldType::Email
                | FieldType::Image
                | FieldType::File
        )
    });
    let is_one_line = |node: &Node| match node {
        Node::Plain(_) => true,
        Node::Text(text) => field.is_some() || scalar::is_plain(text, Place::Brackets),
        _ => false,
    };
    let all = is_short && items.iter().all(is_one_line);
    all.then(|| {
        let items: Vec<String> = items.iter().map(|item| plain(item, field, Place::Brackets)).collect();
        format!("[{}]", items.join(", "))
    })
}

fn fits(text: &str, list: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.chars().count() + 1 + list.chars().count() <= WIDEST
}

fn blanks(count: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', count));
}

/// A single value in the style of its field's type.
fn plain(node: &Node, field: Option<&Field>, place: Place) -> String {
    let (written, is_text) = match node {
        Node::Text(text) => (text.as_str(), true),
        Node::Plain(written) => (written.as_str(), false),
        _ => return String::new(),
    };
    let usual = match field.map(|field| &field.field_type) {
        Some(FieldType::YesNo) => match written.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" => Some("yes".to_owned()),
            "no" | "false" => Some("no".to_owned()),
            _ => None,
        },
        Some(FieldType::Date { .. }) => PartialDate::parse(written.trim()).map(|_| written.trim().to_owned()),
        Some(FieldType::DateTime) => moment(written.trim()),
        // Where a kind asks for a text, what YAML takes for a number is the text that it is written as.
        Some(FieldType::Number { .. }) | None if !is_text => Some(written.to_owned()),
        _ => None,
    };
    usual.unwrap_or_else(|| scalar::text(written, place))
}

/// A day, a T and a time, where that is what is written.
fn moment(written: &str) -> Option<String> {
    let written = written.replacen(' ', "T", 1);
    let is_moment = written.parse::<jiff::civil::DateTime>().is_ok() || written.parse::<jiff::Timestamp>().is_ok();
    let plain = written.bytes().all(|byte| byte.is_ascii_digit() || b"-:T.Z+".contains(&byte));
    (is_moment && plain && written.starts_with(|c: char| c.is_ascii_digit())).then_some(written)
}
