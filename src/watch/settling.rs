//! When a change is whole: a page half written is no page, and one save is one change.
//!
//! Where the system tells that a file was closed, nothing is waited for but that: no time must pass first. What is
//! left are short waits for what may follow: a name that comes back, a new one that is only passing, other files of
//! the same change.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long a file that is being written may be silent. Where the system tells of the end, this is for programs that
/// keep a file open; elsewhere it is all there is to go by.
const WRITING: Duration =
    Duration::from_millis(if cfg!(any(target_os = "linux", target_os = "android")) { 500 } else { 50 });

/// How long a name may be gone: many editors put the old file away before they write the new one.
const RETURN: Duration = Duration::from_millis(30);

/// How long a new name must last: many editors write a file of another name first, and rename it.
const PASSING: Duration = Duration::from_millis(20);

/// After this time what is whole is told, whatever else goes on.
const LIMIT: Duration = Duration::from_secs(5);

/// How long nothing more may begin to change before a change of so many files is told.
fn quiet(files: usize) -> Duration {
    Duration::from_millis(match files {
        0 | 1 => 2,
        2..=8 => 15,
        // Many are a branch that is switched, or a folder that is copied.
        _ => 100,
    })
}

/// The files that are changing.
#[derive(Debug, Default)]
pub(super) struct Settling {
    files: BTreeMap<PathBuf, State>,
    // When something became whole that is not told yet, and when a file last began or ended to change.
    first: Option<Instant>,
    last: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Written { until: Instant },
    Passing { until: Instant },
    Gone { until: Instant },
    Whole,
}

/// What is to be done now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Tell these.
    Tell(BTreeSet<PathBuf>),
    /// Ask again at this moment, or once something has happened.
    Wait(Option<Instant>),
}

impl Settling {
    /// A file is being written.
    pub fn written(&mut self, path: &Path, now: Instant) {
        self.set(path, State::Written { until: now + WRITING }, now);
    }

    /// A file has all its bytes.
    pub fn closed(&mut self, path: &Path, is_known: bool, now: Instant) {
        self.set(path, if is_known { State::Whole } else { State::Passing { until: now + PASSING } }, now);
    }

    /// A file is there in one piece, or is otherwise than it was in something else than its bytes.
    pub fn whole(&mut self, path: &Path, now: Instant) {
        if !self.is_written(path) {
            self.set(path, State::Whole, now);
        }
    }

    /// A file took the place of what had this name.
    pub fn replaced(&mut self, path: &Path, now: Instant) {
        self.set(path, State::Whole, now);
    }

    /// A file has gone. One that nobody has heard of was never there.
    pub fn gone(&mut self, path: &Path, is_known: bool, now: Instant) {
        if is_known {
            self.set(path, State::Gone { until: now + RETURN }, now);
        } else {
            self.files.remove(path);
        }
    }

    /// A file was found to be otherwise, or gone. Where it is still changing there is more to hear of it.
    pub fn seen(&mut self, path: &Path, is_there: bool, now: Instant) {
        match self.files.get(path) {
            None | Some(State::Gone { .. }) if is_there => self.closed(path, false, now),
            None => self.gone(path, true, now),
            Some(_) => {}
        }
    }

    /// True for a file whose end has not come yet.
    pub fn is_written(&self, path: &Path) -> bool {
        matches!(self.files.get(path), Some(State::Written { .. }))
    }

    /// The files below a folder that have not been told yet.
    pub fn below(&self, folder: &Path) -> Vec<PathBuf> {
        let paths = self.files.range(folder.to_owned()..).map(|(path, _)| path);
        paths.take_while(|path| path.starts_with(folder)).cloned().collect()
    }

    /// What is whole, as soon as nothing more is to be expected of the same change.
    pub fn next(&mut self, now: Instant) -> Next {
        for state in self.files.values_mut() {
            if state.until().is_some_and(|until| until <= now) {
                *state = State::Whole;
                self.first.get_or_insert(now);
                self.last.get_or_insert(now);
            }
        }
        let until = self.files.values().filter_map(|state| state.until()).min();
        let (Some(first), Some(last)) = (self.first, self.last) else { return Next::Wait(until) };
        let may_return = self.files.values().any(|state| matches!(state, State::Gone { .. }));
        let told = (last + quiet(self.files.len())).min(first + LIMIT);
        if now < told || (may_return && now < first + LIMIT) {
            let next = if now < told { Some(told) } else { None };
            return Next::Wait(until.into_iter().chain(next).min());
        }
        let whole: BTreeSet<PathBuf> =
            self.files.extract_if(.., |_, state| *state == State::Whole).map(|(path, _)| path).collect();
        (self.first, self.last) = (None, None);
        if whole.is_empty() { Next::Wait(until) } else { Next::Tell(whole) }
    }

    fn set(&mut self, path: &Path, state: State, now: Instant) {
        if state == State::Whole {
            self.first.get_or_insert(now);
        }
        // A file that is being written for long must not keep the others waiting.
        let before = self.files.insert(path.to_owned(), state);
        if before.is_none_or(|before| before.is_written() != state.is_written()) {
            self.last = Some(now);
        }
    }
}

impl State {
    fn until(self) -> Option<Instant> {
        match self {
            Self::Written { until } | Self::Passing { until } | Self::Gone { until } => Some(until),
            Self::Whole => None,
        }
    }

    fn is_written(self) -> bool {
        matches!(self, Self::Written { .. })
    }
}
