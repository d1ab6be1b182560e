//! What the functions of templates have to say beside what they give: they know nothing of the page that calls them.

use crate::model::Read;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
    thread::{self, ThreadId},
};

/// Notes of the pages that are being made, one a thread: a page is made on one thread from beginning to end.
#[derive(Debug, Default)]
pub(super) struct Noted(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    /// The messages whose lack was told when the templates were compiled.
    told: BTreeSet<String>,
    by_thread: HashMap<ThreadId, Notes>,
}

/// What was noted of one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// The messages that its templates asked for and nobody has written.
    pub(super) lacking: BTreeSet<String>,
    /// What its templates read of the library.
    pub(super) reads: BTreeSet<Read>,
}

impl Notes {
    /// True where nothing was noted.
    pub(super) fn is_empty(&self) -> bool {
        self.lacking.is_empty() && self.reads.is_empty()
    }
}

impl Noted {
    /// Remembers that a message is missing.
    pub(super) fn lacks(&self, key: &str) {
        self.with(|pages| {
            if !pages.told.contains(key) {
                pages.by_thread.entry(thread::current().id()).or_default().lacking.insert(key.to_owned());
            }
        });
    }

    /// Remembers that the lack of a message has been told, with the place that names it.
    pub(super) fn told(&self, key: &str) {
        self.with(|pages| pages.told.insert(key.to_owned()));
    }

    /// Remembers what a page read.
    pub(super) fn reads(&self, read: Read) {
        self.with(|pages| pages.by_thread.entry(thread::current().id()).or_default().reads.insert(read));
    }

    /// Notes what was noted before, of a part of a page that this one shows too.
    pub(super) fn add(&self, notes: &Notes) {
        if !notes.is_empty() {
            self.with(|pages| {
                let own = pages.by_thread.entry(thread::current().id()).or_default();
                own.lacking.extend(notes.lacking.iter().cloned());
                own.reads.extend(&notes.reads);
            });
        }
    }

    /// What was noted on this thread since the last call.
    pub(super) fn take(&self) -> Notes {
        self.with(|pages| pages.by_thread.remove(&thread::current().id())).unwrap_or_default()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Pages) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
