//! Markdown as the stages pass it on: the text, and what was found in it.

use super::{FieldPath, Fields, Span};

/// One piece of Markdown of a page: its body, or a field of type `markdown`.
#[derive(Clone, Debug)]
pub struct PageText {
    /// Where it stands in the entry.
    pub place: Place,
    /// The Markdown itself, where it is not a range of the file: a field's value.
    pub owned: Option<String>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links and images, in the order in which they start.
    pub links: Vec<Link>,
    /// Component blocks, in order.
    pub components: Vec<ComponentBlock>,
    /// True where there is raw HTML in it.
    pub has_html: bool,
    /// The anchors that the raw HTML sets: its `id` and `name` attributes.
    pub html_anchors: Vec<String>,
    /// How many words it has.
    pub words: usize,
}

/// Where a [`PageText`] stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The body: this range of the file.
    Body(Span),
    /// The value at this path of the front matter.
    Field(FieldPath),
}

impl PageText {
    /// The Markdown. `file` is the text of the file that it stands in.
    pub fn markdown<'a>(&'a self, file: &'a str) -> &'a str {
        match (&self.owned, &self.place) {
            (Some(text), _) => text,
            (None, Place::Body(span)) => span.of(file),
            (None, Place::Field(_)) => "",
        }
    }
}

/// A heading. Spans are offsets in the Markdown, not in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, unique on the page.
    pub id: String,
    /// Its words, without markup.
    pub text: String,
    /// The whole heading.
    pub span: Span,
    /// True where nothing stands between it and the next heading of its level or above, or the end.
    pub empty: bool,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which of the two.
    pub kind: LinkKind,
    /// The destination as written, unescaped.
    pub destination: String,
    /// The words of the link; the alternative text of an image.
    pub text: String,
    /// The whole link or image; of one in raw HTML the address.
    pub span: Span,
    /// True for one that was written as an HTML tag.
    pub raw: bool,
    /// False for a picture whose tag has no `alt`, not even an empty one.
    pub described: bool,
}

impl Link {
    /// Where the destination stands in the Markdown: in the link, or in the definition that the link refers to; else
    /// the whole link.
    pub fn destination_span(&self, markdown: &str) -> Span {
        let (written, wanted) = (self.span.of(markdown), self.destination.as_str());
        let opened = written.rfind("](").map_or(0, |at| at + 2);
        let inside = written.get(opened..).and_then(|rest| rest.find(wanted)).map(|at| self.span.start + opened + at);
        let defined = || {
            let definition = |mark: &str| markdown.find(&format!("]: {mark}{wanted}")).map(|at| at + 3 + mark.len());
            definition("").or_else(|| definition("<"))
        };
        let start = (!wanted.is_empty()).then(|| inside.or_else(defined)).flatten();
        start.map_or(self.span, |start| Span::new(start, start + wanted.len()))
    }
}

/// Whether a destination is followed or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[words](destination)`
    Link,
    /// `![alternative text](destination)`
    Image,
}

/// A fenced block whose info string names a component, or might have meant to.
#[derive(Clone, Debug)]
pub struct ComponentBlock {
    /// The first word of the info string.
    pub name: String,
    /// The whole block.
    pub span: Span,
    /// The body's text.
    pub body: String,
    /// Where the body starts in the Markdown; lines of a nested block are not contiguous there.
    pub body_span: Span,
    /// The typed body, once validated; `None` where it has faults or is no component.
    pub fields: Option<Fields>,
}
