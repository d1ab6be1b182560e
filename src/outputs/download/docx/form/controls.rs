//! The controls that answers are written into, chosen in or ticked (ISO/IEC 29500-1, 17.5.2).

use super::{
    super::{body::Stand, element::Element, fields, runs::unfilled},
    Form,
};
use crate::import::docx;

impl Form<'_> {
    /// Room for a few words, or for several lines.
    pub(super) fn line(&mut self, label: &str, tag: &str, is_long: bool) -> Element {
        let kind = Element::new("w:text");
        let kind = if is_long { kind.set("w:multiLine", "1") } else { kind };
        self.answer(label, tag, "form.write", kind)
    }

    pub(super) fn day(&mut self, label: &str, tag: &str) -> Element {
        let kind = Element::new("w:date")
            .with(Element::value("w:dateFormat", "d MMMM yyyy"))
            .with(Element::value("w:lid", self.body.paper.word("locale")))
            .with(Element::value("w:storeMappedDataAs", "date"))
            .with(Element::value("w:calendar", "gregorian"));
        self.answer(label, tag, "form.pick", kind)
    }

    /// A list to choose from; an open one takes what is not in it too.
    pub(super) fn list(&mut self, label: &str, tag: &str, choices: &[(String, String)], is_open: bool) -> Element {
        let item =
            |(id, shown): &(String, String)| Element::new("w:listItem").set("w:displayText", shown).set("w:value", id);
        let kind = Element::new(if is_open { "w:comboBox" } else { "w:dropDownList" }).and(choices.iter().map(item));
        self.answer(label, tag, if is_open { "form.choose_or_write" } else { "form.choose" }, kind)
    }

    /// A control in a paragraph.
    fn answer(&mut self, label: &str, tag: &str, key: &'static str, kind: Element) -> Element {
        let (shown, empty) = self.empty(key);
        let properties = self
            .body
            .control(label, Some(&docx::tag(tag)))
            .with(empty)
            .with(Element::new("w:showingPlcHdr"))
            .with(kind);
        let content = Element::new("w:sdtContent").with(unfilled(&shown));
        self.body.paragraph(Stand::of("Answer"), vec![Element::new("w:sdt").with(properties).with(content)])
    }

    /// A control for paragraphs, with all that they may have in them.
    pub(super) fn passage(&mut self, label: &str, tag: &str) -> Element {
        let (shown, empty) = self.empty("form.write_long");
        let properties = self
            .body
            .control(label, Some(&docx::tag(tag)))
            .with(empty)
            .with(Element::new("w:showingPlcHdr"))
            .with(Element::new("w:richText"));
        let paragraph = self.body.paragraph(Stand::of("Answer"), vec![unfilled(&shown)]);
        Element::new("w:sdt").with(properties).with(Element::new("w:sdtContent").with(paragraph))
    }

    /// A box to tick before what it stands for.
    pub(super) fn tick_box(&mut self, alias: &str, tag: &str, shown: &str) -> Element {
        let mut runs = self.body.tick_of(alias, Some(tag), false);
        runs.extend(self.body.words(shown));
        self.body.paragraph(Stand::of("Choice"), runs)
    }

    /// What a control shows while nobody has filled it in, and where Word finds that again.
    fn empty(&mut self, key: &'static str) -> (String, Element) {
        let placeholders = &mut self.body.placeholders;
        let shown = self.setting.words.get(key).map_or(key, String::as_str);
        let place = placeholders.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            placeholders.push((key, shown));
            placeholders.len() - 1
        });
        let part = Element::value("w:docPart", fields::block(place));
        (shown.to_owned(), Element::new("w:placeholder").with(part))
    }
}
