//! Titles and texts, for the results that are shown: several parts of pages in a file.
//!
//! A file is JSON, compressed by itself and yet with what all have in common: each is the continuation of one sample
//! of the library's text, its *preface*, which the root of the index holds. So a small file packs as well as a large.

use super::{
    super::format::FileName,
    page::{Page, Section},
    preface::preface,
};
use crate::model::{Entry, Library};
use flate2::{Compress, Compression, FlushCompress};
use rayon::prelude::*;

/// About how much text a file holds, in bytes; and in a library of more text than `LARGE`, where larger files save
/// more than the few that an answer needs cost.
const BLOCK: usize = 12_000;
const LARGE_BLOCK: usize = 24_000;
const LARGE: usize = 8_000_000;

/// The most parts that a file holds.
const MOST: usize = 64;

/// The preface is one of so many parts of all text, and no longer than this, in bytes; it is chosen from a sample that
/// is so many times as long.
const SHARE: usize = 160;
const LONGEST: usize = 24_000;
const SAMPLE: usize = 24;

/// How hard to compress, of 9; and in a library of more text than `LARGE`, where a quarter less time costs a tenth more
/// bytes.
const THOROUGHNESS: u32 = 5;
const LARGE_THOROUGHNESS: u32 = 3;

/// The files, and what a reader needs for them.
pub(super) struct Texts {
    pub(super) files: Vec<(FileName, Vec<u8>)>,
    pub(super) preface: String,
    /// How many parts a file holds.
    pub(super) per_file: usize,
}

