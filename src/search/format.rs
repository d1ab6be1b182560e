//! The names of the index's files, and the numbers in them. README.md in this folder describes them.

mod read;

pub(super) use read::{Bytes, continued, unpacked};

use flate2::{Compression, write::GzEncoder};
use std::{cmp::Ordering, fmt::Write as _, io::Write as _};

/// The version of the format. A reader refuses any other.
pub(super) const VERSION: u32 = 2;

/// The folder of the index in the site.
pub const FOLDER: &str = "search";

/// What begins the form under which a concept stands in the dictionary. No word has it.
pub(super) const CONCEPT: char = '~';

/// The file that says where all others are; for another language than the site's main one its code comes in.
pub(super) fn root(language: Option<&str>) -> String {
    format!("{FOLDER}/{}", root_name(language))
}

/// The name of that file in the folder of the index.
pub(super) fn root_name(language: Option<&str>) -> String {
    match language {
        Some(code) => format!("index.{code}.json"),
        None => "index.json".to_owned(),
    }
}

/// The files of an index besides its root, each in the folder that is named after what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileName {
    /// Terms with their postings.
    Terms(usize),
    /// The postings of a very common term that its shard leaves out.
    Tail(usize),
    /// Titles and texts.
    Texts(usize),
    /// Forms in order, for words that are misspelt in their second half.
    Starts(usize),
    /// Forms in order from their ends, for words that are misspelt in their first half.
    Ends(usize),
    /// What each page has of each facet.
    Facets,
    /// The pages from newest to oldest.
    Newest,
    /// The pages from A to Z.
    Titles,
}

impl FileName {
    /// Its name within the folder of the index's state.
    pub(super) fn name(self) -> String {
        match self {
            Self::Terms(place) => format!("t{place}.bin"),
            Self::Tail(place) => format!("c{place}.bin"),
            Self::Texts(place) => format!("d{place}.bin"),
            Self::Starts(place) => format!("s{place}.bin"),
            Self::Ends(place) => format!("e{place}.bin"),
            Self::Facets => "facets.bin".to_owned(),
            Self::Newest => "newest.bin".to_owned(),
            Self::Titles => "titles.bin".to_owned(),
        }
    }
}

/// Writes a number in groups of seven bits, the least first, a high bit on all but the last (LEB128).
pub(super) fn write(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes numbers that never fall, as the steps between them.
pub(super) fn write_steps(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut before = 0;
    for number in numbers {
        write(out, number - before);
        before = number;
    }
}

/// Writes numbers of four bits, two in a byte, the first in the lower half.
pub(super) fn write_levels(out: &mut Vec<u8>, levels: &[u8]) {
    out.extend(levels.chunks(2).map(|pair| match pair {
        [low, high] => low | high << 4,
        [low] => *low,
        _ => 0,
    }));
}

/// Writes words, each as how many bytes it shares with the one before, how many follow, and those.
pub(super) fn write_words<'a>(out: &mut Vec<u8>, words: impl Iterator<Item = &'a [u8]> + Clone) {
    let mut before: &[u8] = &[];
    let mut rests = Vec::new();
    let mut shared_with = Vec::new();
    for word in words {
        let shared = word.iter().zip(before).take_while(|(a, b)| a == b).count();
        shared_with.push(shared as u8);
        out.push((word.len() - shared) as u8);
        rests.extend_from_slice(word.get(shared..).unwrap_or_default());
        before = word;
    }
    out.extend(shared_with);
    out.extend(rests);
}

/// The order of words in the index: that of JavaScript's strings, which are compared as UTF-16.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// A file as it is served: compressed, since few hosts compress what they do not know.
pub(super) fn compressed(bytes: &[u8], thoroughness: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(thoroughness));
    // Writing to memory can't fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// A hash as the name of a folder.
pub(super) fn folder_of(hash: &blake3::Hash) -> String {
    hash.as_bytes().iter().take(6).fold(String::new(), |mut name, byte| {
        // Writing to a String can't fail.
        let _ = write!(name, "{byte:02x}");
        name
    })
}
