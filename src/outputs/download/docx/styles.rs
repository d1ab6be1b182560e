//! The styles of a document. Those that Word knows have the names that it knows them by, so that its list of headings,
//! its checker and screen readers do.

use super::{
    element::Element,
    look::{FONT, FONT_CODE, Look, STEP, WIDTH},
};

/// How large text is, in half points.
const SIZE: u32 = 24;

/// The size of each level of heading in half points, and the space before it in twentieths of a point.
const HEADINGS: [(&str, &str, u32, u32); 6] = [
    ("Heading1", "heading 1", 36, 480),
    ("Heading2", "heading 2", 30, 360),
    ("Heading3", "heading 3", 26, 300),
    ("Heading4", "heading 4", 24, 240),
    ("Heading5", "heading 5", 24, 240),
    ("Heading6", "heading 6", 24, 240),
];

/// `word/styles.xml`; `language` as Word writes it, `en-GB`.
pub(super) fn styles(look: &Look, language: &str) -> Vec<u8> {
    let fonts = ["w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"];
    let fonts = fonts.into_iter().fold(Element::new("w:rFonts"), |fonts, script| fonts.set(script, FONT));
    let tongue = Element::value("w:lang", language).set("w:eastAsia", language).set("w:bidi", "ar-SA");
    let run = Element::new("w:rPr").with(fonts).with(colour(&look.ink)).and(size(SIZE)).with(tongue);
    let paragraph = Element::new("w:pPr").with(spacing(0, 140).set("w:line", "312").set("w:lineRule", "auto"));
    let defaults = Element::new("w:docDefaults")
        .with(Element::new("w:rPrDefault").with(run))
        .with(Element::new("w:pPrDefault").with(paragraph));
    Element::new("w:styles")
        .set("xmlns:w", super::package::WORD)
        .with(defaults)
        .and(paragraphs(look))
        .and(HEADINGS.iter().enumerate().map(|(level, heading)| of_heading(look, level, heading)))
        .and(characters(look))
        .and(tables(look))
        .document()
}

/// A paragraph style: what it is based on, its properties, and those of its text.
fn style(
    id: &'static str,
    name: &str,
    paragraph: impl IntoIterator<Item = Element>,
    run: impl IntoIterator<Item = Element>,
) -> Element {
    let style = Element::new("w:style").set("w:type", "paragraph").set("w:styleId", id);
    let style = if id == "Normal" { style.set("w:default", "1") } else { style };
    let based = (id != "Normal").then(|| Element::value("w:basedOn", "Normal"));
    style
        .with(Element::value("w:name", name))
        .and(based)
        .with(Element::new("w:qFormat"))
        .with(Element::new("w:pPr").and(paragraph))
        .with(Element::new("w:rPr").and(run))
}

