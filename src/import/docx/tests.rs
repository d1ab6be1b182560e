//! Small documents, written by hand.

use super::*;
use std::io::{Cursor, Write as _};
use zip::{ZipWriter, write::SimpleFileOptions};

const SPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
    xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'";

const STYLES: &str = "<w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>\
    <w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Ours'><w:name w:val='House heading'/><w:basedOn w:val='H2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Outlined'><w:name w:val='Outlined'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Zitat'><w:name w:val='Quote'/></w:style>\
    <w:style w:type='paragraph' w:styleId='TOC1'><w:name w:val='toc 1'/></w:style>\
    <w:style w:type='character' w:styleId='Fett'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId='0'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/><w:pPr><w:ind w:left='720'/></w:pPr></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/><w:pPr><w:ind w:left='1440'/></w:pPr></w:lvl>\
    </w:abstractNum><w:abstractNum w:abstractNumId='1'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/><w:pPr><w:ind w:left='720'/></w:pPr></w:lvl>\
    </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='4'/></w:lvlOverride></w:num>";

const FOOTNOTES: &str = "<w:footnote w:id='-1' w:type='separator'><w:p/></w:footnote>\
    <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Said in 2012.</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='4'><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>in a note</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='3'><w:p><w:hyperlink r:id='l'><w:r><w:t>There</w:t></w:r></w:hyperlink></w:p></w:footnote>";

const COMMENTS: &str =
    "<w:comment w:id='0' w:author='A. Reader'><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment>";

const DIAGRAM: &str = "<dgm:dataModel xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Ask</a:t></a:r></a:p></dgm:t></dgm:pt>\
    <dgm:pt><dgm:t><a:p><a:r><a:t>Listen</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>";

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

/// The document of this body, with all that it may refer to.
fn document(body: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let part =
        |id: &str, of: &str, target: &str| format!("<Relationship Id='{id}' Type='{kind}/{of}' Target='{target}'/>");
    let outside = |id: &str, of: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{kind}/{of}' Target='{target}' TargetMode='External'/>")
    };
    let relations = |all: &[String]| {
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns='{space}'>{}</Relationships>", all.concat())
    };
    let of_document = relations(&[
        part("s", "styles", "styles.xml"),
        part("n", "numbering", "numbering.xml"),
        part("f", "footnotes", "footnotes.xml"),
        part("c", "comments", "comments.xml"),
        part("p", "image", "media/image1.png"),
        part("e", "image", "media/image2.emf"),
        part("d", "diagramData", "diagrams/data1.xml"),
        outside("l", "hyperlink", "https://example.org/a%20b"),
        outside("x", "image", "https://example.org/far.png"),
    ]);
    let of_notes = relations(&[outside("l", "hyperlink", "https://example.org/note")]);
    let of = |name: &str, inner: &str| format!("<w:{name} {SPACES}>{inner}</w:{name}>");
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations(&[part("d", "officeDocument", "word/document.xml")]).as_bytes()),
        ("word/_rels/document.xml.rels", of_document.as_bytes()),
        ("word/document.xml", of("document", &format!("<w:body>{body}</w:body>")).as_bytes()),
        ("word/styles.xml", of("styles", STYLES).as_bytes()),
        ("word/numbering.xml", of("numbering", NUMBERING).as_bytes()),
        ("word/footnotes.xml", of("footnotes", FOOTNOTES).as_bytes()),
        ("word/_rels/footnotes.xml.rels", of_notes.as_bytes()),
        ("word/comments.xml", of("comments", COMMENTS).as_bytes()),
        ("word/media/image1.png", PNG),
        ("word/media/image2.emf", b"\x01\0\0\0"),
        ("word/diagrams/data1.xml", DIAGRAM.as_bytes()),
    ])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn paragraph(style: &str, inner: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val='{style}'/></w:pPr>") };
    format!("<w:p>{style}{inner}</w:p>")
}

fn item(list: u32, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>{}</w:p>",
        run(text)
    )
}

fn run(text: &str) -> String {
    set("", text)
}

