//! Texts that an editor has and the disk has not yet.

use std::{collections::BTreeMap, sync::Arc};

/// Texts that stand before those on the disk, by the paths that people know their files by: from the root, those of
/// files that are laid over `content/` with the folder that they really lie in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsaved(BTreeMap<String, Arc<str>>);

impl Unsaved {
    /// Puts a text before that of the file, or lets the file speak for itself again.
    pub fn set(&mut self, path: impl Into<String>, text: Option<Arc<str>>) {
        match text {
            Some(text) => drop(self.0.insert(path.into(), text)),
            None => drop(self.0.remove(&path.into())),
        }
    }

    /// The text of a file that is not saved.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// The paths below a folder.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let inside = move |path: &&String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.0.keys().filter(inside).map(String::as_str)
    }
}
