//! Watching a library and what is laid over it.

use std::{
    fs,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use crate::watch::Folders;

/// Word of each change, from a thread of its own so that a test need not wait for ever.
fn told(folders: Folders) -> Receiver<()> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || while folders.next().is_some() && sender.send(()).is_ok() {});
    receiver
}

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_change_in_a_folder_outside_the_library_is_told() {
    let (library, private) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut folders = Folders::watch(library.path(), &[]).unwrap();
    folders.also([private.path(), &library.path().join("inside"), &private.path().join("not-there")]);
    // Watched once already: a second watch would only tell everything twice.
    folders.also([private.path()]);
    assert_eq!(folders.watched.len(), 2);
    let told = told(folders);
    fs::write(private.path().join("a.md"), "a").unwrap();
    told.recv_timeout(LONG).unwrap();
    fs::write(library.path().join("casebook.yaml"), "title: T").unwrap();
    told.recv_timeout(LONG).unwrap();
}

#[test]
fn a_folder_that_was_not_there_is_watched_once_it_is() {
    let (library, private) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let late = private.path().join("late");
    let mut folders = Folders::watch(library.path(), &[]).unwrap();
    folders.also([late.as_path()]);
    fs::create_dir(&late).unwrap();
    folders.also([late.as_path()]);
    let told = told(folders);
    fs::write(late.join("a.md"), "a").unwrap();
    told.recv_timeout(LONG).unwrap();
}
