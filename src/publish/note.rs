//! A note on what a site was made from, which holds as long as nobody touches the site.

use std::{fs, path::Path};

use rayon::prelude::*;

use super::{
    Summary,
    destination::Destination,
    disk,
    hash::Hash,
    manifest,
    stamps::{Stamp, Stamps},
    survey::PLACEHOLDERS,
};

/// What a publish noted, where `destination` is file by file as that publish left it, and nothing waits to be put
/// right; with the numbers to report. Where somebody is writing to it just now, there is nothing to say.
pub fn unchanged(root: &Path, destination: &Path) -> Option<(String, Summary)> {
    let destination = Destination::check(root, destination).ok()?;
    let text = disk::text(&destination.note())?;
    let (hash, note) = text.split_once('\n')?;
    let _lock = destination.lock().ok()?;
    let is_clear = [destination.staging(), destination.made(), destination.retired()].iter().all(|path| !path.exists());
    let known = || Hash::of_file(&destination.site.join(manifest::NAME)).ok() == Hash::parse(hash);
    let stamps = Stamps::read(&destination.stamps());
    if !is_clear || !known() || count(&destination.site, &stamps)? != stamps.count() {
        return None;
    }
    let summary = Summary { written: 0, unchanged: stamps.count(), removed: 0, bytes: stamps.bytes() };
    Some((note.to_owned(), summary))
}

/// What the last publish noted, whoever has touched the site since.
pub fn last(root: &Path, destination: &Path) -> Option<String> {
    let destination = Destination::check(root, destination).ok()?;
    let text = disk::text(&destination.note())?;
    Some(text.split_once('\n')?.1.to_owned())
}

/// How many files of the site are as they were left; nothing where one is not, or where there is one more.
fn count(site: &Path, stamps: &Stamps) -> Option<usize> {
    let mut count = 0;
    let mut level = vec![String::new()];
    while !level.is_empty() {
        let folders: Vec<(usize, Vec<String>)> =
            level.par_iter().map(|path| folder(site, path, stamps)).collect::<Option<_>>()?;
        level.clear();
        for (files, folders) in folders {
            count += files;
            level.extend(folders);
        }
    }
    Some(count)
}

fn folder(site: &Path, path: &str, stamps: &Stamps) -> Option<(usize, Vec<String>)> {
    let (mut files, mut folders) = (0, Vec::new());
    for entry in fs::read_dir(site.join(path)).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name();
        let below = if path.is_empty() { name.to_str()?.to_owned() } else { format!("{path}/{}", name.to_str()?) };
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            folders.push(below);
        } else if below != manifest::NAME && !PLACEHOLDERS.contains(&below.as_str()) {
            // The stamp of a link or a device is none that we wrote down.
            stamps.hash(&below, Stamp::of(&entry.metadata().ok()?)).filter(|_| kind.is_file())?;
            files += 1;
        }
    }
    Some((files, folders))
}

/// Takes the note away, before the site becomes another.
pub(super) fn forget(destination: &Destination) {
    let _ = disk::remove_file(&destination.note());
}

/// Keeps a note. It is no loss where that fails: the next build does its work.
pub(super) fn keep(destination: &Destination, note: Option<&str>) {
    let Some(note) = note else { return };
    if let Ok(hash) = Hash::of_file(&destination.site.join(manifest::NAME)) {
        let _ = disk::write(&destination.note(), format!("{hash}\n{note}"));
    }
}
