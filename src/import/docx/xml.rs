//! Elements of WordprocessingML (ISO/IEC 29500-1), in its transitional and its strict form.

pub(super) use crate::import::office::xml::{Node, attribute, child, name, parsed};

/// The name of an element of the main vocabulary; empty for any other.
pub(super) fn word<'i>(node: Node<'_, 'i>) -> &'i str {
    let is_main =
        node.tag_name().namespace().is_some_and(|space| space.contains("wordprocessingml") && space.ends_with("/main"));
    if is_main { node.tag_name().name() } else { "" }
}

/// What the child of that name says: `<w:jc w:val="end"/>`.
pub(super) fn value<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    attribute(child(node, wanted)?, "val")
}

/// A number that a child says.
pub(super) fn number<T: std::str::FromStr>(node: Node<'_, '_>, wanted: &str) -> Option<T> {
    value(node, wanted)?.trim().parse().ok()
}

/// Whether a property that is on or off is on; `None` where nothing is said.
pub(super) fn switch(node: Node<'_, '_>, wanted: &str) -> Option<bool> {
    let said = attribute(child(node, wanted)?, "val");
    Some(!said.is_some_and(|value| ["0", "false", "off", "none"].contains(&value)))
}

/// The first descendant of that name.
pub(super) fn within<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|descendant| name(*descendant) == wanted)
}

/// The words of a drawing, a formula or another thing that is no text here.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|inner| name(*inner) == "t").filter_map(|inner| inner.text());
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
