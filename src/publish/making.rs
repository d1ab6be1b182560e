//! The outputs of recipes that the site does not hold yet, made in parallel.
//!
//! They go into a folder of ours first, each under what it was made from and what it holds. From there the staging
//! folder takes them, and once they are in a site they go. Where a build fails or is killed they stay, so that the
//! next one has to make only the rest.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diagnostic::{self, Diagnostic},
    model::{Content, Recipe},
};

use super::{comparison::Comparison, destination::Destination, failure::failed, hash::Hash};

/// The made outputs that are on their way into the site, by origin.
pub(super) type Ready = BTreeMap<Hash, Piece>;

/// One of them.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What it holds.
    pub(super) hash: Hash,
    /// How large it is.
    pub(super) size: u64,
}

/// Makes what the site does not hold. Where some can't be made, says so of each.
pub(super) fn make(destination: &Destination, comparison: &Comparison<'_>) -> Result<Ready, Vec<Diagnostic>> {
    let wanted = comparison.items.iter().filter(|item| item.kept.is_none());
    let wanted: BTreeMap<Hash, &Recipe> = wanted
        .filter_map(|item| match &item.output.content {
            Content::Made(recipe) => Some((item.origin?, recipe.as_ref())),
            Content::Bytes(_) | Content::File(_) | Content::Measured(_) => None,
        })
        .collect();
    if wanted.is_empty() {
        return Ok(Ready::new());
    }
    let folder = destination.made();
    let mut ready = left(&folder).map_err(|error| vec![failed("read", &folder)(error)])?;
    ready.retain(|origin, _| wanted.contains_key(origin));
    let missing: Vec<_> = wanted.into_iter().filter(|(origin, _)| !ready.contains_key(origin)).collect();
    let made: Vec<_> = missing.into_par_iter().map(|(origin, recipe)| (origin, one(&folder, origin, recipe))).collect();
    let mut faults = Vec::new();
    for (origin, piece) in made {
        match piece {
            Ok(piece) => {
                ready.insert(origin, piece);
            }
            Err(fault) => faults.push(fault),
        }
    }
    // Several outputs of one file fail alike.
    diagnostic::sort(&mut faults);
    if faults.is_empty() { Ok(ready) } else { Err(faults) }
}

fn one(folder: &Path, origin: Hash, recipe: &Recipe) -> Result<Piece, Diagnostic> {
    let read = |file: &PathBuf| Ok(Arc::from(fs::read(file).map_err(failed("read", file))?));
    let files: Vec<Arc<[u8]>> = recipe.files().map(read).collect::<Result<_, _>>()?;
    let bytes = recipe.make(&files)?;
    let hash = Hash::of(&bytes);
    let path = folder.join(format!("{origin}-{hash}"));
    fs::write(&path, &bytes).map_err(failed("written", &path))?;
    Ok(Piece { path, hash, size: bytes.len() as u64 })
}

/// What an earlier build made and did not bring into a site. What is not whole goes.
fn left(folder: &Path) -> io::Result<Ready> {
    fs::create_dir_all(folder)?;
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    let known = paths.into_par_iter().map(|path| {
        let piece = whole(&path)?;
        if piece.is_none() {
            fs::remove_file(&path)?;
        }
        Ok(piece)
    });
    Ok(known.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// A piece that is what its name says.
fn whole(path: &Path) -> io::Result<Option<(Hash, Piece)>> {
    let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.split_once('-'));
    let Some((origin, hash)) = name.and_then(|(origin, hash)| Some((Hash::parse(origin)?, Hash::parse(hash)?))) else {
        return Ok(None);
    };
    let size = fs::metadata(path)?.len();
    let piece = (Hash::of_file(path)? == hash).then(|| Piece { path: path.to_owned(), hash, size });
    Ok(piece.map(|piece| (origin, piece)))
}
