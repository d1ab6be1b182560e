//! What recipes made, kept beside the library: `.casebook/cache/`, each under what it was made from.
//!
//! The site itself is the first place to look. The cache has what is in no site yet, as a build failed or was killed,
//! and what was in one before. Where the disk has links, it takes no room beside the site's own.

use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{diagnostic::Diagnostic, model::Measure};

use super::{failure::failed, hash::Hash};

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

/// The cache of a library.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache of the library at `root`; its folder is created.
    pub(super) fn open(root: &Path) -> Result<Self, Diagnostic> {
        let own = root.join(".casebook");
        let folder = own.join("cache");
        fs::create_dir_all(&folder).map_err(failed("created", &folder))?;
        let ignore = own.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").map_err(failed("written", &ignore))?;
        }
        Ok(Self { folder })
    }

    /// What it has of these origins. What is not whole goes.
    pub(super) fn find(&self, wanted: &HashSet<Hash>) -> Result<Ready, Diagnostic> {
        let find = |path: PathBuf| -> io::Result<Option<(Hash, Piece)>> {
            let Some((origin, hash, pages)) = name_of(&path) else { return Ok(None) };
            if !wanted.contains(&origin) {
                return Ok(None);
            }
            if Hash::of_file(&path)? != hash {
                fs::remove_file(&path)?;
                return Ok(None);
            }
            let measure = Measure { size: fs::metadata(&path)?.len(), pages };
            Ok(Some((origin, Piece { path, hash, measure })))
        };
        let found = self.paths().and_then(|paths| paths.into_par_iter().map(find).collect::<io::Result<Vec<_>>>());
        Ok(found.map_err(failed("read", &self.folder))?.into_iter().flatten().collect())
    }

    /// Keeps what was made from an origin.
    pub(super) fn keep(&self, origin: Hash, bytes: &[u8], pages: Option<u32>) -> Result<Piece, Diagnostic> {
        let hash = Hash::of(bytes);
        let pages_of = pages.map(|pages| format!("-{pages}")).unwrap_or_default();
        let path = self.folder.join(format!("{origin}-{hash}{pages_of}"));
        // Under another name first: what has the right one is whole, unless the power failed.
        let half = self.folder.join(format!("{origin}.{}", std::process::id()));
        fs::write(&half, bytes).and_then(|()| fs::rename(&half, &path)).map_err(failed("written", &path))?;
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
            let _ = fs::remove_file(path);
        }
    }

    fn paths(&self) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.path())).collect()
    }
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
