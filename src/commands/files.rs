//! Puts files in their places: all of them, or none.

use super::shown;
use std::{
    borrow::Cow,
    fs,
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

/// A file with what it holds, and what it is to hold.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// Its place. What a link leads to is left alone: the file takes the place of the link.
    pub(super) path: PathBuf,
    /// Nothing where there is no file yet.
    pub(super) before: Option<Vec<u8>>,
    pub(super) now: Cow<'a, [u8]>,
}

impl<'a> Change<'a> {
    /// A file that is not there yet.
    pub(super) fn new(path: PathBuf, now: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { path, before: None, now: now.into() }
    }

    /// A file, be there one at its place or not.
    ///
    /// # Errors
    /// What is there and is no file, or can't be read.
    pub(super) fn over(path: PathBuf, now: impl Into<Cow<'a, [u8]>>) -> Result<Self, String> {
        let before = held(&path).map_err(|error| unwritten(&path, &error))?;
        Ok(Self { before, ..Self::new(path, now) })
    }
}

/// Makes all of these changes, and the folders that they need. Each file is written beside its place first; only where
/// all could be do they take their places.
///
/// # Errors
/// Why it could not be done, with the file; all files are as they were. So it is too where a file is not what it was
/// when the change was made up.
pub(super) fn put(changes: &[Change]) -> Result<(), String> {
    let mut work = Work::default();
    let done = changes.iter().try_for_each(|change| work.write(change).map_err(|error| (change, error)));
    let done = done.and_then(|()| {
        let mut placed = changes.iter().zip(0..);
        placed.try_for_each(|(change, index)| work.place(change, index).map_err(|error| (change, error)))
    });
    match done {
        Ok(()) => {
            work.finish();
            Ok(())
        }
        Err((change, error)) => {
            let told = unwritten(&change.path, &error);
            Err(work.undo().map_or(told.clone(), |left| format!("{told} But {left}")))
        }
    }
}

/// What was done so far, and what it takes to undo it.
#[derive(Default)]
struct Work {
    folders: Vec<PathBuf>,
    /// Files beside their places, in the order of the changes.
    written: Vec<PathBuf>,
    /// The places that were taken, each with the file that was there before.
    placed: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Work {
    fn write(&mut self, change: &Change) -> io::Result<()> {
        let folders = folder(&change.path).ancestors();
        let missing: Vec<&Path> = folders.take_while(|folder| is_missing(folder)).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_path_buf());
        }
        if held(&change.path)? != change.before {
            return Err(io::Error::other(match change.before {
                None => TAKEN,
                Some(_) => "it was changed meanwhile",
            }));
        }
        let permissions = match change.before {
            None => None,
            Some(_) => Some(fs::metadata(&change.path)?.permissions()),
        };
        if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
        }
        let beside = beside(&change.path, self.written.len(), "new");
        let mut file = fs::File::create_new(&beside)?;
        self.written.push(beside);
        file.write_all(&change.now)?;
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))
    }

    fn place(&mut self, change: &Change, index: usize) -> io::Result<()> {
        let Some(written) = self.written.get(index) else { return Ok(()) };
        let kept = change.before.is_some().then(|| beside(&change.path, index, "old"));
        match &kept {
            // Not every system of files knows a second name for a file.
            Some(kept) => fs::hard_link(&change.path, kept).or_else(|_| fs::copy(&change.path, kept).map(drop))?,
            None if fs::symlink_metadata(&change.path).is_ok() => return Err(io::Error::other(TAKEN)),
            None => {}
        }
        if let Err(error) = fs::rename(written, &change.path) {
            kept.iter().for_each(|kept| drop(fs::remove_file(kept)));
            return Err(error);
        }
        self.placed.push((change.path.clone(), kept));
        Ok(())
    }

    fn finish(self) {
        for kept in self.placed.into_iter().filter_map(|(_, kept)| kept) {
            // What can't be removed now is in nobody's way.
            let _ = fs::remove_file(kept);
        }
    }

    /// Gives what can't be put back, in words.
    fn undo(self) -> Option<String> {
        let mut left = Vec::new();
        for (path, kept) in self.placed.into_iter().rev() {
            let undone = kept.as_ref().map_or_else(|| fs::remove_file(&path), |kept| fs::rename(kept, &path));
            if let Err(error) = undone {
                let kept = kept.map_or(String::new(), |kept| format!("; what it held is in {}", shown(&kept)));
                left.push(format!("{} can't be put back as it was: {error}{kept}.", shown(&path)));
            }
        }
        self.written.iter().for_each(|beside| drop(fs::remove_file(beside)));
        self.folders.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        (!left.is_empty()).then(|| left.join(" "))
    }
}

/// The first folder on the way to a file of a root that is a link out of it, and where that leads.
pub(super) fn way_out(root: &Path, file: &str) -> Option<(PathBuf, PathBuf)> {
    let real_root = root.canonicalize().ok()?;
    let mut way = root.to_path_buf();
    for part in Path::new(file).parent()?.components() {
        way.push(part);
        // Below a folder that is not there yet, none can lead anywhere.
        let real = way.canonicalize().ok()?;
        if !real.starts_with(&real_root) {
            return Some((way, real));
        }
    }
    None
}

fn unwritten(path: &Path, error: &io::Error) -> String {
    format!("{} can't be written: {error}. Nothing was changed.", shown(path))
}

/// What is said where a new file is not new.
const TAKEN: &str = "there is one already";

/// What a file holds; nothing where there is none.
fn held(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => fs::read(path).map(Some),
        Ok(about) if about.is_dir() => Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder")),
        Ok(_) => Err(io::Error::other("it is no file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn is_missing(folder: &Path) -> bool {
    // A path that is not absolute begins with nothing, which is the current folder.
    !folder.as_os_str().is_empty() && fs::metadata(folder).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// A name beside a file that no page has, and that the preview does not look at.
fn beside(path: &Path, index: usize, what: &str) -> PathBuf {
    folder(path).join(format!(".{}-{index}.{what}.casebook", std::process::id()))
}

#[cfg(test)]
mod tests;