pub(super) fn texts(pages: &[Page<'_>], library: &Library, href: &(dyn Fn(&str) -> String + Sync)) -> Texts {
    let records = Records { library, href };
    let parts: Vec<(&Page<'_>, usize)> =
        pages.iter().flat_map(|page| (0..page.parts.len()).map(move |place| (page, place))).collect();
    let size: usize = parts.par_iter().map(|(page, place)| length(page, *place)).sum();
    let (block, thoroughness) = if size > LARGE { (LARGE_BLOCK, LARGE_THOROUGHNESS) } else { (BLOCK, THOROUGHNESS) };
    let per_file = (block * parts.len() / size.max(1)).clamp(1, MOST);
    let preface_size = (size / SHARE).min(LONGEST);
    let sample = sample(&parts, &records, size.div_ceil(preface_size.max(1) * SAMPLE));
    let preface = preface(&sample, preface_size);
    let file = |packer: &mut Packer, (place, parts): (usize, &[(&Page<'_>, usize)])| {
        packer.text.clear();
        for (page, place) in parts {
            packer.text.push(if packer.text.is_empty() { b'[' } else { b',' });
            records.write(page, *place, &mut packer.text);
        }
        packer.text.push(b']');
        (FileName::Texts(place), packer.continued(preface.as_bytes()))
    };
    let files = parts.par_chunks(per_file).enumerate().map_init(|| Packer::new(thoroughness), file).collect();
    Texts { files, preface, per_file }
}

/// About how long a part is as JSON, in bytes.
fn length(page: &Page<'_>, place: usize) -> usize {
    let sections = page.parts.get(place).into_iter().flat_map(|part| &part.sections);
    let section = |section: &Section| section.anchor.len() + section.heading.len() + section.text.len() + SIGNS;
    let Entry { url, title, summary, .. } = page.entry;
    let names = if place == 0 { url.len() + title.len() + summary.len() + page.tags.len() + SIGNS } else { 0 };
    sections.map(section).sum::<usize>() + names
}

/// How many signs JSON needs around a few texts.
const SIGNS: usize = 16;

/// Address, title, kind, summary, date, and the labels of its terms by taxonomy.
struct Names<'a>(String, &'a str, &'a str, &'a str, Option<String>, Vec<Vec<&'a str>>);

impl<'a> Names<'a> {
    fn new(page: &'a Page<'_>, library: &'a Library, href: &(dyn Fn(&str) -> String + Sync)) -> Self {
        let entry = page.entry;
        let labels = library.taxonomies.iter().zip(&page.terms).map(|(taxonomy, own)| {
            let terms = own.iter().filter_map(|place| taxonomy.terms.get(*place));
            terms.map(|term| term.labels.get(&entry.language)).collect()
        });
        let kind = entry.kind.label.get(&entry.language);
        let date = entry.newest().map(|date| date.to_string());
        Self(href(&entry.url), &entry.title, kind, &entry.summary, date, labels.collect())
    }
}

/// Parts as JSON: their sections, and for the first of a page what names it.
struct Records<'a> {
    library: &'a Library,
    href: &'a (dyn Fn(&str) -> String + Sync),
}

impl Records<'_> {
    fn write(&self, page: &Page<'_>, place: usize, out: &mut Vec<u8>) {
        let sections = page.parts.get(place).into_iter().flat_map(|part| &part.sections);
        out.extend_from_slice(b"[[");
        for (place, Section { anchor, heading, text, .. }) in sections.enumerate() {
            out.extend_from_slice(if place == 0 { b"[" } else { b",[" });
            write_text(out, anchor);
            out.push(b',');
            write_text(out, heading);
            out.push(b',');
            write_text(out, text);
            out.push(b']');
        }
        out.push(b']');
        if place == 0 {
            let Names(url, title, kind, summary, date, terms) = Names::new(page, self.library, self.href);
            // Texts and lists of them always are JSON.
            let names = serde_json::to_vec(&(url, title, kind, summary, date, terms)).unwrap_or_default();
            out.push(b',');
            out.extend_from_slice(names.get(1..).unwrap_or_default());
        } else {
            out.push(b']');
        }
    }
}

/// Writes a text as JSON. Nearly all of it needs no escape, and that is told of many bytes at once.
fn write_text(out: &mut Vec<u8>, text: &str) {
    const MANY: usize = 32;
    let needs_escape = |byte: &u8| (*byte < b' ') | (*byte == b'"') | (*byte == b'\\');
    let all = text.as_bytes();
    let mut written = 0;
    out.push(b'"');
    for (place, bytes) in all.chunks(MANY).enumerate() {
        if !bytes.iter().fold(false, |needs, byte| needs | needs_escape(byte)) {
            continue;
        }
        out.extend_from_slice(all.get(written..place * MANY).unwrap_or_default());
        written = place * MANY + bytes.len();
        for byte in bytes {
            match byte {
                b'\n' => out.extend_from_slice(b"\\n"),
                b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
                0..b' ' => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
                _ => out.push(*byte),
            }
        }
    }
    out.extend_from_slice(all.get(written..).unwrap_or_default());
    out.push(b'"');
}

/// Every so manieth record.
fn sample(parts: &[(&Page<'_>, usize)], records: &Records<'_>, step: usize) -> String {
    let mut sample = Vec::new();
    for (page, place) in parts.iter().step_by(step.max(1)) {
        records.write(page, *place, &mut sample);
    }
    // JSON is text.
    String::from_utf8(sample).unwrap_or_default()
}

/// Packs one text after the other; its room is used again.
struct Packer {
    text: Vec<u8>,
    compress: Compress,
}

impl Packer {
    fn new(thoroughness: u32) -> Self {
        Self { text: Vec::new(), compress: Compress::new(Compression::new(thoroughness), false) }
    }

    /// The text compressed as the continuation of a preface (a preset dictionary of RFC 1951's format).
    fn continued(&mut self, preface: &[u8]) -> Vec<u8> {
        self.compress.reset();
        if !preface.is_empty() {
            // A dictionary is refused only once something has been compressed.
            let _ = self.compress.set_dictionary(preface);
        }
        // The compressor fills what room there is and asks for no more; what can't be packed grows a little.
        let mut out = Vec::with_capacity(self.text.len() + self.text.len() / 8 + 64);
        let _ = self.compress.compress_vec(&self.text, &mut out, FlushCompress::Finish);
        out.shrink_to_fit();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_was_written() {
        let every: String = (0..0x500).filter_map(char::from_u32).collect();
        for text in ["", "plain", "\n", every.as_str()] {
            let mut out = Vec::new();
            write_text(&mut out, text);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }
}
