//! `casebook import` of tables: a page a row, from what Excel writes.

use crate::site::Site;
use std::fs;

fn site() -> Site {
    Site::new()
        .file(
            "content/_data/themes.yaml",
            "- id: mentoring\n  label: Mentoring\n- id: leaving-care\n  label: Leaving care\n",
        )
        .file("content/_data/councils.csv", "id,label\nluton,Luton\nbristol,\"Bristol, City of\"\n")
        .page("content/packs/week.md", "The Week", "", "")
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

/// The pages that are there, by path.
fn pages(site: &Site) -> Vec<String> {
    crate::site::files(&site.root().join("content")).into_keys().filter(|path| path.ends_with(".md")).collect()
}

const CASES: &str = "\
Name,Summary,Council,Themes,Started,Evidence,Ideas,Story,Ages from,Sources title,Sources url,Cost,Phone\r\n\
Mentors for all,\"One adult, who stays.\",\"Luton, Bristol, City of\",mentoring; Leaving Care,May 2008,Self-reported,the week,\"First.\r\n\r\n- one\r\n- two\",16,Report,www.example.org,about five pounds,01582\r\n\
Second,Another.,luton,,2011,,,,,,,,\r\n";

const MAP: [&str; 6] = ["--kind", "case-study", "--map", "title=Name", "--body", "Story"];

fn import<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["import", "cases.csv"], MAP.as_slice(), more].concat()
}

#[test]
fn a_row_becomes_a_page_that_check_passes_and_readers_see() {
    let site = site().file("cases.csv", CASES);
    let ran = site.run(&import(&[])).clean();
    assert_eq!(
        text(&site, "content/case-studies/mentors-for-all.md"),
        "---\ntitle: Mentors for all\nsummary: One adult, who stays.\nthemes: [mentoring, leaving-care]\n\
         councils: [luton, bristol]\nstatus: draft\nages:\n  from: 16\nstarted: 2008-05\nevidence: self-reported\n\
         ideas: [/packs/week.md]\nsources:\n  - title: Report\n    url: https://www.example.org\n\
         # cost_band: about five pounds\n# Phone: 01582\n---\n\nFirst.\n\n- one\n- two\n"
    );
    assert_eq!(
        ran.stdout(),
        "Each row becomes a page of the kind case-study. Its columns become:\n  Name -> title\n  Summary -> summary\n  Council -> councils\n  \
         Themes -> themes\n  Started -> started\n  Evidence -> evidence\n  Ideas -> ideas\n  Story -> the text of the page\n  \
         Ages from -> ages.from\n  Sources title -> sources.title\n  Sources url -> sources.url\n  Cost -> cost_band\n  \
         Phone -> a note in the front matter\n\
         Wrote content/case-studies/mentors-for-all.md: Mentors for all\nWrote content/case-studies/second.md: Second\n\
         Wrote 2 pages.\nRead each page, write what is missing, and run `casebook check`. To publish one, delete its line \
         `status: draft`.\n"
    );
    let said = ran.stderr();
    for part in [
        "cases.csv:1:99: warning[CB1104 not-placed]: The column “Phone” is called like nothing in the kind case-study",
        "cases.csv:5:34: warning[CB1103 not-understood]: “about five pounds” is none of the choices for “Cost”",
        "= help: Choose one of: Not given, ",
        "Write what it says into the field that it belongs to, and delete the note.",
    ] {
        assert!(said.contains(part), "{said}");
    }
    site.run(&["check"]).clean();
    site.run(&["fmt", "--check"]).clean();
    let page = text(&site, "content/case-studies/mentors-for-all.md").replace("status: draft\n", "");
    let site = site.file("content/case-studies/mentors-for-all.md", page);
    site.run(&["build", "--no-downloads"]).clean();
    let built = site.built("case-studies/mentors-for-all/index.html");
    assert!(built.contains("<li>two</li>") && !built.contains("01582") && !built.contains("five pounds"));
    assert!(!site.has("case-studies/second/index.html"));
}

