//! What stands at a place of a page that somebody is still writing.

use super::rows::{self, Row};
use crate::model::{Field, FieldPath, FieldType, Kind, Span, Step, Theme};

/// What could be written at a place, or is written there.
#[derive(Debug)]
pub(super) enum Spot<'a> {
    /// The name of a field.
    Key {
        /// The fields that may stand there.
        among: &'a [Field],
        /// What is written of it.
        span: Span,
        /// The fields that stand beside it already.
        beside: Vec<String>,
        /// True where a colon follows.
        has_colon: bool,
    },
    /// The value of a field, or one item of its list.
    Value {
        /// The field.
        field: &'a Field,
        /// What is written of the value.
        span: Span,
        /// The other items of its list.
        others: Vec<String>,
    },
    /// The name of a component behind the mark of a fenced block.
    Component(Span),
    /// Where a link or a picture leads.
    Link {
        /// What is written of it.
        span: Span,
        /// True for a picture.
        is_image: bool,
    },
    /// Something else.
    Words,
}

/// The front matter of a text, also of one that is not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Front {
    /// The lines between the two marks, or to the end where the second is missing.
    pub yaml: Span,
    /// Where the body begins.
    pub body: usize,
    /// False where the second mark is missing.
    pub is_closed: bool,
}

/// The front matter, where there is any.
pub(super) fn front(text: &str) -> Option<Front> {
    let mut lines = Span::lines(text, 0).skip_while(|line| line.of(text).trim().is_empty());
    let opener = lines.next().filter(|line| line.of(text).trim_end() == "---")?;
    let start = Span::after_ending(text, opener.end);
    let closer = lines.find(|line| matches!(line.of(text).trim_end(), "---" | "..."));
    Some(match closer {
        Some(line) => {
            let body = Span::after_ending(text, line.end).min(text.len());
            Front { yaml: Span::new(start, line.start), body, is_closed: true }
        }
        None => Front { yaml: Span::new(start, text.len()), body: text.len(), is_closed: false },
    })
}

/// The kind that the front matter names, as far as it is written.
pub(super) fn named_kind(text: &str) -> Option<&str> {
    let yaml = front(text)?.yaml;
    let line = Span::lines(text, yaml.start)
        .take_while(|line| line.start < yaml.end)
        .find_map(|line| line.of(text).strip_prefix("kind:"))?;
    Some(line.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\''])).filter(|name| !name.is_empty())
}

/// What stands at a byte of a page of this kind.
pub(super) fn spot<'a>(text: &str, offset: usize, kind: &'a Kind, theme: &'a Theme) -> Spot<'a> {
    match front(text) {
        Some(Front { yaml, .. }) if offset < yaml.start => Spot::Words,
        // At the very start of the closing mark nothing is left to say.
        Some(Front { yaml, is_closed, .. }) if offset < yaml.end || !is_closed => {
            of_yaml(text, yaml, offset, &kind.fields, theme)
        }
        Some(Front { body, .. }) if offset < body => Spot::Words,
        Some(Front { body, .. }) => of_markdown(text, Span::new(body, text.len()), offset, theme),
        None => of_markdown(text, Span::new(0, text.len()), offset, theme),
    }
}

/// The field at a path.
pub(super) fn field<'a>(fields: &'a [Field], path: &[Step]) -> Option<&'a Field> {
    let mut keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key),
        Step::Item(_) => None,
    });
    let first = keys.next()?;
    let found = |fields: &'a [Field], key: &String| fields.iter().find(|field| field.name == *key);
    keys.try_fold(found(fields, first)?, |field, key| match &field.field_type {
        FieldType::Group(inner) => found(inner, key),
        _ => None,
    })
}

/// The fields that may stand in the mapping at a path.
fn among<'a>(fields: &'a [Field], path: &[Step]) -> Option<&'a [Field]> {
    if path.iter().all(|step| matches!(step, Step::Item(_))) {
        return Some(fields);
    }
    match &field(fields, path)?.field_type {
        FieldType::Group(inner) => Some(inner),
        _ => None,
    }
}

