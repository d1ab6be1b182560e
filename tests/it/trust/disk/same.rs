//! The same bytes, whatever machine they are made on.

use super::NOW;
use crate::{
    incremental::chance::Chance,
    site::{Site, files},
};
use std::{collections::BTreeMap, fs, process::Command};
use tempfile::TempDir;

/// A library with something for every output, in the order in which its files are written.
fn library() -> Vec<(String, Vec<u8>)> {
    let mut tree = crate::incremental::library::library(&mut Chance::new(7));
    let settings = String::from_utf8(tree["casebook.yaml"].clone()).unwrap() + "languages: [en, cy]\n";
    tree.insert("casebook.yaml".to_owned(), settings.into_bytes());
    tree.insert("content/b.cy.md".to_owned(), b"---\ntitle: Un\nsummary: Am un.\n---\n\nGeiriau.\n".to_vec());
    tree.into_iter().collect()
}

/// Where a build differs from another.
struct Machine<'a> {
    folder: &'a str,
    is_backwards: bool,
    umask: &'a str,
    surroundings: &'a [(&'a str, &'a str)],
}

fn built(machine: &Machine) -> (TempDir, BTreeMap<String, Vec<u8>>) {
    // A disk in memory lists files by when they came, where it is there; others have an order of their own.
    let place = tempfile::tempdir_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
    let root = place.path().join(machine.folder);
    let mut all = library();
    if machine.is_backwards {
        all.reverse();
    }
    for (path, bytes) in all {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_casebook");
    command.args(["-c", &format!("umask {}; exec {program} build --quiet --now {NOW}", machine.umask)]);
    command.env_remove("SOURCE_DATE_EPOCH").envs(machine.surroundings.iter().copied()).current_dir(&root);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (place, files(&root.join("public")))
}

#[cfg(unix)]
#[test]
fn two_machines_make_the_same_bytes() {
    let one = Machine {
        folder: "a",
        is_backwards: false,
        umask: "022",
        surroundings: &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C"), ("HOME", "/")],
    };
    let other = Machine {
        folder: "Ünother place/with spaces/and/deeper",
        is_backwards: true,
        umask: "077",
        surroundings: &[
            ("RAYON_NUM_THREADS", "8"),
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "tr_TR.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("HOME", "/nowhere"),
            ("USER", "somebody"),
            ("TERM", "dumb"),
            ("COLUMNS", "40"),
        ],
    };
    let ((_a, one), (other_place, two)) = (built(&one), built(&other));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    let differing: Vec<_> = one.iter().filter(|(path, bytes)| two[*path] != **bytes).map(|(path, _)| path).collect();
    assert_eq!(differing, [""; 0]);
    for ending in [".pdf", ".docx", ".zip", ".ics", ".png", ".html", ".xml", ".bin", ".csv", ".casebook.json"] {
        assert!(one.keys().any(|path| path.ends_with(ending)), "{ending}");
    }
    drop(other_place);
}

#[cfg(unix)]
#[test]
fn whoever_gives_the_site_out_may_read_it_but_for_drafts() {
    use std::os::unix::fs::PermissionsExt;
    for (drafts, umask, folders, pages) in
        [("", "077", 0o755, 0o644), ("", "002", 0o775, 0o664), ("--drafts", "077", 0o700, 0o600)]
    {
        let site = Site::new().page("content/guides/a.md", "A", "", "Words.\n");
        let program = env!("CARGO_BIN_EXE_casebook");
        let run = format!("umask {umask}; exec {program} build --quiet {drafts}");
        assert!(Command::new("sh").args(["-c", &run]).current_dir(site.root()).status().unwrap().success());
        for entry in walkdir::WalkDir::new(site.root().join("public")).into_iter().map(Result::unwrap) {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            let wanted = if entry.file_type().is_dir() { folders } else { pages };
            assert_eq!(mode, wanted, "{umask} {drafts}: {}", entry.path().display());
        }
    }
}
