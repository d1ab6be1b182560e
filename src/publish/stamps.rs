//! How to know, without reading it, that a file is as we left it.
//!
//! The stamps lie outside the site, as they hold times. Without them, or where one does not match, the file
//! is read again: they save time and decide nothing.

use std::{collections::HashMap, fmt::Write, fs::Metadata, io, path::Path, time::UNIX_EPOCH};

use super::{disk, hash::Hash, manifest::Staged};

/// Size, time and inode of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: u64,
    nanoseconds: u64,
    inode: u64,
}

impl Stamp {
    /// The stamp of a file.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let nanoseconds = since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0);
        Self { size: metadata.len(), nanoseconds, inode: inode(metadata) }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// The stamp and the hash of each file at the last publish.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    files: HashMap<String, (Stamp, Hash)>,
}

impl Stamps {
    /// Reads the stamps; lines that nobody can understand are left out.
    pub(super) fn read(path: &Path) -> Self {
        let text = disk::text(path).unwrap_or_default();
        text.lines().filter_map(row).collect()
    }

    /// The hash of a file, if it is as we left it.
    pub(super) fn hash(&self, path: &str, stamp: Stamp) -> Option<Hash> {
        self.files.get(path).filter(|(known, _)| *known == stamp).map(|(_, hash)| *hash)
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        self.files.len()
    }

    /// The size of all files together.
    pub(super) fn bytes(&self) -> u64 {
        self.files.values().map(|(stamp, _)| stamp.size).sum()
    }
}

/// Writes the stamps of staged files.
pub(super) fn write(staged: &[Staged<'_>], path: &Path) -> io::Result<()> {
    let mut text = String::with_capacity(staged.len() * 128);
    for Staged { path, hash, stamp, .. } in staged {
        let Stamp { size, nanoseconds, inode } = stamp;
        // To write to a string cannot fail.
        let _ = writeln!(text, "{hash} {size} {nanoseconds} {inode} {path}");
    }
    disk::write(path, text)
}

impl FromIterator<(String, Stamp, Hash)> for Stamps {
    fn from_iter<I: IntoIterator<Item = (String, Stamp, Hash)>>(rows: I) -> Self {
        Self { files: rows.into_iter().map(|(path, stamp, hash)| (path, (stamp, hash))).collect() }
    }
}

fn row(line: &str) -> Option<(String, Stamp, Hash)> {
    let mut parts = line.splitn(5, ' ');
    let hash = Hash::parse(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    let nanoseconds = parts.next()?.parse().ok()?;
    let inode = parts.next()?.parse().ok()?;
    Some((parts.next()?.to_owned(), Stamp { size, nanoseconds, inode }, hash))
}
