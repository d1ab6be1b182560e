//! Watching a library and what is laid over it.

use std::{
    fs,
    path::Path,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use crate::{
    config::Overlay,
    model::Changed,
    watch::{Folders, Word},
};

/// Word of each change, from a thread of its own so that a test need not wait for ever.
fn told(folders: Folders) -> Receiver<Word> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || while folders.next().is_some_and(|word| sender.send(word).is_ok()) {});
    receiver
}

fn overlay(disk: &Path) -> Overlay {
    Overlay { folder: "../private".into(), disk: disk.to_owned() }
}

const LONG: Duration = Duration::from_secs(20);

fn paths(paths: &[&str]) -> Word {
    Word { changed: Changed::Paths(paths.iter().map(Into::into).collect()), polling: None }
}

#[test]
fn what_is_laid_over_the_library_is_told_by_the_place_that_it_has_there() {
    let (library, private) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let inside = library.path().join("inside");
    fs::create_dir_all(inside.join("guides")).unwrap();
    let mut folders = Folders::watch(library.path(), &[]).unwrap();
    let overlays = [private.path(), &inside, &library.path().join("not-there")].map(overlay);
    folders.lay(&overlays);
    // Watched once already: a second watch would only tell everything twice.
    folders.lay(&overlays);
    assert_eq!(folders.watched.len(), 2);
    let told = told(folders);
    fs::write(private.path().join("a.md"), "a").unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap(), paths(&["content/a.md"]));
    fs::write(inside.join("guides/b.md"), "b").unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap(), paths(&["content/guides/b.md"]));
    fs::write(library.path().join("casebook.yaml"), "title: T").unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap(), paths(&["casebook.yaml"]));
}

#[test]
fn folders_are_told_by_their_files() {
    let library = tempfile::tempdir().unwrap();
    fs::create_dir(library.path().join("content")).unwrap();
    let folders = Folders::watch(library.path(), &[]).unwrap();
    let told = told(folders);
    fs::create_dir_all(library.path().join("new/deep")).unwrap();
    fs::write(library.path().join("new/deep/a.md"), "a").unwrap();
    fs::rename(library.path().join("new"), library.path().join("content/new")).unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap(), paths(&["content/new/deep/a.md"]));
    fs::create_dir(library.path().join("content/empty")).unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap(), paths(&["content/empty"]));
}

#[test]
fn a_folder_laid_over_that_goes_may_mean_anything() {
    let (library, private) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let late = private.path().join("late");
    let mut folders = Folders::watch(library.path(), &[]).unwrap();
    folders.lay(&[overlay(&late)]);
    fs::create_dir(&late).unwrap();
    folders.lay(&[overlay(&late)]);
    let told = told(folders);
    fs::write(late.join("a.md"), "a").unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap(), paths(&["content/a.md"]));
    fs::rename(&late, private.path().join("elsewhere")).unwrap();
    assert_eq!(told.recv_timeout(LONG).unwrap().changed, Changed::Everything);
}
