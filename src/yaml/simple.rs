//! YAML of the plainest form, as most pages have it: on each line a name and a value, which is a sentence, a text in
//! quotes, a day, or a list of words in square brackets. To read it takes a tenth of the time that the parser needs,
//! which is most of what a page without components costs. Whatever is not as plain as that is for the parser.

use serde_yaml::{Mapping, Value};

/// The mapping that the text is, where all of it is that plain.
pub(super) fn mapping(text: &str) -> Option<Value> {
    let mut mapping = Mapping::new();
    for line in text.split_terminator('\n') {
        let (name, written) = line.split_once(": ")?;
        let name = Some(name).filter(|name| is_word(name))?;
        // A name that stands twice is a fault, and the parser has the words for it.
        if mapping.insert(Value::String(name.to_owned()), value(written)?).is_some() {
            return None;
        }
    }
    (!mapping.is_empty()).then_some(Value::Mapping(mapping))
}

fn value(written: &str) -> Option<Value> {
    if let Some(quoted) = written.strip_prefix('"') {
        let inside = quoted.strip_suffix('"')?;
        let is_plain = inside.chars().all(|c| is_printable(c) && !matches!(c, '"' | '\\'));
        return is_plain.then(|| Value::String(inside.to_owned()));
    }
    if let Some(list) = written.strip_prefix('[') {
        let items = list.strip_suffix(']')?.split(',').map(|item| item.trim_matches(' '));
        let words = items.map(|item| is_word(item).then(|| Value::String(item.to_owned())));
        return words.collect::<Option<_>>().map(Value::Sequence);
    }
    (is_day(written) || is_sentence(written)).then(|| Value::String(written.to_owned()))
}

/// True for a name as fields and terms have it.
fn is_word(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    // A key that the parser takes for one may not be longer than 1,024 characters (YAML 1.2, section 7.4.2).
    starts && plain && text.len() < 1000 && !means_more(text)
}

/// True for words that YAML can take for nothing but text.
fn is_sentence(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = text.chars().all(|c| is_printable(c) && !matches!(c, ':' | '#'));
    starts && plain && !text.ends_with(' ') && !means_more(text)
}

/// `2027-10-25`
fn is_day(text: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(fits)
}

/// True for what some version of YAML, or the way numbers are read, takes for a value of its own.
fn means_more(text: &str) -> bool {
    const WORDS: [&str; 13] =
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity", "none"];
    text.len() <= 8 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// True for a character that means nothing to a line: no control, no line break, no mark of byte order.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_as_most_pages_have_it_is_read() {
        let text = "title: Mentoring, and what came of it\nsummary: \"A: b – ŵ # c\"\npublished: 2025-04-12\nthemes: [a, b-c]\n";
        let read = mapping(text).unwrap();
        assert_eq!(read.get("themes").and_then(Value::as_sequence).map(Vec::len), Some(2));
        assert_eq!(read.get("published").and_then(Value::as_str), Some("2025-04-12"));
    }

    /// Every text of up to three of these pieces, as a value, in a list and as a name: what is read here is what the
    /// parser reads, and what is no mapping for the parser is none here.
    #[test]
    fn what_is_read_is_what_the_parser_reads() {
        const PIECES: [&str; 36] = [
            "a", "b c", "1", "-", "_", ".", "~", " ", "\t", ":", ": ", " #", "#", "\"", "'", "[", "]", "{", "}", ",",
            ", ", "&", "*", "!", "|", ">", "%", "@", "`", "\\", "\n", "\r", "ŵ", "\u{a0}", "no", "1e3",
        ];
        let mut read = 0;
        let mut check = |text: &str| {
            if let Some(value) = mapping(text) {
                assert_eq!(serde_yaml::from_str::<Value>(text).ok(), Some(value), "{text:?}");
                read += 1;
            }
        };
        for first in PIECES {
            for second in PIECES {
                for third in ["", "a", "-", "\"", "]", ",", ":", "\u{85}", "\u{2028}", "\u{feff}", "null", "2027-10-25"]
                {
                    let piece = format!("{first}{second}{third}");
                    check(&format!("k: {piece}\n"));
                    check(&format!("k: {piece}\nl: x\n"));
                    check(&format!("k: \"{piece}\"\n"));
                    check(&format!("k: [a, {piece}]\n"));
                    check(&format!("{piece}: a\n"));
                    check(&format!("k: a\n{piece}"));
                }
            }
        }
        for word in ["Null", "TRUE", "yes", "nan", "inf", "Infinity", "2027-10-25", "0x1f", "1_000", "e5", "[]", "[a,]"]
        {
            check(&format!("k: {word}\n"));
            check(&format!("k: [{word}]\n"));
            check(&format!("{word}: a\n"));
        }
        assert!(read > 500, "{read}");
    }
}
