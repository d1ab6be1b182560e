//! Places in a text as editors count them.

use super::protocol::{Position, Range};
use crate::model::Span;

/// What a place in a line is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Code units of UTF-16: what every client understands.
    #[default]
    Utf16,
    /// Bytes of UTF-8, where the client asks for them.
    Utf8,
}

impl Units {
    /// The name in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::Utf8 => "utf-8",
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Self::Utf16 => c.len_utf16(),
            Self::Utf8 => c.len_utf8(),
        }
    }
}

/// A text with the start of each of its lines. `\n`, `\r\n` and a lone `\r` each end one.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    units: Units,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn new(text: &'a str, units: Units) -> Self {
        let bytes = text.as_bytes();
        let ends = |(i, byte): (usize, &u8)| {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
            ends.then_some(i + 1)
        };
        let starts = std::iter::once(0).chain(bytes.iter().enumerate().filter_map(ends)).collect();
        Self { text, starts, units }
    }

    /// Where a byte stands; one inside a character counts for its first.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        let character = before.chars().map(|c| self.units.of(c)).sum::<usize>();
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte at a place; at most the end of its line.
    pub fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return self.text.len() };
        let line = self.text.get(start..).unwrap_or_default();
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        let mut left = position.character as usize;
        for (at, c) in line.char_indices() {
            if left < self.units.of(c) {
                return start + at;
            }
            left -= self.units.of(c);
        }
        start + line.len()
    }

    /// The range of a span.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The span of a range.
    pub fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// The range of the whole text.
    pub fn whole(&self) -> Range {
        self.range(Span::new(0, self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_the_units_agreed_upon() {
        let text = "a\nŵ👩b\r\nc\rd";
        for (needle, line, utf16, utf8) in
            [("a", 0, 0, 0), ("ŵ", 1, 0, 0), ("👩", 1, 1, 2), ("b", 1, 3, 6), ("c", 2, 0, 0), ("d", 3, 0, 0)]
        {
            let offset = text.find(needle).unwrap();
            for (units, character) in [(Units::Utf16, utf16), (Units::Utf8, utf8)] {
                let (lines, position) = (Lines::new(text, units), Position { line, character });
                assert_eq!(lines.position(offset), position, "{needle}");
                assert_eq!(lines.offset(position), offset, "{needle}");
            }
        }
    }

    #[test]
    fn a_place_beyond_a_line_is_its_end_and_one_inside_a_character_its_start() {
        let text = "ab\r\n👩\n";
        let lines = Lines::new(text, Units::Utf16);
        let offset = |line, character| lines.offset(Position { line, character });
        assert_eq!((offset(0, 9), offset(1, 1), offset(1, 2), offset(9, 0)), (2, 4, 8, text.len()));
        assert_eq!(lines.position(5), Position { line: 1, character: 0 });
    }
}
