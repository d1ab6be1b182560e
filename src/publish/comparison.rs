//! Which outputs the site holds already, byte for byte.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::Path,
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Measure, Output, Recipe},
};

use super::{
    Summary,
    cache::Ready,
    destination::Destination,
    failure::failed,
    hash::Hash,
    manifest::{self, Staged},
    origin::Origins,
    press::Taken,
    stamps::{Stamp, Stamps},
    survey::Survey,
};

/// One output beside what the site has at its path.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Its path in the site.
    pub(super) path: &'a str,
    /// What it holds; nothing where the press has taken it.
    pub(super) content: Option<&'a Content>,
    /// Its hash; unknown for a file that must be copied anyway, and for what has yet to be made.
    pub(super) hash: Option<Hash>,
    /// What it is made from, where a recipe makes it.
    pub(super) origin: Option<Hash>,
    /// The stamp of the file in the site, where that holds the same bytes.
    pub(super) kept: Option<Stamp>,
    /// The stamp of the file in the staging folder, where the press has put it there.
    pub(super) pressed: Option<Stamp>,
    /// What it tells, where it is an output that tells of others.
    pub(super) measures: Vec<Measure>,
    pages: Option<u32>,
    size: u64,
    rehashed: bool,
}

/// Every output beside what the site has.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    /// One for each output, those that the press has taken last.
    pub(super) items: Vec<Item<'a>>,
    /// What recipes make things from.
    pub(super) origins: Origins<'a>,
    removed: usize,
}

/// The site as it is, to compare with.
pub(super) struct Present<'a> {
    pub(super) destination: &'a Destination,
    pub(super) survey: &'a Survey,
    pub(super) stamps: &'a Stamps,
}

impl<'a> Comparison<'a> {
    /// Compares by size first, then by hash; reads no file of the site whose stamp says that it is as we left it.
    /// Outputs that tell of others are compared by [`Self::tell`].
    pub(super) fn make(present: &Present<'_>, outputs: &'a [Output], taken: &'a [Taken]) -> Result<Self, Diagnostic> {
        let origins = Origins::read(outputs)?;
        let manifest = &present.survey.manifest;
        let compare = |output: &'a Output| {
            let found = present.survey.files.get(&output.path);
            let (size, hash, origin) = match &output.content {
                Content::Bytes(bytes) => (bytes.len() as u64, Some(Hash::of(bytes)), None),
                Content::File(path) => (source_size(path).map_err(failed("read", path))?, None, None),
                Content::Made(recipe) => (found.map_or(0, |stamp| stamp.size), None, Some(origins.of(recipe))),
                Content::Measured(_) => (0, None, None),
            };
            let item = Item {
                path: &output.path,
                content: Some(&output.content),
                hash,
                origin,
                size,
                kept: None,
                pressed: None,
                measures: Vec::new(),
                pages: manifest.pages(&output.path).filter(|_| origin.is_some()),
                rehashed: false,
            };
            if matches!(output.content, Content::Measured(_)) { Ok(item) } else { item.beside(present) }
        };
        let mut items = outputs.par_iter().map(compare).collect::<Result<Vec<_>, _>>()?;
        items.extend(taken.iter().map(Taken::item));
        let wanted: HashSet<&str> = items.iter().map(|item| item.path).collect();
        let removed = present.survey.files.keys().filter(|path| !wanted.contains(path.as_str())).count();
        Ok(Self { items, origins, removed })
    }

    /// Compares the outputs that tell of others, now that these are there.
    pub(super) fn tell(&mut self, present: &Present<'_>, ready: &Ready) -> Result<(), Diagnostic> {
        let kept = self.items.iter().filter(|item| item.kept.is_some());
        let kept = kept.filter_map(|item| Some((item.origin?, Measure { size: item.size, pages: item.pages })));
        let made = ready.iter().map(|(origin, piece)| (*origin, piece.measure));
        let measures: HashMap<Hash, Measure> = kept.chain(made).collect();
        let origins = &self.origins;
        self.items.par_iter_mut().try_for_each(|item| {
            let Some(Content::Measured(measured)) = item.content else { return Ok(()) };
            let measure = |recipe: &Arc<Recipe>| measures.get(&origins.of(recipe)).copied().unwrap_or_default();
            let own: Vec<Measure> = measured.of.iter().map(measure).collect();
            let bytes = (measured.tell)(&own);
            let (size, hash) = (bytes.len() as u64, Some(Hash::of(&bytes)));
            let told = Item { size, hash, measures: own, kept: None, ..*item };
            *item = told.beside(present)?;
            Ok(())
        })
    }

    /// True where the site is exactly what the outputs would make it.
    pub(super) fn nothing_changed(&self, survey: &Survey) -> bool {
        survey.exists
            && self.removed == 0
            && self.items.iter().all(|item| item.kept.is_some())
            && survey.manifest.was_written_as(&manifest::text(&self.kept()))
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
    /// The item, compared with what the site has at its path.
    fn beside(mut self, present: &Present<'_>) -> Result<Self, Diagnostic> {
        let Present { destination, survey, stamps } = present;
        let found = survey.files.get(self.path).copied();
        let Some(stamp) = found.filter(|stamp| stamp.size == self.size) else { return Ok(self) };
        if let Some(Content::File(path)) = self.content {
            self.hash = Some(Hash::of_file(path).map_err(failed("read", path))?);
        }
        let hash = match stamps.hash(self.path, stamp) {
            Some(hash) => hash,
            None => {
                let path = destination.site.join(self.path);
                self.rehashed = true;
                Hash::of_file(&path).map_err(failed("read", &path))?
            }
        };
        if self.origin.is_some_and(|origin| survey.manifest.was_made(self.path, hash, origin)) {
            self.hash = Some(hash);
        }
        self.kept = (self.hash == Some(hash)).then_some(stamp);
        Ok(self)
    }

    /// The file as it will lie in the staging folder, if it is one that stays.
    pub(super) fn staged(&self) -> Option<Staged<'a>> {
        let Self { path, hash, origin, kept, size, pages, .. } = self;
        let (origin, pages) = (*origin, *pages);
        Some(Staged { path, hash: (*hash)?, size: *size, stamp: (*kept)?, origin, pages })
    }
}

impl Taken {
    fn item(&self) -> Item<'_> {
        let Self { path, hash, size, kept, pressed, rehashed } = self;
        Item {
            path,
            content: None,
            hash: Some(*hash),
            origin: None,
            size: *size,
            kept: *kept,
            pressed: *pressed,
            measures: Vec::new(),
            pages: None,
            rehashed: *rehashed,
        }
    }
}

fn source_size(path: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(path)?;
    // To open a pipe would wait for ever.
    if metadata.is_file() { Ok(metadata.len()) } else { Err(io::Error::other("it is not a file")) }
}
