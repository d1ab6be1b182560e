//! Text and HTML that are made to run, or to take for ever. What only a browser can tell is in tests/browser/xss.test.mjs.

use crate::site::{SETTINGS, Site, program};
use std::{
    fmt::Write as _,
    io::Read as _,
    time::{Duration, Instant},
};

/// Faults that the texts here have by the way.
const LEVELS: &str = "levels: {broken-link: off, broken-anchor: off, missing-asset: off, missing-alt-text: off, \
                      vague-link-text: off, empty-section: off, title-in-body: off, skipped-heading-level: off, \
                      wide-table: off, missing-glyph: off}\n";

/// Runs the program, which has long enough for a machine with much else to do, and not for what takes for ever.
#[track_caller]
fn ends(site: &Site, arguments: &[&str]) {
    let limit = Duration::from_secs(240);
    let begun = Instant::now();
    let output = program().args(arguments).current_dir(site.root()).timeout(limit).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(begun.elapsed() < limit, "it takes for ever");
    assert_eq!(output.status.code(), Some(0), "{}", said.get(..2000).unwrap_or(&said));
}

/// A library with a guide of each body, by name.
fn library<'a>(bodies: impl IntoIterator<Item = (&'a str, String)>) -> Site {
    let site = Site::new().file("casebook.yaml", format!("{SETTINGS}{LEVELS}"));
    for (name, body) in bodies {
        site.write(&format!("content/guides/{name}.md"), format!("---\ntitle: A\nsummary: S\n---\n\n{body}\n"));
    }
    site
}

fn counted(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{}", piece(number));
        all
    })
}

/// What CommonMark's implementers try their parsers with, and what this one's own parts could trip over. With the
/// square of its length any of them would take many minutes.
fn endless(n: usize) -> Vec<(&'static str, String)> {
    let times = |piece: &str| piece.repeat(n);
    vec![
        ("strong", format!("{}b{}", times("*a **a "), times(" a** a*"))),
        ("closers", times("a_ ")),
        ("openers", times("_a ")),
        ("link-closers", times("a]")),
        ("link-openers", times("[a")),
        ("mismatched", times("*a_ ")),
        ("unlike", times("*a ") + &times("_a*_ ")),
        ("threes", format!("a**b{}", times("c* "))),
        ("links-in-stress", times("[ a_")),
        ("brackets-and-parentheses", times("[ (](")),
        ("pictures-of-nothing", times("![[]()")),
        ("stressed-links", times("**x [a*b**c*](d)")),
        ("brackets", times("[") + "a" + &times("]")),
        ("quotes", times("> ") + "a"),
        ("lists", counted(1_000, |depth| format!("{}* a\n", "  ".repeat(depth)))),
        ("numbered", times("1. ") + "a"),
        ("backticks", counted(1_000, |length| format!("e{}", "`".repeat(length)))),
        ("unclosed-links", times("[a](<b") + "\n\n" + &times("[a](b")),
        ("unclosed-comments", times("</<!--") + "\n\n" + &times("a <!-- ")),
        ("unclosed-instructions", times("<?") + "\n\n" + &times("a <?")),
        ("unclosed-declarations", times("<!A ") + "\n\n" + &times("a <!A ")),
        ("unclosed-tags", times("a <a ") + "\n\n" + &times("a <a b='c")),
        ("empty-lines", format!("{}x{}", times("- "), times("\n"))),
        ("empty-lines-in-quotes", format!("> {}x\n{}", times("- "), times(">\n"))),
        ("stress-in-quotes", times(">") + &times("a*")),
        ("references", counted(n, |number| format!("[{number}]: u\n")) + "\n" + &times("[0] ")),
        // Each reference would be as long as what it stands for.
        ("reference-bomb", format!("[a]: /{}\n\n{}", times("u"), times("[a] "))),
        ("titles", times("[a]: <b> 'c\n")),
        ("cells", format!("{}\n{}\n{}", "|a".repeat(100), "|-".repeat(100), times("a\n"))),
        ("pipes", format!("{}\n{}\n{}", times("|"), times("|-"), times("|"))),
        ("notes", format!("{}\n\n[^a]: b", times("[^a] "))),
        ("notes-to-notes", format!("[^0]\n\n{}", counted(n, |at| format!("[^{at}]: a[^{}]\n\n", at + 1)))),
        ("entities", times("&a") + &times("<") + &times("\\*")),
        ("struck", times("~~a ~") + &times("~a ")),
        ("attributes", format!("<p {}>\n\n# a {{{}}}\n\n# a {}", times("x=y "), times("#b "), times("{"))),
        ("definitions", times("a\n\n: ")),
        ("alerts", times("> ") + "[!NOTE]"),
        ("pictures-in-pictures", times("[a ![b") + &"](https://e.org)".repeat(2 * n)),
        ("tags", times("<b>") + "\n\n" + &times("a <b>") + "\n\n" + &times("<a href=/>")),
        ("ends-of-tags", times("</b>") + "\n\n" + &times("</p>")),
        ("names-without-end", times("<a<") + "\n\n" + &times("</a<")),
        ("tables-of-html", format!("<table>{}", times("<td>a"))),
        ("comments", times("<!-- a -->") + "\n\n" + &times("a <!-- a -->")),
        ("sections", times("<![CDATA[") + "\n\n" + &times("a <![CDATA[x]]> ")),
        ("texts", times("<xmp></xmp>\n") + "\n" + &times("a <textarea></textarea>\n")),
        ("lines-of-html", format!("<p>\n{}", times("<a href='https://e.org'>x</a>\n"))),
        ("words", times("a") + &times(" ") + &times("\t") + &times("...ŵ😀")),
    ]
}

