//! Every change that this room makes to the disk, in one place: each may fail, and tests have each of them fail.

use std::{
    fs::{self, File, Metadata},
    io::{self, Write},
    path::Path,
    time::SystemTime,
};

#[cfg(test)]
use super::tests::failing::may;

/// Whether the disk takes one more change. Only in tests is there anybody to ask.
#[cfg(not(test))]
#[inline]
fn may(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The text of a file of ours. What is no file, such as a pipe, may never come to an end.
pub(super) fn text(path: &Path) -> Option<String> {
    fs::symlink_metadata(path).ok().filter(Metadata::is_file)?;
    fs::read_to_string(path).ok()
}

/// A new file that is being written.
#[derive(Debug)]
pub(super) struct New<'a> {
    file: File,
    path: &'a Path,
}

impl New<'_> {
    /// What the system knows of it by now.
    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// Gives it this time.
    pub(super) fn set_modified(&self, time: SystemTime) -> io::Result<()> {
        may(self.path)?;
        self.file.set_modified(time)
    }
}

impl Write for New<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        may(self.path)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A new file, where there is none yet.
pub(super) fn create_new(path: &Path) -> io::Result<New<'_>> {
    may(path)?;
    Ok(New { file: File::create_new(path)?, path })
}

/// A file with these bytes, in the place of the one before. A pipe there would make us wait, and a link would have
/// something else written over.
pub(super) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    may(path)?;
    if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        remove(path)?;
    }
    let mut file = New { file: File::create(path)?, path };
    file.write_all(bytes.as_ref())
}

pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    may(path)?;
    fs::create_dir(path)
}

pub(super) fn create_dir_all(path: &Path) -> io::Result<()> {
    may(path)?;
    fs::create_dir_all(path)
}

pub(super) fn hard_link(from: &Path, to: &Path) -> io::Result<()> {
    may(to)?;
    fs::hard_link(from, to)
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    may(to)?;
    fs::rename(from, to)
}

/// Puts two folders into each other's place at once, where the system can.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    #[cfg(test)]
    super::tests::failing::may_exchange(b)?;
    may(b)?;
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    may(path)?;
    fs::remove_file(path)
}

/// Removes a folder that holds nothing.
pub(super) fn remove_dir(path: &Path) -> io::Result<()> {
    may(path)?;
    fs::remove_dir(path)
}

/// Removes a folder with all that it holds, or a file; nothing where there is nothing.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) => may(path).and_then(|()| match metadata.is_dir() {
            true => fs::remove_dir_all(path),
            false => fs::remove_file(path),
        }),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
