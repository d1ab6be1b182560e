//! Texts without what programs leave in them that nobody sees or types.

/// A text with the signs that people type: straight quotation marks, plain blanks, one kind of line ending, and
/// nothing that is there for the layout alone.
pub fn clean(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201f}' => plain.push('"'),
            // Blanks that hold a line together, or are narrower than others.
            '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{200a}' | '\u{202f}' => plain.push(' '),
            // Ends of lines and pages of other programs.
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            // Soft hyphens, places where a word may break, marks of byte order.
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            c if crate::portable::is_control(c) => {}
            c => plain.push(c),
        }
    }
    plain
}

/// The same without blanks at its ends and at the ends of its lines.
pub(super) fn tidy(text: &str) -> String {
    let clean = clean(text);
    let lines: Vec<&str> = clean.trim().split('\n').map(str::trim_end).collect();
    lines.join("\n")
}

/// On one line, with single blanks.
pub(super) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