#[test]
fn what_is_only_tried_writes_nothing_and_shows_what_it_would_be() {
    let site = site().file("cases.csv", CASES.replace("One adult, who stays.", &"long ".repeat(50)));
    let before = pages(&site);
    let ran = site.run(&import(&["--dry-run"])).clean();
    assert_eq!(pages(&site), before);
    for part in [
        "Would write content/case-studies/second.md: Second",
        "The first would be:",
        "  started: 2008-05\n",
        "  - two\n",
    ] {
        assert!(ran.stdout().contains(part), "{}", ran.stdout());
    }
    // What check would say of the page is said of the page that is not there yet.
    let said = ran.stderr();
    assert!(said.contains("content/case-studies/mentors-for-all.md:3:10: warning[CB0307 too-long]"), "{said}");
}

#[test]
fn no_page_is_lost() {
    let site = site().file("cases.csv", CASES).page("content/case-studies/second.md", "Mine", "", "");
    let mine = text(&site, "content/case-studies/second.md");
    let before = pages(&site);
    let ran = site.run(&import(&[]));
    assert_eq!((ran.code(), pages(&site)), (1, before));
    assert!(ran.stderr().contains(
        "cases.csv:6:1: error[CB1102 page-exists]: The page content/case-studies/second.md is there already"
    ));
    assert!(ran.stderr().ends_with("Nothing was written.\n"));
    assert_eq!(text(&site, "content/case-studies/second.md"), mine);
    let ran = site.run(&import(&["--force"])).clean();
    assert!(ran.stdout().contains("Wrote anew content/case-studies/second.md: Second"), "{}", ran.stdout());
    assert!(text(&site, "content/case-studies/second.md").contains("title: Second"));
    // With the address of a page in a folder of its own, and with the path of a page that another folder gives.
    fs::rename(site.root().join("content/case-studies/second.md"), site.root().join("second.md")).unwrap();
    let beside = site.file("content/case-studies/second/index.md", &mine);
    let said = beside.run(&import(&[])).stderr();
    assert!(
        said.contains("The page content/case-studies/second/index.md is there already, and has the address of"),
        "{said}"
    );
    let said = beside.run(&import(&["--force"])).stdout();
    assert!(said.contains("Wrote anew content/case-studies/second/index.md: Second"), "{said}");
    assert!(!beside.root().join("content/case-studies/second.md").exists());
    fs::remove_dir_all(beside.root().join("content/case-studies/second")).unwrap();
    let settings = crate::site::SETTINGS.to_owned() + "content_overlays: [more]\n";
    let overlaid = beside.file("casebook.yaml", settings).file("more/case-studies/second.md", &mine);
    let said = overlaid.run(&import(&["--force"])).stderr();
    assert!(said.contains("is there already, in a folder laid over this library"), "{said}");
    fs::remove_file(overlaid.root().join("more/case-studies/second.md")).unwrap();
    let overlaid = overlaid.file("more/case-studies/second/index.md", &mine);
    let said = overlaid.run(&import(&["--force"])).stderr();
    assert!(said.contains("second/index.md is there already, and has the address of"), "{said}");
    assert!(said.contains("Change the page in the folder that it comes from"), "{said}");
}

