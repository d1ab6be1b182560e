//! What `check --fix` changes, and what it leaves to people.

use crate::site::Site;
use std::fs;

/// Lines of front matter as they were and as `--fix` leaves them: nothing where somebody has to decide.
const FIELDS: [(&str, &str); 26] = [
    ("themes: Mentoring", "themes: mentoring"),
    ("themes: [\"Mentoring\", housing]", "themes: [mentoring, housing]"),
    ("themes: [mentorng]", "themes: [mentoring]"),
    ("themes: mentoring, housing", "themes: [mentoring, housing]"),
    ("themes: [mentring-x]", ""),
    ("theme: [housing]", "themes: [housing]"),
    ("Themes: [housing]", "themes: [housing]"),
    ("theme: [housing]\nthemes: [mentoring]", ""),
    ("published: 25/10/2024", "published: 2024-10-25"),
    ("published: 2024/10/5", "published: 2024-10-05"),
    ("published: 25 October 2024", "published: 2024-10-25"),
    ("published: 5 October 2024", "published: 2024-10-05"),
    ("published: 5 Oct 2024", "published: 2024-10-05"),
    ("published: 05/10/2024", ""),
    ("published: 31/02/2024", ""),
    ("status: Draft", "status: draft"),
    ("status: drfat", "status: draft"),
    ("summary: One: two", "summary: \"One: two\""),
    ("summary: \"One", ""),
    ("themes:\n\t- housing", "themes:\n  - housing"),
    ("kind: pge", ""),
    ("kind: pagee", "kind: page"),
    ("aliases:\n  - /old/\n  - /old\n", "aliases:\n  - /old/\n"),
    ("aliases:\n  - /a/\n  - /old/\n", "aliases:\n  - /old/\n"),
    ("themes: &t [Mentoring]", "themes: &t [mentoring]"),
    ("language_note: x", ""),
];

/// The same of Markdown.
const BODIES: [(&str, &str); 17] = [
    ("# A\n\nWords.\n", "Words.\n"),
    ("# One\n\nWords.\n\n## Two\n\nWords.\n", "## One\n\nWords.\n\n### Two\n\nWords.\n"),
    ("## One\n\nW.\n\n#### Two\n\nW.\n\n#### Three\n\nW.\n", "## One\n\nW.\n\n### Two\n\nW.\n\n### Three\n\nW.\n"),
    ("One\n===\n\nWords.\n", ""),
    ("See [b](advce.md).\n", "See [b](advice.md).\n"),
    ("See [b](B.md?x#b-heading).\n", "See [b](b.md?x#b-heading).\n"),
    ("See [b](b.html).\n", "See [b](b.md).\n"),
    ("See [far](far.md).\n", "See [far](deep/far.md).\n"),
    ("See [far](/far).\n", "See [far](/deep/far).\n"),
    ("See [b][1].\n\n[1]: advicee.md\n", "See [b][1].\n\n[1]: advice.md\n"),
    ("See [b](b.md#b-headin).\n", "See [b](b.md#b-heading).\n"),
    ("See [b](b.md#other).\n", ""),
    ("See [c](report-2026.md).\n", ""),
    ("![A door](Door.png)\n", "![A door](door.png)\n"),
    ("![](door.png)\n", ""),
    ("```quoet\ntext: Hello\n```\n", "```quote\ntext: Hello\n```\n"),
    ("> ```quote\n> txet: Hello\n> ```\n", "> ```quote\n> text: Hello\n> ```\n"),
];

const PNG: &[u8] = include_bytes!("../../content/packs/care-leavers-week-2027/open-door.png");

fn site() -> Site {
    let themes = "- id: mentoring\n  label: Mentoring\n- id: housing\n  label: Housing\n";
    let page = |site: Site, path: &str, title: &str| site.page(path, title, "", "## B heading\n\nWords.\n");
    let site = Site::new().file("content/_data/themes.yaml", themes).file("content/door.png", PNG);
    let site = page(page(site, "content/b.md", "B"), "content/deep/far.md", "Far");
    page(page(site, "content/report-2025.md", "Report"), "content/advice.md", "Advice")
}

fn mended(before: &str) -> String {
    let site = site().file("content/a.md", before);
    site.run(&["check", "--fix"]);
    fs::read_to_string(site.root().join("content/a.md")).unwrap()
}

