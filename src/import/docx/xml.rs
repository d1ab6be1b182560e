//! Elements of WordprocessingML (ISO/IEC 29500-1), in its transitional and its strict form.

pub(super) type Node<'a, 'i> = roxmltree::Node<'a, 'i>;

/// The name of an element of the main vocabulary; empty for any other.
pub(super) fn word<'i>(node: Node<'_, 'i>) -> &'i str {
    let is_main =
        node.tag_name().namespace().is_some_and(|space| space.contains("wordprocessingml") && space.ends_with("/main"));
    if is_main { node.tag_name().name() } else { "" }
}

/// The name of an element, whatever its vocabulary; empty for text.
pub(super) fn name<'i>(node: Node<'_, 'i>) -> &'i str {
    node.tag_name().name()
}

/// The value of an attribute, whatever its vocabulary.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The first child of that name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| name(*child) == wanted)
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
