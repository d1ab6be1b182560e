//! Each folder of tests/sites is a tiny library with what `casebook check` says of it: `expected.txt`.
//!
//! `UPDATE_EXPECTED=1 cargo test --release` writes the files anew; read the difference before you commit it.

use crate::site::{Site, cases};
use std::fs;

/// A moment that no case depends on.
const NOW: &str = "2026-11-21T12:00";

#[test]
fn every_tiny_site_is_told_exactly_what_is_wrong_with_it() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    let mut names: Vec<_> =
        fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() > 30, "the tiny sites are gone");
    for name in names {
        let site = Site::case(&name);
        let ran = site.run(&["check", "--now", NOW, "--format", "json"]);
        let said = summary(&ran.stdout(), ran.code());
        let file = cases().join(&name).join("expected.txt");
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if update {
            fs::write(&file, &said).unwrap();
        } else if said != expected {
            wrong.push(format!("## {name}\nexpected:\n{expected}\nsaid:\n{said}\n{}", ran.stderr()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The faults, one paragraph each: place, code, name, words, help.
fn summary(json: &str, code: i32) -> String {
    let faults: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let mut said = format!("exit {code}\n");
    for fault in &faults {
        let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| fault[key].as_u64().map_or("-".to_owned(), |number| number.to_string());
        let place = format!(
            "{}:{}:{}-{}:{}",
            text("path"),
            number("line"),
            number("column"),
            number("end_line"),
            number("end_column")
        );
        said += &format!(
            "\n{place}\n{}[{} {}]: {}\nhelp: {}\n",
            text("severity"),
            text("code"),
            text("name"),
            text("message"),
            text("help")
        );
    }
    said
}
