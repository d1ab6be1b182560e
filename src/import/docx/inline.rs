//! Running text as Markdown.

use super::{
    markdown::{Around, longest_ticks},
    tree::{Inline, Marks},
};

/// Where running text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    /// In a heading, whose weight is its own.
    is_heading: bool,
    /// In a cell, which is one line and ends at a bar.
    is_cell: bool,
}

impl Setting {
    pub(super) const LINE: Self = Self { is_heading: false, is_cell: false };
    pub(super) const HEADING: Self = Self { is_heading: true, is_cell: false };
    pub(super) const CELL: Self = Self { is_heading: false, is_cell: true };
}

/// Running text as one paragraph.
pub(super) fn text(text: &[Inline], setting: Setting, around: &Around<'_>, notes: &mut Vec<usize>) -> String {
    let mut pieces = Vec::new();
    Writer { setting, around, notes }.gather(text, &mut pieces);
    let out = joined(&pieces);
    let out = out.trim();
    if setting.is_cell { out.to_owned() } else { at_start(out) }
}

/// Markdown, and how it is set.
struct Piece {
    text: String,
    marks: Marks,
}

struct Writer<'w, 'a> {
    setting: Setting,
    around: &'w Around<'a>,
    notes: &'w mut Vec<usize>,
}

impl Writer<'_, '_> {
    fn gather(&mut self, text: &[Inline], out: &mut Vec<Piece>) {
        let whole = |text: String| Piece { text, marks: Marks::default() };
        for inline in text {
            match inline {
                Inline::Text(words, marks) => {
                    let marks =
                        Marks { strong: marks.strong && !self.setting.is_heading, placeholder: false, ..*marks };
                    let words = words.replace('\t', " ");
                    let text = if marks.code && !words.trim().is_empty() {
                        coded(&words)
                    } else {
                        escaped(&words, self.setting)
                    };
                    match out.last_mut() {
                        Some(last) if last.marks == marks && !marks.code => last.text.push_str(&text),
                        _ => out.push(Piece { text, marks }),
                    }
                }
                Inline::Break => out.push(whole(if self.setting == Setting::LINE {
                    "\\\n".to_owned()
                } else if self.setting.is_cell {
                    "<br>".to_owned()
                } else {
                    " ".to_owned()
                })),
                Inline::Link(address, text) => self.link(address, text, out),
                Inline::Note(place) => {
                    if !self.notes.contains(place) {
                        self.notes.push(*place);
                    }
                    out.push(whole(format!("[^{}]", place + 1)));
                }
                Inline::Picture(place, alt) => {
                    let file = self.around.pictures.get(*place).map(String::as_str).unwrap_or_default();
                    out.push(whole(format!(
                        "![{}]({})",
                        escaped(alt, self.setting).replace(']', "\\]"),
                        address_of(file)
                    )));
                }
                Inline::Control(control, text) => match control.ticked {
                    Some(ticked) => out.push(whole(if ticked { "[x]".to_owned() } else { "[ ]".to_owned() })),
                    // Gaps are of our own documents; elsewhere such a control asks for something that nobody gave.
                    None if control.is_empty
                        && (control.tag.is_empty() || self.around.manuscript.address.is_empty()) => {}
                    None if control.is_empty => out.push(whole(format!("{{{{{}}}}}", control.tag))),
                    None => self.gather(text, out),
                },
                Inline::Lost(what) => {
                    out.push(whole(format!("<!-- {} -->", what.replace("--", "- -").replace('>', ""))))
                }
            }
        }
    }

    fn link(&mut self, address: &str, text: &[Inline], out: &mut Vec<Piece>) {
        let mut inner = Vec::new();
        self.gather(text, &mut inner);
        let Some(address) = (self.around.link)(address) else {
            out.append(&mut inner);
            return;
        };
        let words = joined(&inner);
        let (words, before, after) = trimmed(&words);
        if words.is_empty() {
            return;
        }
        let plain = super::words(text);
        let is_bare = plain.trim() == address && address.contains("://") && !address.contains([' ', '<', '>']);
        let link = if is_bare { format!("<{address}>") } else { format!("[{words}]({})", address_of(&address)) };
        out.push(Piece { text: format!("{before}{link}{after}"), marks: Marks::default() });
    }
}

/// The destination of a link (CommonMark 0.31, 6.3).
fn address_of(address: &str) -> String {
    if address.is_empty() || address.contains([' ', '(', ')', '<', '>']) {
        let inside = address.replace('<', "%3C").replace('>', "%3E").replace('\n', "");
        return format!("<{inside}>");
    }
    address.to_owned()
}

/// Pieces with signs around those that are set in some way.
fn joined(pieces: &[Piece]) -> String {
    wrapped(pieces, &[(|marks| marks.strong, "**"), (|marks| marks.emphasis, "*"), (|marks| marks.struck, "~~")])
}

