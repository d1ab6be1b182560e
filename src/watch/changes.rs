//! The changes of the library's files as they happen.

use std::{
    collections::BTreeSet,
    fs,
    path::{self, Path, PathBuf},
    sync::mpsc::RecvTimeoutError,
    thread,
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind,
    event::{AccessKind, AccessMode, ModifyKind, RemoveKind, RenameMode},
};

use super::{
    ignored::Ignored,
    settling::{Next, Settling},
    snapshot::{Snapshot, Stamp},
    source::{Source, is_limit, reason},
};

/// How often all files are looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_secs(1);

/// Begins to watch a library. The paths in `ignore`, such as the output folder, are left out, and with them the
/// folders of git, Cargo and npm, our own folders beside outputs, and what editors write beside a file.
pub fn watch(root: &Path, ignore: &[PathBuf]) -> Result<Changes, String> {
    let told = |error| format!("{} cannot be watched: {error}", root.display());
    let absolute = path::absolute(root).map_err(told)?;
    fs::read_dir(&absolute).map_err(told)?;
    let given: Vec<_> = ignore.iter().map(|path| path.strip_prefix(root).unwrap_or(path).to_owned()).collect();
    let ignored = Ignored::new(&absolute, &given);
    let source = Source::events(&absolute, &ignored);
    Ok(Changes::new(absolute, ignored, source, POLL))
}

/// A library under watch, until it is dropped.
#[derive(Debug)]
pub struct Changes {
    root: PathBuf,
    ignored: Ignored,
    // None where the files are looked at.
    source: Option<Source>,
    polling: Option<String>,
    every: Duration,
    known: Snapshot,
    settling: Settling,
}

impl Changes {
    fn new(root: PathBuf, ignored: Ignored, source: notify::Result<Source>, every: Duration) -> Self {
        let polling = source.as_ref().err().map(reason);
        // Looked at once word of changes comes, so that none falls between the two.
        let known = Snapshot::take(&root, Path::new(""), &ignored);
        Self { root, ignored, source: source.ok(), polling, every, known, settling: Settling::default() }
    }

    /// Why the files are looked at once a second instead, where the system does not tell of their changes. This
    /// may come to be so during a watch, so ask again after each `next`.
    pub fn polling(&self) -> Option<&str> {
        self.polling.as_deref()
    }

    /// Takes note of what is told, under each path that it is reached by.
    fn told(&mut self, paths: BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        let mut aliases = Vec::new();
        for path in &paths {
            self.known.renew(&self.root, path);
            aliases.extend(self.known.aliases(self.ignored.real_root(), path));
        }
        paths.into_iter().chain(aliases).collect()
    }