#[test]
fn no_text_takes_for_ever() {
    ends(&library(endless(20_000)), &["build", "--no-downloads", "--quiet"]);
}

/// What grows with the square of the text only a little, told by its mass.
#[test]
fn much_html_takes_its_length() {
    let lines = |piece: &str, n: usize| format!("<p>\n{}", piece.repeat(n));
    let bodies = [
        ("links", lines("<a href='https://e.org'>x</a>\n", 250_000)),
        ("texts", lines("<xmp></xmp>\n", 250_000)),
        ("names", "<?".repeat(400_000)),
        ("pictures", "[a ![b".repeat(40_000) + &"](https://e.org)".repeat(40_000)),
    ];
    ends(&library(bodies), &["check", "--quiet"]);
}

/// Nothing that turns a page into another form calls itself for each level of it.
#[test]
fn no_depth_ends_the_stack_of_a_download() {
    let n = 20_000;
    let deep = |open: &str, close: &str| open.repeat(n) + "a" + &close.repeat(n);
    let bodies = [
        ("quotes", deep("> ", "")),
        ("lists", deep("- ", "")),
        ("numbered", deep("1. ", "")),
        ("mixed", deep("> - ", "")),
        ("stress", deep("*a ", "*")),
        ("links", deep("[", "](https://e.org)")),
        ("pictures", deep("![", "](https://e.org)")),
        ("html", deep("<div>", "</div>")),
        ("inline", deep("a <b>", "</b>")),
        ("alerts", deep("> ", "") + "\n\n> [!NOTE]\n> > [!NOTE]\n> > a"),
        ("notes", format!("[^0]\n\n{}", counted(5_000, |at| format!("[^{at}]: a[^{}]\n\n", at + 1)))),
        ("notes-in-notes", format!("[^a]\n\n{}", counted(200, |at| format!("{}[^{at}]: a\n\n", "    ".repeat(at))))),
        ("definitions", deep("a\n: ", "")),
    ];
    let site = library(bodies);
    ends(&site, &["build", "--quiet"]);
    // What is too deep to be set as it lies is still said.
    for name in ["quotes", "lists", "notes"] {
        let text = site.built(&format!("guides/{name}/{name}.txt"));
        assert!(text.contains('a'), "{name}");
    }
    let notes = site.built("guides/notes/notes.txt");
    assert!(notes.matches('a').count() > 5_000, "every note of a chain is said");
}

