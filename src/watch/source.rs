//! Where word of changes comes from: the system, or looking.

use std::{
    fs,
    path::Path,
    sync::mpsc::{self, Receiver},
};

use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::ignored::Ignored;

/// How often a folder is tried again in which others come and go.
const TRIES: usize = 3;

/// The system's own words.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) receiver: Receiver<notify::Result<Event>>,
    watcher: RecommendedWatcher,
}

impl Source {
    /// Begins to listen.
    pub fn events(root: &Path, ignored: &Ignored) -> notify::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let handler = move |result| {
            // Nobody waits any more once the receiver is gone.
            let _ = sender.send(result);
        };
        let mut watcher = RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false))?;
        // The root alone and its folders one by one: a recursive watch of the root would spend the system's
        // watches on `target`, `node_modules` and the output folder.
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let mut source = Self { receiver, watcher };
        for entry in fs::read_dir(root)?.flatten() {
            if ignored.relevant(&entry.path()).is_some() {
                source.follow(&entry.path())?;
            }
        }
        Ok(source)
    }

    /// Listens to a folder with all that it holds. When this is done, nothing in it changes unheard.
    pub fn follow(&mut self, folder: &Path) -> notify::Result<()> {
        let mut result = Ok(());
        for _ in 0..TRIES {
            if !fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir()) {
                return Ok(());
            }
            // One folder that goes while all are gone through ends the going.
            result = self.watcher.watch(folder, RecursiveMode::Recursive);
            if result.as_ref().map_or_else(is_limit, |()| true) {
                break;
            }
        }
        result
    }
}

/// True where the system watches no more folders.
pub(super) fn is_limit(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch)
}

/// Why files are looked at instead.
pub(super) fn reason(error: &notify::Error) -> String {
    if is_limit(error) {
        "the system's limit of watched folders is reached (on Linux: fs.inotify.max_user_watches)".into()
    } else {
        format!("the system does not tell of changes here ({error})")
    }
}

#[cfg(test)]
pub(super) type Told = mpsc::Sender<notify::Result<Event>>;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]
impl Source {
    /// Somebody's words instead of the system's.
    pub fn heard() -> (Told, Self) {
        let (sender, receiver) = mpsc::channel();
        let watcher = RecommendedWatcher::new(|_: notify::Result<Event>| {}, Config::default()).unwrap();
        (sender, Self { receiver, watcher })
    }
}
