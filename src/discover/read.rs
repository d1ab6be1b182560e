//! Reads one file as text.

use crate::{
    config::{self, Limits},
    diagnostic::{Code, Diagnostic},
    model::{SourceFile, Span},
    portable::is_control,
};
use std::{
    fs,
    io::{self, Read},
    path::Path,
};

/// A file that could not be read as text.
#[derive(Debug)]
pub(super) struct Unread {
    /// Why.
    pub fault: Diagnostic,
    /// What of it can be shown, so that the place of the fault has a line and a column.
    pub text: Option<String>,
}

impl Unread {
    /// The fault, and what can be shown of the file at this path beside it.
    pub(super) fn shown_at(self, path: &str) -> (Diagnostic, Option<SourceFile>) {
        (self.fault, self.text.map(|text| SourceFile { path: path.to_owned(), text }))
    }
}

impl From<Diagnostic> for Unread {
    fn from(fault: Diagnostic) -> Self {
        Self { fault, text: None }
    }
}

/// The text of a file, without a byte order mark.
pub(super) fn text(disk: &Path, path: &str, limits: Limits) -> Result<SourceFile, Box<Unread>> {
    let read = || {
        let file = fs::File::open(disk)?;
        let size = file.metadata()?.len();
        let mut bytes = Vec::new();
        if size <= limits.text {
            // It may grow while it is read.
            file.take(limits.text + 1).read_to_end(&mut bytes)?;
        }
        Ok((size.max(bytes.len() as u64), bytes))
    };
    let (size, bytes) = read().map_err(|error: io::Error| Box::new(unreadable(path, &error).into()))?;
    if size > limits.text {
        return Err(Box::new(too_large(path, size, "text", limits.text).into()));
    }
    sound(decode(bytes, path)?, limits)
}

/// The same of a text that is not on the disk.
pub(super) fn typed(text: &str, path: &str, limits: Limits) -> Result<SourceFile, Box<Unread>> {
    if text.len() as u64 > limits.text {
        return Err(Box::new(too_large(path, text.len() as u64, "text", limits.text).into()));
    }
    sound(decode(text, path)?, limits)
}

fn sound(file: SourceFile, limits: Limits) -> Result<SourceFile, Box<Unread>> {
    match long_line(&file, limits.line) {
        Some(fault) => Err(Box::new(Unread { fault, text: Some(file.text) })),
        None => Ok(file),
    }
}

/// The fault of a file that is larger than the settings allow. `limit` is the name of the limit there.
pub(super) fn too_large(path: &str, size: u64, limit: &str, most: u64) -> Diagnostic {
    let (is, may) = (config::size(size), config::size(most));
    Diagnostic::new(Code::FileTooLarge, format!("This file has {is}, and the limit is {may}"))
        .at(path, Span::default())
        .help(format!(
            "Split it or make it smaller, or raise the limit in casebook.yaml: `limits: {{ {limit}: {is} }}`."
        ))
}

fn long_line(file: &SourceFile, most: u64) -> Option<Diagnostic> {
    let is_long = |line: &Span| (line.end - line.start) as u64 > most;
    let line = Some(&file.text).filter(|text| text.len() as u64 > most);
    let line = line.and_then(|text| Span::lines(text, 0).find(is_long))?;
    let (is, may) = (config::size((line.end - line.start) as u64), config::size(most));
    let fault = Diagnostic::new(Code::FileTooLarge, format!("This line has {is}, and the limit is {may}"));
    let help = format!("Break it into several lines, or raise the limit in casebook.yaml: `limits: {{ line: {is} }}`.");
    Some(fault.at(&file.path, Span::at(line.start)).help(help))
}

/// What a file holds, as a hash; `None` where it can't be read.
pub fn digest(disk: &Path) -> Option<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(disk).ok()?).ok()?;
    Some(hasher.finalize())
}

/// A file that the system will not read.
pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("This file can't be read: {error}"))
        .at(path, Span::default())
        .help("Check that the file is still there and that you may read it.")
}

