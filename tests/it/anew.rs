//! `casebook import`: what is public of what it writes, and what becomes of a page that is there.

use crate::site::Site;
use std::fs;

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

/// A library with one guide, and a table with one row of the same title.
fn site(front: &str, table: &str) -> Site {
    Site::new().page("content/guides/tea.md", "Tea", front, "Old.\n").file("t.csv", table)
}

const FORCED: [&str; 5] = ["import", "t.csv", "--kind", "guide", "--force"];

#[test]
fn a_page_that_is_written_anew_has_the_status_that_it_had() {
    for (front, kept, is_public) in [
        ("", None, true),
        ("status: current\n", Some("status: current\n"), true),
        ("status: withdrawn\n", Some("status: withdrawn\n"), true),
        ("status: archived\n", Some("status: archived\n"), true),
        ("embargo: 2999-01-01T09:00\n", Some("embargo: 2999-01-01T09:00\n"), false),
        ("status: draft\n", Some("status: draft\n"), false),
        // What hides these is no status that can stay.
        ("draft: true\n", Some("status: draft\n"), false),
        ("status: drafty\n", Some("status: draft\n"), false),
    ] {
        let site = site(front, "Title,Summary,Body\nTea,S.,New.\n");
        let ran = site.run(&FORCED);
        let page = text(&site, "content/guides/tea.md");
        assert!(page.contains("New.") && page.contains(kept.unwrap_or_default()), "{front}{page}");
        assert_eq!(page.contains("status:"), kept.is_some_and(|kept| kept.starts_with("status")), "{front}{page}");
        let told =
            "The page content/guides/tea.md is public, and stays so: what is new is on the site with the next build";
        assert_eq!(ran.stderr().contains(told), is_public, "{front}{}", ran.stderr());
    }
}

#[test]
fn a_title_and_a_text_that_go_are_told() {
    let long = |word: &str| (0..40).map(|number| format!("{word}{number}")).collect::<Vec<_>>().join(" ");
    let run = |new: &str| {
        let site = site("", &format!("Title,Summary,Body\nTéa,S.,{new}\n"));
        site.write("content/guides/tea.md", format!("---\ntitle: Tea\nsummary: S.\n---\n\n{}\n", long("old")));
        site.run(&FORCED).stderr()
    };
    let little = "and this goes: most of its text, of which little is in the new one";
    let (other, same) = (run(&long("new")), run(&format!("New. {} More.", long("old"))));
    assert!(other.contains(little) && !same.contains(little), "{other}{same}");
    assert!(same.contains("and this goes: the title “Tea”, which becomes “Téa”"), "{same}");
}

#[test]
fn a_page_of_another_kind_is_never_written_over() {
    let table = "Title,Summary,Body\nTea,S.,New.\n";
    let site = site("kind: case-study\n", table);
    let before = text(&site, "content/guides/tea.md");
    for arguments in [&FORCED[..], &FORCED[..4]] {
        let ran = site.run(arguments);
        let told = "content/guides/tea.md is another page, “Tea” of the kind case-study, and this is of the kind guide";
        assert!(ran.code() == 1 && ran.stderr().contains(told), "{}", ran.stderr());
        assert!(!ran.stderr().contains("written anew"), "{}", ran.stderr());
        assert_eq!(text(&site, "content/guides/tea.md"), before);
    }
}

#[test]
fn a_kind_without_drafts_is_said_to_be_public_and_the_last_line_is_true() {
    let told = |kind: &str, table: &str| {
        let site = Site::new().file("t.csv", table);
        let ran = site.run(&["import", "t.csv", "--kind", kind]);
        (ran.stdout(), ran.stderr())
    };
    let (said, faults) = told("organisation", "Title,Summary,Does it still exist\nTea,S.,Active\n");
    let warning = "This kind of page has no drafts (organisation): content/organisations/tea.md is on the site with the next build";
    assert!(faults.contains(warning), "{faults}");
    assert!(
        said.contains("is on the site with the next build, unless it is under embargo: content/organisations/tea.md.")
    );
    assert!(!said.contains("status: draft"), "{said}");
    let (_, faults) = told("organisation", "Title,Summary\nTea,S.\nBun,S.\n");
    assert!(faults.contains("these 2 are on the site") && faults.matches("no drafts").count() == 1, "{faults}");
    let (said, faults) = told("guide", "Title,Summary\nTea,S.\n");
    assert!(!faults.contains("no drafts") && !said.contains("next build"), "{said}{faults}");
    assert!(said.contains("delete its line `status: draft`.") && !said.contains("can't be built"), "{said}");
    let (said, faults) = told("guide", "Title\nTea\n");
    assert!(faults.contains("error") && said.contains("Until their errors are mended, the whole site can't be built"));
}
