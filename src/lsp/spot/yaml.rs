//! What stands at a place of front matter, or of a component's fields.

use super::{Spot, among, field, markdown};
use crate::{
    lsp::rows::{self, Row},
    model::{Field, FieldPath, FieldType, Span, Step, Theme},
};

/// What stands at a byte of the lines of a mapping with these fields.
pub(super) fn spot<'a>(text: &str, yaml: Span, offset: usize, fields: &'a [Field], theme: &'a Theme) -> Spot<'a> {
    let rows = rows::rows(text, yaml, Some(offset));
    let line = text.get(..offset).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let holds = |row: &&Row| row.whole.end >= offset && row.whole.start <= offset.max(indented(text, line));
    let Some(row) = rows.iter().rev().find(holds) else { return Spot::Words };
    if row.is_block && line > row.value.start {
        let start = Span::lines(text, row.value.start).next().map_or(row.value.end, |header| header.end);
        return markdown::spot(text, Span::new(Span::after_ending(text, start), row.whole.end), offset, theme);
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
