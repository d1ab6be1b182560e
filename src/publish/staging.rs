//! The staging folder: the whole next site, filled before anything of the old one is touched.

use std::{
    collections::{BTreeMap, HashSet},
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Measure},
};

use super::{
    cache::Ready,
    comparison::{Comparison, Item},
    destination::Destination,
    disk,
    failure::failed,
    hash::Hash,
    manifest::{self, Staged},
    stamps::{self, Stamp},
    survey::Survey,
};

/// Fills the staging folder and writes down how to know its files again.
pub(super) fn fill<'a>(
    destination: &Destination,
    survey: &Survey,
    comparison: &Comparison<'a>,
    ready: &Ready,
) -> Result<Vec<Staged<'a>>, Diagnostic> {
    let staging = destination.staging();
    let site = &destination.site;
    create_folders(&staging, comparison)?;
    let stage = |item: &Item<'a>| stage(&staging, site, item, ready);
    let staged = comparison.items.par_iter().map(stage).collect::<Result<Vec<_>, _>>()?;
    for name in &survey.placeholders {
        let (old, new) = (site.join(name), staging.join(name));
        // An output of this name has taken its place.
        if !new.exists() {
            link(&old, &new).map_err(failed("written", &new))?;
        }
    }
    let manifest = staging.join(manifest::NAME);
    // Before the swap, so that nothing can fail after it. The stamps of a site that is then not swapped in
    // match no file of the old one, which costs the next build some reading and nothing else.
    let stamps = destination.stamps();
    let (noted, stamped) = rayon::join(
        || disk::write(&manifest, manifest::text(&staged)).map_err(failed("written", &manifest)),
        || stamps::write(&staged, &stamps).map_err(failed("written", &stamps)),
    );
    noted.and(stamped)?;
    Ok(staged)
}

fn create_folders(staging: &Path, comparison: &Comparison<'_>) -> Result<(), Diagnostic> {
    let mut folders = HashSet::new();
    // What the press has put there has its folder.
    for item in comparison.items.iter().filter(|item| item.pressed.is_none()) {
        let path = item.path;
        for folder in path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at)) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    create(staging)?;
    let mut levels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for folder in folders {
        levels.entry(folder.matches('/').count()).or_default().push(folder);
    }
    // Each once, and a level at a time, so that a folder comes before what it holds.
    levels.values().try_for_each(|level| level.par_iter().try_for_each(|folder| create(&staging.join(folder))))
}

fn create(folder: &Path) -> Result<(), Diagnostic> {
    match disk::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map_err(failed("created", folder)),
    }
}

/// Puts one file into the staging folder ahead of the others.
pub(super) fn press(staging: &Path, path: &str, bytes: &[u8]) -> Result<Stamp, Diagnostic> {
    let target = staging.join(path);
    let folder = target.parent().unwrap_or(staging);
    // A page has a folder of its own, which nothing has asked for yet.
    if path.ends_with("/index.html")
        && let Err(error) = disk::create_dir(folder)
        && error.kind() == io::ErrorKind::NotFound
    {
        disk::create_dir_all(folder).map_err(failed("created", folder))?;
    }
    let written = match write(&target, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            disk::create_dir_all(folder).and_then(|()| write(&target, bytes))
        }
        other => other,
    };
    written.map_err(failed("written", &target))
}

fn stage<'a>(staging: &Path, site: &Path, item: &Item<'a>, ready: &Ready) -> Result<Staged<'a>, Diagnostic> {
    let path = item.path;
    if let (Some(stamp), Some(hash)) = (item.pressed, item.hash) {
        return Ok(Staged { path, hash, size: stamp.size, stamp, origin: None, pages: None });
    }
    let target = staging.join(path);
    if let Some(kept) = item.staged() {
        let stamp = link(&site.join(path), &target).map_err(failed("written", &target))?;
        return Ok(Staged { stamp: stamp.unwrap_or(kept.stamp), ..kept });
    }
    let Some(content) = item.content else { return Err(failed("written", &target)(io::ErrorKind::NotFound.into())) };
    match (content, item.hash) {
        (Content::Bytes(bytes), hash) => of_bytes(&target, path, bytes, hash),
        (Content::Measured(measured), hash) => of_bytes(&target, path, &(measured.tell)(&item.measures), hash),
        (Content::File(source), _) => {
            let mut from = File::open(source).map_err(failed("read", source))?;
            let mut to = disk::create_new(&target).map_err(failed("written", &target))?;
            // Not `fs::copy`, which would carry the permissions along: a private file would be no page.
            let (hash, size) = Hash::copying(&mut from, &mut to).map_err(failed("written", &target))?;
            let stamp = Stamp::of(&to.metadata().map_err(failed("examined", &target))?);
            Ok(Staged { path, hash, size, stamp, origin: None, pages: None })
        }
        (Content::Made(_), _) => {
            let piece = item.origin.and_then(|origin| ready.get(&origin)).ok_or(io::ErrorKind::NotFound.into());
            let piece = piece.map_err(failed("made", &target))?;
            link(&piece.path, &target).map_err(failed("written", &target))?;
            let stamp = Stamp::of(&fs::metadata(&target).map_err(failed("examined", &target))?);
            let Measure { size, pages } = piece.measure;
            Ok(Staged { path, hash: piece.hash, size, stamp, origin: item.origin, pages })
        }
    }
}

fn of_bytes<'a>(target: &Path, path: &'a str, bytes: &[u8], hash: Option<Hash>) -> Result<Staged<'a>, Diagnostic> {
    let stamp = write(target, bytes).map_err(failed("written", target))?;
    let hash = hash.unwrap_or_else(|| Hash::of(bytes));
    Ok(Staged { path, hash, size: bytes.len() as u64, stamp, origin: None, pages: None })
}

fn write(target: &Path, bytes: &[u8]) -> io::Result<Stamp> {
    let mut file = disk::create_new(target)?;
    file.write_all(bytes)?;
    Ok(Stamp::of(&file.metadata()?))
}

/// Links a file to a second place. Where the disk has no links it is copied with its time, and has a new stamp.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<Option<Stamp>> {
    if disk::hard_link(from, to).is_ok() {
        return Ok(None);
    }
    let mut source = File::open(from)?;
    let mut target = disk::create_new(to)?;
    io::copy(&mut source, &mut target)?;
    target.set_modified(source.metadata()?.modified()?)?;
    Ok(Some(Stamp::of(&target.metadata()?)))
}
