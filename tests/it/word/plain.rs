//! Word documents that are no form and no document of ours.

use super::{form, packed, page, paragraph, parts, plain_document};
use crate::site::Site;

/// Imports a document of these paragraphs as a skills offer.
fn imported(body: &str, more: &[&str]) -> (Site, crate::site::Ran) {
    let site = Site::fixture("skills");
    site.write("sent.docx", plain_document(&form(&site, "skills-offer"), body));
    let ran = site.run(&[&["import", "sent.docx", "--kind", "skills-offer"], more].concat());
    (site, ran)
}

/// The same where an offer has one contact and one age, which are groups of fields, and a picture.
fn with_groups(body: &str) -> (Site, crate::site::Ran) {
    let site = Site::fixture("skills");
    let kind = "themes/careers/kinds/skills-offer.yaml";
    let more = "  - {name: contact, type: group, label: {en: Contact}, fields: [{name: role, type: text, label: {en: Role}}, \
                {name: team, type: text, label: {en: Team}}, {name: url, type: url, label: {en: Web page}}]}\n  \
                - {name: ages, type: group, label: {en: Ages}, fields: [{name: from, type: number, label: {en: From}}, \
                {name: to, type: number, label: {en: To}}]}\n  \
                - {name: photo, type: image, label: {en: Photo}}\n";
    site.write(kind, page(&site, kind) + more);
    site.write("sent.docx", plain_document(&form(&site, "skills-offer"), &(paragraph("Tea room", "Title") + body)));
    let ran = site.run(&["import", "sent.docx", "--kind", "skills-offer"]);
    (site, ran)
}

#[test]
fn one_group_is_filled_from_all_its_lines_and_what_is_left_over_is_told() {
    let lines = |heading: &str, lines: &[&str]| {
        paragraph(heading, "Heading1") + &lines.iter().map(|line| paragraph(line, "Normal")).collect::<String>()
    };
    let cases: [(String, &str, &[&str]); 6] = [
        (lines("Ages", &["From: 16", "To: 25"]), "ages:\n  from: 16\n  to: 25\n", &[]),
        (lines("Ages", &["16", "25"]), "ages:\n  from: 16\n  to: 25\n", &[]),
        (lines("Ages", &["16", "25", "And babies"]), "ages:\n  from: 16\n  to: 25\n", &["And babies"]),
        (
            lines("Contact", &["The officer", "We like letters.", "www.example.org", "Team: Blue"]),
            "contact:\n  role: The officer\n  team: Blue\n  url: https://www.example.org\n",
            &["We like letters."],
        ),
        (
            ["Contact: Officer", "Contact: Team two"].map(|line| paragraph(line, "Normal")).concat(),
            "contact:\n  role: Officer\n",
            &["Team two"],
        ),
        (
            lines("Contact", &["Role: Officer", "Role: Clerk"]),
            "contact:\n  role: Officer\n",
            &["“Clerk” is one too many: “Contact: Role” has a value already"],
        ),
    ];
    for (body, expected, told) in cases {
        let (site, ran) = with_groups(&body);
        let text = page(&site, "content/skills-offers/tea-room.md");
        assert!(text.contains(expected), "{text}");
        for words in told {
            assert!(ran.stderr().contains(words), "{words}: {}", ran.stderr());
        }
        let notes = text.lines().filter(|line| line.starts_with("# ")).count();
        assert_eq!(notes, told.len(), "{text}");
    }
}

