//! Files as they come from a hundred desks.

use super::desk::{self, Desk};
use crate::site::{SETTINGS, Site};
use std::fs;

const PAGE: &[u8] = b"---\ntitle: A\nsummary: S.\n---\n\nText.\n";

fn utf16(text: &[u8], big: bool, mark: bool) -> Vec<u8> {
    let units =
        mark.then_some(0xfeff).into_iter().chain(String::from_utf8_lossy(text).encode_utf16().collect::<Vec<_>>());
    units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn a_file_that_is_no_utf_8_is_told_of_at_its_byte_or_by_its_encoding() {
    let desk = Desk::new();
    let latin = [&PAGE[..PAGE.len() - 1], b" caf\xe9 x\xff\n"].concat();
    let cases: [(&str, &[u8], &str); 8] = [
        (
            "content/guides/a.md",
            &latin,
            "a.md:6:10: error[CB0102 not-utf8]: This file is not saved as UTF-8: byte 40 is 0xe9",
        ),
        (
            "content/guides/a.md",
            b"\xef\xbb\xbf\xff",
            "a.md:1:1: error[CB0102 not-utf8]: This file is not saved as UTF-8: byte 1 is 0xff",
        ),
        (
            "content/_data/x.csv",
            b"id,label\na,Caf\xe9\n",
            "x.csv:2:6: error[CB0102 not-utf8]: This file is not saved as UTF-8: byte 15",
        ),
        (
            "content/guides/a.md",
            &utf16(PAGE, false, true),
            "a.md:1:1: error[CB0102 not-utf8]: This file is saved as UTF-16",
        ),
        (
            "content/guides/a.md",
            &utf16(PAGE, true, true),
            "a.md:1:1: error[CB0102 not-utf8]: This file is saved as UTF-16",
        ),
        (
            "content/guides/a.md",
            &utf16(PAGE, false, false),
            "a.md:1:1: error[CB0102 not-utf8]: This file is saved as UTF-16",
        ),
        (
            "content/guides/a.md",
            &utf16(PAGE, true, false),
            "a.md:1:1: error[CB0102 not-utf8]: This file is saved as UTF-16",
        ),
        (
            "content/_data/x.yaml",
            &utf16(b"- id: a\n  label: A\n", false, true),
            "x.yaml:1:1: error[CB0102 not-utf8]: This file is saved as UTF-16",
        ),
    ];
    for (path, bytes, told) in cases {
        desk.refuses(&[(path, bytes)], &[told]);
    }
}

#[test]
fn settings_and_files_of_a_theme_that_are_no_utf_8_are_told_of_at_their_place() {
    for (path, bytes, place) in [
        ("casebook.yaml", &b"title: T\nbase_url: https://e.org/\n# \xe9\n"[..], "casebook.yaml:3:3: error[CB0102"),
        ("themes/own/kinds/x.yaml", b"name: x\n#\xe9\n", "themes/own/kinds/x.yaml:2:2: error[CB0102"),
        ("themes/own/templates/guide.html", b"a\n{{ \xe9 }}\n", "themes/own/templates/guide.html:2:4: error[CB0102"),
        ("themes/own/i18n/en.yaml", b"\xff\xfea\0", "themes/own/i18n/en.yaml:1:1: error[CB0102"),
    ] {
        let site = Site::new()
            .file("casebook.yaml", format!("{SETTINGS}theme: own\n"))
            .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
            .file(path, bytes);
        let said = site.run(&["check"]).stderr();
        assert!(said.contains(place), "{path}: {said}");
    }
}

#[test]
fn a_character_that_nobody_sees_is_told_of_at_its_place() {
    let desk = Desk::new();
    for (inside, told) in [
        ("a\0b", "a.md:6:7: error[CB0106 control-character]: Here is a character that nobody sees, U+0000"),
        (
            "a\u{b}b\u{c}",
            "a.md:6:7: error[CB0106 control-character]: Here is a character that nobody sees, U+000B, and 1 more",
        ),
        ("ŵ\u{1b}[31m", "a.md:6:7: error[CB0106 control-character]: Here is a character that nobody sees, U+001B"),
        ("a\u{7f}", "U+007F"),
        ("a\u{93}b", "U+0093"),
        ("a\u{ffff}", "U+FFFF"),
    ] {
        let page = [&PAGE[..PAGE.len() - 1], inside.as_bytes(), b"\n"].concat();
        desk.refuses(&[("content/guides/a.md", &page)], &[told]);
    }
    desk.refuses(&[("content/_data/x.csv", b"id,label\na,A\0\n")], &["x.csv:2:4: error[CB0106"]);
}

#[test]
fn a_mark_at_the_start_and_every_ending_of_lines_count_for_nothing() {
    let desk = Desk::new();
    // A heading is one only where its line has ended before.
    let text = String::from_utf8_lossy(PAGE).into_owned() + "\n[h](#head)\n\n## Head\n\nWords.\n";
    for ending in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let good = format!("{mark}{}", text.replace('\n', ending));
            desk.takes(&[("content/guides/a.md", good.as_bytes())], &[]);
            let wrong = good.replace("Text.", "ŵ [x](y.md) z").replace("summary", "sumary");
            let told = ["a.md:3:1: error[CB0301", "a.md:6:7: error[CB0401"];
            desk.refuses(&[("content/guides/a.md", wrong.as_bytes())], &told);
        }
    }
}

