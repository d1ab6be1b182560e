//! Takes outputs as soon as they are made: of what the site lacks each goes straight into the staging folder, so that
//! nobody has to hold a whole site.

use std::{
    collections::HashSet,
    fs::File,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Content, Outlet, Output},
};

use super::{
    Making, Summary,
    cache::Cache,
    comparison::{Comparison, Present},
    destination::Destination,
    failure::failed,
    hash::Hash,
    making, note, paths, staging,
    stamps::{self, Stamp, Stamps},
    survey::Survey,
    swap,
};

/// How long to wait before the lock is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// A publish that is under way. Until [`Press::publish`] nothing of the site itself is touched; what it has put beside
/// it goes with it.
#[derive(Debug)]
pub struct Press {
    root: PathBuf,
    destination: Destination,
    survey: Survey,
    stamps: Stamps,
    taken: Mutex<Vec<Result<Taken, Diagnostic>>>,
    /// Keeps everybody else out.
    _lock: File,
}

/// An output that needs nothing more, or no more than its place in the new site.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) path: String,
    pub(super) hash: Hash,
    pub(super) size: u64,
    /// The stamp of the file in the site, where that holds the same bytes.
    pub(super) kept: Option<Stamp>,
    /// The stamp of the file in the staging folder, where it is there.
    pub(super) pressed: Option<Stamp>,
    pub(super) rehashed: bool,
}

impl Press {
    /// Makes ready to replace `destination`. `root` is the library's own folder: a destination that holds it is
    /// refused, as is one with files that Casebook did not make.
    ///
    /// # Errors
    /// Why it can't be replaced.
    pub fn open(root: &Path, destination: &Path) -> Result<Self, Diagnostic> {
        Self::open_within(Duration::ZERO, root, destination, &|| ())
    }

    /// As [`Press::open`], but waits so long for another build to finish. `told` hears of it once.
    ///
    /// # Errors
    /// Why it can't be replaced.
    pub fn open_within(
        patience: Duration,
        root: &Path,
        destination: &Path,
        told: &dyn Fn(),
    ) -> Result<Self, Diagnostic> {
        let destination = Destination::check(root, destination)?;
        if destination.is_new() {
            // Refuse before anything is created beside a folder that may be somebody's documents.
            Survey::take(&destination)?;
        }
        let lock = locked(&destination, patience, told)?;
        swap::recover(&destination)?;
        let survey = Survey::take(&destination)?;
        let stamps = Stamps::read(&destination.stamps());
        Ok(Self { root: root.to_owned(), destination, survey, stamps, taken: Mutex::default(), _lock: lock })
    }