fn set(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn plain(text: &str) -> String {
    paragraph("", &run(text))
}

fn cell(inner: &str) -> String {
    format!("<w:tc>{inner}</w:tc>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// The Markdown of a body, and what there was to say; the comment that every document here has left out.
fn told(body: &str) -> (String, Vec<String>) {
    let manuscript = read(&document(body)).unwrap();
    let mut links = BTreeMap::new();
    anchors(&manuscript.blocks, &mut links);
    let link = |address: &str| match address.strip_prefix('#') {
        Some(bookmark) => links.get(bookmark).cloned(),
        None => Some(address.to_owned()),
    };
    let pictures: Vec<String> = manuscript.pictures.iter().map(|picture| format!("p.{}", picture.ending)).collect();
    let around = Around { manuscript: &manuscript, pictures: &pictures, link: &link, block: &|_, _| None };
    let text = markdown(&manuscript.blocks, 2, &around);
    let remarks = manuscript.remarks.iter().filter(|remark| !remark.text.starts_with("A comment by A. Reader"));
    (text, remarks.map(|remark| format!("{}|{}|{}", remark.place.heading, remark.place.words, remark.text)).collect())
}

#[test]
fn what_markdown_has_comes_as_it_is() {
    let note = "<w:r><w:footnoteReference w:id='2'/></w:r>";
    // A note has relations of its own: the same name leads elsewhere in it.
    let linking = "<w:r><w:footnoteReference w:id='3'/></w:r>";
    let picture = "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' descr='A door'/><a:blip r:embed='p'/></wp:inline></w:drawing></w:r>";
    let simple =
        "<w:fldSimple w:instr=' HYPERLINK \"https://example.org/f\" '><w:r><w:t>field</w:t></w:r></w:fldSimple>";
    let complex = "<w:r><w:t xml:space='preserve'>a </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>\
        <w:r><w:instrText> HYPERLINK \\l \"there\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>\
        <w:r><w:t>b</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t xml:space='preserve'> c</w:t></w:r>";
    let there = paragraph("berschrift1", &format!("<w:bookmarkStart w:id='1' w:name='there'/>{}", run("Over there")));
    let cases = [
        (paragraph("berschrift1", &run("One")) + &paragraph("H2", &set("<w:b/>", "Two")), "## One\n\n### Two\n"),
        (paragraph("Ours", &run("A")) + &paragraph("Outlined", &run("B")), "## A\n\n## B\n"),
        (paragraph("", &(set("<w:b/>", "a ") + &set("<w:i/>", "b") + &set("<w:strike/>", " c"))), "**a** *b* ~~c~~\n"),
        (paragraph("", &(set("<w:b/>", "a") + &set("<w:b/><w:i/>", "b"))), "**a*b***\n"),
        (paragraph("", &(set("<w:rStyle w:val='Fett'/>", "At:") + &run("once"))), "**At**:once\n"),
        (paragraph("", &set("<w:rFonts w:ascii='Consolas'/>", "a*b")), "`a*b`\n"),
        (
            paragraph("", &format!("{}<w:hyperlink r:id='l'>{}</w:hyperlink>.", run("See "), run("this"))),
            "See [this](https://example.org/a%20b)\n",
        ),
        (paragraph("", simple), "[field](https://example.org/f)\n"),
        (paragraph("", complex) + &there, "a [b](#over-there) c\n\n## Over there\n"),
        (paragraph("", &(run("Word") + note)), "Word[^1]\n\n[^1]: Said in 2012.\n"),
        (paragraph("", &(run("Word") + linking)), "Word[^1]\n\n[^1]: [There](https://example.org/note)\n"),
        (item(1, 0, "a") + &item(1, 1, "b") + &item(1, 0, "c"), "- a\n  - b\n- c\n"),
        (item(2, 0, "a") + &item(2, 0, "b") + &plain("-") + &item(2, 0, "c"), "1. a\n2. b\n\n\\-\n\n3. c\n"),
        (item(2, 0, "a") + &item(3, 0, "d"), "1. a\n\n4) d\n"),
        (
            item(1, 0, "a")
                + "<w:p><w:pPr><w:ind w:left='720'/></w:pPr><w:r><w:t>more</w:t></w:r></w:p>"
                + &item(1, 0, "b"),
            "- a\n\n  more\n\n- b\n",
        ),
        (plain("•\ta") + &plain("• b"), "- a\n- b\n"),
        (plain("1.\ta") + &plain("2.\tb"), "1. a\n2. b\n"),
        (paragraph("Zitat", &run("a")) + &paragraph("Zitat", &run("b")), "> a\n>\n> b\n"),
        (
            format!(
                "<w:tbl>{}{}</w:tbl>",
                row(&[cell(&plain("A")), cell(&plain("B"))]),
                row(&[cell(&plain("1|2")), cell(&(plain("x") + &plain("y")))])
            ),
            "| A | B |\n| --- | --- |\n| 1\\|2 | x<br>y |\n",
        ),
        (format!("<w:tbl>{}</w:tbl>", row(&[cell(&(plain("In a box.") + &plain("Two.")))])), "In a box.\n\nTwo.\n"),
        (paragraph("", picture), "![A door](p.png)\n"),
        (
            paragraph("", &picture.replace("A door", "A door&#10;AI-generated content may be incorrect.")),
            "![A door](p.png)\n",
        ),
        (
            paragraph("", &picture.replace("A door", "A door Description automatically generated with low confidence")),
            "![A door](p.png)\n",
        ),
        (paragraph("", &picture.replace("A door", "C:\\Users\\j.bloggs\\Pictures\\A door.jpg")), "![](p.png)\n"),
        (paragraph("", &picture.replace("A door", "IMG_0412.JPG")), "![](p.png)\n"),
        (paragraph("", "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>"), "a\\\nb\n"),
        (plain("“It’s” a\u{ad}b\u{a0}c\u{200b}"), "\"It's\" ab c\n"),
        (paragraph("", &(run("m") + &set("<w:vertAlign w:val='superscript'/>", "2"))), "m²\n"),
        (paragraph("", &(run("10") + &set("<w:vertAlign w:val='superscript'/>", "-6"))), "10⁻⁶\n"),
        (paragraph("", &(run("H") + &set("<w:vertAlign w:val='subscript'/>", "2") + &run("O"))), "H₂O\n"),
        (paragraph("", &(run("the 4") + &set("<w:vertAlign w:val='superscript'/>", "th"))), "the 4th\n"),
        // These are letters of Persian, and nothing in English.
        (plain("می\u{200c}شود"), "می\u{200c}شود\n"),
        (plain("a\u{200c}b\u{200d}c"), "abc\n"),
        (
            paragraph("", "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='F0B3'/></w:r>"),
            "✓≥\n",
        ),
        (paragraph("", &format!("<w:pPr><w:framePr w:dropCap='drop'/></w:pPr>{}", run("D"))) + &plain("rop"), "Drop\n"),
        (
            format!("<w:bookmarkStart w:id='1' w:name='over'/>{}", paragraph("berschrift1", &run("Up")))
                + &paragraph("", &format!("<w:hyperlink w:anchor='over'>{}</w:hyperlink>", run("there"))),
            "## Up\n\n[there](#up)\n",
        ),
        (plain("- a") + &plain("- b"), "- a\n- b\n"),
        (plain("1. one") + &plain("2. two"), "1. one\n2. two\n"),
        (plain("a) one") + &plain("b) two"), "1. one\n2. two\n"),
        (plain("– x") + &plain("– y"), "- x\n- y\n"),
        (plain("- alone") + &plain("text"), "\\- alone\n\ntext\n"),
        (plain("2012. That was it.") + &plain("2013. This, too."), "2012\\. That was it.\n\n2013\\. This, too.\n"),
        (
            plain("# a") + &plain("1. b") + &plain("*c* _d_ e_f [g](h) &lt;i> &amp;amp; `j`"),
            "\\# a\n\n1\\. b\n\n\\*c\\* \\_d\\_ e_f \\[g](h) \\<i> \\&amp; \\`j\\`\n",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(told(&body), (expected.to_owned(), Vec::new()), "{body}");
    }
}

#[test]
fn what_a_page_can_not_hold_is_told_with_its_place() {
    let heading = paragraph("berschrift1", &run("Here"));
    let deleted = "<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>";
    let box_of = "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
        <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell(&plain("a")), cell(&plain("b"))]));
    let outer = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&[cell(&plain("A")), cell(&plain("B"))]),
        row(&[cell(&inner), cell(&plain("c"))])
    );
    let drawing = |inner: &str| {
        format!("<w:r><w:drawing><wp:inline><wp:docPr descr='A map'/>{inner}</wp:inline></w:drawing></w:r>")
    };
    let cases = [
        (
            paragraph(
                "",
                &(run("a") + "<w:ins>" + &run(" b") + "</w:ins><w:del><w:r><w:delText> c</w:delText></w:r></w:del>"),
            ),
            "a b\n",
            "||Tracked changes were taken as accepted (2 of them)",
        ),
        (
            paragraph("", &(format!("<w:pPr>{deleted}</w:pPr>") + &run("One ")))
                + &paragraph("berschrift1", &(run("and") + "<w:del><w:r><w:delText>!</w:delText></w:r></w:del>")),
            "## One and\n",
            "||Tracked changes were taken as accepted (2 of them)",
        ),
        (
            format!("<w:p><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr>{deleted}</w:pPr>{}</w:p>", run("a"))
                + &item(2, 0, "b")
                + &item(2, 0, "c"),
            "1. ab\n2. c\n",
            "||One tracked change was taken as accepted",
        ),
        (
            format!("<w:p><w:pPr>{deleted}</w:pPr>{}</w:p><w:tbl>{}</w:tbl>", run("a"), row(&[cell(&plain("b"))])),
            "a\n\nb\n",
            "||One tracked change",
        ),
        (paragraph("", &(run("Text ") + box_of)), "Text\n\nBoxed\n", "Here|Text Boxed Boxed|What is in a box of text"),
        (
            format!("<w:tbl>{}</w:tbl>", row(&[cell(&inner), cell(&inner.replace(">b<", ">c<"))])),
            "| a | b |\n| --- | --- |\n\n| a | c |\n| --- | --- |\n",
            "A table within a table",
        ),
        (outer, "| A | B |\n| --- | --- |\n|  | c |\n\n| a | b |\n| --- | --- |\n", "A table within a table"),
        (
            paragraph("", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"),
            "x=1\n",
            "Here|x=1|A formula is in the page as plain characters",
        ),
        (
            paragraph("", &drawing("<dgm:relIds r:dm='d'/>")),
            "- Ask\n- Listen\n",
            "A diagram (SmartArt) is in the page as a list of its words",
        ),
        (
            paragraph("", &drawing("<a:blip r:embed='e'/>")),
            "<!-- A picture was here that could not be taken: \"A map\" -->\n",
            "of the format EMF",
        ),
        (
            paragraph("", &drawing("<a:blip r:link='x'/>")),
            "<!-- A picture was here that lies elsewhere: \"A map\" -->\n",
            "lies outside the document, at https://example.org/far.png",
        ),
        (
            paragraph("", &drawing("<a:blip r:link='x'/>").replace("A map", "A--&gt;&lt;script&gt;")),
            "<!-- A picture was here that lies elsewhere: “A- -<script” -->\n",
            "lies outside the document, at https://example.org/far.png",
        ),
        (
            paragraph("", &(run("a") + &set("<w:vanish/>", "secret"))),
            "a\n",
            "Here|a secret|Hidden words were left out: “secret”",
        ),
        (paragraph("TOC1", &run("One … 1")) + &plain("a"), "a\n", "||The table of contents was left out"),
        (
            plain("Contents") + &paragraph("TOC1", &run("One")) + &plain("a"),
            "a\n",
            "||The table of contents was left out",
        ),
        (
            paragraph("", "<w:r><w:sym w:font='Wingdings' w:char='F0FF'/></w:r>") + &plain("a"),
            "a\n",
            "A sign of the font Wingdings",
        ),
    ];
    for (body, expected, remark) in cases {
        let (text, remarks) = told(&(heading.clone() + &body));
        assert_eq!(
            text.strip_prefix("## Here\n\n"),
            Some(expected.replace('"', "“").replace("“A map“", "“A map”").as_str()),
            "{body}"
        );
        assert!(remarks.iter().any(|told| told.contains(remark)), "{remark}: {remarks:?}");
    }
}

