//! A library with an output folder, in a folder of its own that goes with the test.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Output},
    publish::{Summary, publish},
};

pub(super) struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("library")).unwrap();
        Self { folder }
    }

    /// A path beside the output folder.
    pub(super) fn beside(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A path in the output folder.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.beside("public").join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(super) fn publish(&self, pages: &[(&str, &str)]) -> Result<Summary, Diagnostic> {
        self.publish_outputs(&outputs(pages))
    }

    pub(super) fn publish_outputs(&self, outputs: &[Output]) -> Result<Summary, Diagnostic> {
        let published = publish(&self.beside("library"), &self.path(""), outputs, &|_| ());
        published.map_err(|faults| faults.into_iter().next().unwrap())
    }

    /// Every file of the output folder with its bytes.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(""))
    }

    /// What our own folder beside the site still holds.
    pub(super) fn left_over(&self) -> Vec<String> {
        let entries = fs::read_dir(self.beside(".public.casebook")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut left: Vec<_> =
            names.filter(|n| !["lock", "stamps", "note", ".gitignore"].contains(&n.as_str())).collect();
        left.sort();
        left
    }
}

pub(super) fn outputs(pages: &[(&str, &str)]) -> Vec<Output> {
    pages.iter().map(|(path, text)| Output::bytes(*path, *text)).collect()
}

pub(super) fn file_output(path: &str, source: &Path) -> Output {
    Output { path: path.into(), content: Content::File(source.into()) }
}

pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
