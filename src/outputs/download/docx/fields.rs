//! What stands behind the fields to fill in: the data that they show, and what they show where there is none (ISO/IEC
//! 29500-1, 15.2.5 and 17.12).

use super::{
    element::Element,
    package::{Part, relation, relationships, spaces},
    runs::unfilled,
};

/// The namespace of the data.
pub(super) const DATA: &str = "urn:casebook:placeholders";

/// What Word knows the data by: one number will do for all documents, as each has its own data.
pub(super) const DATA_ID: &str = "{6B0B3C1E-5A57-4C0B-9B0E-CA5EB00C0001}";

const STORE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";

/// The name of the block that a placeholder shows while it is empty, by its place in the document.
pub(super) fn block(place: usize) -> String {
    format!("Placeholder{}", place + 1)
}

/// The files for these placeholders, each by its name and with its label.
pub(super) fn parts(placeholders: &[(&str, &str)], styles: &[u8]) -> [Part; 6] {
    let empty = placeholders.iter().map(|(name, _)| Element::new("placeholder").set("name", *name));
    let data = Element::new("placeholders").set("xmlns", DATA).and(empty);
    let known = Element::new("ds:schemaRefs").with(Element::new("ds:schemaRef").set("ds:uri", DATA));
    let about = Element::new("ds:datastoreItem").set("ds:itemID", DATA_ID).set("xmlns:ds", STORE).with(known);
    let blocks = placeholders.iter().enumerate().map(|(place, (_, label))| shown(place, label));
    let glossary = spaces(Element::new("w:glossaryDocument")).with(Element::new("w:docParts").and(blocks));
    let part = |path: &str, bytes: Vec<u8>| (path.to_owned(), bytes);
    [
        part("customXml/item1.xml", data.document()),
        part("customXml/itemProps1.xml", about.document()),
        part("customXml/_rels/item1.xml.rels", relationships([relation("rId1", "customXmlProps", "itemProps1.xml")])),
        part("word/glossary/document.xml", glossary.document()),
        part("word/glossary/styles.xml", styles.to_vec()),
        part("word/glossary/_rels/document.xml.rels", relationships([relation("rId1", "styles", "styles.xml")])),
    ]
}

/// The block of a placeholder.
fn shown(place: usize, label: &str) -> Element {
    let name = Element::value("w:name", "General");
    let category = Element::new("w:category").with(name).with(Element::value("w:gallery", "placeholder"));
    let properties = Element::new("w:docPartPr")
        .with(Element::value("w:name", block(place)))
        .with(category)
        .with(Element::new("w:types").with(Element::value("w:type", "bbPlcHdr")))
        .with(Element::new("w:behaviors").with(Element::value("w:behavior", "content")))
        .with(Element::value("w:guid", format!("{{6B0B3C1E-5A57-4C0B-9B0F-{:012X}}}", place + 1)));
    let body = Element::new("w:docPartBody").with(Element::new("w:p").with(unfilled(label)));
    Element::new("w:docPart").with(properties).with(body)
}
