//! Pictures and tables that are not what they say.

use super::desk::{self, Desk};
use crate::site::Site;
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let noise = RgbImage::from_fn(400, 300, |x, y| image::Rgb([(x * 7) as u8, (y * 5) as u8, (x * y) as u8]));
    DynamicImage::ImageRgb8(noise).write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// The first bytes of a PNG that claims to be so wide and high, and holds nothing.
fn header(width: u32, height: u32) -> Vec<u8> {
    let head = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width.to_be_bytes()[..], &height.to_be_bytes()].concat();
    [&head[..], b"\x08\x02\0\0\0\0\0\0\0"].concat()
}

fn svg(attributes: &str, inside: &str) -> Vec<u8> {
    format!("<svg {SVG} {attributes}>{inside}</svg>").into_bytes()
}

fn drawing(inside: &str) -> Vec<u8> {
    svg("width=\"90\" height=\"60\"", inside)
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number =
            chunk.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        let letter =
            |place: usize| if place > chunk.len() { '=' } else { LETTERS[number >> (18 - 6 * place) & 63].into() };
        text.extend((0..4).map(letter));
    }
    text
}

/// A library in which a page shows this file.
fn shown<'a>(name: &'a str, page: &'a [u8], file: &'a [u8]) -> [(&'a str, &'a [u8]); 2] {
    [("content/guides/p/index.md", page), (name, file)]
}

fn page(name: &str) -> Vec<u8> {
    format!("---\ntitle: P\nsummary: S.\n---\n\n![A door]({name})\n").into_bytes()
}

#[test]
fn a_picture_that_is_not_what_it_says_is_told_of_by_check_where_it_is_named() {
    let desk = Desk::new();
    let mut cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("x.png", header(60_000, 60_000), "is too large for a page: 60000 by 60000 pixels"),
        ("x.png", header(40, 30), "can't be read"),
        ("x.png", Vec::new(), "can't be read"),
        ("x.jpg", b"<html><script>x()</script>".to_vec(), "can't be read"),
        ("x.avif", b"\0\0\0\x0cftypavif\0\0\0\x40meta".to_vec(), "can't be read"),
    ];
    for (name, format) in [
        ("x.png", ImageFormat::Png),
        ("x.jpg", ImageFormat::Jpeg),
        ("x.gif", ImageFormat::Gif),
        ("x.webp", ImageFormat::WebP),
    ] {
        let whole = picture(format);
        cases
            .extend([whole.len() / 2, whole.len() - 3].map(|length| (name, whole[..length].to_vec(), "can't be read")));
    }
    for (name, file, told) in cases {
        let told = format!("content/guides/p/index.md:6:11: error[CB0410 unusable-picture]: The picture {name} {told}");
        let path = format!("content/guides/p/{name}");
        desk.refuses(&shown(&path, &page(name), &file), &[&told]);
    }
}

#[test]
fn a_broken_picture_beside_a_page_is_not_carried_with_what_is_in_it() {
    let desk = Desk::new();
    let whole = picture(ImageFormat::Jpeg);
    let words: (&str, &[u8]) = ("content/packs/p/index.md", b"---\ntitle: P\nsummary: S.\n---\n\nText.\n");
    let told = "content/packs/p/x.jpg: error[CB0410 unusable-picture]";
    desk.refuses(&[words, ("content/packs/p/x.jpg", &whole[..whole.len() / 2])], &[told]);
}

