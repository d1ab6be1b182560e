//! A text as a person wrote it, to the value of a field.

use super::{
    dates,
    known::Known,
    lists,
    terms::{self, Near},
    text,
};
use crate::model::{Field, FieldType, PartialDate, folded};
use serde_yaml::{Mapping, Value};

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

/// One item of a list that commas and words may part: `Luton, Kent and Bristol, City of`. A name may have a comma or an
/// “and” itself, so the longest that is one counts.
fn several(field: &Field, item: &str, known: &Known, values: &mut Vec<Value>, misread: &mut Vec<Misread>) {
    let pieces = pieces(item);
    let part = |from: usize, to: usize| {
        let (first, last) = (pieces.get(from)?, pieces.get(to.checked_sub(1)?)?);
        item.get(first.start..last.end).map(str::trim).filter(|part| !part.is_empty())
    };
    let mut at = 0;
    while at < pieces.len() {
        let longest = |from: usize| {
            let fits = |to: usize| Some((to, one(field, part(from, to)?, known, &mut Vec::new())?));
            (from + 1..=pieces.len()).rev().find_map(fits)
        };
        if let Some((end, value)) = longest(at) {
            values.push(value);
            at = end;
            continue;
        }
        // What is nothing is told as it was written, up to the next comma.
        let ends = |end: usize| {
            end == pieces.len() || pieces.get(end).is_some_and(|piece| piece.after_comma) || longest(end).is_some()
        };
        let end = (at + 1..=pieces.len()).find(|end| ends(*end)).unwrap_or(pieces.len());
        if let Some(part) = part(at, end) {
            one(field, part, known, misread);
        }
        at = end;
    }
}

/// A piece of a text between commas and words that may part it.
struct Piece {
    start: usize,
    end: usize,
    after_comma: bool,
}

fn pieces(item: &str) -> Vec<Piece> {
    let mut marks: Vec<(usize, &str)> =
        [",", " and ", " & "].iter().flat_map(|mark| item.match_indices(*mark)).collect();
    marks.sort_unstable();
    let (mut pieces, mut start, mut after_comma) = (Vec::new(), 0, false);
    for (at, mark) in marks.into_iter().chain([(item.len(), "")]) {
        // “Luton, and Kent” has two marks and nothing between.
        if item.get(start..at).is_some_and(|piece| !piece.trim().is_empty()) {
            pieces.push(Piece { start, end: at, after_comma });
            after_comma = false;
        }
        after_comma |= mark == ",";
        start = at + mark.len();
    }
    pieces
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
            None => refuse(
                format!("“{line}” is not a date"),
                "Write the day first, such as 21 November 2027 or 21/11/2027, or 2027-11-21.".to_owned(),
            ),
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
            None => refuse(format!("“{line}” is not a number"), "Write figures only, such as 1250.".to_owned()),
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

fn number(line: &str) -> Option<Value> {
    let figures = line.trim_start_matches(['£', '€', '$', '+', ' ']).replace('\u{2212}', "-");
    let whole = figures.split('.').next().unwrap_or_default().trim_start_matches('-');
    // Commas and blanks stand between groups of three, or they part two numbers.
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let grouped =
        groups.iter().skip(1).all(|group| group.len() == 3) && groups.first().is_some_and(|first| first.len() <= 3);
    let plain = figures.replace([',', ' '], "");
    let sound =
        (groups.len() == 1 || grouped) && plain.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    if !sound || plain.is_empty() {
        return None;
    }
    if let Ok(whole) = plain.parse::<i64>() {
        return Some(Value::from(whole));
    }
    plain.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)
}

fn yes_no(line: &str) -> Option<bool> {
    match line.trim_end_matches('.').to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "on" | "x" | "☒" | "☑" | "✓" | "✔" | "[x]" => Some(true),
        "no" | "n" | "false" | "0" | "off" | "☐" | "[ ]" => Some(false),
        _ => None,
    }
}

/// A web address, without what Markdown and mail put around it.
fn web_address(line: &str) -> Option<String> {
    let bare = line.trim_matches(['<', '>', ' ']);
    let bare = bare.strip_suffix(')').and_then(|link| link.rsplit_once("](")).map_or(bare, |(_, address)| address);
    let address = if bare.starts_with("www.") { format!("https://{bare}") } else { bare.to_owned() };
    let is_web =
        ["https://", "http://"].iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme));
    (is_web && !address.contains(char::is_whitespace)).then_some(address)
}

/// The texts of several groups: parted by blank lines where one has several lines, else a line each.
fn groups(tidy: &str) -> Vec<String> {
    let blocks: Vec<&str> = tidy.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).collect();
    if blocks.iter().any(|block| block.lines().count() > 1 && block.lines().all(|line| line.contains(": "))) {
        return blocks.into_iter().map(str::to_owned).collect();
    }
    lists::passages(tidy)
}

/// A group from `name: value` on lines of their own, or from values with upright strokes between, in the order of its
/// fields. Words alone are its first field.
fn group(fields: &[Field], written: &str, known: &Known, misread: &mut Vec<Misread>) -> Option<Value> {
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
    if let Some(value) = reading.value {
        values.insert(Value::from(field.name.as_str()), value);
    }
}

/// The field that a line names, by its name or a label of it, and what stands behind the colon.
fn named<'a, 'b>(fields: &'a [Field], line: &'b str) -> Option<(&'a Field, &'b str)> {
    let line = line.trim().trim_start_matches("- ");
    let (name, value) = line.split_once(':')?;
    Some((by_name(fields, name)?, value.trim()))
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

#[cfg(test)]
mod tests;