#[test]
fn a_page_that_is_written_anew_keeps_what_editors_wrote_and_says_what_goes() {
    let mine = "---\ntitle: Second\nsummary: Mine.\ncouncils: [luton]\nembargo: 2027-10-18T00:01\naliases: [/old/]\n\
                status: current\nages:\n  from: 16\n  to: 25\nwhat_worked: |\n  ## No note\nodd: 1\n# a note\n---\n\nStory.\n\n```stat\nvalue: 7\n```\n";
    let site = site()
        .file("content/case-studies/second.md", mine)
        .file("cases.csv", "Title,Summary,Council,Ages from\nSecond,Another.,luton,17\n");
    let asked = ["import", "cases.csv", "--kind", "case-study", "--force"];
    let tried = site.run(&[asked.as_slice(), &["--dry-run"]].concat());
    assert_eq!(text(&site, "content/case-studies/second.md"), mine);
    let ran = site.run(&asked).clean();
    for said in [tried.stderr(), ran.stderr()] {
        for gone in ["`ages.to`", "`what_worked`", "`odd`", "the notes among", "the text below", "1 of 1 blocks `stat`"]
        {
            let line = format!("The page content/case-studies/second.md is written anew, and this goes: {gone}");
            assert!(said.contains(&line), "{gone}: {said}");
        }
        assert_eq!(said.matches("and this goes").count(), 6, "{said}");
    }
    assert_eq!(
        text(&site, "content/case-studies/second.md"),
        "---\ntitle: Second\nsummary: Another.\ncouncils: [luton]\nstatus: current\nembargo: 2027-10-18T00:01\n\
         aliases:\n  - /old/\nages:\n  from: 17\n---\n"
    );
    // Of a page that nobody can read nothing is kept, and that is said.
    let site = site.file("content/case-studies/second.md", "---\ntitle: [Second\n---\n\nStory.\n");
    let said = site.run(&asked).stderr();
    assert!(said.contains("and this goes: all fields, for none of them can be read"), "{said}");
}

#[test]
fn what_check_advises_on_a_page_is_said_when_it_is_imported() {
    let site = site().file("cases.csv", "Title,Summary,Council\nOne,Ask jane.smith@gmail.com.,luton\n");
    let asked = ["import", "cases.csv", "--kind", "case-study"];
    let tried = site.run(&[asked.as_slice(), &["--dry-run"]].concat()).stderr();
    let said = site.run(&asked).stderr();
    assert!(tried.contains("personal-data]") && said.contains("personal-data]"), "{tried}\n{said}");
}

#[test]
fn a_group_is_filled_from_several_columns_and_what_is_left_over_is_told() {
    for header in ["Contact,Contact role", "Contact role,Contact"] {
        let site = site();
        site.write(
            "cases.csv",
            format!("title,{header},Contact team\nMentors who stay,Officer,Other role,Blue team\n"),
        );
        let ran = site.run(&["import", "cases.csv", "--kind", "case-study"]);
        let page = text(&site, "content/case-studies/mentors-who-stay.md");
        assert!(page.contains("contact:\n  role: Officer\n  team: Blue team\n"), "{page}");
        assert!(page.contains("\n# Contact: Role: Other role\n"), "{page}");
        let told = "“Other role” is one too many: “Contact: Role” has a value already";
        assert!(ran.stderr().contains(told), "{}", ran.stderr());
    }
}

#[test]
fn a_cell_that_is_empty_or_not_worked_out_is_no_value() {
    let of = |summary: &str, council: &str| {
        let site = site().file("cases.csv", format!("Title,Summary,Council\nOne,{summary},\"{council}\"\n"));
        let ran = site.run(&["import", "cases.csv", "--kind", "case-study"]);
        let page = fs::read_to_string(site.root().join("content/case-studies/one.md")).unwrap_or_default();
        (page, ran.stderr())
    };
    for idle in ["none", "N/A", "-"] {
        let (page, said) = of(idle, "luton");
        assert!(!page.contains("summary"), "{page}");
        assert!(said.contains("“summary”"), "{said}");
    }
    for failed in ["#REF!", "#N/A", "#NAME?", "#VALUE!"] {
        let (page, said) = of(failed, "luton");
        assert!(page.is_empty() && said.contains("cases.csv:2:5: error[CB1101"), "{page}\n{said}");
    }
    let (page, said) = of("=1+1", "luton");
    assert!(page.contains("summary: \"=1+1\"") && said.contains("cases.csv:2:5: warning[CB1103"), "{page}\n{said}");
    assert!(!of("=== so ===", "luton").1.contains("CB1103"));
    for (place, id) in [("City of Bristol", "bristol"), ("Luton, City of; Bristol, City of", "luton, bristol")] {
        let (page, said) = of("S.", place);
        assert!(page.contains(&format!("councils: [{id}]")), "{page}\n{said}");
    }
}

