//! Links and pictures that are written as HTML lead where those in Markdown lead.

use crate::site::{SETTINGS, Site};

const BODY: &str = "See <a class=\"x\" href='b.md#two'>B</a> and [B](b.md).\n\n<p>\n<a\nhref=\"/guides/b.md\">B</a>\n<img src=\"plan.svg\" alt=\"Plan\">\n<a href=\"https://example.com/?a&amp;b\">C</a></p>\n\n[Last](b.md#two)\n";

fn library(settings: &str) -> Site {
    Site::new()
        .file("casebook.yaml", format!("{SETTINGS}{settings}"))
        .file("content/guides/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .page("content/guides/b.md", "B", "", "## Two\n\nText.\n")
        .page("content/guides/a.md", "A", "", BODY)
}

#[test]
fn a_link_to_a_file_becomes_its_address() {
    for settings in ["", "html: trust\n"] {
        let site = library(settings);
        site.run(&["build", "--strict"]).clean();
        let page = site.built("guides/a/index.html");
        for part in [
            "href=\"/guides/b/#two\">B</a>",
            "href=\"/guides/b/\">B</a>\n<img src=\"/guides/plan.svg\" alt=\"Plan\">",
            "href=\"https://example.com/?a&amp;b\">C</a>",
            "<a href=\"/guides/b/#two\">Last</a>",
        ] {
            assert!(page.contains(part), "{settings}: {part} is missing from {page}");
        }
    }
}

#[test]
fn html_that_is_shown_as_text_leads_nowhere() {
    let site = library("html: escape\n").page("content/guides/c.md", "C", "", "<a href=\"gone.md\">x</a> [B](b.md)\n");
    site.run(&["build", "--strict"]).clean();
    let page = site.built("guides/c/index.html");
    assert!(page.contains("&lt;a href=&quot;gone.md&quot;&gt;x&lt;/a&gt; <a href=\"/guides/b/\">B</a>"), "{page}");
}

#[test]
fn a_link_to_a_page_that_may_not_be_seen_loses_its_address() {
    let site = library("levels: {hidden-target: warning}\n")
        .page("content/guides/secret.md", "Secret", "status: draft\n", "Text.\n")
        .page("content/guides/c.md", "C", "", "<a class=\"x\" href=\"secret.md\" title=\"t\">this one</a>\n");
    let ran = site.run(&["build"]).clean();
    assert!(ran.stderr().contains("content/guides/c.md:6:20"), "{}", ran.stderr());
    assert!(site.built("guides/c/index.html").contains("<a title=\"t\">this one</a>"));
}
