//! The lines of a YAML text that somebody is still writing: which key or value stands where, as far as indentation
//! tells. A parser would give up at the first thing that is not finished.

use crate::model::{FieldPath, Span, Step};

/// A key with its value, or a value or half a key by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The way to what it stands in.
    pub parent: FieldPath,
    /// The key; nothing for what has no colon.
    pub key: Option<String>,
    /// Where the key stands, or what has no colon.
    pub at: Span,
    /// Where the value stands; empty where there is none yet.
    pub value: Span,
    /// Everything that belongs to it, to the end of its last line.
    pub whole: Span,
    /// True where the value is a block scalar, `|` or `>`.
    pub is_block: bool,
}

impl Row {
    /// The way to its value.
    pub fn path(&self) -> FieldPath {
        let own = self.key.iter().map(|key| Step::Key(key.clone()));
        self.parent.iter().cloned().chain(own).collect()
    }
}

/// What is open above a line.
struct Frame {
    indent: usize,
    step: Step,
    /// How many items of its list were met.
    items: usize,
}

/// The rows of a range of a text. At `cursor` a line that is blank is one too: somebody is about to write there.
pub(super) fn rows(text: &str, range: Span, cursor: Option<usize>) -> Vec<Row> {
    let inside = text.get(..range.end).unwrap_or(text);
    let mut reader = Reader { text: inside, frames: Vec::new(), rows: Vec::new(), open: None };
    for line in Span::lines(inside, range.start).chain(last_line(inside, range)) {
        reader.line(line, cursor.filter(|at| (line.start..=line.end).contains(at)));
    }
    reader.rows
}

/// The empty line behind the last line ending.
fn last_line(text: &str, range: Span) -> Option<Span> {
    (range.start == range.end || text.ends_with('\n')).then(|| Span::at(text.len()))
}

struct Reader<'a> {
    text: &'a str,
    frames: Vec<Frame>,
    rows: Vec<Row>,
    /// The value that goes on over lines: the indentation that it has to have, or the brackets that are open.
    open: Option<Open>,
}

enum Open {
    /// A block scalar of a key with this indentation.
    Block(usize),
    /// Brackets that were not closed, of a key with this indentation.
    Brackets(usize),
}

impl Reader<'_> {
    fn line(&mut self, line: Span, cursor: Option<usize>) {
        let written = line.of(self.text);
        let indent = written.len() - written.trim_start_matches(' ').len();
        let is_blank = written.trim().is_empty();
        if self.goes_on(line, indent, is_blank, cursor.is_some()) {
            return;
        }
        if is_blank {
            if let Some(at) = cursor {
                let indent = at - line.start;
                self.close(indent);
                self.push(indent, None, Span::at(at), Span::at(at), line.end, false);
            }
            return;
        }
        if !written.trim_start().starts_with('#') {
            self.content(Span::new(line.start + indent, line.end), indent);
        }
    }

    /// True where the line belongs to a value that began above it.
    fn goes_on(&mut self, line: Span, indent: usize, is_blank: bool, is_here: bool) -> bool {
        let Some(row) = self.rows.last_mut() else { return false };
        let goes_on = match self.open {
            // A blank line at the cursor belongs to the block as far as it is indented.
            Some(Open::Block(least)) => indent > least || (is_blank && !is_here),
            // What is not closed must not swallow the keys below it.
            Some(Open::Brackets(least)) => indent > least || line.of(self.text).starts_with([']', '}']),
            None => false,
        };
        if !goes_on {
            self.open = None;
            return false;
        }
        let written = line.of(self.text).trim_end();
        if !written.is_empty() {
            row.value.end = line.start + written.len();
        }
        row.whole.end = line.end;
        if matches!(self.open, Some(Open::Brackets(_))) && depth(row.value.of(self.text)) == 0 {
            self.open = None;
        }
        true
    }

    /// Reads a line from its first character that is no space on.
    fn content(&mut self, mut at: Span, mut indent: usize) {
        while let Some(rest) = item(at.of(self.text)) {
            self.close_items(indent);
            let index = self.frames.last_mut().map_or(0, |frame| {
                frame.items += 1;
                frame.items - 1
            });
            self.frames.push(Frame { indent, step: Step::Item(index), items: 0 });
            at = Span::new(at.start + rest, at.end);
            indent += rest;
        }
        let written = at.of(self.text);
        self.close(indent);
        let Some((key, colon)) = key(written) else {
            let end = at.start + value_length(written);
            self.push(indent, None, Span::new(at.start, end), Span::new(at.start, end), at.end, false);
            return;
        };
        let after = written.get(colon..).unwrap_or_default();
        let start = at.start + colon + (after.len() - after.trim_start().len());
        let value = Span::new(start, start + value_length(Span::new(start, at.end).of(self.text)));
        let is_block = value.of(self.text).starts_with(['|', '>']);
        let (name, length) = key;
        self.push(indent, Some(name), Span::new(at.start, at.start + length), value, at.end, is_block);
        if is_block {
            self.open = Some(Open::Block(indent));
        } else if depth(value.of(self.text)) > 0 {
            self.open = Some(Open::Brackets(indent));
        }
    }

    fn push(&mut self, indent: usize, key: Option<String>, at: Span, value: Span, end: usize, is_block: bool) {
        let parent = self.frames.iter().map(|frame| frame.step.clone()).collect();
        let whole = Span::new(at.start, end);
        if let Some(key) = &key {
            self.frames.push(Frame { indent, step: Step::Key(key.clone()), items: 0 });
        }
        self.rows.push(Row { parent, key, at, value, whole, is_block });
    }

    /// Closes what a line with this indentation does not lie in.
    fn close(&mut self, indent: usize) {
        while self.frames.last().is_some_and(|frame| frame.indent >= indent) {
            self.frames.pop();
        }
    }

    /// The same for an item: a list may stand as far to the left as the key that it belongs to.
    fn close_items(&mut self, indent: usize) {
        let lies_beside =
            |frame: &Frame| frame.indent > indent || (frame.indent == indent && matches!(frame.step, Step::Item(_)));
        while self.frames.last().is_some_and(lies_beside) {
            self.frames.pop();
        }
    }
}

