//! Elements by their names alone: programs write one vocabulary under several addresses.

/// An element, or a text.
pub(in crate::import) type Node<'a, 'i> = roxmltree::Node<'a, 'i>;

/// How many elements a part may have.
pub(in crate::import) const MOST: u32 = 4_000_000;

/// The tree of a part.
///
/// # Errors
/// Why there is none, in words that follow "it is damaged".
pub(in crate::import) fn parsed(text: &str) -> Result<roxmltree::Document<'_>, String> {
    let options = roxmltree::ParsingOptions { nodes_limit: MOST, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| format!("its XML can't be read ({error})"))
}

/// The name of an element, whatever its vocabulary; empty for text.
pub(in crate::import) fn name<'i>(node: Node<'_, 'i>) -> &'i str {
    node.tag_name().name()
}

/// The value of an attribute, whatever its vocabulary.
pub(in crate::import) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The first child of that name.
pub(in crate::import) fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| name(*child) == wanted)
}
