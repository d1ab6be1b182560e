//! Titles and texts, for the results that are shown: several parts of pages in a file.
//!
//! A file is JSON, compressed by itself and yet with what all have in common: each is the continuation of one sample
//! of the library's text, the *preface*, which the root of the index holds. So a small file packs as well as a large.

use super::{
    super::format::FileName,
    page::{Page, Part, boundary},
};
use crate::model::Library;
use flate2::{Compress, Compression, FlushCompress};
use rayon::prelude::*;
use serde::Serialize;

/// About how much text a file holds, in bytes; and in a library of more text than `LARGE`, where larger files save
/// more than the few that an answer needs cost.
const BLOCK: usize = 12_000;
const LARGE_BLOCK: usize = 24_000;
const LARGE: usize = 8_000_000;

/// The most parts that a file holds.
const MOST: usize = 64;

/// The preface is one of so many parts of all text, and no longer than this, in bytes; it is made of samples.
const SHARE: usize = 160;
const LONGEST: usize = 24_000;
const SAMPLE: usize = 250;

/// How hard to compress: more takes half as long again and saves one byte in a hundred.
const THOROUGHNESS: u32 = 5;

/// The files, and what a reader needs for them.
pub(super) struct Texts {
    pub(super) files: Vec<(FileName, Vec<u8>)>,
    pub(super) preface: String,
    /// How many parts a file holds.
    pub(super) per_file: usize,
}

pub(super) fn texts(pages: &[Page<'_>], library: &Library, href: &(dyn Fn(&str) -> String + Sync)) -> Texts {
    let of_page = |page: &Page<'_>| {
        let part = |(place, part): (usize, &Part)| record(part, (place == 0).then(|| Names::new(page, library, href)));
        page.parts.iter().enumerate().map(part).collect::<Vec<String>>()
    };
    let records: Vec<String> = pages.par_iter().flat_map_iter(of_page).collect();
    let size: usize = records.iter().map(String::len).sum();
    let block = if size > LARGE { LARGE_BLOCK } else { BLOCK };
    let per_file = (block * records.len() / size.max(1)).clamp(1, MOST);
    let preface = preface(&records, (size / SHARE).min(LONGEST));
    let file = |(place, records): (usize, &[String])| {
        let text = format!("[{}]", records.join(","));
        (FileName::Texts(place), continued(text.as_bytes(), preface.as_bytes()))
    };
    let files = records.par_chunks(per_file).enumerate().map(file).collect();
    Texts { files, preface, per_file }
}

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

/// A part as JSON: its sections, and for the first of a page what names it.
fn record(part: &Part, names: Option<Names<'_>>) -> String {
    let sections: Vec<_> =
        part.sections.iter().map(|section| (&section.anchor, &section.heading, &section.text)).collect();
    let Some(Names(url, title, kind, summary, date, terms)) = names else {
        return json(&[sections]);
    };
    json(&(sections, url, title, kind, summary, date, terms))
}

fn json(value: &impl Serialize) -> String {
    // Text, numbers and lists always are JSON.
    serde_json::to_string(value).unwrap_or_default()
}

/// Samples from all over the texts.
fn preface(records: &[String], size: usize) -> String {
    let samples = (size / SAMPLE).min(records.len());
    let mut preface = String::with_capacity(size);
    for sample in 0..samples {
        let Some(record) = records.get(sample * records.len() / samples) else { continue };
        let start = boundary(record, record.len().saturating_sub(SAMPLE) / 2);
        let end = boundary(record, (start + SAMPLE).min(record.len()));
        preface.push_str(record.get(start..end).unwrap_or_default());
    }
    preface
}

/// Bytes compressed as the continuation of a preface (a preset dictionary of RFC 1951's format).
fn continued(bytes: &[u8], preface: &[u8]) -> Vec<u8> {
    let mut compress = Compress::new(Compression::new(THOROUGHNESS), false);
    if !preface.is_empty() {
        // A dictionary is refused only once something has been compressed.
        let _ = compress.set_dictionary(preface);
    }
    // The compressor fills what room there is and asks for no more; what can't be packed grows a little.
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8 + 64);
    let _ = compress.compress_vec(bytes, &mut out, FlushCompress::Finish);
    out
}