#[test]
fn the_title_is_found_where_people_put_it() {
    let title = |text: &str| paragraph(text, "Title");
    let heading = |text: &str| paragraph(text, "Heading1");
    let text = paragraph("We bake, and they learn.", "Normal");
    let noted = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Tea room</w:t></w:r>\
                 <w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p>";
    let on_a_cover = format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"Cover\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        title("Tea room")
    );
    let cases: [(String, &[&str], &str, &str); 8] = [
        (title("Tea room") + &text, &[], "Tea room", "We bake, and they learn.\n"),
        (title("Tea") + &title("room") + &text, &[], "Tea room", "We bake, and they learn.\n"),
        (on_a_cover + &text, &[], "Tea room", "We bake, and they learn.\n"),
        (noted.to_owned() + &text, &[], "Tea room", "[^1]\n\nWe bake, and they learn.\n\n[^1]: …\n"),
        (heading("Tea room") + &text + &heading("More"), &[], "Tea room", "We bake, and they learn.\n\n## More\n"),
        (text.clone(), &["--title", "Tea room"], "Tea room", "We bake, and they learn.\n"),
        (title("Draft 3") + &text, &["--title", "Tea room"], "Tea room", "We bake, and they learn.\n"),
        (heading("One") + &text, &["--title", "Tea room"], "Tea room", "## One\n\nWe bake, and they learn.\n"),
    ];
    for (body, more, expected, rest) in cases {
        let (site, ran) = imported(&body, more);
        assert!(ran.stdout().contains("Wrote content/skills-offers/tea-room.md"), "{}{}", ran.stdout(), ran.stderr());
        let text = page(&site, "content/skills-offers/tea-room.md");
        assert!(text.starts_with(&format!("---\ntitle: {expected}\n")), "{text}");
        assert_eq!(text.split_once("\n---\n\n").map(|(_, body)| body), Some(rest), "{body}");
        let names_both = ran.stdout().contains("The document has another, which is not in the page: Draft 3");
        assert_eq!(names_both, body.contains("Draft 3"), "{}", ran.stdout());
    }
}

#[test]
fn a_second_title_is_a_heading_and_told() {
    let body = [("Tea room", "Title"), ("We bake.", "Normal"), ("What they learn", "Title"), ("To bake.", "Normal")];
    let (site, ran) = imported(&body.map(|(text, style)| paragraph(text, style)).concat(), &[]);
    let text = page(&site, "content/skills-offers/tea-room.md");
    assert!(text.ends_with("---\n\nWe bake.\n\n## What they learn\n\nTo bake.\n"), "{text}");
    let told = "A page has one title, and this is a heading of it (under “What they learn”)";
    assert!(ran.stderr().contains(told), "{}", ran.stderr());
}

#[test]
fn a_document_without_a_title_makes_no_page() {
    let (site, ran) = imported(&paragraph("We bake, and they learn.", "Normal"), &[]);
    assert_eq!(ran.code(), 1);
    for part in ["sent.docx: error[CB1101 ", "The document does not say what the title of the page is", "--title"] {
        assert!(ran.stderr().contains(part), "{part}: {}", ran.stderr());
    }
    assert!(ran.stderr().contains("Nothing was written.") && !site.has("../content/skills-offers/sent.md"));
    site.write("cases.csv", "title\nBakery\n");
    let ran = site.run(&["import", "cases.csv", "--kind", "skills-offer", "--title", "Tea room"]);
    assert!(ran.code() == 2 && ran.stderr().contains("--title is for a Word document"), "{}", ran.stderr());
}

