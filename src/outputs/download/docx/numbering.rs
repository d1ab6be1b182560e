//! How the items of lists are marked.

use super::{element::Element, look::STEP};

/// The number of the marks of every list without numbers.
pub(super) const BULLETS: usize = 1;

/// How many levels a list has in Word.
pub(super) const LEVELS: usize = 9;

/// The lists with numbers of a document: each counts for itself.
#[derive(Default)]
pub(super) struct Numbering(Vec<(usize, u64)>);

impl Numbering {
    /// The number by which the items of a list are marked that counts from `start` at this level.
    pub(super) fn list(&mut self, level: usize, start: u64) -> usize {
        self.0.push((level, start));
        BULLETS + self.0.len()
    }

    /// `word/numbering.xml`.
    pub(super) fn document(&self) -> Vec<u8> {
        let counted = self.0.iter().enumerate().map(|(place, (level, start))| {
            let start = Element::value("w:startOverride", start.to_string());
            let start = Element::new("w:lvlOverride").set("w:ilvl", level.to_string()).with(start);
            number(BULLETS + 1 + place, 1).with(start)
        });
        Element::new("w:numbering")
            .set("xmlns:w", super::package::WORD)
            .with(marks(0, |level| ("bullet", ["•", "–", "▪"][level % 3].to_owned())))
            .with(marks(1, |level| (["decimal", "lowerLetter", "lowerRoman"][level % 3], format!("%{}.", level + 1))))
            .with(number(BULLETS, 0))
            .and(counted)
            .document()
    }
}

fn number(number: usize, of: usize) -> Element {
    Element::new("w:num").set("w:numId", number.to_string()).with(Element::value("w:abstractNumId", of.to_string()))
}

fn marks(id: usize, mark: impl Fn(usize) -> (&'static str, String)) -> Element {
    let level = |level: usize| {
        let (format, text) = mark(level);
        let left = STEP * (level as i32 + 1);
        Element::new("w:lvl")
            .set("w:ilvl", level.to_string())
            .with(Element::value("w:start", "1"))
            .with(Element::value("w:numFmt", format))
            .with(Element::value("w:lvlText", text))
            .with(Element::value("w:lvlJc", "left"))
            .with(Element::new("w:pPr").with(super::styles::indent(left, STEP)))
    };
    Element::new("w:abstractNum")
        .set("w:abstractNumId", id.to_string())
        .with(Element::value("w:multiLevelType", "hybridMultilevel"))
        .and((0..LEVELS).map(level))
}
