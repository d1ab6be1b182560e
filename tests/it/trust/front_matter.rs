//! Front matter that is broken, ambiguous or made to break the reader.

use super::desk::{self, Desk};
use crate::site::Site;
use std::fmt::Write;

const START: &str = "title: A\nsummary: S.\n";

/// A page with this front matter.
fn page(front: &str) -> Vec<u8> {
    format!("---\n{front}---\n\nText.\n").into_bytes()
}

#[test]
fn what_is_wrong_with_front_matter_is_told_at_its_place() {
    let desk = Desk::new();
    for (front, told) in [
        (
            "title: A\nsummary: S.\nsources:\n\t- title: x\n",
            "a.md:5:1: error[CB0202 invalid-yaml]: A line is indented with a tab",
        ),
        (
            "title: A\nsummary: S.\nsources:\n - title: x\n \turl: y\n",
            "a.md:6:2: error[CB0202 invalid-yaml]: A tab stands where only spaces may",
        ),
        ("title: A\nsummary: S.\ntitle: B\n", "a.md:4:1: error[CB0203 duplicate-key]"),
        (
            "title: A\nsummary: S.\nsources:\n  - title: x\n    url: y\n    url: z\n",
            "a.md:7:5: error[CB0203 duplicate-key]",
        ),
        ("title: A\nsummary: S.\nsources: [{title: a, title: b}]\n", "a.md:4:22: error[CB0203 duplicate-key]"),
        ("title: A\nx: {y: {z: [{k: 1}, {k: 1, k: 2}]}}\n", "a.md:3:28: error[CB0203 duplicate-key]"),
        ("- a\n- b\n", "a.md:2:1: error[CB0204 front-matter-not-fields]"),
        ("words\n", "a.md:2:1: error[CB0204 front-matter-not-fields]"),
        ("title: A\nsummary: S.\npublished: 2026-02-30\n", "a.md:4:12: error[CB0305 impossible-date]"),
        ("title: A\nsummary: S.\ndraft: \"false\"\n", "a.md:4:1: error[CB0301 unknown-field]"),
        (
            "title: A\nsummary: S.\npublished: 99999999999999999999999999999999999999999\n",
            "a.md:4:12: error[CB0303 wrong-type]",
        ),
        (
            "title: A\nsummary: S.\n--- more\ntitle: B\n",
            "a.md:2:1: error[CB0202 invalid-yaml]: There are two documents in one",
        ),
        ("title: &a [*a]\n", "a.md:2:8: error[CB0202 invalid-yaml]: The values are nested too deeply"),
        ("title: &a\n  b: *a\n", "a.md:2:8: error[CB0202 invalid-yaml]: The values are nested too deeply"),
        ("title: *nobody\n", "a.md:2:8: error[CB0202 invalid-yaml]: An alias"),
        (
            "title: A\nsummary: \"S\\u0007\"\n",
            "a.md:3:10: error[CB0106 control-character]: “summary” has a character that nobody sees, U+0007",
        ),
        ("title: A\nsummary: \"a\\rb\"\n", "a.md:3:10: error[CB0106 control-character]"),
        (
            "title: A\nsummary: S.\nsources:\n  - title: \"a\\0b\"\n    url: https://example.org/\n",
            "a.md:5:12: error[CB0106 control-character]",
        ),
    ] {
        desk.refuses(&[("content/guides/a.md", &page(front))], &[told]);
    }
    desk.refuses(
        &[("content/guides/a.md", b"\n\n---\ntitle: A\n\nText.\n")],
        &["a.md:3:1: error[CB0201 unclosed-front-matter]"],
    );
}