fn of_heading(look: &Look, level: usize, (id, name, half_points, before): &(&'static str, &str, u32, u32)) -> Element {
    let line = (level == 0).then(|| Element::new("w:pBdr").with(border("w:bottom", &look.line, 8, 4)));
    let kept = [Element::new("w:keepNext"), Element::new("w:keepLines")];
    let after = [spacing(*before, 120), Element::value("w:outlineLvl", level.to_string())];
    let colour = colour(if level < 2 { &look.action } else { &look.ink });
    let run = [Element::new("w:b"), colour].into_iter().chain(size(*half_points));
    style(id, name, kept.into_iter().chain(line).chain(after), run)
}

fn paragraphs(look: &Look) -> Vec<Element> {
    let bold = || Element::new("w:b");
    let quiet = || colour(&look.quiet);
    let keep = || Element::new("w:keepNext");
    let sized = |elements: Vec<Element>, half_points| elements.into_iter().chain(size(half_points));
    let left = |colour: &str| Element::new("w:pBdr").with(border("w:left", colour, 36, 10));
    // A line above and one below in the colour of the ground keep it from the words.
    let panel = |colour: &str, ground: &str| {
        let [top, bottom] = ["w:top", "w:bottom"].map(|side| border(side, ground, 4, 5));
        [Element::new("w:pBdr").with(top).with(border("w:left", colour, 36, 10)).with(bottom), shading(ground)]
    };
    let paneled = |colour: &str, ground: &str, after: u32| {
        panel(colour, ground).into_iter().chain([spacing(60, after), indent(227, 0)])
    };
    let band = Element::new("w:pBdr")
        .and(["w:top", "w:left", "w:bottom", "w:right"].map(|side| border(side, &look.action, 4, 5)));
    let right = |at: i32| Element::new("w:tabs").with(Element::value("w:tab", "right").set("w:pos", at.to_string()));
    let inset = || indent(227, 0);
    let sides = ["w:top", "w:left", "w:bottom", "w:right"].map(|side| border(side, &look.action, 6, 5));
    let boxed = |before: u32, after: u32| {
        let border = Element::new("w:pBdr").and(sides.clone());
        [border, shading(&look.tint), spacing(before, after), indent(113, 0).set("w:right", "113")]
    };
    vec![
        style("Normal", "Normal", [], []),
        style(
            "Kind",
            "Kind",
            [band, shading(&look.action), right(WIDTH - 113), spacing(0, 320), indent(113, 0).set("w:right", "113")],
            sized(vec![bold(), colour(&look.on_action)], 22),
        ),
        style("Title", "Title", [spacing(0, 160).set("w:line", "259").set("w:lineRule", "auto")], {
            sized(vec![bold(), colour(&look.strong)], 60)
        }),
        style("Subtitle", "Subtitle", [spacing(0, 280)], sized(vec![quiet()], 30)),
        style("Dates", "Dates", paneled(&look.action, &look.tint, 200), sized(vec![bold(), colour(&look.strong)], 30)),
        style("Notice", "Notice", paneled(&look.due, &look.due_tint, 200), []),
        style("Fact", "Fact", [left(&look.line), spacing(0, 60), inset()], []),
        style("Copy", "Copy", paneled(&look.action, &look.tint, 200), []),
        style("Quote", "Quote", [left(&look.action), spacing(0, 140), inset()], []),
        style("Label", "Label", [keep(), spacing(160, 40)], sized(vec![bold(), quiet()], 22)),
        style("Help", "Help", [keep(), spacing(0, 80)], sized(vec![quiet()], 21)),
        style("Answer", "Answer", boxed(60, 200), []),
        style("Choice", "Choice", boxed(20, 20), []),
        style("Term", "Term", [keep(), spacing(60, 20)], [bold()]),
        style("ChartTitle", "Chart Title", [keep(), spacing(240, 80)], [bold(), colour(&look.strong)]),
        style("Caption", "caption", [spacing(0, 200)], sized(vec![quiet()], 21)),
        style("Picture", "Picture", [keep(), spacing(120, 80)], []),
        style("Rule", "Rule", [Element::new("w:pBdr").with(border("w:bottom", &look.line, 8, 1)), spacing(0, 240)], []),
        style("Code", "Code", [shading(&look.tint), spacing(0, 140), indent(113, 0)], sized(vec![fixed()], 21)),
        style("ListBullet", "List Bullet", [spacing(0, 80)], []),
        style("ListNumber", "List Number", [spacing(0, 80)], []),
        style("ListContinue", "List Continue", [spacing(0, 80), indent(STEP, 0)], []),
        style("TableText", "Table Text", [spacing(40, 40)], size(22)),
        style(
            "TableHeading",
            "Table Heading",
            [keep(), spacing(60, 60)],
            sized(vec![bold(), colour(&look.on_action)], 22),
        ),
        style(
            "AfterTable",
            "After Table",
            [Element::new("w:spacing").set("w:after", "0").set("w:line", "160").set("w:lineRule", "exact")],
            size(8),
        ),
        style(
            "Footer",
            "footer",
            [Element::new("w:pBdr").with(border("w:top", &look.line, 8, 6)), right(WIDTH), spacing(0, 0)],
            sized(vec![quiet()], 18),
        ),
        style("FootnoteText", "footnote text", [spacing(0, 60)], size(20)),
    ]
}

/// Styles of words within a paragraph.
fn characters(look: &Look) -> Vec<Element> {
    let style = |id: &'static str, name: &str, run: Vec<Element>| {
        Element::new("w:style")
            .set("w:type", "character")
            .set("w:styleId", id)
            .with(Element::value("w:name", name))
            .with(Element::new("w:qFormat"))
            .with(Element::new("w:rPr").and(run))
    };
    vec![
        style("Hyperlink", "Hyperlink", vec![colour(&look.action), Element::value("w:u", "single")]),
        style("PlaceholderText", "Placeholder Text", vec![colour(&look.ink), shading(&look.due_tint)]),
        style("CodeText", "Code Text", vec![fixed()]),
        style("FootnoteReference", "footnote reference", vec![Element::value("w:vertAlign", "superscript")]),
    ]
}

fn tables(look: &Look) -> Vec<Element> {
    let side = |name: &'static str| Element::new(name).set("w:w", "100").set("w:type", "dxa");
    let margins = Element::new("w:tblCellMar").with(side("w:left")).with(side("w:right"));
    let sides = ["w:top", "w:bottom", "w:insideH"];
    let borders = sides.into_iter().map(|name| border(name, &look.line, 4, 0));
    let base = Element::new("w:style")
        .set("w:type", "table")
        .set("w:default", "1")
        .set("w:styleId", "TableNormal")
        .with(Element::value("w:name", "Normal Table"))
        .with(
            Element::new("w:tblPr").with(Element::new("w:tblInd").set("w:w", "0").set("w:type", "dxa")).with(margins),
        );
    let first =
        Element::new("w:tblStylePr").set("w:type", "firstRow").with(Element::new("w:tcPr").with(shading(&look.action)));
    let own = Element::new("w:style")
        .set("w:type", "table")
        .set("w:styleId", "Figures")
        .with(Element::value("w:name", "Figures"))
        .with(Element::value("w:basedOn", "TableNormal"))
        .with(Element::new("w:tblPr").with(Element::new("w:tblBorders").and(borders)))
        .with(first);
    vec![base, own]
}

fn colour(digits: &str) -> Element {
    Element::value("w:color", digits)
}

fn size(half_points: u32) -> [Element; 2] {
    ["w:sz", "w:szCs"].map(|name| Element::value(name, half_points.to_string()))
}

fn fixed() -> Element {
    Element::new("w:rFonts").set("w:ascii", FONT_CODE).set("w:hAnsi", FONT_CODE).set("w:cs", FONT_CODE)
}

pub(super) fn shading(digits: &str) -> Element {
    Element::value("w:shd", "clear").set("w:color", "auto").set("w:fill", digits)
}

/// A line beside something: its width in eighths of a point, the space to it in points.
fn border(side: &'static str, digits: &str, eighths: u32, space: u32) -> Element {
    let line = Element::value(side, "single").set("w:sz", eighths.to_string());
    line.set("w:space", space.to_string()).set("w:color", digits)
}

fn spacing(before: u32, after: u32) -> Element {
    Element::new("w:spacing").set("w:before", before.to_string()).set("w:after", after.to_string())
}

pub(super) fn indent(left: i32, hanging: i32) -> Element {
    let indent = Element::new("w:ind").set("w:left", left.to_string());
    if hanging > 0 { indent.set("w:hanging", hanging.to_string()) } else { indent }
}