#[test]
fn an_empty_file_is_no_page_and_stops_nothing() {
    let desk = Desk::new();
    for empty in ["", "\u{feff}", "\r\n\n", "  "] {
        let warned = "content/guides/a.md: warning[CB0103 skipped-file]: This file is empty";
        desk.takes(&[("content/guides/a.md", empty.as_bytes())], &[warned]);
        for list in ["content/_data/x.csv", "content/_data/x.yaml"] {
            desk.takes(&[(list, empty.as_bytes())], &[]);
        }
    }
    let link = [PAGE, b"\n[x](a.md)\n"].concat();
    let files: [(&str, &[u8]); 2] = [("content/guides/a.md", b""), ("content/guides/b.md", &link)];
    desk.refuses(&files, &["b.md:8:5: error[CB0401 broken-link]"]);
}

#[test]
fn a_text_or_a_line_beyond_the_limit_is_told_of_and_the_settings_raise_it() {
    let desk = Desk::new();
    let words = |length: usize| [PAGE, "Word. ".repeat(length / 6).as_bytes(), b"\n"].concat();
    let big = desk.site.root().join("content/guides/big.md");
    // No disk has to hold so many zeros.
    fs::File::create(&big).unwrap().set_len(200_000_000).unwrap();
    let told = [
        "big.md: error[CB0104 file-too-large]: This file has 200 MB, and the limit is 10 MB",
        "raise the limit in casebook.yaml: `limits: { text: 200 MB }`",
    ];
    let said = desk::run(desk.site.root(), &["check"]).stderr();
    assert!(told.iter().all(|told| said.contains(told)), "{said}");
    fs::remove_file(big).unwrap();

    let long = words(10_000_000);
    let settings = format!("{SETTINGS}limits: {{text: 20 MB}}\n");
    let told = "a.md:7:1: error[CB0104 file-too-large]: This line has 10 MB, and the limit is 1 MB";
    desk.refuses(&[("casebook.yaml", settings.as_bytes()), ("content/guides/a.md", &long)], &[told]);
    desk.refuses(&[("content/guides/a.md", &words(1_500_000))], &["a.md:7:1: error[CB0104"]);
    let settings = format!("{SETTINGS}limits: {{line: 2 MB}}\n");
    desk.takes(&[("casebook.yaml", settings.as_bytes()), ("content/guides/a.md", &words(1_500_000))], &[]);
    let settings = format!("{SETTINGS}limits: {{text: 1 KB}}\n");
    let files: [(&str, &[u8]); 2] = [("casebook.yaml", settings.as_bytes()), ("content/_data/x.csv", &words(2_000))];
    desk.refuses(&files, &["x.csv: error[CB0104 file-too-large]: This file has 3 KB"]);
    let settings = format!("{SETTINGS}limits: {{file: 1 KB}}\n");
    let page: (&str, &[u8]) = ("content/packs/p/index.md", b"---\ntitle: A\nsummary: S.\n---\n\n[x](x.pdf)\n");
    let files = [("casebook.yaml", settings.as_bytes()), page, ("content/packs/p/x.pdf", &words(2_000))];
    desk.refuses(
        &files,
        &["index.md:6:5: error[CB0104 file-too-large]: The file x.pdf has 3 KB, and the limit is 1 KB"],
    );
    let files: [(&str, &[u8]); 1] =
        [("casebook.yaml", b"title: T\nbase_url: https://example.org/\nlimits: {text: many, lines: 3}\n")];
    desk.refuses(&files, &["casebook.yaml:3:22: error[CB0603"]);
    let files: [(&str, &[u8]); 1] =
        [("casebook.yaml", b"title: T\nbase_url: https://example.org/\nlimits: {text: many, line: 0}\n")];
    desk.refuses(&files, &["casebook.yaml:3:16: error[CB0603", "casebook.yaml:3:28: error[CB0603"]);
}