#[test]
fn two_documents_one_behind_the_other_are_told_of() {
    let desk = Desk::new();
    for (text, told) in [
        (
            "---\ntitle: A\nsummary: S.\n---\ntitle: B\nsummary: T.\n---\n\nText.\n",
            "a.md:5:1: error[CB0202 invalid-yaml]: There are two documents in one",
        ),
        ("---\ntitle: A\nsummary: S.\n...\ntitle: B\n---\nText.\n", "a.md:5:1: error[CB0202"),
        ("---\ntitle: A\nsummary: S.\n---\n\n---\nsources:\n  - title: B\n---\nText.\n", "a.md:6:1: error[CB0202"),
    ] {
        desk.refuses(&[("content/guides/a.md", text.as_bytes())], &[told]);
    }
    for text in [
        "---\ntitle: A\nsummary: S.\n---\n\nWords: with a colon\n---\n\nText.\n",
        "---\ntitle: A\nsummary: S.\n---\n\nnote: with a colon\n\n---\n\nText.\n",
        "---\ntitle: A\nsummary: S.\n---\n\n---\n\nText.\n\n---\n",
    ] {
        desk.takes(&[("content/guides/a.md", text.as_bytes())], &[]);
    }
    for (path, start) in [("content/_data/x.yaml", "- id: a\n  label: A\n"), ("casebook.yaml", crate::site::SETTINGS)] {
        let twice = format!("{start}---\n{start}");
        desk.refuses(&[(path, twice.as_bytes())], &["There are two documents in one"]);
    }
}

