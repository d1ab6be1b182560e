//! What the built folder goes through.

use crate::site::Site;
use std::{fs, time::SystemTime};

fn library() -> Site {
    Site::new()
        .page("content/guides/a.md", "A", "themes: [mentoring]\n", "See [b](b.md).\n")
        .page("content/guides/b.md", "B", "", "Text.\n")
        .file("public/.gitkeep", "")
}

fn modified(site: &Site, path: &str) -> SystemTime {
    fs::metadata(site.root().join("public").join(path)).unwrap().modified().unwrap()
}

#[test]
fn the_same_library_gives_the_same_bytes_anywhere() {
    let (one, other) = (library(), library());
    let moment = ["build", "--now", "2026-11-21T12:00"];
    one.run(&moment).clean();
    let many = crate::site::program()
        .args(moment)
        .current_dir(other.root())
        .env("RAYON_NUM_THREADS", "7")
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "cy_GB.UTF-8")
        .output()
        .unwrap();
    assert!(many.status.success());
    let (one, other) = (one.site(), other.site());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

#[test]
fn unchanged_files_are_not_touched_and_what_is_gone_is_pruned() {
    let site = library();
    site.run(&["build"]).clean();
    let (before, b) = (modified(&site, "guides/a/index.html"), modified(&site, "guides/b/index.html"));
    let again = site.run(&["build"]).clean().stdout();
    assert!(again.contains(" 0 written,"), "{again}");
    site.write("content/guides/b.md", "---\ntitle: B\nsummary: About B.\n---\n\nOther text.\n");
    site.run(&["build"]).clean();
    assert_eq!(modified(&site, "guides/a/index.html"), before);
    assert_ne!(modified(&site, "guides/b/index.html"), b);
    site.write("content/guides/a.md", "---\ntitle: A\nsummary: About A.\n---\n\nAlone.\n");
    fs::remove_file(site.root().join("content/guides/b.md")).unwrap();
    site.run(&["build"]).clean();
    assert!(!site.has("guides/b/index.html") && !site.has("guides/b") && site.has(".gitkeep"));
}

#[test]
fn a_build_with_errors_leaves_the_last_good_site() {
    let site = library();
    site.run(&["build"]).clean();
    let before = site.site();
    site.write("content/guides/a.md", "---\ntitle: A\nsummary: x\n---\n\n[x](nowhere.md)\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.stderr().contains("public/ is as it was"), "{}", ran.stderr());
    assert!(site.site() == before);
}

#[test]
fn a_file_that_is_not_ours_makes_it_refuse() {
    let site = library().file("public/thesis.txt", "my only copy");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("CB0801") && ran.stderr().contains("thesis.txt"), "{}", ran.stderr());
    assert_eq!(site.built("thesis.txt"), "my only copy");
    assert!(!site.has("index.html"));
}

#[test]
fn a_file_that_somebody_changed_is_made_again() {
    let site = library();
    site.run(&["build"]).clean();
    let right = site.built("guides/a/index.html");
    site.write("public/guides/a/index.html", "changed by hand");
    site.run(&["build"]).clean();
    assert_eq!(site.built("guides/a/index.html"), right);
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_not_be_written_is_a_failure_with_words() {
    use std::os::unix::fs::symlink;
    let site = library();
    fs::remove_dir_all(site.root().join("public")).unwrap();
    symlink("/dev/null", site.root().join("public")).unwrap();
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("CB080"), "{}", ran.stderr());
}