#[test]
fn a_link_is_the_words_and_the_address_of_a_source_and_a_field_answers_to_its_name() {
    let wanted = "sources:\n  - title: A report\n    url: https://example.org/x\n";
    let source = "- [A report](https://example.org/x)";
    let site = site()
        .file("cases.csv", format!("Title,Summary,Council,Sources\nOne,S.,luton,{source}\n"))
        .file("issue.md", format!("### Title\n\nTwo\n\n### sources\n\n{source}\n\n### cost_band\n\nNot given\n"));
    site.run(&["import", "cases.csv", "--kind", "case-study"]);
    let page = text(&site, "content/case-studies/one.md");
    assert!(page.contains(wanted), "{page}");
    site.run(&["import", "issue.md", "--issue", "--kind", "case-study"]);
    let page = text(&site, "content/case-studies/two.md");
    assert!(page.contains(wanted) && page.contains("\ncost_band: not-given\n"), "{page}");
    // Columns for the parts of a source stand beside one for whole sources, and all of them count.
    let row = format!(
        "Title,Summary,Council,Sources,Sources title,Sources url\nThree,S.,luton,{source},More,https://example.org/y\n"
    );
    site.write("cases.csv", row);
    site.run(&["import", "cases.csv", "--kind", "case-study"]);
    let page = text(&site, "content/case-studies/three.md");
    assert!(page.contains(&format!("{wanted}  - title: More\n    url: https://example.org/y\n")), "{page}");
}

#[test]
fn all_is_written_or_nothing() {
    let site = site().file("cases.csv", CASES).file("content/case-studies/mentors-for-all.md", "mine");
    // The second page can't be written.
    fs::create_dir_all(site.root().join("content/case-studies/second.md")).unwrap();
    let ran = site.run(&import(&["--force"]));
    assert_eq!(ran.code(), 2);
    assert!(
        ran.stderr().contains("content/case-studies/second.md can't be written: it is a folder"),
        "{}",
        ran.stderr()
    );
    assert_eq!(text(&site, "content/case-studies/mentors-for-all.md"), "mine");
    fs::remove_dir(site.root().join("content/case-studies/second.md")).unwrap();
    site.write("content/case-studies/second.md", "mine too");
    let locked = site.root().join("content/case-studies/second.md");
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    let before = crate::site::files(site.root());
    let ran = site.run(&import(&["--force"]));
    assert!(ran.stderr().contains("second.md can't be written: it is read-only. Nothing was changed."));
    assert_eq!((ran.code(), crate::site::files(site.root())), (2, before));
    let site = self::site().file("cases.csv", CASES).file("content/case-studies", "a file");
    assert_eq!(site.run(&import(&[])).code(), 2);
    assert_eq!(text(&site, "content/case-studies"), "a file");
}

/// A table, and what is said of it: all of it an error, and nothing is written.
const WRONG: &[(&[u8], &str)] = &[
    (b"", ":1:1: error[CB1101 unusable-import]: This table is empty"),
    (b"Name\n", ":1:1: error[CB1101 unusable-import]: This table has no rows below the names"),
    (b"Name,Text\n\nA,\"b\n", ":3:3: error[CB1101 unusable-import]: This quotation mark is opened and never closed"),
    (
        b"Name,Text\nA,\"b\" c\n",
        ":2:7: error[CB1101 unusable-import]: Here a cell goes on behind its closing quotation mark",
    ),
    (
        b"Name,Summary\nA,One, two\n",
        ":2:8: error[CB1101 unusable-import]: This row has 3 cells, and 2 columns have a name",
    ),
    (b"Name,Summary\n,x\n", ":2:2: error[CB1101 unusable-import]: This page has no title"),
    (b"Name,Summary\n\xe2\x80\xa6,x\n", ":2:1: error[CB1101 unusable-import]: The title has no letter or figure"),
    (
        b"Name\nCON\n",
        ":2:1: error[CB1101 unusable-import]: The file would be called con.md, and that name is that of a device",
    ),
    (
        b"Name\nIndex\n",
        ":2:1: error[CB1101 unusable-import]: The file would be called index.md, which is the page of its folder",
    ),
    (b"Name\nA b\nA-B!\n", ":3:1: error[CB1102 page-exists]: “A-B!” would be the same file as “A b”"),
];