#[test]
fn five_thousand_equal_headings_have_each_their_own_anchor() {
    let bodies = || [("a", "## Same\n\nText.\n\n".repeat(5_000) + "[last](#same-5000)\n")];
    let site = library(bodies());
    ends(&site, &["build", "--no-downloads", "--quiet"]);
    let page = site.built("guides/a/index.html");
    let ids: Vec<&str> = page.split("<h2 id=\"same").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let expected = |at: usize| if at == 0 { String::new() } else { format!("-{}", at + 1) };
    assert_eq!(ids.len(), 5_000);
    assert!(ids.iter().enumerate().all(|(at, id)| *id == expected(at)));
    // One more at the end moves none before it.
    let [(_, body)] = bodies();
    site.write("content/guides/a.md", format!("---\ntitle: A\nsummary: S\n---\n\n{body}\n\n## Same\n\nText.\n"));
    ends(&site, &["build", "--no-downloads", "--quiet"]);
    assert!(site.built("guides/a/index.html").contains("<h2 id=\"same-5001\">"));
}

#[test]
fn an_anchor_that_a_page_has_of_its_theme_is_no_headings() {
    let site = library([("a", "## Main\n\nText.\n\n## Section contents\n\nText.\n".to_owned())]);
    ends(&site, &["build", "--no-downloads"]);
    let page = site.built("guides/a/index.html");
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{page}");
}

#[test]
fn a_block_of_data_that_nests_without_end_is_a_fault_at_its_place() {
    let n = 50_000;
    for body in ["[".repeat(n), counted(2_000, |depth| format!("\n{}a:", " ".repeat(depth)))] {
        let site = Site::new().page("content/guides/a.md", "A", "", &format!("```quote\ntext: {body}\n```\n"));
        let ran = site.run(&["check"]);
        assert_eq!(ran.code(), 1);
        assert!(ran.stderr().starts_with("content/guides/a.md:"), "{}", ran.stderr());
        assert!(ran.stderr().contains("error[CB0502 invalid-component]"), "{}", ran.stderr());
    }
}

#[test]
fn a_link_that_would_run_is_an_error_at_its_place() {
    let body = "[a](javascript:x)\n\n<a href=\"java&#x09;script:x\">b</a>\n\n[c](DATA:text/html,x)\n\n<vbscript:x>\n\n![d](data:image/svg+xml,x)\n";
    let site = Site::new().page("content/guides/a.md", "A", "", body);
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 1);
    for line in [6, 8, 10, 12, 14] {
        assert!(ran.stderr().contains(&format!("content/guides/a.md:{line}:")), "{line}: {}", ran.stderr());
    }
    assert!(!site.root().join("public").join("guides").exists());
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

#[test]
fn a_picture_in_html_needs_a_description_too() {
    let body = "<img src=\"a.gif\">\n\n<img src=\"a.gif\" alt=\"\">\n\n<img src=\"a.gif\" alt=\"A\">\n";
    let site = Site::new().file("content/guides/a.gif", PIXEL).page("content/guides/a.md", "A", "", body);
    let ran = site.run(&["check"]);
    assert!(ran.stderr().starts_with("content/guides/a.md:6:11: error[CB0404 missing-alt-text]"), "{}", ran.stderr());
    assert_eq!(ran.stderr().matches("error[").count(), 1, "{}", ran.stderr());
    site.file("casebook.yaml", format!("{SETTINGS}html: escape\n")).run(&["check"]).clean();
}