#[test]
fn a_drawing_that_is_a_bomb_is_told_of_by_check() {
    let desk = Desk::new();
    let entities: String =
        (1..10).map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10))).collect();
    let laughs = format!(
        "<!DOCTYPE svg [<!ENTITY l0 \"ha\">{entities}]><svg {SVG} width=\"9\" height=\"9\"><text>&l9;</text></svg>"
    );
    let outside = format!(
        "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg {SVG} width=\"9\" height=\"9\"><text>&x;</text></svg>"
    );
    let group = |level: usize, part: &str| format!("<g id=\"a{level}\">{}</g>", part.repeat(10));
    let uses: String = (1..9).map(|level| group(level, &format!("<use xlink:href=\"#a{}\"/>", level - 1))).collect();
    let uses = format!("<defs>{}{uses}</defs><use href=\"#a8\"/>", group(0, "<rect width=\"5\" height=\"5\"/>"));
    let fill = |level: usize| format!("<rect class=\"c{level}\" width=\"9\" height=\"9\"/>");
    let patterns: String =
        (0..9).map(|level| format!("<pattern id=\"p{level}\">{}</pattern>", fill(level).repeat(10))).collect();
    let styles: String = (1..9).map(|level| format!(".c{level} {{ fill: url('#p{}') }}\n", level - 1)).collect();
    let patterns = format!("<style>{styles}</style>{patterns}<rect class=\"c8\" width=\"9\" height=\"9\"/>");
    let chain: String =
        (1..2_000).map(|level| format!("<g id=\"a{level}\"><use href=\"#a{}\"/></g>", level - 1)).collect();
    let embedded = |kind: &str, file: &[u8]| {
        drawing(&format!("<image xlink:href=\"data:image/{kind};base64,{}\"/>", base64(file)))
    };
    let jpeg = picture(ImageFormat::Jpeg);
    let noted = [&jpeg[..2], &NOTES, &jpeg[2..]].concat();
    for (file, told) in [
        (laughs.into_bytes(), "CB0410 unusable-picture]: The picture x.svg can't be read"),
        (outside.into_bytes(), "CB0410 unusable-picture]: The picture x.svg can't be read"),
        (drawing(&uses), "The drawing x.svg draws the same parts too often"),
        (drawing(&patterns), "The drawing x.svg draws the same parts too often"),
        (drawing(&format!("{}{}", "<g>".repeat(300), "</g>".repeat(300))), "has parts that lie too deep in each other"),
        (
            drawing(&format!("{}{}", "<g>".repeat(500_000), "</g>".repeat(500_000))),
            "has parts that lie too deep in each other",
        ),
        (drawing(&format!("<g id=\"a0\"/>{chain}")), "has parts that lie too deep in each other"),
        (embedded("png", &header(60_000, 60_000)), "has pictures in it that are too large for a page"),
        (embedded("jpeg", &jpeg[..jpeg.len() / 2]), "has a picture in it that can't be read"),
        (embedded("jpeg", b"words"), "has a picture in it that can't be read"),
        (embedded("jpeg", &noted), "has a photograph in it with the notes of its camera"),
        (drawing("<filter id=\"f\"><feTurbulence numOctaves=\"1000000\"/></filter>"), "has a filter"),
        (drawing(&format!("<filter>{}</filter>", "<feOffset/>".repeat(50))), "has a filter"),
        (drawing(&format!("<text>{}</text>", "W".repeat(20_000))), "has a text of more than 10,000 letters in it"),
        (drawing(&format!("<style>{}</style>{}", "*{}".repeat(10_000), "<g/>".repeat(5_000))), "has too many styles"),
        (drawing(&format!("<!--{}-->", "x".repeat(17_000_000))), "has more than 16 MB"),
        (svg("width=\"0\" height=\"5\"", ""), "has a width or a height of nothing"),
        (svg("width=\"5\" height=\"-5\"", ""), "has a width or a height of nothing"),
        (svg("viewBox=\"0 0 0 0\"", ""), "has a width or a height of nothing"),
        (svg("width=\"1e9\" height=\"1e9\"", ""), "is wider or higher than 20,000 pixels"),
        (svg("width=\"1\" height=\"30000\"", ""), "is wider or higher than 20,000 pixels"),
    ] {
        desk.refuses(&shown("content/guides/p/x.svg", &page("x.svg"), &file), &[told]);
    }
    for sound in [
        drawing("<g id=\"a\"><use href=\"#a\"/></g>"),
        drawing("<linearGradient id=\"l\"/><style>.c{fill:url(#l)}</style><g class=\"c\"><rect/></g>"),
        drawing(&format!("{}{}", "<g>".repeat(100), "</g>".repeat(100))),
        embedded("png", &picture(ImageFormat::Png)),
        svg("", ""),
        svg("viewBox=\"0 0 3000 2000\"", "<path d=\"M0 0\"/>"),
    ] {
        desk.takes(&shown("content/guides/p/x.svg", &page("x.svg"), &sound), &[]);
    }
}