/// Runs the program as nobody in particular: whoever tests as root may read everything.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told_of() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let page = "---\ntitle: P\nsummary: S.\n---\n\n[x](x.pdf)\n";
    let site = Site::new().file("content/guides/a.md", PAGE).file("content/packs/p/index.md", page);
    let site = site
        .file("content/packs/p/x.pdf", "x")
        .file("content/guides/more/b.md", PAGE)
        .file("content/_data/x.csv", "id,label\n");
    let allow =
        |path: &str, mode: u32| fs::set_permissions(site.root().join(path), fs::Permissions::from_mode(mode)).unwrap();
    allow("", 0o755);
    let closed = ["content/guides/a.md", "content/packs/p/x.pdf", "content/guides/more", "content/_data/x.csv"];
    closed.iter().for_each(|path| allow(path, 0));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.arg("check").current_dir(site.root()).env("NO_COLOR", "1");
    if fs::read(site.root().join(closed[0])).is_ok() {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output();
    allow("content/guides/more", 0o755);
    let Ok(output) = output else {
        eprintln!("skipped: this test may not run the program as another user");
        return;
    };
    let said = String::from_utf8(output.stderr).unwrap();
    for path in closed {
        assert!(said.contains(&format!("{path}: error[CB0101 unreadable-file]")), "{path} is missing from:\n{said}");
    }
    assert_eq!((output.status.code(), said.matches("error[").count()), (Some(1), closed.len()), "{said}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_passed_over_and_nobody_waits_for_it() {
    let site = Site::new().file("content/guides/a.md", PAGE);
    let made = |command: &str, arguments: &[&str]| {
        std::process::Command::new(command)
            .args(arguments)
            .current_dir(site.root())
            .status()
            .is_ok_and(|done| done.success())
    };
    assert!(made("mkfifo", &["content/guides/pipe.md", "content/guides/pipe.png", "content/_data/pipe.csv"]));
    let _socket = std::os::unix::net::UnixListener::bind(site.root().join("content/guides/s.md")).unwrap();
    let mut wanted = vec!["guides/pipe.md", "guides/pipe.png", "_data/pipe.csv", "guides/s.md"];
    // Only root may make one.
    if made("mknod", &["content/guides/zero.md", "c", "1", "5"]) {
        wanted.push("guides/zero.md");
    }
    let ran = desk::run(site.root(), &["build", "--no-downloads"]);
    for path in &wanted {
        let told = format!("content/{path}: warning[CB0103 skipped-file]: This is neither a file nor a folder");
        assert!(ran.stderr().contains(&told), "{told} is missing from:\n{}", ran.stderr());
    }
    assert_eq!((ran.code(), ran.stderr().matches("warning[").count()), (0, wanted.len()), "{}", ran.stderr());
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_some_system_refuses_is_told_of() {
    let desk = Desk::new();
    let long = format!("content/guides/{}.md", "a".repeat(240));
    let wide = format!("content/guides/{}.md", "👩".repeat(60));
    for (path, told) in [
        (
            "content/guides/CON.md",
            "content/guides/CON.md:1:1: error[CB0105 unusable-name]: The name of this file is that of a device",
        ),
        (
            "content/guides/aux/a.md",
            "content/guides/aux: error[CB0105 unusable-name]: The name of this folder is that of a device",
        ),
        ("content/guides/con!.md", "content/guides/con!.md:1:1: error[CB0602 invalid-address]"),
        (
            "content/guides/a./b.md",
            "content/guides/a.: error[CB0105 unusable-name]: The name of this folder ends with a dot",
        ),
        ("content/guides/lpt1.pdf", "content/guides/lpt1.pdf: error[CB0105"),
        ("content/guides/x.pdf ", "content/guides/x.pdf : error[CB0105"),
        (
            "content/guides/a?.md",
            "content/guides/a?.md:1:1: error[CB0105 unusable-name]: The name of this file has one of",
        ),
        (
            "content/guides/a\nb.md",
            "content/guides/a\u{fffd}b.md:1:1: error[CB0105 unusable-name]: The name of this file has a char",
        ),
        (
            &long,
            ".md:1:1: error[CB0602 invalid-address]: The name of this file or of a folder around it gives an address that is too long",
        ),
        (&wide, ".md:1:1: error[CB0602 invalid-address]"),
    ] {
        desk.refuses(&[(path, PAGE)], &[told]);
    }
    let deep = format!("content/guides/{}a.md", format!("{}/", "b".repeat(190)).repeat(6));
    desk.refuses(&[(&deep, PAGE)], &["error[CB0602"]);
    use std::os::unix::ffi::OsStrExt;
    let guides = desk.site.root().join("content/guides");
    let folder = guides.join(std::ffi::OsStr::from_bytes(b"\xff"));
    fs::write(guides.join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), PAGE).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("b.md"), PAGE).unwrap();
    let told = [
        "content/guides/caf\u{fffd}.md: error[CB0105 unusable-name]: The name of this file is not valid UTF-8",
        "content/guides/\u{fffd}: error[CB0105",
    ];
    desk.refuses(&[], &told);
}

