//! The title of a document, and headings that nobody set as such.

use super::Writer;
use crate::import::docx::{Block, Inline, Manuscript, Remark, Role, Spot, first_words, words};

/// Longer lines are no headings, whatever their weight, in characters.
const LONGEST: usize = 90;

/// Takes lines of nothing but strong words for headings, where a document has no other headings.
pub(super) fn headings(manuscript: &mut Manuscript) {
    let has = |block: &Block| matches!(block, Block::Heading { .. });
    if manuscript.form.is_some() || manuscript.blocks.iter().any(has) {
        return;
    }
    let mut taken = Vec::new();
    for block in &mut manuscript.blocks {
        let Block::Paragraph { role: Role::Text, text } = block else { continue };
        let line = words(text).trim().to_owned();
        let is_strong = |inline: &Inline| match inline {
            Inline::Text(words, marks) => marks.strong || words.trim().is_empty(),
            _ => false,
        };
        let is_heading = !line.is_empty() && line.chars().count() <= LONGEST && !line.ends_with(['.', ',', ';']);
        if is_heading && text.iter().all(is_strong) {
            *block = Block::Heading { level: 1, anchors: Vec::new(), text: text.clone() };
            taken.push(line);
        }
    }
    let Some(first) = taken.first() else { return };
    let place = manuscript.spots.iter().find(|spot| spot.words == first_words(first)).cloned().unwrap_or_default();
    let text = match taken.as_slice() {
        [line] => format!("A line in bold was taken for a heading: “{line}”"),
        lines => format!("{} lines in bold were taken for headings: “{}”", lines.len(), lines.join("”, “")),
    };
    let help = "In Word, set headings with the styles Heading 1 to Heading 3.".to_owned();
    // Its words are told already.
    manuscript.remarks.push(Remark { place: Spot { words: String::new(), ..place }, text, help });
}

/// The title of a document that is no form, taken from its blocks, and where it was found.
pub(super) fn title(blocks: &mut Vec<Block>, properties: &str) -> Option<(String, &'static str)> {
    let text_of = |block: &Block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => {
            words(text).split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    };
    let titled = |block: &Block| matches!(block, Block::Paragraph { role: Role::Title, .. });
    if let Some(place) = blocks.iter().position(titled) {
        let title = text_of(&blocks.remove(place));
        return Some((title, "the paragraph in the style Title"));
    }
    let level = |block: &Block| if let Block::Heading { level, .. } = block { Some(*level) } else { None };
    let first = blocks.iter().position(|block| level(block).is_some());
    let tops = blocks.iter().filter_map(level).min();
    let is_alone = |top: u8| blocks.iter().filter_map(level).filter(|level| *level == top).count() == 1;
    if let Some(place) = first
        && let Some(top) = tops
        && blocks.get(place).and_then(level) == Some(top)
        && (place == 0 || is_alone(top))
    {
        let title = text_of(&blocks.remove(place));
        return Some((title, "the first heading"));
    }
    if let Some(Block::Paragraph { role: Role::Text, text }) = blocks.first()
        && text.iter().all(|inline| matches!(inline, Inline::Text(..)))
    {
        let line = words(text).trim().to_owned();
        if !line.is_empty() && line.chars().count() <= LONGEST && !line.ends_with('.') && !line.contains(": ") {
            blocks.remove(0);
            return Some((line, "the first line"));
        }
    }
    (!properties.is_empty()).then(|| (properties.to_owned(), "the properties of the document"))
}

impl Writer<'_> {
    /// Gives the page its title, and the summary that stands below it.
    pub(super) fn entitle(&mut self, blocks: &mut Vec<Block>, stem: &str) {
        if let Some(field) = self.kind.field("title")
            && !self.draft.has("title")
        {
            let (title, from) = title(blocks, &self.manuscript.title)
                .unwrap_or_else(|| (stem.replace(['-', '_'], " "), "the name of the file"));
            self.notes.push(format!("The title is {from}: {title}"));
            self.draft.set(field, title.into());
        }
        let is_subtitle = |block: &Block| matches!(block, Block::Paragraph { role: Role::Subtitle, .. });
        if let Some(place) = blocks.iter().position(is_subtitle)
            && let Some(field) = self.kind.field("summary").filter(|_| !self.draft.has("summary"))
            && let Block::Paragraph { text, .. } = blocks.remove(place)
        {
            let at = self.at.clone();
            self.draft.put(field, &words(&text), &at);
        }
    }
}
