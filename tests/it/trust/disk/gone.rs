//! Pages that are deleted, moved or hidden again.

use super::NOW;
use crate::{embargo::bytes::everything, site::Site};
use std::fs;

fn library() -> Site {
    let assets = "assets:\n  - file: quokka.svg\n    alt: A quokka\n";
    Site::new()
        .file("content/_data/themes.yaml", "- {id: mentoring, label: Mentoring}\n- {id: quokka, label: The quokka}\n")
        .page("content/guides/a.md", "A", "themes: [mentoring]\n", "Words.\n")
        .page("content/guides/quokka.md", "On the quokka", "themes: [quokka]\n", "Of the quokka.\n")
        .page("content/packs/quokka/index.md", "Quokka week", assets, "Words on the quokka.\n")
        .file("content/packs/quokka/quokka.svg", super::drawing(9))
}

fn build(site: &Site, more: &[&str]) -> String {
    site.run(&[&["build", "--now", NOW], more].concat()).clean().stderr()
}

fn remove(site: &Site) {
    fs::remove_file(site.root().join("content/guides/quokka.md")).unwrap();
    fs::remove_dir_all(site.root().join("content/packs/quokka")).unwrap();
}

#[test]
fn a_deleted_page_is_gone_from_every_byte_of_the_site() {
    let site = library();
    build(&site, &[]);
    let has = |(path, text): &(String, String)| path.contains("quokka") || text.contains("quokka");
    let places: Vec<_> = everything(&site).into_iter().filter(has).map(|(path, _)| path).collect();
    for kind in [".html", ".xml", ".json", ".csv", "unpacked", ".docx", ".zip", ".pdf"] {
        assert!(places.iter().any(|path| path.contains(kind)), "{kind} of {places:?}");
    }
    remove(&site);
    // The name of a theme is the library's own, and stays where all themes are listed.
    site.write("content/_data/themes.yaml", "- {id: mentoring, label: Mentoring}\n");
    build(&site, &[]);
    let places: Vec<_> = everything(&site).into_iter().filter(has).map(|(path, _)| path).collect();
    assert_eq!(places, [""; 0]);
    assert!(!site.has("packs") && !site.has("guides/quokka"));
}

#[test]
fn addresses_that_lead_nowhere_from_now_on_are_told_once() {
    let site = library();
    assert!(!build(&site, &[]).contains("CB0804"));
    remove(&site);
    let said = build(&site, &["--strict"]);
    assert!(said.contains("warning[CB0804 page-removed]: 7 pages of the last site are gone"), "{said}");
    for address in ["addresses: /guides/quokka/, ", ", /packs/, /packs/quokka/, ", ", /themes/quokka/\n"] {
        assert!(said.contains(address), "{address}: {said}");
    }
    assert!(said.contains("aliases: [/guides/quokka/]"), "{said}");
    for _ in 0..2 {
        assert!(!build(&site, &["--strict"]).contains("CB0804"));
    }
    assert!(!site.run(&["check"]).clean().stderr().contains("CB0804"));
}

#[test]
fn an_address_that_leads_on_is_not_lost() {
    let site = library();
    build(&site, &[]);
    fs::rename(site.root().join("content/guides/quokka.md"), site.root().join("content/guides/wallaby.md")).unwrap();
    let text = fs::read_to_string(site.root().join("content/guides/wallaby.md")).unwrap();
    site.write("content/guides/wallaby.md", text.replace("title:", "aliases: [/guides/quokka/]\ntitle:"));
    assert!(!build(&site, &[]).contains("CB0804"));
    assert!(site.built("guides/quokka/index.html").contains("/guides/wallaby/"));
    // An alias is an address as well.
    site.write("content/guides/wallaby.md", &text);
    assert!(build(&site, &[]).contains("gone, and nothing leads on from its address: /guides/quokka/"));
}

#[test]
fn what_was_shown_before_its_time_and_later_pages_of_lists_are_not_lost() {
    let site = library().page("content/guides/draft.md", "Draft", "status: draft\n", "Words.\n").page(
        "content/guides/soon.md",
        "Soon",
        "embargo: 2026-12-01T09:00\n",
        "Words.\n",
    );
    build(&site, &["--drafts"]);
    assert!(!build(&site, &[]).contains("CB0804"));
    site.run(&["build", "--now", "2026-12-02"]).clean();
    assert!(site.has("guides/soon/index.html"));
    assert!(!build(&site, &[]).contains("CB0804"));

    site.write("casebook.yaml", format!("{}page_size: 1\n", crate::site::SETTINGS));
    build(&site, &[]);
    assert!(site.has("guides/page/2/index.html"));
    site.write("casebook.yaml", crate::site::SETTINGS);
    assert!(!build(&site, &[]).contains("CB0804"));
    assert!(!site.has("guides/page"));
}

#[test]
fn a_library_may_forbid_that_an_address_is_lost_or_not_want_to_hear_of_it() {
    for (level, code) in [("error", 1), ("off", 0)] {
        let site = library();
        build(&site, &[]);
        let before = site.site();
        remove(&site);
        site.write("casebook.yaml", format!("{}levels:\n  page-removed: {level}\n", crate::site::SETTINGS));
        for _ in 0..2 {
            let ran = site.run(&["build", "--now", NOW]);
            assert_eq!(ran.code(), code, "{}", ran.stderr());
            assert_eq!(ran.stderr().contains("CB0804"), code == 1, "{}", ran.stderr());
            assert_eq!(site.site() == before, code == 1);
        }
    }
}
