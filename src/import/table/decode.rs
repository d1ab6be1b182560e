//! The text of a file that some program wrote in some encoding.

/// A text, and the name of its encoding where it is not the usual one.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: Option<&'static str>,
}

/// The text of these bytes: UTF-8, UTF-16 by its mark or its zeros, else Windows-1252, as Excel writes it in Britain.
///
/// # Errors
/// What the file is instead of a text, in words that follow “This is”.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, &'static str> {
    if bytes.starts_with(b"%PDF") {
        return Err("a PDF");
    }
    // What databases call a workbook is often a web page, and Excel itself once wrote XML.
    let begins =
        String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).trim_start_matches('\u{feff}').to_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml", "<meta"].iter().any(|mark| begins.trim_start().starts_with(mark)) {
        return Err("a web page or other XML");
    }
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), None),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes), Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes), Some("UTF-16")),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (utf16(bytes, u16::from_le_bytes), Some("UTF-16")),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (utf16(bytes, u16::from_be_bytes), Some("UTF-16")),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) => (bytes.iter().map(|byte| windows_1252(*byte)).collect(), Some("Windows-1252")),
        },
    };
    if text.contains('\0') { Err("no text") } else { Ok(Decoded { text, encoding }) }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// The character of a byte in Windows-1252: Latin-1 but for these (Encoding Standard, index windows-1252). Five bytes
/// are no character.
fn windows_1252(byte: u8) -> char {
    const MARKS: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    let mark = usize::from(byte).checked_sub(0x80).and_then(|at| MARKS.get(at));
    mark.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_of_a_text_gives_the_text() {
        let wanted = "Name,£\nTŷ,“x”\n";
        let units = |to: fn(u16) -> [u8; 2]| wanted.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let cases = [
            (wanted.as_bytes().to_vec(), None),
            (marked(b"\xef\xbb\xbf", wanted.as_bytes().to_vec()), None),
            (marked(b"\xff\xfe", units(u16::to_le_bytes)), Some("UTF-16")),
            (marked(b"\xfe\xff", units(u16::to_be_bytes)), Some("UTF-16")),
            (units(u16::to_le_bytes), Some("UTF-16")),
            (units(u16::to_be_bytes), Some("UTF-16")),
        ];
        for (bytes, encoding) in cases {
            let decoded = text(&bytes).map_err(str::to_owned).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (wanted, encoding));
        }
        let decoded = text(b"\xa35 \x93caf\xe9\x94 \x80").map_err(str::to_owned).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("£5 “café” €", Some("Windows-1252")));
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, said) in
            [(&b"%PDF-1.7"[..], "a PDF"), (b"a\0\0\0b", "no text"), (b"\xef\xbb\xbf\n<HTML><table>", "a web page")]
        {
            assert!(text(bytes).is_err_and(|wrong| wrong.contains(said)));
        }
    }
}