#[test]
fn a_drawing_that_would_hold_a_document_up_is_told_of_by_the_build() {
    let filter =
        |step: &str| format!("<filter id=\"f\">{step}</filter><rect width=\"900\" height=\"900\" filter=\"url(#f)\"/>");
    let layers =
        "<g opacity=\"0.5\"><rect width=\"900\" height=\"900\"/><rect width=\"5\" height=\"900\"/></g>".repeat(5_000);
    let matrix = format!("<feConvolveMatrix order=\"90\" kernelMatrix=\"{}\"/>", "1 ".repeat(8_100));
    for inside in [filter("<feMorphology operator=\"dilate\" radius=\"1000\"/>"), filter(&matrix), layers] {
        let file = svg("width=\"900\" height=\"900\"", &inside);
        let site = Site::new().file("content/guides/p/index.md", page("x.svg")).file("content/guides/p/x.svg", file);
        let ran = desk::run(site.root(), &["build"]);
        assert!(
            ran.code() == 1 && ran.stderr().contains("guides/p/x.svg: error[CB0410 unusable-picture]"),
            "{}",
            ran.stderr()
        );
    }
}

/// A segment of a JPEG with notes of a camera (Exif 2.32): the place where it was.
const NOTES: [u8; 36 + 18] = {
    *b"\xff\xe1\0\x34Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0"
};

#[test]
fn where_a_photograph_was_taken_is_in_no_file_whatever_it_is_called() {
    let jpeg = picture(ImageFormat::Jpeg);
    let noted = [&jpeg[..2], &NOTES, &jpeg[2..]].concat();
    let site = Site::new().file("content/packs/p/index.md", "---\ntitle: P\nsummary: S.\n---\n\nText.\n");
    let names = ["x.jpg", "y.jfif", "z.JPE", "w", "v.dat"];
    names.iter().for_each(|name| site.write(&format!("content/packs/p/{name}"), &noted));
    desk::run(site.root(), &["build", "--no-downloads"]).clean();
    let built = site.site();
    for name in names {
        let file = &built[&format!("packs/p/{name}")];
        assert!(file.starts_with(b"\xff\xd8") && !file.windows(4).any(|part| part == b"Exif"), "{name}");
    }
    // The same notes by themselves are a TIFF: what can't be freed of them is not handed out.
    let told = "content/packs/p/x.tif: error[CB0413 unsafe-picture]: The picture x.tif is not safe to hand out: there are the notes";
    let words: (&str, &[u8]) = ("content/packs/p/index.md", b"---\ntitle: P\nsummary: S.\n---\n\nText.\n");
    Desk::new().refuses(&[words, ("content/packs/p/x.tif", &NOTES[10..])], &[told]);
}

#[test]
fn a_table_is_read_as_programs_write_it() {
    let desk = Desk::new();
    for text in [
        "id,label\na,A\n",
        "\u{feff}id,label\r\na,\"A \"\"q\"\", B\"\r\n",
        "id;label\r\na;A, B\r\n;\r\n",
        "id;label;\"x, y\"\na;A, B;1\n",
        "sep=;\r\nid;label\r\na;A\r\n",
        "id\tlabel\na\tA; B, C\n",
        "id,label\ra,A\rb,\"two\nlines\"\r",
        "\n\nid,label\n\na,A \"q\" B\n,\n\n",
    ] {
        let page = b"---\ntitle: A\nsummary: S.\nplace: a\n---\n\nText.\n";
        let kind = b"name: visit\nfolder: visits\nlabel: Visit\nplural: Visits\ntemplate: page.html\nfields:\n  - {name: place, type: reference, to: places, label: Place}\n";
        let files: [(&str, &[u8]); 3] = [
            ("content/_data/places.csv", text.as_bytes()),
            ("themes/civic/kinds/visit.yaml", kind),
            ("content/visits/a.md", page),
        ];
        desk.takes(&files, &[]);
    }
}

