//! Escaping for HTML and for addresses in it.

use std::fmt::Write as _;

/// How many bytes are looked at together.
const PART: usize = 32;

/// Appends text so that it is text wherever it stands: between tags or in an attribute.
pub(super) fn text(out: &mut String, text: &str) {
    let mut done = 0;
    for (start, part) in text.as_bytes().chunks(PART).enumerate() {
        // Most parts have nothing to escape, and the processor looks through one as fast as at one byte.
        if !part.iter().fold(false, |found, byte| found | matches!(byte, b'&' | b'<' | b'>' | b'"')) {
            continue;
        }
        for (at, byte) in (start * PART..).zip(part) {
            let entity = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => continue,
            };
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(entity);
            done = at + 1;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

/// The text, escaped.
pub(super) fn escaped(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    text(&mut out, plain);
    out
}

/// Appends an address as the value of an attribute. What is percent-encoded already stays as it is.
pub(super) fn address(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            byte if byte.is_ascii_alphanumeric() || b"-_.!~*();/?:@=+$,#%".contains(&byte) => {
                out.push(char::from(byte))
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_in_tags_and_between_them() {
        assert_eq!(escaped("\"><script>&amp;ŵ"), "&quot;&gt;&lt;script&gt;&amp;amp;ŵ");
        let long = "ŵords & <b>\"more\"</b> ".repeat(20);
        let one = |c: char| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            other => other.to_string(),
        };
        assert_eq!(escaped(&long), long.chars().map(one).collect::<String>());
    }

    #[test]
    fn an_address_stays_inside_its_attribute() {
        let mut out = String::new();
        address(&mut out, "/a b/\"onload='x'%20ŵ?a=1&b=[2]#c");
        assert_eq!(out, "/a%20b/%22onload=&#39;x&#39;%20%C5%B5?a=1&amp;b=%5B2%5D#c");
    }
}
