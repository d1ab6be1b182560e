//! What a word is: one rule for the pages that are indexed and the questions that are asked. `js/words.js` has the same.
//!
//! Words are runs of letters and digits, without case and accents (compatibility decomposition, Unicode Standard
//! Annex 15). Apostrophes go without a trace, commas between thousands too, and hyphens part words.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Longer words are none: nobody asks for them, and each would take its place in the index.
pub(super) const LONGEST: usize = 40;

/// Calls `see` with each word of a text, and the word before where a hyphen alone stands between the two.
pub(super) fn each(text: &str, see: impl FnMut(&str, Option<&str>)) {
    let mut reading = Reading { see, word: String::new(), before: String::new(), gap: Gap::Other };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let class = class(*byte);
        if class & PLAIN != 0 && reading.word.is_empty() {
            let start = at;
            at = reading.run(text, start);
        } else if class & OTHER == 0 {
            reading.ascii(*byte, bytes, at);
            at += 1;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            reading.other(c);
            at += c.len_utf8();
        }
    }
    reading.end();
}

/// What a byte is: most of all text is told by it.
const PLAIN: u8 = 1;
const CAPITAL: u8 = 2;
const OTHER: u8 = 4;

/// By byte: what it is.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => PLAIN,
            b'A'..=b'Z' => PLAIN | CAPITAL,
            0x80.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}

/// What stands between the last word and here.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    /// Nothing: the word has just ended.
    None,
    /// One hyphen.
    Hyphen,
    /// Anything else, or there is no word before.
    Other,
}

/// A text that is being read.
struct Reading<S> {
    see: S,
    /// What there is of the word at hand, without case and accents.
    word: String,
    /// The word before a hyphen.
    before: String,
    gap: Gap,
}

impl<S: FnMut(&str, Option<&str>)> Reading<S> {
    /// Reads letters and digits of ASCII from `start` on, up to the place that is returned. Nearly all words are such
    /// a run, as it stands.
    fn run(&mut self, text: &str, start: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut seen) = (start, 0);
        while let Some(class) = bytes.get(at).map(|byte| class(*byte)).filter(|class| class & PLAIN != 0) {
            seen |= class;
            at += 1;
        }
        let run = text.get(start..at).unwrap_or_default();
        let goes_on = match bytes.get(at) {
            Some(b'\'') => true,
            Some(b',') => parts_thousands(bytes, at),
            Some(next) => !next.is_ascii(),
            None => false,
        };
        if goes_on || seen & CAPITAL != 0 {
            self.word.push_str(run);
            self.word.make_ascii_lowercase();
        } else {
            self.whole(run);
            if bytes.get(at) == Some(&b'-') {
                self.keep(run);
            }
        }
        at
    }

    fn ascii(&mut self, byte: u8, text: &[u8], at: usize) {
        match byte {
            b'\'' => {}
            b',' if parts_thousands(text, at) => {}
            byte => self.put(char::from(byte.to_ascii_lowercase())),
        }
    }

    fn other(&mut self, c: char) {
        match c {
            '\u{2019}' | '\u{2bc}' => {}
            // A sign that stands for letters, as that of a trade mark, is no part of a word.
            c if !c.is_alphanumeric() && !is_combining_mark(c) => self.put(c),
            c => decompose_compatible(c, |part| {
                let parts = part.to_lowercase().filter(|c| !is_combining_mark(*c));
                parts.for_each(|c| self.put(if c == 'ς' { 'σ' } else { c }));
            }),
        }
    }

    /// One character of the folded text.
    fn put(&mut self, c: char) {
        if c.is_alphanumeric() {
            self.word.push(c);
            return;
        }
        self.end();
        self.gap = if self.gap == Gap::None && is_hyphen(c) { Gap::Hyphen } else { Gap::Other };
    }

    /// The word at hand is over.
    fn end(&mut self) {
        if !self.word.is_empty() {
            let mut word = std::mem::take(&mut self.word);
            self.whole(&word);
            self.keep(&word);
            word.clear();
            self.word = word;
        }
    }

    fn whole(&mut self, word: &str) {
        let fits = word.len() <= LONGEST || word.chars().nth(LONGEST).is_none();
        if fits {
            (self.see)(word, (self.gap == Gap::Hyphen).then_some(self.before.as_str()));
        }
        self.gap = if fits { Gap::None } else { Gap::Other };
    }

    /// Keeps a word for the one that a hyphen may join to it.
    fn keep(&mut self, word: &str) {
        self.before.clear();
        self.before.push_str(word);
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}

/// The words of a text.
#[cfg(test)]
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, |word, _| words.push(word.to_owned()));
    words
}

/// True for the comma in `1,200`.
fn parts_thousands(text: &[u8], comma: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    comma > 0 && digit(comma - 1) && (1..=3).all(|next| digit(comma + next)) && !digit(comma + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_signs_make_no_difference() {
        assert_eq!(words("The Tŷ’s ŵyth CHILDREN'S ﬁgures"), ["the", "tys", "wyth", "childrens", "figures"]);
        assert_eq!(words("£1,200 and 12,5 or 1,2345; 18+"), ["1200", "and", "12", "5", "or", "1", "2345", "18"]);
        assert_eq!(words("Casebook™ ½"), ["casebook", "1", "2"]);
        assert_eq!(words("İstanbul ΟΔΟΣ 🎉 <img>"), ["istanbul", "οδοσ", "img"]);
        assert_eq!(words(&"x".repeat(41)), [""; 0]);
    }

    #[test]
    fn a_hyphen_alone_joins() {
        let mut seen: Vec<String> = Vec::new();
        each("Well-being, part - time self\u{2010}made", |word, before| {
            seen.extend(before.map(|before| format!("{before} {word}")));
        });
        assert_eq!(seen, ["well being", "self made"]);
    }
}
