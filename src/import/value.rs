//! A text as a person wrote it, to the value of a field.

mod group;
mod several;
mod written;

use super::{
    dates,
    known::Known,
    lists,
    terms::{self, Near},
    text,
};
use crate::model::{Field, FieldType, PartialDate, folded};
pub(super) use group::join;
use group::{group, groups};
use serde_yaml::Value;
use several::several;
use written::{number, web_address, yes_no};

/// What a text was read as.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The value, as front matter has it; `None` where the text says nothing, or nothing that could be understood.
    pub value: Option<Value>,
    /// The parts that could not be understood.
    pub misread: Vec<Misread>,
}

/// A piece of text that is no value of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The piece, as it was written.
    pub written: String,
    /// What is wrong with it, one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Reads a text as a value of a field, or as several where the field takes many.
pub fn read(field: &Field, written: &str, known: &Known) -> Reading {
    let mut reading = Reading::default();
    let tidy = text::tidy(written);
    if says_nothing(field, &tidy, known) {
        return reading;
    }
    if let Some(value) = as_yaml(field, &tidy) {
        reading.value = Some(value);
        return reading;
    }
    if !field.many {
        reading.value = one(field, &tidy, known, &mut reading.misread);
        return reading;
    }
    let items = match &field.field_type {
        FieldType::Markdown => lists::passages(&tidy),
        FieldType::Group(_) => groups(&tidy),
        _ => lists::items(&tidy),
    };
    let mut values = Vec::new();
    for item in items {
        match &field.field_type {
            // The commas of a sentence part nothing.
            FieldType::Text { .. } | FieldType::Markdown | FieldType::Group(_) => {
                values.extend(one(field, &item, known, &mut reading.misread));
            }
            _ => several(field, &item, known, &mut values, &mut reading.misread),
        }
    }
    let mut seen = Vec::new();
    values.retain(|value| {
        !seen.contains(value) && {
            seen.push(value.clone());
            true
        }
    });
    reading.value = (!values.is_empty()).then_some(Value::Sequence(values));
    reading
}

/// True for a blank, and for the words of people and forms that stand for one.
fn says_nothing(field: &Field, tidy: &str, known: &Known) -> bool {
    let words = tidy.trim_matches(['_', '*', ' ']).to_lowercase();
    if words.is_empty() || words == "no response" {
        return true;
    }
    // Words alone, such as a title, may be “Unknown”.
    let is_open = matches!(field.field_type, FieldType::Text { .. } | FieldType::Markdown | FieldType::YesNo);
    let idle = ["n/a", "none", "-", "–", "—"];
    let vague = ["na", "nil", "not applicable", "not known", "unknown", "tbc", "?"];
    let is_idle = idle.contains(&words.as_str()) || !is_open && vague.contains(&words.as_str());
    is_idle && terms::find(field, tidy, known).is_err()
}

/// A value that is given as YAML in brackets.
fn as_yaml(field: &Field, tidy: &str) -> Option<Value> {
    let is_group = matches!(field.field_type, FieldType::Group(_));
    let bracketed = tidy.starts_with('[') && tidy.ends_with(']') && (field.many || is_group)
        || tidy.starts_with('{') && tidy.ends_with('}') && is_group;
    let value: Value = bracketed.then(|| serde_yaml::from_str(tidy).ok())??;
    match &value {
        Value::Sequence(items) if is_group => items.iter().all(Value::is_mapping).then_some(value),
        Value::Sequence(items) => items.iter().all(|item| !item.is_mapping() && !item.is_sequence()).then_some(value),
        Value::Mapping(_) => Some(value),
        _ => None,
    }
}