    /// The paths of the pages that the last site has and the next will not have, sorted. Of a list that goes on, the
    /// later pages do not count: where one begins and ends means nothing.
    pub fn gone(&self, outputs: &[Output]) -> Vec<String> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken.iter().filter_map(|taken| taken.as_ref().ok()).map(|taken| taken.path.as_str());
        let next: HashSet<&str> = outputs.iter().map(|output| output.path.as_str()).chain(taken).collect();
        let is_later_page = |path: &str| {
            let list = path.strip_suffix("/index.html").and_then(|path| path.rsplit_once("/page/"));
            list.is_some_and(|(list, _)| next.contains(format!("{list}/index.html").as_str()))
        };
        let pages = self.survey.files.keys().map(String::as_str).filter(|path| path.ends_with(".html"));
        let mut gone: Vec<String> =
            pages.filter(|path| !next.contains(path) && !is_later_page(path)).map(str::to_owned).collect();
        gone.sort();
        gone
    }

    /// Makes the destination hold exactly what was taken and these outputs, or leaves it as it was. Where nothing has
    /// changed, nothing in it is touched. `told` hears how far the making of what is costly is. What stands in `noted`
    /// is given back by [`super::unchanged`] as long as nobody touches the site.
    ///
    /// # Errors
    /// Why it can't: one fault of the system, or each fault of what recipes were given.
    pub fn publish(
        &self,
        outputs: &[Output],
        noted: Option<&str>,
        told: &(dyn Fn(Making) + Sync),
    ) -> Result<Summary, Vec<Diagnostic>> {
        let Self { root, destination, survey, stamps, .. } = self;
        let taken = std::mem::take(&mut *self.taken.lock().unwrap_or_else(PoisonError::into_inner));
        let (mut taken, faults): (Vec<Taken>, Vec<Diagnostic>) = parted(taken);
        taken.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let paths =
            outputs.iter().map(|output| output.path.as_str()).chain(taken.iter().map(|taken| taken.path.as_str()));
        paths::check(&paths.collect::<Vec<_>>())?;
        if let Some(fault) = faults.into_iter().next() {
            return Err(vec![fault]);
        }
        let present = Present { destination, survey, stamps };
        let mut comparison = Comparison::make(&present, outputs, &taken)?;
        let cache = Cache::of(root, destination);
        let ready = making::make(&cache, destination, &comparison, told)?;
        comparison.tell(&present, &ready)?;
        note::forget(destination);
        if comparison.nothing_changed(survey) {
            if comparison.rehashed() {
                // Spares the next build the reading. It is no loss where it fails.
                let _ = stamps::write(&comparison.kept(), &destination.stamps());
            }
            note::keep(destination, noted);
            return Ok(comparison.summary());
        }
        let staged = staging::fill(destination, survey, &comparison, &ready)?;
        swap::swap(destination, survey, &comparison, &staged)?;
        if !ready.is_empty() {
            cache.prune(&comparison.items.iter().filter_map(|item| item.origin).collect());
        }
        note::keep(destination, noted);
        let bytes = staged.iter().map(|file| file.size).sum();
        Ok(Summary { bytes, ..comparison.summary() })
    }

    /// Compares an output with what the site has at its path, and brings what differs to its place.
    fn press(&self, path: String, bytes: &[u8]) -> Result<Taken, Diagnostic> {
        let (hash, size) = (Hash::of(bytes), bytes.len() as u64);
        let mut taken = Taken { path, hash, size, kept: None, pressed: None, rehashed: false };
        if let Some(stamp) = self.survey.files.get(&taken.path).copied().filter(|stamp| stamp.size == size) {
            let known = self.stamps.hash(&taken.path, stamp);
            taken.rehashed = known.is_none();
            let there = match known {
                Some(hash) => hash,
                None => {
                    let there = self.destination.site.join(&taken.path);
                    Hash::of_file(&there).map_err(failed("read", &there))?
                }
            };
            taken.kept = (there == hash).then_some(stamp);
        }
        if taken.kept.is_none() {
            taken.pressed = Some(staging::press(&self.destination.staging(), &taken.path, bytes)?);
        }
        Ok(taken)
    }
}

impl Outlet for Press {
    fn take(&self, output: Output) -> Option<Output> {
        match output {
            Output { path, content: Content::Bytes(bytes) } if paths::fault(&path).is_none() => {
                let taken = self.press(path, &bytes);
                self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
                None
            }
            other => Some(other),
        }
    }
}

impl Drop for Press {
    /// Both after a failure and after the swap, what is left beside the site is of no more use.
    fn drop(&mut self) {
        swap::clear(&self.destination);
        self.destination.leave();
    }
}

/// The lock, waited for where another build has it.
fn locked(destination: &Destination, patience: Duration, told: &dyn Fn()) -> Result<File, Diagnostic> {
    let start = Instant::now();
    let mut waits = false;
    loop {
        match destination.lock() {
            Err(fault) if fault.code == Code::OutputBusy && start.elapsed() < patience => {
                if !std::mem::replace(&mut waits, true) {
                    told();
                }
                thread::sleep(PAUSE);
            }
            other => return other,
        }
    }
}

fn parted<T, E>(results: Vec<Result<T, E>>) -> (Vec<T>, Vec<E>) {
    let (mut values, mut faults) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(fault) => faults.push(fault),
        }
    }
    (values, faults)
}
