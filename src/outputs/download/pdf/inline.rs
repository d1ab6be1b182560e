//! Running text as Typst content.

use super::paper::Setter;
use crate::model::paper::{Inline, Spot};
use typst::{
    foundations::{Content, IntoValue as _, Label, NativeElement as _, Smart, Value, dict},
    layout::{BoxElem, Em, Length, Sizing},
    model::{Destination, EmphElem, FootnoteElem, LinkElem, LinkTarget, StrongElem, Url},
    text::{LinebreakElem, RawContent, RawElem, StrikeElem, TextElem},
    utils::PicoStr,
    visualize::ImageElem,
};

impl Setter<'_> {
    /// Running text.
    pub(super) fn inlines(&self, text: &[Inline], spot: &Spot) -> Content {
        Content::sequence(text.iter().map(|inline| self.inline(inline, spot)))
    }

    /// Words without markup.
    pub(super) fn words(&self, text: &str, spot: &Spot) -> Content {
        TextElem::packed(self.glyphs.shown(text)).spanned(self.spots.span(spot))
    }

    fn inline(&self, inline: &Inline, spot: &Spot) -> Content {
        let span = self.spots.span(spot);
        let inner = |text: &[Inline]| self.inlines(text, spot);
        let content = match inline {
            Inline::Text(words) => return self.words(words, spot),
            Inline::Emphasis(text) => EmphElem::new(inner(text)).pack(),
            Inline::Strong(text) => StrongElem::new(inner(text)).pack(),
            Inline::Struck(text) => StrikeElem::new(inner(text)).pack(),
            Inline::Code(code) => RawElem::new(RawContent::Text(self.glyphs.shown(code).into())).pack(),
            Inline::Link { address, text } => return self.link(address, inner(text)).spanned(span),
            Inline::Break => LinebreakElem::new().pack(),
            Inline::Note { id, blocks } if blocks.is_empty() => match note(id) {
                Some(label) if self.said.borrow().contains(id) => FootnoteElem::with_label(label).pack(),
                _ => Content::empty(),
            },
            Inline::Note { id, blocks } => {
                self.said.borrow_mut().insert(id.clone());
                let content = FootnoteElem::with_content(self.brief(blocks)).pack();
                note(id).map_or(content.clone(), |label| content.labelled(label))
            }
            Inline::Placeholder { name, label } => {
                let value = dict! { "name" => name.as_str(), "label" => self.words(label, spot) };
                return self.shown_by_theme("placeholder", Value::Dict(value), spot);
            }
            Inline::Picture(picture) => match self.image(picture, spot) {
                None => Content::empty(),
                Some(image) => {
                    let height = Sizing::Rel(Length::from(Em::new(1.2)).into());
                    BoxElem::new().with_body(Some(image.set(ImageElem::height, height))).pack()
                }
            },
        };
        content.spanned(span)
    }

    fn link(&self, address: &str, words: Content) -> Content {
        let target = match address.strip_prefix('#') {
            Some(anchor) => self.anchor(anchor).map(LinkTarget::Label),
            None => Url::new(address).ok().map(|url| LinkTarget::Dest(Destination::Url(url))),
        };
        // Words whose link leads out of the document, into a part of the page that no document has, stay words.
        target.map_or(words.clone(), |target| LinkElem::new(target, words).pack())
    }

    fn anchor(&self, anchor: &str) -> Option<Label> {
        self.anchors.contains(anchor).then(|| Label::new(PicoStr::intern(anchor))).flatten()
    }
}

fn note(id: &str) -> Option<Label> {
    Label::new(PicoStr::intern(&format!("note:{id}")))
}

/// Content for an automatic or a custom value.
pub(super) fn optional(content: Option<Content>) -> Value {
    content.map_or(Value::None, Content::into_value)
}

/// A value that is not left to the program.
pub(super) fn own<T>(value: T) -> Smart<T> {
    Smart::Custom(value)
}