#[test]
fn code_that_is_made_for_the_patterns_of_its_language_is_shown() {
    let hostile = [
        "a".repeat(900),
        "(".repeat(900),
        "\"\\".repeat(450),
        "<a b=".repeat(180),
        "/*".repeat(450),
        "{{".repeat(450),
        "$(".repeat(450),
        "[[".repeat(450),
        " \t".repeat(450),
        "a.".repeat(450),
        "--".repeat(450),
        "'''".repeat(300),
        "r#".repeat(450),
        "<?php ".repeat(150),
        "((((((a+)+)+)+)+)+$".repeat(45),
    ];
    let code = |language: &str| {
        hostile
            .iter()
            .fold(String::new(), |all, line| all + &format!("```{language}\n{}```\n\n", format!("{line}\n").repeat(20)))
    };
    let languages = [
        "html",
        "js",
        "css",
        "php",
        "python",
        "ruby",
        "perl",
        "rust",
        "c++",
        "java",
        "markdown",
        "yaml",
        "json",
        "sql",
        "sh",
        "latex",
        "xml",
        "haskell",
        "lua",
        "r",
        "scala",
        "clojure",
        "make",
        "d",
        "objc",
        "regexp",
        "no-such-language",
        "\"><script>",
    ];
    let site = library(languages.iter().enumerate().map(|(at, language)| (LETTERS[at], code(language))));
    ends(&site, &["build", "--no-downloads", "--quiet"]);
    assert!(site.built("guides/z/index.html").contains("(((((((((("));
    let unknown = site.built(&format!("guides/{}/index.html", LETTERS[26]));
    assert!(unknown.contains("class=\"language-no-such-language\">aaaa"));
    assert!(
        site.built(&format!("guides/{}/index.html", LETTERS[27]))
            .contains("class=\"language-&quot;&gt;&lt;script&gt;\">aaaa")
    );
}

const LETTERS: [&str; 28] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z", "za", "zb",
];

/// What a title, a tag, a term and a cell may say, and what none of them may do.
const TITLES: [&str; 4] = [
    "\"><script>alert(1)</script>",
    "=HYPERLINK(\"https://example.org\",\"x\")",
    "</title></text>]]><![CDATA[&amp;&x;<!--",
    "#let x = 1 $x$ @a *b* \\n;,:{% x %}",
];

