//! Running text.

use super::{
    body::{Body, Frame, bookmark, line_end, text_run},
    element::Element,
    fields, package,
};
use crate::model::paper::Inline;

/// The font of ticks, which Word's own boxes use.
const TICKS: &str = "MS Gothic";

/// How words are set.
#[derive(Clone, Copy, Default)]
struct Set {
    /// A style of words; the innermost counts.
    style: Option<&'static str>,
    strong: bool,
    emphasis: bool,
    struck: bool,
}

impl Set {
    /// The properties of a run, in the order of the standard (ISO/IEC 29500-1, 17.3.2.28).
    fn properties(self) -> Option<Element> {
        let Self { style, strong, emphasis, struck } = self;
        if style.is_none() && !strong && !emphasis && !struck {
            return None;
        }
        let properties = Element::new("w:rPr")
            .and(style.map(|style| Element::value("w:rStyle", style)))
            .and(strong.then(|| Element::new("w:b")))
            .and(emphasis.then(|| Element::new("w:i")))
            .and(struck.then(|| Element::new("w:strike")));
        Some(properties)
    }
}

impl<'a> Body<'a> {
    /// Words without markup.
    pub(super) fn words(&self, text: &str) -> Vec<Element> {
        self.words_in(text, &[])
    }

    /// Words in a style.
    pub(super) fn words_in(&self, text: &str, style: &[&'static str]) -> Vec<Element> {
        vec![run(text, Set { style: style.first().copied(), ..Set::default() })]
    }

    pub(super) fn runs(&mut self, text: &'a [Inline]) -> Vec<Element> {
        self.set(text, Set::default())
    }

    fn set(&mut self, text: &'a [Inline], set: Set) -> Vec<Element> {
        text.iter().flat_map(|inline| self.inline(inline, set)).collect()
    }

    fn inline(&mut self, inline: &'a Inline, set: Set) -> Vec<Element> {
        match inline {
            Inline::Text(words) => vec![run(words, set)],
            Inline::Emphasis(inner) => self.set(inner, Set { emphasis: true, ..set }),
            Inline::Strong(inner) => self.set(inner, Set { strong: true, ..set }),
            Inline::Struck(inner) => self.set(inner, Set { struck: true, ..set }),
            Inline::Code(code) => vec![run(code, Set { style: Some("CodeText"), ..set })],
            Inline::Link { address, text } => {
                let set = Set { style: Some("Hyperlink"), ..set };
                vec![self.linked(address, |body| body.set(text, set))]
            }
            Inline::Break => vec![line_end()],
            Inline::Note { id, blocks } => vec![self.note(id, blocks)],
            Inline::Placeholder { name, label } => vec![self.placeholder(name, label)],
            Inline::Picture(picture) => self.shown(picture).into_iter().collect(),
        }
    }

    /// A link: elsewhere, or to a heading.
    pub(super) fn linked(&mut self, address: &'a str, fill: impl FnOnce(&mut Self) -> Vec<Element>) -> Element {
        let link = match address.strip_prefix('#') {
            Some(anchor) => Element::new("w:hyperlink").set("w:anchor", bookmark(anchor)),
            None => {
                let place = self.links.iter().position(|known| *known == address).unwrap_or_else(|| {
                    self.links.push(address);
                    self.links.len() - 1
                });
                Element::new("w:hyperlink").set("r:id", package::of_link(place))
            }
        };
        link.and(fill(self))
    }

    /// The mark of a footnote. Where it is named again, its number alone: Word has one mark for each.
    fn note(&mut self, id: &'a str, blocks: &'a [crate::model::paper::Block]) -> Element {
        let style = Element::new("w:rPr").with(Element::value("w:rStyle", "FootnoteReference"));
        if let Some(place) = self.notes.iter().position(|(known, _)| *known == id) {
            return run(&(place + 1).to_string(), Set { style: Some("FootnoteReference"), ..Set::default() });
        }
        self.notes.push((id, Vec::new()));
        let place = self.notes.len();
        let outer = self.frame.replace(Frame::Note);
        let mut said = self.blocks(blocks);
        let mark = Element::new("w:r").with(style.clone()).with(Element::new("w:footnoteRef"));
        let space = text_run(" ", None);
        match said.first_mut() {
            Some(first) if first.is("w:p") => first.open_with([mark, space]),
            _ => said.insert(0, self.paragraph(Default::default(), vec![mark])),
        }
        self.frame = outer;
        if let Some((_, blocks)) = self.notes.get_mut(place - 1) {
            *blocks = said;
        }
        let reference = Element::new("w:footnoteReference").set("w:id", place.to_string());
        Element::new("w:r").with(style).with(reference)
    }

    /// A field to fill in, which Word shows with its label until somebody writes into it. All of one name show one place
    /// of the data in the document, so what is written into one stands in all.
    fn placeholder(&mut self, name: &'a str, label: &'a str) -> Element {
        let known = self.placeholders.iter().position(|(known, _)| *known == name);
        let place = known.unwrap_or_else(|| {
            self.placeholders.push((name, label));
            self.placeholders.len() - 1
        });
        let binding = Element::new("w:dataBinding")
            .set("w:prefixMappings", format!("xmlns:p='{}'", fields::DATA))
            .set("w:xpath", format!("/p:placeholders[1]/p:placeholder[{}]", place + 1))
            .set("w:storeItemID", fields::DATA_ID);
        let empty = Element::new("w:placeholder").with(Element::value("w:docPart", fields::block(place)));
        let properties = self
            .control(label, Some(name))
            .with(empty)
            .with(Element::new("w:showingPlcHdr"))
            .with(binding)
            .with(Element::new("w:text").set("w:multiLine", "1"));
        let content = Element::new("w:sdtContent").with(unfilled(label));
        Element::new("w:sdt").with(properties).with(content)
    }

    /// A box to tick, and a space.
    pub(super) fn tick(&mut self, done: bool) -> Vec<Element> {
        let word = self.paper.word(if done { "task_done" } else { "task_open" });
        self.tick_of(word, None, done)
    }

    /// The same for something that goes by a name, and by a tag where it is to be found again.
    pub(super) fn tick_of(&mut self, word: &str, tag: Option<&str>, done: bool) -> Vec<Element> {
        let state = |name: &'static str, code: &str| Element::new(name).set("w14:val", code).set("w14:font", TICKS);
        let checkbox = Element::new("w14:checkbox")
            .with(Element::new("w14:checked").set("w14:val", if done { "1" } else { "0" }))
            .with(state("w14:checkedState", "2612"))
            .with(state("w14:uncheckedState", "2610"));
        let properties = self.control(word, tag).with(checkbox);
        let font = Element::new("w:rFonts").set("w:ascii", TICKS).set("w:hAnsi", TICKS).set("w:eastAsia", TICKS);
        let content = Element::new("w:sdtContent").with(text_run(if done { "☒" } else { "☐" }, Some(font)));
        vec![Element::new("w:sdt").with(properties).with(content), text_run(" ", None)]
    }

    /// The properties of a control: what people see it called, and what programs do.
    pub(super) fn control(&mut self, alias: &str, tag: Option<&str>) -> Element {
        self.controls += 1;
        Element::new("w:sdtPr")
            .with(Element::value("w:alias", alias))
            .and(tag.map(|tag| Element::value("w:tag", tag)))
            .with(Element::value("w:id", self.controls.to_string()))
    }
}

/// What a field shows that nobody has filled in: the label of its placeholder.
pub(super) fn unfilled(label: &str) -> Element {
    run(&format!("[{label}]"), Set { style: Some("PlaceholderText"), ..Set::default() })
}

fn run(text: &str, set: Set) -> Element {
    Element::new("w:r").and(set.properties()).with(Element::text("w:t", text).set("xml:space", "preserve"))
}
