//! Reads one file as text.

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{SourceFile, Span},
};
use std::{fs, path::Path};

/// The text of a file, without a byte order mark.
pub(super) fn text(disk: &Path, path: &str) -> Result<SourceFile, Diagnostic> {
    let bytes = fs::read(disk).map_err(|error| unreadable(path, &error))?;
    decode(bytes, path)
}

/// What a file holds, as a hash; `None` where it can't be read.
pub fn digest(disk: &Path) -> Option<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(disk).ok()?).ok()?;
    Some(hasher.finalize())
}

/// A file that the system will not read.
pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("This file can't be read: {error}"))
        .at(path, Span::default())
        .help("Check that the file is still there and that you may read it.")
}

/// Text from bytes: UTF-8, with or without a byte order mark.
pub(super) fn decode(bytes: impl Into<Vec<u8>>, path: &str) -> Result<SourceFile, Diagnostic> {
    let mut bytes = bytes.into();
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(not_utf8(path, "This file is saved as UTF-16", Span::default()));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    if bytes.contains(&0)
        && let Some(at) = bytes.iter().position(|byte| *byte == 0)
    {
        return Err(not_utf8(path, &format!("This file is no text: byte {} is zero", at + 1), Span::default()));
    }
    let text = String::from_utf8(bytes).map(|text| if text.contains('\r') { without_lone_returns(text) } else { text });
    text.map(|text| SourceFile { path: path.to_owned(), text }).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let message = format!("This file is not saved as UTF-8: byte {} is {byte:#04x}", at + 1);
        not_utf8(path, &message, Span::default())
    })
}

/// A lone carriage return ends a line as a newline does (CommonMark 2.1), which the Markdown parser doesn't know.
/// The one takes the place of the other, so that every other byte stays where it is.
fn without_lone_returns(text: String) -> String {
    let mut rest = text.as_str();
    let mut mended = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once('\r') {
        mended.push_str(before);
        mended.push(if after.starts_with('\n') { '\r' } else { '\n' });
        rest = after;
    }
    mended + rest
}

fn not_utf8(path: &str, message: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotUtf8, message)
        .at(path, span)
        .help("Open the file in your editor and save it with the encoding UTF-8.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        assert_eq!(decode(*b"a\rb\r\nc\r", "x").unwrap().text, "a\nb\r\nc\n");
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(decode(*b"\xef\xbb\xbfa", "x").unwrap().text, "a");
    }

    #[test]
    fn what_is_no_utf8_is_named() {
        let message = |bytes: &[u8]| decode(bytes, "x").unwrap_err().message;
        assert_eq!(message(b"ab\xe9"), "This file is not saved as UTF-8: byte 3 is 0xe9");
        assert_eq!(message(b"\xff\xfea\0"), "This file is saved as UTF-16");
        assert_eq!(message(b"a\0b"), "This file is no text: byte 2 is zero");
    }
}
