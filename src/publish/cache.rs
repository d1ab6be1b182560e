//! What recipes made, kept beside the library: `.casebook/cache/`, each under what it was made from.
//!
//! The site itself is the first place to look. The cache has what is in no site yet, as a build failed or was killed,
//! and what was in one before. Where the disk has links, it takes no room beside the site's own.
//!
//! It saves work and decides nothing: what is on its way into the site lies in `made/` beside the site, so that a
//! build goes on without a cache, be it in somebody's way, full, or deleted just now.

use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{diagnostic::Diagnostic, model::Measure};

use super::{destination::Destination, disk, failure::failed, hash::Hash, staging};

/// How many bytes the cache may hold of what the last site does not use.
const MOST_UNUSED: u64 = 1 << 30;

/// The made outputs that are on their way into the site, by origin.
pub(super) type Ready = BTreeMap<Hash, Piece>;

/// One of them.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What it holds.
    pub(super) hash: Hash,
    /// What it is like.
    pub(super) measure: Measure,
}

/// The cache of a library, and the place of what is on its way from there.
#[derive(Debug)]
pub(super) struct Cache {
    /// Nothing where the library can have none.
    folder: Option<PathBuf>,
    made: PathBuf,
}

impl Cache {
    /// The cache of the library at `root`, for a build of `destination`.
    pub(super) fn of(root: &Path, destination: &Destination) -> Self {
        Self { folder: folder(root), made: destination.made() }
    }

    /// Makes room for what is to be made.
    pub(super) fn open(&self) -> Result<(), Diagnostic> {
        disk::create_dir_all(&self.made).map_err(failed("created", &self.made))
    }

    /// What it has of these origins. What is not whole goes.
    pub(super) fn find(&self, wanted: &HashSet<Hash>) -> Ready {
        let find = |path: PathBuf| -> Option<(Hash, Piece)> {
            let (origin, hash, pages) = name_of(&path)?;
            if !wanted.contains(&origin) {
                return None;
            }
            let own = self.made.join(path.file_name()?);
            staging::link(&path, &own).ok()?;
            if Hash::of_file(&own).ok() != Some(hash) {
                // What can't be removed is not taken another time either.
                let _ = disk::remove_file(&own).and_then(|()| disk::remove_file(&path));
                return None;
            }
            let measure = Measure { size: fs::metadata(&own).ok()?.len(), pages };
            Some((origin, Piece { path: own, hash, measure }))
        };
        self.paths().unwrap_or_default().into_par_iter().filter_map(find).collect()
    }

    /// Keeps what was made from an origin.
    pub(super) fn keep(&self, origin: Hash, bytes: &[u8], pages: Option<u32>) -> Result<Piece, Diagnostic> {
        let hash = Hash::of(bytes);
        let pages_of = pages.map(|pages| format!("-{pages}")).unwrap_or_default();
        let name = format!("{origin}-{hash}{pages_of}");
        let path = self.made.join(&name);
        disk::write(&path, bytes).map_err(failed("written", &path))?;
        if let Some(folder) = &self.folder {
            // Now that it is whole; where a disk without links has broken it off, its hash will tell.
            let _ = staging::link(&path, &folder.join(&name));
        }
        Ok(Piece { path, hash, measure: Measure { size: bytes.len() as u64, pages } })
    }

    /// Removes what is not among `used` where that is too much, the oldest first, and what is no piece.
    pub(super) fn prune(&self, used: &HashSet<Hash>) {
        self.prune_to(used, MOST_UNUSED);
    }

    pub(super) fn prune_to(&self, used: &HashSet<Hash>, most: u64) {
        // What can't be removed now goes another time.
        let Ok(paths) = self.paths() else { return };
        let (pieces, strange): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| name_of(path).is_some());
        let is_unused = |path: &PathBuf| name_of(path).is_some_and(|(origin, ..)| !used.contains(&origin));
        let stat = |path: PathBuf| {
            let metadata = fs::metadata(&path).ok()?;
            Some((metadata.modified().ok()?, metadata.len(), path))
        };
        let mut unused: Vec<_> = pieces.into_iter().filter(is_unused).filter_map(stat).collect();
        unused.sort();
        let mut size: u64 = unused.iter().map(|(_, size, _)| size).sum();
        let too_many = unused.into_iter().take_while(|(_, own, _)| {
            let is_too_much = size > most;
            size = size.saturating_sub(*own);
            is_too_much
        });
        for path in too_many.map(|(_, _, path)| path).chain(strange) {
            let _ = disk::remove_file(&path);
        }
    }

    fn paths(&self) -> io::Result<Vec<PathBuf>> {
        let Some(folder) = &self.folder else { return Ok(Vec::new()) };
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    }
}

/// The folder of the cache, made where it is missing. A link is none: what lies behind it is not ours to clear away.
fn folder(root: &Path) -> Option<PathBuf> {
    let own = root.join(".casebook");
    let folder = own.join("cache");
    for path in [&own, &folder] {
        let _ = disk::create_dir(path);
        fs::symlink_metadata(path).ok().filter(fs::Metadata::is_dir)?;
    }
    let ignore = own.join(".gitignore");
    if !ignore.exists() {
        let _ = disk::write(&ignore, "*\n");
    }
    Some(folder)
}

/// The origin, the hash and the pages of a piece, by its name.
fn name_of(path: &Path) -> Option<(Hash, Hash, Option<u32>)> {
    let mut parts = path.file_name()?.to_str()?.split('-');
    let (origin, hash) = (Hash::parse(parts.next()?)?, Hash::parse(parts.next()?)?);
    let pages = match parts.next() {
        Some(pages) => Some(pages.parse().ok()?),
        None => None,
    };
    parts.next().is_none().then_some((origin, hash, pages))
}