/// One value.
fn one(field: &Field, written: &str, known: &Known, misread: &mut Vec<Misread>) -> Option<Value> {
    let line = text::one_line(written);
    let mut refuse = |message: String, help: String| {
        misread.push(Misread { written: written.trim().to_owned(), message, help });
        None
    };
    match &field.field_type {
        FieldType::Text { .. } => Some(Value::from(written.trim())),
        FieldType::Markdown if field.many => Some(Value::from(written.trim())),
        FieldType::Markdown => Some(Value::from(format!("{}\n", written.trim_end()))),
        FieldType::Image | FieldType::File => Some(Value::from(line)),
        FieldType::Date { partial } => match dates::date(&line) {
            Some(date) if *partial || date.len() == 10 => Some(date_value(&date)),
            Some(_) => refuse(
                format!("“{line}” has no day"),
                "Write the whole date, such as 21 November 2027 or 2027-11-21.".to_owned(),
            ),
            None => {
                let (trouble, help) = dates::trouble(&line);
                refuse(format!("“{line}” {trouble}"), help)
            }
        },
        FieldType::DateTime => match dates::moment(&line) {
            Some(moment) => Some(Value::from(moment)),
            None => refuse(
                format!("“{line}” is not a day and a time"),
                "Write both, such as 25 October 2027 09:00 or 2027-10-25T09:00.".to_owned(),
            ),
        },
        FieldType::Number { .. } => match number(&line) {
            Some(number) => Some(number),
            None => refuse(format!("“{line}” is not a number"), written::figures_alone(&line)),
        },
        FieldType::YesNo => match yes_no(&line) {
            Some(yes) => Some(Value::from(if yes { "yes" } else { "no" })),
            None => refuse(format!("“{line}” is neither yes nor no"), "Write yes or no.".to_owned()),
        },
        FieldType::Choice(_) | FieldType::Reference(_) => match terms::find(field, &line, known) {
            Ok(id) => Some(Value::from(id)),
            Err(near) => refuse(stranger(field, &line, known), meant(field, near, known)),
        },
        FieldType::Url => match web_address(&line) {
            Some(url) => Some(Value::from(url)),
            None => {
                refuse(format!("“{line}” is not a web address"), "Give the whole address, with https://.".to_owned())
            }
        },
        FieldType::Email => Some(Value::from(line.strip_prefix("mailto:").unwrap_or(&line))),
        FieldType::Group(fields) => group(fields, written, known, misread),
    }
}

/// What is wrong with a name that nothing goes by.
fn stranger(field: &Field, line: &str, known: &Known) -> String {
    match &field.field_type {
        FieldType::Reference(target) if known.registers.contains_key(target) => {
            format!("“{line}” is not in the list of {target}")
        }
        FieldType::Reference(target) => match known.theme.kind_of_folder(target) {
            Some(kind) => format!("There is no {} called “{line}”", kind.name),
            None => format!("There is no page called “{line}”"),
        },
        _ => format!("“{line}” is none of the choices for “{}”", field.label.get(&known.language)),
    }
}

fn meant(field: &Field, near: Option<Near>, known: &Known) -> String {
    match (near, &field.field_type) {
        (Some(near), _) if near.id == near.label => format!("Did you mean `{}`?", near.id),
        (Some(near), _) => format!("Did you mean {} (`{}`)?", near.label, near.id),
        (None, FieldType::Choice(options)) => {
            let labels: Vec<_> = options.iter().map(|option| option.label.get(&known.language)).collect();
            format!("Choose one of: {}.", labels.join(", "))
        }
        (None, FieldType::Reference(target)) => match known.registers.get(target) {
            Some(register) => format!("{} lists those that there are.", register.path),
            None => "Name a page by its title, its file or its address.".to_owned(),
        },
        _ => String::new(),
    }
}

/// A year alone is a number in YAML.
fn date_value(date: &str) -> Value {
    match date.parse::<u64>() {
        Ok(year) if PartialDate::parse(date).is_some() => Value::from(year),
        _ => Value::from(date),
    }
}

/// The field that goes by a name: its own, or one that readers see.
pub fn by_name<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    let wanted = folded(name);
    let exactly = fields.iter().find(|field| field.name == name.trim());
    let called = |wanted: &str, field: &&Field| {
        folded(&field.name) == wanted || field.label.all().any(|label| folded(label) == wanted)
    };
    // One council is among the councils.
    let plural = format!("{wanted}s");
    let any = || fields.iter().find(|field| called(&wanted, field));
    let many = || fields.iter().find(|field| field.many && called(&plural, field));
    exactly.or_else(|| any().or_else(many).filter(|_| !wanted.is_empty()))
}

/// What readers see for the parts of a way such as `ages: from`.
pub fn labels<'a>(fields: &'a [Field], way: &'a str, language: &str) -> Vec<&'a str> {
    let mut fields = fields;
    let mut labels = Vec::new();
    for name in way.split(": ") {
        let found = fields.iter().find(|field| field.name == name);
        labels.push(found.map_or(name, |field| field.label.get(language)));
        fields = match found.map(|field| &field.field_type) {
            Some(FieldType::Group(inner)) => inner,
            _ => &[],
        };
    }
    labels
}

#[cfg(test)]
mod tests;
