//! Advice on language as `casebook check` gives it, and what keeps it quiet.

use crate::site::Site;
use casebook::{
    config::Overrides,
    model::Changed,
    pipeline::{self, Session, Unseen},
};
use serde_json::Value;

/// What `check` says: line, column, code and the words in quotation marks of each fault, or its whole message.
fn said(site: &Site) -> Vec<String> {
    let faults: Vec<Value> = serde_json::from_str(&site.run(&["check", "--format", "json"]).stdout()).unwrap();
    let line = |fault: &Value| {
        let message = fault["message"].as_str().unwrap();
        let words =
            message.split_once('“').and_then(|(_, rest)| rest.split_once('”')).map_or(message, |(words, _)| words);
        format!("{}:{} {} {words}", fault["line"], fault["column"], fault["code"].as_str().unwrap())
    };
    faults.iter().map(line).collect()
}

/// A library of one page of this body.
fn body(text: &str) -> Site {
    Site::new().page("content/guides/a.md", "A", "", text)
}

#[test]
fn each_rule_finds_what_it_is_for_and_leaves_the_rest() {
    for (text, expected) in [
        // The place is that of the word, after letters of several bytes, in tables, notes and alerts too.
        ("Ŵyl – LAC.\n", vec!["6:7 CB1004 LAC"]),
        ("| A | B |\n| - | - |\n| x | LAC |\n", vec!["8:7 CB1004 LAC"]),
        ("> [!NOTE]\n> LAC\n", vec!["7:3 CB1004 LAC"]),
        ("Text[^1].\n\n[^1]: LAC\n", vec!["8:7 CB1004 LAC"]),
        ("A *placement* broke\ndown: the child's.\n", vec!["6:4 CB1004 placement"]),
        ("A hard-to-reach family.\n", vec!["6:3 CB1004 hard-to-reach"]),
        ("His contact with his mother; contact us; a main contact.\n", vec![]),
        // One meaning a page.
        (
            "A work placement.\n\nThe placement was long. Her foster placement ended.\n",
            vec!["8:29 CB1004 foster placement"],
        ),
        // The words of others, code, names.
        ("> LAC\n\n“LAC” or 'LAC' or `LAC`\n\n```\nLAC\n```\n", vec![]),
        ("```quote\ntext: Our LAC say so.\nname: Sam\n```\n", vec![]),
        ("The World Health Organization and the Center for Policy.\n", vec![]),
        ("Organization matters, and Utilise Trust does not.\n", vec!["6:1 CB1006 Organization"]),
        // Components are read by their fields.
        ("```stat\nfigures:\n  - {value: 3, unit: LAC, text: were there}\nas_of: 2012\n```\n", vec!["8:22 CB1004 LAC"]),
        // A short form: first where it stands in running text.
        ("## NVQ\n\nA national vocational qualification (NVQ). An NVQ.\n", vec![]),
        ("An NVQ. A national vocational qualification (NVQ).\n", vec!["6:4 CB1002 NVQ"]),
        ("<abbr title=\"national vocational qualification\">NVQ</abbr> and NVQs.\n", vec![]),
        ("“NVQ” and NVQs.\n", vec!["6:11 CB1002 NVQ"]),
        ("THE NVQ IS FOR ALL\n\nOn GOV.UK and in our other LONG-TERM NVQs.\n", vec!["8:38 CB1002 NVQ"]),
        // Only another page explains a word: a heading of this one has been read by nobody yet.
        ("[NVQ](#there)\n\n## There\n\nText.\n", vec!["6:2 CB1002 NVQ"]),
        // Raw HTML is read where it holds text: each element by itself, code and comments not at all.
        ("<div>\n<p>Our LAC.</p>\n<!-- LAC --><pre>LAC</pre> <code>LAC</code>\n</div>\n", vec!["7:8 CB1004 LAC"]),
        ("<blockquote>LAC</blockquote>\n<p>“LAC” <q>LAC</q></p>\n", vec![]),
        ("<td>LAC &amp;\nutilise</td>\n", vec!["6:5 CB1004 LAC", "7:1 CB1003 utilise"]),
        ("<p>A child's foster\n<b>placement</b>.</p>\n", vec!["6:14 CB1004 foster placement"]),
        ("<p><abbr title=\"x y\">NVQ</abbr> and BTEC</p>\n", vec!["6:37 CB1002 BTEC"]),
        ("> <p>LAC</p>\n\n- <p>x\n  LAC</p>\n", vec!["9:3 CB1004 LAC"]),
        ("<code>LAC</code> and <kbd>LAC\n\nLAC\n", vec!["8:1 CB1004 LAC"]),
        // A word that means something else where nobody is in care, a genitive, a hyphen.
        ("The placement of the button.\n", vec![]),
        ("The placement of the child in foster care.\n", vec!["6:5 CB1004 placement"]),
        ("The placement.\n\n> A foster home.\n", vec!["6:5 CB1004 placement"]),
        ("Children in care: the service's user, a service user's home.\n", vec!["6:41 CB1004 service user"]),
        ("They drop out; a drop-out.\n", vec!["6:18 CB1004 drop-out"]),
        // Links.
        ("<https://example.org/>\n", vec!["6:1 CB0406 The words of this link are its address"]),
        ("[One](https://example.org/1) and [one](https://example.org/2)\n", vec!["6:34 CB0406 one"]),
        ("[One](https://example.org/1#a) and [one](https://example.org/1/#b)\n", vec![]),
    ] {
        assert_eq!(said(&body(text)), expected, "{text}");
    }
}

