//! `casebook fmt`: what becomes of front matter, and what stays as it is.

mod same_site;

use crate::site::Site;
use std::fs;

/// A library with one guide.
fn with(page: impl AsRef<[u8]>) -> Site {
    Site::new().file("content/guides/a.md", page)
}

fn page(site: &Site) -> String {
    String::from_utf8(fs::read(site.root().join("content/guides/a.md")).unwrap()).unwrap()
}

/// Front matter, and what becomes of it. A guide has `series`, `edition`, `questions` and `duties` of its own.
const CASES: &[(&str, &str, &str)] = &[
    (
        "the order of the kind, facts before groups and texts",
        "duties:\n- law: B\n  text: A\nedition: First\nsummary: S\nthemes:\n- mentoring\ntitle: T\n",
        "title: T\nsummary: S\nthemes: [mentoring]\nedition: First\nduties:\n  - text: A\n    law: B\n",
    ),
    (
        "one style of days, answers, texts and lists",
        "title: 'T'\nsummary: \"S\"\npublished: \"2026-01-02\"\nembargo: '2026-01-02 09:00'\nverbatim: true\nquestions: [What?, \"Who, then?\"]\nthemes:\n    - 'mentoring'\n",
        "title: T\nsummary: S\nthemes: [mentoring]\npublished: 2026-01-02\nembargo: 2026-01-02T09:00\nverbatim: yes\nquestions:\n  - What?\n  - Who, then?\n",
    ),
    (
        "figures that a number would lose",
        "edition: 1.50\ntitle: 2027\nsummary: 07\nstatistics:\n  - {value: 1_000, text: x, as_of: 2027}\n",
        "title: \"2027\"\nsummary: \"07\"\nedition: \"1.50\"\nstatistics:\n  - value: \"1_000\"\n    text: x\n    as_of: 2027\n",
    ),
    (
        "comments stay with what they stand at",
        "# About the page\n\n# The name\ntitle: T # short\n# why\nsummary: 'S' #as agreed\nthemes: # one\n  - mentoring\n# Below\n\n# the last\n",
        "# About the page\n# The name\ntitle: T # short\n# why\nsummary: S #as agreed\nthemes: # one\n  - mentoring\n# Below\n# the last\n",
    ),
    (
        "a comment moves with its field, and one inside keeps the field as it stands",
        "questions:\n- One?\n# not sure\n- \"Two?\"\n# theirs\nsummary: S\n# ours\ntitle: T\n",
        "# ours\ntitle: T\n# theirs\nsummary: S\nquestions:\n- One?\n# not sure\n- \"Two?\"\n",
    ),
    (
        "a comment behind the mark of a text",
        "summary: | # as agreed\n  One\ntitle: T\n",
        "title: T\nsummary: | # as agreed\n  One\n",
    ),
    (
        "lines below that belong to a text with a comment",
        "summary: |+ # as agreed\n  One\n\nquestions: # two\n- |-\n  What? \ntitle: T\n",
        "title: T\nsummary: |+ # as agreed\n  One\n\nquestions: # two\n- |-\n  What? \n",
    ),
    (
        "a comment above all that stands further in",
        "  # About\n\nsummary: S\ntitle: T\n",
        "# About\ntitle: T\nsummary: S\n",
    ),
    (
        "what is no comment",
        "title: \"#tag: a # b\"\nsummary: |\n  One\n  # two\nedition: a#b\n",
        "title: \"#tag: a # b\"\nsummary: |\n  One\n  # two\nedition: a#b\n",
    ),
    (
        "a value that is lost to a comment, and none at all",
        "summary: S\ntitle: T\nedition: #Tag\nowner:\nseries: ~\n",
        "title: T\nsummary: S\nowner:\nseries:\nedition: #Tag\n",
    ),
    (
        "unknown fields stand last, as they stood",
        "zeta: [1, b]\nalpha:\n    x: 1.50\n    z: yes\nsummary: S\ntitle: T\n",
        "title: T\nsummary: S\nzeta: [1, b]\nalpha:\n  x: 1.50\n  z: \"yes\"\n",
    ),
    (
        "texts of several lines",
        "title: T\nsummary: >-\n  one\n  two\n\n  three\nquestions:\n  - \"a\\nb\"\n  - |+\n    c\n\nedition: \"x\\ty\"\n",
        "title: T\nsummary: |-\n  one two\n  three\nedition: \"x\\ty\"\nquestions:\n  - |-\n    a\n    b\n  - |+\n    c\n\n",
    ),
];

#[test]
fn a_comment_that_a_page_begins_with_stays_at_its_top_and_pages_left_alone_are_counted() {
    let site = crate::site::Site::new()
        .file("content/a.md", "---\n# top\n\nsummary: S.\n# of the title\ntitle: T\n---\n")
        .file("content/b.md", "---\ntitle: [\n---\n");
    let ran = site.run(&["fmt"]);
    assert!(ran.stdout().ends_with("2 pages: 1 left as they are, 1 put in order.\n"), "{}", ran.stdout());
    let page = std::fs::read_to_string(site.root().join("content/a.md")).unwrap();
    assert_eq!(page, "---\n# top\n# of the title\ntitle: T\nsummary: S.\n---\n");
    let ran = site.run(&["fmt", "--check"]);
    assert_eq!((ran.code(), ran.stdout().as_str()), (0, "2 pages: 1 left as they are, all others in order.\n"));
}

