//! The files of a document and how they belong together (ISO/IEC 29500-2).

use super::{
    body::Body,
    element::Element,
    fields,
    look::{Look, MARGIN},
    picture::Held,
    styles,
};
use crate::model::Paper;

pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A file of the package.
pub(super) type Part = (String, Vec<u8>);

/// The relation that leads to the file of a picture, by its place in the paper.
pub(super) fn of_media(file: usize) -> String {
    format!("rIdMedia{}", file + 1)
}

/// The relation that leads to an address, by its place in the document.
pub(super) fn of_link(place: usize) -> String {
    format!("rIdLink{}", place + 1)
}

/// Every file of the document, in the order in which they are packed.
pub(super) fn parts(paper: &Paper, held: &[Held]) -> Vec<Part> {
    let look = Look::new(paper);
    let mut body = Body::new(paper, &look, held);
    let blocks = body.whole();
    of_blocks(body, blocks, held, None)
}

/// Every file of a document of these blocks, which `body` made; `form` names the kind of page that it is a form for.
pub(super) fn of_blocks(mut body: Body<'_>, blocks: Vec<Element>, held: &[Held], form: Option<&str>) -> Vec<Part> {
    let (paper, look) = (body.paper, body.look);
    let language = paper.words.get("locale").unwrap_or(&paper.language);
    let document = spaces(Element::new("w:document")).with(Element::new("w:body").and(blocks).with(page()));
    let styles = styles::styles(look, language);
    let (has_notes, has_data) = (!body.notes.is_empty(), !body.placeholders.is_empty());

    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(has_notes, has_data, form.is_some())),
        ("_rels/.rels".to_owned(), package_relations(form.is_some())),
        ("docProps/app.xml".to_owned(), app()),
        ("docProps/core.xml".to_owned(), core(paper, language)),
        ("word/document.xml".to_owned(), document.document()),
        ("word/_rels/document.xml.rels".to_owned(), relations(&body, held, true, has_notes, has_data)),
        ("word/footer1.xml".to_owned(), footer(&body)),
        ("word/numbering.xml".to_owned(), body.numbering.document()),
        ("word/settings.xml".to_owned(), settings(language, has_notes)),
        ("word/styles.xml".to_owned(), styles.clone()),
    ];
    parts.extend(form.map(|kind| ("docProps/custom.xml".to_owned(), custom(kind))));
    if has_notes {
        parts.push(("word/footnotes.xml".to_owned(), footnotes(&mut body)));
        parts.push(("word/_rels/footnotes.xml.rels".to_owned(), relations(&body, held, false, false, false)));
    }
    if has_data {
        parts.extend(fields::parts(&body.placeholders, &styles));
    }
    parts.extend(
        held.iter().enumerate().map(|(place, held)| (format!("word/{}", media(place, held)), held.bytes.clone())),
    );
    parts
}

fn media(place: usize, held: &Held) -> String {
    format!("media/image{}.{}", place + 1, held.ending)
}

pub(super) fn spaces(root: Element) -> Element {
    root.set("xmlns:w", WORD)
        .set("xmlns:r", RELATIONS)
        .set("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing")
        .set("xmlns:w14", "http://schemas.microsoft.com/office/word/2010/wordml")
        .set("xmlns:w15", "http://schemas.microsoft.com/office/word/2012/wordml")
        .set("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006")
        .set("mc:Ignorable", "w14 w15")
}

/// A4, upright.
fn page() -> Element {
    let margins = [
        ("w:top", 1134),
        ("w:right", MARGIN),
        ("w:bottom", 1134),
        ("w:left", MARGIN),
        ("w:header", 567),
        ("w:footer", 567),
        ("w:gutter", 0),
    ];
    let margins = margins.into_iter().fold(Element::new("w:pgMar"), |e, (name, width)| e.set(name, width.to_string()));
    Element::new("w:sectPr")
        .with(Element::new("w:footerReference").set("w:type", "default").set("r:id", "rIdFooter"))
        .with(Element::new("w:pgSz").set("w:w", "11906").set("w:h", "16838"))
        .with(margins)
}

