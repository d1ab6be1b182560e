//! The faults that each format's test tells: between them they have all that is hard to tell.

use super::{Code, Diagnostic, Format, Report};
use std::collections::BTreeMap;

const LUTON: &str = "content/case-studies/luton.md";
const COUNCILS: &str = "content/tŷ, 100%/a:b.md";

fn texts() -> BTreeMap<String, String> {
    let luton = "---\r\ntitle: Tŷ Gwŷn: mentoring\r\nslug: luton\r\n---\r\nSee [ŵy](gone.md).\r\n\r\n## End";
    let councils = "slug: luton\n";
    [(LUTON, luton), (COUNCILS, councils)].map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

/// Two faults in one file behind CRLF and letters of two bytes, one at its very end, one over two lines in a
/// file whose name needs escaping, with a place in another file, one without a text, one without a place.
pub(super) fn faults() -> Vec<Diagnostic> {
    let texts = texts();
    let span = |path: &str, needle: &str| {
        let start = texts[path].find(needle).unwrap();
        start..start + needle.len()
    };
    let luton_end = texts[LUTON].len();
    vec![
        Diagnostic::new(Code::OutputBusy, "another build is at work"),
        Diagnostic::new(Code::BrokenLink, "there is no page `gone.md`")
            .at(LUTON, span(LUTON, "gone.md"))
            .label("not in the library")
            .help("Link to a page of content/"),
        Diagnostic::new(Code::EmptySection, "100% of <b>\"End\"</b> & more,\nis: empty\u{1b}")
            .at(LUTON, luton_end..luton_end),
        Diagnostic::new(Code::SameUrl, "two pages are at /luton/")
            .at(COUNCILS, 0..12)
            .help("Change one of them")
            .related(LUTON, span(LUTON, "luton"), "the other one"),
        Diagnostic::new(Code::NotUtf8, "this file is not UTF-8").at("content/old.md", 3..4),
    ]
}

/// [`faults`] in a format, without colour.
pub(super) fn render(format: Format) -> String {
    Report { diagnostics: &faults(), texts: &texts(), colour: false, folder: "" }.render(format)
}

/// No faults in a format.
pub(super) fn render_none(format: Format) -> String {
    Report { diagnostics: &[], texts: &(), colour: false, folder: "" }.render(format)
}
