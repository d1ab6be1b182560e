//! Word: a form from a kind, and documents that come back as pages.

mod plain;

use crate::site::{Ran, Site, program};
use serde_yaml::{Mapping, Value};
use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read as _, Write as _},
    path::Path,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The parts of a document, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document with its main part changed.
fn changed(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    let main = parts.iter_mut().find(|(path, _)| path == "word/document.xml").unwrap();
    main.1 = change(String::from_utf8(main.1.clone()).unwrap()).into_bytes();
    packed(&parts)
}

/// Writes into the controls of a form: each by its tag and its place among those of that tag.
fn filled(form: &[u8], answers: &[(&str, usize, &str)]) -> Vec<u8> {
    changed(form, |mut text| {
        for (tag, place, answer) in answers {
            let mark = format!("<w:tag w:val=\"{tag}\"/>");
            let (at, _) = text.match_indices(&mark).nth(*place).unwrap_or_else(|| panic!("no control {tag}"));
            let end = at + text[at..].find("</w:sdt>").unwrap();
            let control = text[at..end].to_owned();
            let new = if *answer == "☒" {
                control.replacen("<w14:checked w14:val=\"0\"/>", "<w14:checked w14:val=\"1\"/>", 1).replace('☐', "☒")
            } else {
                let words = control.rfind("<w:r>").unwrap();
                let close = control.rfind("</w:r>").unwrap() + "</w:r>".len();
                let run = format!("<w:r><w:t xml:space=\"preserve\">{answer}</w:t></w:r>");
                format!("{}{run}{}", &control[..words], &control[close..]).replace("<w:showingPlcHdr/>", "")
            };
            text.replace_range(at..end, &new);
        }
        text
    })
}

fn form(site: &Site, kind: &str) -> Vec<u8> {
    site.run(&["template", kind]).clean();
    fs::read(site.root().join(format!("{kind}-form.docx"))).unwrap()
}

