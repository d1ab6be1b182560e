//! What stands before the disk: texts that an editor has and nobody saved yet, or a library as it was before.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Texts that stand before those on the disk, and files that are taken for not there, by the paths that people know
/// their files by: from the root, those of files that are laid over `content/` with the folder that they really lie in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsaved {
    texts: BTreeMap<String, Arc<str>>,
    hidden: BTreeSet<String>,
}

impl Unsaved {
    /// Puts a text before that of the file, or lets the file speak for itself again.
    pub fn set(&mut self, path: impl Into<String>, text: Option<Arc<str>>) {
        match text {
            Some(text) => drop(self.texts.insert(path.into(), text)),
            None => drop(self.texts.remove(&path.into())),
        }
    }

    /// Takes a file of `content/` for not there.
    pub fn hide(&mut self, path: impl Into<String>) {
        self.hidden.insert(path.into());
    }

    /// The text of a file that is not saved.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(AsRef::as_ref)
    }

    /// True for a file that is taken for not there.
    pub fn hides(&self, path: &str) -> bool {
        self.hidden.contains(path)
    }

    /// The paths of texts below a folder.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let inside = move |path: &&String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.texts.keys().filter(inside).map(String::as_str)
    }
}