#[test]
fn what_is_told_comes_in_the_order_of_the_document() {
    let lost = "<w:p><w:hyperlink w:anchor=\"annex\"><w:r><w:t>the annex</w:t></w:r></w:hyperlink></w:p>";
    let hidden = |text: &str| {
        format!("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r><w:r><w:t>x</w:t></w:r></w:p>")
    };
    let body = [
        paragraph("Tea room", "Title"),
        lost.to_owned(),
        paragraph("Hours: a few", "Normal"),
        hidden("zebra"),
        paragraph("Owner: somebody@example.org", "Normal"),
        hidden("apple"),
    ];
    let (_, ran) = imported(&body.concat(), &[]);
    let order = [
        "led to “annex”, which is no heading, and is plain words now (under “Tea room”, at “the annex”)",
        "“a few” is not a number",
        "Hidden words were left out: “zebra” (under “Tea room”, at “zebra x”)",
        "“Owner: somebody@example.org” was not taken",
        "Hidden words were left out: “apple”",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| ran.stderr().find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {}", ran.stderr());
}

#[test]
fn a_box_that_nobody_filled_in_is_told_and_not_taken() {
    let words =
        |text: &str| format!("<w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let control = |inner: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"X\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )
    };
    let whole = control(&format!("<w:p>{}</w:p>", words("Tap here")));
    let within = format!("<w:p><w:r><w:t>By </w:t></w:r>{}</w:p>", control(&words("your name")));
    let (site, ran) = imported(&(paragraph("Tea room", "Title") + &whole + &within), &[]);
    let told = "2 boxes of the document that nobody filled in are not in the page: “Tap here”, “your name”";
    assert!(ran.stderr().contains(told), "{}", ran.stderr());
    assert!(page(&site, "content/skills-offers/tea-room.md").ends_with("---\n\nBy\n"));
}

#[test]
fn a_drawing_that_calls_itself_a_picture_is_not_taken_and_told() {
    let drawing =
        "<w:p><w:r><w:pict><v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\" r:id=\"pic\"/></w:pict></w:r></w:p>";
    for bytes in ["<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", "\n<!DOCTYPE html><p>x"] {
        let site = Site::fixture("skills");
        let document = plain_document(&form(&site, "skills-offer"), &(paragraph("Tea room", "Title") + drawing));
        site.write("sent.docx", pictured_with(&document, bytes.as_bytes()));
        let ran = site.run(&["import", "sent.docx", "--kind", "skills-offer"]);
        let told = "is a drawing or a page of the web (SVG, HTML), which can hold programs, and was not taken";
        assert!(ran.stderr().contains(told), "{}", ran.stderr());
        let text = page(&site, "content/skills-offers/tea-room.md");
        assert!(text.contains("A picture was here that could not be taken"), "{text}");
    }
}

/// A document with a picture in it.
fn pictured(document: &[u8]) -> Vec<u8> {
    pictured_with(document, b"\x89PNG\r\n\x1a\nrest")
}

/// A document with a picture of these bytes in it.
fn pictured_with(document: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut parts = parts(document);
    let relation = "<Relationship Id=\"pic\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
                    Target=\"media/door.png\"/></Relationships>";
    let relations = parts.iter_mut().find(|(path, _)| path == "word/_rels/document.xml.rels").unwrap();
    relations.1 = String::from_utf8(relations.1.clone()).unwrap().replace("</Relationships>", relation).into_bytes();
    parts.push(("word/media/door.png".to_owned(), bytes.to_vec()));
    packed(&parts)
}

#[test]
fn a_page_that_gets_pictures_gets_a_folder_and_its_links_can_be_mended() {
    let drawing =
        "<w:p><w:r><w:pict><v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\" r:id=\"pic\"/></w:pict></w:r></w:p>";
    let body = paragraph("Tea room", "Title") + drawing;
    let site = Site::fixture("skills")
        .file("content/skills-offers/tea-room.md", "---\ntitle: Tea room\naliases: [/old/]\n---\n\nOld.\n")
        .file("content/list.md", "---\ntitle: List\n---\n\nSee [tea](skills-offers/tea-room.md#old).\n");
    site.write("sent.docx", pictured(&plain_document(&form(&site, "skills-offer"), &body)));
    let import = ["import", "sent.docx", "--kind", "skills-offer"];
    let refused = site.run(&import);
    let told = "The page content/skills-offers/tea-room.md is there already, and has the address of";
    assert!(refused.stderr().contains(told) && refused.stderr().contains("write it anew with --force"));
    let old = site.root().join("content/skills-offers/tea-room.md");
    assert!(old.exists());
    let ran = site.run(&[&import[..], &["--force", "--dry-run"]].concat());
    assert!(ran.stdout().contains("tea-room.md goes") && old.exists(), "{}", ran.stdout());
    let ran = site.run(&[&import[..], &["--force"]].concat());
    assert!(ran.stdout().contains("Wrote anew content/skills-offers/tea-room/index.md and 1 file beside it: Tea room"));
    assert!(!old.exists() && site.root().join("content/skills-offers/tea-room/picture.png").exists());
    assert!(page(&site, "content/skills-offers/tea-room/index.md").contains("\naliases:"), "what editors wrote stays");
    site.run(&["check", "--fix"]);
    assert!(page(&site, "content/list.md").contains("(skills-offers/tea-room/index.md#old)"));
}