#[test]
fn a_comment_is_told_and_not_taken() {
    let manuscript = read(&document(&plain("a"))).unwrap();
    let said: Vec<&str> = manuscript.remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert_eq!(said, ["A comment by A. Reader was not taken: “Is this so?”"]);
}

#[test]
fn what_is_told_comes_in_the_order_of_the_document() {
    let hidden = |text: &str| paragraph("", &set("<w:vanish/>", text));
    let commented = paragraph("", &(run("a claim") + "<w:r><w:commentReference w:id='0'/></w:r>"));
    let noted = paragraph("", &(run("noted") + "<w:r><w:footnoteReference w:id='4'/></w:r>"));
    let body = [
        paragraph("berschrift1", &run("One")),
        noted,
        commented,
        hidden("first. And more"),
        paragraph("berschrift1", &run("Two")),
        hidden("second"),
        paragraph("", "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>"),
    ];
    let places: Vec<(String, String)> = read(&document(&body.concat()))
        .unwrap()
        .remarks
        .into_iter()
        .map(|remark| (remark.place.heading, remark.text.split(':').next_back().unwrap().trim().to_owned()))
        .collect();
    let expected = [
        ("", "what was deleted is not in the page, what was put in is"),
        ("One", "“in a note”"),
        ("One", "“Is this so?”"),
        ("One", "“first. And more”"),
        ("Two", "“second”"),
    ];
    assert_eq!(places, expected.map(|(heading, text)| (heading.to_owned(), text.to_owned())));
}

