//! One text as YAML: plain where nothing can take it for something else, else as a block or in quotation marks.

use serde_yaml::Value;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On lines of its own, where a block's lines are indented by so many blanks.
    Block(usize),
    /// Within square brackets.
    Brackets,
}

/// A text as YAML.
pub(super) fn text(text: &str, place: Place) -> String {
    let candidates = [
        matches!(place, Place::Block(_)).then(|| literal(text, place)).flatten(),
        is_plain(text, place).then(|| text.to_owned()),
        double(text),
        single(text),
    ];
    let written = candidates.into_iter().flatten().find(|written| holds(written, text, place));
    written.unwrap_or_else(|| escaped(text))
}

/// True for what may stand as it is: nobody takes it for a number, a day, a truth or a mark of YAML.
pub(super) fn is_plain(text: &str, place: Place) -> bool {
    let starts = text.starts_with(|c: char| c.is_alphanumeric() || "/($_.£€“‘".contains(c));
    let sound = text.chars().all(is_printable) && !text.ends_with([' ', '\t', ':', '\u{a0}']);
    let marked = [": ", " #", ":\t", "\t#"].iter().any(|mark| text.contains(mark));
    let bracketed = place == Place::Brackets && (text.contains([',', '[', ']', '{', '}']) || text.contains(':'));
    starts && sound && !marked && !bracketed && !means_more(text) && !is_figure(text)
}

/// What some version of YAML takes for a value of its own.
fn means_more(text: &str) -> bool {
    const WORDS: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "none"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Numbers, days, hours and what is spelt like them.
fn is_figure(text: &str) -> bool {
    let based = ["0x", "0o", "0b"].iter().any(|base| text.to_ascii_lowercase().starts_with(base));
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    starts && (based || text.chars().all(|c| c.is_ascii_digit() || "_.,:+- eETZ".contains(c)))
}

/// True for a character that YAML takes as it is and that does not end a line.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text of several lines as a literal block: `|`, and what it says of the line endings at its end.
fn literal(text: &str, place: Place) -> Option<String> {
    let Place::Block(indent) = place else { return None };
    let sound = text.chars().all(|c| is_printable(c) || matches!(c, '\n' | '\t'));
    if !sound || !text.contains('\n') || text.trim().is_empty() {
        return None;
    }
    let lines = text.trim_end_matches('\n');
    let keep = match text.len() - lines.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    // Without a figure the first line says how far the block is indented.
    let figure = if text.starts_with([' ', '\t', '\n']) { "2" } else { "" };
    let mut block = format!("|{figure}{keep}");
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        block.push('\n');
        if !line.is_empty() {
            block.extend(std::iter::repeat_n(' ', indent));
            block.push_str(line);
        }
    }
    Some(block)
}

fn double(text: &str) -> Option<String> {
    (text.chars().all(is_printable) && !text.contains(['"', '\\'])).then(|| format!("\"{text}\""))
}

fn single(text: &str) -> Option<String> {
    (text.chars().all(is_printable) && !text.contains('\'')).then(|| format!("'{text}'"))
}

/// In double quotation marks, with everything that needs it written as an escape.
fn escaped(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if is_printable(c) => quoted.push(c),
            c => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

/// True where this, read again, is the text.
fn holds(written: &str, text: &str, place: Place) -> bool {
    let (yaml, value) = match place {
        Place::Brackets => (format!("[{written}]"), Value::from(vec![Value::from(text)])),
        // A block is indented from its key, so the key stands where it will.
        Place::Block(indent) => {
            let depth = indent.saturating_sub(2) / 2;
            let entry = Value::Mapping([(Value::from("k"), Value::from(text))].into_iter().collect());
            let nested = (0..depth).fold(entry, |value, _| Value::from(vec![value]));
            (format!("{}k: {written}\n", "- ".repeat(depth)), nested)
        }
    };
    serde_yaml::from_str::<Value>(&yaml).is_ok_and(|read| read == value)
}

/// A line for a comment: what no text file should have in it left out.
pub(super) fn without_controls(line: &str) -> String {
    line.chars().map(|c| if is_printable(c) || c == '\t' { c } else { ' ' }).collect()
}
