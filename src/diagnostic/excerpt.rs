//! The few lines of a file that a snippet shows, however large the file and long its lines are.

use super::lines::Lines;
use crate::model::Span;
use std::ops::Range;

/// A span of more lines than this is marked on its first line alone.
const MOST_LINES: usize = 8;
/// Bytes shown of one line.
const MOST_BYTES: usize = 400;
/// Bytes shown before the first mark of a line that is cut.
const BEFORE: usize = 80;

/// Consecutive lines, each cut to the neighbourhood of the spans in it.
pub(super) struct Excerpt {
    /// The lines, with `\n` between them whatever the file has.
    pub(super) text: String,
    /// The number of the first line in the file.
    pub(super) first_line: usize,
    /// Where the spans are in `text`, in the order in which they were given.
    pub(super) spans: Vec<Range<usize>>,
}

impl Excerpt {
    /// The lines of the spans, which must lie in the text (see [`Lines::clamp`]).
    pub(super) fn new(lines: &Lines, spans: &[Span]) -> Self {
        let spans: Vec<Span> = spans.iter().map(|span| shorten(lines, *span)).collect();
        let offsets = || spans.iter().flat_map(|span| [span.start, span.end]);
        let first_line = offsets().min().map_or(1, |offset| lines.position(offset).line);
        let last_line = offsets().max().map_or(1, |offset| lines.position(offset).line);

        let mut text = String::new();
        let mut cuts = Vec::new();
        for number in first_line..=last_line {
            if number > first_line {
                text.push('\n');
            }
            let (start, line) = (lines.start(number), lines.line(number));
            let marks = offsets().filter(|offset| (start..=start + line.len()).contains(offset));
            let kept = window(line, marks.min().map_or(0, |offset| offset - start));
            let shown = line.get(kept.clone()).unwrap_or_default();
            text.push_str(if kept.start > 0 { "…" } else { "" });
            cuts.push(Cut { from: start + kept.start, to: text.len(), length: shown.len() });
            text.push_str(shown);
            text.push_str(if kept.end < line.len() { "…" } else { "" });
        }
        if lines.line(last_line).is_empty() {
            // The renderer does not count an empty line at the end of a text as one.
            text.push(' ');
        }
        let moved = |offset: usize| {
            let cut = cuts.iter().rev().find(|cut| cut.from <= offset).or(cuts.first());
            cut.map_or(0, |cut| cut.to + offset.saturating_sub(cut.from).min(cut.length))
        };
        let spans = spans.iter().map(|span| moved(span.start)..moved(span.end)).collect();
        Self { text, first_line, spans }
    }
}

/// What is shown of one line: `length` bytes that are at `from` in the file and at `to` in the excerpt.
struct Cut {
    from: usize,
    to: usize,
    length: usize,
}

/// A span without the line breaks and blanks at its end, and of few enough lines to show.
fn shorten(lines: &Lines, span: Span) -> Span {
    let covered = lines.covered(span);
    let kept = covered.trim_end().len();
    let end = if kept == 0 { span.end } else { span.start + kept };
    let (first, last) = (lines.position(span.start).line, lines.position(end).line);
    let first_end = lines.start(first) + lines.line(first).len();
    // A span of blanks alone over a line break has nothing worth marking but its start.
    let end = if last - first >= MOST_LINES || (kept == 0 && last > first) { first_end } else { end };
    Span::new(span.start, end)
}

/// The bytes to show of a line whose first mark is at `mark`.
fn window(line: &str, mark: usize) -> Range<usize> {
    if line.len() <= MOST_BYTES {
        return 0..line.len();
    }
    let boundary = |mut offset: usize| {
        offset = offset.min(line.len());
        while !line.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = boundary(mark.saturating_sub(BEFORE));
    start..boundary(start + MOST_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of an excerpt, its first line, and its spans as pairs.
    fn excerpt(text: &str, spans: &[(usize, usize)]) -> (String, usize, Vec<(usize, usize)>) {
        let lines = Lines::new(text);
        let spans: Vec<_> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let found = Excerpt::new(&lines, &spans);
        let spans = found.spans.iter().map(|span| (span.start, span.end)).collect();
        (found.text, found.first_line, spans)
    }

    #[test]
    fn only_the_lines_of_the_spans_are_shown() {
        let found = excerpt("one\r\ntwo\rthree\nfour", &[(5, 8), (9, 14)]);
        assert_eq!(found, ("two\nthree".to_owned(), 2, vec![(0, 3), (4, 9)]));
    }

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let text = format!("start\n{}ŵ{}", "é".repeat(5000), "x".repeat(5000));
        let at = text.find('ŵ').unwrap();
        let (shown, line, spans) = excerpt(&text, &[(at, at + 2)]);
        assert!(line == 2 && shown.len() < 500, "{}", shown.len());
        assert_eq!(&shown[spans[0].0..spans[0].1], "ŵ");
        assert!(shown.starts_with("…é") && shown.ends_with("x…"));
    }

    #[test]
    fn an_empty_line_at_the_end_can_be_marked() {
        assert_eq!(excerpt("one\n", &[(4, 4)]), (" ".to_owned(), 2, vec![(0, 0)]));
    }

    #[test]
    fn a_long_span_is_marked_on_its_first_line() {
        let text = "line\n".repeat(100);
        assert_eq!(excerpt(&text, &[(5, text.len())]), ("line".to_owned(), 2, vec![(0, 4)]));
    }
}