/// Each of these once took minutes, all of the memory or the stack.
#[test]
fn what_is_made_to_break_the_reader_is_told_of_in_no_time() {
    let desk = Desk::new();
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..15 {
        let items = format!("*a{},", level - 1).repeat(9);
        writeln!(laughs, "a{level}: &a{level} [{items}]").unwrap();
    }
    let blocks: String = (0..3_000).map(|level| " ".repeat(level) + "a:\n").collect();
    for (front, told) in [
        (laughs, "a.md:2:1: error[CB0202 invalid-yaml]: An alias"),
        (
            format!("a: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)),
            "error[CB0202 invalid-yaml]: The values are nested too deeply",
        ),
        (format!("a: {}\n", "[".repeat(400_000)), "error[CB0202 invalid-yaml]: The values are nested too deeply"),
        (format!("a: {}\n", "[\n".repeat(1_000_000)), "error[CB0202 invalid-yaml]: The values are nested too deeply"),
        (
            format!("a: {}x{}\n", "{a: ".repeat(10_000), "}".repeat(10_000)),
            "error[CB0202 invalid-yaml]: The values are nested too deeply",
        ),
        (blocks, "error[CB0202 invalid-yaml]: The values are nested too deeply"),
        (format!("{}a\n", "- ".repeat(10_000)), "error[CB0202 invalid-yaml]: The values are nested too deeply"),
        (format!("{}a\n", "? ".repeat(10_000)), "error[CB0202 invalid-yaml]: The values are nested too deeply"),
    ] {
        desk.refuses(&[("content/guides/a.md", &page(&front))], &[told]);
    }
}

#[test]
fn thousands_of_faults_are_told_of_at_their_places_in_no_time() {
    let unknown: String = (0..20_000).map(|n| format!("k{n}: x\n")).collect();
    let terms = |more: &str| (0..10_000).map(|n| format!("- id: a{n}\n{more}")).collect::<String>();
    let site = Site::new()
        .file("content/guides/a.md", page(&(START.to_owned() + &unknown)))
        .file("content/_data/good.yaml", terms("  label: A\n"))
        .file("content/_data/wrong.yaml", terms(""));
    let ran = desk::run(site.root(), &["check", "--format", "json"]);
    let said: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout()).unwrap();
    let at = |file: &str| {
        let own = said.iter().filter(move |fault| fault["path"].as_str().unwrap().ends_with(file));
        own.map(|fault| fault["line"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(at("a.md"), (4..20_004).collect::<Vec<_>>());
    assert_eq!(at("wrong.yaml"), (1..=10_000).collect::<Vec<_>>());
    assert_eq!(at("good.yaml"), [0; 0]);
}

#[test]
fn norway_is_a_country() {
    let kind = "name: visit\nfolder: visits\nlabel: Visit\nplural: Visits\ntemplate: page.html\nfields:\n\
                \x20 - {name: country, label: Country}\n  - {name: paid, type: yes-no, label: Paid}\n";
    let site = Site::new()
        .file("themes/civic/kinds/visit.yaml", kind)
        .page("content/visits/a.md", "A", "country: no\npaid: no\n", "Text.\n")
        .page("content/visits/b.md", "B", "country: \"no\"\npaid: \"false\"\n", "Text.\n");
    let ran = desk::run(site.root(), &["check"]);
    assert!(ran.stderr().contains("b.md:5:7: error[CB0303 wrong-type]: “paid” is a yes or a no"), "{}", ran.stderr());
    assert_eq!(ran.stderr().matches("error[").count(), 1, "{}", ran.stderr());
}

#[test]
fn an_address_that_leads_elsewhere_is_told_of() {
    let desk = Desk::new();
    let long = format!("/{}/", "x".repeat(300));
    let wrong = [
        "../x",
        "/a/../b",
        "/a/./b",
        "a\\b",
        "/%2e%2e/x",
        "/a%00b",
        "https://example.org/",
        "//example.org/x",
        "C:/x",
        "javascript:alert(1)",
        "a//b",
        "/.git/",
        "/a?b",
        "/a#b",
        "/a b/",
        "/\u{e9}/",
        "/con/x/",
        "..",
        ".",
        &long,
    ];
    for written in wrong {
        let told = "a.md:4:11: error[CB0602 invalid-address]";
        desk.refuses(&[("content/guides/a.md", &page(&format!("{START}aliases: [{written:?}]\n")))], &[told]);
    }
    desk.refuses(
        &[("content/guides/a.md", &page(&format!("{START}aliases: [\"/a\\0b\"]\n")))],
        &["a.md:4:11: error[CB0106"],
    );
    for written in ["../x", "/", "a\\b", "%2e", "https://example.org/", "C:x"] {
        let told = "a.md:4:1: error[CB0301 unknown-field]: There is no field called “slug”";
        desk.refuses(
            &[("content/guides/a.md", &page(&format!("{START}slug: \"{}\"\n", written.replace('\\', "\\\\"))))],
            &[told],
        );
    }
    for id in ["../../x/..", "...", "/", "\\\\", "", "CON", &"x".repeat(300)] {
        let list = format!("- id: mentoring\n  label: M\n- id: \"{id}\"\n  label: N\n");
        let sound = ["../../x/.."].contains(&id);
        let told = ["themes.yaml:3:3: error[CB0604 invalid-register]"];
        desk_list(&desk, &list, if sound { &[] } else { &told });
    }
}

/// An id is shown in addresses without what no address has: some are harmless, and the others are told of.
fn desk_list(desk: &Desk, list: &str, told: &[&str]) {
    let files: [(&str, &[u8]); 1] = [("content/_data/themes.yaml", list.as_bytes())];
    if told.is_empty() { desk.takes(&files, &[]) } else { desk.refuses(&files, told) }
}

#[test]
fn settings_that_would_break_the_site_are_told_of_at_their_place() {
    for (line, column) in [
        ("language: ../x", 11),
        ("language: English", 11),
        ("languages: [en, \"\\0\"]", 12),
        ("repository: \"javascript:alert(1)\"", 13),
    ] {
        let site = Site::new().file("casebook.yaml", format!("{}{line}\n", crate::site::SETTINGS));
        let said = site.run(&["check"]).stderr();
        assert!(said.contains(&format!("casebook.yaml:3:{column}: error[CB0603")), "{line}: {said}");
    }
    for wrong in
        ["\"https://e.org/a\\nb/\"", "https://e.org/'>x/", "https://e.org:99999/", "https://e.org/../x/", "https:///"]
    {
        let site = Site::new().file("casebook.yaml", format!("title: T\nbase_url: {wrong}\n"));
        let said = site.run(&["check"]).stderr();
        assert!(said.contains("casebook.yaml:2:11: error[CB0603"), "{wrong}: {said}");
    }
    let asked = Site::new().run(&["build", "--base-url", "javascript:x/"]);
    assert_eq!(asked.code(), 2);
    assert!(
        asked.stderr().starts_with("error[CB0603 invalid-settings]: --base-url “javascript:x/” is not the address")
    );
    for right in ["https://e.org", "http://127.0.0.1:8080/a/", "https://[::1]/", "https://ŵ.example/a%20b/~c/"] {
        let site = Site::new().file("casebook.yaml", format!("title: T\nbase_url: {right}\nlanguage: cy-GB\n"));
        site.run(&["check"]).clean();
    }
}
