//! What a word is: one rule for the pages that are indexed and the questions that are asked. `js/words.js` has the same.
//!
//! Words are runs of letters and digits, without case and accents (compatibility decomposition, Unicode Standard
//! Annex 15). Apostrophes go without a trace, commas between thousands too, and hyphens part words.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Longer words are none: nobody asks for them, and each would take its place in the index.
pub(super) const LONGEST: usize = 40;

/// Calls `see` with each word of a text, and the word before where a hyphen alone stands between the two.
pub(super) fn each(text: &str, mut see: impl FnMut(&str, Option<&str>)) {
    each_with_start(text, |word, _, before| see(word, before));
}

/// As [`each`], and between the two what tells the word from most others at once: its [`start`].
pub(super) fn each_with_start(text: &str, see: impl FnMut(&str, u64, Option<&str>)) {
    let mut reading = Reading { see, word: String::new(), before: String::new(), gap: Gap::Other };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() && reading.word.is_empty() {
            at = reading.run(text, at);
        } else if byte.is_ascii() {
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

/// The first eight bytes of a word as a number, the first the least; 0 where it has fewer.
pub(super) fn start(word: &str) -> u64 {
    eight(word.as_bytes(), 0)
}

/// Eight bytes from a place on as a number, the first the least; 0 where there are no more.
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

/// The same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Eight bytes at once, the highest bit of each says what it is: those that are letters or digits of ASCII, and those
/// that are capitals.
fn plain(bytes: u64) -> (u64, u64) {
    // Adding what a sign lacks of 128 sets the highest bit of all that are not less; none overflows into the next.
    let from = |bytes: u64, sign: u8| bytes + all(0x80 - sign);
    let low = bytes & all(0x7f);
    let small = low | all(0x20);
    let letters = from(small, b'a') & !from(small, b'z' + 1);
    let digits = from(low, b'0') & !from(low, b'9' + 1);
    let ascii = !bytes & all(0x80);
    (ascii & (letters | digits), ascii & letters & !(bytes << 2))
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

impl<S: FnMut(&str, u64, Option<&str>)> Reading<S> {
    /// Reads letters and digits of ASCII from `start` on, up to the place that is returned. Nearly all words are such
    /// a run, as it stands.
    fn run(&mut self, text: &str, start: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut first, mut has_capitals) = (start, None, false);
        loop {
            let read = eight(bytes, at);
            let (plain, capitals) = plain(read);
            let length = ((!plain & all(0x80)).trailing_zeros() / 8) as usize;
            let own = u64::MAX.checked_shr(64 - 8 * length as u32).unwrap_or_default();
            first.get_or_insert((read | capitals >> 2) & own);
            has_capitals |= capitals & own != 0;
            at += length;
            if length < 8 {
                break;
            }
        }
        let run = text.get(start..at).unwrap_or_default();
        let next = bytes.get(at);
        let goes_on = match next {
            Some(b'\'') => true,
            Some(b',') => parts_thousands(bytes, at),
            Some(next) => !next.is_ascii(),
            None => false,
        };
        if goes_on || has_capitals {
            self.word.push_str(run);
            self.word.make_ascii_lowercase();
        }
        if goes_on {
            return at;
        }
        if has_capitals {
            self.end();
        } else {
            self.whole(run, first.unwrap_or_default());
            if next == Some(&b'-') {
                self.keep(run);
            }
        }
        if next == Some(&b' ') {
            self.gap = Gap::Other;
            at += 1;
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
            self.whole(&word, start(&word));
            self.keep(&word);
            word.clear();
            self.word = word;
        }
    }

    fn whole(&mut self, word: &str, start: u64) {
        let fits = word.len() <= LONGEST || word.chars().nth(LONGEST).is_none();
        if fits {
            (self.see)(word, start, (self.gap == Gap::Hyphen).then_some(self.before.as_str()));
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
    fn eight_bytes_are_told_at_once() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let bytes = u64::from(byte) << (8 * place) | (all(b'-') & !(0xff << (8 * place)));
                let bit = 0x80 << (8 * place);
                let expected = (byte.is_ascii_alphanumeric(), byte.is_ascii_uppercase());
                assert_eq!(
                    plain(bytes),
                    (if expected.0 { bit } else { 0 }, if expected.1 { bit } else { 0 }),
                    "{byte}"
                );
            }
        }
    }

    #[test]
    fn words_start_with_what_they_start_with() {
        let text = "A lengthened Word, LENGTHENED too; 12345678 well-being ẃ d'Or";
        each_with_start(text, |word, known, _| assert_eq!(known, start(word), "{word}"));
        assert_eq!(
            words(text),
            ["a", "lengthened", "word", "lengthened", "too", "12345678", "well", "being", "w", "dor"]
        );
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