fn of_yaml<'a>(text: &str, yaml: Span, offset: usize, fields: &'a [Field], theme: &'a Theme) -> Spot<'a> {
    let rows = rows::rows(text, yaml, Some(offset));
    let line = text.get(..offset).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let holds = |row: &&Row| row.whole.end >= offset && row.whole.start <= offset.max(indented(text, line));
    let Some(row) = rows.iter().rev().find(holds) else { return Spot::Words };
    if row.is_block && line > row.value.start {
        let start = Span::lines(text, row.value.start).next().map_or(row.value.end, |header| header.end);
        return of_markdown(text, Span::new(Span::after_ending(text, start), row.whole.end), offset, theme);
    }
    let key = |at: Span, parent: &FieldPath, has_colon| match among(fields, parent) {
        Some(among) => Spot::Key { among, span: at, beside: beside(&rows, parent, row), has_colon },
        None => Spot::Words,
    };
    if row.key.is_some() {
        if offset <= row.at.end {
            return key(row.at, &row.parent, true);
        }
        if row.value.of(text).starts_with(['[', '{']) && offset > row.value.start {
            return in_brackets(text, row, offset, fields);
        }
        let written = Span::new(row.value.start.min(offset), row.value.end.max(offset));
        let span = if row.value.of(text).is_empty() { Span::at(offset) } else { written };
        return value(fields, &row.path(), span, Vec::new());
    }
    match field(fields, &row.parent) {
        Some(parent) if !matches!(parent.field_type, FieldType::Group(_)) => {
            let list = row.parent.get(..row.parent.len().saturating_sub(1)).unwrap_or_default();
            let is_other = |other: &&Row| *other != row && other.parent.starts_with(list) && !other.parent.is_empty();
            let others = rows.iter().filter(is_other).filter(|other| other.key.is_none());
            value(fields, &row.parent, row.value, others.map(|other| other.value.of(text).to_owned()).collect())
        }
        _ => key(row.at, &row.parent, false),
    }
}

/// The first byte of a line that is no space.
fn indented(text: &str, line: usize) -> usize {
    let rest = text.get(line..).unwrap_or_default();
    line + rest.len() - rest.trim_start_matches(' ').len()
}

fn value<'a>(fields: &'a [Field], path: &[Step], span: Span, others: Vec<String>) -> Spot<'a> {
    field(fields, path).map_or(Spot::Words, |field| Spot::Value { field, span, others })
}

/// The keys that stand in the same mapping.
fn beside(rows: &[Row], parent: &FieldPath, own: &Row) -> Vec<String> {
    rows.iter().filter(|row| row.parent == *parent && *row != own).filter_map(|row| row.key.clone()).collect()
}

/// A bracket that is open at the cursor.
struct Bracket {
    is_map: bool,
    /// Where the item or the key that is being written begins.
    start: usize,
    /// The key whose value is being written.
    key: Option<String>,
    /// The items or keys that are written already.
    done: Vec<String>,
}

fn in_brackets<'a>(text: &str, row: &Row, offset: usize, fields: &'a [Field]) -> Spot<'a> {
    let (mut open, mut quote): (Vec<Bracket>, Option<char>) = (Vec::new(), None);
    let written = text.get(row.value.start..offset).unwrap_or_default();
    for (at, c) in written.char_indices() {
        let at = row.value.start + at;
        let Some(last) = open.last_mut() else {
            open.push(Bracket { is_map: c == '{', start: at + 1, key: None, done: Vec::new() });
            continue;
        };
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if Span::new(last.start, at).of(text).trim().is_empty() => quote = Some(c),
            (None, '[' | '{') => open.push(Bracket { is_map: c == '{', start: at + 1, key: None, done: Vec::new() }),
            (None, ']' | '}') => drop(open.pop()),
            (None, ',') => {
                let done = last.key.take().unwrap_or_else(|| plain(Span::new(last.start, at).of(text)));
                last.done.push(done);
                last.start = at + 1;
            }
            (None, ':') if last.is_map && last.key.is_none() => {
                last.key = Some(plain(Span::new(last.start, at).of(text)));
                last.start = at + 1;
            }
            _ => {}
        }
    }
    let Some(Bracket { is_map, start, key, mut done }) = open.pop() else { return Spot::Words };
    let outer = open.into_iter().filter_map(|bracket| bracket.key).map(Step::Key);
    let mut path: FieldPath = row.path().into_iter().chain(outer).collect();
    let rest = text.get(offset..row.value.end.max(offset)).unwrap_or_default();
    let end = offset + rest.find([',', ']', '}', '\n', '\r', ':']).unwrap_or(rest.len());
    let piece = Span::new(start, end).of(text);
    let start = start + piece.len() - piece.trim_start().len();
    let span = Span::new(start.min(offset), (start + piece.trim().len()).max(offset));
    if is_map && key.is_none() {
        let has_colon = text.get(end..).is_some_and(|rest| rest.starts_with(':'));
        return match among(fields, &path) {
            Some(among) => Spot::Key { among, span, beside: done, has_colon },
            None => Spot::Words,
        };
    }
    path.extend(key.map(Step::Key));
    if !is_map {
        let after = text.get(end..row.value.end.max(end)).unwrap_or_default().trim_start_matches(',');
        let after = after.split(']').next().unwrap_or_default().split(',').map(plain);
        done.extend(after.filter(|item| !item.is_empty()));
    }
    let others = if is_map { Vec::new() } else { done };
    field(fields, &path).map_or(Spot::Words, |field| Spot::Value { field, span, others })
}

