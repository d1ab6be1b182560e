//! The changes of several folders as those of one library.

use super::changes::{self, Changes};
use crate::{config::Overlay, model::Changed};
use std::{
    collections::BTreeSet,
    ops::Bound,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

/// Where the files of an overlay stand.
const CONTENT: &str = "content";

/// The library and the folders that are laid over it, under watch.
#[derive(Debug)]
pub struct Folders {
    root: PathBuf,
    overlays: Vec<PathBuf>,
    sender: Sender<Told>,
    receiver: Receiver<Told>,
    pub(super) watched: BTreeSet<PathBuf>,
}

/// Word of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What has changed.
    pub changed: Changed,
    /// Why files are looked at once a second, where the system does not tell of changes.
    pub polling: Option<String>,
}

#[derive(Debug)]
struct Told {
    folder: PathBuf,
    paths: BTreeSet<PathBuf>,
    polling: Option<String>,
}

impl Folders {
    /// Begins to watch the library at `root`, less the paths in `ignore`.
    ///
    /// # Errors
    /// Why it can't be watched.
    pub fn watch(root: &Path, ignore: &[PathBuf]) -> Result<Self, String> {
        let (sender, receiver) = mpsc::channel();
        let (root, overlays, watched) = (root.to_owned(), Vec::new(), BTreeSet::new());
        let changes = changes::watch(&root, ignore)?;
        let mut folders = Self { root, overlays, sender, receiver, watched };
        folders.follow(folders.root.clone(), changes);
        Ok(folders)
    }

    /// Watches what is laid over the library now as well, as far as it is there: asked again, it finds what is by then.
    pub fn lay(&mut self, overlays: &[Overlay]) {
        self.overlays = overlays.iter().map(|overlay| overlay.disk.clone()).collect();
        // What was taken away may come back, and is a new folder to the system then.
        self.watched.retain(|folder| folder.is_dir());
        for folder in self.overlays.clone() {
            if self.watched.iter().any(|watched| folder.starts_with(watched)) {
                continue;
            }
            if let Ok(changes) = changes::watch(&folder, &[]) {
                self.follow(folder, changes);
            }
        }
    }

    /// Waits for the next changes of files that are in the library or laid over it. None means that there is nothing
    /// more to come.
    pub fn next(&self) -> Option<Word> {
        loop {
            let first = self.receiver.recv().ok()?;
            let mut word = Word { changed: Changed::Paths(Vec::new()), polling: None };
            // Whatever else has come by now belongs to the same rebuild.
            for told in [first].into_iter().chain(self.receiver.try_iter()) {
                word.changed = word.changed.and(self.changed(&told));
                word.polling = word.polling.or(told.polling);
            }
            if word.polling.is_some() || word.changed != Changed::Paths(Vec::new()) {
                return Some(word);
            }
        }
    }

    /// What is told of one folder, under the paths that the pipeline knows.
    fn changed(&self, told: &Told) -> Changed {
        let mut paths = Vec::new();
        for path in &told.paths {
            let full = told.folder.join(path);
            // Whether there is such a folder at all has a meaning of its own.
            if full == self.root || self.overlays.iter().any(|overlay| overlay.starts_with(&full)) {
                return Changed::Everything;
            }
            // Of a folder that came or went with files, these say enough. They come right after it.
            let next = told.paths.range::<Path, _>((Bound::Excluded(path.as_path()), Bound::Unbounded)).next();
            if next.is_some_and(|next| next.starts_with(path)) {
                continue;
            }
            let overlaid = self.overlays.iter().find_map(|overlay| full.strip_prefix(overlay).ok());
            match overlaid {
                Some(inner) => paths.push(Path::new(CONTENT).join(inner)),
                None => paths.extend(full.strip_prefix(&self.root).map(Path::to_owned)),
            }
        }
        Changed::Paths(Vec::new()).and(Changed::Paths(paths))
    }

    fn follow(&mut self, folder: PathBuf, mut changes: Changes) {
        self.watched.insert(folder.clone());
        let sender = self.sender.clone();
        thread::spawn(move || {
            while let Some(paths) = changes.next() {
                let told = Told { folder: folder.clone(), paths, polling: changes.polling().map(str::to_owned) };
                if sender.send(told).is_err() {
                    break;
                }
            }
        });
    }
}
