//! The sample as a document.

use super::{super::sample, *};
use ::zip::ZipArchive;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

const DRAWING: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 2'><path d='M0 0h4v2z'/></svg>";

fn made() -> Vec<u8> {
    let recipe = recipe(Arc::new(sample::paper()));
    recipe.make(&[Arc::from(sample::png()), Arc::from(DRAWING)]).unwrap()
}

/// The files of the document, without the spaces between elements.
fn parts() -> BTreeMap<String, String> {
    of(sample::paper())
}

fn of(paper: Paper) -> BTreeMap<String, String> {
    let made = recipe(Arc::new(paper)).make(&[Arc::from(sample::png()), Arc::from(DRAWING)]).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(made)).unwrap();
    let count = archive.len();
    let read = |place| {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (file.name().unwrap().into_owned(), text.lines().map(str::trim_start).collect())
    };
    (0..count).map(read).collect()
}

#[test]
fn every_part_is_sound_xml_and_is_named() {
    let parts = parts();
    for (path, text) in parts.iter().filter(|(path, _)| path.ends_with("xml") || path.ends_with("rels")) {
        let read = roxmltree::Document::parse(text);
        assert!(read.is_ok(), "{path}: {read:?}");
    }
    let types = &parts["[Content_Types].xml"];
    for path in parts.keys().filter(|path| path.starts_with("word/") && path.ends_with(".xml")) {
        assert!(types.contains(&format!("PartName=\"/{path}\"")), "{path}");
    }
    // Every relation that is named is there.
    for (path, relations) in
        [("word/document.xml", "word/_rels/document.xml.rels"), ("word/footnotes.xml", "word/_rels/footnotes.xml.rels")]
    {
        let named =
            parts[path].split("r:id=\"").chain(parts[path].split("r:embed=\"")).filter(|rest| rest.starts_with("rId"));
        for id in named.map(|rest| rest.split('"').next().unwrap()) {
            assert!(parts[relations].contains(&format!("Id=\"{id}\"")), "{path}: {id}");
        }
    }
    let pictures = ["word/media/image1.png", "word/media/image2.png"];
    assert!(pictures.iter().all(|path| parts.contains_key(*path)));
}

#[test]
fn a_document_says_what_it_is_and_in_which_language() {
    let parts = parts();
    assert!(parts["docProps/core.xml"].contains("<dc:title>Pack for the week of Tŷ Ŵyn &amp; friends</dc:title>"));
    assert!(parts["docProps/core.xml"].contains("<dc:language>en-GB</dc:language>"));
    assert!(parts["word/styles.xml"].contains("<w:lang w:val=\"en-GB\""));
    assert!(parts["word/footer1.xml"].contains("w:instr=\" NUMPAGES \""));
}

#[test]
fn headings_tables_and_pictures_are_what_they_are() {
    let document = &parts()["word/document.xml"];
    assert_eq!(document.matches("w:pStyle w:val=\"Heading1\"").count(), 3);
    assert_eq!(document.matches("w:pStyle w:val=\"Heading2\"").count(), 4);
    assert_eq!(document.matches("<w:tblHeader/>").count(), document.matches("<w:tbl>").count());
    assert_eq!(document.matches("descr=\"A door stands open.\"").count(), 6);
    assert!(document.contains("<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>"));
    let third = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/></w:lvlOverride>";
    assert!(parts()["word/numbering.xml"].contains(third));
}

#[test]
fn a_part_by_itself_goes_by_its_own_name_and_needs_no_frame() {
    let mut paper = sample::paper();
    paper.sections.retain(|section| section.name == "posts");
    paper.sections[0].blocks.truncate(1);
    paper.sections[0].heading.clear();
    let parts = of(paper);
    let title = "<w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t xml:space=\"preserve\">X</w:t>";
    assert!(parts["word/document.xml"].contains(title));
    assert!(!parts["word/document.xml"].contains("\"Copy\"") && !parts["word/document.xml"].contains("\"Heading1\""));
}

#[test]
fn a_placeholder_is_a_field_with_a_name_that_all_of_it_share() {
    let parts = parts();
    let control = "<w:sdtPr><w:alias w:val=\"Council name\"/><w:tag w:val=\"council\"/>";
    assert!(parts["word/document.xml"].contains(control));
    assert!(parts["word/document.xml"].contains("/p:placeholders[1]/p:placeholder[1]"));
    assert!(parts["customXml/item1.xml"].contains("<placeholder name=\"council\"/>"));
    let shown = "<w:docPart w:val=\"Placeholder1\"/>";
    assert!(parts["word/document.xml"].contains(shown));
    assert!(parts["word/glossary/document.xml"].contains("<w:name w:val=\"Placeholder1\"/>"));
}

#[test]
fn a_document_of_one_paper_is_the_same_on_every_thread() {
    let first = made();
    let others: Vec<_> = (0..4).map(|_| std::thread::spawn(made)).collect();
    assert!(others.into_iter().all(|other| other.join().unwrap() == first));
}

#[test]
fn a_picture_that_is_none_is_reported_at_its_file() {
    let recipe = recipe(Arc::new(sample::paper()));
    let fault = recipe.make(&[Arc::from(&b"no picture"[..]), Arc::from(DRAWING)]).unwrap_err();
    assert_eq!(fault.code, Code::UnusablePicture);
    assert_eq!(fault.place.map(|place| place.path).as_deref(), Some("content/door.png"));
}