#[test]
fn a_build_and_a_preview_are_silent_and_check_fails_for_no_advice() {
    let site = body("LAC.\n");
    let built = site.run(&["build", "--no-downloads"]);
    assert_eq!((built.code(), built.stderr().contains("CB1004")), (0, false));
    assert_eq!(site.run(&["check"]).code(), 0);
    assert_eq!(site.run(&["check", "--strict"]).code(), 1);
}

#[test]
fn a_library_sets_the_level_of_each_rule() {
    let site = body("LAC utilise it.\n");
    site.write("casebook.yaml", format!("{}levels:\n  care-language: error\n  CB1003: off\n", crate::site::SETTINGS));
    assert_eq!(said(&site), ["6:1 CB1004 LAC"]);
    assert_eq!(site.run(&["check"]).code(), 1);
    assert_eq!(site.run(&["build", "--no-downloads"]).code(), 0);
}

#[test]
fn a_page_that_repeats_a_document_is_left_as_it_is_but_for_people() {
    let words = "LAC utilise it. Sam, aged 14, came.\n";
    let site = Site::new().page("content/guides/a.md", "A", "verbatim: yes\n", words);
    assert_eq!(said(&site), ["7:17 CB1005 This may be the name of a child or young person beside their age"]);
}

#[test]
fn welsh_has_its_own_lists() {
    let site = Site::new().file("casebook.yaml", format!("{}languages: [en, cy]\n", crate::site::SETTINGS));
    let site = site.page("content/guides/a.md", "A", "", "Text.\n");
    let site = site.page(
        "content/guides/a.cy.md",
        "A",
        "",
        "Mae'r LAC mewn lleoliad maeth. We utilise the center. GIG yw hwn. Ganed Siân ar 3 Mai 2012.\n",
    );
    let said: Vec<String> = said(&site).into_iter().filter(|line| line.contains(" CB10")).collect();
    let expected = ["6:7 CB1004 LAC", "6:16 CB1004 lleoliad maeth", "6:67 CB1005 This may be a date of birth"];
    assert_eq!(said, expected);
}

#[test]
fn people_are_protected_in_a_language_without_lists() {
    let settings = format!("{}languages: [en, cy, fr]\n", crate::site::SETTINGS);
    let site = Site::new().file("casebook.yaml", settings).page("content/guides/a.md", "A", "", "Text.\n");
    let words =
        "Sam, aged 14, ring 01632 123456. Ganed Siân ar 3 Mai 2012. LAC utilise it; NVQ.\n\n| a |\n| - |\n| b |\n";
    let site = site.page("content/guides/a.fr.md", "A", "", words);
    let said: Vec<String> = said(&site).into_iter().filter(|line| line.contains(" CB10")).collect();
    let expected = [
        "6:1 CB1005 This may be the name of a child or young person beside their age",
        "6:20 CB1005 This may be a telephone number",
        "6:34 CB1005 This may be a date of birth",
        "8:1 CB1007 This table has one column, so it seems to be there for its looks",
    ];
    assert_eq!(said, expected);
}

