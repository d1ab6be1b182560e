//! The accessibility statement, made from the settings in the words of the law.

use crate::site::{SETTINGS, Site, program};

const PAGE: &str = "---\ntitle: Accessibility\nsummary: What falls short.\n---\n\n```accessibility-statement\n```\n";

fn site(nations: &str, status: &str, issues: &str) -> Site {
    let settings = format!(
        "{SETTINGS}accessibility:
  organisation: Northshire & District Council
  nations: {nations}
  status: {status}
{issues}  contact: {{page: /contact.md, role: Web team}}
  response_days: 5
  prepared: 2026-01-02
  reviewed: 2026-03-04
  tested: {{on: 2026-02-03, by: the web team, how: We looked at one page of each type.}}
"
    );
    Site::new().file("casebook.yaml", settings).file("content/accessibility.md", PAGE).page(
        "content/contact.md",
        "Write to us",
        "",
        "Text.\n",
    )
}

/// The text of the statement, without tags, its white space evened out.
fn said(site: &Site) -> String {
    site.run(&["build", "--strict", "--now", "2026-11-21"]).clean();
    let html = site.built("accessibility/index.html");
    let text: Vec<&str> = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    text.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

const ISSUES: &str = "  issues:
    - {text: Charts have no table., kind: non-compliance, criterion: 1.1.1, by: 2027-03}
    - {text: Old scans stay as they are., kind: disproportionate-burden}
    - {text: Maps of others., kind: not-in-scope}
";

#[test]
fn the_statement_has_every_part_that_the_law_asks_for() {
    let site = site("[england]", "partially", ISSUES);
    let said = said(&site);
    for sentence in [
        "This accessibility statement applies to Test.",
        "Northshire &amp; District Council is committed to making its website accessible, in accordance with the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, due to the non-compliances and exemptions listed below.",
        "The content listed below is non-accessible for the following reasons.",
        "Non-compliance with the accessibility regulations",
        "Charts have no table. This fails WCAG 2.2 success criterion 1.1.1. We plan to put it right by March 2027.",
        "Disproportionate burden",
        "Content that’s not within the scope of the accessibility regulations",
        "This statement was prepared on 2 January 2026. It was last reviewed on 4 March 2026.",
        "This website was last tested on 3 February 2026 against",
        "We looked at one page of each type.",
        "We answer within 5 working days.",
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies",
        "Equality Advisory and Support Service (EASS)",
    ] {
        assert!(said.contains(sentence), "{sentence}\n{said}");
    }
    assert!(!said.contains("ECNI"), "{said}");
    let html = site.built("accessibility/index.html");
    assert!(html.contains("href=\"/contact/\"") || html.contains("href=/contact/"), "{html}");
}

#[test]
fn the_statement_follows_its_status_and_its_nations() {
    let full = said(&site("[northern-ireland]", "fully", ""));
    assert!(
        full.contains("This website is fully compliant with") && !full.contains("Non-accessible content"),
        "{full}"
    );
    assert!(full.contains("(ECNI)") && !full.contains("(EASS)"), "{full}");

    let issue = "  issues: [{text: Nothing works., kind: non-compliance}]\n";
    let none = said(&site("[wales, northern-ireland]", "not", issue));
    assert!(none.contains("This website is not compliant with") && none.contains("due to the non-compliances listed"));
    assert!(none.contains("(ECNI)") && none.contains("(EASS)"), "{none}");
    assert!(!none.contains("Disproportionate burden"), "{none}");
}

#[test]
fn a_statement_that_is_not_there_yet_is_asked_for_by_a_draft_only() {
    let site = Site::new().file("content/accessibility.md", PAGE.replace("summary", "status: draft\nsummary"));
    site.run(&["build", "--strict"]).clean();
    let shown = site.run(&["check", "--drafts"]);
    assert!(shown.code() == 1 && shown.stderr().contains("CB0608"), "{}", shown.stderr());
}

#[test]
fn the_contact_has_to_be_a_page_of_the_library() {
    let site = site("[england]", "fully", "");
    site.write("casebook.yaml", site_settings(&site).replace("/contact.md", "/contacts.md"));
    let ran = site.run(&["check", "--now", "2026-11-21"]);
    assert!(ran.stderr().contains("casebook.yaml:7:19: error[CB0401"), "{}", ran.stderr());
}

fn site_settings(site: &Site) -> String {
    std::fs::read_to_string(site.root().join("casebook.yaml")).unwrap()
}

#[test]
fn a_clock_that_is_no_time_is_the_one_fault() {
    let site = site("[england]", "fully", "");
    let ran = site.run(&["check", "--now", "2027-13-01"]);
    assert!(ran.stderr().contains("--now “2027-13-01” is no date or time"), "{}", ran.stderr());
    assert!(!ran.stderr().contains("still to come"), "{}", ran.stderr());
}

#[test]
fn an_unknown_setting_is_told_at_its_place() {
    let site = site("[england]", "fully", "  reviewd: 2026-01-01\n");
    let ran = site.run(&["check", "--now", "2026-11-21"]);
    assert!(ran.code() == 2 || ran.code() == 1);
    assert!(ran.stderr().contains("casebook.yaml:7:3") && ran.stderr().contains("reviewed"), "{}", ran.stderr());
}

#[test]
fn a_new_library_builds_and_publishes_no_statement() {
    let folder = tempfile::TempDir::new().unwrap();
    let library = folder.path().join("library");
    program().arg("init").arg(&library).assert().success();
    program().args(["build", "--strict", "--root"]).arg(&library).assert().success();
    assert!(library.join("content/accessibility.md").exists());
    assert!(!library.join("public/accessibility/index.html").exists());
}
