//! The changes of several folders as those of one.

use super::changes::{self, Changes};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

/// The library and the folders that are laid over it, under watch.
#[derive(Debug)]
pub struct Folders {
    sender: Sender<Option<String>>,
    receiver: Receiver<Option<String>>,
    pub(super) watched: BTreeSet<PathBuf>,
}

impl Folders {
    /// Begins to watch the library at `root`, less the paths in `ignore`.
    ///
    /// # Errors
    /// Why it can't be watched.
    pub fn watch(root: &Path, ignore: &[PathBuf]) -> Result<Self, String> {
        let (sender, receiver) = mpsc::channel();
        let mut folders = Self { sender, receiver, watched: BTreeSet::new() };
        folders.follow(root, changes::watch(root, ignore)?);
        Ok(folders)
    }

    /// Watches these folders as well, as far as they are there: asked again, it finds those that are by then.
    pub fn also<'a>(&mut self, folders: impl IntoIterator<Item = &'a Path>) {
        // What was taken away may come back, and is a new folder to the system then.
        self.watched.retain(|folder| folder.is_dir());
        for folder in folders {
            if self.watched.iter().any(|watched| folder.starts_with(watched)) {
                continue;
            }
            if let Ok(changes) = changes::watch(folder, &[]) {
                self.follow(folder, changes);
            }
        }
    }

    /// Waits for the next changes. What comes with them is why files are looked at once a second, where the system
    /// does not tell of changes; nothing at all means that there is nothing more to come.
    pub fn next(&self) -> Option<Option<String>> {
        let first = self.receiver.recv().ok()?;
        // Whatever else has come by now belongs to the same rebuild.
        let others: Vec<Option<String>> = self.receiver.try_iter().collect();
        Some(first.or_else(|| others.into_iter().flatten().next()))
    }

    fn follow(&mut self, folder: &Path, changes: Changes) {
        self.watched.insert(folder.to_owned());
        let sender = self.sender.clone();
        thread::spawn(move || {
            while changes.next().is_some() {
                if sender.send(changes.polling().map(str::to_owned)).is_err() {
                    break;
                }
            }
        });
    }
}
