//! Reads what the writing half of this room wrote. Every fault is a value: the bytes may be anybody's.

use flate2::read::{DeflateDecoder, GzDecoder};
use std::io::Read;

/// No file of an index is longer than this once it is unpacked, in bytes.
const LONGEST: u64 = 1 << 28;

/// The longest stretch that DEFLATE stores in one piece, in bytes (RFC 1951, 3.2.4).
const LONGEST_STORED: usize = 0xffff;

/// The bytes of a file, read from front to back.
pub(in crate::search) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(in crate::search) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// A number in groups of seven bits, the least first (LEB128).
    pub(in crate::search) fn number(&mut self) -> Result<u32, String> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or_else(too_short)?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return u32::try_from(number).map_err(|_| too_large());
            }
        }
        Err(too_large())
    }

    /// A number that counts what follows, of which each takes `bits` of the file at least.
    pub(in crate::search) fn count(&mut self, bits: usize) -> Result<usize, String> {
        let count = self.number()? as usize;
        self.has_room(count, bits)?;
        Ok(count)
    }

    pub(in crate::search) fn numbers(&mut self, count: usize) -> Result<Vec<u32>, String> {
        self.has_room(count, 8)?;
        (0..count).map(|_| self.number()).collect()
    }

    /// Numbers that never fall, given as steps.
    pub(in crate::search) fn steps(&mut self, count: usize) -> Result<Vec<u32>, String> {
        let mut numbers = self.numbers(count)?;
        let mut sum = 0_u32;
        for number in &mut numbers {
            sum = sum.checked_add(*number).ok_or_else(too_large)?;
            *number = sum;
        }
        Ok(numbers)
    }

    /// Numbers of four bits, two in a byte, the first in the lower half.
    pub(in crate::search) fn levels(&mut self, count: usize) -> Result<Vec<u8>, String> {
        let mut levels: Vec<u8> =
            self.take(count.div_ceil(2))?.iter().flat_map(|pair| [pair & 15, pair >> 4]).collect();
        levels.truncate(count);
        Ok(levels)
    }

    pub(in crate::search) fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(too_short)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Words, each as how many bytes it shares with the one before, how many follow, and those.
    pub(in crate::search) fn words(&mut self, count: usize) -> Result<Vec<String>, String> {
        let lengths = self.take(count)?;
        let shared = self.take(count)?;
        let mut word = Vec::new();
        let mut words = Vec::with_capacity(count);
        for (length, shared) in lengths.iter().zip(shared) {
            word.truncate(usize::from(*shared));
            word.extend_from_slice(self.take(usize::from(*length))?);
            words.push(String::from_utf8(word.clone()).map_err(|_| "it holds what is no text".to_owned())?);
        }
        Ok(words)
    }

    fn has_room(&self, count: usize, bits: usize) -> Result<(), String> {
        let room = self.rest.len().saturating_mul(8);
        if count.saturating_mul(bits) > room { Err(too_short()) } else { Ok(()) }
    }
}

/// A file as [`super::compressed`] packed it.
pub(in crate::search) fn unpacked(file: &[u8]) -> Result<Vec<u8>, String> {
    read(GzDecoder::new(file))
}

/// A file that was compressed as the continuation of a preface.
pub(in crate::search) fn continued(file: &[u8], preface: &[u8]) -> Result<Vec<u8>, String> {
    let length = u16::try_from(preface.len()).map_err(|_| format!("its preface is over {LONGEST_STORED} bytes"))?;
    // The preface comes before it as DEFLATE stores it, for what follows to refer to.
    let [[a, b], [c, d]] = [length.to_le_bytes(), (!length).to_le_bytes()];
    let head = [0, a, b, c, d];
    let mut whole = read(DeflateDecoder::new(head.as_slice().chain(preface).chain(file)))?;
    if whole.len() < preface.len() {
        return Err(too_short());
    }
    Ok(whole.split_off(preface.len()))
}

fn read(packed: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    packed.take(LONGEST).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 == LONGEST { Err(too_large()) } else { Ok(bytes) }
}

fn too_short() -> String {
    "it ends too early".to_owned()
}

fn too_large() -> String {
    "it holds too large a number".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::*, *};

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        [0, 127, 128, u32::MAX].into_iter().for_each(|number| write(&mut out, number));
        write_steps(&mut out, [3, 3, 900].into_iter());
        write_levels(&mut out, &[1, 15, 7]);
        write_words(&mut out, ["ŵyth", "ŵythnos", "ŷ"].iter().map(|word| word.as_bytes()));
        let mut bytes = Bytes::new(&out);
        assert_eq!(bytes.numbers(4).unwrap(), [0, 127, 128, u32::MAX]);
        assert_eq!(bytes.steps(3).unwrap(), [3, 3, 900]);
        assert_eq!(bytes.levels(3).unwrap(), [1, 15, 7]);
        assert_eq!(bytes.words(3).unwrap(), ["ŵyth", "ŵythnos", "ŷ"]);
        assert!(bytes.number().is_err());
        assert_eq!(unpacked(&compressed(&out, 9)).unwrap(), out);
    }

    #[test]
    fn what_lies_is_refused() {
        for bytes in [&[0x80][..], &[0xff; 9], &[0xff; 12], &[0xff, 0xff, 0xff, 0xff, 0x7f]] {
            assert!(Bytes::new(bytes).number().is_err(), "{bytes:?}");
        }
        assert!(Bytes::new(&[0xff, 0xff, 0xff, 0xff, 0x0f]).count(1).is_err());
        assert!(Bytes::new(&[0; 4]).numbers(usize::MAX).is_err());
        assert!(Bytes::new(&[0; 4]).words(usize::MAX).is_err());
        assert!(Bytes::new(&[0; 4]).levels(usize::MAX).is_err());
        assert!(Bytes::new(&[1, 0, 0xff]).words(1).is_err(), "no text");
        assert!(continued(b"", &[b' '; 70_000]).is_err());
    }
}
