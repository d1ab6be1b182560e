//! Puts new bytes in the place of files: all of them, or none.

use super::shown;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file with what it holds, and what it is to hold.
pub(super) struct Change {
    /// Where it really lies.
    pub(super) path: PathBuf,
    pub(super) before: Vec<u8>,
    pub(super) now: Vec<u8>,
}

/// Makes all of these changes. Each file is written beside its place first; only where all could be do they take
/// their places.
///
/// # Errors
/// Why it could not be done, with the file; all files are as they were.
pub(super) fn replace(changes: &[Change]) -> Result<(), String> {
    let failed = |change: &Change, error: io::Error| {
        format!("{} can't be written: {error}. Nothing was changed.", shown(&change.path))
    };
    let mut written = Vec::new();
    for change in changes {
        let beside = beside(&change.path);
        let done = write(&beside, change);
        written.push(beside);
        if let Err(error) = done {
            written.iter().for_each(|beside| drop(fs::remove_file(beside)));
            return Err(failed(change, error));
        }
    }
    for (index, (change, beside)) in changes.iter().zip(&written).enumerate() {
        if let Err(error) = fs::rename(beside, &change.path) {
            for done in changes.iter().take(index) {
                let _ = fs::write(&done.path, &done.before);
            }
            written.iter().for_each(|beside| drop(fs::remove_file(beside)));
            return Err(failed(change, error));
        }
    }
    Ok(())
}

/// The name that a file has until it takes its place: one that no page has.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.casebook-{}", std::process::id()))
}

fn write(beside: &Path, change: &Change) -> io::Result<()> {
    let permissions = fs::metadata(&change.path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    fs::write(beside, &change.now)?;
    fs::set_permissions(beside, permissions)
}
