//! Nothing that an author wrote runs in a page.

use super::desk::File;
use ammonia::Builder;
use std::borrow::Cow;

/// Elements that run something, load a page, or change what addresses mean.
const ELEMENTS: [&str; 8] = ["iframe", "object", "embed", "base", "frame", "frameset", "applet", "foreignobject"];

/// Attributes that hold an address, or what runs. Of handlers these stand for all: what lets one through lets
/// through any.
const ATTRIBUTES: [&str; 15] = [
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "srcdoc",
    "style",
    "onload",
    "onerror",
    "onclick",
    "onfocus",
    "onmouseover",
    "ontoggle",
    "onbegin",
];

/// Holds a page against what the theme itself puts into one.
///
/// # Panics
/// Where more than that could run.
pub fn harmless((path, bytes): &File) {
    if !path.ends_with(".html") {
        return;
    }
    let html = std::str::from_utf8(bytes).expect("a page is UTF-8");
    for element in ELEMENTS {
        assert_eq!(tags(html, element).next(), None, "in {html}");
    }
    // The theme's own scripts are files of the site; data for machines does nothing.
    let is_ours = |tag: &str| tag.contains("application/ld+json") || tag.contains("src=\"/") || tag.contains("src=/");
    assert_eq!(tags(html, "script").find(|tag| !is_ours(tag)), None, "in {html}");
    // A reader of HTML that is not ours says which attributes there are.
    let mut builder = Builder::new();
    builder
        .add_generic_attributes(ATTRIBUTES)
        .add_url_schemes(["javascript", "data", "vbscript", "blob", "file"])
        .link_rel(None)
        .strip_comments(false)
        .attribute_filter(|element, name, value| {
            assert!(!name.starts_with("on"), "<{element} {name}={value:?}>");
            assert!(!["srcdoc", "formaction"].contains(&name), "<{element} {name}={value:?}>");
            let address: String = value.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
            let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
            let runs = ["javascript", "data", "vbscript", "blob", "file"].contains(&scheme.as_str());
            assert!(!runs || name == "style", "<{element} {name}={value:?}>");
            Some(Cow::Borrowed(value))
        });
    builder.clean(html);
}

/// Every tag that opens an element, from its name on. Text never looks like one: `<` is written as `&lt;`, or `\u003c`
/// in data.
fn tags<'a>(html: &'a str, element: &'a str) -> impl Iterator<Item = &'a str> {
    let starts = html.match_indices('<').filter_map(|(at, _)| html.get(at + 1..));
    let named = move |tag: &&str| tag.get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element));
    let ends = move |tag: &&str| !tag[element.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    starts.filter(named).filter(ends).map(|tag| tag.split('>').next().unwrap_or_default())
}
