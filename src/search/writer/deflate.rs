//! DEFLATE (RFC 1951) for many short texts that all continue one preface.
//!
//! Compressors read a preset dictionary anew for every text, which here is as long as the text itself. This one looks
//! the preface up where it lies ready, and takes the first match that will do: two thirds of the time of the crate's
//! third level for a fortieth more bytes. What is longer than its window goes to the crate.

mod codes;

use codes::{Codes, MOST_LENGTH};

/// The longest text, in bytes: with the preface it fits into places of 16 bits.
pub(super) const LONGEST: usize = 40_000;

/// A match is no shorter, and one of so many bytes is taken without a look at others.
const LEAST: usize = 4;
const ENOUGH: usize = 10;

/// How many places with the same four bytes are looked at.
const LOOKS: usize = 2;

/// How far back a match may lie (RFC 1951, 3.2.5).
const FARTHEST: usize = 32_768;

/// How many bytes lead to a match that is long, and how many bits of a hash tell those of both tables.
const MANY: u32 = 7;
const BITS: u32 = 15;

/// A preface, and where in it which bytes stand.
pub(super) struct Preface {
    /// After one byte more, for a place of 0 to mean none.
    window: Vec<u8>,
    places: Places,
}

impl Preface {
    /// A preface of at most 24,000 bytes.
    pub(super) fn new(text: &[u8]) -> Self {
        let mut window = vec![0];
        window.extend_from_slice(text);
        let mut places = Places { few: vec![0; 1 << BITS], many: vec![0; 1 << BITS], before: vec![0; window.len()] };
        for at in 1..window.len().saturating_sub(size_of::<u64>() - 1) {
            places.note(at, eight(&window, at));
        }
        Self { window, places }
    }
}

/// The last place of bytes, by their hash.
#[derive(Clone)]
struct Places {
    /// Of four bytes.
    few: Vec<u16>,
    /// Of seven bytes.
    many: Vec<u16>,
    /// By place: the last one before with the same four bytes.
    before: Vec<u16>,
}

impl Places {
    /// Notes a place, and returns the last one before where many of its bytes stood, and few; 0 where none did.
    fn note(&mut self, at: usize, bytes: u64) -> (usize, usize) {
        // The multipliers of Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
        let few = (bytes as u32).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS);
        let many = (bytes << (u64::BITS - 8 * MANY)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS);
        let put = |table: &mut Vec<u16>, hash: usize| {
            table.get_mut(hash).map(|place| std::mem::replace(place, at as u16)).unwrap_or_default()
        };
        let few = put(&mut self.few, few as usize);
        if let Some(before) = self.before.get_mut(at) {
            *before = few;
        }
        (put(&mut self.many, many as usize).into(), few.into())
    }

    fn before(&self, place: usize) -> usize {
        self.before.get(place).copied().unwrap_or_default().into()
    }
}

/// One step of a text.
#[derive(Clone, Copy)]
enum Step {
    Byte(u8),
    /// So many bytes as they stand so far back.
    Match {
        length: u16,
        distance: u16,
    },
}

/// Compresses one text after the other.
pub(super) struct Deflater<'a> {
    preface: &'a Preface,
    window: Vec<u8>,
    places: Places,
    steps: Vec<Step>,
}

impl<'a> Deflater<'a> {
    pub(super) fn new(preface: &'a Preface) -> Self {
        Self { preface, window: preface.window.clone(), places: preface.places.clone(), steps: Vec::new() }
    }

    /// A text of at most [`LONGEST`] bytes, compressed as what follows the preface.
    pub(super) fn deflated(&mut self, text: &[u8]) -> Vec<u8> {
        let start = self.preface.window.len();
        let end = start + text.len();
        self.window.truncate(start);
        self.window.extend_from_slice(text);
        // Eight bytes can be read from every place.
        self.window.extend_from_slice(&[0; size_of::<u64>()]);
        self.places.few.copy_from_slice(&self.preface.places.few);
        self.places.many.copy_from_slice(&self.preface.places.many);
        self.places.before.truncate(start);
        self.places.before.resize(end, 0);
        self.steps.clear();
        let mut codes = Codes::default();
        let mut at = start;
        while at < end {
            let (length, distance) = if at + LEAST <= end { self.find(at, end) } else { (0, 0) };
            let step = if length == 0 {
                let byte = text.get(at - start).copied().unwrap_or_default();
                at += 1;
                Step::Byte(byte)
            } else {
                // Every other place is enough: a match that begins between two is found a byte later.
                for place in (at + 1..(at + length).min(end - LEAST)).step_by(2) {
                    self.places.note(place, eight(&self.window, place));
                }
                at += length;
                Step::Match { length: length as u16, distance: distance as u16 }
            };
            codes.count(step);
            self.steps.push(step);
        }
        codes.write(&self.steps)
    }