#[test]
fn what_is_no_table_is_told_of_at_its_place_and_nothing_is_written() {
    let site = site();
    let before = pages(&site);
    for (table, said) in WRONG {
        site.write("cases.csv", table);
        let ran = site.run(&["import", "cases.csv", "--kind", "guide", "--map", "title=Name"]);
        assert!(ran.stderr().contains(&format!("cases.csv{said}")), "{said}\n{}", ran.stderr());
        assert_eq!((ran.code(), pages(&site)), (1, before.clone()), "{said}");
    }
}

#[test]
fn nothing_is_imported_into_a_library_that_can_not_be_read_or_from_a_file_without_end() {
    let site = site().file("cases.csv", CASES);
    fs::File::create(site.root().join("huge.csv")).unwrap().set_len(257 << 20).unwrap();
    let ran = site.run(&["import", "huge.csv", "--kind", "guide"]);
    assert!(ran.code() == 2 && ran.stderr().contains("huge.csv has 257 MB, and 256 is the most"), "{}", ran.stderr());
    let site = site.file("content/_data/themes.yaml", "- id: mentoring\n  labl: Mentoring\n");
    let before = pages(&site);
    let ran = site.run(&import(&[]));
    assert!(ran.code() == 1 && ran.stderr().contains("content/_data/themes.yaml:1:3: error["), "{}", ran.stderr());
    assert_eq!(pages(&site), before);
}

#[test]
fn a_table_is_read_in_any_encoding_and_with_anything_between_its_cells() {
    let table = "title;summary\r\nTŷ “Gwyn”;£5 – a week\r\n";
    let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = table.replace('ŷ', "y");
    let windows = plain.chars().map(|c| match c {
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        c => u8::try_from(u32::from(c)).unwrap(),
    });
    let tabs = table.replace(';', "\t");
    for (bytes, encoding) in [
        (table.as_bytes().to_vec(), None),
        (["\u{feff}", table].concat().into_bytes(), None),
        ([b"\xff\xfe".to_vec(), utf16].concat(), Some("UTF-16")),
        (windows.collect(), Some("Windows-1252")),
        (tabs.into_bytes(), None),
    ] {
        let site = site().file("t.csv", bytes);
        let ran = site.run(&["import", "t.csv", "--kind", "guide"]).clean();
        let page = text(&site, "content/guides/ty-gwyn.md").replace('ŷ', "y");
        assert!(page.contains("title: Ty \"Gwyn\"\nsummary: £5 – a week\n"), "{page}");
        let read = ran.stdout().lines().next().unwrap().split("read as ").nth(1).map(str::to_owned);
        assert_eq!(read.and_then(|read| Some(read.split(':').next()?.to_owned())).as_deref(), encoding);
    }
}

#[test]
fn what_was_asked_for_and_is_not_there_is_said_with_the_nearest() {
    let site = site().file("cases.csv", "Name,Text\nA,B\n").file("x.txt", "x");
    let table = |more: &[&str]| {
        let ran = site.run(&[&["import", "cases.csv"], more].concat());
        assert_eq!(ran.code(), 2, "{}", ran.stderr());
        ran.stderr()
    };
    for (more, said) in [
        (&["--kind", "gide"][..], "there is no kind of page called “gide”. Did you mean guide?"),
        (&[], "say what each row is to become, with --kind."),
        (
            &["--kind", "guide", "--map", "titel=Name"],
            "the kind guide has no field called “titel”. Did you mean title?",
        ),
        (&["--kind", "guide", "--map", "title=Nam"], "the table has no column called “Nam”. Did you mean Name?"),
        (
            &["--kind", "guide", "--map", "title=Name", "--body", "Story"],
            "no column called “Story”. The columns are: Name, Text.",
        ),
        (&["--kind", "guide", "--map", "title"], "--map takes FIELD=COLUMN, and “title” has no `=`"),
    ] {
        assert!(table(more).contains(said), "{said}");
    }
    let ran = site.run(&["import", "cases.csv", "--kind", "guide"]);
    assert_eq!(ran.code(), 1);
    assert!(
        ran.stderr().contains("cases.csv:1:1: error[CB1101 unusable-import]: No column of this table is the title")
    );
    assert!(ran.stderr().contains("--map title=COLUMN. The columns are: Name, Text."));
    for (file, said) in
        [("none.csv", "none.csv can't be read"), ("x.txt", "is nothing that pages can be made of"), (".", "is no file")]
    {
        let ran = site.run(&["import", file, "--kind", "guide"]);
        assert_eq!(ran.code(), 2);
        assert!(ran.stderr().contains(said), "{}", ran.stderr());
    }
    let empty = tempfile::TempDir::new().unwrap();
    let ran = crate::site::program().args(["import", "x.csv"]).current_dir(empty.path()).output().unwrap();
    assert!(String::from_utf8(ran.stderr).unwrap().contains("there is no library in"));
}

