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
            .with(marks(0, ["•", "–", "▪"].map(|bullet| ("bullet", Some(bullet)))))
            .with(marks(1, ["decimal", "lowerLetter", "lowerRoman"].map(|figures| (figures, None))))
            .with(number(BULLETS, 0))
            .and(counted)
            .document()
    }
}

fn number(number: usize, of: usize) -> Element {
    Element::new("w:num").set("w:numId", number.to_string()).with(Element::value("w:abstractNumId", of.to_string()))
}

/// What stands before items, level by level and then from the first again: a format of Word's, and its sign where it
/// does not count.
fn marks(id: usize, marks: [(&'static str, Option<&'static str>); 3]) -> Element {
    let level = |(level, (format, sign)): (usize, (&'static str, Option<&'static str>))| {
        let text = sign.map_or_else(|| format!("%{}.", level + 1), str::to_owned);
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
        .and(marks.into_iter().cycle().take(LEVELS).enumerate().map(level))
}
