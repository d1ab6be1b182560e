//! Writes all pages of an import, or none.

use super::Places;
use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic},
    import::{Import, Known, Page},
    model::SourceFile,
    pipeline,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

/// Which pages are there already, by path; what is in the way is a fault of the import.
pub(super) fn places(import: &mut Import, config: &Config, known: &Known, force: bool) -> Places {
    let mut places = Places::new();
    let paths: BTreeSet<&str> = known.pages.iter().map(|page| page.path.as_str()).collect();
    let mut first: BTreeMap<String, &Page> = BTreeMap::new();
    let mut faults = Vec::new();
    for page in &import.pages {
        let mut refuse = |message: String, help: &str| {
            let mut fault = Diagnostic::new(Code::PageExists, message).help(help);
            fault.place = Some(page.from.clone());
            faults.push(fault);
        };
        let own = own_name(&page.path).to_lowercase();
        if let Some(other) = first.get(&own) {
            let message = format!("“{}” would be the same file as “{}”: {}", page.title, other.title, page.path);
            refuse(message, "Give the two titles that differ.");
            continue;
        }
        first.insert(own, page);
        let twin = twin(&page.path);
        let on_disk = |path: &str| fs::symlink_metadata(config.root.join(path)).is_ok();
        let in_library = |path: &str| paths.contains(path);
        let there = on_disk(&page.path);
        places.insert(page.path.clone(), there);
        if there && !force {
            let help = "Give the page another title, or write it anew with --force.";
            refuse(format!("The page {} is there already", page.path), help);
        } else if !there && in_library(&page.path) {
            let help = "Change the page in the folder that it comes from, or give this one another title.";
            refuse(format!("The page {} is there already, in a folder laid over this library", page.path), help);
        } else if !there && (on_disk(&twin) || in_library(&twin)) {
            let help = "Give the page another title, or move that page first.";
            refuse(format!("The page {twin} is there already, and has the address of {}", page.path), help);
        }
    }
    import.faults.extend(faults);
    for page in &mut import.pages {
        if force && places.get(&page.path).copied().unwrap_or_default() {
            import.faults.extend(replaced(page, &config.root, known));
        }
    }
    places
}

/// What goes of a page that is written over, and of the files beside it. What only those who look after the library
/// write is kept.
fn replaced(page: &mut Page, root: &Path, known: &Known) -> Vec<Diagnostic> {
    let mut gone = match (fs::read_to_string(root.join(&page.path)), known.theme.kind(page.kind())) {
        (Ok(text), Some(kind)) => {
            let before = pipeline::page(SourceFile { path: page.path.clone(), text });
            page.replacing(&before, kind)
        }
        _ => vec!["all that it has".to_owned()],
    };
    let differs = |path: &str, bytes: &[u8]| fs::read(root.join(path)).is_ok_and(|before| before != bytes);
    let files = page.files.iter().filter(|(path, bytes)| differs(path, bytes));
    gone.extend(files.map(|(path, _)| format!("the file {path} as it is")));
    let told = |gone: String| {
        let message = format!("The page {} is written anew, and this goes: {gone}", page.path);
        let help = "Keep a copy of the page, and write into the new one what it should still have.";
        let mut fault = Diagnostic::new(Code::ImportChanged, message).help(help);
        fault.place = Some(page.from.clone());
        fault
    };
    gone.into_iter().map(told).collect()
}

/// The path of a page without what may differ between two of one address.
fn own_name(path: &str) -> &str {
    path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path)
}

/// The other path that a page of the same address may have.
fn twin(path: &str) -> String {
    let own = own_name(path);
    if path.ends_with("/index.md") { format!("{own}.md") } else { format!("{own}/index.md") }
}

/// Writes every file of these pages. Where one can't be written, all is as it was before.
///
/// # Errors
/// Which file could not be written, and why.
pub(super) fn all(root: &Path, pages: &[Page]) -> Result<(), String> {
    let files = pages.iter().flat_map(|page| {
        let beside = page.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        beside.chain([(page.path.as_str(), page.text.as_bytes())])
    });
    whole(root, files)
}

fn whole<'a>(root: &Path, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<(), String> {
    let mut done = Done::default();
    for (path, bytes) in files {
        if let Err(error) = done.write(&root.join(path), bytes) {
            done.undo();
            return Err(format!("{path} can't be written: {error}. Nothing was written"));
        }
    }
    Ok(())
}

/// What was written so far, and what it took the place of.
#[derive(Default)]
struct Done {
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Done {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            self.folder(folder)?;
        }
        let before = match fs::read(path) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // Beside its place first: a disk that is full leaves no half of a page.
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = path.with_file_name(name);
        let mut file = fs::File::create_new(&part)?;
        let written = io::Write::write_all(&mut file, bytes).and_then(|()| fs::rename(&part, path));
        if written.is_err() {
            let _ = fs::remove_file(&part);
            return written;
        }
        self.files.push((path.to_path_buf(), before));
        Ok(())
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_path_buf());
        }
        Ok(())
    }

    fn undo(self) {
        for (path, before) in self.files.into_iter().rev() {
            let _ = match before {
                Some(before) => fs::write(&path, before),
                None => fs::remove_file(&path),
            };
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("old.md"), "old").unwrap();
        fs::write(root.join("taken.md.part"), "somebody's").unwrap();
        let files = ["old.md", "new/deep/one.md", "taken.md"].map(|path| (path, b"new".as_slice()));
        let failed = whole(root, files.into_iter()).unwrap_err();
        assert!(failed.starts_with("taken.md can't be written") && failed.ends_with("Nothing was written"), "{failed}");
        assert_eq!(fs::read_to_string(root.join("old.md")).unwrap(), "old");
        assert!(!root.join("new").exists() && !root.join("taken.md").exists());
        assert_eq!(fs::read_to_string(root.join("taken.md.part")).unwrap(), "somebody's");
    }
}