/// The title, and which page of how many this is.
fn footer(body: &Body<'_>) -> Vec<u8> {
    let field = |code: &str| {
        let shown = body.words("1");
        Element::new("w:fldSimple").set("w:instr", format!(" {code} ")).and(shown)
    };
    let mut runs = body.words(&body.paper.title);
    runs.push(Element::new("w:r").with(Element::new("w:tab")));
    let mut rest = body.paper.word("page_of");
    while let Some((before, from)) = rest.split_once('{') {
        let (name, after) = from.split_once('}').unwrap_or((from, ""));
        runs.extend(body.words(before));
        runs.push(field(if name == "pages" { "NUMPAGES" } else { "PAGE" }));
        rest = after;
    }
    runs.extend(body.words(rest));
    let style = Element::new("w:pPr").with(Element::value("w:pStyle", "Footer"));
    spaces(Element::new("w:ftr")).with(Element::new("w:p").with(style).and(runs)).document()
}

fn footnotes(body: &mut Body<'_>) -> Vec<u8> {
    let line = |kind: &'static str, id: &str, mark: &'static str| {
        let run = Element::new("w:r").with(Element::new(mark));
        Element::new("w:footnote").set("w:type", kind).set("w:id", id).with(Element::new("w:p").with(run))
    };
    let notes = std::mem::take(&mut body.notes).into_iter().enumerate();
    let notes =
        notes.map(|(place, (_, said))| Element::new("w:footnote").set("w:id", (place + 1).to_string()).and(said));
    spaces(Element::new("w:footnotes"))
        .with(line("separator", "-1", "w:separator"))
        .with(line("continuationSeparator", "0", "w:continuationSeparator"))
        .and(notes)
        .document()
}

fn settings(language: &str, has_notes: bool) -> Vec<u8> {
    let mark = |id: &str| Element::new("w:footnote").set("w:id", id);
    let mode = Element::new("w:compatSetting")
        .set("w:name", "compatibilityMode")
        .set("w:uri", "http://schemas.microsoft.com/office/word")
        .set("w:val", "15");
    Element::new("w:settings")
        .set("xmlns:w", WORD)
        .with(Element::value("w:defaultTabStop", "720"))
        .and(has_notes.then(|| Element::new("w:footnotePr").with(mark("-1")).with(mark("0"))))
        .with(Element::new("w:compat").with(mode))
        .with(Element::value("w:themeFontLang", language))
        .document()
}

fn relations(body: &Body<'_>, held: &[Held], is_main: bool, has_notes: bool, has_data: bool) -> Vec<u8> {
    let of_main = [
        ("rIdFooter", "footer", "footer1.xml", is_main),
        ("rIdNumbering", "numbering", "numbering.xml", is_main),
        ("rIdSettings", "settings", "settings.xml", is_main),
        ("rIdStyles", "styles", "styles.xml", is_main),
        ("rIdNotes", "footnotes", "footnotes.xml", has_notes),
        ("rIdData", "customXml", "../customXml/item1.xml", has_data),
        ("rIdGlossary", "glossaryDocument", "glossary/document.xml", has_data),
    ];
    let of_main = of_main.into_iter().filter(|(.., is_there)| *is_there);
    let of_main = of_main.map(|(id, kind, target, _)| relation(id, kind, target));
    let pictures =
        held.iter().enumerate().map(|(place, held)| relation(&of_media(place), "image", &media(place, held)));
    let links = body.links.iter().enumerate();
    let links =
        links.map(|(place, address)| relation(&of_link(place), "hyperlink", address).set("TargetMode", "External"));
    relationships(of_main.chain(pictures).chain(links))
}

pub(super) fn relation(id: &str, kind: &str, target: &str) -> Element {
    Element::new("Relationship").set("Id", id).set("Type", format!("{RELATIONS}/{kind}")).set("Target", target)
}

