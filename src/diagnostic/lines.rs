//! The lines of a text, found once for all the places that a report names in it.

use crate::model::{Position, Span, cell_name};

/// A text with the start of each of its lines. It counts as [`Position::of`] does, without reading
/// the text from the top again for every place.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The name of the sheet that the text shows.
    sheet: Option<&'a str>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text: `\n`, `\r\n` and a lone `\r` each end one.
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = |(i, byte): (usize, &u8)| {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
            ends.then_some(i + 1)
        };
        let starts = std::iter::once(0).chain(bytes.iter().enumerate().filter_map(ends)).collect();
        Self { text, starts, sheet: None }
    }

    /// The same of a text that shows a sheet, where it does: a row a line, with tabs between its cells.
    pub(super) fn of_sheet(text: &'a str, sheet: Option<&'a str>) -> Self {
        Self { sheet, ..Self::new(text) }
    }

    /// The cell that a byte of a sheet's text is of, as spreadsheets take it where one types a place to go to:
    /// `Cases!B7`, `'Old cases'!B7`.
    pub(super) fn cell(&self, offset: usize) -> Option<String> {
        let sheet = self.sheet?;
        let row = self.position(offset).line.saturating_sub(1);
        let column = self.text.get(self.start(row + 1)..offset)?.matches('\t').count();
        let is_plain =
            sheet.chars().all(|c| c.is_alphanumeric() || c == '_') && !sheet.starts_with(|c: char| c.is_numeric());
        let sheet = if is_plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) };
        Some(format!("{sheet}!{}", cell_name(row, column)))
    }

    /// The same span with both ends inside the text and between characters.
    pub(super) fn clamp(&self, span: Span) -> Span {
        let inside = |mut offset: usize| {
            offset = offset.min(self.text.len());
            while !self.text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        Span::new(inside(span.start), inside(span.end))
    }

    /// Where a byte of the text stands.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.start(line);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// The offset at which a line starts; the end of the text for a line that it does not have.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// A line without what ends it.
    pub(super) fn line(&self, line: usize) -> &'a str {
        let text = self.text.get(self.start(line)..self.start(line + 1)).unwrap_or_default();
        text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r'])).unwrap_or(text)
    }

    /// The bytes of a span.
    pub(super) fn covered(&self, span: Span) -> &'a str {
        span.of(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_stands_where_position_says() {
        for text in ["", "a", "a\n", "ŵ\r\n\r\rb\n\n", "\n\r\n\r", "tŷ\n  gŵyl\r\ndiwedd"] {
            let lines = Lines::new(text);
            for offset in 0..=text.len() + 2 {
                let inside = lines.clamp(Span::at(offset)).start;
                assert_eq!(lines.position(inside), Position::of(text, offset), "{text:?} {offset}");
            }
        }
    }

    #[test]
    fn a_place_in_a_sheet_is_its_cell() {
        let text = "a\t\tb\n\nŵ\tc";
        let cell = |sheet, needle: &str| Lines::of_sheet(text, sheet).cell(text.find(needle).unwrap());
        assert_eq!(cell(Some("Cases"), "b").as_deref(), Some("Cases!C1"));
        assert_eq!(cell(Some("Tŷ's"), "c").as_deref(), Some("'Tŷ''s'!B3"));
        assert_eq!(cell(Some("2019"), "a").as_deref(), Some("'2019'!A1"));
        assert_eq!(cell(None, "a"), None);
    }

    #[test]
    fn a_line_comes_without_its_ending() {
        let lines = Lines::new("one\r\ntwo\rthree\n");
        assert_eq!([1, 2, 3, 4, 5].map(|n| lines.line(n)), ["one", "two", "three", "", ""]);
    }
}