type Mark = (fn(&Marks) -> bool, &'static str);

fn wrapped(pieces: &[Piece], marks: &[Mark]) -> String {
    let Some(((is_set, sign), rest)) = marks.split_first() else {
        return pieces.iter().map(|piece| piece.text.as_str()).collect();
    };
    let mut out = String::new();
    let groups: Vec<&[Piece]> = pieces.chunk_by(|a, b| is_set(&a.marks) == is_set(&b.marks)).collect();
    for (place, group) in groups.iter().enumerate() {
        let text = wrapped(group, rest);
        if !group.first().is_some_and(|piece| is_set(&piece.marks)) {
            out.push_str(&text);
            continue;
        }
        let next = groups.get(place + 1).and_then(|next| next.first()).and_then(|piece| piece.text.chars().next());
        let (inner, before, after) = trimmed(&text);
        // A sign between a letter and a point of punctuation is none to Markdown.
        let (inner, point) = match next.filter(|_| after.is_empty()).filter(|next| next.is_alphanumeric()) {
            Some(_) => split_end(inner),
            None => (inner, ""),
        };
        let (lead, inner) = if before.is_empty() && out.chars().last().is_some_and(char::is_alphanumeric) {
            split_start(inner)
        } else {
            ("", inner)
        };
        if inner.is_empty() {
            out.push_str(&text);
            continue;
        }
        out.push_str(&format!("{before}{lead}{sign}{inner}{sign}{point}{after}"));
    }
    out
}

/// A text without the spaces around it, and these.
fn trimmed(text: &str) -> (&str, &str, &str) {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(start + inner.len()..).unwrap_or_default();
    (inner, before, after)
}

fn split_end(text: &str) -> (&str, &str) {
    let end = text.trim_end_matches(|c: char| c.is_ascii_punctuation()).len();
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn split_start(text: &str) -> (&str, &str) {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_ascii_punctuation()).len();
    text.split_at_checked(start).unwrap_or(("", text))
}

fn coded(words: &str) -> String {
    let ticks = "`".repeat(longest_ticks(words) + 1);
    let space = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{words}{space}{ticks}")
}

/// Words whose signs Markdown would take for its own, each behind a backslash.
fn escaped(words: &str, setting: Setting) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before = ' ';
    let mut rest = words.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        let next = after.chars().next().unwrap_or(' ');
        let is_sign = match c {
            '\\' => next.is_ascii_punctuation(),
            '`' => true,
            '*' => !(before.is_whitespace() && next.is_whitespace()),
            '_' => {
                let is_inside = before.is_alphanumeric() && next.is_alphanumeric();
                let is_alone = before.is_whitespace() && next.is_whitespace();
                !is_inside && !is_alone
            }
            '~' => next == '~' || before == '~',
            '[' => is_link(after),
            '<' => next.is_ascii_alphabetic() || ['/', '!', '?'].contains(&next),
            '&' => is_entity(after),
            '|' => setting.is_cell,
            '{' => setting.is_heading && words.trim_end().ends_with('}'),
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// True where what follows a bracket makes a link, a note or a box of it.
fn is_link(after: &str) -> bool {
    let Some((inside, behind)) = after.split_once(']') else { return after.starts_with('^') };
    inside.starts_with('^') || [" ", "x", "X"].contains(&inside) || behind.starts_with(['(', '[', ':'])
}

/// True where what follows an ampersand makes another sign of it.
fn is_entity(after: &str) -> bool {
    let Some((name, _)) = after.split_once(';') else { return false };
    !name.is_empty() && name.len() < 32 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}

/// A paragraph that would be something else by how its lines begin.
fn at_start(text: &str) -> String {
    let line = |line: &str| {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let behind = line.get(digits..).unwrap_or_default();
        let number = (1..=9).contains(&digits)
            && (behind.starts_with(['.', ')']))
            && behind.get(1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if number {
            let (digits, rest) = line.split_at_checked(digits).unwrap_or((line, ""));
            return format!("{digits}\\{rest}");
        }
        let first = line.split(' ').next().unwrap_or_default();
        let is_heading = (1..=6).contains(&first.len()) && first.chars().all(|c| c == '#');
        let is_rule = line.len() > 2 && ["-", "=", "_"].iter().any(|sign| line.replace(*sign, "").trim().is_empty());
        let is_mark = ["-", "+", "*", ":"].contains(&first) || line.starts_with('>') || line.starts_with("~~~");
        let is_under = !line.is_empty() && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'));
        if is_heading || is_rule || is_mark || is_under { format!("\\{line}") } else { line.to_owned() }
    };
    let lines: Vec<String> = text.split('\n').map(|each| line(each.trim_start())).collect();
    lines.join("\n")
}
