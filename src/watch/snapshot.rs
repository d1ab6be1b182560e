//! Every file of the library with its time: what changed between two looks, where the system does not tell.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::ignored::Ignored;

/// The library's files at one moment, by path from the root.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    files: BTreeMap<PathBuf, Option<(u64, SystemTime)>>,
}

impl Snapshot {
    /// Looks at everything that is not ignored. What cannot be read is left out; the build reports it.
    pub(super) fn take(root: &Path, ignored: &Ignored) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![PathBuf::new()];
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
                    files.insert(path, metadata.modified().ok().map(|time| (metadata.len(), time)));
                }
            }
        }
        Self { files }
    }

    /// What was added, changed or removed since an earlier look.
    pub(super) fn changes_since(&self, earlier: &Self) -> Vec<PathBuf> {
        let altered = self.files.iter().filter(|(path, stamp)| earlier.files.get(*path) != Some(*stamp));
        let removed = earlier.files.keys().filter(|path| !self.files.contains_key(*path));
        altered.map(|(path, _)| path).chain(removed).cloned().collect()
    }
}
