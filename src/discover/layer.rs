//! Walks one folder: `content/`, one that is laid over it, or a theme.

use super::read;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::Span,
    portable,
};
use std::{
    fs,
    path::{MAIN_SEPARATOR, Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};

/// A folder of files that go into the site.
pub(super) struct Layer<'a> {
    /// Where it lies.
    pub disk: &'a Path,
    /// The same without symbolic links; what a link within leads to lies below it.
    pub real: Option<PathBuf>,
    /// Its path from the root, for reports.
    pub shown: &'a str,
}

impl Layer<'_> {
    /// The files of the folder with their paths in it, in no order. Hidden ones are passed over.
    pub fn files(&self) -> (Vec<(PathBuf, String)>, Vec<Diagnostic>) {
        let (mut files, mut diagnostics, mut outside) = (Vec::new(), Vec::new(), Vec::new());
        if !self.holds(self.disk) {
            return (files, vec![self.leads_out(self.disk)]);
        }
        let visible = |entry: &DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
        let inside = |entry: &DirEntry| !entry.path_is_symlink() || self.holds(entry.path());
        let walk = WalkDir::new(self.disk).follow_links(true).into_iter().filter_entry(|entry| {
            let (visible, inside) = (entry.depth() == 0 || visible(entry), inside(entry));
            if visible && !inside {
                outside.push(entry.path().to_path_buf());
            }
            visible && inside
        });
        for found in walk {
            match found {
                Err(error) => diagnostics.push(self.unwalkable(&error)),
                Ok(entry) if entry.file_type().is_dir() => {
                    diagnostics.extend((entry.depth() > 0).then(|| self.unusable(&entry)).flatten());
                }
                Ok(entry) if entry.file_type().is_file() => {
                    diagnostics.extend(self.unusable(&entry));
                    let path = self.inner(entry.path());
                    files.extend(path.map(|path| (entry.into_path(), path)));
                }
                Ok(entry) => diagnostics.push(self.left_out(entry.path(), "This is neither a file nor a folder")),
            }
        }
        diagnostics.extend(outside.iter().map(|link| self.leads_out(link)));
        (files, diagnostics)
    }

    /// The fault of a file or folder whose own name not every system can have.
    fn unusable(&self, entry: &DirEntry) -> Option<Diagnostic> {
        let fault = entry.file_name().to_str().map_or(Some("is not valid UTF-8"), portable::name_fault)?;
        let what = if entry.file_type().is_dir() { "folder" } else { "file" };
        let message = format!("The name of this {what} {fault}");
        let help = "Give it a name of letters, figures and hyphens: the library has to fit on every computer.";
        Some(Diagnostic::new(Code::UnusableName, message).at(self.shown(entry.path()), Span::default()).help(help))
    }

    /// The path in the folder with `/`, or `None` where a part is no UTF-8.
    fn inner(&self, path: &Path) -> Option<String> {
        let inner = path.strip_prefix(self.disk).ok()?;
        if MAIN_SEPARATOR == '/' {
            return inner.to_str().map(str::to_owned);
        }
        let parts: Option<Vec<_>> = inner.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    /// The path from the root, for reports.
    fn shown(&self, path: &Path) -> String {
        let lossy = || Some(path.strip_prefix(self.disk).ok()?.to_string_lossy().replace(MAIN_SEPARATOR, "/"));
        let inner = self.inner(path).or_else(lossy).unwrap_or_default();
        if inner.is_empty() { self.shown.to_owned() } else { format!("{}/{inner}", self.shown) }
    }

    /// True where a path leads to something in the folder, be it by symbolic links: what else lies around it is not for
    /// the site.
    pub fn holds(&self, link: &Path) -> bool {
        match (fs::canonicalize(link), &self.real) {
            (Ok(target), Some(real)) => target.starts_with(real),
            // A link to nothing is met again by the walk, which says so.
            _ => true,
        }
    }

    fn unwalkable(&self, error: &walkdir::Error) -> Diagnostic {
        let path = error.path().unwrap_or(self.disk);
        if error.loop_ancestor().is_some() {
            return self.left_out(path, "This link leads back to a folder above it");
        }
        if path.is_symlink() {
            let help = format!("Take the link out of {}/, or put the file there itself.", self.shown);
            return skipped(&self.shown(path), "This link leads to nothing", &help);
        }
        match error.io_error() {
            Some(io) => read::unreadable(&self.shown(path), io),
            None => self.left_out(path, "This can't be read"),
        }
    }

    fn leads_out(&self, link: &Path) -> Diagnostic {
        let message = "This link leads out of the library, so it is not followed";
        let help = format!("Copy the file into {}/ instead.", self.shown);
        skipped(&self.shown(link), message, &help)
    }

    fn left_out(&self, path: &Path, message: &str) -> Diagnostic {
        skipped(&self.shown(path), message, &format!("Take it out of {}/.", self.shown))
    }
}

fn skipped(path: &str, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::SkippedFile, message).at(path, Span::default()).help(help)
}
