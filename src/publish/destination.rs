//! Where the site goes, and whether it may.

use std::{
    env,
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{self, Path, PathBuf},
};

use crate::diagnostic::Diagnostic;

use super::{
    disk,
    failure::{busy, failed, refused},
};

/// How often the lock is tried for that others take away in the meantime.
const TRIES: usize = 100;

/// The output folder and our own folder beside it.
#[derive(Debug)]
pub(super) struct Destination {
    /// The output folder as the user named it, for messages.
    pub(super) named: PathBuf,
    /// The output folder, absolute.
    pub(super) site: PathBuf,
    /// `.<name>.casebook` beside it.
    own: PathBuf,
}

impl Destination {
    /// Takes a folder that may be replaced, and refuses any other. Creates nothing.
    pub(super) fn check(root: &Path, named: &Path) -> Result<Self, Diagnostic> {
        Self::check_against(&[(root, "the library itself")], named)?;
        let home = env::home_dir().unwrap_or_default();
        Self::check_against(&[(&home, "your home folder")], named)
    }

    /// As `check`, with what the folder must not hold.
    pub(super) fn check_against(precious: &[(&Path, &str)], named: &Path) -> Result<Self, Diagnostic> {
        let absolute = path::absolute(named).map_err(failed("found", named))?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            let message = format!("{} cannot be the output folder", named.display());
            return Err(refused(message, "Name a folder of its own for the site, such as public."));
        };
        // Joined anew, as a slash at the end would look through a symbolic link.
        let site = parent.join(name);
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(".casebook");
        let destination = Self { named: named.to_owned(), own: parent.join(hidden), site };

        must_be_folder(&destination.site, named)?;
        must_be_folder(&destination.own, &destination.own)?;
        if let Ok(real) = destination.site.canonicalize() {
            for (path, what) in precious {
                if path.canonicalize().is_ok_and(|path| path.starts_with(&real)) {
                    let message = format!("{} cannot be the output folder: it holds {what}", named.display());
                    return Err(refused(
                        message,
                        "Casebook replaces the output folder as a whole. Name one that holds nothing but the site.",
                    ));
                }
            }
        }
        Ok(destination)
    }

    /// True before the first publish.
    pub(super) fn is_new(&self) -> bool {
        !self.own.exists()
    }

    /// Creates our own folder and keeps everybody else out until the file is dropped.
    pub(super) fn lock(&self) -> Result<File, Diagnostic> {
        let path = self.own.join("lock");
        for _ in 0..TRIES {
            disk::create_dir_all(&self.own).map_err(failed("created", &self.own))?;
            let ignore = self.own.join(".gitignore");
            if !ignore.exists() {
                disk::write(&ignore, "*\n").map_err(failed("written", &ignore))?;
            }
            let mut options = File::options();
            let opened = options.write(true).create(true).truncate(false).open(&path);
            let file = match opened {
                // Another build has just taken our folder away, which it leaves where there is no site.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                other => other.map_err(failed("opened", &path))?,
            };
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(file),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(busy(&self.named)),
                Err(TryLockError::Error(error)) => return Err(failed("locked", &path)(error)),
            }
        }
        Err(busy(&self.named))
    }

    /// Takes our own folder away where there is no site that it could be for. Only for whoever has the lock.
    pub(super) fn leave(&self) {
        if fs::symlink_metadata(&self.site).is_ok() {
            return;
        }
        // The lock goes last: without it the next build has a folder, and a lock, of its own.
        for name in ["note", "stamps", ".gitignore", "lock"] {
            let _ = disk::remove_file(&self.own.join(name));
        }
        let _ = disk::remove_dir(&self.own);
    }

    /// The next site while it is being filled; the last one after an exchange.
    pub(super) fn staging(&self) -> PathBuf {
        self.own.join("staging")
    }

    /// The last site, where two renames stand for an exchange.
    pub(super) fn retired(&self) -> PathBuf {
        self.own.join("retired")
    }

    /// What recipes made for the next site.
    pub(super) fn made(&self) -> PathBuf {
        self.own.join("made")
    }

    /// What the site was made from.
    pub(super) fn note(&self) -> PathBuf {
        self.own.join("note")
    }

    /// The stamps of the files as we left them.
    pub(super) fn stamps(&self) -> PathBuf {
        self.own.join("stamps")
    }
}

/// True where this file is still the one at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata().map(place), fs::metadata(path).map(place)), (Ok(own), Ok(there)) if own == there)
}

/// A file that is open can't be taken away here.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

fn must_be_folder(path: &Path, named: &Path) -> Result<(), Diagnostic> {
    let what = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => return Ok(()),
        Ok(metadata) if metadata.is_symlink() => "a symbolic link",
        Ok(_) => "a file",
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("examined", path)(error)),
    };
    let message = format!("{} cannot be replaced by the site: it is {what}, not a folder", named.display());
    Err(refused(message, "Move it away, or name another output folder."))
}