/// How far the content of a list's item stands behind its dash.
fn item(written: &str) -> Option<usize> {
    let rest = written.strip_prefix('-')?;
    let content = rest.trim_start_matches(' ');
    (rest.is_empty() || content.len() < rest.len()).then(|| written.len() - content.len())
}

/// The key that a line begins with, its length as written, and where its colon ends.
fn key(written: &str) -> Option<((String, usize), usize)> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let length = match quote {
        Some(quote) => written.get(1..)?.find(quote)? + 2,
        None => {
            let colon = written.match_indices(':').find(|(at, _)| {
                written.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
            })?;
            colon.0
        }
    };
    let name = written.get(..length)?;
    let colon = length + 1;
    let is_key = written.get(length..)?.starts_with(':') && !name.starts_with(['[', '{', '#', '&', '*', '!']);
    is_key.then(|| ((name.trim_matches(['"', '\'']).trim().to_owned(), name.trim_end().len()), colon))
}

/// How much of what stands behind a key is its value, without a note at its end.
fn value_length(written: &str) -> usize {
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in written.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(c),
            (None, '#') if before == ' ' => return written.get(..at).unwrap_or_default().trim_end().len(),
            _ => {}
        }
        before = c;
    }
    written.trim_end().len()
}

/// How many brackets a value opens and does not close.
fn depth(value: &str) -> usize {
    if !value.starts_with(['[', '{']) {
        return 0;
    }
    let (mut depth, mut quote) = (0usize, None);
    for c in value.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(String, String)> {
        let step = |step: &Step| match step {
            Step::Key(key) => key.clone(),
            Step::Item(index) => index.to_string(),
        };
        let rows = rows(text, Span::new(0, text.len()), None);
        let way = |row: &Row| row.path().iter().map(step).collect::<Vec<_>>().join("/");
        rows.iter().map(|row| (way(row), row.value.of(text).to_owned())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(way, value)| ((*way).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn keys_and_values_of_every_style_are_told_apart() {
        let text = "title: A: b # note\nthemes: [a,\n  b]\nlist:\n- x\n- y\nposts:\n  - channel: x\n    text: |\n      one: two\n\n      three\n  - channel: y\nages: {from: 1}\n\"quoted\": 'z: y'\n";
        let expected = [
            ("title", "A: b"),
            ("themes", "[a,\n  b]"),
            ("list", ""),
            ("list/0", "x"),
            ("list/1", "y"),
            ("posts", ""),
            ("posts/0/channel", "x"),
            ("posts/0/text", "|\n      one: two\n\n      three"),
            ("posts/1/channel", "y"),
            ("ages", "{from: 1}"),
            ("quoted", "'z: y'"),
        ];
        assert_eq!(seen(text), pairs(&expected));
    }

    #[test]
    fn what_is_not_finished_swallows_nothing() {
        let expected = [("title", "\"open"), ("themes", "[a, b"), ("", "hal"), ("councils", "[")];
        assert_eq!(seen("title: \"open\nthemes: [a, b\nhal\ncouncils: ["), pairs(&expected));
        assert_eq!(seen("list:\n- \n-"), pairs(&[("list", ""), ("list/0", ""), ("list/1", "")]));
    }

    #[test]
    fn a_blank_line_lies_where_its_spaces_say() {
        let text = "ages:\n  \nposts:\n  - channel: x\n    \n";
        let parent = |at: usize| {
            let rows = rows(text, Span::new(0, text.len()), Some(at));
            rows.iter().find(|row| row.at == Span::at(at)).map(|row| row.parent.clone())
        };
        let key = |name: &str| Step::Key(name.into());
        assert_eq!(parent(8), Some(vec![key("ages")]));
        assert_eq!(parent(6), Some(vec![]));
        assert_eq!(parent(text.len() - 1), Some(vec![key("posts"), Step::Item(0)]));
        assert_eq!(parent(text.len()), Some(vec![]));
    }
}
