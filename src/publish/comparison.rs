//! Which outputs the site holds already, byte for byte.

use std::{collections::HashSet, fs, io, path::Path};

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Output},
};

use super::{
    Summary,
    destination::Destination,
    failure::failed,
    hash::Hash,
    manifest::{Manifest, Staged},
    origin::Origins,
    stamps::{Stamp, Stamps},
    survey::Survey,
};

/// One output beside what the site has at its path.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// The output.
    pub(super) output: &'a Output,
    /// Its hash; unknown for a file that must be copied anyway, and for what has yet to be made.
    pub(super) hash: Option<Hash>,
    /// What it is made from, where a recipe makes it.
    pub(super) origin: Option<Hash>,
    /// The stamp of the file in the site, where that holds the same bytes.
    pub(super) kept: Option<Stamp>,
    size: u64,
    rehashed: bool,
}

/// Every output beside what the site has.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    /// One for each output, in their order.
    pub(super) items: Vec<Item<'a>>,
    removed: usize,
}

impl<'a> Comparison<'a> {
    /// Compares by size first, then by hash; reads no file of the site whose stamp says that it is as we left it.
    pub(super) fn make(
        destination: &Destination,
        survey: &Survey,
        stamps: &Stamps,
        outputs: &'a [Output],
    ) -> Result<Self, Diagnostic> {
        let origins = Origins::read(outputs)?;
        let compare = |output: &'a Output| {
            let found = survey.files.get(&output.path).copied();
            let (size, hash, origin) = match &output.content {
                Content::Bytes(bytes) => (bytes.len() as u64, Some(Hash::of(bytes)), None),
                Content::File(path) => (source_size(path).map_err(failed("read", path))?, None, None),
                Content::Measured(_) => (0, None, None),
                Content::Made(recipe) => (found.map_or(0, |stamp| stamp.size), None, Some(origins.of(recipe))),
            };
            let mut item = Item { output, hash, origin, size, kept: None, rehashed: false };
            let Some(stamp) = found.filter(|stamp| stamp.size == size) else { return Ok(item) };
            if let Content::File(path) = &output.content {
                item.hash = Some(Hash::of_file(path).map_err(failed("read", path))?);
            }
            let present = match stamps.hash(&output.path, stamp) {
                Some(hash) => hash,
                None => {
                    let path = destination.site.join(&output.path);
                    item.rehashed = true;
                    Hash::of_file(&path).map_err(failed("read", &path))?
                }
            };
            if origin.is_some_and(|origin| survey.manifest.was_made(&output.path, present, origin)) {
                item.hash = Some(present);
            }
            item.kept = (item.hash == Some(present)).then_some(stamp);
            Ok(item)
        };
        let items = outputs.par_iter().map(compare).collect::<Result<Vec<_>, _>>()?;
        let wanted: HashSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
        let removed = survey.files.keys().filter(|path| !wanted.contains(path.as_str())).count();
        Ok(Self { items, removed })
    }

    /// True where the site is exactly what the outputs would make it.
    pub(super) fn nothing_changed(&self, survey: &Survey) -> bool {
        survey.exists
            && self.removed == 0
            && self.items.iter().all(|item| item.kept.is_some())
            && survey.manifest.was_written_as(&Manifest::of(&self.kept()))
    }

    /// True where a stamp was missing or wrong.
    pub(super) fn rehashed(&self) -> bool {
        self.items.iter().any(|item| item.rehashed)
    }

    /// The files that stay as they are.
    pub(super) fn kept(&self) -> Vec<Staged<'a>> {
        self.items.iter().filter_map(Item::staged).collect()
    }

    /// The numbers to report.
    pub(super) fn summary(&self) -> Summary {
        let unchanged = self.items.iter().filter(|item| item.kept.is_some()).count();
        let written = self.items.len() - unchanged;
        let bytes = self.items.iter().map(|item| item.size).sum();
        Summary { written, unchanged, removed: self.removed, bytes }
    }
}

impl<'a> Item<'a> {
    /// The file as it will lie in the staging folder, if it is one that stays.
    pub(super) fn staged(&self) -> Option<Staged<'a>> {
        let Self { output, hash, origin, kept, size, .. } = self;
        Some(Staged { path: &output.path, hash: (*hash)?, size: *size, stamp: (*kept)?, origin: *origin })
    }
}

fn source_size(path: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(path)?;
    // To open a pipe would wait for ever.
    if metadata.is_file() { Ok(metadata.len()) } else { Err(io::Error::other("it is not a file")) }
}
