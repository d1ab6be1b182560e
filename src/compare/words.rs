//! Two texts side by side, and what in them is not the same.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Texts of more pieces than this are not told apart within: the time grows with the square of what differs.
const MOST: usize = 4_000;

/// A piece of a line: words, and whether the other side has them at this place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words, with the blanks between them.
    pub text: String,
    /// True where the other side does not have them.
    pub changed: bool,
}

/// A paragraph that is not the same, before and now; nothing where one side lacks it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// As it was.
    pub before: Vec<Piece>,
    /// As it is.
    pub now: Vec<Piece>,
}

impl Row {
    /// How many words went and how many came.
    pub fn counts(&self) -> (usize, usize) {
        let count = |pieces: &[Piece]| {
            let changed = pieces.iter().filter(|piece| piece.changed);
            changed.map(|piece| piece.text.split_whitespace().count()).sum()
        };
        (count(&self.before), count(&self.now))
    }
}

/// The paragraphs in which two texts differ, in order.
pub(super) fn rows(before: &str, now: &str) -> Vec<Row> {
    let (old, new) = (paragraphs(before), paragraphs(now));
    if old.len().max(new.len()) > MOST {
        return vec![Row { before: all(before), now: all(now) }];
    }
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (gone, come) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        for at in 0..gone.len().max(come.len()) {
            rows.push(match (gone.get(at), come.get(at)) {
                (Some(gone), Some(come)) => within(gone, come),
                (Some(gone), None) => Row { before: all(gone), now: Vec::new() },
                (None, come) => Row { before: Vec::new(), now: come.map(|come| all(come)).unwrap_or_default() },
            });
        }
    }
    rows
}

/// The words in which two paragraphs differ.
fn within(before: &str, now: &str) -> Row {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(now));
    if old.len().max(new.len()) > MOST {
        return Row { before: all(before), now: all(now) };
    }
    let mut row = Row::default();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let changed = !matches!(op, DiffOp::Equal { .. });
        push(&mut row.before, old.get(op.old_range()).unwrap_or_default(), changed);
        push(&mut row.now, new.get(op.new_range()).unwrap_or_default(), changed);
    }
    row
}

fn push(pieces: &mut Vec<Piece>, words: &[&str], changed: bool) {
    match pieces.last_mut() {
        _ if words.is_empty() => {}
        Some(last) if last.changed == changed => last.text.push_str(&words.concat()),
        _ => pieces.push(Piece { text: words.concat(), changed }),
    }
}

fn all(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), changed: true }]
}

/// Paragraphs, and the lines of lists and fields: what stands by itself.
fn paragraphs(text: &str) -> Vec<&str> {
    let is_item = |line: &str| line.trim_start().starts_with(['-', '*', '|', '#', '`', '>']);
    let mut out = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() || is_item(line) {
            out.extend(start.take().and_then(|start| text.get(start..at)));
            start = (!line.trim().is_empty()).then_some(at);
        } else if start.is_none() {
            start = Some(at);
        }
        at = end;
    }
    out.extend(start.and_then(|start| text.get(start..)));
    out.into_iter().map(str::trim_end).collect()
}

/// Words with the blanks behind them.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let after = rest.get(word..).unwrap_or_default();
        let end = word + after.find(|c: char| !c.is_whitespace()).unwrap_or(after.len());
        let Some((word, left)) = rest.split_at_checked(end) else { break };
        out.push(word);
        rest = left;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `before => now`, with what changed in brackets.
    fn told(before: &str, now: &str) -> Vec<String> {
        let side = |pieces: &[Piece]| {
            let piece = |piece: &Piece| if piece.changed { format!("[{}]", piece.text) } else { piece.text.clone() };
            pieces.iter().map(piece).collect::<String>()
        };
        rows(before, now).iter().map(|row| format!("{} => {}", side(&row.before), side(&row.now))).collect()
    }

    #[test]
    fn only_what_differs_is_told_word_by_word() {
        let before = "One ŵ two.\n\nKept.\n\n- a\n- b\n";
        assert_eq!(told(before, before), Vec::<String>::new());
        assert_eq!(told(before, "One ŵ three.\n\nKept.\n\n- a\n- b\n"), ["One ŵ [two.] => One ŵ [three.]"]);
        assert_eq!(told(before, "One ŵ two.\n\nKept.\n\n- a\n- b\n- c\n"), [" => [- c]"]);
        assert_eq!(told("a\n\nb", "b"), ["[a] => "]);
        assert_eq!(told("", "x y"), [" => [x y]"]);
        assert_eq!(rows("a b c d", "a x y d")[0].counts(), (2, 2));
        let long = "w\n\n".repeat(MOST + 1);
        assert_eq!(rows(&long, "x").len(), 1);
    }
}
