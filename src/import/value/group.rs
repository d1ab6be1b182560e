//! Groups: several fields in one text.

use super::{Misread, Reading, by_name, read, written::web_address};
use crate::{
    import::{known::Known, lists, text},
    model::Field,
};
use serde_yaml::{Mapping, Value};

/// The texts of several groups: parted by blank lines where one has several lines, else a line each.
pub(super) fn groups(tidy: &str) -> Vec<String> {
    let blocks: Vec<&str> = tidy.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).collect();
    if blocks.iter().any(|block| block.lines().count() > 1 && block.lines().all(|line| line.contains(": "))) {
        return blocks.into_iter().map(str::to_owned).collect();
    }
    lists::passages(tidy)
}

/// A group from `name: value` on lines of their own, or from values with upright strokes between, in the order of its
/// fields. Words alone are its first field.
pub(super) fn group(fields: &[Field], written: &str, known: &Known, misread: &mut Vec<Misread>) -> Option<Value> {
    let mut values = Mapping::new();
    let named: Vec<(&Field, &str)> = written.lines().filter_map(|line| named(fields, line)).collect();
    if !named.is_empty() && named.len() == written.lines().filter(|line| !line.trim().is_empty()).count() {
        for (field, text) in named {
            put(&mut values, field, read(field, text, known), misread);
        }
    } else {
        let mut left = fields.iter();
        let mut pieces: Vec<&str> = written.split(" | ").map(str::trim).filter(|piece| !piece.is_empty()).collect();
        if let Some((text, address)) = pieces.first().and_then(|first| link(first)) {
            pieces.splice(..1, [text, address]);
        }
        for piece in pieces {
            // A piece that can't be of the next field may be of one behind it: an address, a date.
            let rest = left.clone();
            let fitting = rest.clone().find(|field| !field.many && read(field, piece, known).misread.is_empty());
            let field = fitting.or_else(|| rest.clone().next());
            let Some(field) = field.filter(|field| !values.contains_key(field.name.as_str())) else {
                misread.push(Misread {
                    written: piece.to_owned(),
                    message: format!("“{piece}” has no field left that it could be of"),
                    help: format!("The fields are: {}.", labels(fields, known)),
                });
                continue;
            };
            put(&mut values, field, read(field, piece, known), misread);
            left = fields.iter();
            left.by_ref().find(|other| other.name == field.name);
        }
    }
    (!values.is_empty()).then_some(Value::Mapping(values))
}

/// The words and the address of a text that is one link in Markdown.
fn link(piece: &str) -> Option<(&str, &str)> {
    let (text, address) = piece.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    (!text.trim().is_empty() && web_address(address).is_some()).then_some((text, address))
}

fn labels(fields: &[Field], known: &Known) -> String {
    fields.iter().map(|field| field.label.get(&known.language)).collect::<Vec<_>>().join(", ")
}

fn put(values: &mut Mapping, field: &Field, reading: Reading, misread: &mut Vec<Misread>) {
    misread.extend(reading.misread);
    let Some(value) = reading.value else { return };
    let more = Mapping::from_iter([(Value::from(field.name.as_str()), value)]);
    for (_, left) in join(values, more) {
        misread.push(Misread {
            message: format!("“{left}” is one too many: “{}” has a value already", field.name),
            help: "Keep the one that is right.".to_owned(),
            written: left,
        });
    }
}

/// Gives a group the values that it has no others for. What is left over: the name of its field, and its words.
pub(crate) fn join(values: &mut Mapping, more: Mapping) -> Vec<(String, String)> {
    let mut left = Vec::new();
    for (name, value) in more {
        match values.get(&name) {
            None => {
                values.insert(name, value);
            }
            Some(known) if *known == value => {}
            Some(_) => left.push((words(&name), words(&value))),
        }
    }
    left
}

/// A value on one line, as front matter has it.
fn words(value: &Value) -> String {
    match value {
        Value::String(words) => text::one_line(words),
        value => serde_yaml::to_string(value).map(|text| text::one_line(&text)).unwrap_or_default(),
    }
}

/// The field that a line names, by its name or a label of it, and what stands behind the colon.
fn named<'a, 'b>(fields: &'a [Field], line: &'b str) -> Option<(&'a Field, &'b str)> {
    let line = line.trim().trim_start_matches("- ");
    let (name, value) = line.split_once(':')?;
    Some((by_name(fields, name)?, value.trim()))
}