#[test]
fn an_address_is_told_once_where_it_is_shown_or_hidden() {
    let told = |text: &str| said(&body(text)).into_iter().filter(|line| line.contains("CB1005")).count();
    for (text, expected) in [
        ("<a href=\"mailto:jo@northam.gov.uk\">jo@northam.gov.uk</a>\n", 1),
        ("<a href=\"mailto:jo@northam.gov.uk\">Write to Jo</a>\n", 1),
        ("[jo@northam.gov.uk](mailto:jo@northam.gov.uk)\n", 1),
        ("[Write to Jo](mailto:jo@northam.gov.uk?subject=x)\n", 1),
        ("[Write to us](mailto:info@northam.gov.uk)\n", 0),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_theme_and_a_glossary_add_to_the_lists_and_take_from_them() {
    let site = body("LAC and their siblings and clients utilise widgets and gadgets.\n")
        .file("casebook.yaml", format!("{}theme: harbour\n", crate::site::SETTINGS))
        .file("themes/harbour/theme.yaml", "name: harbour\nextends: civic\n")
        .file(
            "themes/harbour/advice/en.yaml",
            "longest_sentence: 5\nplain:\n  widgets: things\n  utilise: []\ncare:\n  - {words: [siblings], say: []}\n",
        )
        .file("content/_data/glossary.yaml", "- id: gadgets\n  label: tools\n  say: [tools, things]\n");
    let expected =
        ["6:1 CB1004 LAC", "6:1 CB1001 This sentence has 10 words", "6:44 CB1003 widgets", "6:56 CB1004 gadgets"];
    assert_eq!(said(&site), expected);
    site.write("themes/harbour/advice/en.yaml", "care:\n  - {word: [x], say: y}\n");
    let faults = said(&site);
    assert!(faults.contains(&"2:6 CB0703 word".to_owned()), "{faults:?}");
}

#[test]
fn a_kind_of_its_own_has_advice_on_its_own_fields() {
    let kind = "name: memo\nfolder: memos\nlabel: {en: Memo}\nplural: {en: Memos}\ntemplate: page.html\nfields:\n  - name: notes\n    type: markdown\n  - name: points\n    type: text\n    many: true\n  - name: quoted\n    type: text\n    verbatim: true\n  - name: minuted\n    type: markdown\n    verbatim: true\n  - name: people\n    type: group\n    many: true\n    fields:\n      - {name: story, type: markdown}\n";
    let front = "notes: |\n  One.\n\n  Two LAC.\npoints: [A word, \"Utilise LAC, LAC\"]\nquoted: LAC\npeople:\n  - story: LAC again\nminuted: LAC\n";
    let site = Site::new()
        .file("casebook.yaml", format!("{}theme: harbour\n", crate::site::SETTINGS))
        .file("themes/harbour/theme.yaml", "name: harbour\nextends: civic\n")
        .file("themes/harbour/kinds/memo.yaml", kind)
        .page("content/memos/a.md", "A", front, "Text.\n");
    let expected = ["7:7 CB1004 LAC", "8:19 CB1003 Utilise", "8:27 CB1004 LAC", "8:32 CB1004 LAC", "11:12 CB1004 LAC"];
    assert_eq!(said(&site), expected);
}

#[test]
fn a_note_silences_what_would_stop_a_build_and_readers_never_see_it() {
    for html in ["sanitise", "escape", "trust"] {
        let site = body("Text.\n\n<!-- casebook-ignore CB0401: it comes next week -->\nA [plan](none.md).\n");
        site.write("casebook.yaml", format!("{}html: {html}\n", crate::site::SETTINGS));
        assert_eq!(said(&site), Vec::<String>::new());
        let built = site.run(&["build"]);
        assert_eq!(built.code(), 0, "{}", built.stderr());
        for (path, bytes) in site.site() {
            assert!(!String::from_utf8_lossy(&bytes).contains("next week"), "{html}: {path}");
        }
    }
    // It is about its own page alone.
    let site = body("<!-- casebook-ignore CB0401: it comes next week -->\n\nA [plan](none.md).\n").page(
        "content/guides/b.md",
        "B",
        "",
        "A [plan](none.md).\n",
    );
    assert_eq!(said(&site), ["6:10 CB0401 There is no page content/guides/none.md"]);
}

#[test]
fn a_note_is_idle_only_where_what_it_silences_was_looked_for_and_not_found() {
    // Two notes are about one fault, and a text that looks like a note is none.
    let both = "<!-- casebook-ignore CB1004: all of it -->\n\nText.\n\n<!-- casebook-ignore CB1004: this -->\n\nLAC.\n";
    assert_eq!(said(&body(both)), Vec::<String>::new());
    let site = Site::new()
        .file("content/guides/a.md", "---\ntitle: A\nsummary: 'LAC # casebook-ignore CB1004: why'\n---\n\nText.\n");
    assert_eq!(said(&site), ["3:11 CB1004 LAC"]);

    let site = body("<!-- casebook-ignore CB1004, CB0401: soon -->\n\nText.\n");
    let idle = ["CB0401 (broken-link)", "CB1004 (care-language)"]
        .map(|code| format!("There is no fault {code} here to ignore"));
    assert_eq!(said(&site), idle.clone().map(|message| format!("6:1 CB1009 {message}")));
    let built = site.run(&["build", "--no-downloads"]);
    assert!(built.code() == 0 && !built.stderr().contains("to ignore"), "{}", built.stderr());
    // An editor's session makes no page, so it does not know of every fault.
    let config = pipeline::settings(site.root(), &Overrides::default()).unwrap_or_else(|_| panic!("settings"));
    let run = Session::reading().advising().run(&config, &Changed::Everything, &Unseen).run;
    let told: Vec<&str> = run.diagnostics.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(told, [idle[1].as_str()]);
}

#[test]
fn a_word_is_mended_where_that_breaks_no_link_and_loses_nothing() {
    let page = |word: &str| {
        format!("---\ntitle: A\nsummary: \"Ut\\u0069lise it.\"\n---\n\n## We utilise it\n\nWe {word} it.\n")
    };
    let site = Site::new().file("content/guides/a.md", page("utilise"));
    assert_eq!(said(&site).len(), 3);
    site.run(&["check", "--fix"]);
    assert_eq!(std::fs::read_to_string(site.root().join("content/guides/a.md")).unwrap(), page("use"));
}

#[test]
fn figures_are_told_and_no_exit_status_depends_on_them() {
    let sentence = "The council gave each of its young people a named adult who knew them well and would stay. ";
    let site = body(&format!("{}\n\n> A quotation counts.\n\n```\ncode does not\n```\n", sentence.repeat(8)));
    let told: Value = serde_json::from_str(&site.run(&["check", "--stats", "--format", "json"]).stdout()).unwrap();
    let page = &told["pages"][0];
    // Title, summary and body.
    assert_eq!((&page["path"], &page["words"]), (&"content/guides/a.md".into(), &(1 + 2 + 18 * 8 + 3).into()));
    assert_eq!(page["sentences"], 1 + 8 + 1);
    assert_eq!((&page["reading_age"], &told["library"]["pages"]), (&9.into(), &1.into()));
    let shown = site.run(&["check", "--stats"]);
    let table = shown.stdout();
    let rows: Vec<&str> = table.lines().map(str::trim).collect();
    assert!(rows[1].ends_with("content/guides/a.md") && rows[2].ends_with("1 page"), "{rows:?}");
    assert_eq!(shown.code(), 0);
    let refused = site.run(&["check", "--stats", "--format", "sarif"]);
    assert_eq!((refused.code(), refused.stderr().contains("--format json")), (2, true));
}

/// What pages are put together from: words that there is something to say of, and marks that open and close things.
const PIECES: [&str; 44] = [
    "LAC",
    "utilise ",
    "placement ",
    "organize ",
    "NVQ",
    "Sam, 14,",
    "a@b.co ",
    "HR1 2AB",
    "01632 123456",
    "<p>",
    "</div>",
    "<code>",
    "&rsquo;",
    "Ŵ",
    "\u{fffc}",
    "’s",
    "“",
    "”",
    "'",
    "\"",
    "(",
    ")",
    ". ",
    "&amp;",
    "\\*",
    "`",
    "*",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "  ",
    "## ",
    "[^1]",
    "[^1]: ",
    "[x](",
    "![",
    "](y)",
    "<abbr title=x>",
    "</abbr>",
    "| a | b |\n| - | - |\n",
    "```quote\ntext: LAC\n```\n",
    "<!-- casebook-ignore CB1004: x -->",
    "\r\n",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// A fault has its place in the file, and a fix changes what stands there.
    #[test]
    fn whatever_a_page_holds_there_is_a_place_for_what_is_said(
        field in proptest::collection::vec(0..PIECES.len(), 0..30),
        body in proptest::collection::vec(0..PIECES.len(), 0..60),
    ) {
        let text = |pieces: &[usize]| pieces.iter().map(|piece| PIECES[*piece]).collect::<String>();
        let field = text(&field).replace('\r', "").replace('\n', "\n  ");
        let file = format!("---\ntitle: A\nsummary: B\nproblem: |2\n  x {field}\n---\n\n{}", text(&body));
        let (entry, faults) = desk().entry("content/case-studies/a.md", &file);
        proptest::prop_assert!(entry.is_some() || !faults.is_empty());
        for fault in &faults {
            let place = fault.place.as_ref().unwrap().span;
            proptest::prop_assert!(file.get(place.start..place.end).is_some(), "{fault:?}");
            for edit in fault.fix.iter().flat_map(|fix| &fix.edits) {
                let there = file.get(edit.span.start..edit.span.end).unwrap();
                proptest::prop_assert!(there.eq_ignore_ascii_case("utilise") || there == "organize", "{fault:?}");
            }
        }
    }
}

fn desk() -> &'static crate::fuzzed::Desk {
    crate::fuzzed::Desk::get()
}

/// What `check --fix` makes of a body.
fn fixed(text: &str) -> String {
    let site = body(text);
    site.run(&["check", "--fix"]);
    let page = std::fs::read_to_string(site.root().join("content/guides/a.md")).unwrap();
    page.split_once("\n---\n").unwrap().1.trim_start().to_owned()
}

#[test]
fn addresses_are_left_as_they_are() {
    let text = "See <https://example.org/organization> and https://example.org/LAC/color. <organization@behavior.org> \
                info@behavior.org www.color.org/gray <http://example.org/utilise?x=color> example.org/NVQ-list @organization\n";
    let told: Vec<String> = said(&body(text)).into_iter().filter(|line| !line.contains("CB0406")).collect();
    assert_eq!(told, ["6:76 CB1005 This may be an e-mail address of a person"]);
    assert_eq!(fixed(text), text);
}

#[test]
fn a_fix_changes_the_spelling_and_no_more() {
    for (text, expected) in [
        ("The organization's plan and the organization’s.\n", "The organisation's plan and the organisation’s.\n"),
        ("ORGANIZATION'S plan. Organizations here.\n", "ORGANISATION'S plan. Organisations here.\n"),
        ("The organization&#39;s plan.\n", "The organisation&#39;s plan.\n"),
        ("The org&#97;nization plan.\n", "The org&#97;nization plan.\n"),
        ("We met in order, to the letter.\n", "We met in order, to the letter.\n"),
        ("We met in order to talk.\n", "We met to talk.\n"),
        ("<p>Organization</p>\n<h2>Organization</h2>\n", "<p>Organisation</p>\n<h2>Organization</h2>\n"),
        // A label is what the address is looked up by.
        (
            "See [organization], [organization][] and ![color]; [my color][organization], or *organization*.\n\n[organization]: https://example.org/\n[color]: https://example.org/a.png\n",
            "See [organization], [organization][] and ![color]; [my colour][organization], or *organisation*.\n\n[organization]: https://example.org/\n[color]: https://example.org/a.png\n",
        ),
    ] {
        assert_eq!(fixed(text), expected);
    }
    assert!(said(&body("The organization&#39;s plan.\n")).contains(&"6:5 CB1006 organization".to_owned()));
}
