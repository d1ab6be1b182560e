//! A table as rows of cells, each with its place: RFC 4180, with whatever stands between the cells.
//!
//! The crate that reads registers tells no place of a cell, and here each cell is somebody's text to be found again.

use super::grid::{Cell, Fault};
use crate::{diagnostic::Code, model::Span};

/// The rows of a text that are not empty.
pub(super) fn rows(text: &str) -> (Vec<Vec<Cell>>, Vec<Fault>) {
    let (start, delimiter) = start(text);
    let (mut rows, mut row, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = start;
    while at < text.len() {
        let (cell, after) = cell(text, at, delimiter, &mut faults);
        row.push(cell);
        let rest = text.get(after..).unwrap_or_default();
        if rest.starts_with(delimiter) {
            at = after + delimiter.len_utf8();
            // A delimiter at the very end has an empty cell behind it.
            if at == text.len() {
                row.push(Cell { span: Span::at(at), ..Cell::default() });
            }
        } else {
            rows.push(std::mem::take(&mut row));
            at = Span::after_ending(text, after);
        }
    }
    rows.push(row);
    rows.retain(|row| row.iter().any(|cell| !cell.text.trim().is_empty()));
    (rows, faults)
}

/// Where the first row starts, and what stands between cells: what stands most often between those of the first row,
/// or what a line of its own says, as Excel writes it when asked to: `sep=;`.
fn start(text: &str) -> (usize, char) {
    let mut lines = Span::lines(text, 0).filter(|line| !line.of(text).trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let said = first.of(text).trim().strip_prefix("sep=").map(|said| said.chars().collect::<Vec<_>>());
    if let Some([delimiter]) = said.as_deref() {
        return (lines.next().map_or(text.len(), |line| line.start), *delimiter);
    }
    let count = |delimiter: char| {
        let mut quoted = false;
        let outside = first.of(text).chars().filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == delimiter
        });
        outside.count()
    };
    let delimiter = ['\t', ';'].into_iter().find(|delimiter| count(*delimiter) > count(','));
    (first.start, delimiter.unwrap_or(','))
}

/// The cell that starts at `at`, and where it ends.
fn cell(text: &str, at: usize, delimiter: char, faults: &mut Vec<Fault>) -> (Cell, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let ends = |c: char| c == delimiter || c == '\n' || c == '\r';
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let opened = at + blanks;
    let Some(quoted) = rest.get(blanks..).and_then(|rest| rest.strip_prefix('"')) else {
        let end = rest.find(ends).map_or(text.len(), |end| at + end);
        let span = Span::new(at, end);
        return (Cell { text: span.of(text).trim().to_owned(), span: trimmed(text, span), link: None }, end);
    };
    let (mut inside, mut from) = (String::new(), 0);
    let closed = loop {
        let Some(mark) = quoted.get(from..).and_then(|rest| rest.find('"')) else {
            let message = "This quotation mark is opened and never closed";
            faults.push(fault(Span::new(opened, opened + 1), message, "Close it at the end of its cell."));
            let span = Span::new(opened, text.len()).first_line(text);
            return (Cell { text: inside, span, link: None }, text.len());
        };
        inside.push_str(quoted.get(from..from + mark).unwrap_or_default());
        from += mark + 1;
        match quoted.get(from..).and_then(|rest| rest.strip_prefix('"')) {
            Some(_) => inside.push('"'),
            None => break opened + 1 + from,
        }
        from += 1;
    };
    let rest = text.get(closed..).unwrap_or_default();
    let end = rest.find(ends).map_or(text.len(), |end| closed + end);
    if let Some(wrong) = Some(trimmed(text, Span::new(closed, end))).filter(|span| span.end > span.start) {
        let help = "Write each quotation mark within a cell twice, and one at its start and one at its end.";
        faults.push(fault(wrong, "Here a cell goes on behind its closing quotation mark", help));
    }
    (Cell { text: inside, span: Span::new(opened, closed), link: None }, end)
}

/// What is wrong with a table.
fn fault(at: Span, message: &str, help: &str) -> Fault {
    Fault { code: Code::UnusableImport, at, message: message.to_owned(), help: help.to_owned() }
}

/// A span without the blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let (rows, faults) = rows(text);
        assert_eq!(faults, [], "{text:?}");
        rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_read_whatever_stands_between_them() {
        let wanted = [["a", "b, c", "d\"e"], ["f", "g\nh", ""]];
        for text in [
            "a,\"b, c\",\"d\"\"e\"\nf,\"g\nh\",\n",
            "a;b, c;\"d\"\"e\"\r\nf;\"g\nh\";\r\n",
            "a\tb, c\t\"d\"\"e\"\r f\t \"g\nh\" \t",
            "sep=|\na|b, c|\"d\"\"e\"\n\n,|,|\n f | \"g\nh\" |",
        ] {
            let read = read(text);
            let rows: Vec<_> = read.iter().filter(|row| row.first().is_some_and(|cell| cell != ",")).collect();
            assert_eq!(rows, wanted.iter().collect::<Vec<_>>(), "{text:?}");
        }
        assert_eq!(read(""), Vec::<Vec<String>>::new());
        assert_eq!(read(",,\n , \n"), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_cell_knows_its_place_and_a_stray_mark_is_told_at_its_own() {
        let text = "a, b\n\"c\nd\",  ŵ e ,f\n";
        let (rows, _) = rows(text);
        let spans: Vec<_> = rows.iter().flatten().map(|cell| cell.span.of(text)).collect();
        assert_eq!(spans, ["a", "b", "\"c\nd\"", "ŵ e", "f"]);
        for (text, wrong) in [("a\n\"b\nc", "\""), ("a\n\"b\" c,d", "c")] {
            let faults = super::rows(text).1;
            assert_eq!(faults.iter().map(|fault| fault.at.of(text)).collect::<Vec<_>>(), [wrong], "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_rows_or_faults(text in "\\PC{0,40}|[a,;\t\"\r\n ]{0,40}|sep=.?\n[a,;\"\n]{0,20}") {
            let (rows, _) = super::rows(&text);
            for cell in rows.iter().flatten() {
                proptest::prop_assert!(text.get(cell.span.start..cell.span.end).is_some());
            }
        }
    }
}