pub(super) fn relationships(relations: impl IntoIterator<Item = Element>) -> Vec<u8> {
    Element::new("Relationships").set("xmlns", format!("{PACKAGE}/relationships")).and(relations).document()
}

fn package_relations(is_form: bool) -> Vec<u8> {
    let core = Element::new("Relationship")
        .set("Id", "rIdCore")
        .set("Type", format!("{PACKAGE}/relationships/metadata/core-properties"))
        .set("Target", "docProps/core.xml");
    let document = relation("rIdDocument", "officeDocument", "word/document.xml");
    let custom = is_form.then(|| relation("rIdForm", "custom-properties", "docProps/custom.xml"));
    let app = relation("rIdApp", "extended-properties", "docProps/app.xml");
    relationships([document, core, app].into_iter().chain(custom))
}

fn content_types(has_notes: bool, has_data: bool, is_form: bool) -> Vec<u8> {
    let endings = [
        ("jpeg", "image/jpeg".to_owned()),
        ("png", "image/png".to_owned()),
        ("rels", "application/vnd.openxmlformats-package.relationships+xml".to_owned()),
        ("xml", "application/xml".to_owned()),
    ];
    let endings =
        endings.map(|(ending, content)| Element::new("Default").set("Extension", ending).set("ContentType", content));
    let word = |name: &str| format!("{OFFICE}.wordprocessingml.{name}+xml");
    let files = [
        ("/customXml/itemProps1.xml", format!("{OFFICE}.customXmlProperties+xml"), has_data),
        ("/docProps/app.xml", format!("{OFFICE}.extended-properties+xml"), true),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned(), true),
        ("/docProps/custom.xml", format!("{OFFICE}.custom-properties+xml"), is_form),
        ("/word/document.xml", word("document.main"), true),
        ("/word/footer1.xml", word("footer"), true),
        ("/word/footnotes.xml", word("footnotes"), has_notes),
        ("/word/glossary/document.xml", word("document.glossary"), has_data),
        ("/word/glossary/styles.xml", word("styles"), has_data),
        ("/word/numbering.xml", word("numbering"), true),
        ("/word/settings.xml", word("settings"), true),
        ("/word/styles.xml", word("styles"), true),
    ];
    let files = files.into_iter().filter(|(.., is_there)| *is_there);
    let files =
        files.map(|(path, content, _)| Element::new("Override").set("PartName", path).set("ContentType", content));
    Element::new("Types").set("xmlns", format!("{PACKAGE}/content-types")).and(endings).and(files).document()
}

fn app() -> Vec<u8> {
    Element::new("Properties")
        .set("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .with(Element::text("Application", "Casebook"))
        .document()
}

/// A property of our own, by which a form is known when it comes back (ISO/IEC 29500-1, 15.2.12.2).
fn custom(kind: &str) -> Vec<u8> {
    let property = Element::new("property")
        .set("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
        .set("pid", "2")
        .set("name", crate::import::docx::FORM)
        .with(Element::text("vt:lpwstr", kind));
    Element::new("Properties")
        .set("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties")
        .set("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes")
        .with(property)
        .document()
}

fn core(paper: &Paper, language: &str) -> Vec<u8> {
    let moment = |name: &'static str, day: &String| {
        Element::text(name, format!("{day}T00:00:00Z")).set("xsi:type", "dcterms:W3CDTF")
    };
    Element::new("cp:coreProperties")
        .set("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .set("xmlns:dcterms", "http://purl.org/dc/terms/")
        .set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(Element::text("dc:title", &paper.title))
        .with(Element::text("dc:subject", &paper.kind))
        .with(Element::text("dc:creator", &paper.site))
        .with(Element::text("dc:description", &paper.summary))
        .with(Element::text("dc:identifier", &paper.address))
        .with(Element::text("dc:language", language))
        .with(Element::text("cp:lastModifiedBy", &paper.site))
        .and(paper.dated.iter().flat_map(|day| [moment("dcterms:created", day), moment("dcterms:modified", day)]))
        .document()
}
