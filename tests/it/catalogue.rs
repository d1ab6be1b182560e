//! Every code of the catalogue is raised by a test, and its documents are those that the program prints.

use crate::site::cases;
use casebook::{commands, diagnostic};
use std::{collections::BTreeSet, fs};

/// Codes that need more than a folder of text files; each is raised where the comment says.
const ELSEWHERE: [&str; 15] = [
    "unreadable-file", // commands.rs
    "not-utf8",        // commands.rs
    "skipped-file",    // commands.rs
    "unusable-name",   // trust/files.rs, as this repository has to fit on every computer too
    "output-not-ours", // publish.rs
    "output-failed",   // publish.rs
    "output-busy",     // publish.rs
    "page-removed",    // trust/disk/gone.rs
    "internal-fault",  // mishaps.rs
    "unusable-import", // tables.rs, and so are those below
    "page-exists",
    "not-understood",
    "not-placed",
    "import-changed",
    "heavy-files", // import/draft
];

#[test]
fn every_code_is_raised_by_a_tiny_site_or_a_test_of_its_own() {
    let mut raised = BTreeSet::new();
    for entry in fs::read_dir(cases()).unwrap() {
        let expected = fs::read_to_string(entry.unwrap().path().join("expected.txt")).unwrap();
        for rule in diagnostic::rules() {
            if expected.contains(&format!("[{} {}]", rule.code, rule.name)) {
                raised.insert(rule.name);
            }
        }
    }
    let not_raised: Vec<_> =
        diagnostic::rules().iter().map(|rule| rule.name).filter(|name| !raised.contains(name)).collect();
    assert_eq!(not_raised, ELSEWHERE);
}

#[test]
fn the_reference_of_faults_is_what_the_catalogue_says() {
    let written = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md")).unwrap();
    assert!(
        written == commands::reference(),
        "docs/diagnostics.md is out of date: cargo run --release --example reference"
    );
}