fn plain(written: &str) -> String {
    written.trim().trim_matches(['"', '\'']).to_owned()
}

/// A fenced block that is open.
struct Fence<'a> {
    mark: char,
    length: usize,
    name: &'a str,
    start: usize,
}

fn of_markdown<'a>(text: &str, range: Span, offset: usize, theme: &'a Theme) -> Spot<'a> {
    let mut fence: Option<Fence<'_>> = None;
    for line in Span::lines(text, range.start).take_while(|line| line.start <= range.end) {
        let written = line.of(text);
        let trimmed = written.trim_start_matches([' ', '>']);
        let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
        let length = mark.map_or(0, |mark| trimmed.len() - trimmed.trim_start_matches(mark).len());
        let is_here = (line.start..=line.end).contains(&offset);
        match &fence {
            Some(open) if Some(open.mark) == mark && length >= open.length && closes(trimmed, length) => {
                if offset < line.start {
                    return in_component(text, open, line.start, offset, theme);
                }
                fence = None;
            }
            Some(_) => {}
            None if length >= 3 => {
                let info = line.end - trimmed.len() + length;
                let name = text.get(info..line.end).unwrap_or_default();
                let spaces = name.len() - name.trim_start().len();
                let name = name.trim_start().split([' ', ',', '{']).next().unwrap_or_default();
                let span = Span::new(info + spaces, info + spaces + name.len());
                if is_here {
                    let at_name = (span.start..=span.end).contains(&offset);
                    return if at_name { Spot::Component(span) } else { Spot::Words };
                }
                let start = Span::after_ending(text, line.end);
                fence = mark.map(|mark| Fence { mark, length, name, start });
            }
            None if is_here => return in_line(text, line, offset),
            None => {}
        }
    }
    match fence {
        Some(open) if offset >= open.start => in_component(text, &open, range.end, offset, theme),
        _ => Spot::Words,
    }
}

fn closes(trimmed: &str, length: usize) -> bool {
    trimmed.get(length..).is_some_and(|rest| rest.trim().is_empty())
}

fn in_component<'a>(text: &str, fence: &Fence<'_>, end: usize, offset: usize, theme: &'a Theme) -> Spot<'a> {
    match theme.components.get(fence.name) {
        Some(component) => of_yaml(text, Span::new(fence.start, end), offset, &component.fields, theme),
        None => Spot::Words,
    }
}

/// The destination of a link that is being written on a line.
fn in_line<'a>(text: &str, line: Span, offset: usize) -> Spot<'a> {
    let before = text.get(line.start..offset).unwrap_or_default();
    let defined = || {
        let at = before.find("]: ").filter(|_| before.trim_start().starts_with('['))?;
        Some((at + 3, false))
    };
    let inline = || {
        let at = before.rfind("](")?;
        Some((at + 2, is_image(before.get(..at).unwrap_or_default())))
    };
    let Some((start, is_image)) = inline().or_else(defined) else { return Spot::Words };
    let written = before.get(start..).unwrap_or_default();
    let opened = usize::from(written.starts_with('<'));
    let ends: &[char] = if opened == 1 { &['>'] } else { &[')', ' ', '\t'] };
    if written.contains(ends) {
        return Spot::Words;
    }
    let rest = text.get(offset..line.end).unwrap_or_default();
    let end = offset + rest.find(ends).unwrap_or_else(|| rest.trim_end().len());
    Spot::Link { span: Span::new(line.start + start + opened, end), is_image }
}

/// True where the bracket that was closed last was opened behind an exclamation mark.
fn is_image(before: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in before.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return before.get(..at).is_some_and(|rest| rest.ends_with('!')),
            '[' => depth -= 1,
            _ => {}
        }
    }
    false
}
