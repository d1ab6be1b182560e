//! A disk that fails at every single change that a publish makes to it.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    sync::{Arc, Mutex},
};

use super::{
    Site,
    failing::{Failing, Wrong},
    site::{file_output, outputs},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Content, Ingredient, Measured, Outlet, Output, Recipe},
    publish::{Press, Summary, in_place},
};

type Files = BTreeMap<String, Vec<u8>>;

/// What a site is made of, each way of it: bytes, a file, a recipe of a recipe, and a page that tells of both.
fn site_of(site: &Site, text: &'static str, pages: &[(&str, &str)]) -> Vec<Output> {
    let source = site.beside("library/source");
    fs::write(&source, text).unwrap();
    let small = Recipe::new(format!("small {text}"), [Ingredient::File(source.clone())], |files| {
        Ok(files.iter().flat_map(|file| file.iter().copied()).collect())
    });
    let small = Arc::new(small);
    let large =
        Recipe::new("large", [Ingredient::Made(small.clone())], |files| Ok(files[0].repeat(files[0].len().max(3))));
    let tell = |measures: &[crate::model::Measure]| format!("{} bytes", measures[0].size).into_bytes();
    let measured = Measured { of: vec![small.clone()], tell: Box::new(tell) };
    let mut all = outputs(pages);
    all.push(file_output("assets/source.txt", &source));
    all.push(Output { path: "assets/small.txt".into(), content: Content::Made(small) });
    all.push(Output::made("assets/large.txt", large));
    all.push(Output { path: "downloads/index.html".into(), content: Content::Measured(Arc::new(measured)) });
    all
}

fn old(site: &Site) -> Vec<Output> {
    site_of(site, "old", &[("index.html", "old"), ("a/index.html", "a"), ("gone/index.html", "gone"), ("b", "b")])
}

fn new(site: &Site) -> Vec<Output> {
    site_of(site, "newer", &[("index.html", "new"), ("a/index.html", "a"), ("b/c/index.html", "c"), ("d", "d")])
}

/// As a build does it: some outputs as soon as they are made, the rest at the end.
fn publish(site: &Site, outputs: Vec<Output>) -> Result<Summary, Vec<Diagnostic>> {
    let press = Press::open(&site.beside("library"), &site.path(""))?;
    let rest: Vec<Output> = outputs.into_iter().filter_map(|output| press.take(output)).collect();
    press.publish(&rest, Some("a note"), &|_| ())
}

/// The files of the site, less those that are on their way into a folder which can't be renamed.
fn files(site: &Site) -> Files {
    let mut files = if site.path("").exists() { site.files() } else { Files::new() };
    files.retain(|path, _| !path.starts_with(in_place::INCOMING));
    files
}

/// What the two sites are where nothing fails.
fn clean() -> (Files, Files) {
    let of = |outputs: fn(&Site) -> Vec<Output>| {
        let site = Site::new();
        publish(&site, outputs(&site)).unwrap();
        files(&site)
    };
    (of(old), of(new))
}

/// Publishes with each change failing in turn, and hands on what became of it: the sites before and after, the files
/// that are there now, and the faults that were told.
fn at_every_change(
    wrong: Wrong,
    exchange: Option<ErrorKind>,
    begin: fn(&Site) -> Vec<Output>,
    look: impl Fn(&Files, &Files, &Site, Result<Summary, Vec<Diagnostic>>),
) {
    let (before, after) = clean();
    let before = if begin(&Site::new()).is_empty() { Files::new() } else { before };
    let mut changes = 0;
    for nth in 1.. {
        let site = Site::new();
        if !before.is_empty() {
            publish(&site, begin(&site)).unwrap();
        }
        let outputs = new(&site);
        let failing = Failing::at(&site.beside(""), wrong, nth, exchange);
        let published = publish(&site, outputs);
        let met = failing.met();
        drop(failing);
        if met < nth {
            assert!(published.is_ok(), "{published:?}");
            assert!(files(&site) == after);
            changes = met;
            break;
        }
        look(&before, &after, &site, published);
        let again = publish(&site, new(&site));
        assert!(again.is_ok(), "change {nth}: {again:?}");
        assert!(files(&site) == after, "after change {nth} failed");
        assert!(!site.path(in_place::INCOMING).exists());
        assert!(site.left_over().is_empty(), "change {nth}: {:?}", site.left_over());
    }
    assert!(changes > 25, "{changes} changes were made to fail");
}

/// The old site with a fault, or the new one without.
fn whole(before: &Files, after: &Files, site: &Site, published: Result<Summary, Vec<Diagnostic>>) {
    match published {
        Ok(_) => assert!(files(site) == *after, "it was published"),
        Err(faults) => {
            assert!(files(site) == *before, "{faults:?}");
            let [fault] = &faults[..] else { panic!("{faults:?}") };
            assert_eq!(fault.code, Code::OutputFailed);
            let help = fault.help.as_deref().unwrap();
            assert!(help.contains("is as it was") && help.contains("Make room"), "{fault:?}");
        }
    }
}

#[test]
fn a_change_that_fails_leaves_the_old_site_or_the_new() {
    for exchange in [None, Some(ErrorKind::Unsupported)] {
        at_every_change(Wrong::Once, exchange, old, whole);
        at_every_change(Wrong::Once, exchange, |_| Vec::new(), whole);
    }
}

#[test]
fn a_disk_that_is_full_from_any_moment_on_leaves_the_old_site_or_the_new() {
    at_every_change(Wrong::FromThereOn, None, old, whole);
    at_every_change(Wrong::FromThereOn, None, |_| Vec::new(), whole);
    // Where two renames stand for one, the second may be the first to fail, and to take the first back fails as well.
    let without = Mutex::new(0);
    at_every_change(Wrong::FromThereOn, Some(ErrorKind::Unsupported), old, |before, after, site, published| {
        if let Err(faults) = &published
            && !site.path("").exists()
        {
            *without.lock().unwrap() += 1;
            assert!(faults[0].help.as_deref().unwrap().contains("puts the old site back"), "{faults:?}");
            return;
        }
        whole(before, after, site, published);
    });
    assert_eq!(without.into_inner().unwrap(), 1);
}

#[test]
fn an_update_in_place_that_breaks_off_says_so_and_is_completed() {
    for wrong in [Wrong::Once, Wrong::FromThereOn] {
        at_every_change(wrong, Some(ErrorKind::CrossesDevices), old, |before, after, site, published| {
            let broken_off = |faults: &Vec<Diagnostic>| faults[0].help.as_deref().unwrap().contains("part is old");
            if !published.as_ref().err().is_some_and(broken_off) {
                whole(before, after, site, published);
            }
        });
    }
}

#[test]
fn nothing_changes_the_disk_behind_this_back() {
    let room = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/publish");
    let changes = ["write(", "create_dir", "hard_link(", "rename(", "remove_", "set_permissions(", "copy("]
        .map(|change| format!("fs::{change}"));
    let others = ["File::create", "renameat", "set_times(", "set_len("];
    for entry in fs::read_dir(room).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() || path.ends_with("disk.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let found = changes.iter().map(String::as_str).chain(others).find(|change| {
            text.match_indices(change).any(|(at, _)| !text[..at].ends_with("//") && !text[..at].ends_with('`'))
        });
        assert_eq!(found, None, "{}", path.display());
    }
}