fn page(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_kind_that_nobody_has_heard_of_has_a_form_and_the_form_becomes_its_page() {
    let site = Site::fixture("skills");
    let form = form(&site, "skills-offer");
    let answers = [
        ("title", 0, "Baker’s shop"),
        ("summary", 0, "Two mornings a week."),
        ("ward=northside", 0, "☒"),
        ("offered_by", 0, "Member for Northside"),
        ("what", 0, "Bake bread"),
        ("hours", 0, "8"),
        ("from", 0, "1 June 2027"),
        ("sources/title", 0, "The member&apos;s letter"),
        ("sources/accessed", 0, "2 May 2027"),
        ("sources/title", 1, "A second letter"),
        ("body", 0, "A bus stops outside."),
    ];
    let has = |tag: &str| {
        String::from_utf8_lossy(&parts(&form).into_iter().find(|(path, _)| path == "word/document.xml").unwrap().1)
            .contains(&format!("w:val=\"{tag}\""))
    };
    let answers: Vec<_> = answers
        .into_iter()
        .map(|(tag, place, answer)| match tag {
            // One of a list is chosen from it.
            "ward=northside" if !has(tag) => ("ward", 0, "Northside"),
            _ => (tag, place, answer),
        })
        .chain([(
            if has("councils=exampleshire") { "councils=exampleshire" } else { "councils" },
            0,
            if has("councils=exampleshire") { "☒" } else { "Exampleshire" },
        )])
        .collect();
    site.write("back.docx", filled(&form, &answers));
    let ran = site.run(&["import", "back.docx", "--kind", "page"]);
    let told = "It is a form for pages of the kind skills-offer (Offer of work experience), and its answers are of no use to the kind page. Leave --kind out.";
    assert!(ran.code() == 2 && ran.stderr().contains(told), "{} {}{}", ran.code(), ran.stdout(), ran.stderr());
    let ran = site.run(&["import", "back.docx"]).clean();
    assert!(ran.stdout().contains("It is a form for the kind skills-offer"), "{}", ran.stdout());
    let text = page(&site, "content/skills-offers/bakers-shop.md");
    for part in [
        "title: Baker's shop\n",
        "ward: northside\n",
        "hours: 8\n",
        "from: 2027-06-01\n",
        "status: draft\n",
        "councils: [exampleshire]\n",
        "  - title: The member's letter\n    accessed: 2027-05-02\n  - title: A second letter\n",
        "\n---\n\nA bus stops outside.\n",
    ] {
        assert!(text.contains(part), "{part} is missing from {text}");
    }
    site.run(&["check"]).clean();
    site.run(&["build", "--drafts", "--no-downloads", "--now", "2027-05-01"]).clean();
    assert!(site.built("skills-offers/bakers-shop/index.html").contains("A bus stops outside."));
}

#[test]
fn a_form_says_what_it_is_for_and_in_which_language() {
    let site = Site::fixture("skills");
    let parts: BTreeMap<String, Vec<u8>> = parts(&form(&site, "skills-offer")).into_iter().collect();
    for (path, bytes) in parts.iter().filter(|(path, _)| path.ends_with("xml") || path.ends_with("rels")) {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(roxmltree::Document::parse(text).is_ok(), "{path}");
    }
    let text = |path: &str| String::from_utf8_lossy(&parts[path]).into_owned();
    assert!(text("docProps/custom.xml").contains(">skills-offer<"));
    assert!(text("docProps/core.xml").contains("<dc:language>en-GB</dc:language>"));
    let document = text("word/document.xml");
    let asked = ["<w:date>", "<w15:repeatingSectionItem/>", "w:val=\"Sources: Title\"", "w:val=\"Heading1\""];
    assert!(asked.iter().all(|part| document.contains(part)), "{document}");
    let ids: Vec<&str> = document.split("<w:id w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "each control has a number of its own");
}

/// A document of nobody's, with this main part.
fn plain_document(form: &[u8], body: &str) -> Vec<u8> {
    let form = changed(form, |text| {
        let (start, _) = text.split_once("<w:body>").unwrap();
        format!("{start}<w:body>{body}</w:body></w:document>")
    });
    let mut parts = parts(&form);
    parts.retain(|(path, _)| !path.starts_with("docProps/"));
    packed(&parts)
}

/// A paragraph, as a heading where there is a level.
fn paragraph(text: &str, style: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn what_the_librarys_editors_decide_is_neither_asked_for_nor_taken_from_a_document() {
    let site = Site::fixture("skills");
    let form = form(&site, "skills-offer");
    let document = |bytes: &[u8]| {
        let main = parts(bytes).into_iter().find(|(path, _)| path == "word/document.xml").unwrap().1;
        String::from_utf8(main).unwrap()
    };
    for tag in ["status", "embargo", "owner", "published", "verbatim", "kind"] {
        assert!(!document(&form).contains(&format!("<w:tag w:val=\"{tag}\"/>")), "{tag} is asked for");
    }
    // Whoever knows how can put the control in.
    let answers = [("title", 0, "Bakery"), ("summary", 0, "Bread."), ("what", 0, "Bake"), ("hours", 0, "current")];
    let forged =
        changed(&filled(&form, &answers), |text| text.replace("<w:tag w:val=\"hours\"/>", "<w:tag w:val=\"status\"/>"));
    site.write("forged.docx", forged);
    let body = [
        paragraph("Tea room", "Title"),
        paragraph("Owner: somebody@example.org", "Normal"),
        paragraph("Status", "Heading1"),
        paragraph("current", "Normal"),
    ];
    site.write("typed.docx", plain_document(&form, &body.concat()));
    for (file, path) in [("forged.docx", "bakery"), ("typed.docx", "tea-room")] {
        let ran = site.run(&["import", file, "--kind", "skills-offer"]);
        let text = page(&site, &format!("content/skills-offers/{path}.md"));
        assert!(text.contains("\nstatus: draft\n") && text.contains("\n# Status: current\n"), "{text}");
        assert!(ran.stderr().contains("“Status: current” was not taken from the document"), "{}", ran.stderr());
        assert!(!text.contains("\nowner:"), "{text}");
    }
}

/// A document without any of its controls; what was in them stays.
fn without_controls(bytes: &[u8]) -> Vec<u8> {
    changed(bytes, |text| {
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("<w:sdtPr>") {
            out += before;
            rest = after.split_once("</w:sdtPr>").unwrap().1;
        }
        let out = out + rest;
        ["<w:sdt>", "</w:sdt>", "<w:sdtContent>", "</w:sdtContent>"].iter().fold(out, |out, sign| out.replace(sign, ""))
    })
}

#[test]
fn a_form_that_lost_its_boxes_is_refused_with_what_to_do() {
    let site = Site::fixture("skills");
    let answers = [("title", 0, "Bakery"), ("summary", 0, "Bread."), ("what", 0, "Bake"), ("hours", 0, "8")];
    let bare = without_controls(&filled(&form(&site, "skills-offer"), &answers));
    let mut nameless = parts(&bare);
    nameless.retain(|(path, _)| !path.starts_with("docProps/"));
    for bytes in [bare, packed(&nameless)] {
        site.write("back.docx", bytes);
        let ran = site.run(&["import", "back.docx", "--kind", "skills-offer"]);
        assert!(ran.code() == 2 && ran.stderr().contains("It is a form that lost its boxes"), "{}", ran.stderr());
        assert!(ran.stderr().contains("casebook template skills-offer"), "{}", ran.stderr());
    }
}

#[test]
fn a_form_without_a_title_makes_no_page() {
    let site = Site::fixture("skills");
    site.write("half.docx", filled(&form(&site, "skills-offer"), &[("what", 0, "Bake")]));
    let ran = site.run(&["import", "half.docx"]);
    assert!(
        ran.code() == 1 && ran.stderr().contains("does not say what the title of the page is"),
        "{}{}",
        ran.stdout(),
        ran.stderr()
    );
    assert!(!site.has("../content/skills-offers/half.md"));
}

#[test]
fn a_document_of_ours_that_lost_its_marks_is_refused_and_the_page_stays() {
    let site = published();
    site.run(&["build", "--now", "2026-11-22"]).clean();
    let path = "content/case-studies/trafford-foster-carers-charter.md";
    let name = site.site().into_keys().find(|path| path.ends_with("trafford-foster-carers-charter.docx")).unwrap();
    let document = fs::read(site.root().join("public").join(name)).unwrap();
    let before = page(&site, path);
    let plain = changed(&without_controls(&document), |text| text.replace("<w:pStyle ", "<w:unknown "));
    for (bytes, going) in [(without_controls(&document), "the block “stat”"), (plain, "sources")] {
        site.write("back.docx", bytes);
        let ran = site.run(&["import", "back.docx", "--force"]);
        assert!(ran.code() == 2 && ran.stderr().contains(going), "{}{}", ran.stdout(), ran.stderr());
        assert_eq!(page(&site, path), before);
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_question() {
    let site = Site::fixture("skills");
    let answers = [("title", 0, "Bakery"), ("hours", 0, "a few"), ("sources/accessed", 0, "last spring")];
    site.write("back.docx", filled(&form(&site, "skills-offer"), &answers));
    let said = site.run(&["import", "back.docx"]).stderr().to_owned();
    for line in ["“a few” is not a number (at “", "“last spring” is a part of a year, and no date (at “Sources: "]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn words_beside_the_questions_of_a_form_are_told() {
    let site = Site::fixture("skills");
    let answers = [("title", 0, "Bakery"), ("what", 0, "Bake"), ("body", 0, "A bus stops outside.")];
    let greeted = changed(&filled(&form(&site, "skills-offer"), &answers), |text| {
        text.replacen("<w:body>", "<w:body><w:p><w:r><w:t>Dear colleague</w:t></w:r></w:p>", 1)
    });
    site.write("back.docx", greeted);
    let said = site.run(&["import", "back.docx"]).stderr().to_owned();
    assert_eq!(said.matches("stands outside the boxes of the form").count(), 1, "{said}");
    assert!(said.contains("“Dear colleague” stands outside"), "{said}");
}

#[test]
fn a_form_is_not_written_over_what_is_there_and_a_wrong_name_is_told() {
    let site = Site::fixture("skills").file("mine.docx", "mine");
    let cases: [(&[&str], &str); 4] = [
        (&["template", "skills-offer", "--output", "mine.docx"], "mine.docx is there already"),
        (&["template", "skils-offer"], "Did you mean skills-offer?"),
        (&["template", "skills-offer", "--output", "form.pdf"], "has to end in .docx"),
        (&["template", "skills-offer", "--output", "nowhere/form.docx"], "there is no such folder"),
    ];
    for (arguments, expected) in cases {
        let ran = site.run(arguments);
        assert!(ran.code() == 2 && ran.stderr().contains(expected), "{expected}: {}", ran.stderr());
    }
    assert_eq!(page(&site, "mine.docx"), "mine");
    site.run(&["template", "skills-offer", "--output", "mine.docx", "--force"]).clean();
    let empty = tempfile::TempDir::new().unwrap();
    let lost = Ran::of(program().args(["template", "skills-offer"]).current_dir(empty.path()).output().unwrap());
    assert!(lost.code() == 2 && lost.stderr().contains("there is no library"), "{}", lost.stderr());
}

#[test]
fn a_form_that_lost_the_tags_of_its_controls_is_read_by_their_names() {
    let site = Site::fixture("skills");
    let answers = [
        ("title", 0, "Bakery"),
        ("summary", 0, "Bread."),
        ("what", 0, "Bake"),
        ("hours", 0, "8"),
        ("sources/title", 1, "A letter"),
    ];
    let filled = changed(&filled(&form(&site, "skills-offer"), &answers), |text| {
        let mut rest = text.as_str();
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once("<w:tag ") {
            out += before;
            rest = after.split_once("/>").unwrap().1;
        }
        out + rest
    });
    site.write("back.docx", filled);
    site.run(&["import", "back.docx"]);
    let text = page(&site, "content/skills-offers/bakery.md");
    for part in ["what: Bake\n", "hours: 8\n", "sources:\n  - title: A letter\n"] {
        assert!(text.contains(part), "{part} is missing from {text}");
    }
}

#[test]
fn what_is_no_document_is_refused_and_nothing_is_written() {
    let site = Site::fixture("skills");
    let before = crate::site::files(&site.root().join("content"));
    for (name, bytes, expected) in [
        (
            "old.docx",
            &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
            "old.docx can't be imported. It is a document of Word as it was before 2007",
        ),
        ("page.docx", b"<html>", "page.docx can't be imported. It is a web page"),
        ("half.docx", b"PK\x03\x04", "half.docx can't be imported. It is damaged"),
    ] {
        site.write(name, bytes);
        let ran = site.run(&["import", name, "--kind", "skills-offer"]);
        assert!(ran.code() == 2 && ran.stderr().contains(expected), "{expected}: {}", ran.stderr());
    }
    let other = changed(&form(&site, "skills-offer"), |text| text);
    let mut parts = parts(&other);
    parts.retain(|(path, _)| !path.starts_with("docProps/"));
    site.write("nameless.docx", packed(&parts));
    let ran = site.run(&["import", "nameless.docx"]);
    assert!(
        ran.stderr().contains("does not say which kind of page it is to become. Say so with --kind. There are: "),
        "{}",
        ran.stderr()
    );
    assert_eq!(crate::site::files(&site.root().join("content")), before);
}

/// The content of this repository in a theme whose only downloads are Word documents.
fn published() -> Site {
    let site = Site::published_in("word").file("themes/word/theme.yaml", "name: word\nextends: civic\n");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/kinds")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let line = text.lines().find(|line| line.starts_with("downloads:") && line.contains("docx"));
        if let Some(line) = line {
            let name = path.file_name().unwrap().to_str().unwrap();
            site.write(&format!("themes/word/kinds/{name}"), text.replace(line, "downloads: [docx]"));
        }
    }
    site
}

/// What documents do not show, by page and field; what is left out of them comes back as it can.
const NOT_SHOWN: [(&str, &str); 2] = [
    // Whether a gap is asked for in a box of several lines matters on the web alone.
    ("content/packs/care-leavers-week-2027/index.md", "long"),
    // A picture with a caption is that, whatever block of data it was.
    ("content/guides/a-strong-board.md", "figure"),
];

/// A page as its values, with links from the root and blocks of data as they are understood.
fn normal(path: &str, text: &str) -> Value {
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---").unwrap();
    let mut values: Mapping = serde_yaml::from_str(front).unwrap();
    values.insert("(body)".into(), body.trim_matches(['-', '\n']).into());
    plain(path, Value::Mapping(values))
}

fn plain(path: &str, value: Value) -> Value {
    let kept = |key: &Value| !NOT_SHOWN.iter().any(|(page, name)| *page == path && key == name);
    match value {
        Value::Mapping(values) => {
            let sorted: BTreeMap<String, Value> = values
                .into_iter()
                .filter(|(key, _)| kept(key))
                .map(|(key, value)| (key.as_str().unwrap().to_owned(), plain(path, value)))
                .collect();
            Value::Mapping(sorted.into_iter().map(|(key, value)| (key.into(), value)).collect())
        }
        Value::Sequence(values) => values.into_iter().map(|value| plain(path, value)).collect(),
        Value::String(text) => written(path, text.trim()).into(),
        value => value,
    }
}

fn written(path: &str, text: &str) -> String {
    let folder = path.strip_prefix("content").unwrap().rsplit_once('/').unwrap().0;
    let mut out = String::new();
    let mut data: Option<String> = None;
    for line in text.lines() {
        match &mut data {
            Some(yaml) if line == "```" => {
                out += &serde_yaml::to_string(&plain(path, serde_yaml::from_str(yaml).unwrap())).unwrap();
                data = None;
            }
            Some(yaml) => *yaml += &format!("{line}\n"),
            None if line.starts_with("```") => {
                out += &format!("{line}\n");
                data = Some(String::new());
            }
            None => out += &format!("{}\n", links(folder, line)),
        }
    }
    // Where a note is said makes no difference.
    let (notes, text): (Vec<&str>, Vec<&str>) = out.split("\n\n").partition(|block| block.starts_with("[^"));
    let trimmed = |blocks: Vec<&str>| blocks.into_iter().map(|block| block.trim_end().to_owned()).collect::<Vec<_>>();
    let out = [trimmed(text), trimmed(notes)].concat().join("\n\n");
    let names: Vec<String> =
        out.match_indices("[^").map(|(at, _)| out[at..].split_inclusive(']').next().unwrap().to_owned()).collect();
    names.iter().fold(out, |out, name| {
        let place = names.iter().position(|known| known == name).unwrap();
        out.replace(name.as_str(), &format!("[^note {place}]"))
    })
}

fn links(folder: &str, line: &str) -> String {
    let mut parts = line.split("](");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (target, rest) = part.split_once(')').unwrap();
        let is_ours = !target.contains("://") && !target.starts_with(['/', '#']);
        let whole = if is_ours { format!("{folder}/{target}") } else { target.to_owned() };
        let mut steps: Vec<&str> = Vec::new();
        for step in whole.split('/') {
            if step == ".." {
                steps.pop();
            } else {
                steps.push(step);
            }
        }
        out += &format!("]({}){rest}", if is_ours { steps.join("/") } else { whole.clone() });
    }
    out
}

#[test]
fn a_document_of_ours_comes_back_as_the_page_that_it_was_made_from() {
    let site = published();
    site.run(&["build", "--now", "2026-11-22"]).clean();
    let documents: Vec<String> = site.site().into_keys().filter(|path| path.ends_with(".docx")).collect();
    assert!(documents.len() > 20, "{documents:?}");
    for document in documents {
        let path = Path::new(&document).parent().unwrap().to_str().unwrap();
        let path = [format!("content/{path}.md"), format!("content/{path}/index.md")]
            .into_iter()
            .find(|path| site.root().join(path).exists())
            .unwrap();
        let before = page(&site, &path);
        let ran = site.run(&["import", &format!("public/{document}"), "--force"]);
        assert!(ran.stdout().contains(&format!("Wrote anew {path}")), "{document}: {}{}", ran.stdout(), ran.stderr());
        assert!(!ran.stderr().contains("was not taken from the document"), "{document}: {}", ran.stderr());
        let (expected, found) = (normal(&path, &before), normal(&path, &page(&site, &path)));
        let is_left_out = path == "content/guides/a-strong-board.md";
        for (key, value) in expected.as_mapping().unwrap() {
            if is_left_out && key == "(body)" {
                let found = found["(body)"].as_str().unwrap();
                assert!(found.contains("![Four boxes") && found.contains("How news came to"), "{found}");
                continue;
            }
            assert_eq!(found.get(key), Some(value), "{path}: {key:?}");
        }
        assert_eq!(found.as_mapping().unwrap().len(), expected.as_mapping().unwrap().len(), "{path}");
    }
}