/// Text from bytes: UTF-8, with or without a byte order mark.
pub(super) fn decode(bytes: impl Into<Vec<u8>>, path: &str) -> Result<SourceFile, Box<Unread>> {
    let mut bytes = bytes.into();
    if let Some(text) = utf16(&bytes) {
        let fault = not_utf8(path, "This file is saved as UTF-16", Span::default());
        return Err(Box::new(Unread { fault, text: Some(text) }));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let message = format!("This file is not saved as UTF-8: byte {} is {byte:#04x}", at + 1);
        // What comes before it stands where it stood, and a character of three bytes in its place.
        let text = shown(&String::from_utf8_lossy(error.as_bytes()));
        Box::new(Unread { fault: not_utf8(path, &message, Span::new(at, at + 3)), text: Some(text) })
    })?;
    let text = if text.contains('\r') { without_lone_returns(text) } else { text };
    match control(&text) {
        None => Ok(SourceFile { path: path.to_owned(), text }),
        Some((at, fault)) => {
            let fault = fault.at(path, Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()));
            Err(Box::new(Unread { fault, text: Some(shown(&text)) }))
        }
    }
}

/// The text of a file in UTF-16: by its mark, or because every other byte at its start is zero.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let start = || pairs.iter().take(32);
    let mostly = |zero: usize| {
        start().filter(|pair| pair.get(zero) == Some(&0) && **pair != [0, 0]).count() * 4 > start().len() * 3
    };
    let is_little = bytes.starts_with(b"\xff\xfe") || (pairs.len() > 1 && mostly(1));
    let is_big = bytes.starts_with(b"\xfe\xff") || (pairs.len() > 1 && mostly(0));
    let read = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        shown(String::from_utf16_lossy(&units).trim_start_matches('\u{feff}'))
    };
    match (is_little, is_big) {
        (true, _) => Some(read(u16::from_le_bytes)),
        (_, true) => Some(read(u16::from_be_bytes)),
        _ => None,
    }
}

/// The first character that nobody sees and no file for machines may hold (XML 1.0, section 2.2), with what is to be
/// said of it.
fn control(text: &str) -> Option<(usize, Diagnostic)> {
    // Nearly every text has none, and to look at bytes is quick: those of 0x80 and up begin with 0xc2, those of the
    // end of the plane with 0xef.
    let is_suspect = |byte: &u8| matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127 | 0xc2 | 0xef);
    if !text.as_bytes().iter().any(is_suspect) {
        return None;
    }
    let mut found = text.char_indices().filter(|(_, c)| is_control(*c));
    let (at, first) = found.next()?;
    let more = found.count();
    let others = if more == 0 { String::new() } else { format!(", and {more} more further down") };
    let message = format!("Here is a character that nobody sees, U+{:04X}{others}", u32::from(first));
    let help = "Delete it, and write anew what stood there: it came with a text from another program.";
    Some((at, Diagnostic::new(Code::ControlCharacter, message).help(help)))
}

/// A text with what can't be shown replaced.
fn shown(text: &str) -> String {
    text.replace(is_control, "\u{fffd}")
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
        let message = |bytes: &[u8]| decode(bytes, "x").unwrap_err().fault.message;
        assert_eq!(message(b"ab\xe9"), "This file is not saved as UTF-8: byte 3 is 0xe9");
        for utf16 in [&b"\xff\xfea\0"[..], b"\xfe\xff\0a", b"a\0b\0c\0", b"\0a\0b\0c", b"\xff\xfe"] {
            assert_eq!(message(utf16), "This file is saved as UTF-16", "{utf16:?}");
        }
        assert_eq!(message(b"a\0b"), "Here is a character that nobody sees, U+0000");
        assert_eq!(message(b"\x07 \xc2\x93"), "Here is a character that nobody sees, U+0007, and 1 more further down");
    }

    #[test]
    fn what_everybody_sees_is_text() {
        let text = "a\tb\r\nŵ \u{a0}\u{ad}\u{200d}\u{202e}\u{2028}\u{feff}\u{fffd}👩‍👧 «ñ»\u{3000}";
        assert_eq!(decode(text, "x").unwrap().text, text);
    }

    #[test]
    fn a_file_that_is_gone_since_it_was_seen_is_told_of() {
        let gone = text(Path::new("/nowhere/a.md"), "content/a.md", Limits::default()).unwrap_err();
        assert_eq!((gone.fault.code, gone.fault.place.unwrap().path.as_str()), (Code::UnreadableFile, "content/a.md"));
    }
}