#[test]
fn a_table_that_is_broken_is_told_of_at_its_row() {
    let desk = Desk::new();
    for (text, told) in [
        (
            "id,label,x\na,A\nb,B,1,2\nc,C,3\n",
            &["x.csv:2:1: error[CB0604 invalid-register]: This row has 2 cells", "x.csv:3:1: error[CB0604"][..],
        ),
        (
            "\u{feff}id;label\r\n\r\na;A\r\nb;B;c\r\n",
            &["x.csv:4:1: error[CB0604 invalid-register]: This row has 3 cells"],
        ),
        ("sep=;\nid;label\na\n", &["x.csv:3:1: error[CB0604 invalid-register]: This row has 1 cells"]),
        (
            "id,label\na,\"A\nb,B\nc,C\n",
            &["x.csv:2:3: error[CB0604 invalid-register]: This quotation mark is opened and never closed"],
        ),
        ("id,label\na,\"A\"B\n", &["x.csv:2:6: error[CB0604 invalid-register]: Here a cell goes on"]),
        (
            "id,label,id\na,A,b\n",
            &["x.csv:1:1: error[CB0604 invalid-register]: The first row names the column “id” twice"],
        ),
        ("name,label\na,A\n", &["x.csv:1:1: error[CB0604 invalid-register]: The first row names no column “id”"]),
        ("id,label\na,A\nb,\n,C\n", &["x.csv:3:1: error[CB0604", "x.csv:4:1: error[CB0604"]),
        ("id,label\na,A\na,B\n", &["x.csv:3:1: error[CB0604 invalid-register]: The id “a” stands twice"]),
        (
            "id,label\na b,A\na-b,B\n",
            &["x.csv:3:1: error[CB0604 invalid-register]: The id “a-b” differs from “a b” in nothing"],
        ),
    ] {
        desk.refuses(&[("content/_data/x.csv", text.as_bytes())], told);
    }
    let chart = |body: &str| {
        let text = format!(
            "---\ntitle: A\nsummary: S.\n---\n\n```chart type=bar title=\"T\" as_of=2024 source=S unit=x\n{body}```\n"
        );
        text.into_bytes()
    };
    let ragged = chart("label,value\na,1\nb\nc,1,2\n");
    desk.refuses(&[("content/guides/a.md", &ragged)], &["a.md:9:1: error[CB0502", "a.md:10:1: error[CB0502"]);
}

#[test]
fn a_drawing_with_numbers_beyond_all_measure_is_told_of_by_check() {
    let drawing = |size: &str, inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}>{inner}</svg>");
    let sized = "width=\"100\" height=\"10\" viewBox=\"0 0 100 10\"";
    let extreme = [
        drawing(
            "width=\"1e-30\" height=\"10\" viewBox=\"0 0 1e-30 10\"",
            "<path stroke=\"#000\" d=\"M0 0 H1000000\"/>",
        ),
        drawing("width=\"1e-9\" height=\"10\"", "<path stroke=\"#000\" d=\"M0 0 H10\"/>"),
        drawing(sized, "<path id=\"p\" d=\"M0 0L1e30 0\"/><text><textPath href=\"#p\">hello</textPath></text>"),
        drawing(sized, "<rect width=\"9\" height=\"9\" stroke=\"red\" stroke-width=\"1e30\"/>"),
        drawing(sized, "<style>rect{stroke-width:1e30}</style><rect width=\"9\" height=\"9\" stroke=\"red\"/>"),
        drawing(sized, "<rect width=\"9\" height=\"9\" style=\"stroke-width:-.1E+30\"/>"),
        drawing(sized, "<g transform=\"scale(1e-30)\"><rect width=\"9\" height=\"9\"/></g>"),
    ];
    for text in extreme {
        let site = Site::new()
            .page("content/guides/a/index.md", "A", "", "![A drawing](a.svg)")
            .file("content/guides/a/a.svg", &text);
        let ran = site.run(&["check"]);
        assert!(ran.stderr().contains("content/guides/a/index.md:6:14: error[CB0410"), "{text} {}", ran.stderr());
    }
    let sound = drawing(
        sized,
        "<rect id=\"a1e99\" class=\"b1e99\" width=\"9\" height=\"9\" fill=\"#1e9999\" clip-path=\"url(#c1e99)\" transform=\"matrix(6.1e-17 1 -1 6.1e-17 0 0)\"/><path d=\"M0-1e3.5.5l-.5e-7-2em\"/>",
    );
    let site = Site::new()
        .page("content/guides/a/index.md", "A", "", "![A drawing](a.svg)")
        .file("content/guides/a/a.svg", sound);
    site.run(&["check", "--strict"]).clean();
}
