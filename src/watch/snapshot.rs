//! Every file of the library as it was last told of.

use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::ignored::Ignored;

/// The library's files at one moment, by path from the root.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    files: BTreeMap<PathBuf, Stamp>,
    // Where symbolic links lead to, by their paths: a change there is one here.
    links: BTreeMap<PathBuf, PathBuf>,
}

/// What tells a file from another one in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    // Which file it is and who may read it, where the system says so.
    identity: (u64, u32),
}

impl Stamp {
    /// The stamp of what has this path now; none for a folder and for nothing.
    pub fn of(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(|metadata| !metadata.is_dir()).map(|metadata| Self::new(&metadata))
    }

    fn new(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok(), identity: identity(metadata) }
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u32) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.mode() & 0o444)
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u32) {
    (0, 0)
}

impl Snapshot {
    /// Looks at everything in a folder below the root, which may be the root itself, that is not ignored. What cannot
    /// be read is left out; the build reports it.
    pub fn take(root: &Path, folder: &Path, ignored: &Ignored) -> Self {
        let mut snapshot = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
            for entry in entries.flatten() {
                let path = folder.join(entry.file_name());
                if ignored.covers(&path) {
                    continue;
                }
                // Links are not followed: they may lead round in a circle.
                let Ok(metadata) = entry.metadata() else { continue };
                if metadata.is_dir() {
                    folders.push(path);
                } else {
                    snapshot.insert(root, path, &metadata);
                }
            }
        }
        snapshot
    }

    /// What was added, changed or removed since an earlier look at the same folder.
    pub fn changes_since(&self, earlier: &Self, folder: &Path) -> Vec<PathBuf> {
        let altered = self.files.iter().filter(|(path, stamp)| earlier.files.get(*path) != Some(*stamp));
        let removed = earlier.below(folder).filter(|path| !self.files.contains_key(*path));
        altered.map(|(path, _)| path).chain(removed).cloned().collect()
    }

    /// True where there is a file of this path.
    pub fn holds(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// True for a file that is as it was.
    pub fn has(&self, path: &Path, stamp: Option<&Stamp>) -> bool {
        self.files.get(path) == stamp
    }

    /// The files of a folder.
    pub fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a PathBuf> {
        self.files.range(folder.to_owned()..).map(|(path, _)| path).take_while(move |path| path.starts_with(folder))
    }

    /// Looks at one file again.
    pub fn renew(&mut self, root: &Path, path: &Path) {
        self.files.remove(path);
        self.links.remove(path);
        if let Ok(metadata) = fs::symlink_metadata(root.join(path))
            && !metadata.is_dir()
        {
            self.insert(root, path.to_owned(), &metadata);
        }
    }

    /// The paths by which a file is reached through symbolic links. `real_root` has none in it.
    pub fn aliases(&self, real_root: &Path, path: &Path) -> Vec<PathBuf> {
        let real = real_root.join(path);
        let alias = |(link, target): (&PathBuf, &PathBuf)| {
            let rest = real.strip_prefix(target).ok()?;
            Some(if rest == Path::new("") { link.clone() } else { link.join(rest) })
        };
        self.links.iter().filter_map(alias).collect()
    }

    fn insert(&mut self, root: &Path, path: PathBuf, metadata: &Metadata) {
        if metadata.is_symlink()
            && let Ok(target) = fs::canonicalize(root.join(&path))
        {
            self.links.insert(path.clone(), target);
        }
        self.files.insert(path, Stamp::new(metadata));
    }
}