#[test]
fn what_stands_beside_the_text_is_told() {
    let header = format!("<w:hdr {SPACES}><w:p><w:r><w:t>For us alone</w:t></w:r></w:p></w:hdr>");
    let number = format!("<w:ftr {SPACES}><w:p><w:r><w:t>Page 2 of 7</w:t></w:r></w:p></w:ftr>");
    let told = |more: &[(&str, &[u8])], relation: &str| {
        let bytes = document(&plain("a"));
        let mut old = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..old.len() {
            let mut file = old.by_index(index).unwrap();
            let mut part = String::new();
            let name = file.name().unwrap().into_owned();
            if std::io::Read::read_to_string(&mut file, &mut part).is_ok() {
                parts.push((
                    name,
                    part.replace("</Relationships>", &format!("{relation}</Relationships>")).into_bytes(),
                ));
            }
        }
        let parts = parts.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let parts: Vec<(&str, &[u8])> = parts.chain(more.iter().copied()).collect();
        let said = read(&packed(&parts)).unwrap().remarks;
        said.into_iter().map(|remark| remark.text).filter(|text| !text.starts_with("A comment")).collect::<Vec<_>>()
    };
    let named = |kind: &str| format!("<Relationship Id='h' Type='x/{kind}' Target='margin.xml'/>");
    let macros = told(&[("word/vbaProject.bin", b"x")], "");
    assert_eq!(macros, ["The document has macros. They were left alone, and nothing of them is in the page"]);
    let margin = told(&[("word/margin.xml", header.as_bytes())], &named("header"));
    assert_eq!(margin, ["What stands at the top or at the foot of every sheet is not in the page: “For us alone”"]);
    assert_eq!(told(&[("word/margin.xml", number.as_bytes())], &named("footer")), Vec::<String>::new());
}

