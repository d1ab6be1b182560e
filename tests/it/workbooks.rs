//! `casebook import` of workbooks: a page a row, from what Excel and LibreOffice save.

use crate::site::{Site, files};
use std::{
    fs,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn relations(list: &[(&str, &str, &str)]) -> String {
    let relation = |(id, kind, target): &(&str, &str, &str)| {
        let mode = if target.contains(':') { " TargetMode='External'" } else { "" };
        format!("<Relationship Id='{id}' Type='{RELATIONS}/{kind}' Target='{target}'{mode}/>")
    };
    let list: String = list.iter().map(relation).collect();
    format!(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{list}</Relationships>"
    )
}

/// A sheet of an Excel workbook: its name, its attributes, what is in its file, and where it leads.
type Tab<'a> = (&'a str, &'a str, String, &'a [(&'a str, &'a str, &'a str)]);

const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='&quot;£&quot;#,##0.00'/></numFmts>\
    <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='17'/><xf numFmtId='9'/><xf numFmtId='164'/></cellXfs></styleSheet>";

const STRINGS: &str = "<sst><si><t>Title</t></si><si><r><t>Mentors </t></r><r><rPr><b/></rPr><t>for all</t></r>\
    <rPh><t>no</t></rPh></si><si><t>First._x000D_\nSecond _x005F_x000D_.</t></si></sst>";

fn excel(tabs: &[Tab<'_>], more: &[(&str, &str)]) -> Vec<u8> {
    let (mut list, mut links) =
        (String::new(), vec![("s", "styles", "styles.xml"), ("t", "sharedStrings", "strings.xml")]);
    let names: Vec<(String, String)> =
        (1..=tabs.len()).map(|at| (format!("r{at}"), format!("sheet{at}.xml"))).collect();
    let mut parts: Vec<(String, String)> = Vec::new();
    for ((name, about, inside, leads), (id, file)) in tabs.iter().zip(&names) {
        list += &format!("<sheet name='{name}' sheetId='1' r:id='{id}' {about}/>");
        links.push((id, "worksheet", file));
        parts.push((format!("xl/{file}"), format!("<worksheet xmlns:r='{RELATIONS}'>{inside}</worksheet>")));
        parts.push((format!("xl/_rels/{file}.rels"), relations(leads)));
    }
    let workbook = format!("<workbook xmlns:r='{RELATIONS}'><sheets>{list}</sheets></workbook>");
    let (root, links) = (relations(&[("a", "officeDocument", "xl/workbook.xml")]), relations(&links));
    let own = parts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let first = [
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &links),
        ("xl/styles.xml", STYLES),
        ("xl/strings.xml", STRINGS),
    ];
    packed(&first.into_iter().chain(own).chain(more.iter().copied()).collect::<Vec<_>>())
}

/// Rows of texts, from the first on.
fn rows(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!("<c t='inlineStr'><is><t>{text}</t></is></c>");
    let row = |row: &&[&str]| format!("<row>{}</row>", row.iter().map(cell).collect::<String>());
    format!("<sheetData>{}</sheetData>", rows.iter().map(row).collect::<String>())
}

fn open(tables: &str) -> Vec<u8> {
    let spaces =
        ["office", "table", "text", "style", "draw"].map(|name| format!("xmlns:{name}='urn:{name}'")).join(" ");
    let content = format!(
        "<office:document-content {spaces} xmlns:xlink='urn:xlink'><office:automatic-styles><style:style style:name='h'>\
         <style:table-properties table:display='false'/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

fn site() -> Site {
    Site::new().file("content/_data/councils.csv", "id,label\nluton,Luton\n")
}

fn import(site: &Site, more: &[&str]) -> (i32, String, String) {
    let ran = site.run(&[&["import", "cases.xlsx", "--kind", "case-study"], more].concat());
    (ran.code(), ran.stdout().to_owned(), ran.stderr().to_owned())
}

fn page(site: &Site, name: &str) -> String {
    fs::read_to_string(site.root().join(format!("content/case-studies/{name}.md"))).unwrap()
}

#[test]
fn a_row_of_a_workbook_becomes_the_page_that_people_see_in_it() {
    let sheet = "<cols><col min='8' max='9' hidden='1'/></cols><sheetData>\
        <row r='1'><c r='A1' t='inlineStr'><is><t>What we know</t></is></c></row>\
        <row r='3'><c r='A3' t='s'><v>0</v></c><c r='B3' t='str'><v>Council</v></c><c r='C3' t='str'><v>Started</v></c>\
        <c r='D3' t='str'><v>Body</v></c><c r='E3' t='str'><v>Ages from</v></c><c r='F3' t='str'><v>Share</v></c>\
        <c r='G3' t='str'><v>Price</v></c><c r='H3' t='str'><v>Sources url</v></c><c r='I3' t='str'><v>Sources title</v></c>\
        <c r='J3' t='str'><v>Seen</v></c><c r='K3' t='str'><v>Day</v></c></row>\
        <row r='7' hidden='1'><c r='A7' t='s'><v>1</v></c><c r='B7' t='str'><v>Lutton</v></c><c r='C7' s='2'><v>39569</v></c>\
        <c r='D7' t='s'><v>2</v></c><c r='E7'><v>16</v></c><c r='F7' s='3'><v>0.45000000000000001</v></c>\
        <c r='G7' s='4'><v>1250.5</v></c><c r='H7' t='str'><v>The report</v></c><c r='I7' t='str'><v>Report</v></c>\
        <c r='J7' t='b'><v>1</v></c><c r='K7' s='1'><v>46712</v></c></row>\
        </sheetData><mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='B7:B8'/></mergeCells>\
        <hyperlinks><hyperlink ref='H7:I7' r:id='l'/></hyperlinks><drawing/>";
    let leads = [("l", "hyperlink", "https://example.org/report"), ("c", "comments", "comments.xml")];
    let comments = "<comments><commentList><comment ref='B7'><text><r><t>Is this \nright?</t></r></text></comment><comment ref='A7'><text>\
        <t>[Threaded comment]\n\nYour \
        version of Excel is old.\n\nComment:\n    Ask Jo.</t></text></comment></commentList></comments>";
    let notes = ("Notes", "", rows(&[&["Read me"]]), [].as_slice());
    let tabs =
        [notes, ("Old cases", "", sheet.to_owned(), leads.as_slice()), ("Lists", "state='hidden'", String::new(), &[])];
    let site = site().file("cases.xlsx", excel(&tabs, &[("xl/comments.xml", comments), ("xl/vbaProject.bin", "x")]));
    let (code, said, faults) = import(&site, &[]);
    // The one error is of check: a case study has a council.
    assert!(code == 1 && faults.contains("content/case-studies/mentors-for-all.md:1:1: error[CB0302"), "{faults}");
    assert_eq!(
        page(&site, "mentors-for-all"),
        "---\ntitle: Mentors for all\nstatus: draft\nages:\n  from: 16\nstarted: 2008-05\nsources:\n  - title: Report\n    \
         url: https://example.org/report\n# councils: Lutton\n# Share: 45%\n# Price: £1,250.50\n# Seen: TRUE\n# Day: 2027-11-21\n---\n\nFirst.\nSecond _x000D_.\n"
    );
    assert!(said.starts_with("This is the sheet “Old cases”. Others are left: “Notes”, “Lists” (hidden)."), "{said}");
    for (cell, message) in [
        (
            "A1",
            "warning[CB1104 not-placed]: This stands above the names of the columns, and is in no page: “What we know”",
        ),
        ("A1", "warning[CB1105 import-changed]: The workbook has macros. They were left alone"),
        ("A1", "warning[CB1105 import-changed]: Pictures, charts and shapes of this sheet were left out"),
        ("H3", "warning[CB1105 import-changed]: Columns H–I are hidden, and are read all the same"),
        ("A7", "warning[CB1105 import-changed]: Row 7 is hidden, and is read all the same"),
        ("B7", "warning[CB1105 import-changed]: The cells B7 to B8 are one, and only the first has its value"),
        ("B7", "warning[CB1105 import-changed]: A comment was not taken: “Is this right?”"),
        ("A7", "warning[CB1105 import-changed]: A comment was not taken: “Ask Jo.”"),
        ("B7", "warning[CB1103 not-understood]: “Lutton” is not in the list of councils"),
    ] {
        assert!(faults.contains(&format!("cases.xlsx:'Old cases'!{cell}: {message}")), "{cell} {message}\n{faults}");
    }
    assert!(!faults.contains("A1 to C1") && faults.contains("\n7 | Mentors for all    Lutton"), "{faults}");
}

#[test]
fn a_workbook_of_libreoffice_is_read_as_one_of_excel() {
    let text = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let value =
        |about: &str, shown: &str| format!("<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>");
    let header: String =
        ["Title", "Council", "Started", "Share", "Price", "Code", "Day", "Size", "Body"].map(text).concat();
    let cells = [
        "<table:table-cell table:number-rows-spanned='2'><office:annotation><text:p>Sure?</text:p></office:annotation>\
         <text:p>Mentors<text:s text:c='2'/>for all</text:p></table:table-cell>"
            .to_owned(),
        text("Luton"),
        value("office:value-type='date' office:date-value='2008-05-01'", "May 2008"),
        value("office:value-type='percentage' office:value='0.45'", "45 %"),
        value("office:value-type='currency' office:value='1250.5'", "£1,250.50"),
        value("office:value-type='float' office:value='1582'", "01582"),
        value("office:value-type='date' office:date-value='2027-11-21T09:30:00'", "21/11/27 09:30"),
        value("office:value-type='float' office:value='2.34567'", "2.35"),
        "<table:table-cell><text:p>First, <text:a xlink:href='https://example.org/x'>there</text:a>.</text:p>\
         <text:p>Second.</text:p></table:table-cell>"
            .to_owned(),
    ]
    .concat();
    let sheet = format!(
        "<table:table table:name='Lists' table:style-name='h'><table:table-row>{}</table:table-row></table:table>\
         <table:table table:name='Cases'><table:table-column table:number-columns-repeated='2'/><table:table-column \
         table:visibility='collapse'/><table:table-column table:number-columns-repeated='16381'/>\
         <table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='16384'/>\
         </table:table-row><table:table-row>{header}</table:table-row>\
         <table:table-row table:visibility='filter'>{cells}<table:table-cell table:number-columns-repeated='16375'/></table:table-row>\
         <table:table-row table:number-rows-repeated='1048573'><table:table-cell/></table:table-row></table:table>",
        text("Title")
    );
    let site = site().file("cases.xlsx", open(&sheet));
    let (code, said, faults) = import(&site, &["--force"]);
    assert_eq!(code, 1, "{faults}");
    assert_eq!(
        page(&site, "mentors-for-all"),
        "---\ntitle: Mentors for all\ncouncils: [luton]\nstatus: draft\nstarted: 2008-05\n# Share: 45%\n# Price: £1,250.50\n\
         # Code: 01582\n# Day: 2027-11-21 09:30\n# Size: 2.34567\n# Body (link): https://example.org/x\n---\n\nFirst, there.\nSecond.\n"
    );
    assert!(said.starts_with("This is the sheet “Cases”. Others are left: “Lists” (hidden)."), "{said}");
    for (cell, message) in [
        ("C3", "Column C is hidden"),
        ("A4", "Row 4 is hidden"),
        ("A4", "The cells A4 to A5 are one"),
        ("A4", "A comment was not taken: “Sure?”"),
        ("I4", "The link of this cell has no place in “Body”, and leads to https://"),
    ] {
        assert!(
            faults
                .lines()
                .any(|line| line.starts_with(&format!("cases.xlsx:Cases!{cell}: ")) && line.contains(message)),
            "{cell} {message}\n{faults}"
        );
    }
}

#[test]
fn the_sheet_that_is_meant_is_read_and_a_table_by_what_it_is() {
    let tabs: [Tab<'_>; 3] = [
        ("Read me", "", rows(&[&["Words"]]), &[]),
        ("Cases", "", rows(&[&["Title", "Council"], &["One", "Luton"]]), &[]),
        ("Second", "state='veryHidden'", rows(&[&["Title", "Council"], &["Two", "Luton"]]), &[]),
    ];
    let site = site().file("cases.xlsx", excel(&tabs, &[]));
    for (asked, code, said) in [
        (&["--dry-run"][..], 1, "Would write content/case-studies/one.md"),
        (&["--dry-run", "--sheet", "second"], 1, "Would write content/case-studies/two.md"),
        (
            &["--sheet", "Read me"],
            1,
            "cases.xlsx:'Read me'!A1: error[CB1101 unusable-import]: No column of this table is the title",
        ),
        (&["--sheet", "Csaes"], 2, "the workbook has no sheet called “Csaes”. Did you mean Cases?"),
        (&["--sheet", "Nothing like it"], 2, "The sheets are: Read me, Cases, Second."),
    ] {
        let (ended, out, faults) = import(&site, asked);
        assert!(ended == code && (out.contains(said) || faults.contains(said)), "{asked:?} {ended}\n{out}\n{faults}");
    }
    // The first that fits, of the first twenty; where none does, the first with cells in it.
    let (words, cases) = (rows(&[&["Words"]]), |title: &str| rows(&[&["Title", "Council"], &[title, "Luton"]]));
    let empty = |count: usize| vec![("E", "", String::new(), [].as_slice()); count];
    let last = |count: usize| [empty(count), vec![("Cases", "", cases("Last"), [].as_slice())]].concat();
    for (tabs, said) in [
        (vec![("A", "", cases("First"), [].as_slice()), ("B", "", cases("Other"), &[])], "case-studies/first.md"),
        (last(19), "case-studies/last.md"),
        (last(20), "This table is empty"),
        ([empty(2), vec![("Words", "", words, &[])]].concat(), "cases.xlsx:Words!A1: error[CB1101 unusable-import]"),
    ] {
        site.write("cases.xlsx", excel(&tabs, &[]));
        let (_, out, faults) = import(&site, &["--dry-run"]);
        assert!(out.contains(said) || faults.contains(said), "{said}\n{out}\n{faults}");
    }
    site.write("cases.xlsx", excel(&[("A", "", cases("Alone"), &[])], &[]));
    assert!(!import(&site, &["--dry-run"]).1.contains("Others are left"));
    site.write("cases.xlsx", excel(&tabs, &[]));
    // Neither is what its name says.
    let workbook = fs::read(site.root().join("cases.xlsx")).unwrap();
    let site = site.file("cases.csv", workbook).file("cases.xlsx", "Title,Council\nThree,Luton\n");
    import(&site, &[]);
    assert!(page(&site, "three").contains("councils: [luton]"));
    site.run(&["import", "cases.csv", "--kind", "case-study"]);
    assert!(page(&site, "one").contains("councils: [luton]"));
    let (ended, _, faults) = import(&site, &["--sheet", "Cases"]);
    assert!(ended == 2 && faults.contains("--sheet is for workbooks"), "{faults}");
}

#[test]
fn what_is_no_workbook_that_can_be_read_is_told_by_what_it_is_and_nothing_is_written() {
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let locked: Vec<u8> =
        old.iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let main = |path: &str| packed(&[("_rels/.rels", &relations(&[("a", "officeDocument", path)])), (path, "<x/>")]);
    let sheet = |inside: &str| excel(&[("S", "", inside.to_owned(), &[])], &[]);
    let sealed = packed(&[("content.xml", "\u{1}sealed"), ("META-INF/manifest.xml", "<m><encryption-data/></m>")]);
    let wide = (1..=300).map(|row| format!("<row><c r='XFD{row}'><v>1</v></c></row>")).collect::<String>();
    let wide = format!("<sheetData>{wide}</sheetData>");
    let many = open(&format!(
        "<table:table table:name='S'><table:table-row table:number-rows-repeated='1048576'>{}</table:table-row></table:table>",
        "<table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell>"
    ));
    let cases: [(Vec<u8>, &str); 18] = [
        (old, "It is a workbook of Excel as it was before 2007 (.xls)"),
        (locked, "It is protected by a password"),
        (sealed, "It is protected by a password"),
        (b"PK\x03\x04rubbish".to_vec(), "It is damaged: it can't be unpacked"),
        (packed(&[("a.txt", "x")]), "It is a ZIP file with other things in it"),
        (packed(&[("content.xml", "<office:text/>")]), "It is an OpenDocument file that is no spreadsheet"),
        (packed(&[("Index/Document.iwa", "x")]), "It is a file of Numbers"),
        (packed(&[("Index.zip", "x")]), "It is a file of Numbers"),
        (main("word/document.xml"), "It is a Word document"),
        (main("ppt/presentation.xml"), "It is no workbook"),
        (main("visio/document.xml"), "It is no workbook"),
        (main("xl/workbook.bin"), "It is a binary workbook (.xlsb)"),
        (main("xl/workbook.xml"), "It has no sheet of cells that people can see"),
        (sheet("<sheetData><row>"), "is no sound XML"),
        (sheet(&wide), "It holds more than any table of pages does"),
        (many, "It holds more than any table of pages does"),
        (sheet("<sheetData/>"), "This table is empty"),
        (b"<html><table><tr><td>Title".to_vec(), "This is a web page or other XML, and no table"),
    ];
    let site = site();
    let before = files(&site.root().join("content"));
    for (bytes, said) in cases {
        site.write("cases.xlsx", &bytes);
        let (code, _, faults) = import(&site, &[]);
        let told = faults.starts_with("cases.xlsx: error[CB1101 unusable-import]: ")
            || faults.starts_with("cases.xlsx:S!A1: error[CB1101");
        assert!(code == 1 && told && faults.contains(said) && faults.contains("= help: "), "{said}\n{faults}");
        assert_eq!(files(&site.root().join("content")), before, "{said}");
    }
}

#[test]
fn a_cell_that_is_not_worked_out_and_a_row_that_is_too_long_are_told_at_their_cells() {
    let sheet = |cell: &str| {
        format!(
            "<sheetData><row><c t='str'><v>Title</v></c><c t='str'><v>Summary</v></c></row><row><c t='str'><v>One</v></c>{cell}</row></sheetData>"
        )
    };
    for (cell, place, said) in [
        ("<c t='e'><v>#REF!</v></c>", "B2", "error[CB1101 unusable-import]: This cell is #REF!"),
        ("<c t='e'><v>#BLOCKED!</v></c>", "B2", "error[CB1101 unusable-import]: This cell is #BLOCKED!"),
        ("<c t='str'><v>Err:502</v></c>", "B2", "error[CB1101 unusable-import]: This cell is Err:502"),
        ("<c><f>A1+1</f></c>", "B2", "warning[CB1103 not-understood]: This cell is a formula"),
        (
            "<c r='D2'><v>1</v></c>",
            "D2",
            "error[CB1101 unusable-import]: This row has 4 cells, and 2 columns have a name",
        ),
    ] {
        let site = site().file("cases.xlsx", excel(&[("S", "", sheet(cell), &[])], &[]));
        let (_, _, faults) = import(&site, &["--dry-run"]);
        assert!(faults.contains(&format!("cases.xlsx:S!{place}: {said}")), "{cell}\n{faults}");
    }
    // What a formula gave counts, not what it is; and where a formula leads.
    let link = "<c t='str'><f>HYPERLINK(\"https://example.org/\",\"x\")</f><v>Words</v></c>";
    let site = site().file("cases.xlsx", excel(&[("S", "", sheet(link), &[])], &[]));
    import(&site, &[]);
    assert!(
        page(&site, "one").contains("summary: Words\n")
            && page(&site, "one").contains("# Summary (link): https://example.org/\n")
    );
}

/// What a program may write that no sheet has costs neither the other cells nor the memory of the machine.
#[test]
fn a_place_or_a_number_that_there_is_not_is_read_as_far_as_it_can_be() {
    let header = "<row><c t='str'><v>Title</v></c><c t='str'><v>Price</v></c></row>";
    let blank: String = (3..300).map(|row| format!("<row><c r='XFD{row}'/></row>")).collect();
    let one = |cell: &str| format!("<row><c t='str'><v>One</v></c>{cell}</row>");
    for (cells, wanted) in [
        ("<row r='4294967295'><c t='str'><v>One</v></c></row>".to_owned(), "title: One\n"),
        ("<row><c r='A9999999' t='str'><v>One</v></c></row>".to_owned(), "title: One\n"),
        (one("<c r='ZZZ2'><v>7</v></c>"), "# Price: 7\n"),
        (one("<c r='ABCDEFGHIJ2'><v>7</v></c>"), "# Price: 7\n"),
        (one("<c r='2'><v>7</v></c>"), "# Price: 7\n"),
        (one("<c><v>1e999</v></c>"), "# Price: 1e999\n"),
        (one("<c s='1'><v>-5</v></c>"), "# Price: -5\n"),
        (one("<c t='str'><v>a_x0041b</v></c>"), "# Price: a_x0041b\n"),
        (one("") + &blank, "title: One\n"),
    ] {
        let columns = "<cols><col min='1' max='4294967295' hidden='1'/></cols>";
        let sheet = format!("{columns}<sheetData>{header}{cells}</sheetData>");
        let site = site().file("cases.xlsx", excel(&[("S", "", sheet, &[])], &[]));
        let (_, _, faults) = import(&site, &[]);
        assert!(faults.contains("Columns A–B are hidden") || faults.contains("Columns A–XFD"), "{cells}\n{faults}");
        assert!(page(&site, "one").contains(wanted), "{cells}\n{}", page(&site, "one"));
    }
}