#[test]
fn words_are_text_in_every_file_of_the_site() {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut site = Site::new().file(
        "content/_data/themes.yaml",
        format!("- id: one\n  label: {}\n  description: {}\n", quoted(TITLES[0]), quoted(TITLES[2])),
    );
    for (at, title) in TITLES.iter().enumerate() {
        let title = quoted(title);
        let front = format!("title: {title}\nsummary: {title}\npublished: 2026-01-01\nthemes: [one]\n");
        let posts = ["=1+1", "+1", "-1", "@x", "\t=x", " =1", "\"><script>alert(1)</script>"];
        let posts: String = posts.iter().map(|text| format!("  - {{channel: x, text: {}}}\n", quoted(text))).collect();
        site = site
            .file(&format!("content/guides/g{at}.md"), format!("---\n{front}questions: [{title}]\nsources: [{{title: {title}}}]\n---\n\nText.\n"))
            .file(&format!("content/events/e{at}.md"), format!("---\n{front}start: 2027-10-25\nend: 2027-11-01\n---\n\nText.\n"))
            .file(
                &format!("content/packs/p{at}.md"),
                format!("---\n{front}campaign: e{at}\nposts:\n{posts}press_release:\n  headline: {title}\n  body: Text.\nchecklist:\n  - {{task: {title}, due_days: -1}}\n---\n\nText.\n"),
            );
    }
    site.run(&["build", "--quiet", "--now", "2027-01-01"]).clean();
    let files = site.site();
    for (path, bytes) in &files {
        let text = || std::str::from_utf8(bytes).unwrap();
        match path.rsplit('.').next().unwrap_or_default() {
            "html" => {
                assert!(!text().contains("<script>alert"), "{path}");
            }
            "xml" | "svg" => {
                let options = roxmltree::ParsingOptions { allow_dtd: false, ..Default::default() };
                roxmltree::Document::parse_with_options(text(), options)
                    .unwrap_or_else(|error| panic!("{path}: {error}"));
            }
            "json" | "webmanifest" => {
                serde_json::from_str::<serde_json::Value>(text()).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
            "csv" => no_formula(path, bytes),
            "ics" => {
                let folded = |line: &str| {
                    line.is_empty()
                        || line.starts_with(' ')
                        || line.split([':', ';']).next().unwrap().bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
                };
                assert!(text().split("\r\n").all(folded), "{path}: {}", text());
            }
            "docx" => for_each_part(bytes, |name, part| {
                if name.ends_with(".xml") || name.ends_with(".rels") {
                    roxmltree::Document::parse(part).unwrap_or_else(|error| panic!("{path}, {name}: {error}"));
                }
            }),
            _ => {}
        }
    }
    let calendars = files.iter().filter(|(path, _)| path.ends_with(".ics"));
    let calendars: String =
        calendars.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().replace("\r\n ", "")).collect();
    for title in TITLES {
        let escaped = title.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        let is_said = |line: &str| line.starts_with("SUMMARY") && line.ends_with(&format!(":{escaped}"));
        assert!(calendars.lines().any(is_said), "{title} in {calendars}");
        let feed: serde_json::Value = serde_json::from_slice(&files["feed.json"]).unwrap();
        assert!(feed["items"].as_array().unwrap().iter().any(|item| item["title"] == title), "{title}");
        let catalogue: serde_json::Value = serde_json::from_slice(&files["catalogue.json"]).unwrap();
        assert!(catalogue.to_string().contains(&quoted(title)), "{title}");
        let atom = roxmltree::Document::parse(std::str::from_utf8(&files["feed.xml"]).unwrap()).unwrap();
        assert!(
            atom.descendants()
                .any(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "title")) && node.text() == Some(title)),
            "{title}"
        );
    }
    for (at, title) in TITLES.iter().enumerate() {
        let mut said = false;
        for_each_part(&files[&format!("guides/g{at}/g{at}.docx")], |name, part| {
            said |= name == "word/document.xml"
                && roxmltree::Document::parse(part).unwrap().descendants().any(|node| node.text() == Some(*title));
        });
        assert!(said, "{title} in Word");
        assert!(files[&format!("guides/g{at}/g{at}.pdf")].starts_with(b"%PDF"));
        assert!(String::from_utf8_lossy(&files[&format!("guides/g{at}/g{at}.txt")]).contains(title), "{title}");
    }
    assert!(files.keys().any(|path| path.ends_with("-posts.csv")));
}

/// A cell that a spreadsheet would take for a formula is none.
fn no_formula(path: &str, bytes: &[u8]) {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    for cell in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        let opens = cell.trim_start_matches([' ', '\t', '\r', '\n']).starts_with(['=', '+', '-', '@']);
        assert!(!opens || cell.parse::<f64>().is_ok(), "{path}: {cell:?}");
    }
}

fn for_each_part(archive: &[u8], mut see: impl FnMut(&str, &str)) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        if file.read_to_string(&mut text).is_ok() {
            see(&name, &text);
        }
    }
}

#[test]
fn a_page_of_more_pieces_than_documents_can_have_is_a_fault_of_check() {
    let table = format!("{}\n{}\n{}", "|a".repeat(300), "|-".repeat(300), ("|a".repeat(300) + "\n").repeat(300));
    let rows = |n: usize| {
        (0..n).fold("```chart\ntype: waffle\ntitle: T\nas_of: \"2025\"\nsource: S\nrows:\n".to_owned(), |all, at| {
            format!("{all}  - {{label: a{at}, value: 1}}\n")
        }) + "```\n"
    };
    let said = |body: &str| Site::new().page("content/guides/a.md", "A", "", body).run(&["check"]).stderr();
    let cells = said(&table);
    assert!(
        cells.contains("content/guides/a.md:1:1: error[CB0104 file-too-large]: This page has too many cells"),
        "{cells}"
    );
    let chart = said(&rows(501));
    assert!(
        chart.contains("error[CB0502 invalid-component]: A chart shows 500 rows at the most, and here are 501"),
        "{chart}"
    );
    assert!(!said(&rows(500)).contains("at the most"));
}