    /// Waits for word until a moment, and takes in all that has come by then.
    fn listen(&mut self, until: Option<Instant>) -> Option<()> {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let Some(source) = &self.source else {
            thread::sleep(left.unwrap_or(self.every).min(self.every));
            if left.is_none_or(|left| left >= self.every) {
                self.look(Path::new(""), Instant::now());
            }
            return Some(());
        };
        let first = match left {
            None => source.receiver.recv().ok()?,
            Some(left) => match source.receiver.recv_timeout(left) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) => return Some(()),
                Err(RecvTimeoutError::Disconnected) => return None,
            },
        };
        let others: Vec<_> = source.receiver.try_iter().collect();
        let mut lost = false;
        for message in [first].into_iter().chain(others) {
            match message {
                Ok(event) if event.need_rescan() => lost = true,
                Ok(event) => self.take_in(&event),
                Err(error) => {
                    self.fail(&error);
                    lost = true;
                }
            }
        }
        if lost {
            self.look(Path::new(""), Instant::now());
        }
        Some(())
    }

    /// Goes over to looking, where the system says that it can't tell more.
    fn fail(&mut self, error: &notify::Error) {
        if is_limit(error) {
            self.polling = Some(reason(error));
            self.source = None;
        }
    }

    fn take_in(&mut self, event: &Event) {
        // Whatever has several paths comes once for each of them as well.
        let [path] = event.paths.as_slice() else { return };
        if self.ignored.is_root(path) {
            // Taken away or renamed; a change of what it holds has a path of its own.
            if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
                self.settling.replaced(Path::new(""), Instant::now());
            }
            return;
        }
        let Some(below) = self.ignored.relevant(path).map(Path::to_owned) else { return };
        let now = Instant::now();
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => self.closed(&below, now),
            // A build reads every file: were that a change, it would start the next one.
            EventKind::Access(_) | EventKind::Other => {}
            EventKind::Create(_) => self.made(&below, now),
            EventKind::Remove(kind) => self.gone(&below, kind == RemoveKind::Folder, now),
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) => self.gone(&below, false, now),
            EventKind::Modify(ModifyKind::Name(_)) => self.renamed(&below, now),
            EventKind::Modify(ModifyKind::Metadata(_)) => self.touched(&below, now),
            EventKind::Modify(_) | EventKind::Any => self.settling.written(&below, now),
        }
    }

    fn closed(&mut self, path: &Path, now: Instant) {
        if self.settling.is_written(path) || self.is_otherwise(path) {
            self.settling.closed(path, self.known.holds(path), now);
        }
    }

    fn made(&mut self, path: &Path, now: Instant) {
        match fs::symlink_metadata(self.root.join(path)) {
            Ok(metadata) if metadata.is_dir() => self.enter(path, now),
            // A link is there at once: nobody opens it to write.
            Ok(metadata) if metadata.is_symlink() || is_hard_link(&metadata) => self.settling.whole(path, now),
            _ => self.settling.written(path, now),
        }
    }

    fn renamed(&mut self, path: &Path, now: Instant) {
        match fs::symlink_metadata(self.root.join(path)) {
            Ok(metadata) if metadata.is_dir() => self.enter(path, now),
            Ok(_) => self.settling.replaced(path, now),
            Err(_) => self.gone(path, false, now),
        }
    }

    fn touched(&mut self, path: &Path, now: Instant) {
        if self.root.join(path).is_dir() {
            self.look(path, now);
        } else if self.is_otherwise(path) {
            self.settling.whole(path, now);
        }
    }

    fn gone(&mut self, path: &Path, is_folder: bool, now: Instant) {
        if self.root.join(path).is_dir() {
            // Back already, or the system tells of the folder's old name by its new one.
            return self.enter(path, now);
        }
        let mut files: BTreeSet<PathBuf> = self.settling.below(path).into_iter().collect();
        files.extend(self.known.below(path).cloned());
        if is_folder || files.iter().any(|file| file != path) {
            files.remove(path);
            self.settling.whole(path, now);
        }
        for file in files {
            self.settling.gone(&file, self.known.holds(&file), now);
        }
    }

    /// A folder that is new to the system: it tells of nothing in there that came first.
    fn enter(&mut self, folder: &Path, now: Instant) {
        if let Some(source) = &mut self.source
            && let Err(error) = source.follow(&self.root.join(folder))
        {
            self.fail(&error);
        }
        self.look(folder, now);
        self.settling.closed(folder, false, now);
    }

    /// Finds out by looking what is otherwise in a folder.
    fn look(&mut self, folder: &Path, now: Instant) {
        let seen = Snapshot::take(&self.root, folder, &self.ignored);
        for path in seen.changes_since(&self.known, folder) {
            self.settling.seen(&path, seen.holds(&path), now);
        }
    }

    fn is_otherwise(&self, path: &Path) -> bool {
        !self.known.has(path, Stamp::of(&self.root.join(path)).as_ref())
    }
}

/// Waits for the next changes, as paths below the root: files that were made, written, replaced or are gone, and
/// folders that came or went. The root itself, as an empty path, stands for anything. None means that there is
/// nothing more to come.
impl Iterator for Changes {
    type Item = BTreeSet<PathBuf>;

    fn next(&mut self) -> Option<BTreeSet<PathBuf>> {
        loop {
            match self.settling.next(Instant::now()) {
                Next::Tell(paths) => return Some(self.told(paths)),
                Next::Wait(until) => self.listen(until)?,
            }
        }
    }
}

#[cfg(unix)]
fn is_hard_link(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
fn is_hard_link(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
impl Changes {
    /// As `watch`, with word of changes from somebody else.
    pub(super) fn hearing(root: &Path, ignore: &[PathBuf], every: Duration) -> (super::source::Told, Self) {
        let ignored = Ignored::new(root, ignore);
        let (sender, source) = Source::heard();
        (sender, Self::new(root.to_owned(), ignored, Ok(source), every))
    }

    /// Without word of changes.
    pub(super) fn deaf(mut self) -> Self {
        self.fail(&notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        self
    }
}
