//! What stands at a place of Markdown.

use super::{Spot, yaml};
use crate::model::{Span, Theme};

/// A fenced block that is open.
struct Fence<'a> {
    mark: char,
    length: usize,
    name: &'a str,
    start: usize,
}

/// What stands at a byte of a part of a text in Markdown.
pub(super) fn spot<'a>(text: &str, range: Span, offset: usize, theme: &'a Theme) -> Spot<'a> {
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
        Some(component) => yaml::spot(text, Span::new(fence.start, end), offset, &component.fields, theme),
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
