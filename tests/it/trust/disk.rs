//! What happens to the site when the disk, or whoever works on it, fails.

mod alone;
mod full;
mod gone;
mod killed;
mod links;
mod same;

use crate::site::{Site, files};
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// The moment of every build here, so that all of them are of one day.
const NOW: &str = "2026-11-21T12:00";

/// The files of a site with their bytes; none where there is no site.
type Files = BTreeMap<String, Vec<u8>>;

fn site_at(root: &Path) -> Files {
    let public = root.join("public");
    if public.exists() { files(&public) } else { Files::new() }
}

/// The program, with nothing of its surroundings that could change what it makes.
fn casebook(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(arguments).arg("--root").arg(root).env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

/// What our own folder beside the site still holds of a build that has ended.
fn left_over(root: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join(".public.casebook")) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !["lock", "stamps", "note", ".gitignore"].contains(&name.as_str())).collect()
}

/// A drawing of this size.
fn drawing(size: usize) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size} {size}'><path d='M0 0h{size}v{size}z'/></svg>")
}

/// Makes a library what it is in one of its five states, in which pages and files come, go, and are written anew.
fn put(site: &Site, state: usize) {
    let content = site.root().join("content");
    let _ = fs::remove_dir_all(content.join("guides"));
    let _ = fs::remove_dir_all(content.join("packs"));
    for page in 0..6 {
        if !(page + state).is_multiple_of(5) {
            let text = format!("Words of {page} in {}.\n\n![A square](square.svg)\n", if page < 3 { 0 } else { state });
            let text = format!("---\ntitle: Page {page}\nsummary: About {page}.\n---\n\n{text}");
            site.write(&format!("content/guides/page-{page}.md"), text);
        }
    }
    site.write("content/guides/square.svg", drawing(9 + state));
    if state.is_multiple_of(2) {
        let front = "title: Week\nsummary: A week.\nassets:\n  - file: a.svg\n    alt: A square\n";
        site.write("content/packs/week/index.md", format!("---\n{front}---\n\nText {state}.\n"));
        site.write("content/packs/week/a.svg", drawing(5));
    }
}

/// How many states there are.
const STATES: usize = 5;

/// The site of each state, built where there was none before.
fn clean() -> Vec<Files> {
    let of = |state| {
        let site = Site::new();
        put(&site, state);
        site.run(&["build", "--now", NOW]).clean();
        site.site()
    };
    (0..STATES).map(of).collect()
}
