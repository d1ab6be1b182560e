//! What publishing will not do.

use std::{fs, path::Path};

use super::{
    Site,
    site::{file_output, outputs},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    publish::{destination::Destination, publish},
};

fn refused(result: Result<crate::publish::Summary, impl Into<Vec<Diagnostic>>>) -> String {
    let Err(faults) = result else { panic!("it was published") };
    let fault = faults.into().remove(0);
    assert_eq!(fault.code, Code::OutputNotOurs);
    assert!(fault.help.is_some());
    fault.message
}

#[test]
fn a_strange_file_is_named_and_left_alone() {
    let site = Site::new();
    site.write("notes/diary.txt", "mine");
    let message = refused(site.publish(&[("index.html", "home")]));
    assert!(message.contains("notes/diary.txt"), "{message}");
    assert_eq!(site.files().len(), 1);
    assert!(!site.beside(".public.casebook").exists(), "nothing is created beside a folder that is not ours");
}

#[test]
fn a_strange_file_in_a_published_site_is_left_alone() {
    let site = Site::new();
    site.publish(&[("index.html", "home")]).unwrap();
    for number in 1..=7 {
        site.write(&format!("notes/{number}.txt"), "mine");
    }
    let before = site.files();
    let message = refused(site.publish(&[("index.html", "new")]));
    assert!(message.contains("notes/1.txt, notes/2.txt") && message.ends_with("and 2 more"), "{message}");
    assert_eq!(site.files(), before);
}

#[cfg(unix)]
#[test]
fn a_link_is_never_ours() {
    let site = Site::new();
    site.publish(&[("a/index.html", "home")]).unwrap();
    fs::write(site.beside("secret"), "secret").unwrap();
    fs::remove_file(site.path("a/index.html")).unwrap();
    std::os::unix::fs::symlink(site.beside("secret"), site.path("a/index.html")).unwrap();
    refused(site.publish(&[("a/index.html", "home")]));
    fs::remove_dir_all(site.path("a")).unwrap();
    std::os::unix::fs::symlink(site.beside("library"), site.path("a")).unwrap();
    refused(site.publish(&[("a/index.html", "home")]));
    assert_eq!(fs::read_to_string(site.beside("secret")).unwrap(), "secret");
}

#[cfg(unix)]
#[test]
fn a_destination_that_is_a_link_is_refused() {
    let site = Site::new();
    fs::create_dir(site.beside("elsewhere")).unwrap();
    std::os::unix::fs::symlink(site.beside("elsewhere"), site.beside("public")).unwrap();
    assert!(refused(site.publish(&[("a", "")])).contains("symbolic link"));
    // A slash at its end makes the system look through a link.
    let slashed = format!("{}/", site.beside("public").display());
    assert!(refused(publish(&site.beside("library"), Path::new(&slashed), &[], &|_| ())).contains("symbolic link"));
}

#[cfg(unix)]
#[test]
fn our_own_folder_must_be_a_folder() {
    let site = Site::new();
    fs::create_dir(site.beside("elsewhere")).unwrap();
    std::os::unix::fs::symlink(site.beside("elsewhere"), site.beside(".public.casebook")).unwrap();
    refused(site.publish(&[("a", "")]));
}

#[test]
fn a_destination_that_is_a_file_is_refused() {
    let site = Site::new();
    fs::write(site.beside("public"), "").unwrap();
    refused(publish(&site.beside("library"), &site.beside("public"), &[], &|_| ()));
}

#[test]
fn the_library_and_what_holds_it_are_refused() {
    let site = Site::new();
    let library = site.beside("library");
    for destination in [library.clone(), site.beside(""), site.beside("library/../library"), "/".into()] {
        let message = refused(publish(&library, &destination, &outputs(&[("a", "")]), &|_| ()));
        assert!(message.contains("cannot be the output folder"), "{message}");
    }
}

#[test]
fn the_home_folder_and_what_holds_it_are_refused() {
    let site = Site::new();
    let home = site.beside("home/ada");
    fs::create_dir_all(&home).unwrap();
    for destination in [&home, &site.beside("home")] {
        let fault = Destination::check_against(&[(&home, "your home folder")], destination).unwrap_err();
        assert!(fault.message.ends_with("it holds your home folder"));
    }
    Destination::check_against(&[(&home, "your home folder")], &home.join("public")).unwrap();
}

#[test]
fn paths_that_leave_the_site_or_clash_are_refused() {
    let site = Site::new();
    site.publish(&[("index.html", "home")]).unwrap();
    let before = site.files();
    let long = "a".repeat(256);
    let single = ["", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "a\0b", "a\nb", ".casebook.json", &long];
    let pairs = [["a", "a"], ["About.md", "about.md"], ["a", "a/b"], ["A/b", "a"], ["a/é", "a/É"]];
    for paths in single.iter().map(|path| vec![*path]).chain(pairs.iter().map(|pair| pair.to_vec())) {
        let pages: Vec<_> = paths.iter().map(|path| (*path, "")).collect();
        let fault = site.publish(&pages).unwrap_err();
        assert_eq!(fault.code, Code::OutputFailed, "{paths:?}");
    }
    assert_eq!(site.files(), before);
}

#[test]
fn a_source_that_is_gone_leaves_the_old_site_whole() {
    let site = Site::new();
    site.publish(&[("index.html", "home"), ("map.png", "12345")]).unwrap();
    let before = site.files();
    for name in ["map.png", "new.png"] {
        let mut outputs = outputs(&[("index.html", "new")]);
        outputs.push(file_output(name, &site.beside("library/gone.png")));
        let fault = site.publish_outputs(&outputs).unwrap_err();
        assert_eq!(fault.code, Code::OutputFailed);
        assert!(fault.message.contains("gone.png"), "{}", fault.message);
        assert_eq!(site.files(), before);
        assert!(site.left_over().is_empty());
    }
}

#[test]
fn a_staging_folder_that_cannot_be_filled_leaves_the_old_site_whole() {
    let site = Site::new();
    site.publish(&[("index.html", "home")]).unwrap();
    let before = site.files();
    // No system has a path of 5,000 bytes, so that this fails after the first files are staged.
    let deep = format!("{}index.html", "folder/".repeat(700));
    let fault = site.publish(&[("index.html", "new"), (&deep, "")]).unwrap_err();
    assert_eq!(fault.code, Code::OutputFailed);
    assert_eq!(site.files(), before);
    assert!(site.left_over().is_empty());
}

#[test]
fn a_second_publish_at_once_is_told_so() {
    let site = Site::new();
    site.publish(&[("index.html", "home")]).unwrap();
    let lock = fs::File::open(site.beside(".public.casebook/lock")).unwrap();
    lock.lock().unwrap();
    let fault = site.publish(&[("index.html", "new")]).unwrap_err();
    assert_eq!(fault.code, Code::OutputBusy);
    assert_eq!(site.read("index.html"), "home");
    drop(lock);
    site.publish(&[("index.html", "new")]).unwrap();
}