#[test]
fn what_is_no_document_is_told_by_what_it_is() {
    let mut protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let old = protected.clone();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let relations = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='d' \
        Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>";
    let workbook = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations.as_bytes()),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let deep = "<w:smartTag>".repeat(500) + &"</w:smartTag>".repeat(500);
    let textless = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations.replace("xl/workbook", "word/document").as_bytes()),
    ]);
    let many = "<w:p/>".repeat(crate::import::office::xml::MOST as usize);
    let cases: [(Vec<u8>, &str); 12] = [
        (Vec::new(), "The file is empty."),
        (old, "Word as it was before 2007"),
        (protected, "protected by a password"),
        (b"%PDF-1.7".to_vec(), "It is a PDF"),
        (b"{\\rtf1".to_vec(), "rich text file"),
        (b"PK\x03\x04rubbish".to_vec(), "It is damaged"),
        (packed(&[("content.xml", b"<x/>")]), "OpenDocument"),
        (workbook, "an Excel workbook"),
        (textless, "its text is missing. Open it in Word"),
        (document(&many), "its XML can't be read (nodes limit reached)"),
        (document("<w:p><w:r>"), "is no sound XML"),
        (document(&deep), "nests without end"),
    ];
    for (bytes, expected) in cases {
        let told = read(&bytes).unwrap_err();
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let bomb = format!("<!DOCTYPE x [<!ENTITY a 'b'>]><w:document {SPACES}><w:body/></w:document>");
    let root = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='d' \
        Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
    let bytes = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", bomb.as_bytes()),
    ]);
    assert!(read(&bytes).unwrap_err().contains("declares a document type"));
}

#[test]
fn a_part_that_is_too_large_when_it_is_unpacked_is_refused() {
    let body = plain(&" ".repeat(66 << 20));
    assert!(read(&document(&body)).unwrap_err().contains("is larger than 64 MB when it is unpacked"));
}

#[test]
fn a_tag_is_no_longer_than_word_keeps_it_and_its_own() {
    let long = |end: &str| format!("{}/{end}", "a".repeat(80));
    assert_eq!(tag("sources/title"), "sources/title");
    assert_ne!(tag(&long("b")), tag(&long("c")));
    assert_eq!(tag(&long("b")).chars().count(), 64);
}
