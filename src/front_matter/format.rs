//! The front matter of a page as people wrote it, to the one style: what `fmt` does.
//!
//! Nothing but the form changes: comments stay with what they stand at, what a value means stays, and the body below is
//! not looked at. What can't be written anew without a doubt stays as it is.

use super::{node::Node, order, write};
use crate::{
    model::{Field, FieldType, Kind, Span, Step},
    yaml,
};
use serde_yaml::{Mapping, Value};

/// Why a front matter is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where, in the text of the page.
    pub span: Span,
    /// Why, in a sentence without its full stop.
    pub why: String,
}

/// The text of a page with its front matter, which is YAML at `front`, in the one style.
///
/// # Errors
/// Why it is left as it is.
pub fn format(kind: &Kind, text: &str, front: Span) -> Result<String, Left> {
    let written = front.of(text);
    let ending = ending(written).ok_or_else(|| left(front, "Its lines end in more than one way"))?;
    let yaml = written.replace(ending, "\n");
    let at = |span: Span| if ending == "\n" { span.shifted(front.start) } else { front };
    let formatted = reformat(&kind.fields, &yaml).map_err(|(span, why)| left(at(span), why))?;
    let before = text.get(..front.start).unwrap_or_default();
    let after = text.get(front.end..).unwrap_or_default();
    Ok([before, &formatted.replace('\n', ending), after].concat())
}

fn left(span: Span, why: impl Into<String>) -> Left {
    Left { span, why: why.into() }
}

/// How the lines of a text end, where all end the same way.
fn ending(text: &str) -> Option<&'static str> {
    let (all, pairs) = (text.matches('\n').count(), text.matches("\r\n").count());
    match (text.matches('\r').count(), pairs) {
        (0, _) => Some("\n"),
        (returns, pairs) if returns == pairs && pairs == all => Some("\r\n"),
        _ => None,
    }
}

/// A key with its value, and the comments that stand above it.
struct Entry {
    key: String,
    comments: Vec<String>,
    /// The lines as they stand.
    lines: String,
}

const UNUSUAL: &str = "It is not written as a key and a value, line by line";

fn reformat(fields: &[Field], text: &str) -> Result<String, (Span, String)> {
    let whole = Span::new(0, text.len());
    let read = yaml::parse(text).map_err(|fault| (fault.span, format!("It can't be read: {}", fault.message)))?;
    let values = match read {
        Value::Mapping(values) => values,
        Value::Null => return Ok(text.to_owned()),
        _ => return Err((whole, "It is no list of fields".to_owned())),
    };
    if let Some((span, what)) = yaml::oddity(text) {
        return Err((span, format!("It has {what}, which can't be written anew without a doubt")));
    }
    let (mut entries, rest) = entries(text);
    // What the file begins with is about all of it, whichever field comes first.
    let top = entries.first_mut().map(|first| std::mem::take(&mut first.comments)).unwrap_or_default();
    let mut known = Mapping::new();
    for entry in &mut entries {
        let own = match yaml::parse(&entry.lines) {
            Ok(Value::Mapping(own)) if own.len() == 1 => own,
            _ => return Err((whole, UNUSUAL.to_owned())),
        };
        entry.key = own.keys().map(super::node::name).collect();
        known.extend(own);
    }
    if known != values {
        return Err((whole, UNUSUAL.to_owned()));
    }
    order::sort(fields, &mut entries, |entry| &entry.key);
    let mut formatted = String::new();
    top.iter().for_each(|comment| formatted.extend([comment, "\n"]));
    for entry in &entries {
        entry.comments.iter().for_each(|comment| formatted.extend([comment, "\n"]));
        let field = fields.iter().find(|field| field.name == entry.key);
        formatted.push_str(&anew(entry, field).unwrap_or_else(|| as_it_stands(&entry.lines)));
    }
    rest.iter().for_each(|comment| formatted.extend([comment, "\n"]));
    // Whatever was overlooked above: a page never comes to mean something else.
    let means = |text: &str| match yaml::parse(text) {
        Ok(Value::Mapping(values)) => Some(meaning(fields, &nodes(text, &values))),
        _ => None,
    };
    let same = means(text).is_some_and(|before| means(&formatted) == Some(before));
    if same { Ok(formatted) } else { Err((whole, "It would not mean quite the same".to_owned())) }
}

/// The entries of a front matter line by line, and the comments below the last.
fn entries(text: &str) -> (Vec<Entry>, Vec<String>) {
    let mut entries: Vec<Entry> = Vec::new();
    // Lines that belong to what comes next, unless that goes on with what came before.
    let mut waiting: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let starts = |c: char| bare.starts_with(c);
        match entries.last_mut() {
            _ if starts('#') => waiting.push(line),
            // Above the first key a comment may stand further in.
            None if bare.trim_start().starts_with('#') => waiting.push(line),
            Some(last) if bare.trim().is_empty() && waiting.is_empty() => last.lines.push_str(line),
            _ if bare.trim().is_empty() => waiting.push(line),
            // A list may stand as far left as its key.
            Some(last) if starts(' ') || starts('\t') || bare == "-" || bare.starts_with("- ") => {
                last.lines.extend(waiting.drain(..));
                last.lines.push_str(line);
            }
            _ => {
                let comments = comments(&waiting);
                waiting.clear();
                entries.push(Entry { key: String::new(), comments, lines: with_end(line) });
            }
        }
    }
    let rest = comments(&waiting);
    (entries, rest)
}

