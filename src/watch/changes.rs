//! The changes of the library's files as they happen.

use std::{
    collections::BTreeSet,
    fs,
    path::{self, Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer_opt};

use super::{ignored::Ignored, snapshot::Snapshot};

/// How long a file must be quiet: editors save in several steps, and a page half written is no page.
const DELAY: Duration = Duration::from_millis(50);

/// How often the debouncer looks whether a file has been quiet for long enough.
const TICK: Duration = Duration::from_millis(10);

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
    let polling = OnceLock::new();
    let source = Source::events(&absolute, &ignored).unwrap_or_else(|error| {
        let _ = polling.set(reason(&error));
        Source::polling(&absolute, &ignored, POLL)
    });
    Ok(Changes { root: root.to_owned(), absolute, ignored, polling, source: Mutex::new(source) })
}

/// A library under watch, until it is dropped.
#[derive(Debug)]
pub struct Changes {
    root: PathBuf,
    absolute: PathBuf,
    ignored: Ignored,
    polling: OnceLock<String>,
    source: Mutex<Source>,
}

impl Changes {
    /// Waits for the next changes. Each path is below the root as it was given to `watch`; a folder, or the root
    /// itself, stands for anything in it. None means that there is nothing more to come.
    pub fn next(&self) -> Option<Vec<PathBuf>> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let mut message = Some(source.receiver.recv().ok()?);
            let mut changed = BTreeSet::new();
            // Whatever else has come by now belongs to the same rebuild.
            while let Some(next) = message {
                self.take_in(&mut source, next, &mut changed);
                message = source.receiver.try_recv().ok();
            }
            if !changed.is_empty() {
                return Some(changed.iter().map(|path| self.root.join(path)).collect());
            }
        }
    }

    /// Why the files are looked at once a second instead, where the system does not tell of their changes. This
    /// may come to be so during a watch, so ask again after each `next`.
    pub fn polling(&self) -> Option<&str> {
        self.polling.get().map(String::as_str)
    }

    fn take_in(&self, source: &mut Source, message: Message, changed: &mut BTreeSet<PathBuf>) {
        match message {
            Message::Looked(paths) => changed.extend(paths),
            Message::Told(Ok(events)) => {
                for event in events {
                    self.take_in_event(source, &event, changed);
                }
            }
            Message::Told(Err(errors)) => {
                if let Some(error) = errors.iter().find(|error| is_limit(error)) {
                    let _ = self.polling.set(reason(error));
                    *source = Source::polling(&self.absolute, &self.ignored, POLL);
                    changed.insert(PathBuf::new());
                } else {
                    self.look(source, changed);
                }
            }
        }
    }

    fn take_in_event(&self, source: &mut Source, event: &DebouncedEvent, changed: &mut BTreeSet<PathBuf>) {
        if event.need_rescan() {
            return self.look(source, changed);
        }
        // A build reads every file: were that a change, it would start the next one.
        if matches!(event.kind, EventKind::Access(_) | EventKind::Other) {
            return;
        }
        for path in &event.paths {
            let Some(below) = self.ignored.relevant(path) else { continue };
            if below.components().count() == 1
                && let Err(error) = source.follow(&self.absolute.join(below))
                && is_limit(&error)
            {
                let _ = self.polling.set(reason(&error));
                *source = Source::polling(&self.absolute, &self.ignored, POLL);
            }
            changed.insert(below.to_owned());
        }
    }

    /// Finds out by looking, after the system has lost events. The reading of 10,000 files can overrun its queue,
    /// so that to rebuild at each loss could go on for ever; only the first one is taken for a change unseen.
    fn look(&self, source: &mut Source, changed: &mut BTreeSet<PathBuf>) {
        let now = Snapshot::take(&self.absolute, &self.ignored);
        match &source.seen {
            Some(earlier) => changed.extend(now.changes_since(earlier)),
            None => drop(changed.insert(PathBuf::new())),
        }
        source.seen = Some(now);
    }
}

/// Where word of changes comes from.
#[derive(Debug)]
struct Source {
    receiver: Receiver<Message>,
    debouncer: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    seen: Option<Snapshot>,
    // The polling thread ends when this is gone.
    _alive: Arc<()>,
}

#[derive(Debug)]
enum Message {
    Told(DebounceEventResult),
    Looked(Vec<PathBuf>),
}

impl Source {
    fn events(root: &Path, ignored: &Ignored) -> notify::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let handler = move |result| {
            // Nobody waits any more once the receiver is gone.
            let _ = sender.send(Message::Told(result));
        };
        let config = notify::Config::default().with_follow_symlinks(false);
        let mut debouncer = new_debouncer_opt(DELAY, Some(TICK), handler, RecommendedCache::new(), config)?;
        // The root alone and its folders one by one: a recursive watch of the root would spend the system's
        // watches on `target`, `node_modules` and the output folder.
        debouncer.watch(root, RecursiveMode::NonRecursive)?;
        let mut source = Self { receiver, debouncer: Some(debouncer), seen: None, _alive: Arc::new(()) };
        for entry in fs::read_dir(root)?.flatten() {
            if ignored.relevant(&entry.path()).is_some() {
                source.follow(&entry.path())?;
            }
        }
        Ok(source)
    }

    /// Watches a folder of the root with all that it holds; one that comes back is a new one to the system.
    fn follow(&mut self, path: &Path) -> notify::Result<()> {
        let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        match &mut self.debouncer {
            Some(debouncer) if is_folder => debouncer.watch(path, RecursiveMode::Recursive),
            _ => Ok(()),
        }
    }

    fn polling(root: &Path, ignored: &Ignored, every: Duration) -> Self {
        let (sender, receiver) = mpsc::channel();
        let alive = Arc::new(());
        let mut seen = Snapshot::take(root, ignored);
        let (root, ignored, watched) = (root.to_owned(), ignored.clone(), Arc::downgrade(&alive));
        thread::spawn(move || {
            while watched.strong_count() > 0 {
                thread::sleep(every);
                let now = Snapshot::take(&root, &ignored);
                let changes = now.changes_since(&seen);
                seen = now;
                if !changes.is_empty() && sender.send(Message::Looked(changes)).is_err() {
                    break;
                }
            }
        });
        Self { receiver, debouncer: None, seen: None, _alive: alive }
    }
}

fn is_limit(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch)
}

fn reason(error: &notify::Error) -> String {
    if is_limit(error) {
        "the system's limit of watched folders is reached (on Linux: fs.inotify.max_user_watches)".into()
    } else {
        format!("the system does not tell of changes here ({error})")
    }
}

#[cfg(test)]
impl Changes {
    /// As `watch`, by looking.
    pub(super) fn by_looking(root: &Path, ignore: &[PathBuf], every: Duration) -> Self {
        let ignored = Ignored::new(root, ignore);
        let source = Mutex::new(Source::polling(root, &ignored, every));
        Self { root: root.to_owned(), absolute: root.to_owned(), ignored, polling: OnceLock::new(), source }
    }

    /// What comes of events that the system has lost.
    pub(super) fn after_a_loss(&self) -> Vec<PathBuf> {
        let mut changed = BTreeSet::new();
        self.look(&mut self.source.lock().unwrap_or_else(PoisonError::into_inner), &mut changed);
        changed.into_iter().collect()
    }
}