    /// The length and the distance of a match, or 0.
    fn find(&mut self, at: usize, end: usize) -> (usize, usize) {
        let own = eight(&self.window, at);
        let (many, mut few) = self.places.note(at, own);
        let most = (end - at).min(MOST_LENGTH);
        let window = &self.window;
        let is_near = |place: usize| place != 0 && at - place < FARTHEST;
        let (mut best, mut distance) = (LEAST - 1, 0);
        if is_near(many) {
            let length = common(window, many, at, most);
            if length > best {
                (best, distance) = (length, at - many);
            }
        }
        for _ in 0..LOOKS {
            if best >= ENOUGH.min(most) || !is_near(few) {
                break;
            }
            // What is no longer than the best differs at the latest where the best ends.
            if four(window, few + best + 1 - LEAST) == four(window, at + best + 1 - LEAST) {
                let length = common(window, few, at, most);
                if length > best {
                    (best, distance) = (length, at - few);
                }
            }
            few = self.places.before(few);
        }
        if distance == 0 { (0, 0) } else { (best, distance) }
    }
}

fn eight(window: &[u8], at: usize) -> u64 {
    window.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn four(window: &[u8], at: usize) -> u32 {
    window.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// How many bytes are the same from two places on, at most `most`.
fn common(window: &[u8], one: usize, other: usize, most: usize) -> usize {
    for length in (0..most).step_by(size_of::<u64>()) {
        let differ = eight(window, one + length) ^ eight(window, other + length);
        if differ != 0 {
            return (length + differ.trailing_zeros() as usize / 8).min(most);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::{super::super::format::continued, *};
    use proptest::prelude::*;

    fn is_read_back(preface: &[u8], texts: &[Vec<u8>]) {
        let known = Preface::new(preface);
        let mut deflater = Deflater::new(&known);
        for text in texts {
            let packed = deflater.deflated(text);
            assert_eq!(&continued(&packed, preface).unwrap(), text);
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let every: Vec<u8> = (0..=255).collect();
        let words: Vec<u8> = (0..9_000).flat_map(|word: u32| format!("{} ", word * word % 977).into_bytes()).collect();
        let noise: Vec<u8> = (0..20_000_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let one = vec![b'a'; LONGEST];
        let texts =
            [vec![], vec![b'x'], every.clone(), words[..LONGEST.min(words.len())].to_vec(), noise, one, b"a".to_vec()];
        for preface in [&b""[..], b"a", b"abcdefgh", &every, &words[..24_000]] {
            is_read_back(preface, &texts);
        }
    }

    #[test]
    fn a_preface_is_made_use_of() {
        let preface = Preface::new(b"children and young people in care");
        assert!(Deflater::new(&preface).deflated(b"for children and young people in care").len() < 30);
    }

    #[test]
    fn codes_grow_no_longer_than_they_may() {
        // Numbers of Fibonacci make the longest codes that there are.
        let (mut often, mut next) = (1_usize, 1_usize);
        let mut text = Vec::new();
        for byte in 0..20 {
            text.extend(std::iter::repeat_n(byte * 11, often.min(LONGEST - text.len())));
            (often, next) = (next, often + next);
        }
        // In an order that has few matches.
        let mut mixed = Vec::new();
        for place in 0..text.len() {
            mixed.push(text[place * 7_919 % text.len()]);
        }
        is_read_back(b"", &[mixed]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(
            preface in proptest::collection::vec(0_u8..4, 0..300),
            texts in proptest::collection::vec(proptest::collection::vec(0_u8..6, 0..600), 1..4),
        ) {
            is_read_back(&preface, &texts);
        }
    }
}
