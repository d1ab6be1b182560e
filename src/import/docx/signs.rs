//! Signs: what Word puts between letters for its own lines, and what it raises, lowers or takes from another font.

use super::xml::{Node, attribute};

/// Where the scripts begin that join their letters: before are those of Europe.
const FIRST_JOINED: char = '\u{590}';

/// Words without what Word puts into them for its own lines: soft hyphens, spaces and hyphens that hold words together,
/// and signs that nobody sees.
pub(super) fn clean(words: &str) -> String {
    let seen = |c: char| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}');
    // These keep letters apart or together, which Persian and others can't be written without.
    let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let plain = |c: char| match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => ' ',
        '\u{2011}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201f}' => '"',
        c => c,
    };
    let mut out = String::with_capacity(words.len());
    for c in words.chars().filter(|c| seen(*c)).map(plain).filter(|c| joins(*c) || !crate::portable::is_control(*c)) {
        let needs_joins = out.chars().next_back().is_some_and(|before| before >= FIRST_JOINED);
        if !joins(c) || needs_joins {
            out.push(c);
        }
    }
    out
}

/// The signs of two fonts of pictures that documents are full of, by the number that they have there, with those of
/// Unicode.
const WINGDINGS: [(u32, char); 18] = [
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x4a, '☺'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '☐'),
    (0x71, '☐'),
    (0xa7, '▪'),
    (0xa8, '☐'),
    (0xab, '★'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe8, '→'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
const SYMBOL: [(u32, char); 14] = [
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0xa3, '≤'),
    (0xac, '←'),
    (0xae, '→'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb9, '≠'),
    (0xbb, '≈'),
];

/// A sign by its number in a font, where Unicode has it too.
pub(super) fn of_font(node: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(attribute(node, "char")?, 16).ok()?;
    let signs: &[(u32, char)] = match attribute(node, "font") {
        Some("Wingdings") => &WINGDINGS,
        Some("Symbol") => &SYMBOL,
        _ => &[],
    };
    // Word adds these to the number, so that it is none of Unicode's signs.
    let number = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let known = signs.iter().find(|(known, _)| *known == number).map(|(_, sign)| *sign);
    let plain = || char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c) && !c.is_control());
    known.or_else(plain)
}

/// The signs that stand high, and those that stand low, by themselves, with those that stand on the line.
const RAISED: (&str, &str) = ("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ");
const LOWERED: (&str, &str) = ("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎");

/// The ends of numbers, which say the same on the line.
const ENDS: [&str; 7] = ["st", "nd", "rd", "th", "TM", "®", "©"];

/// True for what need not be raised or lowered.
pub(super) fn says_the_same_on_the_line(words: &str) -> bool {
    words.trim().is_empty() || ENDS.contains(&words.trim())
}

/// Words that are raised or lowered, as in m² and H₂O, by the signs that are so by themselves; nothing where there are
/// none.
pub(super) fn shifted(words: &str, is_raised: bool) -> Option<String> {
    let (plain, set) = if is_raised { RAISED } else { LOWERED };
    let sign = |c: char| if c.is_whitespace() { Some(c) } else { set.chars().nth(plain.chars().position(|p| p == c)?) };
    words.chars().map(sign).collect()
}
