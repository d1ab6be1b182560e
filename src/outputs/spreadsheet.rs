//! Tables for spreadsheets: RFC 4180, with a byte order mark, as a spreadsheet takes a file without one for something
//! else than UTF-8.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// A row. Every cell is quoted, so that no separator of another country ends one.
pub(super) fn row(cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer(Vec::new());
    // Nothing can fail that is written to memory.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

/// The whole table, of its header and its rows.
pub(super) fn document(header: Vec<u8>, rows: Vec<Vec<u8>>) -> Vec<u8> {
    [vec!["\u{feff}".as_bytes().to_vec(), header], rows].concat().concat()
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before what could open one (OWASP, CSV
/// Injection).
pub(super) fn guarded(text: String) -> String {
    let opens = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(opens) { format!("'{text}") } else { text }
}
