//! Places in a text.

/// A range of bytes in a source file's text, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// An empty span at an offset: a place between two characters.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same range in a text that has this one from `base` on.
    pub fn shifted(self, base: usize) -> Self {
        Self::new(self.start + base, self.end + base)
    }

    /// The part of the span on its first line: enough to point at.
    pub fn first_line(self, text: &str) -> Self {
        Self::lines(text, self.start).next().map_or(self, |line| Self::new(self.start, line.end.min(self.end)))
    }

    /// The lines of a text without their endings, from an offset on: `\n`, `\r\n` or a lone `\r` each end one.
    pub fn lines(text: &str, from: usize) -> impl Iterator<Item = Self> {
        let mut start = from;
        std::iter::from_fn(move || {
            let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
            let line = Self::new(start, start + rest.find(['\n', '\r']).unwrap_or(rest.len()));
            start = Self::after_ending(text, line.end);
            Some(line)
        })
    }

    /// The offset after the line ending that stands at `at`.
    pub fn after_ending(text: &str, at: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        at + if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) }
    }

    /// The text that the span covers; empty where it is not inside `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A line and a column as an editor shows them: both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1. `\n`, `\r\n` and a lone `\r` each end one.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Position {
    /// Where in `text` the byte `offset` stands.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (mut line, mut start) = (1, 0);
        let bytes = text.as_bytes();
        for (i, byte) in bytes.iter().enumerate().take(offset) {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
            if ends_line {
                line += 1;
                start = i + 1;
            }
        }
        let column = text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Self { line, column }
    }

    /// The byte offset of this position in `text`, at most the text's length.
    pub fn offset(self, text: &str) -> usize {
        let (mut line, mut start) = (1, 0);
        let bytes = text.as_bytes();
        while line < self.line
            && let Some(byte) = bytes.get(start)
        {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(start + 1) != Some(&b'\n')) {
                line += 1;
            }
            start += 1;
        }
        let rest = text.get(start..).unwrap_or_default();
        let inside = rest.char_indices().nth(self.column.saturating_sub(1));
        start + inside.map_or(rest.len(), |(at, _)| at)
    }
}

/// A cell as spreadsheets call it: `B7`. Rows and columns count from 0 here.
pub fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// A column as spreadsheets call it: `A`, `Z`, `AA`. They count from 0 here.
pub fn column_name(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    let before = (column / 26).checked_sub(1).map(column_name).unwrap_or_default();
    format!("{before}{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_of_every_ending_and_characters() {
        let text = "a\nŵb\r\nc\rd";
        let at = |needle: &str| Position::of(text, text.find(needle).unwrap());
        assert_eq!(at("b"), Position { line: 2, column: 2 });
        assert_eq!(at("c"), Position { line: 3, column: 1 });
        assert_eq!(at("d"), Position { line: 4, column: 1 });
    }

    #[test]
    fn a_cell_is_called_as_spreadsheets_call_it() {
        let names = [(0, 0), (6, 1), (0, 25), (0, 26), (9, 701), (0, 702), (1_048_575, 16_383)];
        let names = names.map(|(row, column)| cell_name(row, column));
        assert_eq!(names, ["A1", "B7", "Z1", "AA1", "ZZ10", "AAA1", "XFD1048576"]);
    }

    #[test]
    fn a_span_ends_on_its_first_line() {
        let text = "one\r\ntwo";
        assert_eq!(Span::new(1, 7).first_line(text).of(text), "ne");
        assert_eq!(Span::new(5, 7).first_line(text).of(text), "tw");
    }

    #[test]
    fn an_offset_is_the_inverse_of_a_position() {
        let text = "a\nŵb\r\nc\rd";
        for (offset, _) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            assert_eq!(Position::of(text, offset).offset(text), offset);
        }
    }
}