#[test]
fn another_picture_of_the_same_name_is_never_written_over_unasked() {
    let drawing =
        "<w:p><w:r><w:pict><v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\" r:id=\"pic\"/></w:pict></w:r></w:p>";
    let body = paragraph("Tea room", "Title") + drawing;
    let other = "content/skills-offers/tea-room/picture.png";
    let site = Site::fixture("skills").file(other, "another");
    let document = pictured(&plain_document(&form(&site, "skills-offer"), &body));
    site.write("sent.docx", &document);
    let import = ["import", "sent.docx", "--kind", "skills-offer"];
    let ran = site.run(&import);
    let told = format!("CB1102 page-exists]: The file {other} is there already, and is another one");
    assert!(ran.code() == 1 && ran.stderr().contains(&told), "{}", ran.stderr());
    assert_eq!(page(&site, other), "another");
    assert!(!site.root().join("content/skills-offers/tea-room/index.md").exists());
    let ran = site.run(&[&import[..], &["--force"]].concat());
    let told = format!("is written anew, and this goes: the file {other} as it is");
    assert!(ran.stderr().contains(&told), "{}", ran.stderr());
    // A page that comes back lies in a folder with other pages' pictures: they keep their names.
    let beside = "content/skills-offers/picture.png";
    let site = Site::fixture("skills")
        .file(beside, "another")
        .file("content/skills-offers/tea-room.md", "---\ntitle: Tea room\n---\n\nOld.\n");
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:identifier>https://example.org/skills-offers/tea-room/\
                </dc:identifier></cp:coreProperties>";
    let mut parts = parts(&document);
    parts.push(("docProps/core.xml".to_owned(), core.into()));
    site.write("back.docx", packed(&parts));
    let ran = site.run(&["import", "back.docx", "--kind", "skills-offer", "--force"]);
    assert_eq!(page(&site, beside), "another", "{}", ran.stderr());
    assert!(site.root().join("content/skills-offers/picture-2.png").exists(), "{}{}", ran.stdout(), ran.stderr());
    assert!(page(&site, "content/skills-offers/tea-room.md").contains("picture-2.png"));
}

#[test]
fn a_document_does_not_say_that_it_becomes_a_page_of_another_kind() {
    let site = Site::fixture("skills").file("content/about.md", "---\ntitle: About\n---\n\nOurs.\n");
    let form = form(&site, "skills-offer");
    let mut parts = parts(&plain_document(&form, &(paragraph("About", "Title") + &paragraph("Theirs.", "Normal"))));
    let properties = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
                      xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:identifier>https://example.org/about/</dc:identifier>\
                      </cp:coreProperties>";
    parts.push(("docProps/core.xml".to_owned(), properties.as_bytes().to_vec()));
    site.write("sent.docx", packed(&parts));
    let before = page(&site, "content/about.md");
    let ran = site.run(&["import", "sent.docx", "--kind", "skills-offer", "--force"]);
    let told = "content/about.md is another page, “About” of the kind page, and this is of the kind skills-offer";
    assert!(ran.code() == 1 && ran.stderr().contains(told), "{}{}", ran.stdout(), ran.stderr());
    assert_eq!(page(&site, "content/about.md"), before);
}
