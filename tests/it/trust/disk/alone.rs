//! Several builds at once.

use super::{NOW, casebook, clean, left_over, put, site_at};
use crate::site::Site;
use std::{fs::File, io::Read as _, process::Stdio};

#[test]
fn a_build_waits_for_another_and_says_so() {
    let site = Site::new();
    put(&site, 0);
    site.run(&["build", "--now", NOW]).clean();
    let lock = File::open(site.root().join(".public.casebook/lock")).unwrap();
    lock.lock().unwrap();
    put(&site, 1);
    let mut build = casebook(site.root(), &["build", "--now", NOW]).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = build.stderr.take().unwrap();
    let mut first = vec![0; "Another build is writing to public/ just now: waiting".len()];
    said.read_exact(&mut first).unwrap();
    assert_eq!(String::from_utf8(first).unwrap(), "Another build is writing to public/ just now: waiting");
    drop(lock);
    assert!(build.wait().unwrap().success());
    assert!(site.site() == clean()[1]);
}

#[test]
fn six_builds_at_once_end_well_whether_there_was_a_site_or_not() {
    let site = Site::new();
    for (state, expected) in clean().iter().enumerate() {
        put(&site, state);
        let begin = |_| casebook(site.root(), &["build", "--now", NOW, "--quiet"]).spawn().unwrap();
        let builds: Vec<_> = (0..6).map(begin).collect();
        for mut build in builds {
            assert!(build.wait().unwrap().success());
        }
        assert!(site.site() == *expected, "{state}");
    }
}

#[test]
fn failing_and_good_first_builds_at_once_end_with_a_site_or_without_one() {
    let good = Site::new();
    for round in 0..6 {
        put(&good, 0);
        let broken = good.root().join("content/broken.md");
        std::fs::write(&broken, "---\ntitle: A\n---\n\n[x](nowhere.md)\n").unwrap();
        let begin =
            |_| casebook(good.root(), &["build", "--now", NOW, "--quiet"]).stderr(Stdio::null()).spawn().unwrap();
        let builds: Vec<_> = (0..3).map(begin).collect();
        // Whichever of them reads the page now or not finds a folder of its own beside the site, or none.
        std::fs::remove_file(&broken).unwrap();
        let more: Vec<_> = (0..3).map(begin).collect();
        for mut build in builds {
            build.wait().unwrap();
        }
        for mut build in more {
            assert!(build.wait().unwrap().success(), "round {round}");
        }
        assert_eq!(left_over(good.root()), [""; 0]);
        assert!(!site_at(good.root()).is_empty());
        std::fs::remove_dir_all(good.root().join("public")).unwrap();
    }
}
