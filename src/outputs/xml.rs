//! XML as feeds and descriptions are written in.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::{borrow::Cow, io};

/// The elements within an element.
pub(super) type Xml = Writer<Vec<u8>>;

/// Attributes by name.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document with this element at its root.
pub(super) fn document(
    root: &str,
    attributes: Attributes<'_>,
    fill: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Nothing can fail that is written to memory.
    let declared = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    let _ = declared.and_then(|()| within(&mut xml, root, attributes, fill));
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

/// An element with others in it.
pub(super) fn within(
    xml: &mut Xml,
    name: &str,
    attributes: Attributes<'_>,
    fill: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let attributes: Vec<_> = allowed_in(attributes);
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_ref()));
    xml.create_element(name).with_attributes(attributes).write_inner_content(fill)?;
    Ok(())
}

/// An element with text in it.
pub(super) fn text(xml: &mut Xml, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
    let attributes: Vec<_> = allowed_in(attributes);
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_ref()));
    xml.create_element(name).with_attributes(attributes).write_text_content(BytesText::new(&allowed(text)))?;
    Ok(())
}

/// An element with nothing in it.
pub(super) fn empty(xml: &mut Xml, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
    let attributes: Vec<_> = allowed_in(attributes);
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_ref()));
    xml.create_element(name).with_attributes(attributes).write_empty()?;
    Ok(())
}

fn allowed_in<'a>(attributes: Attributes<'a>) -> Vec<(&'a str, Cow<'a, str>)> {
    attributes.iter().map(|(name, value)| (*name, allowed(value))).collect()
}

/// A text without the control characters that XML can't hold, not even escaped (XML 1.0, section 2.2).
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed =
        |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_allowed) { text.into() } else { text.chars().filter(|c| is_allowed(*c)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_can_not_break_out() {
        let xml = document("a", &[("b", "\"><x/>\u{1}")], |xml| text(xml, "c", &[], "</c>&\u{b}"));
        let xml = String::from_utf8(xml).unwrap();
        assert!(xml.contains("<a b=\"&quot;&gt;&lt;x/&gt;\">"), "{xml}");
        assert!(xml.contains("<c>&lt;/c&gt;&amp;</c>"), "{xml}");
    }
}
