//! The manifest: which files of the output folder are ours.
//!
//! It lies in the site, so it holds no times: the same input gives the same bytes.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use rayon::prelude::*;
use serde::Deserialize;

use super::{hash::Hash, stamps::Stamp};

/// The manifest's name in the site.
pub(super) const NAME: &str = ".casebook.json";

/// One file of the new site as it lies in the staging folder.
#[derive(Debug)]
pub(super) struct Staged<'a> {
    /// Path in the site.
    pub(super) path: &'a str,
    /// What it holds.
    pub(super) hash: Hash,
    /// How large it is.
    pub(super) size: u64,
    /// How to know it again.
    pub(super) stamp: Stamp,
    /// What it was made from, where it was made by a recipe.
    pub(super) origin: Option<Hash>,
    /// How many pages it has, where it has pages.
    pub(super) pages: Option<u32>,
}

/// What Casebook wrote, by path.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    files: BTreeMap<String, Row>,
    /// The bytes that it was read from.
    source: Vec<u8>,
}

#[derive(Deserialize)]
struct Form {
    files: BTreeMap<String, Row>,
}

#[derive(Clone, Debug, Deserialize)]
struct Row {
    hash: String,
    size: u64,
    origin: Option<String>,
    pages: Option<u32>,
}

impl Manifest {
    /// The manifest of a staged site.
    pub(super) fn of(staged: &[Staged<'_>]) -> Self {
        let row = |file: &Staged<'_>| {
            let origin = file.origin.map(|origin| origin.to_string());
            (file.path.to_owned(), Row { hash: file.hash.to_string(), size: file.size, origin, pages: file.pages })
        };
        Self { files: staged.iter().map(row).collect(), source: Vec::new() }
    }

    /// Reads the manifest of a site. One that is absent, or that nobody can understand, knows no file.
    pub(super) fn read(site: &Path) -> io::Result<Self> {
        let path = site.join(NAME);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            // A pipe would make us wait for ever.
            Ok(metadata) if !metadata.is_file() => return Ok(Self::default()),
            other => other?,
        };
        let source = fs::read(path)?;
        let Ok(form) = serde_json::from_slice::<Form>(&source) else { return Ok(Self::default()) };
        Ok(Self { files: form.files, source })
    }

    /// True where this manifest was read from this very text.
    pub(super) fn was_written_as(&self, text: &str) -> bool {
        self.source == text.as_bytes()
    }

    /// True where this file is ours.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// True where a file of these bytes was made from this origin.
    pub(super) fn was_made(&self, path: &str, hash: Hash, origin: Hash) -> bool {
        let is = |known: &str, hash: Hash| Hash::parse(known) == Some(hash);
        self.files
            .get(path)
            .is_some_and(|row| is(&row.hash, hash) && row.origin.as_deref().is_some_and(|known| is(known, origin)))
    }

    /// How many pages a file has, where it has pages.
    pub(super) fn pages(&self, path: &str) -> Option<u32> {
        self.files.get(path)?.pages
    }

    /// What either of the two knows.
    pub(super) fn union(&self, other: &Self) -> Self {
        let files = other.files.iter().chain(&self.files);
        Self { files: files.map(|(path, row)| (path.clone(), row.clone())).collect(), source: Vec::new() }
    }

    /// One line a file, so that a site kept in git shows which files changed.
    pub(super) fn text(&self) -> String {
        let mut text = Lines::new(self.files.len());
        for (path, Row { hash, size, origin, pages }) in &self.files {
            text.add(path, hash, *size, origin.as_deref(), *pages);
        }
        text.whole()
    }
}

/// The text of the manifest of a staged site.
pub(super) fn text(staged: &[Staged<'_>]) -> String {
    let mut sorted: Vec<&Staged<'_>> = staged.iter().collect();
    sorted.par_sort_unstable_by_key(|file| file.path);
    let mut text = Lines::new(sorted.len());
    for Staged { path, hash, size, origin, pages, .. } in sorted {
        let origin = origin.map(|origin| origin.to_string());
        text.add(path, &hash.to_string(), *size, origin.as_deref(), *pages);
    }
    text.whole()
}

struct Lines(String);

impl Lines {
    fn new(count: usize) -> Self {
        let mut text = String::with_capacity(count * 128);
        text.push_str("{\"files\": {");
        Self(text)
    }

    fn add(&mut self, path: &str, hash: &str, size: u64, origin: Option<&str>, pages: Option<u32>) {
        let Self(text) = self;
        text.push_str(if text.ends_with('{') { "\n" } else { ",\n" });
        let plain = path.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
        // To write to a string cannot fail.
        let _ = match plain {
            true => write!(text, "\"{path}\""),
            false => write!(text, "{}", serde_json::Value::from(path)),
        };
        let _ = write!(text, ": {{\"hash\": \"{hash}\", \"size\": {size}");
        if let Some(origin) = origin {
            let _ = write!(text, ", \"origin\": \"{origin}\"");
        }
        if let Some(pages) = pages {
            let _ = write!(text, ", \"pages\": {pages}");
        }
        text.push('}');
    }

    fn whole(self) -> String {
        self.0 + "\n}}\n"
    }
}