#[test]
fn a_text_that_begins_like_front_matter_stays_a_text() {
    for body in ["---\nstatus: current\n---\nhi", "status: current\n---\nhi", "---\n\nhi"] {
        let site = site().file("cases.csv", format!("Title,Councils,Summary,Body\nOne,luton,\"{body}\",\"{body}\"\n"));
        site.run(&["import", "cases.csv", "--kind", "case-study"]).clean();
        let page = text(&site, "content/case-studies/one.md");
        assert!(page.contains("\nstatus: draft\n") && page.contains("----\n") && page.ends_with("hi\n"), "{page}");
        site.run(&["check"]).clean();
    }
}

#[test]
fn a_kind_of_ones_own_is_imported_as_well() {
    let kind = "name: visit\nfolder: visits\nlabel: Visit\nplural: Visits\ndescription: {en: x}\ntemplate: page.html\nfields:\n  \
                - {name: when, type: date, label: Day of the visit}\n  - {name: seen, type: number}\n  \
                - {name: tells, type: markdown}\n";
    let site = site()
        .file("casebook.yaml", crate::site::SETTINGS.to_owned() + "theme: own\n")
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .file("themes/own/kinds/visit.yaml", kind)
        .file("v.csv", "Title,Summary,Day of the visit,Seen,Tells\nA visit,S,3rd May 2027,\"1,250\",It rained.\n");
    site.run(&["import", "v.csv", "--kind", "visit"]).clean();
    assert_eq!(
        text(&site, "content/visits/a-visit.md"),
        "---\ntitle: A visit\nsummary: S\nstatus: draft\nwhen: 2027-05-03\nseen: 1250\ntells: |\n  It rained.\n---\n"
    );
}

