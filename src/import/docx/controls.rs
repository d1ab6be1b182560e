//! Controls: the fields of forms (ISO/IEC 29500-1, 17.5.2), and those that Word has added since.

use super::{
    Reader,
    tree::{Control, Repeats},
    xml::{Node, attribute, child, name, switch, value, word},
};

impl Reader<'_, '_> {
    /// What a control says of itself.
    pub(super) fn control(&self, node: Node<'_, '_>) -> Control {
        let Some(properties) = child(node, "sdtPr") else { return Control::default() };
        let ticked = child(properties, "checkbox").map(|box_of| switch(box_of, "checked").unwrap_or(false));
        let day = child(properties, "date").and_then(|date| attribute(date, "fullDate"));
        let day = day.and_then(|moment| moment.get(..10)).map(str::to_owned);
        let list = child(properties, "dropDownList").or_else(|| child(properties, "comboBox"));
        let said = child(node, "sdtContent").map(super::xml::words).unwrap_or_default();
        let chosen = list.and_then(|list| {
            let is_chosen = |item: &Node<'_, '_>| {
                let shown = attribute(*item, "displayText").or_else(|| attribute(*item, "value"));
                name(*item) == "listItem" && shown.is_some_and(|shown| shown.trim() == said)
            };
            list.children().find(is_chosen).and_then(|item| attribute(item, "value"))
        });
        let repeats = match () {
            () if child(properties, "repeatingSectionItem").is_some() => Repeats::Item,
            () if child(properties, "repeatingSection").is_some() => Repeats::Section,
            () => Repeats::No,
        };
        Control {
            tag: value(properties, "tag").unwrap_or_default().trim().to_owned(),
            alias: value(properties, "alias").unwrap_or_default().trim().to_owned(),
            is_empty: switch(properties, "showingPlcHdr").unwrap_or(false) && self.is_placeholder(node),
            ticked,
            day,
            value: chosen.map(str::to_owned),
            repeats,
        }
    }

    /// True where all words of a control are set as those are that nobody has written. A program that fills in forms may
    /// forget to take the sign away that says so.
    fn is_placeholder(&self, node: Node<'_, '_>) -> bool {
        let runs = node.descendants().filter(|inner| word(*inner) == "r" && !super::xml::words(*inner).is_empty());
        runs.into_iter().all(|run| {
            let style = child(run, "rPr").and_then(|properties| value(properties, "rStyle"));
            style.is_some_and(|style| self.styles.marks(style).placeholder)
        })
    }
}