#[test]
fn what_leaves_nothing_to_decide_is_mended_and_nothing_else() {
    let fields = FIELDS.map(|(before, now)| {
        let page = |fields: &str| format!("---\ntitle: A\n{}\n---\n\nWords.\n", fields.trim_end());
        (page(before), page(if now.is_empty() { before } else { now }))
    });
    let bodies = BODIES.map(|(before, now)| {
        let page = |body: &str| format!("---\ntitle: A\n---\n\n{body}");
        (page(before), page(if now.is_empty() { before } else { now }))
    });
    let wrong: Vec<_> =
        fields.into_iter().chain(bodies).map(|(before, now)| (mended(&before), now)).filter(|(a, b)| a != b).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn it_says_what_it_did_and_what_is_left_and_does_nothing_twice() {
    let site = site().page("content/a.md", "A", "themes: [Mentoring, sport]\nstatus: Draft\n", "Words.\n");
    let ran = site.run(&["check", "--fix"]);
    assert_eq!(ran.code(), 1);
    assert_eq!(
        ran.stdout(),
        "content/a.md:4:10: Replace “Mentoring” with “mentoring” (CB0306)\n\
         content/a.md:5:9: Replace “Draft” with “draft” (CB0306)\n\
         Mended 2 faults in 1 file. Look over the changes before you publish them.\n"
    );
    assert!(ran.stderr().starts_with("content/a.md:4:21: error[CB0304 unknown-term]"), "{}", ran.stderr());
    let again = site.run(&["check", "--fix"]);
    assert_eq!(again.stdout(), "There is nothing to mend here without somebody to decide.\n");
    let as_data = site.run(&["check", "--fix", "--format", "json"]);
    assert!(as_data.stdout().starts_with('['), "{}", as_data.stdout());
}

#[test]
fn other_bytes_stay_as_they_are() {
    let before = "\u{feff}---\r\ntitle: A\rthemes: [Mentoring]\r\n---\r\n\r\nŵ  \r\n\tx";
    let site = site().file("content/a.md", before);
    site.run(&["check", "--fix"]);
    let now = fs::read_to_string(site.root().join("content/a.md")).unwrap();
    assert_eq!(now, before.replace("Mentoring", "mentoring"));
    let left = fs::read_dir(site.root().join("content")).unwrap().map(|file| file.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with('.')));
}

#[test]
fn a_file_that_may_not_be_written_keeps_all_of_them_as_they_are() {
    let site = site().page("content/a.md", "A", "themes: [Mentoring]\n", "W.\n");
    let site = site.page("content/z.md", "Z", "themes: [Mentoring]\n", "W.\n");
    let locked = site.root().join("content/z.md");
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    let ran = site.run(&["check", "--fix"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("z.md can't be written: it is read-only. Nothing was changed."), "{}", ran.stderr());
    assert!(fs::read_to_string(site.root().join("content/a.md")).unwrap().contains("[Mentoring]"));
}

#[test]
fn files_of_an_overlay_are_mended_where_they_lie() {
    let settings = format!("{}content_overlays: [more]\n", crate::site::SETTINGS);
    let site = site().file("casebook.yaml", settings).page("more/a.md", "A", "themes: [Mentoring]\n", "W.\n");
    assert_eq!(site.run(&["check", "--fix"]).code(), 0);
    assert!(fs::read_to_string(site.root().join("more/a.md")).unwrap().contains("themes: [mentoring]"));
}

#[test]
fn machines_are_told_of_the_fix() {
    let site = site().page("content/a.md", "A", "themes: [Mentoring]\n", "Words.\n");
    let json: serde_json::Value = serde_json::from_str(&site.run(&["check", "--format", "json"]).stdout()).unwrap();
    let edit = serde_json::json!({
        "path": "content/a.md", "line": 4, "column": 10, "end_line": 4, "end_column": 19, "text": "mentoring",
    });
    let title = "Replace “Mentoring” with “mentoring”";
    assert_eq!(json[0]["fix"], serde_json::json!({"title": title, "edits": [edit]}));
    let sarif: serde_json::Value = serde_json::from_str(&site.run(&["check", "--format", "sarif"]).stdout()).unwrap();
    let replacement = serde_json::json!({
        "deletedRegion": {"startLine": 4, "startColumn": 10, "endLine": 4, "endColumn": 19},
        "insertedContent": {"text": "mentoring"},
    });
    let change = serde_json::json!({"artifactLocation": {"uri": "content/a.md"}, "replacements": [replacement]});
    let fix = serde_json::json!([{"description": {"text": title}, "artifactChanges": [change]}]);
    assert_eq!(sarif["runs"][0]["results"][0]["fixes"], fix);
}

#[test]
fn a_number_that_starts_with_a_nought_is_mended_once() {
    let path = "content/case-studies/n.md";
    let front = "ages: {from: 08, to: \"012\"}\nteam: [{role: R, fte: \"0.5\"}]\n";
    let site = Site::new().page(path, "N", front, "Text.\n");
    let told = site.run(&["check"]);
    assert!(told.stderr().contains("“08” starts with a nought"), "{}", told.stderr());
    let ran = site.run(&["check", "--fix"]);
    let now = fs::read_to_string(site.root().join(path)).unwrap();
    assert!(now.contains("ages: {from: 8, "), "{now}");
    assert_eq!(ran.stdout().matches("with “8”").count(), 1, "{}", ran.stdout());
}

#[test]
fn a_colon_and_a_tab_are_told_each_at_its_line_and_mended_one_after_the_other() {
    let path = "content/guides/a.md";
    let site = Site::new().file(path, "---\ntitle: Two: parts\nthemes:\n\t- mentoring\nsummary: S.\n---\n\nText.\n");
    let told = site.run(&["check"]);
    assert!(told.stderr().contains("second colon") && told.stderr().contains("a.md:2:"), "{}", told.stderr());
    site.run(&["check", "--fix"]);
    let now = fs::read_to_string(site.root().join(path)).unwrap();
    assert_eq!(now, "---\ntitle: \"Two: parts\"\nthemes:\n  - mentoring\nsummary: S.\n---\n\nText.\n");
}
