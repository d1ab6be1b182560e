//! What is written, kept and pruned.

use std::{fs, time::Duration};

use super::{
    Site,
    site::{file_output, files, outputs},
};
use crate::publish::{Summary, publish};

const PAGES: [(&str, &str); 3] = [("index.html", "home"), ("guides/a/index.html", "a"), ("guides/b/index.html", "b")];

#[test]
fn the_first_publish_writes_everything() {
    let site = Site::new();
    let summary = site.publish(&PAGES).unwrap();
    assert_eq!(summary, Summary { written: 3, unchanged: 0, removed: 0, bytes: 6 });
    assert_eq!(site.read("guides/a/index.html"), "a");
    assert!(site.left_over().is_empty());
}

#[test]
fn an_unchanged_file_keeps_its_time_and_inode() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    let before = fs::metadata(site.path("guides/a/index.html")).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    let summary = site.publish(&[PAGES[0], PAGES[1], ("guides/b/index.html", "new")]).unwrap();
    let after = fs::metadata(site.path("guides/a/index.html")).unwrap();
    assert_eq!((summary.written, summary.unchanged), (1, 2));
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::ino(&before), std::os::unix::fs::MetadataExt::ino(&after));
    assert_eq!(site.read("guides/b/index.html"), "new");
}

#[test]
fn nothing_is_touched_when_nothing_changed() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    let before = fs::metadata(site.path("")).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    let summary = site.publish(&PAGES).unwrap();
    let after = fs::metadata(site.path("")).unwrap();
    assert_eq!(summary, Summary { written: 0, unchanged: 3, removed: 0, bytes: 6 });
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::ino(&before), std::os::unix::fs::MetadataExt::ino(&after));
}

#[test]
fn what_is_gone_is_pruned_with_its_folder() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    let summary = site.publish(&PAGES[..2]).unwrap();
    assert_eq!((summary.unchanged, summary.removed), (2, 1));
    assert!(!site.path("guides/b").exists());
    assert!(site.path("guides/a").exists());
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let site = Site::new();
    site.publish(&[("a", "file")]).unwrap();
    site.publish(&[("a/index.html", "folder")]).unwrap();
    assert_eq!(site.read("a/index.html"), "folder");
    site.publish(&[("a", "file")]).unwrap();
    assert_eq!(site.read("a"), "file");
}

#[test]
fn a_file_edited_by_hand_is_restored() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    site.write("guides/a/index.html", "z");
    assert_eq!(site.publish(&PAGES).unwrap().written, 1);
    assert_eq!(site.read("guides/a/index.html"), "a");
    fs::remove_file(site.path("index.html")).unwrap();
    assert_eq!(site.publish(&PAGES).unwrap().written, 1);
    assert_eq!(site.read("index.html"), "home");
}

#[test]
fn a_manifest_edited_by_hand_is_restored() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    let manifest = site.read(".casebook.json");
    site.write(".casebook.json", &manifest.replace('\n', " "));
    site.publish(&PAGES).unwrap();
    assert_eq!(site.read(".casebook.json"), manifest);
}

#[test]
fn without_stamps_the_files_are_read_and_stay() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    for spoilt in ["", "nonsense\n\u{0}"] {
        fs::write(site.beside(".public.casebook/stamps"), spoilt).unwrap();
        assert_eq!(site.publish(&PAGES).unwrap().unchanged, 3);
        assert!(fs::read_to_string(site.beside(".public.casebook/stamps")).unwrap().contains("guides/b"));
    }
    fs::remove_dir_all(site.beside(".public.casebook")).unwrap();
    assert_eq!(site.publish(&PAGES).unwrap().unchanged, 3);
}

#[test]
fn a_second_folder_gets_the_same_bytes() {
    let site = Site::new();
    site.publish(&[("old.html", "old")]).unwrap();
    site.publish(&PAGES).unwrap();
    let mut reversed = outputs(&PAGES);
    reversed.reverse();
    publish(&site.beside("library"), &site.beside("other/folder"), &reversed, &|_| ()).unwrap();
    assert_eq!(site.files(), files(&site.beside("other/folder")));
}

#[test]
fn files_of_the_library_are_carried_along() {
    let site = Site::new();
    let source = site.beside("library/map.png");
    fs::write(&source, "first").unwrap();
    let outputs = [file_output("assets/map.png", &source)];
    assert_eq!(site.publish_outputs(&outputs).unwrap().bytes, 5);
    assert_eq!(site.publish_outputs(&outputs).unwrap().unchanged, 1);
    for text in ["other", "and longer"] {
        fs::write(&source, text).unwrap();
        assert_eq!(site.publish_outputs(&outputs).unwrap().written, 1);
        assert_eq!(site.read("assets/map.png"), text);
        assert_eq!(site.publish_outputs(&outputs).unwrap().unchanged, 1);
    }
}

#[test]
fn placeholders_stay() {
    let site = Site::new();
    site.write(".gitkeep", "");
    site.write(".gitignore", "*\n");
    site.publish(&PAGES).unwrap();
    site.publish(&PAGES[..1]).unwrap();
    assert_eq!(site.read(".gitkeep"), "");
    assert_eq!(site.read(".gitignore"), "*\n");
    assert_eq!(site.publish(&PAGES[..1]).unwrap().unchanged, 1);
}

#[test]
fn the_folder_beside_the_site_hides_from_git() {
    let site = Site::new();
    site.publish(&PAGES).unwrap();
    assert_eq!(fs::read_to_string(site.beside(".public.casebook/.gitignore")).unwrap(), "*\n");
}
