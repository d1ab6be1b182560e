//! Words in lines of a width.

/// How far in the lines of a text begin, in columns.
#[derive(Clone, Copy)]
pub(super) struct Indent {
    /// The first line, and each that follows a break of the text's own.
    pub(super) first: usize,
    /// The others.
    pub(super) rest: usize,
}

impl Indent {
    /// All lines alike.
    pub(super) fn block(at: usize) -> Self {
        Self { first: at, rest: at }
    }

    /// The later lines farther in.
    pub(super) fn hanging(at: usize, by: usize) -> Self {
        Self { first: at, rest: at + by }
    }
}

/// The lines of a text, none longer than `columns`. A word that fits no line is broken, an address after a slash
/// where that can be. A space that doesn't break becomes a plain one.
pub(super) fn wrapped(text: &str, columns: usize, indent: Indent) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.lines() {
        let mut start = if lines.is_empty() { indent.first } else { indent.rest };
        let mut line = Vec::new();
        let mut length = start;
        let mut words: Vec<&str> = part.split(breaks).filter(|word| !word.is_empty()).rev().collect();
        while let Some(word) = words.pop() {
            let gap = usize::from(!line.is_empty());
            let own = word.chars().count();
            if length + gap + own <= columns {
                line.push(word);
                length += gap + own;
            } else if !line.is_empty() && indent.rest + own <= columns {
                lines.push(set(start, &std::mem::take(&mut line)));
                start = indent.rest;
                length = start;
                words.push(word);
            } else {
                let room = columns.saturating_sub(length + gap);
                let (fits, rest) = broken(word, room.max(usize::from(line.is_empty())));
                line.extend((!fits.is_empty()).then_some(fits));
                lines.push(set(start, &std::mem::take(&mut line)));
                start = indent.rest;
                length = start;
                words.push(rest);
            }
        }
        lines.extend((!line.is_empty()).then(|| set(start, &line)));
    }
    lines
}

fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}

fn set(start: usize, words: &[&str]) -> String {
    let line = format!("{}{}", " ".repeat(start), words.join(" ")).replace(['\u{a0}', '\u{202f}'], " ");
    line.trim_end().to_owned()
}

/// A word in two: at most `room` characters, and the rest.
fn broken(word: &str, room: usize) -> (&str, &str) {
    let end = word.char_indices().nth(room).map_or(word.len(), |(end, _)| end);
    let (fits, _) = word.split_at(end);
    let slash = fits.rfind('/').map(|slash| slash + 1).filter(|slash| *slash > fits.len() / 3);
    word.split_at(slash.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words() {
        assert_eq!(wrapped("one two three four", 9, Indent::hanging(0, 2)), ["one two", "  three", "  four"]);
        assert_eq!(wrapped("a\u{a0}b c\nd", 4, Indent::block(0)), ["a b", "c", "d"]);
        assert_eq!(wrapped("  ", 4, Indent::block(0)), [""; 0]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let address = "1. https://example.org/a/long/way/to/go";
        let lines = wrapped(address, 20, Indent::hanging(0, 3));
        assert_eq!(lines, ["1. https://", "   example.org/a/", "   long/way/to/go"]);
        assert_eq!(wrapped("ŵŷŵŷŵ", 2, Indent::block(0)), ["ŵŷ", "ŵŷ", "ŵ"]);
        assert_eq!(wrapped("abc", 3, Indent::block(3)).concat().replace(' ', ""), "abc");
    }
}
