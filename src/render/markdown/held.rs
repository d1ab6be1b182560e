//! What the sanitiser must neither see nor touch: our own attributes and the HTML of components.
//!
//! They are kept apart, and the HTML says only their number, in an attribute whose name is a hash of the text.
//! A text can't name it: it would have to hold its own hash.

/// An element without content that stands for a block.
const BLOCK: &str = "hr";
/// An element without content that stands for a piece of a line.
const INLINE: &str = "wbr";

/// The markup that is kept apart while the rest is sanitised.
#[derive(Debug)]
pub(super) struct Held {
    attribute: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    /// Attributes of the element that holds the number.
    Attributes(String),
    /// HTML that takes the element's place.
    Html(String),
}

impl Held {
    /// Nothing yet, for a text.
    pub(super) fn new(markdown: &str) -> Self {
        let hash = blake3::hash(markdown.as_bytes()).to_hex();
        Self { attribute: format!("data-{hash}"), pieces: Vec::new() }
    }

    /// The attribute that the sanitiser has to leave.
    pub(super) fn attribute(&self) -> &str {
        &self.attribute
    }

    /// Holds the attributes of an element: what to write in their place.
    pub(super) fn attributes(&mut self, attributes: &str) -> String {
        self.keep(Piece::Attributes(attributes.to_owned()))
    }

    /// Holds a block's HTML: what to write in its place.
    pub(super) fn block(&mut self, html: &str) -> String {
        format!("<{BLOCK} {}>", self.keep(Piece::Html(html.to_owned())))
    }

    /// Holds the HTML of a piece of a line: what to write in its place.
    pub(super) fn inline(&mut self, html: &str) -> String {
        format!("<{INLINE} {}>", self.keep(Piece::Html(html.to_owned())))
    }

    fn keep(&mut self, piece: Piece) -> String {
        self.pieces.push(piece);
        format!("{}=\"{}\"", self.attribute, self.pieces.len() - 1)
    }

    /// The sanitised HTML with everything back in its place.
    pub(super) fn restore(&self, html: &str) -> String {
        let mark = format!("{}=\"", self.attribute);
        let mut out = String::with_capacity(html.len() * 2);
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(&mark) {
            out.push_str(before);
            rest = after;
            let Some((number, behind)) = after.split_once('"') else { continue };
            match number.parse::<usize>().ok().and_then(|number| self.pieces.get(number)) {
                Some(Piece::Attributes(attributes)) => {
                    out.push_str(attributes);
                    rest = behind;
                }
                Some(Piece::Html(piece)) => {
                    // Only where it still is a tag: an unclosed `<textarea>` before it makes text of it.
                    let tag =
                        [BLOCK, INLINE].iter().find_map(|name| out.strip_suffix(&format!("<{name} ")).map(str::len));
                    rest = behind.strip_prefix('>').unwrap_or(behind);
                    if let Some(start) = tag {
                        out.truncate(start);
                        out.push_str(piece);
                    }
                }
                None => {}
            }
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_held_comes_back_where_it_stood() {
        let mut held = Held::new("text");
        let html = format!("<p {}>a{}</p>{}", held.attributes("class=\"b\""), held.inline("<i>"), held.block("<hr>"));
        assert_eq!(held.restore(&html), "<p class=\"b\">a<i></p><hr>");
    }

    #[test]
    fn html_comes_back_as_a_tag_only() {
        let mut held = Held::new("text");
        let html = held.block("<b>").replace('<', "&lt;");
        assert!(!held.restore(&html).contains('<'));
    }

    #[test]
    fn the_attribute_is_another_for_each_text() {
        assert_ne!(Held::new("a").attribute(), Held::new("b").attribute());
    }
}
