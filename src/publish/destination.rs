//! Where the site goes, and whether it may.

use std::{
    env,
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{self, Path, PathBuf},
};

use crate::diagnostic::Diagnostic;

use super::failure::{busy, failed, refused};

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
        fs::create_dir_all(&self.own).map_err(failed("created", &self.own))?;
        let ignore = self.own.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").map_err(failed("written", &ignore))?;
        }
        let path = self.own.join("lock");
        let mut options = File::options();
        let file = options.write(true).create(true).truncate(false).open(&path).map_err(failed("opened", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(busy(&self.named)),
            Err(TryLockError::Error(error)) => Err(failed("locked", &path)(error)),
        }
    }

    /// The next site while it is being filled; the last one after an exchange.
    pub(super) fn staging(&self) -> PathBuf {
        self.own.join("staging")
    }

    /// The last site, where two renames stand for an exchange.
    pub(super) fn retired(&self) -> PathBuf {
        self.own.join("retired")
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