#[test]
fn what_editors_decide_is_taken_from_a_table_only_where_they_say_so() {
    let rows =
        "Title,Summary,Council,Status,Embargo,Aliases\nOne,S.,luton,current,2020-01-01,/old/\nTwo,S.,luton,draft,,\n";
    let before = "---\ntitle: One\nsummary: S.\ncouncils: [luton]\nembargo: 2097-10-18T00:01\n---\n";
    let site = site().file("cases.csv", rows).file("content/case-studies/one.md", before);
    let asked = ["import", "cases.csv", "--kind", "case-study", "--force"];
    let ran = site.run(&asked);
    let page = text(&site, "content/case-studies/one.md");
    assert!(page.contains("\nembargo: 2097-10-18T00:01\n"), "{page}");
    for note in ["# Status: current\n", "# Embargo: 2020-01-01\n", "# Aliases: /old/\n"] {
        assert!(page.contains(note), "{page}");
    }
    for (column, name) in [(24, "Status"), (31, "Embargo"), (39, "Aliases")] {
        let field = name.to_lowercase();
        let said = format!(
            "cases.csv:1:{}: warning[CB1104 not-placed]: The column “{name}” was not taken: the library’s editors set the field {field}",
            column - 1
        );
        assert!(ran.stderr().contains(&said), "{}", ran.stderr());
        assert!(ran.stderr().contains(&format!("--map {field}=\"{name}\"")), "{}", ran.stderr());
    }
    let ran = site.run(&[asked.as_slice(), &["--map", "status=Status,embargo=Embargo"]].concat());
    let page = text(&site, "content/case-studies/one.md");
    assert!(page.contains("\nstatus: current\nembargo: 2020-01-01"), "{page}");
    let public = "This page is no draft: its status is “current”, and it is public with the next build";
    assert!(
        ran.stderr().contains(&format!("cases.csv:2:14: warning[CB1105 import-changed]: {public}")),
        "{}",
        ran.stderr()
    );
    assert_eq!(ran.stderr().matches("This page is no draft").count(), 1, "{}", ran.stderr());
    assert!(ran.stderr().contains("and this goes: `embargo: 2097-10-18T00:01`"), "{}", ran.stderr());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_where_a_folder_leads_out_of_the_library() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("index.md"), "theirs").unwrap();
    let site = site().file("cases.csv", "Title,Summary,Council\nLinky,S.,luton\n").page(
        "content/case-studies/a.md",
        "A",
        "",
        "",
    );
    std::os::unix::fs::symlink(elsewhere.path(), site.root().join("content/case-studies/linky")).unwrap();
    for more in [&["--force"] as &[&str], &["--force", "--dry-run"]] {
        let ran = site.run(&[&["import", "cases.csv", "--kind", "case-study"], more].concat());
        assert!(ran.stderr().contains("linky is a link that leads out of the library, to "), "{}", ran.stderr());
        assert_eq!((ran.code(), text(&site, "content/case-studies/linky/index.md")), (2, "theirs".to_owned()));
    }
    // A link to a folder of the library leads nowhere else.
    fs::remove_file(site.root().join("content/case-studies/linky")).unwrap();
    fs::create_dir(site.root().join("content/case-studies/real")).unwrap();
    std::os::unix::fs::symlink("real", site.root().join("content/case-studies/linky")).unwrap();
    fs::write(site.root().join("content/case-studies/real/index.md"), "---\ntitle: Mine\n---\n").unwrap();
    let ran = site.run(&["import", "cases.csv", "--kind", "case-study", "--force"]);
    assert!(ran.stdout().contains("Wrote anew content/case-studies/linky/index.md"), "{}", ran.stderr());
}

#[test]
fn what_is_said_of_a_table_can_be_followed() {
    let tried = |table: &str| {
        let ran = site().file("cases.csv", table).run(&["import", "cases.csv", "--kind", "case-study", "--dry-run"]);
        (ran.stdout(), ran.stderr())
    };
    // A failed cell is told once, and nothing stands as a note of what is not written.
    let (_, said) = tried("Title,Summary,Council\nOne,S.,#REF!\n");
    assert!(said.contains("This cell is #REF!") && !said.contains("note in the front matter"), "{said}");
    // The cell that has no column is the one to empty.
    let (_, said) = tried("Title,Summary\nOne,S.,,,x\n");
    assert!(said.contains("cases.csv:2:10: error[CB1101 unusable-import]: This row has 5 cells"), "{said}");
    // A name on two lines is one name, and what it says in brackets of its filling in is none of it.
    let (shown, said) = tried("Title,\"Extra\nhint\",Summary\u{a0}(max 200),Council (old)\nOne,a,S.,luton\n");
    assert!(shown.contains("  Extra hint -> a note in the front matter\n  Summary (max 200) -> summary\n"), "{shown}");
    assert!(shown.contains("  Council (old) -> a note"), "{shown}");
    assert!(said.contains("--map FIELD=\"Extra hint\""), "{said}");
    // Where names are looked for is said where they may be too far down.
    let far = format!("{}Title,Summary\nOne,S.\n", "x,y\n".repeat(25));
    assert!(tried(&far).1.contains("The names of columns are looked for in the upper 20 rows"));
    assert!(!tried("x,y\nOne,S.\n").1.contains("upper 20 rows"));
    let many: String = (0..30).map(|number| format!("Case {number},S.,luton\n")).collect();
    let (shown, _) = tried(&format!("Title,Summary,Council\n{many}"));
    assert_eq!(shown.matches("Would write content/").count(), 20, "{shown}");
    assert!(shown.contains("Would write 10 new pages more.\nWould write 30 pages.\n"), "{shown}");
}
