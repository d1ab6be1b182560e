//! Tables for spreadsheets: RFC 4180, with a byte order mark, as a spreadsheet takes a file without one for something
//! else than UTF-8.

/// A row. Every cell is quoted, so that no separator of another country ends one.
pub(super) fn row(cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut row = Vec::new();
    push_row(&mut row, cells);
    row
}

/// Appends a row.
pub(super) fn push_row(table: &mut Vec<u8>, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) {
    for (place, cell) in cells.into_iter().enumerate() {
        table.extend_from_slice(if place == 0 { b"\"" } else { b",\"" });
        for (part, text) in cell.as_ref().split(|byte| *byte == b'"').enumerate() {
            if part > 0 {
                table.extend_from_slice(b"\"\"");
            }
            table.extend_from_slice(text);
        }
        table.push(b'"');
    }
    table.extend_from_slice(b"\r\n");
}

/// The whole table, of its header and its rows.
pub(super) fn document(header: Vec<u8>, rows: Vec<Vec<u8>>) -> Vec<u8> {
    [vec!["\u{feff}".as_bytes().to_vec(), header], rows].concat().concat()
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before what could open one (OWASP, CSV
/// Injection), also behind blanks, which some pass over.
pub(super) fn guarded(text: String) -> String {
    let opens = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(opens) || text.trim_start().starts_with(opens) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\t=x", " =1", "\u{a0}@x", "＝1", "＋1", "－1", "＠x",
            " ＝1",
        ] {
            assert_eq!(guarded(text.to_owned()), format!("'{text}"), "{text:?}");
        }
        for text in ["", "a=1", "1-2", "'=1", " a"] {
            assert_eq!(guarded(text.to_owned()), text, "{text:?}");
        }
    }

    #[test]
    fn every_cell_is_quoted_and_its_own_marks_are_doubled() {
        assert_eq!(row(["", "a \"b\",\nc", "\""]), b"\"\",\"a \"\"b\"\",\nc\",\"\"\"\"\r\n");
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).from_reader(b"\"\",\"a \"\"b\"\",\nc\"\r\n".as_slice());
        let read = reader.records().next().unwrap().unwrap();
        assert_eq!(read.iter().collect::<Vec<_>>(), ["", "a \"b\",\nc"]);
    }
}