#[test]
fn each_thing_becomes_what_it_should_and_stays_so() {
    for (what, given, expected) in CASES {
        for ending in ["\n", "\r\n"] {
            let whole =
                |front: &str| format!("---\n{front}---\n\n\n# B  \n\ttitle:   x\n---\nb: 'c'").replace('\n', ending);
            let site = with(whole(given));
            site.run(&["fmt"]).clean();
            assert_eq!(page(&site), whole(expected), "{what}");
            assert_eq!(site.run(&["fmt", "--check"]).code(), 0, "{what}");
        }
    }
}

#[test]
fn what_is_odd_is_left_and_named_with_its_place() {
    let cases = [
        ("title: &t T\nsummary: *t\n", "2:8", "an anchor"),
        ("title: !!str T\n", "2:8", "a tag"),
        ("title: T\nx:\n  ? [a]\n  : b\n", "4:5", "a key that is no word"),
        ("{title: T,\n summary: S}\n", "2:1", "line by line"),
        ("title: T\ntitle: S\n", "3:1", "stands twice"),
        ("title: T: S\n", "2:9", "second colon"),
        ("- a\n", "2:1", "no list of fields"),
        ("title: T\r\nsummary: S\n", "2:1", "more than one way"),
    ];
    for (front, place, why) in cases {
        let text = format!("---\n{front}---\nB\n");
        let site = with(&text);
        let ran = site.run(&["fmt"]).clean();
        assert_eq!(page(&site), text);
        let said = ran.stderr();
        assert!(
            said.starts_with(&format!("content/guides/a.md:{place}: left as it is. ")) && said.contains(why),
            "{said}"
        );
    }
}

#[test]
fn a_mark_of_byte_order_and_a_page_without_front_matter_stay() {
    let site = with("\u{feff}---\nsummary: S\ntitle: T\n---\nB").file("content/guides/b.md", "# B\n");
    site.run(&["fmt"]).clean();
    assert_eq!(page(&site), "\u{feff}---\ntitle: T\nsummary: S\n---\nB");
    assert_eq!(fs::read_to_string(site.root().join("content/guides/b.md")).unwrap(), "# B\n");
}

#[cfg(unix)]
#[test]
fn whoever_may_read_a_page_still_may() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = with("---\nsummary: S\ntitle: T\n---\n");
    let file = site.root().join("content/guides/a.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    site.run(&["fmt"]).clean();
    assert_eq!(page(&site), "---\ntitle: T\nsummary: S\n---\n");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn only_what_is_asked_for_is_written_and_nothing_is_when_it_is_only_checked() {
    let wild = "---\nsummary: S\ntitle: T\n---\n";
    let site = with(wild).file("content/b.md", wild).file("elsewhere/c.md", wild).file("content/style.css", "");
    let ran = site.run(&["fmt", "--check"]);
    assert_eq!((ran.code(), page(&site).as_str()), (1, wild));
    assert_eq!(
        ran.stdout(),
        "Not in order: content/b.md\nNot in order: content/guides/a.md\n2 pages: 2 not in order. `casebook fmt` puts them so.\n"
    );
    let ran = site.run(&["fmt", "content/guides"]).clean();
    assert_eq!(ran.stdout(), "Put in order: content/guides/a.md\n1 page: 1 put in order.\n");
    assert_ne!(page(&site), wild);
    assert_eq!(site.run(&["fmt", "--check", "content/guides/a.md"]).code(), 0);
    assert_eq!(site.run(&["fmt", "--check"]).code(), 1);
    for (path, said) in [
        ("elsewhere/c.md", "elsewhere/c.md is no page of this library, nor a folder with pages"),
        ("content/style.css", "content/style.css is no page of this library, nor a folder with pages"),
        ("nothing.md", "nothing.md can't be read"),
    ] {
        let ran = site.run(&["fmt", path]);
        assert_eq!(ran.code(), 2);
        assert!(ran.stderr().contains(said), "{}", ran.stderr());
    }
}

#[test]
fn the_libraries_of_this_repository_are_in_order() {
    let site = Site::published_in("civic");
    let ran = site.run(&["fmt", "--check"]);
    assert_eq!(ran.code(), 0, "{}{}", ran.stdout(), ran.stderr());
    let site = Site::new();
    site.run(&["init", "new"]).clean();
    let ran = site.run(&["fmt", "--check", "--root", "new"]);
    assert_eq!(ran.code(), 0, "{}{}", ran.stdout(), ran.stderr());
}

#[cfg(unix)]
#[test]
fn a_page_that_is_a_link_is_put_in_order_where_it_lies() {
    let site = Site::new().file("content/guides/kept.md", "---\nsummary: S.\ntitle: A\n---\n");
    let site = site.file("content/guides/odd.md", "---\ntitle: &a A\nsummary: *a\n---\n");
    std::os::unix::fs::symlink("kept.md", site.root().join("content/guides/linked.md")).unwrap();
    let said = site.run(&["fmt"]).clean().stdout();
    assert!(said.contains("3 pages: 1 left as they are, 2 put in order."), "{said}");
    assert!(std::fs::symlink_metadata(site.root().join("content/guides/linked.md")).unwrap().is_symlink());
    let kept = std::fs::read_to_string(site.root().join("content/guides/kept.md")).unwrap();
    assert_eq!(kept, "---\ntitle: A\nsummary: S.\n---\n");
}
