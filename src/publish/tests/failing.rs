//! A disk that fails when a test wants it to.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The disks that fail at the moment: tests run side by side, each in a folder of its own.
static DISKS: Mutex<Vec<Arc<Disk>>> = Mutex::new(Vec::new());

/// What is wrong with a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// One change fails, the next one goes well.
    Once,
    /// From one change on all fail, as on a disk that is full, or for a program that is no longer there.
    FromThereOn,
}

struct Disk {
    folder: PathBuf,
    wrong: Wrong,
    /// Which change is the first to fail, from 1.
    nth: usize,
    met: Mutex<usize>,
    /// How two folders are exchanged: not at all, where this is something.
    exchange: Option<ErrorKind>,
}

/// Changes below a folder fail until this is dropped.
pub(super) struct Failing(Arc<Disk>);

impl Failing {
    /// The nth change below `folder` fails.
    pub(super) fn at(folder: &Path, wrong: Wrong, nth: usize, exchange: Option<ErrorKind>) -> Self {
        let disk = Arc::new(Disk { folder: folder.to_owned(), wrong, nth, met: Mutex::new(0), exchange });
        DISKS.lock().unwrap_or_else(PoisonError::into_inner).push(disk.clone());
        Self(disk)
    }

    /// How many changes were wanted.
    pub(super) fn met(&self) -> usize {
        *self.0.met.lock().unwrap()
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        DISKS.lock().unwrap_or_else(PoisonError::into_inner).retain(|disk| !Arc::ptr_eq(disk, &self.0));
    }
}

fn disk(path: &Path) -> Option<Arc<Disk>> {
    let disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks.iter().find(|disk| path.starts_with(&disk.folder)).cloned()
}

/// Whether a change is made.
pub(in crate::publish) fn may(path: &Path) -> io::Result<()> {
    let Some(disk) = disk(path) else { return Ok(()) };
    let mut met = disk.met.lock().unwrap_or_else(PoisonError::into_inner);
    *met += 1;
    let fails = match disk.wrong {
        Wrong::Once => *met == disk.nth,
        Wrong::FromThereOn => *met >= disk.nth,
    };
    if fails { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
}

/// Whether the disk can exchange folders.
pub(in crate::publish) fn may_exchange(path: &Path) -> io::Result<()> {
    disk(path).and_then(|disk| disk.exchange).map_or(Ok(()), |kind| Err(kind.into()))
}