#[test]
#[cfg(target_os = "linux")]
fn two_names_that_some_systems_take_for_one_are_told_of() {
    let desk = Desk::new();
    let page: (&str, &[u8]) = ("content/packs/p/index.md", PAGE);
    for [one, other] in [
        ["content/guides/About.md", "content/guides/about.md"],
        ["content/guides/caf\u{e9}.md", "content/guides/cafe\u{301}.md"],
        ["content/packs/p/X.pdf", "content/packs/p/x.pdf"],
        ["content/packs/p/\u{e9}.pdf", "content/packs/p/e\u{301}.pdf"],
        ["content/packs/p/\u{c9}.pdf", "content/packs/p/e\u{301}.pdf"],
        ["content/_data/x.csv", "content/_data/X.csv"],
    ] {
        let told = format!(
            "{}: error[CB0601 same-url]: The name of this file differs from {} in nothing",
            one.max(other),
            one.min(other)
        );
        let text: &[u8] = if one.ends_with(".csv") { b"id,label\n" } else { PAGE };
        desk.refuses(&[page, (one, text), (other, text)], &[&told]);
    }
}

#[test]
fn a_file_that_would_run_is_told_of_wherever_it_is_named() {
    let desk = Desk::new();
    let page =
        b"---\ntitle: P\nsummary: S.\nassets:\n  - file: a.html\n    alt: A page.\n---\n\n[x](b.js) [y](/_redirects)\n";
    let named: [(&str, &[u8]); 6] = [
        ("content/packs/p/index.md", page),
        ("content/packs/p/a.html", b"<script>x()</script>"),
        ("content/packs/p/b.js", b"x()"),
        ("content/packs/p/c.svgz", b"\x1f\x8b"),
        ("content/packs/p/d.xml", b"<a/>"),
        ("content/_redirects", b"/* https://example.org/\n"),
    ];
    let told = [
        "index.md:5:11: error[CB0414",
        "index.md:9:5: error[CB0414",
        "index.md:9:15: error[CB0414",
        "p/c.svgz: error[CB0414",
        "p/d.xml: error[CB0414",
    ];
    desk.refuses(&named, &told);
}

#[test]
fn a_file_in_the_place_of_one_that_is_made_is_told_of_by_check() {
    let desk = Desk::new();
    let page: (&str, &[u8]) = ("content/guides/a/index.md", PAGE);
    for name in ["a.pdf", "A-large-print.PDF", "a.docx"] {
        let path = format!("content/guides/a/{name}");
        let told = format!(
            "{path}: error[CB0601 same-url]: This file would have the address /guides/a/{name}, which a download"
        );
        desk.refuses(&[page, (&path, b"x")], &[&told]);
    }
}

#[test]
fn a_clock_that_is_none_is_told_of_and_nothing_runs() {
    let site = Site::new().file("content/guides/a.md", PAGE);
    for wrong in ["abc", "99999999999999999999", "1e9", "12 "] {
        let ran = desk::run_with(site.root(), &["build"], &[("SOURCE_DATE_EPOCH", wrong)]);
        let told = format!("SOURCE_DATE_EPOCH “{wrong}” is no number of seconds since 1970");
        assert!(ran.code() == 2 && ran.stderr().contains(&told), "{}", ran.stderr());
    }
    assert_eq!(desk::run(site.root(), &["check", "--now", "soon"]).code(), 2);
    for right in ["", "1700000000"] {
        desk::run_with(site.root(), &["check"], &[("SOURCE_DATE_EPOCH", right)]).clean();
    }
}
