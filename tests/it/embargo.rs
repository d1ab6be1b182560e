//! What is not to be seen yet is in no byte of the site, whatever it is wrapped in; once it is, all of it is there.

pub mod bytes;
mod marked;

use bytes::{everything, reads_pdf};
use marked::{Mark, Marked, library};
use std::collections::BTreeMap;

/// The marks that stand somewhere in these texts, with the place.
fn found<'a>(marks: &'a [Mark], texts: &BTreeMap<String, String>) -> Vec<(&'a str, String)> {
    let stands = |mark: &Mark| {
        let has = |text: &String| mark.forms.iter().any(|form| text.contains(form));
        texts.iter().find(|(_, text)| has(text)).map(|(path, _)| path.clone())
    };
    marks.iter().filter_map(|mark| Some((mark.place.as_str(), stands(mark)?))).collect()
}

/// Builds before and after the moment that shows the pages, and looks for the marks.
fn appears(Marked { site, marks }: &Marked, before: &[&str], after: &[&str]) {
    assert!(marks.len() > 100);
    site.run(&[&["build"], before].concat()).clean();
    assert_eq!(found(marks, &everything(site)), [], "{before:?}");

    site.run(&[&["build"], after].concat()).clean();
    let texts = everything(site);
    let shown: Vec<&str> = found(marks, &texts).into_iter().map(|(place, _)| place).collect();
    let lacking: Vec<&Mark> = marks.iter().filter(|mark| !shown.contains(&mark.place.as_str())).collect();
    assert!(lacking.is_empty(), "not found once they are shown: {lacking:#?}");
    // The test looks into each sort of file, or it would find nothing anywhere.
    for ending in [".html", ".xml", ".json", ".csv", ".txt", "unpacked", ".pdf", ".docx", ".zip", ".ics"] {
        let of_sort =
            || texts.iter().filter(|(path, _)| path.ends_with(ending) || path.contains(&format!("{ending}!")));
        let has = of_sort().any(|(_, text)| marks.iter().any(|mark| text.contains(&mark.forms[0])));
        let is_made = ![".docx", ".pdf", ".zip", ".ics"].contains(&ending) || of_sort().next().is_some();
        let is_readable = ending != ".pdf" || reads_pdf();
        assert!(has || !is_made || !is_readable, "{ending}");
    }

    // Back in time, nothing of it stays.
    site.run(&[&["build"], before].concat()).clean();
    assert_eq!(found(marks, &everything(site)), [], "{before:?} again");
}

#[test]
fn nothing_under_embargo_is_in_any_byte_of_the_site_until_the_very_minute() {
    let marked = library("published: 1990-01-02\nembargo: 2030-10-25T00:01\n", false);
    appears(&marked, &["--now", "2030-10-25T00:00:59"], &["--now", "2030-10-25T00:01"]);
}

#[test]
fn nothing_to_be_published_is_in_any_byte_of_the_site_before_its_day() {
    let marked = library("published: 2030-10-25\n", false);
    let at = |now| ["--no-downloads", "--now", now];
    appears(&marked, &at("2030-10-24T23:59:59"), &at("2030-10-25"));
}

#[test]
fn nothing_of_a_draft_is_in_any_byte_of_the_site_unless_drafts_are_asked_for() {
    let marked = library("status: draft\n", true);
    let build = ["--no-downloads", "--now", "2030-10-25"];
    appears(&marked, &build, &[&build[..], &["--drafts"]].concat());
}

#[test]
fn files_beside_a_page_come_with_it_and_not_before_and_so_do_its_old_addresses() {
    let site = crate::site::Site::new()
        .page("content/packs/week/index.md", "Week", "embargo: 2027-10-25T00:01\naliases: [/old/]\n", "Text.\n")
        .file("content/packs/week/more/notes.txt", "Notes.")
        .page("content/guides/a.md", "A", "", "Text.\n");
    let files = ["packs/week/index.html", "packs/week/more/notes.txt", "old/index.html", "packs/index.html"];
    let built = |now: &str| {
        site.run(&["build", "--now", now]).clean();
        files.map(|file| site.has(file))
    };
    assert_eq!(built("2027-10-25T00:00"), [false; 4]);
    assert_eq!(built("2027-10-25T00:01"), [true; 4]);
}

#[test]
fn the_site_as_it_will_be_is_the_one_that_is_built_then() {
    let site = crate::site::Site::published_in("civic");
    site.write(
        "content/packs/secret.md",
        "---\ntitle: Secret\nsummary: S.\nembargo: 2027-10-25T00:01\ncampaign: care-leavers-week-2027\n---\n\nText.\n",
    );
    let ahead = |now: &str| {
        site.run(&["build", "--no-downloads", "--now", now]).clean();
        site.site()
    };
    let (before, ahead) = (ahead("2027-10-25T00:00"), ahead("2027-10-25T00:01"));
    assert!(!before.contains_key("packs/secret/index.html") && ahead.contains_key("packs/secret/index.html"));
    let home = String::from_utf8_lossy(&ahead["index.html"]).into_owned();
    assert!(home.contains("Begins today") && home.contains("/packs/secret/"), "{home}");
    // The clock of the machine at that minute: 00:01 in London is 23:01 universal time the day before.
    let mut then = crate::site::program();
    then.args(["build", "--no-downloads"]).current_dir(site.root()).env("SOURCE_DATE_EPOCH", "1824418860");
    assert!(then.output().unwrap().status.success());
    let then = site.site();
    let differ: Vec<&String> = ahead.keys().filter(|path| then.get(*path) != ahead.get(*path)).collect();
    assert!(differ.is_empty() && then.len() == ahead.len(), "{differ:?}");
}