fn comments(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn with_end(line: &str) -> String {
    if line.ends_with('\n') { line.to_owned() } else { format!("{line}\n") }
}

/// The lines of an entry without the empty ones below, unless these are part of its text.
fn as_it_stands(lines: &str) -> String {
    let trimmed = with_end(lines.trim_end());
    if yaml::parse(&trimmed).ok() == yaml::parse(lines).ok() { trimmed } else { lines.to_owned() }
}

/// An entry in the one style; `None` for one with a comment in it that would lose its place.
fn anew(entry: &Entry, field: Option<&Field>) -> Option<String> {
    let text = entry.lines.as_str();
    let Ok(Value::Mapping(values)) = yaml::parse(text) else { return None };
    let nodes = nodes(text, &values);
    let (key, node) = nodes.first()?;
    let written = write::entry(key, node, field);
    match comment(text, &values) {
        None => Some(written),
        // Behind a value on one line it can stand as well.
        Some(at) => {
            let (before, comment) = text.trim_end().split_at_checked(at)?;
            let one_line = !before.contains('\n') && !comment.contains('\n') && written.lines().count() == 1;
            one_line.then(|| format!("{} {comment}\n", written.trim_end()))
        }
    }
}

/// Where the first comment in an entry starts: a `#` that is in none of its keys and values.
fn comment(text: &str, values: &Mapping) -> Option<usize> {
    let mut spans = Vec::new();
    scalars(text, &Value::Mapping(values.clone()), &mut Vec::new(), &mut spans);
    let is_block = |span: &&Span| span.of(text).starts_with(['|', '>']);
    // What stands behind the mark of a block is on the line of its key.
    let header = spans.iter().filter(is_block).find_map(|span| {
        let line = span.first_line(text);
        Some(line.start + line.of(text).find('#')?)
    });
    let inside = |at: usize| spans.iter().any(|span| span.start <= at && at < span.end);
    header.or_else(|| text.match_indices('#').map(|(at, _)| at).find(|at| !inside(*at)))
}

/// The places of all single values and keys.
fn scalars(text: &str, value: &Value, path: &mut Vec<Step>, spans: &mut Vec<Span>) {
    let mut down = |step: Step, value: &Value| {
        path.push(step);
        spans.push(yaml::locate(text, path).key);
        scalars(text, value, path, spans);
        path.pop();
    };
    match value {
        Value::Mapping(values) => values.iter().for_each(|(key, value)| down(Step::Key(super::node::name(key)), value)),
        Value::Sequence(items) => {
            items.iter().enumerate().for_each(|(index, item)| {
                path.push(Step::Item(index));
                scalars(text, item, path, spans);
                path.pop();
            });
        }
        Value::Null => {}
        _ => spans.push(yaml::locate(text, path).value),
    }
}

/// The values of a text as they are written there.
fn nodes(text: &str, values: &Mapping) -> Vec<(String, Node)> {
    let path = |name: &str| vec![Step::Key(name.to_owned())];
    let named = values.iter().map(|(key, value)| (super::node::name(key), value));
    named
        .map(|(name, value)| {
            let node = Node::written(value, text, &mut path(&name));
            (name, node)
        })
        .collect()
}

/// What nodes mean to those who read pages, as far as the style may change how they are written.
fn meaning(fields: &[Field], nodes: &[(String, Node)]) -> Vec<(String, Value)> {
    let of = |name: &str| fields.iter().find(|field| field.name == name);
    let mut meaning: Vec<_> = nodes.iter().map(|(name, node)| (name.clone(), meant(of(name), node))).collect();
    meaning.sort_by(|one, other| one.0.cmp(&other.0));
    meaning
}

fn meant(field: Option<&Field>, node: &Node) -> Value {
    let kind = field.map(|field| &field.field_type);
    match node {
        Node::Nothing => Value::Null,
        Node::List(items) => items.iter().map(|item| meant(field, item)).collect(),
        Node::Group(entries) => {
            let fields = match kind {
                Some(FieldType::Group(fields)) => fields.as_slice(),
                _ => &[],
            };
            let pairs = meaning(fields, entries).into_iter().map(|(name, value)| (Value::from(name), value));
            Value::Mapping(pairs.collect())
        }
        Node::Plain(written) if matches!(kind, Some(FieldType::Number { .. }) | None) => {
            serde_yaml::from_str(written).unwrap_or(Value::Null)
        }
        Node::Plain(written) | Node::Text(written) => match kind {
            Some(FieldType::YesNo) => match written.trim().to_lowercase().as_str() {
                "yes" | "true" => Value::Bool(true),
                "no" | "false" => Value::Bool(false),
                _ => Value::from(written.as_str()),
            },
            Some(FieldType::Date { .. }) => Value::from(written.trim()),
            Some(FieldType::DateTime) => Value::from(written.trim().replacen(' ', "T", 1)),
            Some(FieldType::Number { .. }) => Value::from(vec![written.as_str()]),
            _ => Value::from(written.as_str()),
        },
    }
}
